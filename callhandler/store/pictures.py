"""Reads the picture: a fixed number of hand-written statements, whatever the size of the history.

Every statement asks only for rows recorded by `as_of` (the instant) and received up to `upto` (the order of receipt),
so that the same reader serves the live desk, a review of a past moment, and training.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, TextClause, bindparam, text

from callhandler.model.assessment import (
    Act,
    Agreement,
    Decision,
    Evidence,
    Gate,
    RationaleAnswer,
    Request,
    StandingWarning,
    Tier,
    Verdict,
)
from callhandler.model.facts import (
    MANNER,
    Answer,
    Assessed,
    Confirmation,
    Disclosure,
    Enquiry,
    HistoryCount,
    Marker,
    PersonRecord,
    PoliceWarning,
    Reply,
    RiskAssessment,
    Stance,
)
from callhandler.model.incident import (
    Call,
    CallOutcome,
    Direction,
    Incident,
    LogEntry,
    LogKind,
    Move,
    OwnerAct,
    Ownership,
    Party,
    Response,
    ResponseState,
    Target,
    Task,
)
from callhandler.model.order import Order, OrderFact, Term
from callhandler.model.people import (
    Number,
    NumberTie,
    Person,
    PersonTie,
    Place,
    PlaceTie,
    Relation,
    Role,
    Tie,
    Vehicle,
)
from callhandler.model.picture import Link, Picture, Via
from callhandler.model.when import Precision, When, from_micros, to_micros

_INTIMATE = (Relation.PARTNER.value, Relation.EX_PARTNER.value)
_HOMES = (Tie.LIVES.value, Tie.FAMILY_HOME.value, Tie.STAYS.value)


def newest(connection: Connection) -> int:
    """The newest record's place in the order of receipt."""
    found: int = connection.execute(text("SELECT last FROM head WHERE id = 1")).scalar_one()
    return found


def of_incident(
    connection: Connection, incident_id: int, as_of: datetime, upto: int | None = None
) -> Picture:
    """The picture of an incident, live or past, as of an instant."""
    reader = _Reader(connection, as_of, newest(connection) if upto is None else upto)
    return reader.incident(incident_id)


def of_people(
    connection: Connection,
    as_of: datetime,
    *,
    people: Sequence[int] = (),
    places: Sequence[int] = (),
    numbers: Sequence[int] = (),
    upto: int | None = None,
) -> Picture:
    """The picture of people, places and numbers without an incident: what is known before anything is taken down."""
    reader = _Reader(connection, as_of, newest(connection) if upto is None else upto)
    return reader.subjects(people, places, numbers)


@cache
def _statement(sql: str) -> TextClause:
    lists = [
        name
        for name in ("ids", "people", "places", "numbers", "roles", "words", "suspects", "others")
        if f":{name}" in sql
    ]
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))


