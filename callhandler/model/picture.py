"""The picture: all that was recorded, as of an instant, about the people, places and numbers of a call."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from callhandler.model.acts import Authority, Contact, Merge, Retraction
from callhandler.model.assessment import Decision, Request, StandingWarning
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
)
from callhandler.model.incident import Call, Incident, LogEntry, Move, Ownership, Party, Response, Task
from callhandler.model.location import NetworkFix, PlacePoint
from callhandler.model.order import Order
from callhandler.model.people import (
    Number,
    NumberTie,
    Person,
    PersonTie,
    Place,
    PlaceTie,
    Role,
    Vehicle,
    VehicleNamed,
)
from callhandler.model.proposal import ProposalDecision
from callhandler.model.review import OpenReview
from callhandler.model.safety import Promise, SafetyOffer, SafetyPlan, Transfer
from callhandler.model.sameness import PERSON, PLACE, Cluster, SameAs, records_of


class Via(StrEnum):
    """Why a past incident is in the picture.

    A vehicle was named in it that is known or named here; a keeper has a vehicle of the same registration; a relation is
    related to somebody at risk here, or lives with her.
    """

    PERSON = "person"
    NUMBER = "number"
    PLACE = "place"
    SUSPECT = "suspect"
    VEHICLE = "vehicle"
    KEEPER = "keeper"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Link:
    """A reason for which a past incident is shown: through which person, place, number or vehicle named.

    The subject is the very record through which it came, also where that is read as one with another.
    """

    incident_id: int
    via: Via
    subject_id: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What is held and not shown: through which subject, how much of it is shown, and of how many.

    `of` is the whole number, or, with `more`, a number that there are more than. The newest are shown, all of them since
    `since`; of what is older `bearing` more, which hold whatever else bears risk.
    """

    what: str
    subject: str
    subject_id: int
    shown: int
    of: int
    more: bool = False
    bearing: int = 0
    since: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A past incident that was judged not to belong here: by whom, when and why. It stays so whatever else leads to it."""

    incident: Incident
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Apart:
    """What may belong here and is only possible: incidents of relatives, of the household, of a vehicle's other keepers.

    No rule reads it. It is shown apart, with what is known of the people it came through.
    """

    links: tuple[Link, ...] = ()
    incidents: tuple[Incident, ...] = ()
    people: tuple[Person, ...] = ()
    parties: tuple[Party, ...] = ()
    place_ties: tuple[PlaceTie, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    markers: tuple[Marker, ...] = ()
    risk_assessments: tuple[RiskAssessment, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A live incident, linked or merged into this one, with its response and decisions: somebody may be waiting in it.

    `moves` are those of one that was merged into this: where its caller went is where she is to be found.
    """

    incident: Incident
    responses: tuple[Response, ...] = ()
    decisions: tuple[Decision, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One frozen value. `upto` is the newest record it may hold (receipt order), `as_of` the instant (UTC)."""

    as_of: datetime
    upto: int
    incident: Incident | None
    links: tuple[Link, ...] = ()
    linked: tuple[Incident, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    numbers: tuple[Number, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    person_ties: tuple[PersonTie, ...] = ()
    place_ties: tuple[PlaceTie, ...] = ()
    number_ties: tuple[NumberTie, ...] = ()
    parties: tuple[Party, ...] = ()
    calls: tuple[Call, ...] = ()
    log: tuple[LogEntry, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    answers: tuple[Answer, ...] = ()
    manners: tuple[Answer, ...] = ()
    fixes: tuple[NetworkFix, ...] = ()
    place_points: tuple[PlacePoint, ...] = ()
    namesakes: tuple[Place, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    markers: tuple[Marker, ...] = ()
    police_warnings: tuple[PoliceWarning, ...] = ()
    risk_assessments: tuple[RiskAssessment, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    records: tuple[PersonRecord, ...] = ()
    counts: tuple[HistoryCount, ...] = ()
    orders: tuple[Order, ...] = ()
    responses: tuple[Response, ...] = ()
    moves: tuple[Move, ...] = ()
    tasks: tuple[Task, ...] = ()
    ownerships: tuple[Ownership, ...] = ()
    decisions: tuple[Decision, ...] = ()
    requests: tuple[Request, ...] = ()
    standing_warnings: tuple[StandingWarning, ...] = ()
    proposal_decisions: tuple[ProposalDecision, ...] = ()
    offers: tuple[SafetyOffer, ...] = ()
    plans: tuple[SafetyPlan, ...] = ()
    promises: tuple[Promise, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    beside: tuple[Beside, ...] = ()
    authorities: tuple[Authority, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    merges: tuple[Merge, ...] = ()
    inside: tuple[int, ...] = ()
    contacts: tuple[Contact, ...] = ()
    reviews: tuple[OpenReview, ...] = ()
    sameness: tuple[SameAs, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    vehicles_named: tuple[VehicleNamed, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    plans_before: tuple[SafetyPlan, ...] = ()
    apart: Apart = field(default_factory=Apart)
    cuts: tuple[Cut, ...] = ()
    missing_sources: tuple[str, ...] = field(default=())

    def person(self, person_id: int | None) -> Person | None:
        """The person with this id, or as whom that record is read; None when the picture does not hold one."""
        everybody = (*self.people, *self.apart.people)
        found = next((p for p in everybody if p.id == person_id), None)
        if found is None and person_id is not None and self.clusters:
            found = next((p for p in everybody if p.id in self.records_of(person_id)), None)
        return found

    def place(self, place_id: int | None) -> Place | None:
        """The place with this id, or as which that record is read; None when the picture does not hold one."""
        found = next((p for p in self.places if p.id == place_id), None)
        if found is None and place_id is not None and self.clusters:
            same = records_of(self.clusters, PLACE, [place_id])
            found = next((p for p in self.places if p.id in same), None)
        return found

    def name_of(self, person_id: int | None) -> str:
        """A person's name for a sentence; a person without one is an unnamed occupant, never nobody."""
        person = self.person(person_id)
        return person.name if person else "a person not named"

    def with_role(self, *roles: Role) -> tuple[int, ...]:
        """Ids of the people who hold one of these roles in the live incident, each once, in order of recording."""
        here = self.incident.id if self.incident else -1
        return tuple(
            dict.fromkeys(p.person_id for p in self.parties if p.incident_id == here and p.role in roles)
        )

    def records_of(self, person_id: int) -> set[int]:
        """The records of a person: this one, and those judged to be of the same person."""
        return records_of(self.clusters, PERSON, [person_id])

    def records_of_place(self, place_id: int) -> set[int]:
        """The records of a place: this one, and those judged to be of the same place."""
        return records_of(self.clusters, PLACE, [place_id])

    @property
    def here(self) -> int:
        """The id of the incident this picture is of; -1 when it is a picture of a person or place alone."""
        return self.incident.id if self.incident else -1

    @property
    def owner(self) -> Ownership | None:
        """Whose the incident is now, as last recorded; None while nobody has it."""
        return self.ownerships[-1] if self.ownerships else None

    @property
    def standing(self) -> Decision | None:
        """The last recorded decision: it stands until the next."""
        return self.decisions[-1] if self.decisions else None

    @property
    def whole(self) -> tuple[int, ...]:
        """This incident and every one that is worked on in it."""
        return (self.here, *self.inside)

    @property
    def merged_into(self) -> int | None:
        """The incident that this one was judged to be the same as, and is worked on in; None while it is its own."""
        own = [m for m in self.merges if m.incident_id == self.here]
        return own[-1].into_id if own and own[-1].same else None


def whole_of(here: int, merges: tuple[Merge, ...]) -> tuple[int, ...]:
    """The incident and those that were merged into it and not parted again."""
    newest = {m.incident_id: m for m in merges if m.into_id == here}
    return (here, *sorted(i for i, m in newest.items() if m.same))
