"""Taking a call: who rings, from where, about which incident; and every fact that is told in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.facts import Reply, Stance
from callhandler.model.incident import CallOutcome, Direction, LogKind
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON, Precision
from callhandler.rules import history
from callhandler.rules.identify import Join, e164, folded, incident_to_join
from callhandler.services import naming, owners
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import pictures, subjects, tables
from callhandler.store.engine import Connection
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class CallIn:
    """What is known when a call is taken. `join` leaves linking to the tool, or is the handler's key."""

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


@dataclass(frozen=True, slots=True)
class Taken:
    """A call taken: its incident, and why it joined one, empty when it is a new one."""

    incident_id: int
    call_id: int
    joined: str


@dataclass(frozen=True, slots=True)
class Told:
    """A disclosure as taken down. People by id, or by name as the caller says it."""

    indicator: str
    words: str
    teller: int | str = ""
    about: int | str = ""
    harmed: int | str = ""
    stance: Stance = Stance.TOLD
    source: str = "call"
    uuid: str = ""


class Calls:
    """Everything that comes in by telephone, and what is taken down of it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # calls

    def take(self, actor: Actor, call: CallIn) -> Taken:
        """Take an incoming call: identify, join the live incident or open one, record, assess."""
        require(actor, *DESK)
        self._check_type(call.type)
        self._check_indicators(*call.heard)
        with work(self._office) as w:
            number_id = naming.number(w, call.number)
            people = self._callers(w, call, number_id)
            place_id = naming.place(w, call.place) if call.place.strip() else None
            join = (
                None
                if call.join == "no"
                else self._join(w.uow.connection, w.uow.now, people, place_id, number_id)
            )
            if join and (join.sure or call.join == "yes"):
                incident_id, joined = join.incident.id, join.why
            else:
                incident_id, joined = self._open(w, call, place_id, number_id), ""
                owners.first_owner(w, actor, incident_id)
            call_id = self._record_call(w, actor, call, incident_id, number_id, Direction.IN)
            picture = w.picture(incident_id)
            for person_id in people:
                naming.party(w, picture, person_id, call.role)
                w.uow.append(
                    tables.consultation,
                    user_id=actor.user_id,
                    person_id=person_id,
                    place_id=None,
                    incident_id=incident_id,
                    what="linked history",
                    purpose="call taken",
                )
            self._consult_place(w, actor, place_id, incident_id)
            if joined:
                self._log(w, actor, incident_id, f"Call joined to this incident: {joined}.", LogKind.SYSTEM)
            if call.words.strip():
                self._log(w, actor, incident_id, call.words, LogKind.NOTE, uuid=call.uuid)
            moved = place_id is not None and place_id != place_now(picture)
            if joined and place_id is not None and moved and _speaks_for_her(picture, people):
                self._move(w, actor, incident_id, place_id, "at", "")
            for indicator in call.heard:
                self._tell(w, actor, incident_id, Told(indicator, f"heard on the line: {_plain(indicator)}"))
            w.reassess(incident_id)
        return Taken(incident_id, call_id, joined)

    def offer(self, actor: Actor, call: CallIn) -> Join | None:
        """Which live incident a call would join, and why; None when it would open a new one. Writes nothing."""
        require(actor, *DESK)
        form = e164(call.number)
        with reading(self._office.engine) as connection:
            number_id = subjects.number_id(connection, form) if form else None
            named = (
                list(subjects.people_named(connection, folded(call.name)))[:1] if call.name.strip() else []
            )
            people = named if call.name.strip() else self._users_of(connection, number_id)
            places = subjects.places_called(connection, folded(call.place)) if call.place.strip() else ()
            place_id = places[0] if places else None
            return self._join(connection, self._office.clock.now(), people, place_id, number_id)

    def ring_back(
        self, actor: Actor, incident_id: int, outcome: CallOutcome, number: str = "", words: str = ""
    ) -> Assessment:
        """Record that the desk rang somebody. No answer is never reassurance."""
        require(actor, *DESK)
        with work(self._office) as w:
            w.picture(incident_id)
            number_id = naming.number(w, number)
            call = CallIn(number=number, outcome=outcome)
            self._record_call(w, actor, call, incident_id, number_id, Direction.OUT)
            said = {CallOutcome.NO_ANSWER: "Rang back: no answer."}.get(
                outcome, f"Rang back: {_plain(outcome.value)}."
            )
            self._log(w, actor, incident_id, f"{said} {words}".strip(), LogKind.SYSTEM)
            return w.reassess(incident_id)[1]

    # what is told

    def tell(self, actor: Actor, incident_id: int, told: Told) -> Assessment:
        """Record one disclosure. It stays open until its follow-up is recorded."""
        require(actor, *DESK)
        self._check_indicators(told.indicator)
        with work(self._office) as w:
            self._tell(w, actor, incident_id, told)
            return w.reassess(incident_id)[1]

    def reply(
        self, actor: Actor, incident_id: int, question: str, reply: Reply, words: str = "", uuid: str = ""
    ) -> Assessment:
        """Record the reply to a guided question, and what that reply tells. Only an explicit no is no."""
        require(actor, *DESK)
        asked = self._office.policy.questions.get(question)
        if asked is None:
            raise BadInput(f"The policy has no question {question}.", "question")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            extra = {"uuid": uuid} if uuid else {}
            w.uow.append(
                tables.answer,
                incident_id=incident_id,
                call_id=current_call(picture),
                question=question,
                reply=reply.value,
                words=line(words, "The words", empty=True),
                author=actor.display,
                **extra,
            )
            self._log(
                w,
                actor,
                incident_id,
                f"{asked.ask} {_plain(reply.value).capitalize()}. {words}".strip(),
                LogKind.NOTE,
            )
            if indicator := asked.tells.get(reply):
                suspects = history.read(picture, self._office.policy).suspects
                about: int | str = min(suspects) if len(suspects) == 1 else ""
                said = words.strip() or f"{asked.ask} {_plain(reply.value)}"
                self._tell(w, actor, incident_id, Told(indicator, said, about=about), logged=True)
            return w.reassess(incident_id)[1]

    def write(
        self,
        actor: Actor,
        incident_id: int,
        text: str,
        kind: LogKind = LogKind.NOTE,
        source: str = "",
        uuid: str = "",
    ) -> int:
        """Append a line to the log. Doing it again with the same `uuid` does nothing more."""
        require(actor, *DESK)
        with work(self._office) as w:
            if uuid and subjects.entry_landed(w.uow.connection, [uuid]):
                return 0
            w.picture(incident_id)
            return self._log(w, actor, incident_id, text, kind, author=source, uuid=uuid)

    def name_party(self, actor: Actor, incident_id: int, person: int | str, role: Role) -> Assessment:
        """Name somebody and give him a role; his history joins the picture."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            person_id = naming.person(w, person, picture)
            naming.party(w, picture, person_id, role)
            name = person if isinstance(person, str) else picture.name_of(person_id)
            self._log(w, actor, incident_id, f"{name}: {_plain(role.value)}.", LogKind.SYSTEM)
            w.uow.append(
                tables.consultation,
                user_id=actor.user_id,
                person_id=person_id,
                place_id=None,
                incident_id=incident_id,
                what="linked history",
                purpose="named in a call",
            )
            return w.reassess(incident_id)[1]

    def move(
        self, actor: Actor, incident_id: int, to: str = "", going_to: str = "", room: str = ""
    ) -> Assessment:
        """Record where she is now, or where she is going. Number, grade, clock and warnings stay as they are."""
        require(actor, *DESK)
        if not to.strip() and not going_to.strip():
            raise BadInput("A move needs a place: where she is, or where she is going.", "place")
        with work(self._office) as w:
            w.picture(incident_id)
            if to.strip():
                self._move(w, actor, incident_id, naming.place(w, to), "at", room)
            if going_to.strip():
                self._move(w, actor, incident_id, naming.place(w, going_to), "going_to", room)
            return w.reassess(incident_id)[1]

    def acknowledge(self, actor: Actor, incident_id: int, room: str) -> Assessment:
        """The receiving room takes the move over; until then both rooms are told. That it has is a confirmed fact."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            waiting = [m for m in picture.moves if not m.acknowledged]
            if not waiting:
                raise BadInput("No move of this incident waits to be acknowledged.", "move")
            for move in waiting:
                w.uow.append(
                    tables.receipt,
                    incident_id=incident_id,
                    move_id=move.id,
                    room=line(room, "The room"),
                    author=actor.display,
                )
            if any(move.room for move in waiting):
                w.uow.append(
                    tables.confirmation,
                    incident_id=incident_id,
                    code="move-acknowledged",
                    about_id=None,
                    said_by="receiving-room",
                    confirmed_by="acknowledged-on-log",
                    words=line(room, "The room"),
                    author=actor.display,
                )
            self._log(w, actor, incident_id, f"Received by {room}.", LogKind.SYSTEM)
            return w.reassess(incident_id)[1]

    def declare_order(
        self,
        actor: Actor,
        incident_id: int,
        order_type: str,
        protected: int | str,
        respondent: int | str,
        words: str = "",
        teller: str = "",
    ) -> Assessment:
        """Record an order that the caller tells of. It is live for risk from this moment; a task is opened to obtain it."""
        require(actor, *DESK)
        kind = self._office.policy.orders.get(order_type)
        if kind is None:
            raise BadInput(f"The policy has no order type {order_type}.", "order")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            protected_id = naming.person(w, protected, picture)
            respondent_id = naming.person(w, respondent, picture)
            again = [o for o in picture.orders if o.type == order_type and o.protected_id == protected_id]
            if not again:
                w.uow.append(
                    tables.civil_order,
                    type=order_type,
                    incident_id=incident_id,
                    protected_id=protected_id,
                    respondent_id=respondent_id,
                    source=teller or "the caller",
                    court="",
                    without_notice="unknown",
                    made_at=None,
                    made_precision=Precision.UNKNOWN.value,
                    expires_at=None,
                    until_further_order=False,
                    author=actor.display,
                )
                w.uow.append(
                    tables.task,
                    incident_id=incident_id,
                    code="obtain-order",
                    text=f"{kind.name}: ask court, solicitor and the unit's post for it. Help does not wait for it.",
                    owner=actor.display,
                    due_at=None,
                )
            else:
                self._order_fact(
                    w, actor, incident_id, again[-1].id, "told_again", False, teller or "the caller", words
                )
            naming.party(w, picture, respondent_id, Role.SUSPECT)
            naming.party(w, picture, protected_id, Role.AT_RISK)
            self._log(w, actor, incident_id, f"{kind.name} told of. {words}".strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def learn_of_order(
        self,
        actor: Actor,
        incident_id: int,
        order_type: str,
        fact: str,
        said_by: str,
        *,
        verified: bool = False,
        words: str = "",
        at: datetime | None = None,
    ) -> Assessment:
        """Record something learned about the newest order of a type. The declared version is kept beside it."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            orders = [o for o in picture.orders if o.type == order_type]
            if not orders:
                raise BadInput(f"No {order_type} is recorded for anybody here.", "order")
            self._order_fact(w, actor, incident_id, orders[-1].id, fact, verified, said_by, words, at)
            self._log(
                w, actor, incident_id, f"Order: {_plain(fact)}, says {said_by}. {words}".strip(), LogKind.NOTE
            )
            return w.reassess(incident_id)[1]

    def count_only(
        self,
        actor: Actor,
        incident_id: int,
        on: Literal["person", "place", "number"],
        subject: str,
        number: int,
        counted: str,
        span: str,
        source: str,
    ) -> Assessment:
        """Record a history that is known only as a number: its basis, span and source, its contents not held."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            subject_id = self._subject(w, picture, on, subject)
            if subject_id is None:
                raise BadInput(f"{subject} is not a number.", "number")
            w.uow.append(
                tables.history_count,
                incident_id=incident_id,
                subject=on,
                subject_id=subject_id,
                number=number,
                counted=line(counted, "What was counted"),
                span=line(span, "The span"),
                source=line(source, "The source"),
            )
            self._log(w, actor, incident_id, f"{source}: {number} {counted}, {span}.", LogKind.CHECK)
            return w.reassess(incident_id)[1]

    # parts of one transaction

    def _subject(self, w: Work, picture: Picture, on: str, subject: str) -> int | None:
        if on == "person":
            return naming.person(w, subject, picture)
        return naming.place(w, subject) if on == "place" else naming.number(w, subject)

    def _callers(self, w: Work, call: CallIn, number_id: int | None) -> list[int]:
        if not call.name.strip():
            return self._users_of(w.uow.connection, number_id)
        person_id = naming.person(w, call.name, number_id=number_id)
        if number_id is not None and person_id not in subjects.people_of_number(w.uow.connection, number_id):
            w.uow.append(tables.number_tie, person_id=person_id, number_id=number_id)
        return [person_id]

    def _users_of(self, connection: Connection, number_id: int | None) -> list[int]:
        users = subjects.people_of_number(connection, number_id) if number_id is not None else ()
        # One known user of the number is taken to be ringing; of several, none: it is not guessed.
        return list(users) if len(users) == 1 else []

    def _join(
        self,
        connection: Connection,
        now: datetime,
        people: list[int],
        place_id: int | None,
        number_id: int | None,
    ) -> Join | None:
        since = now - timedelta(hours=self._office.policy.scheme.call_joins_within_hours)
        found = subjects.live_incidents(
            connection,
            people,
            [place_id] if place_id is not None else [],
            [number_id] if number_id is not None else [],
            since,
        )
        offered = [(pictures.of_incident(connection, incident_id, now), how) for incident_id, how in found]
        return incident_to_join(offered, frozenset(people))

    def _open(self, w: Work, call: CallIn, place_id: int | None, number_id: int | None) -> int:
        day = w.uow.now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
        running = subjects.incidents_since(w.uow.connection, day) + 1
        silent = call.outcome in (CallOutcome.SILENT, CallOutcome.ABANDONED)
        return w.uow.append(
            tables.incident,
            reference=f"{running:04d} · {day.day} {day:%b %Y}",
            type=call.type or ("silent-or-abandoned" if silent else "general-enquiry"),
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

    def _log(
        self,
        w: Work,
        actor: Actor,
        incident_id: int,
        text: str,
        kind: LogKind,
        author: str = "",
        uuid: str = "",
    ) -> int:
        extra = {"uuid": uuid} if uuid else {}
        picture_call = w.uow.current_call(incident_id)
        return w.uow.append(
            tables.log_entry,
            incident_id=incident_id,
            call_id=picture_call,
            kind=kind.value,
            text=line(text, "The line"),
            author=author or actor.display,
            happened_at=w.uow.now,
            **extra,
        )

    def _tell(self, w: Work, actor: Actor, incident_id: int, told: Told, *, logged: bool = False) -> None:
        picture = w.picture(incident_id)
        words = line(told.words, "The words")

        def named(who: int | str) -> int | None:
            return naming.person(w, who, picture) if isinstance(who, int) or who.strip() else None

        callers = picture.with_role(Role.CALLER, Role.REPORTER)
        teller_id = named(told.teller) if told.teller else (callers[-1] if callers else None)
        about_id, harmed_id = named(told.about), named(told.harmed)
        extra = {"uuid": told.uuid} if told.uuid else {}
        w.uow.append(
            tables.disclosure,
            incident_id=incident_id,
            call_id=current_call(picture),
            indicator=told.indicator,
            stance=told.stance.value,
            teller=told.teller
            if isinstance(told.teller, str) and told.teller
            else picture.name_of(teller_id),
            teller_id=teller_id,
            about_id=about_id,
            harmed_id=harmed_id,
            words=words,
            source=told.source,
            disputed=False,
            happened_at=w.uow.now,
            happened_precision=Precision.MINUTE.value,
            author=actor.display,
            **extra,
        )
        hers = set(picture.with_role(Role.CALLER, Role.AT_RISK, Role.CHILD))
        if about_id is not None and about_id not in hers and told.stance is Stance.TOLD:
            naming.party(w, picture, about_id, Role.SUSPECT)
        if harmed_id is not None:
            naming.party(w, picture, harmed_id, Role.AT_RISK)
        if not logged:
            name = self._office.policy.indicators[told.indicator].name
            denied = "Denied: " if told.stance is Stance.DENIED else ""
            self._log(w, actor, incident_id, f"{denied}{name}: {words}", LogKind.NOTE)

    def _move(self, w: Work, actor: Actor, incident_id: int, place_id: int, kind: str, room: str) -> None:
        w.uow.append(
            tables.move,
            incident_id=incident_id,
            place_id=place_id,
            kind=kind,
            room=room,
            author=actor.display,
        )
        picture = w.picture(incident_id)
        place = picture.place(place_id)
        where = place.label if place else "a new place"
        says = "is now at" if kind == "at" else "is going to"
        to_room = f" Sent to {room}; not received yet." if room else ""
        self._log(w, actor, incident_id, f"The person at risk {says} {where}.{to_room}", LogKind.SYSTEM)
        self._consult_place(w, actor, place_id, incident_id)

    def _consult_place(self, w: Work, actor: Actor, place_id: int | None, incident_id: int) -> None:
        if place_id is not None:
            w.uow.append(
                tables.consultation,
                user_id=actor.user_id,
                person_id=None,
                place_id=place_id,
                incident_id=incident_id,
                what="history of the place",
                purpose="call taken",
            )

    def _order_fact(
        self,
        w: Work,
        actor: Actor,
        incident_id: int,
        order_id: int,
        fact: str,
        verified: bool,
        said_by: str,
        words: str,
        at: datetime | None = None,
    ) -> None:
        w.uow.append(
            tables.order_fact,
            order_id=order_id,
            incident_id=incident_id,
            kind=fact,
            at=at,
            verified=verified,
            said_by=line(said_by, "Who says so"),
            words=line(words, "The words", empty=True),
            author=actor.display,
        )

    def _check_type(self, incident_type: str) -> None:
        if incident_type and incident_type not in self._office.policy.types:
            raise BadInput(f"The policy has no incident type {incident_type}.", "type")

    def _check_indicators(self, *names: str) -> None:
        for name in names:
            if name not in self._office.policy.indicators:
                raise BadInput(f"The policy has no indicator {name}.", "indicator")


def current_call(picture: Picture) -> int | None:
    """The newest call of the incident: what is taken down now belongs to it."""
    here = [c.id for c in picture.calls if c.incident_id == picture.here]
    return here[-1] if here else None


def place_now(picture: Picture) -> int | None:
    """Where the incident now is."""
    moves = [m.place_id for m in picture.moves if m.kind == "at"]
    return moves[-1] if moves else (picture.incident.place_id if picture.incident else None)


def _speaks_for_her(picture: Picture, people: list[int]) -> bool:
    """Whether a caller's place is hers. A suspect, a witness or somebody new to the incident moves nobody by ringing."""
    hers = set(picture.with_role(Role.CALLER, Role.AT_RISK, Role.CHILD))
    others = set(picture.with_role(Role.SUSPECT, Role.WITNESS, Role.REPORTER)) - set(
        picture.with_role(Role.AT_RISK)
    )
    return not people or bool((hers - others) & set(people))


def _plain(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")