class _Reader:
    def __init__(self, connection: Connection, as_of: datetime, upto: int) -> None:
        self._connection = connection
        self._as_of = as_of
        self._upto = upto

    def rows(self, sql: str, **values: Any) -> Sequence[Row[Any]]:
        """Run one statement. `{known:x}` in it asks that rows of alias x were known by then."""
        for alias in "abcdefghijklmnopqrstuvwxyz":
            sql = sql.replace(f"{{known:{alias}}}", f"({alias}.known_at <= :as_of AND {alias}.id <= :upto)")
        given = {name: list(v) if isinstance(v, tuple | set | frozenset) else v for name, v in values.items()}
        used = {"as_of": to_micros(self._as_of), "upto": self._upto}
        return self._connection.execute(_statement(sql), {**used, **given}).all()

    # the two entrances

    def incident(self, incident_id: int) -> Picture:
        own = self._incidents([incident_id])
        if not own:
            return Picture(self._as_of, self._upto, None)
        parties = self._parties([incident_id])
        calls = self._calls([incident_id])
        moves = self._moves(incident_id)
        people = {p.person_id for p in parties}
        places = {m.place_id for m in moves} | ({own[0].place_id} if own[0].place_id else set())
        numbers = {c.number_id for c in calls if c.number_id}
        suspects = {p.person_id for p in parties if p.role is Role.SUSPECT}
        here = self._qualified(own[0])
        return self._gather(here, people, suspects, places, numbers, parties, calls, moves)

    def subjects(self, people: Sequence[int], places: Sequence[int], numbers: Sequence[int]) -> Picture:
        return self._gather(None, set(people), set(), set(places), set(numbers), (), (), ())

    def _gather(
        self,
        own: Incident | None,
        people: set[int],
        suspects: set[int],
        places: set[int],
        numbers: set[int],
        parties: tuple[Party, ...],
        calls: tuple[Call, ...],
        moves: tuple[Move, ...],
    ) -> Picture:
        here = own.id if own else -1
        number_ties = self._number_ties(people, numbers)
        if own is None:
            people |= {t.person_id for t in number_ties if t.number_id in numbers}
        ties = self._person_ties(people)
        hers = people - suspects
        intimates = {
            other
            for t in ties
            if t.relation.value in _INTIMATE
            for mine, other in ((t.a, t.b), (t.b, t.a))
            if mine in hers and other not in people
        }
        home_ties = self._place_ties(people | intimates, places)
        homes = {t.place_id for t in home_ties if t.person_id in hers and t.tie.value in _HOMES}
        links = self._links(here, hers, suspects | intimates, places | homes, numbers)
        linked_ids = list(dict.fromkeys(link.incident_id for link in links))
        linked = self._incidents(linked_ids)
        linked_parties = self._parties(linked_ids)
        linked_calls = self._calls(linked_ids)
        everyone = (
            people
            | intimates
            | {p.person_id for p in linked_parties}
            | {person for t in ties for person in (t.a, t.b)}
            | {t.person_id for t in home_ties}
        )
        everywhere = places | {t.place_id for t in home_ties} | {i.place_id for i in linked if i.place_id}
        vehicles = self._vehicles(everyone)
        scope = [here, *linked_ids]
        answers = self._answers(here, scope)
        return Picture(
            as_of=self._as_of,
            upto=self._upto,
            incident=own,
            links=links,
            linked=linked,
            people=self._people(everyone),
            places=self._places(everywhere),
            numbers=self._numbers(numbers | {t.number_id for t in number_ties}),
            vehicles=vehicles,
            person_ties=ties,
            place_ties=home_ties,
            number_ties=number_ties,
            parties=(*parties, *linked_parties),
            calls=(*calls, *linked_calls),
            log=self._log(here),
            disclosures=self._disclosures(scope),
            answers=tuple(a for a in answers if a.question != MANNER),
            manners=tuple(a for a in answers if a.question == MANNER),
            confirmations=self._confirmations(scope),
            markers=self._markers(everyone, everywhere, numbers, {v.id for v in vehicles}),
            police_warnings=self._police_warnings(everyone),
            risk_assessments=self._risk_assessments(scope),
            enquiries=self._enquiries(scope),
            records=self._records(everyone),
            counts=self._counts(people, everywhere, numbers),
            orders=self._orders(people | intimates),
            responses=self._responses(here),
            moves=moves,
            tasks=self._tasks(here),
            ownerships=self._ownerships(here),
            decisions=self._decisions(here),
            requests=self._requests(here),
            standing_warnings=self._standing_warnings(here),
        )

    # incidents and what hangs on them

    def _incidents(self, ids: Iterable[int]) -> tuple[Incident, ...]:
        rows = self.rows(
            "SELECT i.*, (SELECT t.type FROM incident_type t WHERE t.incident_id = i.id AND {known:t} "
            "ORDER BY t.id DESC LIMIT 1) AS retyped, (SELECT max(n.id) FROM incident_type n "
            "WHERE n.incident_id = i.id AND {known:n}) AS typed_by FROM incident i WHERE i.id IN :ids AND {known:i} "
            "ORDER BY i.happened_at, i.id",
            ids=list(ids),
        )
        return tuple(
            Incident(
                id=r.id,
                uuid=r.uuid,
                reference=r.reference,
                type=r.retyped or r.type,
                opened=_when(r),
                known_at=from_micros(r.known_at),
                place_id=r.place_id,
                summary=r.summary,
                outcome=r.outcome,
                undone=r.undone,
                target_met=r.target_met,
                live=bool(r.live),
                typed_by=r.typed_by or 0,
            )
            for r in rows
        )

    def _qualified(self, own: Incident) -> Incident:
        """The incident with the qualifiers that were given together with its present type."""
        rows = self.rows(
            "SELECT q.qualifier FROM type_qualifier q WHERE q.incident_id = :here AND q.type_id = :typed_by "
            "AND {known:q} ORDER BY q.id",
            here=own.id,
            typed_by=own.typed_by,
        )
        return replace(own, qualifiers=tuple(r.qualifier for r in rows))

    def _links(
        self, here: int, people: set[int], suspects: set[int], places: set[int], numbers: set[int]
    ) -> tuple[Link, ...]:
        rows = self.rows(
            """
            SELECT x.incident_id, x.via, x.subject_id FROM (
              SELECT p.incident_id, 'person' AS via, 1 AS rank, p.person_id AS subject_id
                FROM party p WHERE p.person_id IN :people AND {known:p}
              UNION ALL
              SELECT c.incident_id, 'number', 2, c.number_id FROM call c WHERE c.number_id IN :numbers AND {known:c}
              UNION ALL
              SELECT i.id, 'place', 3, i.place_id FROM incident i WHERE i.place_id IN :places AND {known:i}
              UNION ALL
              SELECT s.incident_id, 'suspect', 4, s.person_id FROM party s WHERE s.person_id IN :suspects AND {known:s}
            ) x JOIN incident n ON n.id = x.incident_id
            WHERE x.incident_id <> :here AND {known:n}
              AND NOT EXISTS (SELECT 1 FROM link_judgement j WHERE j.incident_id = :here AND j.linked_id = x.incident_id
                AND j.verdict = 'not_linked' AND {known:j} AND j.id = (SELECT max(k.id) FROM link_judgement k
                WHERE k.incident_id = :here AND k.linked_id = x.incident_id AND {known:k}))
            ORDER BY n.happened_at, n.id, x.rank, x.subject_id
            """,
            here=here,
            people=people,
            suspects=suspects,
            places=places,
            numbers=numbers,
        )
        return tuple(dict.fromkeys(Link(r.incident_id, Via(r.via), r.subject_id) for r in rows))

    def _parties(self, ids: Iterable[int]) -> tuple[Party, ...]:
        rows = self.rows(
            "SELECT p.* FROM party p WHERE p.incident_id IN :ids AND {known:p} ORDER BY p.id", ids=list(ids)
        )
        return tuple(Party(r.id, r.incident_id, r.person_id, Role(r.role)) for r in rows)

    def _calls(self, ids: Iterable[int]) -> tuple[Call, ...]:
        rows = self.rows(
            "SELECT c.* FROM call c WHERE c.incident_id IN :ids AND {known:c} ORDER BY c.id", ids=list(ids)
        )
        return tuple(
            Call(
                r.id,
                r.incident_id,
                Direction(r.direction),
                CallOutcome(r.outcome),
                from_micros(r.happened_at),
                r.number_id,
                r.speaker,
            )
            for r in rows
        )

    def _moves(self, here: int) -> tuple[Move, ...]:
        rows = self.rows(
            "SELECT m.*, (SELECT count(*) FROM receipt r WHERE r.move_id = m.id AND {known:r}) AS received "
            "FROM move m WHERE m.incident_id = :here AND {known:m} ORDER BY m.id",
            here=here,
        )
        return tuple(
            Move(r.id, r.incident_id, r.place_id, r.kind, r.room, from_micros(r.known_at), bool(r.received))
            for r in rows
        )

    def _log(self, here: int) -> tuple[LogEntry, ...]:
        rows = self.rows(
            "SELECT l.* FROM log_entry l WHERE l.incident_id = :here AND {known:l} ORDER BY l.id", here=here
        )
        return tuple(
            LogEntry(r.id, r.incident_id, from_micros(r.happened_at), LogKind(r.kind), r.author, r.text)
            for r in rows
        )

    def _disclosures(self, ids: Sequence[int]) -> tuple[Disclosure, ...]:
        rows = self.rows(
            "SELECT d.*, (SELECT max(f.id) FROM follow_up f WHERE f.disclosure_id = d.id AND {known:f}) AS followed "
            "FROM disclosure d WHERE d.incident_id IN :ids AND {known:d} ORDER BY d.id",
            ids=ids,
        )
        return tuple(
            Disclosure(
                id=r.id,
                incident_id=r.incident_id,
                call_id=r.call_id,
                indicator=r.indicator,
                stance=Stance(r.stance),
                teller=r.teller,
                teller_id=r.teller_id,
                about_id=r.about_id,
                harmed_id=r.harmed_id,
                words=r.words,
                happened=_when(r),
                known_at=from_micros(r.known_at),
                source=r.source,
                disputed=bool(r.disputed),
                followed_by=r.followed,
            )
            for r in rows
        )

    def _answers(self, here: int, scope: Sequence[int]) -> tuple[Answer, ...]:
        """Every answer of this incident; of linked ones only how the caller could speak."""
        rows = self.rows(
            "SELECT a.* FROM answer a WHERE a.incident_id IN :ids AND (a.incident_id = :here OR a.question = :manner) "
            "AND {known:a} ORDER BY a.id",
            ids=scope,
            here=here,
            manner=MANNER,
        )
        return tuple(
            Answer(
                r.id, r.incident_id, r.question, Reply(r.reply), r.words, from_micros(r.known_at), r.call_id
            )
            for r in rows
        )

    def _confirmations(self, ids: Sequence[int]) -> tuple[Confirmation, ...]:
        rows = self.rows(
            "SELECT c.* FROM confirmation c WHERE c.incident_id IN :ids AND {known:c} ORDER BY c.id", ids=ids
        )
        return tuple(
            Confirmation(
                r.id,
                r.incident_id,
                r.code,
                r.about_id,
                r.said_by,
                r.confirmed_by,
                r.words,
                from_micros(r.known_at),
            )
            for r in rows
        )

    def _risk_assessments(self, ids: Sequence[int]) -> tuple[RiskAssessment, ...]:
        rows = self.rows(
            "SELECT a.* FROM risk_assessment a WHERE a.incident_id IN :ids AND {known:a} ORDER BY a.known_at, a.id",
            ids=ids,
        )
        return tuple(
            RiskAssessment(
                r.id,
                r.incident_id,
                r.person_id,
                Assessed(r.done),
                r.level,
                r.level_before,
                r.note,
                from_micros(r.known_at),
            )
            for r in rows
        )

    def _enquiries(self, ids: Sequence[int]) -> tuple[Enquiry, ...]:
        rows = self.rows(
            "SELECT e.* FROM enquiry e WHERE e.incident_id IN :ids AND {known:e} AND e.id = (SELECT max(f.id) FROM "
            "enquiry f WHERE f.incident_id = e.incident_id AND f.what = e.what AND {known:f}) ORDER BY e.id",
            ids=ids,
        )
        return tuple(
            Enquiry(r.id, r.incident_id, r.what, r.state, r.reason, from_micros(r.known_at)) for r in rows
        )

    def _responses(self, here: int) -> tuple[Response, ...]:
        rows = self.rows(
            "SELECT r.* FROM response r WHERE r.incident_id = :here AND {known:r} ORDER BY r.id", here=here
        )
        return tuple(
            Response(
                r.id,
                r.incident_id,
                Target(r.target),
                ResponseState(r.state),
                from_micros(r.known_at),
                r.note,
                r.author,
            )
            for r in rows
        )

    def _tasks(self, here: int) -> tuple[Task, ...]:
        rows = self.rows(
            "SELECT t.*, (SELECT d.outcome FROM task_done d WHERE d.task_id = t.id AND {known:d}) AS done "
            "FROM task t WHERE t.incident_id = :here AND {known:t} ORDER BY t.id",
            here=here,
        )
        return tuple(
            Task(
                r.id,
                r.incident_id,
                r.code,
                r.text,
                r.owner,
                None if r.due_at is None else from_micros(r.due_at),
                r.done or "",
                from_micros(r.known_at),
            )
            for r in rows
        )

    def _ownerships(self, here: int) -> tuple[Ownership, ...]:
        rows = self.rows(
            "SELECT o.*, u.display AS owner, w.display AS author FROM ownership o JOIN desk_user u ON u.id = o.user_id "
            "JOIN desk_user w ON w.id = o.author_id WHERE o.incident_id = :here AND {known:o} ORDER BY o.id",
            here=here,
        )
        return tuple(
            Ownership(
                r.id,
                r.incident_id,
                OwnerAct(r.act),
                r.user_id,
                r.owner,
                r.reason,
                r.author,
                from_micros(r.known_at),
            )
            for r in rows
        )

    # people, places, numbers, vehicles

    def _people(self, ids: set[int]) -> tuple[Person, ...]:
        rows = self.rows("SELECT p.* FROM person p WHERE p.id IN :ids AND {known:p} ORDER BY p.id", ids=ids)
        return tuple(Person(r.id, r.name, r.born, bool(r.named)) for r in rows)

    def _places(self, ids: set[int]) -> tuple[Place, ...]:
        rows = self.rows("SELECT p.* FROM place p WHERE p.id IN :ids AND {known:p} ORDER BY p.id", ids=ids)
        return tuple(Place(r.id, r.label, r.address, r.postcode, r.kind) for r in rows)

    def _numbers(self, ids: set[int]) -> tuple[Number, ...]:
        rows = self.rows("SELECT n.* FROM number n WHERE n.id IN :ids AND {known:n} ORDER BY n.id", ids=ids)
        return tuple(Number(r.id, r.e164, r.as_given) for r in rows)

    def _vehicles(self, people: set[int]) -> tuple[Vehicle, ...]:
        rows = self.rows(
            "SELECT v.* FROM vehicle v WHERE v.person_id IN :people AND {known:v} ORDER BY v.id",
            people=people,
        )
        return tuple(Vehicle(r.id, r.registration, r.description, r.person_id) for r in rows)

    def _number_ties(self, people: set[int], numbers: set[int]) -> tuple[NumberTie, ...]:
        rows = self.rows(
            "SELECT t.* FROM number_tie t WHERE (t.person_id IN :people OR t.number_id IN :numbers) "
            "AND {known:t} ORDER BY t.id",
            people=people,
            numbers=numbers,
        )
        return tuple(NumberTie(r.id, r.person_id, r.number_id) for r in rows)

    def _person_ties(self, people: set[int]) -> tuple[PersonTie, ...]:
        rows = self.rows(
            "SELECT t.* FROM person_tie t WHERE (t.a IN :people OR t.b IN :people) AND {known:t} ORDER BY t.id",
            people=people,
        )
        return tuple(
            PersonTie(r.id, r.a, r.b, Relation(r.relation), When(from_micros(r.known_at), Precision.DAY))
            for r in rows
        )

    def _place_ties(self, people: set[int], places: set[int]) -> tuple[PlaceTie, ...]:
        rows = self.rows(
            "SELECT t.* FROM place_tie t WHERE (t.person_id IN :people OR t.place_id IN :places) "
            "AND {known:t} ORDER BY t.id",
            people=people,
            places=places,
        )
        return tuple(PlaceTie(r.id, r.person_id, r.place_id, Tie(r.tie), _when(r)) for r in rows)

    # what stands from before

    def _markers(
        self, people: set[int], places: set[int], numbers: set[int], others: set[int]
    ) -> tuple[Marker, ...]:
        rows = self.rows(
            "SELECT m.* FROM marker m WHERE ((m.subject = 'person' AND m.subject_id IN :people) OR (m.subject = 'place' "
            "AND m.subject_id IN :places) OR (m.subject = 'number' AND m.subject_id IN :numbers) OR "
            "(m.subject = 'vehicle' AND m.subject_id IN :others)) AND {known:m} ORDER BY m.happened_at, m.id",
            people=people,
            places=places,
            numbers=numbers,
            others=others,
        )
        return tuple(
            Marker(r.id, r.subject, r.subject_id, r.code, r.text, r.set_by, r.told, _when(r)) for r in rows
        )

    def _police_warnings(self, people: set[int]) -> tuple[PoliceWarning, ...]:
        rows = self.rows(
            "SELECT w.* FROM police_warning w WHERE w.person_id IN :people AND {known:w} ORDER BY w.happened_at, w.id",
            people=people,
        )
        return tuple(PoliceWarning(r.id, r.person_id, r.incident_id, r.kind, r.terms, _when(r)) for r in rows)

    def _records(self, people: set[int]) -> tuple[PersonRecord, ...]:
        rows = self.rows(
            "SELECT r.* FROM person_record r WHERE r.person_id IN :people AND {known:r} ORDER BY r.happened_at, r.id",
            people=people,
        )
        return tuple(PersonRecord(r.id, r.person_id, r.kind, r.text, _when(r)) for r in rows)

    def _counts(self, people: set[int], places: set[int], numbers: set[int]) -> tuple[HistoryCount, ...]:
        rows = self.rows(
            "SELECT c.* FROM history_count c WHERE ((c.subject = 'person' AND c.subject_id IN :people) OR (c.subject = "
            "'place' AND c.subject_id IN :places) OR (c.subject = 'number' AND c.subject_id IN :numbers)) AND {known:c} "
            "ORDER BY c.id",
            people=people,
            places=places,
            numbers=numbers,
        )
        return tuple(
            HistoryCount(
                r.id, r.subject, r.subject_id, r.number, r.counted, r.span, r.source, from_micros(r.known_at)
            )
            for r in rows
        )

    def _orders(self, people: set[int]) -> tuple[Order, ...]:
        rows = self.rows(
            "SELECT o.* FROM civil_order o WHERE (o.protected_id IN :people OR o.respondent_id IN :people) AND {known:o} "
            "ORDER BY o.id",
            people=people,
        )
        ids = [r.id for r in rows]
        facts = self.rows(
            "SELECT f.* FROM order_fact f WHERE f.order_id IN :ids AND {known:f} ORDER BY f.id", ids=ids
        )
        terms = self.rows(
            "SELECT t.* FROM order_term t WHERE t.order_id IN :ids AND {known:t} ORDER BY t.id", ids=ids
        )
        return tuple(
            Order(
                id=r.id,
                type=r.type,
                incident_id=r.incident_id,
                protected_id=r.protected_id,
                respondent_id=r.respondent_id,
                source=r.source,
                court=r.court,
                without_notice=r.without_notice,
                made=None if r.made_at is None else When(from_micros(r.made_at), Precision(r.made_precision)),
                expires=None if r.expires_at is None else from_micros(r.expires_at),
                until_further_order=bool(r.until_further_order),
                known_at=from_micros(r.known_at),
                facts=tuple(
                    OrderFact(
                        f.id,
                        f.order_id,
                        f.kind,
                        None if f.at is None else from_micros(f.at),
                        bool(f.verified),
                        f.said_by,
                        f.words,
                        from_micros(f.known_at),
                    )
                    for f in facts
                    if f.order_id == r.id
                ),
                terms=tuple(
                    Term(t.id, t.order_id, t.kind, t.text, t.attached, t.place_id, t.metres)
                    for t in terms
                    if t.order_id == r.id
                ),
            )
            for r in rows
        )

    # judging and deciding

    def _decisions(self, here: int) -> tuple[Decision, ...]:
        rows = self.rows(
            "SELECT d.*, u.display FROM decision d JOIN desk_user u ON u.id = d.author_id "
            "WHERE d.incident_id = :here AND {known:d} ORDER BY d.id",
            here=here,
        )
        return tuple(
            Decision(
                r.id,
                r.incident_id,
                Act(r.act),
                r.grade,
                r.rank,
                r.target_minutes,
                Gate(r.gate),
                r.assessment_id,
                r.request_id,
                r.call_id,
                r.author_id,
                r.display,
                from_micros(r.known_at),
                r.text,
            )
            for r in rows
        )

    def _requests(self, here: int) -> tuple[Request, ...]:
        rows = self.rows(
            "SELECT q.*, u.display, (SELECT count(*) FROM decision d WHERE d.request_id = q.id AND {known:d}) AS decided, "
            "(SELECT count(*) FROM refusal f WHERE f.request_id = q.id AND f.needs = 'withdrawn' "
            "AND {known:f}) AS withdrawn "
            "FROM request q JOIN desk_user u ON u.id = q.author_id WHERE q.incident_id = :here AND {known:q} ORDER BY q.id",
            here=here,
        )
        ids = [r.id for r in rows]
        reasons = self.rows(
            "SELECT r.* FROM rationale r WHERE r.request_id IN :ids AND {known:r} ORDER BY r.id", ids=ids
        )
        answers = self.rows(
            "SELECT a.* FROM rationale_answer a WHERE a.request_id IN :ids AND {known:a} ORDER BY a.id",
            ids=ids,
        )
        agreed = self.rows(
            "SELECT g.*, u.display FROM agreement g JOIN desk_user u ON u.id = g.author_id "
            "WHERE g.request_id IN :ids AND {known:g} ORDER BY g.id",
            ids=ids,
        )
        found = []
        for r in rows:
            mine = [x for x in reasons if x.request_id == r.id]
            newest_answers = {a.warning: a for a in answers if a.request_id == r.id}
            found.append(
                Request(
                    r.id,
                    r.incident_id,
                    Act(r.act),
                    r.grade,
                    r.rank,
                    r.assessment_id,
                    r.author_id,
                    r.display,
                    from_micros(r.known_at),
                    ground=mine[-1].ground if mine else "",
                    reason=mine[-1].reason if mine else "",
                    answers=tuple(
                        RationaleAnswer(a.warning, a.what_changed, a.said_by, a.how_checked)
                        for a in newest_answers.values()
                        if a.accepted
                    ),
                    agreements=tuple(
                        Agreement(
                            g.id,
                            g.request_id,
                            g.assessment_id,
                            Verdict(g.verdict),
                            g.reason,
                            g.author_id,
                            g.display,
                            from_micros(g.known_at),
                        )
                        for g in agreed
                        if g.request_id == r.id
                    ),
                    decided=bool(r.decided),
                    withdrawn=bool(r.withdrawn),
                )
            )
        return tuple(found)

    def _standing_warnings(self, here: int) -> tuple[StandingWarning, ...]:
        rows = self.rows(
            "SELECT w.* FROM assessment_warning w WHERE w.assessment_id = (SELECT max(a.id) FROM assessment a "
            "WHERE a.incident_id = :here AND {known:a}) ORDER BY w.id",
            here=here,
        )
        return tuple(
            StandingWarning(
                r.id,
                r.assessment_id,
                r.code,
                Tier(r.tier),
                r.sentence,
                tuple(Evidence(*item) for item in json.loads(r.evidence)),
                r.floor_rank,
                from_micros(r.since),
                r.settled_by,
            )
            for r in rows
        )


def _when(row: Row[Any]) -> When:
    return When(from_micros(row.happened_at), Precision(row.happened_precision))
