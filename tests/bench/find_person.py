"""A person by a corrupted name among millions, against PostgreSQL's `pg_trgm`: recall at 10 and time, by kind of corruption.

    python -m tests.bench.find_person [--people 5000000] [--each 40] [--json FILE] [--folder FOLDER] [--trigram ADDRESS]

Both search the same people with the same questions, in turn, their data warm. `--folder` keeps what was made for a further
run; `--trigram` is a PostgreSQL server that may make tables: else one is started here and is gone afterwards. 200,000 people
are a quick run of some minutes; 5,000,000 take an hour with `--each 40`. `--seed` asks other questions of the same people.

Who is meant is drawn evenly from all: people of one name stand in the order of their ids, on one side the oldest first, on
the other the newest. `alike` counts questions that nobody can answer but by luck: more than ten people bear the very name
that is meant, and the date of birth as told fits all of them as well.
"""

import argparse
import json
import math
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from callhandler.rules.asking_for import told_apart
from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.names.born import births
from callhandler.rules.identify.names.slips import BORN
from callhandler.services import finding
from callhandler.services.indexing import add_words
from callhandler.services.keying import keep_all_keys
from callhandler.services.office import Office
from callhandler.services.search_finder import Finder
from callhandler.services.search_people import people
from callhandler.store import beside
from callhandler.store.loading import loading
from callhandler.store.pictures.reader import EVERY_RECORD, Reader
from callhandler.store.unit_of_work import reading
from tests.bench.kept import office_at
from tests.bench.measure import folder, machine, resident
from tests.bench.people import APART, FEBRL, Case, cases, everybody, labelled, population
from tests.bench.trigram import SETTINGS, Trigram
from tests.postgres import Server

AT_ONCE = 400_000
"""Names that get their keys in one transaction, as where a history is brought into a new store."""
SHOWN = 10
OURS = ("search", "line")
"""The one search, which shows ten; and the line of who it may be beside a call, which shows only whoever may be meant."""
_BORN = text("SELECT born FROM person WHERE id = :id")
_NAMESAKES = text(
    "SELECT p.born FROM person_name n JOIN person_name o ON o.folded = n.folded JOIN person p ON p.id = o.person_id "
    "WHERE n.person_id = :id"
)
WARM = 10
"""Questions of either before any is counted."""
Timed = tuple[float, bool]


def opened(where: Path, many: int) -> Office:
    """Our store with so many people in it, their names with keys; made where it is not there yet."""
    path = where / f"people-{many}.sqlite"
    office, there = office_at(path)
    if there:
        # Keys that are made otherwise by now are made anew.
        keep_all_keys(office, AT_ONCE)
        while add_words(office, AT_ONCE):
            pass
    else:
        begun = time.perf_counter()
        with loading(office.engine):
            _load(path, many)
            loaded = time.perf_counter()
            keep_all_keys(office, AT_ONCE)
            keyed = time.perf_counter()
            while add_words(office, AT_ONCE):
                pass
        print(
            f"made: {loaded - begun:.0f} s to load, {(keyed - loaded) / many * 1e6:.1f} us a name to give it its keys"
        )
    return office


def _load(path: Path, many: int) -> None:
    """Rows as an import writes them, past the journal, which finding does not read."""
    connection = sqlite3.connect(path)
    names = everybody(many)
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


def questions(many: int, each: int, seed: int = 5, febrl: int = 0) -> list[Case]:
    """So many of each kind, mixed; of FEBRL's duplicates as many as said, where that is said."""
    random = Random(seed)
    chosen = set(random.sample(range(1, many + 1), min(many, each * 60)))
    some = [(n * APART, *named) for n, *named in population(many) if n in chosen]
    random.shuffle(some)
    out = cases(some, each, seed)
    others: dict[str, list[Case]] = {}
    for person, _, _, kind, told, born in labelled(many):
        others.setdefault(kind, []).append(Case(kind, told, born, person))
    for found in others.values():
        wanted = febrl if febrl and found[0].kind == FEBRL else each
        out += random.sample(found, min(len(found), wanted))
    random.shuffle(out)
    return out


def nobody_can_tell(office: Office, case: Case) -> bool:
    """Whether more than ten people bear the very name that is meant, and the date of birth as told fits them as well."""
    with reading(office.engine) as connection:
        (meant,) = connection.execute(_BORN, {"id": 2 * case.person}).scalars()
        namesakes = connection.execute(_NAMESAKES, {"id": 2 * case.person}).scalars()
        fits = BORN[births(case.born, meant)]
        return sum(BORN[births(case.born, born)] <= fits for born in namesakes) > SHOWN


