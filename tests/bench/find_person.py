"""A person by a corrupted name among millions, against PostgreSQL's `pg_trgm`: recall at 10 and time, by kind of corruption.

    python -m tests.bench.find_person [--people 5000000] [--each 40] [--json FILE] [--folder FOLDER] [--trigram ADDRESS]

Both search the same people with the same questions, in turn, their data warm. `--folder` keeps what was made for a further
run; `--trigram` is a PostgreSQL server that may make tables: else one is started here and is gone afterwards. 200,000 people
are a quick run of some minutes; 5,000,000 take half an hour.
"""

import argparse
import json
import math
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any

from callhandler.app import load_policy
from callhandler.clock import SystemClock
from callhandler.rules.identify.folding import folded
from callhandler.services import finding
from callhandler.services.custody import Custody
from callhandler.services.keying import keep_all_keys
from callhandler.services.office import Office
from callhandler.settings import Settings
from callhandler.store import schema
from callhandler.store.engine import make_engine
from callhandler.store.loading import loading
from callhandler.store.unit_of_work import reading
from tests.bench.measure import folder, machine, resident
from tests.bench.people import Case, cases, labelled, population
from tests.bench.trigram import SETTINGS, Trigram
from tests.postgres import Server

AT_ONCE = 400_000
"""Names that get their keys in one transaction, as where a history is brought into a new store."""
WARM = 10
"""Questions of either before any is counted."""
Timed = tuple[float, bool]


def opened(where: Path, many: int) -> Office:
    """Our store with so many people in it, their names with keys; made where it is not there yet."""
    path = where / f"people-{many}.sqlite"
    there = path.exists()
    if there:
        older = make_engine(str(path))
        schema.upgrade(older)
        older.dispose()
    settings = Settings(database=str(path), data_folder=where)
    custody = Custody.opening(settings.database, SystemClock(), "TRAINING")
    office = Office(custody.engine, SystemClock(), load_policy(settings), custody.kind)
    if not there:
        begun = time.perf_counter()
        with loading(custody.engine):
            _load(path, many)
            loaded = time.perf_counter()
            keep_all_keys(office, AT_ONCE)
            keyed = time.perf_counter()
        print(
            f"made: {loaded - begun:.0f} s to load, {(keyed - loaded) / many * 1e6:.1f} us a name to give it its keys"
        )
    return office


def _load(path: Path, many: int) -> None:
    """Rows as an import writes them, past the journal, which finding does not read."""
    connection = sqlite3.connect(path)
    names = chain(
        ((n, f"{first} {last}", born) for n, first, last, born in population(many)),
        ((n, name, born) for n, name, born, *_ in labelled(many + 1)),
    )
    while some := list(islice(names, 50_000)):
        connection.executemany(
            "INSERT INTO person VALUES (?, '', 0, ?, ?, ?, 1)", [(2 * n, str(n), m, b) for n, m, b in some]
        )
        connection.executemany(
            "INSERT INTO person_name VALUES (?, '', 0, ?, ?, ?)",
            [(2 * n + 1, 2 * n, m, folded(m)) for n, m, _ in some],
        )
    connection.commit()
    connection.close()


def questions(many: int, each: int) -> list[Case]:
    """So many of each kind, mixed."""
    random = Random(5)
    # Each is drawn by itself, so that the first are no other people than the rest.
    some = random.sample(list(population(min(many, each * 600))), each * 60)
    out = cases(some, each)
    others: dict[str, list[Case]] = {}
    for person, _, _, kind, told, born in labelled(many + 1):
        others.setdefault(kind, []).append(Case(kind, told, born, person))
    for found in others.values():
        out += random.sample(found, min(len(found), each))
    random.shuffle(out)
    return out


