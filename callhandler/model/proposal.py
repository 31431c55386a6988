"""What may follow from what was told: an offence to record, somebody to refer to, an order, a signpost. Never a verdict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callhandler.model.assessment import Evidence


class ProposalKind(StrEnum):
    """What is proposed."""

    OFFENCE = "offence"
    ORDER = "order"
    REFERRAL = "referral"
    SIGNPOST = "signpost"


class Decided(StrEnum):
    """What became of a proposal."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    PASSED_ON = "passed_on"


class Consent(StrEnum):
    """What she said of it. Not asked is not refused, and neither is given."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class ProposalDecision:
    """A recorded decision on a proposal: by whom, who has it now, what she said of it, why. The newest counts."""

    id: int
    incident_id: int
    kind: ProposalKind
    code: str
    decided: Decided
    owner: str
    consent: Consent
    reason: str
    author: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal. `incidents` are those it rests on; `older` when none of them is the one at hand."""

    kind: ProposalKind
    code: str
    name: str
    why: str
    source: str
    owner: str
    consent: str
    evidence: tuple[Evidence, ...]
    incidents: tuple[int, ...]
    older: bool
    verified: bool
    reference: str
    contacts: tuple[str, ...] = ()
    decision: ProposalDecision | None = None

    @property
    def open(self) -> bool:
        """True until a decision on it is recorded; one rested on less than is known now, and not taken, is open again."""
        return self.decision is None
