"""Proposals of bulk linking, looked at and judged at a desk: the same person, not the same, and either undone again.

Joining adds: it is recorded outside every incident, and each open incident of these people is judged anew. What would
take something away in an open incident goes through that incident's own door, or is refused with its reference.
"""

from dataclasses import dataclass, replace

from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind
from callhandler.model.proposed import JudgedPair, Listed, Proposed, Tally, Together, Which, WouldBring
from callhandler.model.sameness import PERSON, SameAs, Sameness, clusters_of, records_of
from callhandler.rules import changes, history, live_orders
from callhandler.rules.assess import assess
from callhandler.services import entries, wanted
from callhandler.services.door import Door, Outcome
from callhandler.services.judgements import Judgements
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.services.searching import Opened
from callhandler.store import beside, pictures, proposed, search_rows, subjects, tables
from callhandler.store.engine import Connection
from callhandler.store.pictures import linking
from callhandler.store.pictures.reader import Reader
from callhandler.store.unit_of_work import reading

PART = 200
"""So many of the list are read at a time."""
LOOKED = 3
"""In so many open incidents at most it is worked out beforehand what joining would bring; of more it is said how many."""
PURPOSE = "judging who may stand twice"
AS_PROPOSED = "As proposed: {reasons}."


@dataclass(frozen=True)
class Side:
    """One of the two: all its names, its incidents in counts, and everything that opening a person shows."""

    record: int
    names: tuple[str, ...]
    tally: Tally
    opened: Opened
    also: int = 0
    """So many other records are read as one with this already."""


@dataclass(frozen=True)
class Look:
    """A pair side by side, the incidents in which both stand, and what joining would bring in open ones.

    `read_as_one` where other judgements join the two already. `more_open` open incidents were not worked out.
    """

    pair: Proposed
    a: Side
    b: Side
    together: tuple[Together, ...]
    read_as_one: bool
    would_bring: tuple[WouldBring, ...] = ()
    more_open: int = 0
    judged: JudgedPair | None = None


@dataclass(frozen=True)
class Given:
    """What became of a judgement: recorded, outside any incident or in the one named; or what it waits for there."""

    recorded: bool
    reference: str = ""
    incident_id: int | None = None
    waits_for: tuple[str, ...] = ()
    judged_anew: tuple[str, ...] = ()


