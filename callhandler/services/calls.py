"""Taking a call: who rings, from where, and about which incident."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import TYPE_NOT_KNOWN, CallOutcome, Direction, LogKind
from callhandler.model.location import Located
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import PERSON, PLACE, records_of
from callhandler.model.when import LONDON, Precision
from callhandler.rules.identify import Join, e164, number_spoken
from callhandler.services import entries, naming, owners
from callhandler.services.as_one import called_of, one_each, records_as_one
from callhandler.services.finding import Found, places_like, who_rings
from callhandler.services.joins import Rings, join_of
from callhandler.services.judgements import Judgements
from callhandler.services.office import DESK, Office, Work, require, work
from callhandler.services.telling import Told, check_indicators, record_told
from callhandler.services.whereabouts import place_now, record_fix, record_move
from callhandler.store import subjects, tables
from callhandler.store.engine import Connection
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class CallIn:
    """What is known when a call is taken. `join` leaves linking to the tool, or is the handler's key.

    `located` is what the network or the telephone system gave. `place_said` is false when the place comes from there and
    nobody has said it: it then moves no incident that is open already, and is asked about. `person` is who rings where the
    handler accepts somebody whom the name or the number may mean, and `why` the reason that was shown; `place_id` and
    `place_why` likewise where, of places that may be meant. `somebody_else` says that it is not whom the name or the number
    alone would be taken for; `instead_of` is the incident in which it was taken so. `born` is the caller's date of birth as
    told, or her age. `shown` is the incident that was offered where she is joined to it by the handler's key.
    """

    number: str = ""
    outcome: CallOutcome = CallOutcome.ANSWERED
    speaker: str = ""
    name: str = ""
    place: str = ""
    type: str = ""
    words: str = ""
    heard: tuple[str, ...] = ()
    join: Literal["own", "yes", "no"] = "own"
    role: Role = Role.CALLER
    uuid: str = ""
    located: Located | None = None
    place_said: bool = True
    person: int | None = None
    place_id: int | None = None
    born: str = ""
    why: str = ""
    place_why: str = ""
    somebody_else: bool = False
    instead_of: int | None = None
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A call taken: its incident, and why it joined one, empty when it is a new one.

    `taken_to_be` names whoever was accepted to be ringing; `apart` says why the two are not read as one all the same.
    `place_taken` and `place_apart` say the same of the place, where the words told stand under a record of their own.
    """

    incident_id: int
    call_id: int
    joined: str
    taken_to_be: str = ""
    apart: str = ""
    place_taken: str = ""
    place_apart: str = ""


