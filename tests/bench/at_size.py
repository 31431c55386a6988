"""The picture of a call on made-up forces of 0.1, 1 and 10 million incidents: one command makes them once and measures all.

    at_size.py --folder DIR                    0.1 and 1 million
    at_size.py --folder DIR --to 10_000_000    10 million as well: 13 GB, and half an hour to make on two quiet processors

Callers are drawn by call, so that one who rang forty times is drawn as often as forty who rang once; read by their number.
Every caller is read bare, fetched, as a whole and, bare, without what is only linked; the sizes take turns, so that a busy
moment meets all of them. Cold: a new connection, after the system has let go of the file's pages.
"""

import argparse
import json
import os
import sqlite3
import statistics
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from measure import Take, machine, milliseconds
from picture import NOW, asked, by_number, cold_read, drawn, opened

SIZES = (100_000, 1_000_000, 10_000_000)
SEED = 1
FETCHED, WHOLE, GROWTH, OWN_GROWTH, COLD = 1.25, 1.5, 2.5, 1.3, 30.0
"""The goals: against bare, fetched and whole; the largest against the smallest; the caller's own; cold against warm."""
ACTS = ("bare", "fetched", "whole", "own")

OWN = (
    "SELECT person_id FROM number_tie WHERE number_id = :n",
    "SELECT i.*, p.role FROM number_tie t JOIN party p ON p.person_id = t.person_id JOIN incident i ON i.id = p.incident_id "
    "WHERE t.number_id = :n AND p.role IN ('caller', 'reporter')",
    "SELECT o.* FROM number_tie t JOIN civil_order o ON o.protected_id = t.person_id WHERE t.number_id = :n",
    "SELECT o.* FROM number_tie t JOIN civil_order o ON o.respondent_id = t.person_id WHERE t.number_id = :n",
    "SELECT m.* FROM number_tie t JOIN marker m ON m.subject = 'person' AND m.subject_id = t.person_id "
    "WHERE t.number_id = :n",
)
"""What a caller's own history is: those who use the number, what they rang about, their orders, their markers."""


@dataclass
class Size:
    """One size: its callers, and for each act what was taken of each caller's turns, in ms."""

    incidents: int
    mib: int
    statements: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=lambda: {act: [] for act in ACTS})
    cold: list[float] = field(default_factory=list)

    def p50(self, act: str) -> float:
        """The median caller's."""
        return statistics.median(self.times[act])

    def p95(self, act: str) -> float:
        """What only one caller in twenty is above."""
        return statistics.quantiles(self.times[act], n=20)[-1]

    def against(self, act: str, floor: str = "bare") -> float:
        """The median of each caller's own ratio."""
        return statistics.median(a / b for a, b in zip(self.times[act], self.times[floor], strict=True))


class Store:
    """A store with its callers, each with what is run for it."""

    def __init__(self, size: Size, database: Path, callers: int, hold: ExitStack) -> None:
        from callhandler.store.pictures.reader import Reader

        self.size = size
        self.database = database
        self._connection = hold.enter_context(opened(database))
        bare = sqlite3.connect(database, isolation_level=None)
        hold.callback(bare.close)
        bare.execute("BEGIN")
        reader = Reader(self._connection, NOW)
        self.numbers = drawn(database, callers, SEED)
        self.acts = [self._acts(bare, reader, number) for number in self.numbers]

    def _acts(self, bare: sqlite3.Connection, reader: Any, number: int) -> tuple[Callable[[], object], ...]:
        read = by_number(number)
        seen = asked(lambda: read(self._connection))
        self.size.statements.append(len(seen.run))
        self.size.rows.append(sum(len(bare.execute(*each).fetchall()) for each in seen.run))
        return (
            lambda: [bare.execute(text, values).fetchall() for text, values in seen.run],
            lambda: [reader.rows(sql, **given) for sql, given in seen.given],
            lambda: read(self._connection),
            lambda: [bare.execute(text, {"n": number}).fetchall() for text in OWN],
        )


