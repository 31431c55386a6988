"""One made-up household: its people and places, what was recorded of it so far, and the picture of a call from there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from callhandler.model.facts import Confirmation, Disclosure, Marker, Stance
from callhandler.model.incident import (
    Call,
    CallOutcome,
    Direction,
    Incident,
    OwnerAct,
    Ownership,
    Party,
    Response,
    ResponseState,
    Target,
)
from callhandler.model.order import Order
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
)
from callhandler.model.picture import Link, Picture, Via
from callhandler.model.when import Precision, When

CALLER, PARTNER, CHILD, NEIGHBOUR, SHE_NEXT_DOOR, HE_NEXT_DOOR = 1, 2, 3, 4, 5, 6
HOME, STREET, PREMISES, NEXT_DOOR = 1, 2, 3, 4
NUMBER = 1
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
"""Since when people are known to live where they live."""
_PLACES = (
    Place(HOME, "the caller's home", "1 Foxmarigold Row"),
    Place(STREET, "the street", "Foxmarigold Row"),
    Place(PREMISES, "a shop", "Foxmarigold Square"),
    Place(NEXT_DOOR, "next door", "3 Foxmarigold Row"),
)
_MOST_LINKED = 256
"""As many past incidents as the store's picture takes in from one place."""


class House:
    """Collects what is recorded of one household, in order of receipt. Ids are the household's own."""

    def __init__(self, random: Random, *, child: bool, premises: bool, followed: float) -> None:
        self.premises = premises
        self._random = random
        self._child = child
        self._followed = followed
        self._last = 1000
        self._people = {
            CALLER: Person(CALLER, "The caller"),
            NEIGHBOUR: Person(NEIGHBOUR, "A neighbour"),
            SHE_NEXT_DOOR: Person(SHE_NEXT_DOOR, "Somebody next door"),
            HE_NEXT_DOOR: Person(HE_NEXT_DOOR, "Her partner next door"),
        }
        self._incidents: list[Incident] = []
        self._records: dict[str, list[Any]] = {
            "parties": [],
            "calls": [],
            "disclosures": [],
            "responses": [],
            "ownerships": [],
            "confirmations": [],
            "person_ties": [],
            "place_ties": [],
            "markers": [],
            "orders": [],
        }
        for person, place in ((CALLER, HOME), (SHE_NEXT_DOOR, NEXT_DOOR), (HE_NEXT_DOOR, NEXT_DOOR)):
            self._add("place_ties", PlaceTie(self._next(), person, place, Tie.LIVES, _day(LONG_AGO)))

    def mark(self, subject: str, since: datetime) -> None:
        """A marker stands on the caller, the home or the number."""
        subject_id = {"person": CALLER, "place": PREMISES if self.premises else HOME, "number": NUMBER}[
            subject
        ]
        marker = Marker(
            self._next(), subject, subject_id, "threats", "read before attending", "", "unknown", _day(since)
        )
        self._add("markers", marker)

    def order(self, made: datetime) -> None:
        """She tells of a non-molestation order; it is not verified."""
        self._add(
            "orders",
            Order(
                id=self._next(),
                type="nmo",
                incident_id=None,
                protected_id=CALLER,
                respondent_id=PARTNER,
                source="the caller",
                court="",
                without_notice="unknown",
                made=_day(made),
                expires=None,
                until_further_order=False,
                known_at=made,
            ),
        )

    def begin(self, type_: str, place: int, at: datetime) -> Incident:
        """A new incident; from its first record on it is history for the later ones."""
        number = self._next()
        incident = Incident(
            number, "", f"{number}", type_, When(at), at, place, "a made-up report", live=True
        )
        self._incidents.append(incident)
        # Whoever takes a call has its incident.
        owned = Ownership(self._next(), number, OwnerAct.CLAIM, 1, "Handler", "", "Handler", at)
        self._add("ownerships", owned)
        return incident

    def rings(self, here: Incident, at: datetime, outcome: CallOutcome) -> None:
        """A call in, about this incident, from the household's number."""
        self._add("calls", Call(self._next(), here.id, Direction.IN, outcome, at, NUMBER))

    def sends(self, here: Incident, at: datetime) -> None:
        """Somebody is on the way to the person at risk."""
        self._add(
            "responses",
            Response(self._next(), here.id, Target.AT_RISK, ResponseState.ASSIGNED, at, "", "Dispatcher"),
        )

    def tells_caller(self, here: Incident, at: datetime) -> None:
        """The caller is told how long it will be."""
        self._add(
            "confirmations",
            Confirmation(
                self._next(),
                here.id,
                "caller-told",
                None,
                "call-handler",
                "acknowledged-on-log",
                "",
                at,
            ),
        )

    def caller(self, here: Incident, role: Role) -> int:
        """Who rings: the household's own person, a new member of staff each time, or she next door about her own home."""
        if self.premises:
            who = self._somebody("A member of staff")
        else:
            who = SHE_NEXT_DOOR if here.place_id == NEXT_DOOR and role is Role.CALLER else CALLER
        self.party(here, who, role)
        return who

    def other(self, here: Incident, who: str) -> int | None:
        """Who is complained of: the partner of the home it is about, the neighbour, a stranger, or nobody."""
        if who in ("partner", "ex_partner"):
            return HE_NEXT_DOOR if here.place_id == NEXT_DOOR else self._couple(Relation(who))
        if who == "neighbour":
            return NEIGHBOUR
        return self._somebody("a person not named", named=False) if who == "stranger" else None

    def party(self, here: Incident, person: int, role: Role) -> None:
        """A person's role in the incident."""
        self._add("parties", Party(self._next(), here.id, person, role))

    def told(
        self,
        here: Incident,
        indicator: str,
        words: str,
        teller: int,
        about: int | None,
        harmed: int | None,
        days: int,
    ) -> None:
        """One disclosure; in later calls it is history, and its follow-up may have been recorded by then."""
        at = here.opened.at
        number = self._next()
        self._add(
            "disclosures",
            Disclosure(
                number,
                here.id,
                None,
                indicator,
                Stance.TOLD,
                self._people[teller].name,
                teller,
                about,
                harmed,
                words,
                When(at) if not days else _day(at - timedelta(days=self._random.randint(1, days))),
                at,
                "call",
                False,
                number + 1 if self._random.random() < self._followed else None,
            ),
        )
        self._next()

    def picture(self, here: Incident, now: datetime) -> Picture:
        """The picture of the incident at an instant: all of the household that was recorded by then."""
        own = here.id
        linked = tuple(i for i in self._incidents if i.id != own and i.opened.at <= now)[-_MOST_LINKED:]
        shown = {own, *(i.id for i in linked)}
        told = (
            # What is told in this call cannot have been followed up yet.
            replace(r, followed_by=None) if r.incident_id == own else r
            for r in self._records["disclosures"]
            if r.incident_id in shown
        )
        return Picture(
            as_of=now,
            upto=self._last,
            incident=here,
            links=tuple(Link(i.id, Via.PLACE, i.place_id or HOME) for i in linked),
            linked=linked,
            people=tuple(self._people.values()),
            places=_PLACES,
            numbers=(Number(NUMBER, "+447700900100", "07700 900100"),),
            person_ties=tuple(self._records["person_ties"]),
            place_ties=tuple(self._records["place_ties"]),
            number_ties=(NumberTie(1, CALLER, NUMBER),),
            parties=tuple(r for r in self._records["parties"] if r.incident_id in shown),
            calls=tuple(r for r in self._records["calls"] if r.incident_id in shown and r.at <= now),
            disclosures=tuple(told),
            markers=tuple(self._records["markers"]),
            orders=tuple(self._records["orders"]),
            responses=tuple(r for r in self._records["responses"] if r.incident_id == own and r.at <= now),
            ownerships=tuple(r for r in self._records["ownerships"] if r.incident_id == own),
            confirmations=tuple(
                r for r in self._records["confirmations"] if r.incident_id == own and r.known_at <= now
            ),
        )

    def _couple(self, relation: Relation) -> int:
        if PARTNER not in self._people:
            self._people[PARTNER] = Person(PARTNER, "The partner")
            self._add("person_ties", PersonTie(self._next(), PARTNER, CALLER, relation, _day(LONG_AGO)))
            if relation is Relation.PARTNER:
                self._add("place_ties", PlaceTie(self._next(), PARTNER, HOME, Tie.LIVES, _day(LONG_AGO)))
            if self._child:
                self._people[CHILD] = Person(CHILD, "The child")
                self._add(
                    "person_ties",
                    PersonTie(self._next(), CHILD, CALLER, Relation.CHILD, _day(LONG_AGO)),
                )
        return PARTNER

    def _somebody(self, name: str, *, named: bool = True) -> int:
        number = self._next()
        self._people[number] = Person(number, name, named=named)
        return number

    def _add(self, table: str, record: Any) -> None:
        self._records[table].append(record)

    def _next(self) -> int:
        self._last += 1
        return self._last


def _day(at: datetime) -> When:
    return When(at, Precision.DAY)
