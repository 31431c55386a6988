"""Who acts: a signed-in person at a workstation."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """The roles that may be granted, each for a time."""

    HANDLER = "handler"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    DOMESTIC_ABUSE_REVIEWER = "domestic_abuse_reviewer"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person signed in. `rights` are those held at sign-in; the store checks again when it matters."""

    user_id: int
    session_id: int
    name: str
    display: str
    rights: frozenset[Right]
    workstation: str
