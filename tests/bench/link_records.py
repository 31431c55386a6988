"""Bulk linking as shipped, against our own linker on the same made-up records: `python -m tests.bench.link_records`.

Precision, recall and F1 of what each proposes at the shipped threshold, and seconds; `--engine spark` sets Spark beside it.
The records are made as `tests.bench.febrl` makes them (its `--make` first), or taken from a folder with `--set`.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import cast

from callhandler.policy.linking import Linking, read_linking
from callhandler.rules.identify.people.link import link
from callhandler.rules.identify.people.prepared import rows_of
from callhandler.rules.identify.people.record import PersonRecord
from callhandler.services.linking import engines
from callhandler.services.linking.service import written
from callhandler.settings import resources
from tests.bench.febrl import ENVIRONMENT, HERE, at, read, truth

Pairs = list[tuple[float, frozenset[str]]]


def by_engine(
    engine: str, records: list[PersonRecord], linking: Linking, memory_mb: int
) -> tuple[Pairs, float]:
    """The pairs that an engine finds, and the seconds it took, the preparing of the columns among them."""
    with tempfile.TemporaryDirectory(prefix="linking-") as kept:
        folder, started = Path(kept), time.perf_counter()
        rows = written(folder / "rows.parquet", ([row for r in records for row in rows_of(r)],))
        chosen = cast("engines.Engine", engine)
        with engines.pairs(chosen, folder / "rows.parquet", linking, rows, folder, memory_mb) as found:
            pairs = [(p.likely, frozenset((str(p.a), str(p.b)))) for p in found]
        return pairs, time.perf_counter() - started


def by_ours(records: list[PersonRecord], at_least: float) -> tuple[Pairs, float]:
    """The pairs that our own linker finds, all in memory, and the seconds it took."""
    started = time.perf_counter()
    found = link(records, at_least=at_least)
    return [(p.likely, frozenset((str(p.a), str(p.b)))) for p in found], time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--engine", action="append", default=[], help="spark, beside duckdb")
    ask.add_argument(
        "--python", default=str(ENVIRONMENT / "bin" / "python"), help="the Python that makes the records"
    )
    ask.add_argument("--people", type=int, default=12_000)
    ask.add_argument("--seed", type=int, default=2)
    ask.add_argument("--set", default="", help="a folder with a.csv and truth.csv instead")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--memory", type=int, default=2_000)
    ask.add_argument("--without-ours", action="store_true", help="for more records than memory has room for")
    ask.add_argument("--json", default="")
    told = ask.parse_args()
    linking = read_linking(resources() / "linking")
    with tempfile.TemporaryDirectory(prefix="made-") as kept:
        folder = Path(told.set or kept)
        if not told.set:
            command = [
                told.python,
                "-W",
                "ignore",
                str(HERE / "made.py"),
                kept,
                str(told.people),
                str(told.seed),
            ]
            subprocess.run(command, check=True)
        ids, records = read(folder / "a.csv", {})
        same = truth(folder)
    if ids != [str(n) for n in range(len(ids))]:
        place = {own: str(n) for n, own in enumerate(ids)}
        same = frozenset(frozenset(place[i] for i in pair) for pair in same)
    who = [*([] if told.without_ours else ["ours"]), "duckdb", *told.engine]
    pairs: dict[str, Pairs] = {}
    seconds: dict[str, list[float]] = {name: [] for name in who}
    for _ in range(told.rounds):
        for name in who:
            found = (
                by_ours(records, linking.at_least)
                if name == "ours"
                else by_engine(name, records, linking, told.memory)
            )
            pairs[name] = found[0]
            seconds[name].append(found[1])
    rows = []
    print(f"{len(records):,} records, {len(same):,} pairs of one person, proposed from {linking.at_least} on")
    print(f"{'':10}{'pairs':>8}{'precision':>11}{'recall':>8}{'F1':>8}{'false':>7}{'seconds':>9}{'ratio':>7}")
    for name in who:
        precision, recall, f1 = at(pairs[name], same, linking.at_least)
        took, false = statistics.median(seconds[name]), sum(p not in same for _, p in pairs[name])
        ratio = took / statistics.median(seconds["duckdb"])
        rows.append(
            {
                "linker": name, "pairs": len(pairs[name]), "precision": precision, "recall": recall, "f1": f1,
                "false": false, "seconds": took, "ratio": ratio, "records": len(records),
            }
        )  # fmt: skip
        print(
            f"{name:10}{len(pairs[name]):8}{precision:11.4f}{recall:8.4f}{f1:8.4f}{false:7}{took:9.1f}{ratio:7.2f}"
        )
    if told.json:
        Path(told.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
