"""Counting a run: what a block came to, where to go on after it, how far it is, and when it had better stop."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from callhandler.errors import BadInput, Refused
from callhandler.intake.importing.rejects import Rejects
from callhandler.intake.importing.rows import Rejected, Row
from callhandler.intake.importing.survey import OURS
from callhandler.services.imports.report import Progress, Report
from callhandler.services.imports.writing import Written

TELLING = 1_000
"""When of so many first rows none fits, the mapping is for another file."""

Say = Callable[[Progress], None]
Seen = Row | Rejected


def count(
    report: Report, block: list[Seen], written: Written, rejected: list[Rejected], left_out: int
) -> list[tuple[Rejected, bool]]:
    """Count a block; returns its rejected rows in order, each with whether it came in without a cell."""
    cells = {row.number: row.cells for row in block if isinstance(row, Row)}
    out = [(row, False) for row in rejected]
    out += [(_whole(row, cells), False) for row in written.rejected]
    out += [(_whole(row, cells), True) for row in written.without]
    out.sort(key=lambda one: (one[0].row, one[1]))
    for row, came_in in out:
        report.reject(row, came_in)
    report.read += len(block)
    report.taken += written.taken
    report.nothing_new += written.nothing_new
    report.left_out += left_out
    report.made.update(written.made)
    report.said.update(written.said)
    return out


def _whole(row: Rejected, cells: Mapping[int, Mapping[str, str]]) -> Rejected:
    own = cells.get(row.row, {})
    column = next(
        (n for n, value in own.items() if row.value and row.value in value and n not in OURS), row.column
    )
    return replace(row, column=column, cells=own)


def copied(report: Report) -> Report:
    """To count a block in: a block that is undone counts nothing."""
    return replace(
        report,
        made=Counter(report.made),
        said=Counter(report.said),
        notes=list(report.notes),
        examples=list(report.examples),
        codes=Counter(report.codes),
    )


_COUNTS = ("read", "taken", "nothing_new", "left_out", "rejected", "without")


def point_of(report: Report, rejects: Rejects, done: bool) -> dict[str, Any]:
    """Where to go on, and what it has come to by then: kept in the block's own row of the journal."""
    counts: dict[str, Any] = {name: getattr(report, name) for name in _COUNTS}
    made, said = dict(sorted(report.made.items())), dict(sorted(report.said.items()))
    return {
        **counts,
        "made": made,
        "said": said,
        "rejects": rejects.size,
        "rejects_name": rejects.path.name,
        "done": done,
    }


def go_on(report: Report, point: Mapping[str, Any]) -> None:
    """Count on from where a run was stopped."""
    for name in _COUNTS:
        setattr(report, name, int(point[name]))
    report.made.update(point["made"])
    report.said.update(point["said"])
    if report.read:
        report.notes.append(f"It went on after row {report.read:,}, where it was stopped.")


def require_alone(ended_at: str, report: Report) -> None:
    """Raise Refused when another went on with this file since the last block."""
    if json.loads(ended_at)["read"] != report.read:
        raise Refused(
            f"{report.file} is being brought in from another window or command; leave it to that one."
        )


def require_some(report: Report) -> None:
    """Raise BadInput when none of the first rows fitted."""
    if report.read == TELLING and report.rejected == TELLING:
        first = report.examples[0] if report.examples else None
        why = f" The first: row {first.row}, {first.column or 'the row'}: {first.reason}" if first else ""
        raise BadInput(
            f"None of the first {TELLING:,} rows fits; this mapping is for another file.{why}", report.file
        )


class Pace:
    """Tells how far a run is, a few times a second at most."""

    def __init__(self, report: Report, about: int, say: Say) -> None:
        self._report = report
        self._about = about
        self._say = say
        self._begun = self._told = time.monotonic()
        self._from = report.read

    def tell(self) -> None:
        """Tell, unless it was told just now."""
        now = time.monotonic()
        self._report.seconds = now - self._begun
        if now - self._told >= 0.2:
            self._told = now
            self._tell(now)

    def end(self) -> None:
        """Tell the end."""
        self._about = self._report.read
        self._report.seconds = time.monotonic() - self._begun
        self._tell(time.monotonic())

    def _tell(self, now: float) -> None:
        report = self._report
        rate = (report.read - self._from) / max(now - self._begun, 1e-6)
        about = max(self._about, report.read)
        left = (about - report.read) / rate if rate else None
        self._say(Progress(report.file, report.read, about, rate, left, report.rejected))