def measure(
    databases: Sequence[tuple[int, Path]], callers: int, turns: int, cold: int, take: Take
) -> list[Size]:
    """Read every caller of every size, warm and in turn, then some of each cold."""
    with ExitStack() as hold:
        stores = []
        for incidents, database in databases:
            size = Size(incidents, round(database.stat().st_size / 2**20))
            stores.append(Store(size, database, callers, hold))
        for caller in range(callers):
            taken: list[list[list[float]]] = [[[] for _ in ACTS] for _ in stores]
            for turn in range(turns + 1):
                for which, store in enumerate(stores):
                    for n in range(len(ACTS)):
                        act = (n + turn) % len(ACTS)
                        spent = milliseconds(store.acts[caller][act])
                        if turn:
                            taken[which][act].append(spent)
            for store, times in zip(stores, taken, strict=True):
                for act, of_act in zip(ACTS, times, strict=True):
                    store.size.times[act].append(take(of_act))
    for store in stores:
        # Spread over the drawn, so that each begins where no page is in memory.
        for number in store.numbers[:: max(1, callers // cold)][:cold] if cold else ():
            store.size.cold.append(cold_read(store.database, by_number(number)))
    return [store.size for store in stores]


def made(folder: Path, incidents: int) -> Path:
    """The store of a size, made when it is not there yet, with the tables of this version."""
    from callhandler import cli
    from callhandler.store import schema
    from callhandler.store.engine import make_engine

    database = folder / f"force-{incidents}.sqlite"
    if not database.exists():
        part = folder / f"making-{incidents}.sqlite"
        for name in folder.glob(f"{part.name}*"):
            name.unlink()
        arguments = ["--incidents", str(incidents), "--seed", str(SEED), "--out", str(part), "--no-keys"]
        if cli.main(["generate", *arguments]):
            raise SystemExit(1)
        Path(f"{part}.truth.csv").rename(f"{database}.truth.csv")
        part.rename(database)
    engine = make_engine(str(database))
    if schema.older_version(engine):
        schema.upgrade(engine)
    engine.dispose()
    return database


def said(sizes: Sequence[Size]) -> str:
    """The table, and under it how what is read grows from the smallest to the largest."""
    head = f"{'incidents':>10} {'MiB':>6} {'statements':>10} {'rows':>6}" + "".join(
        f"{act + ' p50/p95':>20}" for act in ACTS
    )
    lines = [head]
    for size in sizes:
        times = "".join(f"{size.p50(act):>12.2f} /{size.p95(act):6.2f}" for act in ACTS)
        counts = sorted(set(size.statements))
        many = str(counts[0]) if len(counts) == 1 else f"{counts[0]}-{counts[-1]}"
        lines.append(
            f"{size.incidents:>10} {size.mib:>6} {many:>10} {statistics.median(size.rows):>6.0f}{times}"
        )
    for size in sizes:
        cold = ""
        if size.cold:
            p50 = statistics.median(size.cold)
            cold = f", cold {p50:.1f} ms = {p50 / size.p50('whole'):.1f} times warm ({COLD:.0f})"
        lines.append(
            f"{size.incidents:>10}: fetched {size.against('fetched'):.2f} of bare ({FETCHED}), "
            f"whole {size.against('whole'):.2f} ({WHOLE}), own history alone {size.against('own'):.3f}{cold}"
        )
    first, last = sizes[0], sizes[-1]
    if first is not last:
        grown = ", ".join(
            f"{act} {last.p50(act) / first.p50(act):.2f} ({OWN_GROWTH if act == 'own' else GROWTH})"
            for act in ACTS
        )
        rows = statistics.median(last.rows) / statistics.median(first.rows)
        lines.append(
            f"{last.incidents:,} against {first.incidents:,}, p50: {grown}; rows of a picture {rows:.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Make what is not there, measure, print the table, and keep it as JSON."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--folder", type=Path, required=True, help="where the stores are, or are made")
    words.add_argument("--to", type=int, default=1_000_000, help="the largest size (1_000_000)")
    words.add_argument("--callers", type=int, default=250, help="how many are drawn from each (250)")
    words.add_argument("--turns", type=int, default=3, help="turns for each caller (3)")
    words.add_argument("--quickest", action="store_true", help="of each caller's turns, not the median")
    words.add_argument("--cold", type=int, default=15, help="so many callers of each cold as well (15)")
    words.add_argument("--json", type=Path, help="keep what was measured in this file")
    given = words.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    stores = [(size, made(given.folder, size)) for size in SIZES if size <= given.to]
    before = os.getloadavg()[0]
    take: Take = min if given.quickest else statistics.median
    sizes = measure(stores, given.callers, given.turns, given.cold, take)
    print(f"{machine()}, load {before:.1f} to {os.getloadavg()[0]:.1f}; times in ms, goals in brackets")
    print(said(sizes))
    if given.json:
        kept = {
            "machine": machine(),
            "load": [before, os.getloadavg()[0]],
            "sizes": [asdict(size) for size in sizes],
        }
        given.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
