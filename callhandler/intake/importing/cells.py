"""The value of a cell as the mapping says, or why it has none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from callhandler.intake.importing.mapping import Cell, TimeCell
from callhandler.intake.importing.rows import MOST_CHARACTERS, NoCode, Unfit
from callhandler.intake.importing.times import NoTime, Told, read_time
from callhandler.model.when import Precision

Cells = Mapping[str, str]
LONGEST_ID = 200


class Reading:
    """What the cells of one file are read by: words that stand for nothing, codes, the zone, forms of times, and now."""

    def __init__(
        self,
        blank: tuple[str, ...],
        codes: Mapping[str, Mapping[str, str]],
        zone: ZoneInfo,
        forms: tuple[str, ...],
        now: datetime,
    ) -> None:
        self.zone = zone
        self.forms = forms
        self.latest = now + timedelta(days=1)
        self._blank = frozenset(word.strip().casefold() for word in blank)
        self._longest_blank = max(map(len, self._blank), default=0)
        self._codes = codes
        self.said: list[str] = []

    def text(self, cells: Cells, cell: Cell | None, otherwise: str = "keep") -> str:
        """A cell's words, through its codes; empty where nothing is there. Raises Unfit.

        `otherwise` is what the mapping may say of words that its table does not know, where only known ones are of use.
        """
        if cell is None:
            return ""
        if cell.words is not None:
            return cell.words
        if cell.columns:
            parts = (self._plain(cells, column, cell.blank) for column in cell.columns)
            found, column = cell.join.join(part for part in parts if part), cell.columns[0]
        else:
            column = cell.column or ""
            found = self._plain(cells, column, cell.blank)
        if cell.codes is not None:
            found = self._coded(found, cell, column, otherwise)
        return cell.before + found if found else ""

    def id(self, cells: Cells, cell: Cell | None, what: str) -> str:
        """An id, short enough to be one. Raises Unfit when the mapping gives one and the row does not."""
        found = self.text(cells, cell)
        if cell is not None and not found:
            raise Unfit(where(cell), "", f"{what} is missing here.{no_column(cells, cell)}")
        if len(found) > LONGEST_ID:
            raise Unfit(
                where(cell),
                found[:80],
                f"{what} has {len(found)} characters; an id has at most {LONGEST_ID}.",
            )
        return found

    def time(self, cells: Cells, cell: TimeCell | None) -> Told | None:
        """A time, or None where nothing is there. Raises Unfit when it cannot be read or lies ahead."""
        if cell is None:
            return None
        if cell.column is not None:
            found = self._plain(cells, cell.column, ())
        else:
            found = " ".join(part for column in cell.columns if (part := self._plain(cells, column, ())))
        if not found:
            return None
        try:
            told = read_time(found, cell.forms or self.forms, self.zone, cell.twice)
        except NoTime as error:
            raise Unfit(cell.column or cell.columns[0], found, f"{found} {error}.") from None
        if told.said:
            self.said.append(told.said)
        if cell.precision is not None and told.when.precision is Precision.MINUTE:
            told = _coarser(told, Precision(cell.precision), self.zone)
        return told

    def past(self, cells: Cells, cell: TimeCell | None) -> Told | None:
        """A time that has passed. Raises Unfit for one that lies ahead."""
        told = self.time(cells, cell)
        if told is not None and told.when.at > self.latest and cell is not None:
            column = cell.column or cell.columns[0]
            raise Unfit(column, cells.get(column, ""), "This time lies ahead; history has passed.")
        return told

    def _plain(self, cells: Cells, column: str, blank: tuple[str, ...]) -> str:
        found = cells.get(column, "").strip()
        if not found:
            return ""
        if len(found) > MOST_CHARACTERS:
            raise Unfit(
                column,
                found[:80],
                f"This has {len(found):,} characters; the most is {MOST_CHARACTERS:,}. Nothing was cut.",
            )
        # Folding makes no word shorter.
        if (len(found) <= self._longest_blank and found.casefold() in self._blank) or found in blank:
            return ""
        return found if found.isprintable() else _printable(found)

    def _coded(self, found: str, cell: Cell, column: str, otherwise: str) -> str:
        table = cell.codes if isinstance(cell.codes, dict) else self._codes[cell.codes or ""]
        if found in table:
            return table[found]
        if not found:
            return ""
        folded = found.casefold()
        for code, word in table.items():
            if code.casefold() == folded:
                return word
        if cell.otherwise == "refuse":
            table_ = f"`{cell.codes}`" if isinstance(cell.codes, str) else "the table of this cell"
            do = f"add it to {table_}" + (f", or write `otherwise: {otherwise}`" if otherwise else "")
            raise Unfit(
                column,
                found,
                f"{found} is not in the table of codes: {do}.",
                NoCode(column, found[:80], do),
            )
        return found if cell.otherwise == "keep" else ""


@lru_cache(maxsize=2_000)
def _printable(text: str) -> str:
    return "".join(
        c for c in text if c in "\n\t" or c.isprintable() or c in "\u200c\u200d\u200e\u200f"
    ).strip()


def no_column(cells: Cells, cell: Cell | TimeCell) -> str:
    """That a row has no such cell at all, as may be where each row names its own; empty where it has."""
    column = cell.column or (cell.columns[0] if cell.columns else "")
    if not column or column in cells:
        return ""
    return f" This row has no {column}; it has {', '.join(list(cells)[:8]) or 'nothing'}."


def where(cell: Cell | None) -> str:
    """The column that a cell is blamed on."""
    return "" if cell is None else cell.column or (cell.columns[0] if cell.columns else "")


def _coarser(told: Told, precision: Precision, zone: ZoneInfo) -> Told:
    from callhandler.intake.importing.times import coarse

    local = told.when.at.astimezone(zone).replace(tzinfo=None)
    return Told(coarse(local, precision, zone).when, told.known_by, told.said)


def point(
    reading: Reading, cells: Cells, latitude: Cell | None, longitude: Cell | None
) -> tuple[int, int] | None:
    """Latitude and longitude in millionths of a degree; None where they are not there, or nought. Raises Unfit."""
    found = []
    for cell, most in ((latitude, 90), (longitude, 180)):
        text = reading.text(cells, cell)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise Unfit(where(cell), text, f"{text} is no number of degrees.") from None
        if not -most <= value <= most:
            raise Unfit(where(cell), text, f"{text} lies outside -{most} to {most} degrees.")
        found.append(round(value * 1_000_000))
    # What was not located is often written as nought.
    return None if found == [0, 0] else (found[0], found[1])