class Calls:
    """Calls in, calls back, and which live incident a call belongs to."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._judgements = Judgements(office)

    def take(self, actor: Actor, call: CallIn) -> Taken:
        """Take an incoming call: identify, join the live incident or open one, record, assess."""
        require(actor, *DESK)
        self._check_type(call.type)
        check_indicators(self._office.policy, *call.heard)
        with work(self._office) as w:
            number_id = naming.number(w, call.number)
            meant = naming.called(w, call.person) if call.person is not None else ""
            taken_for = self._by_itself(w.uow.connection, call, number_id) if call.somebody_else else []
            # As it was offered: before anybody or anywhere new is put down.
            join = None if call.join == "no" else self._join(w.uow.connection, call, number_id)
            people = [call.person] if call.person is not None else self._callers(w, call, number_id)
            records = records_as_one(w.uow.connection, people)
            where = naming.place_called(w, call.place_id) if call.place_id is not None else ""
            place_id = call.place_id or (naming.place(w, call.place) if call.place.strip() else None)
            shown = join is not None and call.shown in (None, join.incident.id)
            if join and (join.sure or (call.join == "yes" and shown)):
                incident_id, joined, own = join.incident.id, join.why, None
            else:
                silent = call.outcome in (CallOutcome.SILENT, CallOutcome.ABANDONED)
                kind = call.type or ("silent-or-abandoned" if silent else "")
                own = self._place_told(w, None, call, place_id)
                incident_id, joined = open_incident(w, kind, own, number_id), ""
                owners.first_owner(w, actor, incident_id)
            call_id = self._record_call(w, actor, call, incident_id, number_id, Direction.IN)
            picture = w.picture(incident_id)
            for person_id in people:
                entries.opened_history(w, actor, incident_id, person_id, "call taken")
            if call.person is not None:
                people = [self._told_of(w, picture, call, call.person, number_id)]
            for person_id in people:
                naming.party(w, picture, person_id, call.role)
            entries.opened_place(w, actor, incident_id, place_id)
            apart = ""
            if call.person is not None:
                told = f" {call.name.strip()} was told." if call.name.strip() else ""
                entries.log(
                    w, actor, incident_id, f"The caller is taken to be {meant}.{told}", LogKind.SYSTEM
                )
                apart = self._accept(w, actor, incident_id, people[0], call)
            for person_id in taken_for:
                said = f"The caller is not {naming.called(w, person_id)}, says {actor.display}."
                entries.log(w, actor, incident_id, said, LogKind.SYSTEM)
            if call.instead_of is not None:
                self._goes_on(w, actor, call.instead_of, incident_id)
            if call.place_id is not None:
                told = f" {call.place.strip()} was told." if call.place.strip() else ""
                entries.log(w, actor, incident_id, f"The place is taken to be {where}.{told}", LogKind.SYSTEM)
            if call.born.strip():
                said = f"Date of birth or age of the caller as told: {call.born.strip()}."
                entries.log(w, actor, incident_id, said, LogKind.SYSTEM)
            if joined:
                entries.log(w, actor, incident_id, f"Call joined to this incident: {joined}.", LogKind.SYSTEM)
            if call.words.strip():
                entries.log(w, actor, incident_id, call.words, LogKind.NOTE, uuid=call.uuid)
            if call.located is not None:
                record_fix(w, actor, incident_id, call.located)
            moved = joined and call.place_said and place_id is not None and not _is_at(picture, place_id)
            if moved and _speaks_for_her(picture, records):
                own = self._place_told(w, picture, call, place_id)
                assert own is not None
                record_move(w, actor, incident_id, own, "at", "")
            place_apart = self._accept_place(w, actor, incident_id, own, call)
            for indicator in call.heard:
                record_told(
                    w, actor, incident_id, Told(indicator, f"heard on the line: {entries.plain(indicator)}")
                )
            w.reassess(incident_id)
        taken = where if own is not None and own != place_id else ""
        return Taken(incident_id, call_id, joined, meant, apart, taken, place_apart)

    def offer(self, actor: Actor, call: CallIn) -> Join | None:
        """Which live incident a call would join, and why; None when it would open a new one. Writes nothing."""
        require(actor, *DESK)
        form = e164(call.number)
        with reading(self._office.engine) as connection:
            number_id = subjects.number_id(connection, form) if form else None
            return self._join(connection, call, number_id)

    def who(self, actor: Actor, call: CallIn) -> Found:
        """Who may be ringing, sure or possible, each with why; shown while a call is typed. Writes nothing."""
        require(actor, *DESK)
        form = e164(call.number)
        with reading(self._office.engine) as connection:
            number_id = subjects.number_id(connection, form) if form else None
            found = who_rings(connection, call.name, number_id, self._born(call))
            taken = self._by_itself(connection, call, number_id)
            if not taken:
                return found
            named = called_of(connection, [(PERSON, taken[0])])
            named_so = naming.known_as(connection, call.name, self._born(call)) if call.name.strip() else ()
            by_what = (
                "the only one known to use this number"
                if not call.name.strip()
                else "the only one of this name known to use this number"
                if len(one_each(connection, named_so)) > 1
                else "the only one known by this name"
            )
            names = {taken[0]: named.get((PERSON, taken[0]), "")} | found.names
            return replace(found, names=names, by_itself=taken[0], by_what=by_what)

    def where(self, actor: Actor, call: CallIn) -> Found:
        """Which places may be meant, sure or possible, each with why; shown while a call is typed. Writes nothing."""
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            return places_like(connection, call.place)

    def ring_back(
        self, actor: Actor, incident_id: int, outcome: CallOutcome, number: str = "", words: str = ""
    ) -> Assessment:
        """Record that the desk rang somebody. No answer is never reassurance."""
        require(actor, *DESK)
        with work(self._office) as w:
            w.known(incident_id)
            number_id = naming.number(w, number)
            call = CallIn(number=number, outcome=outcome)
            self._record_call(w, actor, call, incident_id, number_id, Direction.OUT)
            said = {CallOutcome.NO_ANSWER: "Rang back: no answer."}.get(
                outcome, f"Rang back: {entries.plain(outcome.value)}."
            )
            entries.log(w, actor, incident_id, f"{said} {words}".strip(), LogKind.SYSTEM)
            return w.reassess(incident_id)[1]

    def _known_callers(self, connection: Connection, call: CallIn, number_id: int | None) -> list[int]:
        if call.person is not None:
            return [call.person]
        return [] if call.somebody_else else self._by_itself(connection, call, number_id)

    def _by_itself(self, connection: Connection, call: CallIn, number_id: int | None) -> list[int]:
        """Whoever is taken to be ringing and not asked about: by the name and the number, or the only one of either."""
        if not call.name.strip():
            return self._users_of(connection, number_id)
        born = self._born(call)
        named = naming.known_as(connection, call.name, born)
        one = naming.the_one(connection, call.name, named, number_id, born)
        return [] if one is None else [one]

    def _goes_on(self, w: Work, actor: Actor, before: int, incident_id: int) -> None:
        """Say in the incident in which she was taken for somebody else that she is not, and where her call goes on."""
        w.known(before)
        opened = w.picture(incident_id).incident
        said = (
            f"The caller is not whom she was taken for here, says {actor.display}. Her call goes on in "
            f"{opened.reference if opened else 'another incident'}. What is known here stays."
        )
        entries.log(w, actor, before, said, LogKind.SYSTEM)
        w.reassess(before)

    def _born(self, call: CallIn) -> str:
        """The date of birth as told; an age as the years it may mean today."""
        if not call.born.strip():
            return ""
        from callhandler.rules.identify.names.born import born_by_age

        return born_by_age(call.born, self._office.clock.now().astimezone(LONDON).year)

    def _place_told(self, w: Work, picture: Picture | None, call: CallIn, place_id: int | None) -> int | None:
        """The place of a call, under a record of its own where another was accepted to be it."""
        if call.place_id is None:
            return place_id
        return naming.place_told(w, picture, call.place_id, call.place)

    def _accept_place(self, w: Work, actor: Actor, incident_id: int, own: int | None, call: CallIn) -> str:
        """Judge the place as told to be the one accepted, unless it is; why not, where that cannot be."""
        accepted = call.place_id
        if own is None or accepted is None or accepted in w.picture(incident_id).records_of_place(own):
            return ""
        reason = f"Accepted on the call: {call.place_why.strip() or 'the place as told'}"
        return self._judgements.accept_within(w, actor, incident_id, PLACE, own, accepted, reason)

    def _callers(self, w: Work, call: CallIn, number_id: int | None) -> list[int]:
        if call.somebody_else:
            number = number_spoken(e164(call.number)) if number_id is not None else ""
            made = naming.stranger(w, call.name, number=number, born=self._born(call))
            self._uses(w, made, number_id)
            return [made]
        if not call.name.strip():
            return self._users_of(w.uow.connection, number_id)
        known = self._by_itself(w.uow.connection, call, number_id)
        person_id = known[0] if known else naming.new_person(w, call.name, born=self._born(call))
        naming.born_as_told(w, person_id, self._born(call))
        self._uses(w, person_id, number_id)
        return [person_id]

    def _told_of(self, w: Work, picture: Picture, call: CallIn, accepted: int, number_id: int | None) -> int:
        """The caller's own record, where somebody else's was accepted to be hers."""
        number = number_spoken(e164(call.number)) if number_id is not None else ""
        person_id = naming.told_of(w, picture, accepted, call.name, number=number, born=self._born(call))
        self._uses(w, person_id, number_id)
        return person_id

    def _accept(self, w: Work, actor: Actor, incident_id: int, caller: int, call: CallIn) -> str:
        """Judge the caller's own record to be of whoever was accepted, unless it is; why not, where that cannot be."""
        accepted = call.person
        assert accepted is not None
        if accepted in w.picture(incident_id).records_of(caller):
            return ""
        why = call.why.strip() or ("the name as told" if call.name.strip() else "the number")
        reason = f"Accepted on the call: {why}"
        return self._judgements.accept_within(w, actor, incident_id, PERSON, caller, accepted, reason)

    def _uses(self, w: Work, person_id: int, number_id: int | None) -> None:
        if number_id is not None and person_id not in subjects.people_of_number(w.uow.connection, number_id):
            w.uow.append(tables.number_tie, person_id=person_id, number_id=number_id)

    def _users_of(self, connection: Connection, number_id: int | None) -> list[int]:
        users = subjects.people_of_number(connection, number_id) if number_id is not None else ()
        # One known user of the number is taken to be ringing; of several, none: it is not guessed.
        one = one_each(connection, users)
        return list(one) if len(one) == 1 else []

    def _join(self, connection: Connection, call: CallIn, number_id: int | None) -> Join | None:
        place_id = call.place_id or naming.place_meant(connection, call.place)
        rings = Rings(
            people=tuple(self._known_callers(connection, call, number_id)),
            places=(place_id,) if place_id is not None else (),
            numbers=(number_id,) if number_id is not None else (),
            told=call.place,
            prefer=call.shown or 0,
        )
        within = timedelta(hours=self._office.policy.scheme.call_joins_within_hours)
        return join_of(connection, rings, self._office.clock.now() - within)

    def _record_call(
        self,
        w: Work,
        actor: Actor,
        call: CallIn,
        incident_id: int,
        number_id: int | None,
        direction: Direction,
    ) -> int:
        return w.uow.append(
            tables.call,
            incident_id=incident_id,
            number_id=number_id,
            direction=direction.value,
            outcome=call.outcome.value,
            speaker=call.speaker,
            happened_at=w.uow.now,
        )

    def _check_type(self, incident_type: str) -> None:
        if incident_type and incident_type not in self._office.policy.types:
            raise BadInput(f"The policy has no incident type {incident_type}.", "type")