class ProposedPairs:
    """The list, the look and the judgement. Each look is a consultation, written first; each list is recorded as shown."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._door = Door(office)
        self._judgements = Judgements(office)

    # reading

    def count(self, actor: Actor) -> int:
        """How many proposals wait to be judged. Names nobody."""
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            return proposed.count(connection)

    def list(
        self, actor: Actor, which: Which = Which.ALL, after: Proposed | None = None, most: int = PART
    ) -> Listed:
        """The strongest of those that nobody has judged, or those that follow upon one. `shown` records that they were."""
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            pairs = tuple(proposed.listed(connection, most, which, after))
            counted = proposed.count(connection, which) if after is None else None
            people = {person for pair in pairs for person in (pair.a, pair.b)}
            read = Reader(connection, self._office.clock.now(), pictures.newest(connection))
            found = Listed(
                which,
                pairs,
                counted,
                proposed.in_open(connection) & people,
                proposed.with_order(read, people) if people else frozenset(),
                proposed.runs(connection),
            )
        return found

    def judged(self, actor: Actor, most: int = PART) -> tuple[tuple[JudgedPair, ...], int]:
        """The proposed pairs that were judged, the newest first, and how many. `shown` records that they were shown."""
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            found = tuple(proposed.judged(connection, most))
            counted = proposed.count_judged(connection)
        return found, counted

    def shown(self, actor: Actor, many: int, which: str) -> None:
        """Record that so many of the list stood before somebody, and which of them."""
        require(actor, *DESK)
        with work(self._office) as w:
            entries.listed_twice(w, actor, many, which, PURPOSE)

    def look(self, actor: Actor, a: int, b: int) -> Look:
        """A pair side by side. Whose histories were opened, by whom and why, is recorded first.

        Raises BadInput where no finished run proposes these two.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            _pair(w.uow.connection, a, b)
            for person_id in (a, b):
                entries.opened_history(w, actor, None, person_id, PURPOSE)
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            pair = _pair(connection, a, b)
            read = Reader(connection, now, pictures.newest(connection))
            clusters = clusters_of(linking.sameness(read, {a, b}, ()))
            ones, others = (records_of(clusters, PERSON, [each]) for each in (a, b))
            stands = proposed.judged(connection, 1, (a, b))
            look = Look(
                pair,
                self._side(connection, read, a, ones),
                self._side(connection, read, b, others),
                proposed.together(read, ones, others),
                b in ones,
                judged=stands[0] if stands else None,
            )
            if look.read_as_one:
                return replace(look, together=())
            opens = subjects.open_with(connection, ones | others)
            bring = tuple(self._would_bring(connection, each, pair) for each in opens[:LOOKED])
        return replace(look, would_bring=bring, more_open=len(opens) - len(bring))

    def _side(self, connection: Connection, read: Reader, person_id: int, records: set[int]) -> Side:
        picture = pictures.of_people(connection, read.as_of, people=[person_id], upto=read.upto)
        names = beside.at_once(connection, search_rows.names_of(read, records))
        orders = live_orders.standing_orders(picture, self._office.policy)
        return Side(
            person_id,
            tuple(dict.fromkeys(name for each in sorted(names) for name in names[each])),
            proposed.tally(read, records),
            Opened("person", person_id, picture, orders, {}),
            len(records) - 1,
        )

    def _would_bring(self, connection: Connection, incident_id: int, pair: Proposed) -> WouldBring:
        now, policy = self._office.clock.now(), self._office.policy
        supposed = SameAs(2**62, PERSON, pair.a, pair.b, Sameness.SAME, None, "", "", now)
        picture = pictures.of_incident(connection, incident_id, now)
        changed = pictures.of_incident(connection, incident_id, now, None, (supposed,))
        assessment, then = assess(picture, policy), assess(changed, policy)
        standing = {w.code for w in assessment.standing}
        came = tuple(w.sentence for w in then.standing if w.code not in standing)
        change = changes.judged(picture, changed, assessment, policy)
        left = history.read(changed, policy).at_risk
        hers = history.read(picture, policy).at_risk
        reference = picture.incident.reference if picture.incident else ""
        refused = ""
        if any(left.isdisjoint(changed.records_of(person)) for person in hers):
            refused = "the two have different parts in it"
        elif change.lost or change.after > change.before:
            refused = "a warning would no longer be raised there"
        return WouldBring(
            incident_id,
            reference,
            came,
            assessment.floor_rank,
            min(then.floor_rank, assessment.floor_rank),
            refused,
        )

    # judging

    def judge(self, actor: Actor, a: int, b: int, verdict: Sameness, reason: str = "") -> Given:
        """Judge two proposed records to be of one person, or not; not the same needs a reason.

        Raises BadInput without one or where nobody proposed them, Refused where somebody judged them meanwhile or an open
        incident would lose a warning by it.
        """
        require(actor, *DESK)
        if verdict is Sameness.WITHDRAWN:
            raise BadInput("Say whether they are the same, or not.", "verdict")
        said = line(reason, "The reason", empty=verdict is Sameness.SAME)
        with work(self._office) as w:
            pair = _pair(w.uow.connection, a, b)
            for before in proposed.judged(w.uow.connection, 1, (pair.a, pair.b)):
                raise Refused(
                    f"{before.author} judged these two meanwhile. Look at it under what was judged; it can be undone there.",
                    ["judged"],
                )
            given = said or AS_PROPOSED.format(reasons=pair.reasons)
            return self._record(w, actor, pair, verdict, given)

    def undo(self, actor: Actor, a: int, b: int, reason: str) -> Given:
        """Say nothing any longer of two that were judged, whoever judged them: they are proposed again.

        Raises BadInput without a reason or where nothing stands of them; Refused as `judge` does.
        """
        require(actor, *DESK)
        said = line(reason, "The reason")
        with work(self._office) as w:
            pair = _pair(w.uow.connection, a, b)
            if not proposed.judged(w.uow.connection, 1, (pair.a, pair.b)):
                raise BadInput("Nothing stands of these two that could be undone.", "judgement")
            return self._record(w, actor, pair, Sameness.WITHDRAWN, said)

    def _record(self, w: Work, actor: Actor, pair: Proposed, verdict: Sameness, reason: str) -> Given:
        connection = w.uow.connection
        judged = SameAs(
            w.uow.last + 1, PERSON, pair.a, pair.b, verdict, None, reason, actor.display, w.uow.now
        )
        read = Reader(connection, w.uow.now, w.uow.last)
        clusters = clusters_of(linking.sameness(read, {pair.a, pair.b}, ()))
        ones = records_of(clusters, PERSON, [pair.a])
        everybody = ones | records_of(clusters, PERSON, [pair.b])
        opens = subjects.open_with(connection, everybody)
        if verdict is not Sameness.SAME:
            # What nothing reads as one is not parted by it: nothing is taken away from anybody.
            opens = opens if pair.b in ones else ()
            for each in opens[1:]:
                self._loses_nothing(w, each, judged)
            if opens:
                return self._through_the_door(w, actor, opens[0], judged)
        else:
            for each in opens:
                self._loses_nothing(w, each, judged)
        w.uow.append(
            tables.same_as,
            incident_id=None,
            kind=PERSON,
            a=pair.a,
            b=pair.b,
            verdict=verdict.value,
            reason=reason,
            author=actor.display,
        )
        anew = []
        for each in opens:
            picture = w.picture(each)
            said = f"{wanted.judgement_in_words(judged, picture)}. {reason}".strip()
            entries.log(w, actor, each, said, LogKind.SYSTEM)
            w.reassess(each)
            anew.append(picture.incident.reference if picture.incident else "")
        return Given(True, judged_anew=tuple(anew))

    def _loses_nothing(self, w: Work, incident_id: int, judged: SameAs) -> None:
        if self._judgements.loses(w, incident_id, judged):
            raise Refused(
                f"In {_reference(w, incident_id)} a warning would no longer be raised by it. Judge it there.",
                ["records"],
            )

    def _through_the_door(self, w: Work, actor: Actor, incident_id: int, judged: SameAs) -> Given:
        reference = _reference(w, incident_id)
        outcome: Outcome = self._door.ask_within(
            w, actor, incident_id, wanted.judge_records(judged), judged.reason
        )
        waits = tuple(need.sentence for need in outcome.needs)
        return Given(
            outcome.accepted, reference, incident_id, waits, (reference,) if outcome.accepted else ()
        )


def _pair(connection: Connection, a: int, b: int) -> Proposed:
    found = proposed.one(connection, *sorted((a, b)))
    if found is None:
        raise BadInput(
            "Nobody proposed these two records. They are judged on an incident.", "record", "same_as"
        )
    return found


def _reference(w: Work, incident_id: int) -> str:
    incident = w.picture(incident_id).incident
    return incident.reference if incident and incident.reference else "another open incident"
