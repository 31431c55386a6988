"""What was told, answered, confirmed, marked and left open: each an item of its own with its source."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callhandler.model.when import When


class Stance(StrEnum):
    """A denial is a further disclosure. It cancels nothing."""

    TOLD = "told"
    DENIED = "denied"


class Reply(StrEnum):
    """Not asked, not known, declined and no are four things; only `no` is no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    DECLINED = "declined"
    LATER = "later"


MANNER = "manner"
"""How a caller speaks is kept as an answer to this, with the manner's id as its words."""


PLACE_CHOSEN = "place-chosen"
"""That somebody chose which place it is, is kept as a plain yes to this, with the place in its words."""

ADDRESS_SAID = "address-said"
"""The question whose yes means that the caller said the address herself."""


class Assessed(StrEnum):
    """A risk assessment is done with her, done without her, or not done. None of these is low risk."""

    WITH_HER = "with_her"
    WITHOUT_HER = "without_her"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One fact told: by whom, about whom, in which words. Open until its follow-up is recorded."""

    id: int
    incident_id: int
    call_id: int | None
    indicator: str
    stance: Stance
    teller: str
    teller_id: int | None
    about_id: int | None
    harmed_id: int | None
    words: str
    happened: When
    known_at: datetime
    source: str
    disputed: bool
    followed_by: int | None

    @property
    def open(self) -> bool:
        """True until its follow-up is recorded."""
        return self.followed_by is None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a guided question. The newest reply to a question is the one that counts; earlier ones are kept."""

    id: int
    incident_id: int
    question: str
    reply: Reply
    words: str
    known_at: datetime
    call_id: int | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A fact that may settle a warning: what, about whom, who says so and how it was confirmed."""

    id: int
    incident_id: int
    code: str
    about_id: int | None
    said_by: str
    confirmed_by: str
    words: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Marker:
    """A warning marker on a person, place, number or vehicle; `told` says whether those concerned were told."""

    id: int
    subject: str
    subject_id: int
    code: str
    text: str
    set_by: str
    told: str
    since: When


@dataclass(frozen=True, slots=True)
class PoliceWarning:
    """A warning police gave to a person, with its terms."""

    id: int
    person_id: int
    incident_id: int | None
    kind: str
    terms: str
    given: When


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """A risk assessment's result, or that none was done."""

    id: int
    incident_id: int
    person_id: int
    done: Assessed
    level: str
    level_before: str
    note: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A line of enquiry: open, done, or dropped with its reason."""

    id: int
    incident_id: int
    what: str
    state: str
    reason: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A conviction, caution or other agency's contact about a person: history without an incident here."""

    id: int
    person_id: int
    kind: str
    text: str
    happened: When


@dataclass(frozen=True, slots=True)
class HistoryCount:
    """History known only as a number: its basis, its span and its source; the contents are not held."""

    id: int
    subject: str
    subject_id: int
    number: int
    counted: str
    span: str
    source: str
    known_at: datetime
