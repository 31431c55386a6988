"""The file of rejected rows: each with where and why, and all of it, in a form that can be mended and imported again."""

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

from callhandler.errors import Environment
from callhandler.intake.importing.rows import Rejected
from callhandler.intake.importing.survey import OURS, Source

CAME_IN = "came in without this: "
WITHOUT_IT = " The row came in without it."
"""Ends the reason of a cell that was left out, where no column says so."""


def free_name(source: Path, folder: Path | None) -> Path:
    """A name for the file of a source's rejected rows that nothing has yet."""
    stem, suffix = (
        source.stem.split(".rejected")[0],
        ".jsonl" if source.suffix in (".jsonl", ".ndjson") else ".csv",
    )
    for turn in range(1, 10_000):
        name = f"{stem}.rejected{'' if turn == 1 else f'-{turn}'}{suffix}"
        path = (folder or source.parent) / name
        if not path.exists():
            return path
    raise Environment(f"There are too many files of rejected rows beside {source.name}; put some away.")


class Rejects:
    """Appends to the file. `kept` is how many bytes of it belong to what is in already; what is beyond is cut off first."""

    def __init__(self, path: Path, source: Source, kept: int = 0) -> None:
        self.path = path
        self._columns = tuple(c for c in source.columns if c not in OURS)
        self._json = path.suffix == ".jsonl"
        self.size = kept
        self.lost = False
        try:
            if kept and (not path.exists() or path.stat().st_size < kept):
                # Somebody took it away: what was rejected before the stop is where they put it.
                self.lost, self.size = True, 0
            if path.exists():
                with path.open("r+b") as file:
                    file.truncate(self.size)
        except OSError as error:
            raise self._fault(error) from error

    def write(self, rows: Sequence[tuple[Rejected, bool]]) -> None:
        """Append rows, each with whether it came in without a cell, and make them durable. Raises Environment."""
        if not rows:
            return
        text = io.StringIO(newline="")
        if self._json:
            for row, came_in in rows:
                text.write(json.dumps(self._object(row, came_in), ensure_ascii=False) + "\n")
        else:
            out = csv.writer(text)
            if not self.size:
                out.writerow([*OURS, *self._columns])
            for row, came_in in rows:
                cells = [row.cells.get(column, "") for column in self._columns]
                out.writerow([row.row, row.column, row.value, _why(row, came_in), row.raw, *cells])
        data = text.getvalue().encode("utf-8", "replace")
        if not self.size and not self._json:
            # A spreadsheet takes a file without this mark for Windows-1252.
            data = b"\xef\xbb\xbf" + data
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Whole rows of people's history: for nobody else on this machine to read.
            self.path.touch(mode=0o600)
            with self.path.open("ab") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._fault(error) from error
        self.size += len(data)

    def _object(self, row: Rejected, came_in: bool) -> dict[str, object]:
        own = dict(zip(OURS, (str(row.row), row.column, row.value, _why(row, came_in), row.raw), strict=True))
        return {**own, **{k: v for k, v in row.cells.items() if k not in OURS}}

    def _fault(self, error: OSError) -> Environment:
        return Environment(
            f"The rejected rows cannot be written to {self.path.name}: {error.strerror}. "
            "Nothing of this block came in. Name another folder for them."
        )


def _why(row: Rejected, came_in: bool) -> str:
    return f"{CAME_IN}{row.reason.removesuffix(WITHOUT_IT)}" if came_in else row.reason