def ours(office: Office, case: Case) -> list[int]:
    """Who the program shows."""
    with reading(office.engine) as connection:
        return [c.id // 2 for c in finding.people_like(connection, case.told, case.born).candidates]


@contextmanager
def peer(where: Path, address: str, many: int) -> Iterator[Trigram]:
    """pg_trgm with the same people."""
    with nullcontext() if address else Server.started(*SETTINGS) as server:
        reached = address or str(server and server.admin_address("postgres")).replace("+psycopg", "")
        trigram = Trigram(reached)
        people = chain(
            ((n, f"{first} {last}", born) for n, first, last, born in population(many)),
            ((n, name, born) for n, name, born, *_ in labelled(many + 1)),
        )
        if not many <= trigram.count() <= many + 10_000:
            trigram.load(people)
        yield trigram


def measured(
    office: Office, trigram: Trigram | None, asked: list[Case], times: int
) -> dict[str, dict[str, list[Timed]]]:
    """By kind and way, how long each question took in milliseconds and whether who was meant was among the ten."""
    ways: dict[str, Any] = {"ours": lambda case: ours(office, case)}
    if trigram is not None:
        ways |= {"GIN": trigram.gin, "GiST": trigram.gist}
    for case in asked[:WARM]:
        for way in ways.values():
            way(case)
    out: dict[str, dict[str, list[Timed]]] = {}
    for case in asked:
        for name, way in ways.items():
            found, took = [], math.inf
            for _ in range(times):
                begun = time.perf_counter()
                found = way(case)
                took = min(took, (time.perf_counter() - begun) * 1000)
            for kind in ("all", case.kind):
                out.setdefault(kind, {}).setdefault(name, []).append((took, case.person in found))
    return out


def summed(found: dict[str, dict[str, list[Timed]]]) -> list[dict[str, Any]]:
    """A row for each kind: recall at 10, median and 95th percentile of each way, and how often ours is quicker."""
    rows = []
    for kind in sorted(found, key=lambda k: (k != "all", k)):
        row: dict[str, Any] = {"kind": kind, "questions": len(found[kind]["ours"])}
        for name, timed in found[kind].items():
            times = sorted(t for t, _ in timed)
            row[name] = {
                "recall": sum(hit for _, hit in timed) / len(timed),
                "p50": statistics.median(times),
                "p95": times[min(len(times) - 1, int(len(times) * 0.95))],
                "max": times[-1],
            }
        for name in ("GIN", "GiST"):
            if name in row:
                row[name]["ratio"] = row["ours"]["p50"] / row[name]["p50"]
        rows.append(row)
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """The report."""
    ways = [w for w in ("ours", "GIN", "GiST") if w in rows[0]]
    head = (
        f"{'':38}{'n':>5}"
        + "".join(f"{w:>8} R@10{'p50':>9}{'p95':>9}" for w in ways)
        + f"{'time, of GIN':>15}{'of GiST':>9}"
    )
    lines = [head]
    for row in rows:
        cells = "".join(f"{row[w]['recall']:13.3f}{row[w]['p50']:9.2f}{row[w]['p95']:9.2f}" for w in ways)
        ratios = "".join(f"{'1/' + str(round(1 / row[w]['ratio'])):>12}" for w in ways[1:])
        lines.append(f"{row['kind']:38}{row['questions']:5}{cells}{ratios}")
    return "\n".join(lines)


def main() -> None:
    """Make or open both, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=5_000_000)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--times", type=int, default=2, help="the quickest of so many is counted")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--trigram", default="")
    parser.add_argument("--ours-alone", action="store_true")
    given = parser.parse_args()
    with nullcontext(given.folder) if given.folder else folder() as where:
        office = opened(where, given.people)
        asked = questions(given.people, given.each)
        before = resident()
        with nullcontext(None) if given.ours_alone else peer(where, given.trigram, given.people) as trigram:
            rows = summed(measured(office, trigram, asked, given.times))
        grown = resident() - before
        print(
            f"{given.people:,} people, {machine()}; milliseconds; this process grew by {grown:.1f} MiB in all questions"
        )
        print(table(rows))
        if given.json:
            given.json.write_text(
                json.dumps({"people": given.people, "rows": rows}, indent=1), encoding="utf-8"
            )
        office.engine.dispose()


if __name__ == "__main__":
    main()
