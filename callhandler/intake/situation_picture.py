"""The picture of a situation: the same frozen value that a call's picture is, built without a store."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from callhandler.intake.situation import Forbids, Given, Ordered, Other, Owned, Past, Told
from callhandler.intake.situation_cast import CALLER, HER, HIM, NOBODY, cast_of, main_of
from callhandler.model.assessment import CLOSED_RANK, Act, Decision, Gate
from callhandler.model.facts import (
    Answer,
    Confirmation,
    Disclosure,
    Enquiry,
    HistoryCount,
    Marker,
    PersonRecord,
    PoliceWarning,
    RiskAssessment,
    Stance,
)
from callhandler.model.incident import (
    Call,
    CallOutcome,
    Direction,
    Incident,
    LogEntry,
    Move,
    OwnerAct,
    Ownership,
    Party,
    Response,
    Task,
)
from callhandler.model.order import Order, OrderFact, Term
from callhandler.model.people import Number, NumberTie, Person, PersonTie, Place, PlaceTie, Role, Tie
from callhandler.model.picture import Beside, Link, Picture, Via
from callhandler.model.when import LONDON, Precision, When
from callhandler.policy.pack import Policy

HERE, NUMBER = 1, 2
_OWNER_ACTS = {"held": OwnerAct.CLAIM, "parked": OwnerAct.PARK}


def picture_of(given: Given, policy: Policy) -> Picture:
    """The picture that a situation describes, at its instant. Every record has an id; what settles comes last."""
    return _Build(given, policy).picture()


class _Build:
    def __init__(self, given: Given, policy: Policy) -> None:
        self.given, self.policy = given, policy
        self.now = datetime.combine(given.on, given.at, LONDON).astimezone(UTC)
        self.cast = cast_of(given, policy)
        self.main = main_of(self.cast)
        self.people = {name: 10 + i for i, name in enumerate(self.cast)}
        self.places: dict[str, int] = {}
        self.ids = count(1001)
        self.parts: dict[str, list[Any]] = {}

    def picture(self) -> Picture:
        given, opened = self.given, self.now - self.given.waited
        here = None if given.place == "none" else self._place(given.place)
        self._people()
        for number, past in enumerate(given.history):
            self._past(past, 101 + number)
        for number, other in enumerate(given.beside):
            self._other(other, 901 + number)
        self._known()
        self._orders()
        self._course(opened)
        self._last()
        incident = Incident(
            HERE,
            "",
            "0001",
            given.type,
            When(opened),
            opened,
            here,
            summary="this call",
            live=True,
            qualifiers=given.qualifiers,
        )
        self.parts["places"] = [Place(i, name.replace("-", " "), name) for name, i in self.places.items()]
        records: dict[str, Any] = {name: tuple(rows) for name, rows in self.parts.items()}
        return Picture(as_of=self.now, upto=next(self.ids), incident=incident, **records)

    # people, places and the past

    def _people(self) -> None:
        for name, part in self.cast.items():
            person = self.people[name]
            self._add("people", Person(person, part.name, named=part.named))
            if part.role:
                self._add("parties", Party(self._id(), HERE, person, part.role))
            if part.lives:
                self._tie(name, Tie.LIVES, part.lives)
        for name, part in self.cast.items():
            if part.relation and part.of in self.people:
                known = When(self.now - timedelta(days=900), Precision.YEAR)
                a, b = self.people[name], self.people[part.of]
                self._add("person_ties", PersonTie(self._id(), a, b, part.relation, known))
        for tie in self.given.places:
            self._tie(tie.who, tie.tie, tie.place)
        self._add("numbers", Number(NUMBER, "+447700900001", "07700 900001"))
        self._add("number_ties", NumberTie(self._id(), self.people[self.main], NUMBER))

    def _past(self, past: Past, incident: int) -> None:
        place = self._place(past.place or "home")
        when = When(self.now - past.ago, past.precision)
        people = past.people
        if people is None:
            people = {self.main: Role.AT_RISK} | ({HIM: Role.SUSPECT} if HIM in self.cast else {})
        kind = past.type or (self.given.type if self.main == HER else "domestic-abuse")
        row = Incident(
            incident,
            "",
            f"past {incident}",
            kind,
            when,
            when.at,
            place,
            past.summary,
            target_met=past.target_met,
        )
        self._add("linked", row)
        self._add("links", self._link(incident, people, place))
        for name, role in people.items():
            self._add("parties", Party(self._id(), incident, self.people[name], role))
        if past.call:
            self._add("calls", Call(self._id(), incident, Direction.IN, past.call, when.at, NUMBER))
        for told in past.told:
            self._told(told, incident, when)
        if past.assessed:
            self._add(
                "risk_assessments",
                RiskAssessment(
                    self._id(),
                    incident,
                    self.people[self.main],
                    past.assessed,
                    past.level,
                    past.level_before,
                    "",
                    when.at,
                ),
            )
        if past.enquiry:
            self._add(
                "enquiries",
                Enquiry(self._id(), incident, "Speak with the witness", past.enquiry, "", when.at),
            )

    def _link(self, incident: int, people: dict[str, Role], place: int) -> Link:
        suspects = [name for name, role in people.items() if role is Role.SUSPECT]
        if not people:
            return Link(incident, Via.PLACE, place)
        if suspects and self.main not in people:
            return Link(incident, Via.SUSPECT, self.people[suspects[0]])
        return Link(incident, Via.PERSON, self.people[next(iter(people))])

    def _other(self, other: Other, incident: int) -> None:
        rang, person = self.now - other.ago, self.people[self.main]
        row = Incident(
            incident,
            "",
            f"other {incident}",
            "domestic-abuse",
            When(rang),
            rang,
            self._place("home"),
            live=True,
        )
        self._add("linked", row)
        self._add("links", Link(incident, Via.PERSON, person))
        self._add("parties", Party(self._id(), incident, person, Role.CALLER))
        self._add("calls", Call(self._id(), incident, Direction.IN, CallOutcome.ANSWERED, rang, NUMBER))
        self._add("beside", Beside(row, (), (self._decision(incident, other.band, rang),)))

    def _known(self) -> None:
        long_ago = When(self.now - timedelta(days=400), Precision.DAY)
        for mark in self.given.markers:
            on_person = mark.on in self.people
            subject = "person" if on_person else "number" if mark.on == "number" else "place"
            subject_id = (
                self.people[mark.on] if on_person else NUMBER if subject == "number" else self._place(mark.on)
            )
            self._add(
                "markers",
                Marker(
                    self._id(),
                    subject,
                    subject_id,
                    mark.code,
                    mark.code.replace("-", " "),
                    "",
                    mark.told,
                    long_ago,
                ),
            )
        for warned in self.given.warned:
            given = When(self.now - warned.ago, Precision.DAY)
            who = self.people[warned.who]
            self._add(
                "police_warnings", PoliceWarning(self._id(), who, None, warned.kind, "Stay away.", given)
            )
        for record in self.given.records:
            when = When(self.now - record.ago, Precision.DAY)
            who = self.people[record.who]
            self._add("records", PersonRecord(self._id(), who, record.kind, record.text, when))
        for counted in self.given.counts:
            subject, subject_id = "place", self._place(counted.at)
            self._add(
                "counts",
                HistoryCount(
                    self._id(),
                    subject,
                    subject_id,
                    counted.number,
                    "logs",
                    "not told",
                    "an older system",
                    self.now,
                ),
            )

    def _orders(self) -> None:
        for order in self.given.orders:
            order_id = self._id()
            made = When(self.now - order.made, Precision.DAY) if order.made is not None else None
            facts = []
            if order.served:
                facts.append(OrderFact(self._id(), order_id, "served", None, True, "police", "", self.now))
            if order.ended:
                facts.append(OrderFact(self._id(), order_id, "discharged", None, True, "court", "", self.now))
            if order.terms_read:
                facts.append(OrderFact(self._id(), order_id, "terms_read", None, True, "court", "", self.now))
            self._add(
                "orders",
                Order(
                    id=order_id,
                    type=order.type,
                    incident_id=HERE,
                    protected_id=self.people[order.protects or self.main],
                    respondent_id=self.people[order.against] if order.against else None,
                    source=order.source,
                    court="",
                    without_notice="unknown",
                    made=made,
                    expires=self.now - order.expired if order.expired is not None else None,
                    until_further_order=False,
                    known_at=self.now,
                    facts=tuple(facts),
                    terms=tuple(self._term(t, order, order_id) for t in order.terms),
                ),
            )

    def _term(self, term: Forbids, order: Ordered, order_id: int) -> Term:
        place = self._place(term.place) if term.place else None
        return Term(
            self._id(),
            order_id,
            term.kind,
            "",
            "place" if term.place else "person",
            place,
            term.metres,
            exceptions=term.exceptions,
            verified=order.terms_read,
            said_by=order.source,
        )

    # what happens in this call

    def _course(self, opened: datetime) -> None:
        given = self.given
        self._add("calls", Call(self._id(), HERE, Direction.IN, given.call, opened, NUMBER))
        # Whoever takes a call has it, unless the situation says otherwise.
        owner = given.owner or Owned(state="held", ago=given.waited)
        for act in ("held", "parked")[: ("none", "held", "parked").index(owner.state)]:
            row = Ownership(
                self._id(), HERE, _OWNER_ACTS[act], 1, "Handler 12", "", "Handler 12", self.now - owner.ago
            )
            self._add("ownerships", row)
        for graded in given.grades:
            self._add("decisions", self._decision(HERE, graded.band, self.now - graded.ago))
        for responded in given.response:
            at = self.now - responded.ago
            row_ = Response(self._id(), HERE, responded.target, responded.state, at, "", "Dispatcher 4")
            self._add("responses", row_)
        for move in given.moves:
            at, kind = self.now - move.ago, "at" if move.to else "going_to"
            place = self._place(move.to or move.going or "")
            self._add("moves", Move(self._id(), HERE, place, kind, move.room, at, move.acknowledged))
        for rang in given.calls:
            way = Direction(rang.way)
            self._add("calls", Call(self._id(), HERE, way, rang.outcome, self.now - rang.ago, NUMBER))
        for told in given.told:
            self._told(told, HERE, When(self.now - (told.ago or timedelta(0)), told.precision))
        for line in given.log:
            self._add(
                "log", LogEntry(self._id(), HERE, self.now - line.ago, line.kind, "Handler 12", line.text)
            )

    def _last(self) -> None:
        for todo in self.given.tasks:
            due = self.now - todo.overdue if todo.overdue is not None else self.now + timedelta(hours=1)
            done = "done" if todo.done else ""
            self._add(
                "tasks", Task(self._id(), HERE, todo.code, todo.code, "", due, done, self.now - todo.ago)
            )
        for question, reply in self.given.answers.items():
            self._add("answers", Answer(self._id(), HERE, question, reply, "", self.now))
        for fact in self.given.confirmed:
            about = self.people[fact.about] if fact.about else None
            row = Confirmation(self._id(), HERE, fact.fact, about, fact.said_by, fact.checked, "", self.now)
            self._add("confirmations", row)

    def _told(self, told: Told, incident: int, when: When) -> None:
        suspect = self.people.get(HIM)
        about = None if told.about == NOBODY else self.people[told.about] if told.about else suspect
        harmed = self.people[told.harmed] if told.harmed else self.people[self.main] if suspect else None
        teller = told.by or (CALLER if CALLER in self.people else self.main)
        happened = when if incident == HERE or told.ago is None else When(self.now - told.ago, told.precision)
        row = Disclosure(
            id=self._id(),
            incident_id=incident,
            call_id=None,
            indicator=told.tells,
            stance=Stance.DENIED if told.denied else Stance.TOLD,
            teller=self.cast[teller].name,
            teller_id=self.people[teller],
            about_id=about,
            harmed_id=harmed if harmed != about else None,
            words=told.words,
            happened=happened,
            known_at=self._known_at(told) if incident == HERE else when.at,
            source=told.source,
            disputed=told.disputed,
            followed_by=self._id() if told.followed_up else None,
        )
        self._add("disclosures", row)

    def _known_at(self, told: Told) -> datetime:
        """What happened since the first call was told when it happened; what is older was told now."""
        return self.now - told.ago if told.ago is not None and told.ago <= self.given.waited else self.now

    def _decision(self, incident: int, band: str, at: datetime) -> Decision:
        scheme = self.policy.scheme
        grade = next((g for g in scheme.grades if g.band == band), None)
        closes = grade is None
        return Decision(
            self._id(),
            incident,
            Act.CLOSE if closes else Act.GRADE,
            grade.id if grade else "close",
            grade.rank if grade else CLOSED_RANK,
            grade.target_minutes if grade else None,
            Gate.NONE,
            0,
            None,
            None,
            1,
            "Handler 12",
            at,
            "",
        )

    def _tie(self, who: str, tie: Tie, place: str) -> None:
        since = When(self.now - timedelta(days=900), Precision.YEAR)
        self._add("place_ties", PlaceTie(self._id(), self.people[who], self._place(place), tie, since))

    def _place(self, name: str) -> int:
        return self.places.setdefault(name, 51 + len(self.places))

    def _id(self) -> int:
        return next(self.ids)

    def _add(self, name: str, record: Any) -> None:
        self.parts.setdefault(name, []).append(record)
