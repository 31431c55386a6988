"""Civil and protective orders, as far as they are known. The law about them is data: `resources/policy/core/orders.yaml`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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


LIVE_FOR_RISK = frozenset({OrderState.DECLARED_UNVERIFIED, OrderState.LIVE_UNSERVED, OrderState.LIVE})


@dataclass(frozen=True, slots=True)
class Term:
    """One prohibition. `attached` is person or place; a person-attached term follows her wherever she goes."""

    id: int
    order_id: int
    kind: str
    text: str
    attached: str
    place_id: int | None
    metres: int | None


@dataclass(frozen=True, slots=True)
class OrderFact:
    """Something learned about an order: served, aware, discharged, extended ... with who says so and whether verified."""

    id: int
    order_id: int
    kind: str
    at: datetime | None
    verified: bool
    said_by: str
    words: str
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


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """An order judged at an instant: state, doubts, and the facts that decided."""

    order: Order
    state: OrderState
    overlays: tuple[Overlay, ...]
    because: str
    name: str = ""

    @property
    def live_for_risk(self) -> bool:
        """True until a verified end: declared and unserved orders are live for every warning."""
        return self.state in LIVE_FOR_RISK
