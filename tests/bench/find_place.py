"""A place by what is said of it, among millions: half an address, a flat, a named place, a postcode, and the labelled pairs.

    python -m tests.bench.find_place [--places 2000000] [--each 40] [--times 3] [--json FILE] [--folder FOLDER]

The same questions are put to a store of so many places and to one of the first 100,000 of them, in turn; bare is `sqlite3`
with the very statements of ours and their values. Both ways of looking are measured: a place as it is told, and the places
of the one search. Streets are called by surnames with their shares (`tests/bench/find_person.txt`), so that some names come
in hundreds of streets. `--folder` keeps what was made for a further run.
"""

import argparse
import json
import math
import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice, pairwise
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from callhandler.rules.asking_for import told_apart
from callhandler.rules.identify.folding import folded
from callhandler.services import finding, search_groups
from callhandler.services.indexing import add_all_words
from callhandler.services.keying import keep_all_keys
from callhandler.services.office import Office
from callhandler.store import beside, plainly
from callhandler.store.loading import loading
from callhandler.store.pictures.reader import Reader
from callhandler.store.unit_of_work import reading
from tests.bench.kept import office_at
from tests.bench.measure import folder, machine
from tests.bench.people import surnames
from tests.labelled import rows

FEW = 100_000
KINDS = (
    "Street", "Road", "Avenue", "Close", "Drive", "Lane", "Crescent", "Gardens", "Grove", "Way", "Terrace", "Court",
    "Place", "Walk", "Hill",
)  # fmt: skip
PREMISES = ("Arms", "Inn", "Primary School", "Surgery", "Care Home", "Stores", "Church", "Hostel")
"""Kinds of premises, each called by a name and lying in a street: one address in two hundred."""
TOWNS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A place on record, in parts."""

    name: str
    flat: int
    door: int
    street: str
    town: str
    postcode: str

    @property
    def address(self) -> str:
        """As it is on record."""
        flat = f"Flat {self.flat}, " if self.flat else ""
        name = f"{self.name}, " if self.name else ""
        return f"{name}{flat}{self.door} {self.street}, {self.town}"


def population(many: int, seed: int = 3) -> Iterator[Place]:
    """So many places, street by street; the first of few are the first of many."""
    random = Random(seed)
    names, shares = surnames()
    by_share = list(accumulate(shares))
    towns = [f"{random.choice(names)}{random.choice(('ton', 'ley', 'ford', 'wick'))}" for _ in range(TOWNS)]
    done = street = 0
    while True:
        name = random.choices(names, cum_weights=by_share)[0]
        called, town = f"{name} {random.choice(KINDS)}", random.choice(towns)
        flats = 8 if random.random() < 0.2 else 0
        for door in range(1, random.choice((8, 20, 40, 80)) + 1):
            postcode = (
                f"Q{'ABDEFGHJ'[street % 8]}{street // 8 // 4000 % 90 + 1} {_inward(street * 8 + door // 15)}"
            )
            # A block of eight flats, or a house; one address in two hundred is called something.
            for flat in range(1, flats + 1) if flats else (0,):
                kind = random.choice(PREMISES) if not flats and random.random() < 0.005 else ""
                own = random.choices(names, cum_weights=by_share)[0] if kind else ""
                yield Place(f"{own} {kind}".strip(), flat, door, called, town, postcode)
                done += 1
                if done == many:
                    return
        street += 1


def _inward(n: int) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"{n // 400 % 10}{letters[n // 20 % 20]}{letters[n % 20]}"


def labelled(first: int) -> list[tuple[int, str, str, str]]:
    """The pairs of the labelled set that are the same place: id, as on record, kind, as told."""
    same = [case for case in rows("places") if case["relation"] == "same"]
    return [(first + n, case["b"], f"labelled: {case['kind']}", case["a"]) for n, case in enumerate(same)]


@dataclass(frozen=True, slots=True)
class Case:
    """One question: of what kind, as told, and which place is meant; 0 where no one place can be."""

    kind: str
    told: str
    place: int


def cases(each: int) -> list[Case]:
    """Questions about the first places and the labelled ones, mixed."""
    random = Random(4)
    known = list(enumerate(population(FEW), 1))
    random.shuffle(known)
    houses = iter([(n, p) for n, p in known if not p.flat and not p.name])
    flats = iter([(n, p) for n, p in known if p.flat])
    named = iter([(n, p) for n, p in known if p.name])
    ways: list[tuple[str, Iterator[tuple[int, Place]], Callable[[Place], str], bool]] = [
        ("house, whole", houses, lambda p: p.address, True),
        ("house and town, no kind of street", houses, lambda p: f"{p.door} {_bare(p)} {p.town}", True),
        ("house and street only", houses, lambda p: f"{p.door} {p.street}", False),
        ("half an address", houses, lambda p: f"{p.door} {_bare(p)}", False),
        ("street and town only", houses, lambda p: f"{p.street}, {p.town}", False),
        ("house, mistyped", houses, lambda p: f"{p.door} {_slipped(p.street, random)}, {p.town}", True),
        ("house and postcode", houses, lambda p: f"{p.door}, {p.postcode}", True),
        ("postcode only", houses, lambda p: p.postcode, False),
        ("flat, in other words", flats, lambda p: f"{p.flat}/{p.door} {p.street} {p.town}", True),
        ("flat, no town", flats, lambda p: f"flat {p.flat} {p.door} {p.street}", False),
        ("named place and town", named, lambda p: f"{p.name} {p.town}", True),
        ("named place", named, lambda p: p.name, False),
    ]
    out = [Case(k, say(p), n * one) for k, some, say, one in ways for n, p in islice(some, each)]
    out += [Case(kind, told, n) for n, _, kind, told in labelled(1)]
    random.shuffle(out)
    return out


def _bare(place: Place) -> str:
    return place.street.rsplit(" ", 1)[0].lower()


def _slipped(words: str, random: Random) -> str:
    """Two letters that stand beside each other turned round, not the first."""
    at = random.randrange(1, max(2, words.index(" ") - 1))
    return words[:at] + words[at + 1] + words[at] + words[at + 2 :]


def opened(where: Path, many: int) -> Office:
    """A store with so many places and the labelled ones, all with keys and words; made where it is not there yet."""
    path = where / f"places-{many}.sqlite"
    office, there = office_at(path)
    if not there:
        times = [time.process_time()]
        with loading(office.engine):
            _load(path, many)
            times.append(time.process_time())
            keep_all_keys(office, 400_000)
            times.append(time.process_time())
        add_all_words(office)
        times.append(time.process_time())
        loaded, keyed, worded = (b - a for a, b in pairwise(times))
        print(
            f"{many:,} places: {loaded:.0f} s to load; a place {keyed / many * 1e6:.0f} us for its keys, "
            f"indexes and words {worded / many * 1e6:.0f} us; {path.stat().st_size / 2**20:,.0f} MiB"
        )
    return office


def _load(path: Path, many: int) -> None:
    """Rows as an import writes them, past the journal, which finding does not read. The labelled ones come last."""
    connection = sqlite3.connect(path)

    def put(places: list[tuple[int, str, str, str]]) -> None:
        connection.executemany(
            "INSERT INTO place (id, salt, known_at, uuid, label, address, postcode, kind) VALUES (?, '', 0, ?, ?, ?, ?, '')",
            [(3 * n, str(n), label, address, postcode) for n, label, address, postcode in places],
        )
        # As the program does: premises by what they are called as well.
        names = [(3 * n + 1, 3 * n, address) for n, _, address, _ in places]
        names += [(3 * n + 2, 3 * n, label) for n, label, address, _ in places if label != address]
        connection.executemany(
            "INSERT INTO place_name (id, salt, known_at, place_id, name, folded) VALUES (?, '', 0, ?, ?, ?)",
            [(*row, folded(row[-1])) for row in names],
        )

    every = ((n, p.name or p.address, p.address, p.postcode) for n, p in enumerate(population(many), 1))
    while some := list(islice(every, 50_000)):
        put(some)
    put([(n, words, words, "") for n, words, _, _ in labelled(many + 1)])
    connection.execute("UPDATE head SET last = ?", [3 * many + 10_000])
    connection.commit()
    connection.close()


class Asked:
    """One store: what is shown for a question, by our two ways, and their statements bare."""

    def __init__(self, where: Path, many: int) -> None:
        self.many = many
        self.office = opened(where, many)
        self._bare = sqlite3.connect(where / f"places-{many}.sqlite", isolation_level=None)

    def told(self, case: Case) -> list[int]:
        """As a place is told at the desk."""
        with reading(self.office.engine) as connection:
            return [c.id // 3 for c in finding.places_like(connection, case.told).candidates]

    def searched(self, case: Case) -> list[int]:
        """As it is looked for in the one search; ten of what is shown."""
        now = self.office.clock.now()
        with reading(self.office.engine) as connection:
            finder = search_groups.Finder(
                connection,
                Reader(connection, now),
                told_apart(case.told, now),
                self.office.policy,
                True,
            )
            looking = beside.together(finder.withheld(), search_groups.places(finder))
            _, found = beside.at_once(connection, looking)
            return [hit.subject_id // 3 for hit in found.hits]

    def bare(self, case: Case) -> list[int]:
        """The statements of `told` alone."""
        for statement, values in self._of(case):
            self._bare.execute(statement, values).fetchall()
        return []

    @cache  # noqa: B019
    def _of(self, case: Case) -> list[tuple[str, Any]]:
        seen: list[tuple[str, Any]] = []
        fetched, run = plainly.fetched, Reader._run

        def noted(connection: Any, statement: str, values: Any) -> Any:
            seen.append((statement, values))
            return fetched(connection, statement, values)

        def noted_run(reader: Reader, statement: Any, values: Any) -> Any:
            seen.append((statement.in_a_file, values))
            return run(reader, statement, values)

        with patch.object(plainly, "fetched", noted), patch.object(Reader, "_run", noted_run):
            self.told(case)
        return seen

    def meant(self, case: Case) -> int:
        """Which place here is meant; the labelled ones lie after all others."""
        return case.place + self.many if case.kind.startswith("labelled") else case.place


def measured(stores: list[Asked], asked: list[Case], times: int) -> list[dict[str, Any]]:
    """A row for each kind: of each store and way the median, the 95th of a hundred, and how often the place is shown."""
    taken: dict[str, dict[str, list[tuple[float, bool]]]] = {}
    for warm in (True, False):
        for case in asked[:20] if warm else asked:
            for store in stores:
                for way in (store.bare, store.told, store.searched):
                    found, took = [], math.inf
                    for _ in range(times):
                        begun = time.perf_counter()
                        found = way(case)
                        took = min(took, (time.perf_counter() - begun) * 1000)
                    if not warm:
                        one = (took, store.meant(case) in found)
                        group = "labelled" if case.kind.startswith("labelled") else "all drawn"
                        for kind in (group, case.kind):
                            of_kind = taken.setdefault(kind, {})
                            of_kind.setdefault(f"{way.__name__} {store.many}", []).append(one)
    some = {case.kind for case in asked if case.place}
    out = []
    for kind, ways in sorted(
        taken.items(), key=lambda k: (k[0].startswith("labelled"), k[0] != "all drawn", k[0])
    ):
        row: dict[str, Any] = {"kind": kind, "questions": len(next(iter(ways.values())))}
        for way, found in ways.items():
            late = sorted(t for t, _ in found)
            shown = sum(hit for _, hit in found) / len(found) if kind in some or kind == "labelled" else None
            row[way] = {
                "p50": statistics.median(late),
                "p95": late[min(len(late) - 1, int(len(late) * 0.95))],
                "shown": shown,
            }
        out.append(row)
    return out


def table(found: list[dict[str, Any]], stores: list[Asked]) -> str:
    """The report: for each kind and store bare, told, searched."""
    head = f"{'':40}{'n':>4}" + "".join(
        f"{w + ' ' + f'{s.many:,}':>28}" for s in stores for w in ("bare", "told", "search")
    )
    lines = [head]
    for row in found:
        cells = ""
        for store in stores:
            for way in ("bare", "told", "searched"):
                one = row[f"{way} {store.many}"]
                shown = "" if way == "bare" or one["shown"] is None else f"{one['shown']:.2f}"
                cells += f"{one['p50']:11.2f} /{one['p95']:8.2f} {shown:>6}"
        lines.append(f"{row['kind']:40}{row['questions']:4}{cells}")
    few, many = (f"told {store.many}" for store in stores)
    drawn = next(row for row in found if row["kind"] == "all drawn")
    lines.append(
        f"{stores[1].many:,} against {stores[0].many:,} places: p50 {drawn[many]['p50'] / drawn[few]['p50']:.2f}, "
        f"p95 {drawn[many]['p95'] / drawn[few]['p95']:.2f}; told against bare: "
        f"{drawn[few]['p50'] / drawn['bare ' + str(stores[0].many)]['p50']:.1f} and "
        f"{drawn[many]['p50'] / drawn['bare ' + str(stores[1].many)]['p50']:.1f}"
    )
    return "\n".join(lines)


def main() -> None:
    """Make or open both stores, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--places", type=int, default=2_000_000)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--times", type=int, default=3, help="the quickest of so many is counted")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with nullcontext(given.folder) if given.folder else folder() as where:
        stores = [Asked(where, many) for many in (FEW, given.places)]
        before = os.getloadavg()[0]
        found = measured(stores, cases(given.each), given.times)
        print(
            f"{machine()}, load {before:.1f} to {os.getloadavg()[0]:.1f}; milliseconds, p50 / p95, share shown"
        )
        print(table(found, stores))
        if given.json:
            kept = {
                "machine": machine(),
                "load": [before, os.getloadavg()[0]],
                "places": given.places,
                "rows": found,
            }
            given.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        for store in stores:
            store.office.engine.dispose()


if __name__ == "__main__":
    main()
