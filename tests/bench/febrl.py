"""Linking people, against Splink and recordlinkage on the same records: `python -m tests.bench.febrl [--json FILE]`.

FEBRL 1 to 4 without the national number. Each linker's threshold is the one of its best F1 on a made-up set that is not
FEBRL; its F1 at the customary .95, and its best with FEBRL's own labels, are shown beside it. Nobody learns from labels.
Another labelled set: `--set FOLDER`, with `a.csv`, for two tables `b.csv`, and `truth.csv` (pairs of ids, `a,b`); columns of
other names by `--columns given=first_name,born=dob`; further columns for ours to compare by `--others sex,email`.
"bulk" is the bulk linking as shipped, at its own threshold, where Splink and DuckDB are installed beside this.
The peers run in an environment of their own, made once by `--make` from the extra `bench` of pyproject.toml.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import replace
from pathlib import Path

from callhandler.policy.linking import read_linking
from callhandler.rules.identify.people.link import link
from callhandler.rules.identify.people.prepared import rows_of
from callhandler.rules.identify.people.record import PersonRecord, home, named, named_whole, person_record
from callhandler.services.linking import engines
from callhandler.services.linking.service import written
from callhandler.settings import resources

HERE = Path(__file__).resolve().parent / "linking"
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv-bench"
PLACE = ("number", "street", "more", "town", "postcode", "region")
USUAL = ("id", "given", "family", "name", "born", *PLACE, "phone")
WIDTHS = (10, 10, 8, 8, 8, 9, 8, 7)
PEERS = ("splink", "recordlinkage")
WHO = ("ours", "bulk", *PEERS)
Scored = list[tuple[float, frozenset[str]]]


def read(
    file: Path, columns: dict[str, str], others: tuple[str, ...] = ()
) -> tuple[list[str], list[PersonRecord]]:
    """The ids and the records of a table; its own ids may be any text."""
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))

    def cell(row: dict[str, str], name: str) -> str:
        return row.get(columns.get(name, name)) or ""

    records = []
    for n, row in enumerate(rows):
        whole = cell(row, "name")
        records.append(
            person_record(
                n,
                [named_whole(whole) if whole else named(cell(row, "given"), cell(row, "family"))],
                cell(row, "born"),
                [home(*(cell(row, c) for c in PLACE))],
                [cell(row, "phone")],
                [row.get(o) or "" for o in others],
            )
        )
    return [cell(row, "id") for row in rows], records


def ours(folder: Path, columns: dict[str, str], others: tuple[str, ...] = ()) -> tuple[Scored, float]:
    """Our linker; and the seconds it took, reading aside."""
    ids, records = read(folder / "a.csv", columns, others)
    there = (folder / "b.csv").is_file()
    other_ids, other = read(folder / "b.csv", columns, others) if there else (ids, None)
    started = time.perf_counter()
    found = link(records, other, at_least=0.001)
    seconds = time.perf_counter() - started
    return [(one.likely, frozenset((ids[one.a], other_ids[one.b]))) for one in found], seconds


def bulk(folder: Path, columns: dict[str, str]) -> tuple[Scored, float]:
    """The bulk linking as shipped, of all records as one history; of two tables only the pairs across them count."""
    ids, records = read(folder / "a.csv", columns)
    first, there = len(ids), (folder / "b.csv").is_file()
    if there:
        other_ids, other = read(folder / "b.csv", columns)
        ids, records = ids + other_ids, records + [replace(r, id=first + r.id) for r in other]
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="linking-") as kept:
        rows = written(Path(kept) / "rows.parquet", ([row for r in records for row in rows_of(r)],))
        linking = read_linking(resources() / "linking").model_copy(update={"at_least": 0.5})
        with engines.pairs("duckdb", Path(kept) / "rows.parquet", linking, rows, Path(kept), 2_000) as found:
            pairs = [(p.likely, p.a, p.b) for p in found if not there or p.a < first <= p.b]
    seconds = time.perf_counter() - started
    return [(likely, frozenset((ids[a], ids[b]))) for likely, a, b in pairs], seconds


def peer(name: str, folder: Path, python: str) -> tuple[Scored, float]:
    """A peer, in its own environment; and the seconds it took, imports and reading aside."""
    with tempfile.TemporaryDirectory() as kept:
        out = Path(kept) / "out.csv"
        command = [python, "-W", "ignore", str(HERE / "peers.py"), name, str(folder), str(out)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        with out.open(newline="", encoding="utf-8") as opened:
            scored = [(float(r["score"]), frozenset((r["a"], r["b"]))) for r in csv.DictReader(opened)]
    return scored, float(done.stdout.split()[-1])


def truth(folder: Path) -> frozenset[frozenset[str]]:
    """The pairs that are one person."""
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as opened:
        return frozenset(frozenset((r["a"], r["b"])) for r in csv.DictReader(opened))


def at(scored: Scored, same: frozenset[frozenset[str]], least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of "at least so much is one person"."""
    said = {pair for score, pair in scored if score >= least}
    right = len(said & same)
    precision, recall = right / (len(said) or 1), right / (len(same) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def best(scored: Scored, same: frozenset[frozenset[str]]) -> tuple[float, float]:
    """The best F1 that the labels can choose, and where."""
    top, right, order = (0.0, 1.0), 0, sorted(scored, key=lambda s: -s[0])
    for n, (score, pair) in enumerate(order, 1):
        right += pair in same
        if n == len(order) or order[n][0] != score:
            top = max(top, (2 * right / (n + len(same)), score))
    return top


def measured(
    folder: Path, for_peers: Path, columns: dict[str, str], others: tuple[str, ...], python: str, rounds: int
) -> dict:
    """Each linker on one set, in turn, `rounds` times."""
    seconds: dict[str, list[float]] = {}
    scored: dict[str, Scored] = {}
    for _ in range(rounds):
        for name in WHO:
            if name == "ours":
                found = ours(folder, columns, others)
            else:
                found = bulk(folder, columns) if name == "bulk" else peer(name, for_peers, python)
            scored[name], taken = found
            seconds.setdefault(name, []).append(taken)
    same = truth(folder)
    return {
        name: {
            "seconds": statistics.median(seconds[name]),
            "best": best(scored[name], same),
            "scored": scored[name],
        }
        for name in scored
    } | {"truth": same}


def renamed(folder: Path, columns: dict[str, str], to: Path) -> Path:
    """The same set with our names of columns, for the peers."""
    for name in ("a.csv", "b.csv"):
        if (folder / name).is_file():
            with (folder / name).open(newline="", encoding="utf-8") as opened:
                rows = list(csv.DictReader(opened))
            with (to / name).open("w", newline="", encoding="utf-8") as out:
                names = [c for c in USUAL if c != "name"]
                writer = csv.DictWriter(out, names)
                writer.writeheader()
                for row in rows:
                    writer.writerow({c: row.get(columns.get(c, c)) or "" for c in names})
    (to / "truth.csv").write_text((folder / "truth.csv").read_text(encoding="utf-8"), encoding="utf-8")
    return to


def make() -> None:
    """Make the peers' environment from the extra `bench`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    wanted = project["optional-dependencies"]["bench"]
    subprocess.run(
        [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted], check=True
    )


def table(name: str, found: dict, least: dict[str, float]) -> list[dict]:
    """The rows of one set."""
    out = []
    for who in WHO:
        precision, recall, f1 = at(found[who]["scored"], found["truth"], least[who])
        usual = at(found[who]["scored"], found["truth"], 0.95)[2]
        seconds, (top, where) = found[who]["seconds"], found[who]["best"]
        out.append(
            {
                "set": name, "linker": who, "threshold": least[who], "precision": precision, "recall": recall,
                "f1": f1, "usual_f1": usual, "best_f1": top, "best_threshold": where, "seconds": seconds,
                "ratio": seconds / min(found[p]["seconds"] for p in PEERS),
            }
        )  # fmt: skip
    return out


def line(row: dict) -> str:
    """One row, printed."""
    return (
        f"{row['set']:12}{row['linker']:15}{row['threshold']:10.4f}{row['precision']:10.4f}{row['recall']:8.4f}"
        f"{row['f1']:8.4f}{row['usual_f1']:8.4f}{row['best_f1']:9.4f}{row['seconds']:8.1f}{row['ratio']:7.2f}"
    )


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--make", action="store_true", help="make the peers' environment first")
    ask.add_argument("--python", default=str(ENVIRONMENT / "bin" / "python"), help="the peers' Python")
    ask.add_argument("--json", default="", help="write the rows to this file as well")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--people", type=int, default=12_000, help="people of the made-up set")
    ask.add_argument("--set", action="append", default=[], help="a folder with another labelled set")
    ask.add_argument("--columns", default="", help="names of its columns: given=first_name,born=dob")
    ask.add_argument("--others", default="", help="further columns of it for ours to compare: sex,email")
    told = ask.parse_args()
    if told.make:
        make()
    if not Path(told.python).is_file():
        sys.exit("The peers' environment is missing. Make it once: python -m tests.bench.febrl --make")
    columns = dict(pair.split("=", 1) for pair in told.columns.split(",") if pair)
    others = tuple(o for o in told.others.split(",") if o)
    rows: list[dict] = []
    heads = zip(
        ("threshold", "precision", "recall", "F1", "at .95", "best F1", "seconds", "ratio"),
        WIDTHS,
        strict=True,
    )
    print(" " * 27 + "".join(f"{head:>{width}}" for head, width in heads))
    with tempfile.TemporaryDirectory(prefix="linking-") as kept:
        folder = Path(kept)
        for script in (
            ("made.py", str(folder / "made"), str(told.people), "1"),
            ("peers.py", "febrl", str(folder)),
        ):
            command = [told.python, "-W", "ignore", str(HERE / script[0]), *script[1:]]
            subprocess.run(command, check=True)
        made = measured(folder / "made", folder / "made", {}, (), told.python, 1)
        least = {who: made[who]["best"][1] for who in WHO}
        least["bulk"] = read_linking(resources() / "linking").at_least
        sets = [("made", made)]
        sets += [(f"febrl{n}", None) for n in (1, 2, 3, 4)]
        for name, found in sets:
            rows += table(
                name, found or measured(folder / name, folder / name, {}, (), told.python, told.rounds), least
            )
            print("\n".join(line(row) for row in rows[-len(WHO) :]), flush=True)
        for n, given in enumerate(told.set):
            to = folder / f"set{n}"
            to.mkdir()
            for_peers = renamed(Path(given), columns, to)
            found = measured(Path(given), for_peers, columns, others, told.python, told.rounds)
            rows += table(Path(given).name, found, least)
            print("\n".join(line(row) for row in rows[-len(WHO) :]), flush=True)
    if told.json:
        Path(told.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
