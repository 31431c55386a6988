"""What a run of an import came to, in figures and examples."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from callhandler.intake.importing.rows import NoCode, Rejected

EXAMPLES = 200
"""So many rejected rows are shown; all of them are in the file."""
CODES = 20
"""So many words that a table of codes lacks are told, those of most rows first."""
MOST_CODES = 2_000
"""So many are counted apart; a column with more has no codes but words of its own."""

MADE = {
    "incident": ("incident", "incidents"),
    "person": ("person", "people"),
    "place": ("place", "places"),
    "number": ("number", "numbers"),
    "party": ("role of a person in an incident", "roles of people in incidents"),
    "call": ("call", "calls"),
    "log_entry": ("line of log", "lines of log"),
    "vehicle": ("vehicle", "vehicles"),
    "vehicle_named": ("vehicle named in an incident", "vehicles named in incidents"),
    "person_tie": ("relation", "relations"),
    "place_tie": ("tie to a place", "ties to places"),
    "number_tie": ("tie to a number", "ties to numbers"),
    "civil_order": ("order", "orders"),
    "order_fact": ("fact of an order", "facts of orders"),
    "marker": ("marker", "markers"),
    "person_name": ("name of a person", "names of people"),
    "place_name": ("name of a place", "names of places"),
    "place_point": ("point of a place", "points of places"),
    "incident_type": ("later type", "later types"),
}
"""What is counted, one and many, in the order in which it is told."""

SAID = {
    "twice": (
        "time came",
        "times came",
        "twice because the clocks went back: the day is kept, or what the mapping says",
    ),
    "never": ("time never was", "times never were", "because the clocks went forward: the day is kept"),
    "undated": (
        "row does not say",
        "rows do not say",
        "when it was recorded: what it adds counts as known from today, not before",
    ),
    "number": (
        "number is none",
        "numbers are none",
        "that anybody can be rung by: its row came in without it, and is in the file of rejected rows too",
    ),
    "later": (
        "incident was here already",
        "incidents were here already",
        "and is told otherwise in this file: that was added, nothing was overwritten",
    ),
}
"""What is worth telling of rows that came in."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: rows read of about how many, rows a second, seconds left (None while nobody can say)."""

    file: str
    read: int
    about: int
    rate: float
    left: float | None
    rejected: int


@dataclass
class Report:
    """One file's run. `finished` is false where it was stopped; `before` says that the same file had come in already."""

    file: str
    dry: bool
    read: int = 0
    taken: int = 0
    nothing_new: int = 0
    left_out: int = 0
    rejected: int = 0
    without: int = 0
    made: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    examples: list[Rejected] = field(default_factory=list)
    codes: Counter[NoCode] = field(default_factory=Counter)
    rejects: Path | None = None
    finished: bool = False
    before: str = ""
    seconds: float = 0.0

    @property
    def names(self) -> int:
        """How many names of people and places came in."""
        return self.made["person_name"] + self.made["place_name"]

    def reject(self, row: Rejected, came_in: bool = False) -> None:
        """Count a row that did not come in, or that came in without a cell."""
        if came_in:
            self.without += 1
        else:
            self.rejected += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(row)
        if row.code is not None and (row.code in self.codes or len(self.codes) < MOST_CODES):
            self.codes[row.code] += 1

    def lines(self) -> list[str]:
        """The run in sentences."""
        if self.before:
            return [self.before]
        verb = "would come in" if self.dry else "came in"
        found = [
            f"{self.file}: {_counted(self.read, 'row', 'rows')} read, {self.taken:,} {verb}, {self.rejected:,} rejected"
            + (f", {self.left_out:,} left out by the mapping" if self.left_out else "")
            + (f", {self.nothing_new:,} with nothing new" if self.nothing_new else "")
            + "."
        ]
        made = [_counted(self.made[name], *words) for name, words in MADE.items() if self.made[name]]
        if made:
            found.append(f"{'New would be' if self.dry else 'New are'} {', '.join(made)}.")
        found += [
            f"{_counted(self.said[code], one, many)} {rest}."
            for code, (one, many, rest) in SAID.items()
            if self.said[code]
        ]
        found += [
            f"Code {code.word!r} of column {code.column}, {_counted(rows, 'row', 'rows')}: {code.do}."
            for code, rows in self.codes.most_common(CODES)
        ]
        if len(self.codes) > CODES:
            found.append(
                f"And {len(self.codes) - CODES:,} more codes that the mapping does not know, each in fewer rows."
            )
        if not self.read and self.finished:
            found.append("Nothing stands under its header. Look whether the right file was exported.")
        found += self.notes
        if self.rejects is not None and (self.rejected or self.without):
            found.append(f"The rejected rows are in {self.rejects}: mend them there and import that file.")
        if not self.finished and not self.dry:
            found.append("It was stopped. Start it again with the same file: it goes on where it stopped.")
        return found


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
