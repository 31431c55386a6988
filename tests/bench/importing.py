"""History brought in from a CSV file, against readers and writers of the same file that understand nothing of it.

    importing.py                         10 thousand and 100 thousand rows, three turns each
    importing.py --rows 1000000 --turns 1 --only duckdb sqlite tried --json FILE

In turn, each in a process of its own: DuckDB reading every cell; `sqlite3` inserting every row into one table without keys
(WAL, FULL, one commit); a dry run; ours: rows understood, people, places and numbers found again, records, keys, journal,
rejected rows, names made findable; and `sqlite3` inserting the very records that ours made, into bare tables. Rows a
second are the medians of the turns; memory is the most that the process held, and what of it came with the run. From 50,000
rows on ours has a second process, whose time and memory are counted in.
"""

import argparse
import csv
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from measure import ROOT, folder, machine

MAPPING = """\
import: bench
title: Calls of a bench
reference: Invented
source: bench
time_zone: Europe/London
times: ["%d/%m/%Y %H:%M:%S"]
blank: ["NULL"]
codes:
  types: {DOM: domestic-abuse, ASB: asb, THEFT: theft, VIOL: violence, CONC: welfare-concern}
files:
  - incident:
      id: log
      opened: received
      known_at: recorded
      type: {column: class, codes: types}
      summary: text
      outcome: result
      priority: priority
      number: phone
      place: {address: address, postcode: postcode}
    persons:
      - {name: caller, number: phone, role: caller}
      - {name: suspect, role: suspect}
"""
HEAD = "log received recorded class text result priority phone address postcode caller suspect".split()  # noqa: SIM905
CONTENDERS = ("duckdb", "sqlite", "tried", "ours", "records")