def open_incident(w: Work, kind: str, place_id: int | None, number_id: int | None) -> int:
    """Open an incident under the next number of the local day, inside a transaction; returns its id."""
    day = w.uow.now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    running = subjects.incidents_since(w.uow.connection, day) + 1
    return w.uow.append(
        tables.incident,
        reference=f"{running:04d} · {day.day} {day:%b %Y}",
        type=kind or TYPE_NOT_KNOWN,
        happened_at=w.uow.now,
        happened_precision=Precision.MINUTE.value,
        place_id=place_id,
        number_id=number_id,
        summary="",
        outcome="",
        undone="",
        target_met="unknown",
        live=True,
        source="",
    )


def _is_at(picture: Picture, place_id: int) -> bool:
    """Whether the incident is at this place, under whichever record."""
    now = place_now(picture)
    return now is not None and place_id in picture.records_of_place(now)


def _speaks_for_her(picture: Picture, people: frozenset[int]) -> bool:
    """Whether a caller's place is hers. A suspect, a witness or somebody new to the incident moves nobody by ringing."""

    def of(*roles: Role) -> set[int]:
        return records_of(picture.clusters, PERSON, picture.with_role(*roles))

    hers = of(Role.CALLER, Role.AT_RISK, Role.CHILD)
    others = of(Role.SUSPECT, Role.WITNESS, Role.REPORTER) - of(Role.AT_RISK)
    return not people or bool((hers - others) & people)
