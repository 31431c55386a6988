"""Civil and protective orders, as far as they are known. The law about them is data: `resources/policy/core/orders.yaml`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callhandler.model.assessment import Evidence
from callhandler.model.when import When


class OrderState(StrEnum):
    """The status column of the decision table; the first row that matches decides."""

    DISCHARGED = "DISCHARGED"
    EXPIRED = "EXPIRED"
    ENDED_INTERIM = "ENDED_INTERIM"
    NOT_YET = "NOT_YET"
    DECLARED_UNVERIFIED = "DECLARED_UNVERIFIED"
    LIVE_UNSERVED = "LIVE_UNSERVED"
    LIVE = "LIVE"


class Overlay(StrEnum):
    """A doubt shown beside the state. None of them ends an order."""

    RETURN_OUTCOME_UNKNOWN = "RETURN_OUTCOME_UNKNOWN"
    VARIATION_UNKNOWN = "VARIATION_UNKNOWN"
    NO_POWER_OF_ARREST = "NO_POWER_OF_ARREST"
    SERVICE_UNKNOWN = "SERVICE_UNKNOWN"
    EXPIRY_UNKNOWN = "EXPIRY_UNKNOWN"


class Learned(StrEnum):
    """What may be learned of an order. The decision table reads these words and no others."""

    COPY = "copy"
    TERMS_READ = "terms_read"
    MADE = "made"
    ON_NOTICE = "on_notice"
    WITHOUT_NOTICE = "without_notice"
    SERVED = "served"
    NOT_SERVED = "not_served"
    AWARE = "aware"
    PRESENT = "present"
    OWN_WORDS = "own_words"
    COPY_SENT_TO_HIM = "copy_sent_to_him"
    RETURN_HEARING = "return_hearing"
    RETURN_OUTCOME = "return_outcome"
    VARIED = "varied"
    AWARE_OF_VARIATION = "aware_of_variation"
    POWER_OF_ARREST = "power_of_arrest"
    EXTENDED = "extended"
    EXPIRY = "expiry"
    EXPIRED = "expired"
    MAIN_DECIDED = "main_decided"
    DISMISSED = "dismissed"
    DISCHARGED = "discharged"
    TOLD_AGAIN = "told_again"
    NO_TRACE = "no_trace"


class Attached(StrEnum):
    """What a term goes with: the protected person wherever she is, a place, or the respondent himself."""

    PERSON = "person"
    PLACE = "place"
    RESPONDENT = "respondent"


END_FACTS = frozenset({Learned.DISCHARGED, Learned.DISMISSED, Learned.EXPIRED, Learned.MAIN_DECIDED})
"""What may end an order, when somebody has checked it."""

ENDED_STATES = frozenset({OrderState.DISCHARGED, OrderState.EXPIRED, OrderState.ENDED_INTERIM})

RECORD_SOURCES = ("copy", "court", "police")
"""Where an order is known from when it is not from somebody's telling."""

IMPORTED = "imported history"
"""How the source of an order begins that came in with a force's history and is known by telling alone.

An earlier version wrote "told", and a made-up force has "import".
"""

LIVE_FOR_RISK = frozenset({OrderState.DECLARED_UNVERIFIED, OrderState.LIVE_UNSERVED, OrderState.LIVE})


@dataclass(frozen=True, slots=True)
class Term:
    """One prohibition, with its own end, exceptions, times and power of arrest. `kind` is one of the policy's terms.

    A person-attached term follows her wherever she goes. `expires` and `arrest_until` count only when `verified`.
    `protected_id` is whom the term protects when that is not the order's protected person.
    """

    id: int
    order_id: int
    kind: str
    text: str
    attached: str
    place_id: int | None
    metres: int | None
    expires: datetime | None = None
    exceptions: str = ""
    times: str = ""
    arrest_power: str = "unknown"
    arrest_until: datetime | None = None
    protected_id: int | None = None
    verified: bool = False
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class OrderFact:
    """Something learned about an order: a word of `Learned`, with who says so and whether verified.

    `at` is when it happened; `until` the new end that an extension, an expiry or a power of arrest names.
    """

    id: int
    order_id: int
    kind: str
    at: datetime | None
    verified: bool
    said_by: str
    words: str
    known_at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderCopy:
    """A copy or photograph that was attached: its name as given, its kind by content, size in bytes, SHA-256."""

    id: int
    order_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    said_by: str
    author: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """An order with everything learned of it so far. `made` and `expires` are None when not known."""

    id: int
    type: str
    incident_id: int | None
    protected_id: int | None
    respondent_id: int | None
    source: str
    court: str
    without_notice: str
    made: When | None
    expires: datetime | None
    until_further_order: bool
    known_at: datetime
    facts: tuple[OrderFact, ...] = ()
    terms: tuple[Term, ...] = ()
    copies: tuple[OrderCopy, ...] = ()

    @property
    def verified(self) -> bool:
        """True when it is known from a record or a verified copy, not only from somebody's telling."""
        return self.source in RECORD_SOURCES or self.copy_checked

    @property
    def known_from(self) -> str:
        """Whom or what it is known from, in words."""
        return IMPORTED if self.source in ("import", "told") else self.source

    @property
    def imported(self) -> bool:
        """True when it came in with a force's history, which nobody told of in a call here."""
        return self.known_from.startswith(IMPORTED)

    @property
    def copy_checked(self) -> bool:
        """True when somebody checked a copy, or the court's own words; having seen one is not that."""
        return self._has(Learned.COPY)

    @property
    def terms_read(self) -> bool:
        """True when somebody read the whole order: then it forbids what is recorded of it, and nothing else is assumed."""
        return self._has(Learned.TERMS_READ)

    def _has(self, kind: Learned) -> bool:
        return any(f.kind == kind and f.verified for f in self.facts)


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """An order judged at an instant: state, doubts, the facts that decided, and what the policy says to show."""

    order: Order
    state: OrderState
    overlays: tuple[Overlay, ...]
    because: str
    name: str = ""
    shown: str = ""

    @property
    def live_for_risk(self) -> bool:
        """True until a verified end: declared and unserved orders are live for every warning."""
        return self.state in LIVE_FOR_RISK


class Engaged(StrEnum):
    """How a term comes into question: by what was told, or because she is at, or going to, the place that it names."""

    TOLD = "told"
    IN_PLAY = "in_play"


@dataclass(frozen=True, slots=True)
class EngagedTerm:
    """A term that may be engaged: why, and what is not known. `term` is None where the order's terms are not known.

    `here` and `going_to` say where it holds. Nothing here says that anybody will be arrested: that is for officers.
    """

    standing: OrderStanding
    kind: str
    name: str
    term: Term | None
    how: Engaged
    here: bool
    going_to: bool
    place_id: int | None
    because: tuple[Evidence, ...]
    not_known: tuple[str, ...]
    citation: str