def write(path: Path, rows: int) -> None:
    """Made-up calls: one in a hundred is wrong, callers ring again, addresses come again, half have a suspect."""
    chance = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for n in range(rows):
            caller = int(chance.paretovariate(1.1)) % max(rows // 4, 1)
            place = chance.randrange(max(rows // 3, 1))
            day, hour = (
                f"{n % 28 + 1:02d}/{n // 28 % 12 + 1:02d}/{2014 + n % 9}",
                f"{n % 24:02d}:{n % 60:02d}",
            )
            out.writerow(
                [
                    f"L{n:09d}",
                    f"{day} {hour}:05" if chance.random() > 0.01 else "not known",
                    f"{day} {hour}:50",
                    chance.choice(("DOM", "ASB", "THEFT", "VIOL", "CONC")),
                    f"Caller says there is shouting next door, {n % 997} minutes now, and a child is crying",
                    chance.choice(("Advice given", "No trace", "Report made", "NULL")),
                    str(n % 4),
                    f"071{caller:08d}",
                    f"{place % 300 + 1} {chance.choice(('Larch', 'Beech', 'Rowan'))} Street {place // 300}, Newtown",
                    f"ZZ{place % 99 + 1} {place % 9}AA",
                    f"Adult {caller % 5000} Caller",
                    f"Adult {chance.randrange(9000)} Suspect" if n % 2 else "",
                ]
            )


def take_part(who: str, source: Path, where: Path) -> dict[str, float]:
    """One contender's run in this process: seconds, and memory in MiB."""
    run = PARTS[who](source, where)
    before = _peak()
    begun, worked = time.perf_counter(), time.process_time()
    run()
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = beside.ru_utime + beside.ru_stime
    return {
        "seconds": seconds,
        "processor": processor + spent,
        "first": processor,
        "peak": _peak() + beside.ru_maxrss / 1024,
        "grown": _peak() - before + beside.ru_maxrss / 1024,
    }


def _peak() -> float:
    """The most that this process held, in MiB; a second one is added by whoever asks."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _duckdb(source: Path, where: Path):
    import duckdb

    lengths = " + ".join(f"sum(length({name}))" for name in HEAD)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    return lambda: connection.execute(
        f"SELECT count(*), {lengths} FROM read_csv(?, all_varchar = true)", [str(source)]
    ).fetchall()


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _sqlite(source: Path, where: Path):
    def run() -> None:
        with (
            closing(_bare(where / "bare.sqlite")) as connection,
            source.open(newline="", encoding="utf-8") as file,
        ):
            rows = csv.reader(file)
            connection.execute(f"CREATE TABLE calls ({', '.join(next(rows))})")
            connection.execute("BEGIN")
            connection.executemany(f"INSERT INTO calls VALUES ({', '.join('?' * len(HEAD))})", rows)
            connection.execute("COMMIT")

    return run


def _records(source: Path, where: Path):
    """The records that ours made for this file, from the store that it left, into tables without keys."""
    from callhandler.store.blocks import IN_BLOCKS

    def run() -> None:
        made = sqlite3.connect(f"file:{where / 'ours.sqlite'}?mode=ro", uri=True)
        with closing(made), closing(_bare(where / "records.sqlite")) as connection:
            for name in (*IN_BLOCKS, "import_key", "name_key", "place_key", "word_key"):
                rows = made.execute(f"SELECT * FROM {name}")
                columns = [c[0] for c in rows.description]
                connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
                connection.execute("BEGIN")
                connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
                connection.execute("COMMIT")

    return run


def _tried(source: Path, where: Path):
    return _ours(source, where, dry=True)


def _ours(source: Path, where: Path, dry: bool = False):
    from callhandler import app
    from callhandler.model.actor import Right
    from callhandler.services.imports import Imports
    from callhandler.settings import Settings

    (where / "bench.yaml").write_text(MAPPING, encoding="utf-8")
    opened = app.open_app(
        Settings(database=str(where / ("tried.sqlite" if dry else "ours.sqlite")), data_folder=where)
    )
    opened.identity.add_user("keeper", "Keeper", None, {Right.ADMINISTRATOR}, granted_by="bench")
    keeper = opened.identity.open_session("keeper", "bench")
    imports = Imports(opened.office)

    def run() -> None:
        job = imports.prepare(where / "bench.yaml", [source])
        (report,) = imports.dry_run(job) if dry else imports.run(keeper, job)
        assert report.finished and report.taken > 0.98 * report.read

    return run


PARTS = {"duckdb": _duckdb, "sqlite": _sqlite, "tried": _tried, "ours": _ours, "records": _records}


def measured(rows: int, turns: int, who_runs: list[str], where: Path) -> dict[str, object]:
    """All contenders in turn, each run in a fresh process."""
    source = where / "calls.csv"
    write(source, rows)
    found: dict[str, list[dict[str, float]]] = {who: [] for who in who_runs}
    for turn in range(turns):
        here = where / f"turn-{turn}"
        here.mkdir()
        # What ours made is what the bare records are taken from, so it comes before them.
        for who in who_runs:
            command = [sys.executable, __file__, "--part", who, str(source), str(here)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            found[who].append(json.loads(done.stdout))
        for made in here.glob("*"):
            made.unlink()
    middle, processor, first = (
        {who: statistics.median(run[what] for run in runs) for who, runs in found.items()}
        for what in ("seconds", "processor", "first")
    )
    last = "ours" if "ours" in who_runs else "tried"
    return {
        "rows": rows,
        "bytes": source.stat().st_size,
        "turns": turns,
        "rows_a_second": {who: rows / seconds for who, seconds in middle.items()},
        "ratio": {who: middle[last] / seconds for who, seconds in middle.items()},
        "processor_seconds": processor,
        "first_process_seconds": first,
        "processor_ratio": {who: processor[last] / seconds for who, seconds in processor.items()},
        "peak_mib": {who: max(run["peak"] for run in runs) for who, runs in found.items()},
        "grown_mib": {who: max(run["grown"] for run in runs) for who, runs in found.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=list(CONTENDERS), choices=CONTENDERS)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--part", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        who, source, where = given.part
        print(json.dumps(take_part(who, Path(source), Path(where))))
        return
    print(machine())
    results = []
    for rows in given.rows:
        with folder() as where:
            results.append(measured(rows, given.turns, given.only, where))
        result = results[-1]
        print(f"{rows:,} rows, {result['bytes'] / 2**20:.0f} MiB, {given.turns} turns")
        for who in given.only:
            print(
                f"  {who:8} {result['rows_a_second'][who]:10,.0f} rows a second, {result['ratio'][who]:6.1f} times ours, "
                f"{result['processor_ratio'][who]:6.1f} by processor time ({result['processor_seconds'][who]:.2f} s, "
                f"{result['first_process_seconds'][who]:.2f} in the first process)  "
                f"peak {result['peak_mib'][who]:4.0f} MiB, {result['grown_mib'][who]:3.0f} of it for the run"
            )
        if given.json:
            given.json.write_text(json.dumps({"machine": machine(), "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
