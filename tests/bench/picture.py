"""The picture of a call against the same statements run bare: the night's data, a long history, or any store.

    picture.py                          the night's call, by incident and by number, and 300 incidents of one person
    picture.py --store FILE             callers drawn by call from this store, read by their number
    picture.py --postgresql             besides, the same stores on PostgreSQL: round trips, and one server-side function

Bare is `sqlite3` with the very texts and values that our reading gave the driver, rows fetched, in one transaction.
"Fetched" is our reading without its records: texts, values, running, rows. "Whole" ends with the picture.
"""

import argparse
import json
import os
import random
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from measure import Take, folder, machine, milliseconds, night

from callhandler.model.actor import Right

FETCHED, WHOLE, COLD = 1.25, 1.5, 30.0
"""The goals: fetching and the whole picture against bare, and cold against warm."""
NOW = datetime.now(UTC)
Read = Callable[[Any], Any]


@dataclass
class Measured:
    """One line of the table: medians over the callers, of each what its turns gave; times in ms."""

    what: str
    callers: int
    statements: int
    rows: float
    bare: float
    fetched: float
    whole: float
    whole_p95: float
    fetched_ratio: float
    whole_ratio: float
    cold: float | None = None

    def said(self) -> str:
        """As one line of the table."""
        cold = (
            ""
            if self.cold is None
            else f"  cold {self.cold:7.1f} = {self.cold / self.whole:4.1f} x ({COLD:.0f})"
        )
        return (
            f"{self.what:36} {self.callers:4} callers {self.statements:3} statements {self.rows:6.0f} rows  "
            f"bare {self.bare:6.2f}  fetched {self.fetched:6.2f} = {self.fetched_ratio:4.2f} ({FETCHED})  "
            f"whole {self.whole:6.2f} = {self.whole_ratio:4.2f} ({WHOLE}), p95 {self.whole_p95:6.2f}{cold}"
        )


@dataclass
class Asked:
    """What one reading asked: as the reader was given it, and as the driver was."""

    given: list[tuple[Any, dict[str, Any]]]
    run: list[tuple[str, dict[str, Any]]]


def asked(read: Callable[[], object]) -> Asked:
    """The statements of a reading with their values."""
    from callhandler.store.pictures.reader import Reader

    seen, rows, run, together = Asked([], []), Reader.rows, Reader._run, Reader._together

    def noted(reader: Reader, sql: Any, **given: Any) -> Any:
        seen.given.append((sql, given))
        return rows(reader, sql, **given)

    def noted_run(reader: Reader, statement: Any, values: Any) -> Any:
        seen.run.append((statement.shared if reader.shared else statement.in_a_file, values))
        return run(reader, statement, values)

    def noted_together(reader: Reader, wanted: Any) -> Any:
        seen.run.extend((statement.shared, values) for statement, values in wanted)
        return together(reader, wanted)

    with (
        patch.object(Reader, "rows", noted),
        patch.object(Reader, "_run", noted_run),
        patch.object(Reader, "_together", noted_together),
    ):
        read()
    return seen


def compare(what: str, database: Path, reads: list[Read], turns: int, take: Take, cold: int = 0) -> Measured:
    """Read each picture, note what it asked, and run that bare, by our reader alone, and as a whole, in turn."""
    from callhandler.store.pictures.reader import Reader

    bare = sqlite3.connect(database, isolation_level=None)
    bare.execute("BEGIN")
    times: list[tuple[float, float, float]] = []
    counts, rows = set(), []
    with opened(database) as connection:
        for read in reads:
            seen = asked(lambda read=read: read(connection))  # type: ignore[misc]
            reader = Reader(connection, NOW)
            counts.add(len(seen.run))
            rows.append(sum(len(bare.execute(*each).fetchall()) for each in seen.run))
            three: list[Callable[[], object]] = [
                lambda seen=seen: [bare.execute(text, values).fetchall() for text, values in seen.run],  # type: ignore[misc]
                lambda seen=seen, reader=reader: [reader.rows(sql, **given) for sql, given in seen.given],  # type: ignore[misc]
                lambda read=read: read(connection),  # type: ignore[misc]
            ]
            times.append(in_turn(three, turns, take))
    bare.close()
    found = Measured(
        what,
        len(reads),
        max(counts),
        statistics.median(rows),
        *(statistics.median(column) for column in zip(*times, strict=True)),
        statistics.quantiles([t[2] for t in times], n=20)[-1] if len(times) > 1 else times[0][2],
        statistics.median(t[1] / t[0] for t in times),
        statistics.median(t[2] / t[0] for t in times),
    )
    if len(counts) > 1:
        print(f"The number of statements differs between callers: {sorted(counts)}")
    if cold:
        found.cold = statistics.median(cold_read(database, read) for read in reads[:cold])
    return found


def in_turn(acts: list[Callable[[], object]], turns: int, take: Take) -> tuple[float, float, float]:
    """What is taken of each, run in turn, each turn beginning with another; the first turn is not counted."""
    taken: list[list[float]] = [[] for _ in acts]
    for turn in range(turns + 1):
        for n in range(len(acts)):
            which = (n + turn) % len(acts)
            spent = milliseconds(acts[which])
            if turn:
                taken[which].append(spent)
    first, second, third = (take(each) for each in taken)
    return first, second, third