def searched(office: Office, case: Case) -> list[int]:
    """The first ten people whom the one search shows for a line of the name and the date of birth."""
    now = office.clock.now()
    with reading(office.engine) as connection:
        asked = told_apart(f"{case.told} {case.born}".strip(), now)
        reader = Reader(connection, now, EVERY_RECORD)
        finder = Finder(connection, reader, asked, office.policy, True)
        found = (*beside.at_once(connection, people(finder)).hits, *finder.less_likely.hits)
        return [hit.subject_id // 2 for hit in found[:SHOWN]]


def beside_a_call(office: Office, case: Case) -> list[int]:
    """Who is shown in the line beside a call: only those who may be meant."""
    with reading(office.engine) as connection:
        return [c.id // 2 for c in finding.people_like(connection, case.told, case.born).candidates]


@contextmanager
def peer(where: Path, address: str, many: int) -> Iterator[Trigram]:
    """pg_trgm with the same people."""
    with nullcontext() if address else Server.started(*SETTINGS) as server:
        reached = address or str(server and server.admin_address("postgres")).replace("+psycopg", "")
        trigram = Trigram(reached)
        if not many <= trigram.count() <= many + 10_000:
            trigram.load(everybody(many))
        yield trigram


def measured(
    office: Office,
    trigram: Trigram | None,
    asked: list[Case],
    times: int,
    peers: Sequence[str] = ("GIN", "GiST"),
) -> dict[str, dict[str, list[Timed]]]:
    """By kind and way, how long each question took in milliseconds and whether who was meant was among the ten.

    Under "alike" whether nobody could have told.
    """
    ways: dict[str, Any] = {
        "search": lambda case: searched(office, case),
        "line": lambda case: beside_a_call(office, case),
    }
    if trigram is not None:
        ways |= {peer: {"GIN": trigram.gin, "GiST": trigram.gist}[peer] for peer in peers}
    for case in asked[:WARM]:
        for way in ways.values():
            way(case)
    out: dict[str, dict[str, list[Timed]]] = {}
    for case in asked:
        counted: dict[str, Timed] = {"alike": (0.0, nobody_can_tell(office, case))}
        for name, way in ways.items():
            found, took = [], math.inf
            for _ in range(times):
                begun = time.perf_counter()
                found = way(case)
                took = min(took, (time.perf_counter() - begun) * 1000)
            counted[name] = (took, case.person in found)
        for kind in ("all", case.kind):
            for name, one in counted.items():
                out.setdefault(kind, {}).setdefault(name, []).append(one)
    return out


def summed(found: dict[str, dict[str, list[Timed]]]) -> list[dict[str, Any]]:
    """A row for each kind: recall at 10 and its 95 % interval, times of each way, and how many one alone found."""
    rows = []
    for kind in sorted(found, key=lambda k: (k != "all", k)):
        alike = [hit for _, hit in found[kind].pop("alike")]
        row: dict[str, Any] = {"kind": kind, "questions": len(alike), "alike": sum(alike)}
        mine = [hit for _, hit in found[kind]["search"]]
        for name, timed in found[kind].items():
            times, hits = sorted(t for t, _ in timed), [hit for _, hit in timed]
            row[name] = {
                "recall": sum(hits) / len(hits),
                "interval": wilson(sum(hits), len(hits)),
                "missed, not alike": sum(not hit and not same for hit, same in zip(hits, alike, strict=True)),
                "p50": statistics.median(times),
                "p95": times[min(len(times) - 1, int(len(times) * 0.95))],
                "max": times[-1],
            }
            if name not in OURS:
                row[name]["ours alone"] = sum(a and not b for a, b in zip(mine, hits, strict=True))
                row[name]["it alone"] = sum(b and not a for a, b in zip(mine, hits, strict=True))
                row[name]["ratio"] = row["search"]["p50"] / row[name]["p50"]
        rows.append(row)
    return rows


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Where a share that was measured may truly lie, 95 of 100 times (Wilson 1927)."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def table(rows: list[dict[str, Any]]) -> str:
    """The report."""
    ways = [w for w in (*OURS, "GIN", "GiST") if w in rows[0]]
    head = (
        f"{'':38}{'n':>5}{'alike':>6}"
        + "".join(f"{w:>8} R@10{'(95 %)':>13}{'p50':>9}{'p95':>9}" for w in ways)
        + "".join(f"{'ours alone':>12}{w + ' alone':>11}{'time':>8}" for w in ways[2:])
    )
    lines = [head]
    for row in rows:
        cells = "".join(
            f"{row[w]['recall']:13.3f}{'{:.3f}-{:.3f}'.format(*row[w]['interval']):>13}{row[w]['p50']:9.2f}{row[w]['p95']:9.2f}"
            for w in ways
        )
        others = "".join(
            f"{row[w]['ours alone']:12}{row[w]['it alone']:11}{'1/' + str(round(1 / row[w]['ratio'])):>8}"
            for w in ways[2:]
        )
        lines.append(f"{row['kind']:38}{row['questions']:5}{row['alike']:6}{cells}{others}")
    return "\n".join(lines)


def main() -> None:
    """Make or open both, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=5_000_000)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--times", type=int, default=2, help="the quickest of so many is counted")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--trigram", default="")
    parser.add_argument("--ours-alone", action="store_true")
    parser.add_argument(
        "--febrl", type=int, default=0, help="so many questions of FEBRL's duplicates, else as of any"
    )
    parser.add_argument("--peers", default="GIN,GiST")
    given = parser.parse_args()
    with nullcontext(given.folder) if given.folder else folder() as where:
        office = opened(where, given.people)
        asked = questions(given.people, given.each, given.seed, given.febrl)
        before = resident()
        with nullcontext(None) if given.ours_alone else peer(where, given.trigram, given.people) as trigram:
            rows = summed(measured(office, trigram, asked, given.times, given.peers.split(",")))
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
