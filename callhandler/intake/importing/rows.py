"""What reading a file yields: whole rows, and rows that could not be read as such, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_CHARACTERS = 20_000
"""A cell longer than this is refused, not cut."""


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it (the header is 1; of JSON Lines the line), and its cells by column."""

    number: int
    cells: Mapping[str, str]


class NoCode(NamedTuple):
    """A word that the table of codes of its column does not know, and what to do about it."""

    column: str
    word: str
    do: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that does not come in: where, which column and value, why; and all of it, so that it can be mended.

    `code` is given where the row lacks no more than an entry in a table of codes.
    """

    row: int
    column: str
    value: str
    reason: str
    cells: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""
    code: NoCode | None = None


class Unfit(Exception):
    """A cell that cannot be what the mapping says it is. Caught where its row is known."""

    def __init__(self, column: str, value: str, reason: str, code: NoCode | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.column = column
        self.value = value
        self.reason = reason