@contextmanager
def opened(database: Path) -> Iterator[Any]:
    """A connection as the desk has it, in one transaction."""
    from callhandler.store.engine import make_engine
    from callhandler.store.unit_of_work import reading

    engine = make_engine(str(database))
    with reading(engine) as connection:
        yield connection
    engine.dispose()


def cold_read(database: Path, read: Read) -> float:
    """A picture by a new connection, after the system has let go of the file's pages."""
    for name in (database, Path(f"{database}-wal")):
        if name.exists():
            held = os.open(name, os.O_RDONLY)
            os.posix_fadvise(held, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(held)
    with opened(database) as connection:
        return milliseconds(lambda: read(connection))


def by_number(number: int) -> Read:
    """Reads the picture of a number, as when it rings."""
    from callhandler.store import pictures

    return lambda connection: pictures.of_people(connection, NOW, numbers=[number])


def by_incident(incident: int) -> Read:
    """Reads the picture of an incident."""
    from callhandler.store import pictures

    return lambda connection: pictures.of_incident(connection, incident, NOW)


def drawn(database: Path, callers: int, seed: int) -> list[int]:
    """Numbers of callers, each as often as it called: of as many calls, drawn by their place in the order of receipt."""
    chance = random.Random(seed)
    store = sqlite3.connect(database)
    first, last = store.execute("SELECT min(id), max(id) FROM call").fetchone()
    found: list[int] = []
    while len(found) < callers:
        row = store.execute(
            "SELECT number_id FROM call WHERE id >= ? AND number_id IS NOT NULL ORDER BY id LIMIT 1",
            [chance.randint(first, last)],
        ).fetchone()
        found += [row[0]] if row else []
    store.close()
    return found


def long_history(where: Path, incidents: int = 300) -> tuple[Path, int]:
    """A store in which one number's caller has so many earlier incidents, each with its records."""
    from callhandler.clock import SystemClock
    from callhandler.policy.loader import load
    from callhandler.services.custody import Custody
    from callhandler.services.identity import Identity
    from callhandler.services.office import Office
    from callhandler.settings import Settings
    from tests.store import test_picture_cost

    settings = Settings(database=str(where / "history.sqlite"), data_folder=where)
    clock = SystemClock()
    policy = load(settings.policy_folder, "national")
    custody = Custody.opening(settings.database, clock)
    custody.keep_policy(policy, "national")
    office = Office(custody.engine, clock, policy, custody.kind)
    Identity(office).add_user("handler", "Handler", None, (Right.HANDLER,), granted_by="bench")
    test_picture_cost.with_history(office, incidents)
    office.engine.dispose()
    database = Path(settings.database)
    store = sqlite3.connect(database)
    number: int = store.execute("SELECT max(id) FROM number").fetchone()[0]
    store.close()
    return database, number


@contextmanager
def shipped() -> Iterator[list[tuple[str, Path, list[Read]]]]:
    """The stores measured when none is given: what, the file, and the readings."""
    with folder() as where, folder() as other:
        _, own, incident = night(where)
        live = Path(own.database)  # type: ignore[attr-defined]
        database, number = long_history(other)
        yield [
            ("the night, by incident", live, [by_incident(incident)]),
            ("the night, by number", live, [by_number(n) for n in set(drawn(live, 20, 1))]),
            ("300 incidents, by number", database, [by_number(number)]),
        ]


def main() -> None:
    """Measure what was asked for, print the table, and keep it as JSON."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--store", type=Path, help="a store in a file; it is only read")
    words.add_argument("--callers", type=int, default=250, help="how many callers are drawn from it (250)")
    words.add_argument("--seed", type=int, default=1, help="of the drawing (1)")
    words.add_argument("--turns", type=int, help="turns for each caller (60 for the night, 5 for a store)")
    words.add_argument("--quickest", action="store_true", help="of each caller's turns, not the median")
    words.add_argument("--cold", type=int, default=0, help="so many callers cold as well, with a store")
    words.add_argument("--postgresql", action="store_true", help="compare on PostgreSQL as well")
    words.add_argument("--json", type=Path, help="keep what was measured in this file")
    given = words.parse_args()
    take: Take = min if given.quickest else statistics.median
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}; times in ms, goals in brackets")
    if given.store:
        reads = [by_number(n) for n in drawn(given.store, given.callers, given.seed)]
        stores = [(given.store.name, given.store, reads)]
        found, shared = measure(stores, given.turns or 5, take, given.cold, given.postgresql)
    else:
        with shipped() as stores:
            found, shared = measure(stores, given.turns or 60, take, 0, given.postgresql)
    if given.json:
        lines = {"machine": machine(), "load": os.getloadavg()[0], "sqlite": found, "postgresql": shared}
        given.json.write_text(json.dumps(lines, indent=1), encoding="utf-8")


def measure(
    stores: list[tuple[str, Path, list[Read]]], turns: int, take: Take, cold: int, postgresql: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Measure each store, in a file and shared; returns the lines."""
    found, shared = [], []
    for what, database, reads in stores:
        line = compare(what, database, reads, turns, take, cold)
        print(line.said())
        found.append(asdict(line))
    if postgresql:
        from picture_shared import compare as compare_shared

        for what, database, reads in stores:
            there = compare_shared(what, database, reads, turns, take)
            print(there.said())
            shared.append(asdict(there))
    return found, shared


if __name__ == "__main__":
    main()
