"""Pictures built by hand, in memory: what a rule sees, without a store. Everything gets its id from one sequence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from callhandler.model.assessment import (
    Act,
    Assessment,
    Decision,
    Evidence,
    Gate,
    StandingWarning,
    Tier,
    Warning,
)
from callhandler.model.facts import (
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
from callhandler.model.location import FixKind, Located, NetworkFix, PlacePoint, Point
from callhandler.model.order import Order, OrderFact
from callhandler.model.people import Person, PersonTie, Place, PlaceTie, Relation, Role, Tie
from callhandler.model.picture import Link, Picture, Via
from callhandler.model.when import Precision, When
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess

START = datetime(2024, 3, 6, 20, 0, tzinfo=UTC)
HERE, HER, HIM, CHILD, OTHER = 1, 11, 12, 13, 14
HOME, ELSEWHERE, HIS_HOME = 21, 22, 23


def at(minutes: float) -> datetime:
    """An instant so many minutes after the first call."""
    return START + timedelta(minutes=minutes)


@dataclass
class Build:
    """Collects records in order of receipt; `picture` freezes them at an instant."""

    type: str = "domestic-abuse"
    place: int | None = HOME
    ids: Any = field(default_factory=lambda: count(101))
    parts: dict[str, list[Any]] = field(default_factory=dict)
    latched: tuple[StandingWarning, ...] = ()
    qualifiers: tuple[str, ...] = ()
    hours: int = 0

    def add(self, name: str, record: Any) -> Any:
        self.parts.setdefault(name, []).append(record)
        return record

    def next(self) -> int:
        return next(self.ids)

    # people, places

    def people(self) -> "Build":
        """Her at risk and him a suspect, former partners, each with a home."""
        for person, name in (
            (HER, "Adult 1"),
            (HIM, "The suspect"),
            (CHILD, "The child"),
            (OTHER, "A neighbour"),
        ):
            self.add("people", Person(person, name))
        for place, label in ((HOME, "Her flat"), (ELSEWHERE, "A cafe"), (HIS_HOME, "His parents' home")):
            self.add("places", Place(place, label, label))
        self.party(HER, Role.AT_RISK)
        self.party(HIM, Role.SUSPECT)
        return self.tie(HIM, Relation.EX_PARTNER, HER).lives(HER, HOME)

    def party(self, person: int, role: Role, incident: int = HERE) -> "Build":
        self.add("parties", Party(self.next(), incident, person, role))
        return self

    def tie(self, a: int, relation: Relation, b: int) -> "Build":
        self.add("person_ties", PersonTie(self.next(), a, b, relation, When(START)))
        return self

    def lives(self, person: int, place: int, tie: Tie = Tie.LIVES) -> "Build":
        self.add("place_ties", PlaceTie(self.next(), person, place, tie, When(START)))
        return self

    # what happens

    def call(
        self,
        minutes: float = 0,
        outcome: CallOutcome = CallOutcome.ANSWERED,
        direction: Direction = Direction.IN,
        incident: int = HERE,
        number: int | None = None,
    ) -> Call:
        return self.add("calls", Call(self.next(), incident, direction, outcome, at(minutes), number))

    def told(
        self,
        indicator: str,
        minutes: float = 0,
        *,
        stance: Stance = Stance.TOLD,
        incident: int = HERE,
        about: int | None = HIM,
        harmed: int | None = HER,
        happened: When | None = None,
        source: str = "call",
        followed: int | None = None,
        words: str = "her words",
    ) -> Disclosure:
        return self.add(
            "disclosures",
            Disclosure(
                self.next(),
                incident,
                None,
                indicator,
                stance,
                "Adult 1",
                HER,
                about,
                harmed,
                words,
                happened or When(at(minutes)),
                at(minutes),
                source,
                False,
                followed,
            ),
        )

    def answer(
        self, question: str, reply: Reply, minutes: float = 0, *, call: int | None = None, words: str = ""
    ) -> Answer:
        return self.add("answers", Answer(self.next(), HERE, question, reply, words, at(minutes), call))

    def speaks(self, manner: str, *, call: int | None = None, incident: int = HERE) -> Answer:
        return self.add("manners", Answer(self.next(), incident, "manner", Reply.YES, manner, at(0), call))

    def confirm(
        self, code: str, said_by: str, how: str, about: int | None = None, minutes: float = 0
    ) -> Confirmation:
        return self.add(
            "confirmations",
            Confirmation(self.next(), HERE, code, about, said_by, how, "", at(minutes)),
        )

    def respond(self, state: ResponseState, minutes: float = 0, target: Target = Target.AT_RISK) -> Response:
        return self.add(
            "responses", Response(self.next(), HERE, target, state, at(minutes), "", "Dispatcher 4")
        )

    def move(
        self, place: int, minutes: float = 0, kind: str = "at", room: str = "", *, acknowledged: bool = False
    ) -> Move:
        return self.add("moves", Move(self.next(), HERE, place, kind, room, at(minutes), acknowledged))

    def fix(self, minutes: float = 0, **located: Any) -> NetworkFix:
        given = Located(**{"kind": FixKind.AML, **located})
        return self.add("fixes", NetworkFix(self.next(), HERE, None, given, at(minutes)))

    def lies(self, place: int, lat: float, lon: float, radius_m: int = 10) -> "Build":
        self.add("place_points", PlacePoint(self.next(), place, Point(lat, lon), radius_m, "test"))
        return self

    def decide(
        self,
        rank: int,
        minutes: float = 0,
        grade: str = "",
        *,
        act: Act = Act.GRADE,
        call: int | None = None,
        author: int = 1,
    ) -> Decision:
        name = grade or {1: "I", 2: "P", 3: "S", 4: "R", 99: "close"}[rank]
        return self.add(
            "decisions",
            Decision(
                self.next(),
                HERE,
                act,
                name,
                rank,
                None,
                Gate.NONE,
                0,
                None,
                call,
                author,
                "Handler 12",
                at(minutes),
                "",
            ),
        )

    # history

    def past(
        self,
        incident: int,
        days_ago: float,
        *,
        type: str = "domestic-abuse",
        place: int | None = HOME,
        precision: Precision = Precision.DAY,
        people: Iterable[tuple[int, Role]] = ((HER, Role.AT_RISK), (HIM, Role.SUSPECT)),
        target_met: str = "unknown",
    ) -> Incident:
        when = When(START - timedelta(days=days_ago), precision)
        for person, role in people:
            self.party(person, role, incident)
        return self.add(
            "linked",
            Incident(
                incident,
                "",
                f"past {incident}",
                type,
                when,
                when.at,
                place,
                "a past report",
                target_met=target_met,
            ),
        )

    def link(self, incident: int, subject: int, via: Via = Via.PERSON) -> "Build":
        self.add("links", Link(incident, via, subject))
        return self

    def order(self, type: str = "nmo", source: str = "the caller", **more: Any) -> Order:
        given: dict[str, Any] = {
            "court": "",
            "without_notice": "unknown",
            "made": None,
            "expires": None,
            "until_further_order": False,
            "known_at": START,
            **more,
        }
        return self.add(
            "orders",
            Order(
                id=self.next(),
                type=type,
                incident_id=HERE,
                protected_id=HER,
                respondent_id=HIM,
                source=source,
                **given,
            ),
        )

    def marker(self, subject: str, subject_id: int, code: str = "threats", told: str = "unknown") -> Marker:
        return self.add(
            "markers", Marker(self.next(), subject, subject_id, code, "a marker", "", told, When(START))
        )

    def warned(
        self, days_ago: float, incident: int | None = None, person: int = HIM, kind: str = "told-to-leave"
    ) -> PoliceWarning:
        return self.add(
            "police_warnings",
            PoliceWarning(
                self.next(),
                person,
                incident,
                kind,
                "Stay away.",
                When(START - timedelta(days=days_ago), Precision.DAY),
            ),
        )

    def assessed(
        self, done: Assessed, level: str = "standard", before: str = "", person: int = HER
    ) -> RiskAssessment:
        return self.add(
            "risk_assessments", RiskAssessment(self.next(), 901, person, done, level, before, "", START)
        )

    def enquiry(self, state: str, incident: int = 901) -> Enquiry:
        return self.add(
            "enquiries", Enquiry(self.next(), incident, "Speak with the witness", state, "", START)
        )

    def counted(self, number: int, subject: str = "place", subject_id: int = HOME) -> HistoryCount:
        return self.add(
            "counts",
            HistoryCount(
                self.next(), subject, subject_id, number, "logs", "not told", "an older system", START
            ),
        )

    def on_record(self, kind: str, person: int = HIM) -> PersonRecord:
        return self.add("records", PersonRecord(self.next(), person, kind, "on record", When(START)))

    # the desk

    def owned(self, act: OwnerAct, minutes: float = 0) -> Ownership:
        return self.add(
            "ownerships", Ownership(self.next(), HERE, act, 1, "Handler 12", "", "Handler 12", at(minutes))
        )

    def log(self, text: str, kind: LogKind = LogKind.NOTE, minutes: float = 0) -> LogEntry:
        return self.add("log", LogEntry(self.next(), HERE, at(minutes), kind, "Handler 12", text))

    def task(self, code: str, minutes: float = 0, *, due: float | None = None, done: str = "") -> Task:
        when = at(due) if due is not None else None
        return self.add("tasks", Task(self.next(), HERE, code, code, "", when, done, at(minutes)))

    # freezing

    def picture(self, minutes: float = 0) -> Picture:
        incident = Incident(
            HERE, "", "0001", self.type, When(START), START, self.place, live=True, qualifiers=self.qualifiers
        )
        records: dict[str, Any] = {name: tuple(rows) for name, rows in self.parts.items()}
        # Whoever takes a call has it: an incident that nobody owns says so itself.
        taken = Ownership(100, HERE, OwnerAct.CLAIM, 1, "Handler 12", "", "Handler 12", START)
        records.setdefault("ownerships", (taken,))
        return Picture(at(minutes), 10_000, incident, standing_warnings=self.latched, **records)

    def judge(self, policy: Policy, minutes: float = 0) -> Assessment:
        """Assess, and remember the warnings, as each recorded assessment does for the next one."""
        found = assess(self.picture(minutes), policy)
        self.latched = tuple(
            StandingWarning(
                self.next(), 0, w.code, w.tier, w.sentence, w.evidence, w.floor_rank, w.since, w.settled_by
            )
            for w in found.warnings
        )
        return found


def codes(assessment: Assessment) -> set[str]:
    """The codes of the standing warnings."""
    return {w.code for w in assessment.standing}


def warning(
    tier: Tier = Tier.CRITICAL, floor: int | None = 1, code: str = "danger", settled_by: int | None = None
) -> Warning:
    """A warning made up for the guard."""
    return Warning(
        code,
        tier,
        f"{code} stands",
        (Evidence("disclosure", 5, "told"),),
        ("Act",),
        ("x",),
        (),
        floor,
        START,
        "test",
        settled_by,
    )


def assessment(*warnings: Warning, floor: int | None = None, minutes: float = 0, id: int = 7) -> Assessment:
    """An assessment that holds these warnings; the floor follows from them unless told."""
    ranks = [w.floor_rank for w in warnings if w.standing and w.floor_rank is not None]
    return Assessment(
        id, HERE, at(minutes), 10_000, floor if floor is not None else min(ranks, default=99), warnings, "d"
    )


def fact(
    kind: str, *, verified: bool = False, happened: datetime | None = None, said_by: str = "caller"
) -> OrderFact:
    """Something learned about an order."""
    return OrderFact(1, 1, kind, happened, verified, said_by, "", START)


def with_facts(order: Order, *facts: OrderFact) -> Order:
    """An order with facts learned of it."""
    return replace(order, facts=facts)
