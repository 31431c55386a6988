"""One log line, durable: against 4 KiB written and made durable, and against a bare commit of the rows that it writes."""

import os
import re
import sqlite3
import statistics
from pathlib import Path
from typing import Any

from measure import folder, milliseconds, night, report, side_by_side
from sqlalchemy import event

GOAL, TIMES = 1.3, 80
LINE = "She is waiting by the door."
INSERT = re.compile(r"INSERT INTO (\w+) \(([^)]*)\)")


def main() -> None:
    """Append lines to the night's log."""
    from callhandler import app as core

    with folder() as where:
        settings, _, incident = night(where)
        app, actor = core.join_demonstration(settings, "handler")
        raw = os.open(where / "raw", os.O_WRONLY | os.O_CREAT)
        block = b"x" * 4096

        def write() -> None:
            os.write(raw, block)
            os.fdatasync(raw)

        def append() -> None:
            app.telling.write(actor, incident, LINE)

        floor, ours = side_by_side(
            lambda: milliseconds(write), lambda: milliseconds(append), TIMES, statistics.median
        )
        report("append of one log line, against 4 KiB", floor, ours, GOAL)
        rows = written(app.office.engine, append)
        bare = bare_store(where / "bare.sqlite", rows)

        def commit() -> None:
            bare.execute("BEGIN IMMEDIATE")
            for statement, values in rows:
                bare.execute(statement, values)
            bare.execute("COMMIT")

        floor, ours = side_by_side(
            lambda: milliseconds(commit), lambda: milliseconds(append), TIMES, statistics.median
        )
        report(f"append of one log line, against its {len(rows)} rows", floor, ours, GOAL)
        bare.close()
        os.close(raw)
        app.close()


def written(engine: Any, append: Any) -> list[tuple[str, Any]]:
    """The inserts of one line with their values, one for each row."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        if INSERT.match(statement):
            seen.extend((statement, one) for one in (given if many else [given]))

    event.listen(engine, "before_cursor_execute", note)
    append()
    event.remove(engine, "before_cursor_execute", note)
    return seen


def bare_store(path: Path, rows: list[tuple[str, Any]]) -> sqlite3.Connection:
    """The tables of those rows without keys, triggers or checks, as durable as ours: WAL, synchronous FULL."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for statement, _ in rows:
        found = INSERT.match(statement)
        assert found is not None
        connection.execute(f"CREATE TABLE IF NOT EXISTS {found[1]} ({found[2]})")
    return connection


if __name__ == "__main__":
    main()
