"""Linking a generated force, with its truth: `python -m tests.bench.link_force STORE --engine ours|duckdb [--people N]`.

The store is `callhandler generate`'s, its truth beside it. Precision, recall, pairs, seconds and memory;
of `--people` the first so many named people. One engine a run, so that its memory is its own.
"""

import argparse
import csv
import json
import resource
import tempfile
import time
from pathlib import Path

from sqlalchemy import create_engine

from callhandler.policy.linking import read_linking
from callhandler.rules.identify.people.link import LIKELY, link
from callhandler.rules.identify.people.prepared import rows_of
from callhandler.rules.identify.people.record import PersonRecord
from callhandler.services.linking import engines
from callhandler.services.linking.service import MEMORY_MB, READ, recorded, written
from callhandler.settings import resources
from callhandler.store import proposing


def people(store: Path, most: int) -> list[PersonRecord]:
    """The first so many named people of a store."""
    out: list[PersonRecord] = []
    with create_engine(f"sqlite:///{store}").connect() as connection:
        after = 0
        while len(out) < most and (
            some := proposing.people_after(connection, after, min(READ, most - len(out)))
        ):
            out += [recorded(facts) for facts in some]
            after = some[-1].id
    return out


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("store", type=Path)
    ask.add_argument("--engine", choices=("ours", "duckdb"), default="ours")
    ask.add_argument("--people", type=int, default=10_000_000)
    ask.add_argument("--json", default="")
    told = ask.parse_args()
    started = time.perf_counter()
    records = people(told.store, told.people)
    read = time.perf_counter() - started
    known = {r.id for r in records}
    with Path(f"{told.store}.truth.csv").open(newline="", encoding="utf-8") as file:
        told_same = [(int(r["record"]), int(r["same_as"])) for r in csv.DictReader(file)]
    groups: dict[int, set[int]] = {}
    for record, of in told_same:
        groups.setdefault(of, {of}).add(record)
    same = {(a, b) for g in groups.values() for a in g & known for b in g & known if a < b}
    started = time.perf_counter()
    if told.engine == "ours":
        found = {(min(p.a, p.b), max(p.a, p.b)) for p in link(records, at_least=LIKELY)}
    else:
        linking = read_linking(resources() / "linking")
        with tempfile.TemporaryDirectory(prefix="linking-") as kept:
            folder = Path(kept)
            rows = written(
                folder / "rows.parquet",
                (
                    [row for r in records[n : n + READ] for row in rows_of(r)]
                    for n in range(0, len(records), READ)
                ),
            )
            with engines.pairs("duckdb", folder / "rows.parquet", linking, rows, folder, MEMORY_MB) as pairs:
                found = {(p.a, p.b) for p in pairs}
    seconds = time.perf_counter() - started
    right = len(found & same)
    row = {
        "engine": told.engine, "people": len(records), "same": len(same), "proposed": len(found),
        "precision": right / (len(found) or 1), "recall": right / (len(same) or 1),
        "f1": 2 * right / ((len(found) + len(same)) or 1), "read": read, "seconds": seconds,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(" ".join(f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()))
    if told.json:
        Path(told.json).write_text(json.dumps(row, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
