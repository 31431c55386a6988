"""What a paper is made from: the picture that the screen shows, and what the rules say of it. A service hands it over."""

from dataclasses import dataclass

from callhandler.brief.content import Paper, Part
from callhandler.brief.withheld import Withheld
from callhandler.model.assessment import Assessment, Tier, Warning
from callhandler.model.birth import born_in_words
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.order import EngagedTerm, OrderStanding
from callhandler.model.paper import PaperKind
from callhandler.model.people import Person, Place, Relation, Role
from callhandler.model.picture import Picture
from callhandler.policy.orders import OrderType
from callhandler.policy.pack import Policy


@dataclass(frozen=True)
class OrderKnown:
    """An order as it stands, what the policy says of its type, its doubts in words, and which terms may be engaged."""

    standing: OrderStanding
    kind: OrderType | None
    doubts: tuple[str, ...]
    engaged: tuple[EngagedTerm, ...]
    binds_her: bool


@dataclass(frozen=True)
class Facts:
    """One incident as of one instant. Minutes are None where their clock does not run.

    `suspects` were named by somebody; `perhaps` are partners and respondents whom nobody named, where nobody is.
    `reasons` says by incident why it is linked; `numbers` holds telephone numbers as people write them.
    """

    picture: Picture
    assessment: Assessment
    policy: Policy
    training: bool
    withheld: Withheld
    withheld_places: frozenset[int]
    at_risk: tuple[int, ...]
    suspects: tuple[int, ...]
    perhaps: tuple[int, ...]
    children: tuple[int, ...]
    here: int | None
    going_to: int | None
    orders: tuple[OrderKnown, ...]
    grade: str
    floor: str
    state: str
    waiting: int | None
    overdue: int | None
    calls_in: int
    to_do: tuple[str, ...]
    reasons: dict[int, str]
    numbers: dict[int, str]

    @property
    def zone(self) -> str:
        """The time zone of local times, from the scheme."""
        return self.policy.scheme.time_zone

    @property
    def reference(self) -> str:
        """The incident's own reference."""
        return self.picture.incident.reference if self.picture.incident else ""

    def paper(
        self, kind: PaperKind, title: str, *, banner: tuple[str, ...], parts: tuple[Part, ...]
    ) -> Paper:
        """A paper of this incident as of this instant, with every withheld address left out of all that it says."""
        made = Paper(
            kind=kind,
            title=title,
            reference=self.reference,
            marking=self.policy.papers.marking,
            training=self.training,
            as_of=self.picture.as_of,
            zone=self.zone,
            position=self.picture.upto,
            banner=banner,
            parts=parts,
        )
        return self.withheld.out_of_all(made)

    def place_said(self, place_id: int | None) -> str:
        """A place by its label and address; one that is withheld only as that."""
        place = self.picture.place(place_id)
        if place is None:
            return "not known"
        if place.id in self.withheld_places:
            return "[address withheld]"
        return place_in_words(place)

    def person_said(self, person_id: int) -> str:
        """A person by name and what is known of the birth."""
        return person_in_words(self.picture.person(person_id), self.picture.name_of(person_id))

    def roles(self, person_id: int) -> str:
        """What a person is in this incident, in words."""
        held = [
            p.role
            for p in self.picture.parties
            if p.incident_id == self.picture.here and p.person_id == person_id
        ]
        return ", ".join(ROLE_WORDS[role] for role in dict.fromkeys(held))

    def relation(self, person_id: int, others: tuple[int, ...]) -> str:
        """How a person is tied to others of the incident, the newest telling of each pair."""
        found = {}
        for tie in self.picture.person_ties:
            if tie.a == person_id and tie.b in others:
                found[tie.b] = f"{RELATION[tie.relation]} of {self.picture.name_of(tie.b)}"
            elif tie.b == person_id and tie.a in others:
                found[tie.a] = f"{INVERSE[tie.relation]} of {self.picture.name_of(tie.a)}"
        return "; ".join(found.values())

    def told(self, *indicators: str) -> tuple[Disclosure, ...]:
        """What was told in this incident of these indicators, newest first, the same words once."""
        here = [
            d for d in self.picture.disclosures
            if d.incident_id == self.picture.here and d.stance is Stance.TOLD and (d.indicator in indicators)
        ]  # fmt: skip
        return tuple({(d.indicator, d.words): d for d in here[::-1]}.values())

    def warnings(self, tier: Tier) -> tuple[Warning, ...]:
        """The standing warnings of a tier."""
        return tuple(w for w in self.assessment.standing if w.tier is tier)


ROLE_WORDS = {
    Role.CALLER: "caller",
    Role.AT_RISK: "at risk",
    Role.SUSPECT: "suspect",
    Role.WITNESS: "witness",
    Role.CHILD: "child",
    Role.REPORTER: "reported it",
}

RELATION = {r: r.value for r in Relation} | {Relation.EX_PARTNER: "former partner", Relation.OTHER: "known"}
INVERSE = {
    Relation.PARTNER: "partner",
    Relation.EX_PARTNER: "former partner",
    Relation.PARENT: "child",
    Relation.CHILD: "parent",
    Relation.SIBLING: "sibling",
    Relation.RELATIVE: "relative",
    Relation.NEIGHBOUR: "neighbour",
    Relation.OTHER: "known",
}


def plain(code: str) -> str:
    """A code in words."""
    return code.replace("-", " ").replace("_", " ")


def place_in_words(place: Place) -> str:
    """A place's label and its address, each once."""
    parts = [place.label] if place.label and place.label not in place.address else []
    written = ", ".join(
        filter(None, (place.address, place.postcode if place.postcode not in place.address else ""))
    )
    return f"{parts[0]} ({written})" if parts and written else (written or place.label)


def person_in_words(person: Person | None, name: str) -> str:
    """A name with what is known of the birth; where two dates were told, both."""
    if not person or not person.born:
        return name
    also = f" (also told: {born_in_words(person.also_born)})" if person.also_born else ""
    return f"{name}, born {born_in_words(person.born)}{also}"
