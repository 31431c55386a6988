"""What was looked for with one line of words, and what was found: grouped, each with why, never silently cut off."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Group(StrEnum):
    """What is looked through, in the order in which it is shown."""

    PEOPLE = "people"
    PLACES = "places"
    NUMBERS = "numbers"
    VEHICLES = "vehicles"
    INCIDENTS = "incidents"
    TEXT = "text"
    LESS_LIKELY = "less likely"
    """People who are less likely meant: after all else, so that they push nothing aside."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; several where they were put in quotes. `begins`: the last may go on."""

    words: tuple[str, ...]
    begins: bool = False


Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant up to another, and how it was said."""

    since: datetime
    until: datetime
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of words, told apart.

    `begin` are whole numbers or their beginnings in E.164, `end` the digits from the end backwards; `plates` registrations
    or parts of them; `span` a time named in the line, and `rest` what is left beside it. `name` is the line as somebody's
    name is told, as it was typed, and `named` its words; `born` the day or year beside it that may be her date of birth.
    """

    line: str
    terms: Terms = ()
    begin: tuple[str, ...] = ()
    end: str = ""
    plates: tuple[str, ...] = ()
    span: Span | None = None
    rest: Terms = ()
    number_said: str = ""
    name: str = ""
    named: Terms = ()
    born: str = ""

    @property
    def nothing(self) -> bool:
        """True where there is nothing that could be looked for."""
        return not (self.terms or self.begin or self.end or self.span)

    @property
    def names(self) -> Terms:
        """The words as a name or an address is typed: each may go on."""
        return tuple(Term(t.words, True) for t in self.rest)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `marks` are the places in `line` of what was looked for, each from and up to.

    `record_id` is the row found; `subject` and `subject_id` what opening it opens: a person, a place, a number or an
    incident. `noted` is what must be known of it before it is used: merged, taken back, withheld.
    """

    group: Group
    record_id: int
    subject: str
    subject_id: int
    title: str
    line: str
    why: str
    marks: tuple[tuple[int, int], ...] = ()
    noted: tuple[str, ...] = ()
    sure: bool = True
    at: datetime | None = None

    @property
    def key(self) -> str:
        """What tells it from every other one."""
        return f"{self.group.value}:{self.record_id}"


@dataclass(frozen=True, slots=True)
class GroupFound:
    """What was found in one group: the first ones, how many there were, and whether that is all (`more` where it is not)."""

    group: Group
    hits: tuple[Hit, ...]
    counted: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found for a line. `behind` names the groups that are not yet wholly searchable, with how far they are."""

    asked: Asked
    groups: tuple[GroupFound, ...] = ()
    behind: tuple[tuple[Group, int, int], ...] = ()
    stopped: bool = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every hit, group by group."""
        return tuple(hit for group in self.groups for hit in group.hits)
