"""Made-up records of people with the truth kept: names by Faker, faults by gecko-syndata; run by the bench's environment.

Households, twins, people who moved and who married are ours; how letters, figures and fields go wrong is gecko's.
Usage: made.py FOLDER PEOPLE SEED.
"""

import csv
import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from faker import Faker
from gecko import mutator as wrong

COLUMNS = ("given", "family", "born", "number", "street", "more", "town", "postcode", "region")
KINDS = ("Road", "Street", "Close", "Avenue", "Lane", "Drive", "Crescent", "Grove")
PLACE = COLUMNS[3:]


def people(count: int, seed: int) -> list[dict[str, str]]:
    """So many people in households: couples, children, twins among them, and people alone."""
    rng, fake = random.Random(seed), Faker("en_GB")
    fake.seed_instance(seed)
    towns = [fake.city() for _ in range(30)]
    streets = [
        (f"{fake.last_name()} {rng.choice(KINDS)}", rng.choice(towns), fake.postcode())
        for _ in range(count // 12)
    ]
    out: list[dict[str, str]] = []
    while len(out) < count:
        street, town, postcode = rng.choice(streets)
        more = f"Flat {rng.randint(1, 20)}" if rng.random() < 0.2 else ""
        place = (str(rng.randint(1, 160)), street, more, town, postcode, "")
        family, twin = fake.last_name(), ""
        for n in range(rng.choices((1, 2, 3, 4, 5), (30, 30, 16, 16, 8))[0]):
            grown = n < 2
            own = fake.last_name() if n == 1 and rng.random() < 0.3 else family
            given = fake.first_name_female() if rng.random() < 0.5 else fake.first_name_male()
            born = fake.date_between(*(("-80y", "-20y") if grown else ("-19y", "-1y"))).strftime("%Y%m%d")
            if not grown and twin and rng.random() < 0.03:
                born = twin
            twin = "" if grown else born
            out.append(dict(zip(COLUMNS, (given, own, born, *place), strict=True)))
    return out[:count]


def again(known: list[dict[str, str]], share: float, seed: int) -> tuple[list[dict[str, str]], list[int]]:
    """Further records of some people, as they were later: some moved, some changed name; and whose they are."""
    rng, fake = random.Random(seed + 1), Faker("en_GB")
    fake.seed_instance(seed + 1)
    records, of = [], []
    for n in rng.sample(range(len(known)), round(len(known) * share)):
        for _ in range(rng.choices((1, 2, 3), (75, 20, 5))[0]):
            one = dict(known[n])
            if rng.random() < 0.2:
                one |= {k: v for k, v in rng.choice(known).items() if k in PLACE}
            if rng.random() < 0.04:
                one["family"] = fake.last_name()
            records.append(one)
            of.append(n)
    return records, of


def spoilt(records: list[dict[str, str]], seed: int) -> pd.DataFrame:
    """The records with gecko's faults: a letter more, less, other or turned round, fields swapped, fields empty."""
    rng = np.random.default_rng(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips = [
        (0.05, wrong.with_insert(letters, rng)),
        (0.05, wrong.with_delete(rng)),
        (0.05, wrong.with_substitute(letters, rng)),
        (0.04, wrong.with_transpose(rng)),
    ]
    figures = [(0.05, wrong.with_substitute("0123456789", rng)), (0.03, wrong.with_transpose(rng))]
    faults = [(c, slips) for c in ("given", "family", "street", "town")]
    faults += [
        ("born", [*figures, (0.12, wrong.with_missing_value("", rng))]),
        ("number", [*figures, (0.05, wrong.with_missing_value("", rng))]),
        ("postcode", [(0.06, wrong.with_substitute(letters.upper() + "0123456789", rng))]),
        (("given", "family"), [(0.03, wrong.with_permute(rng))]),
    ]
    faults += [
        (c, [(p, wrong.with_missing_value("", rng))])
        for c, p in (
            ("given", 0.03),
            ("family", 0.02),
            ("street", 0.08),
            ("postcode", 0.25),
            ("town", 0.1),
            ("more", 0.3),
        )
    ]
    return wrong.mutate_data_frame(pd.DataFrame(records, columns=list(COLUMNS)).astype("string"), faults)


def main(folder: str, count: int, seed: int) -> None:
    """Write `a.csv` and the pairs that are one person, `truth.csv`."""
    known = people(count, seed)
    more, of = again(known, 0.4, seed)
    table = pd.concat([spoilt(known, seed), spoilt(more, seed + 7)], ignore_index=True)
    whose = [*range(len(known)), *of]
    order = random.Random(seed).sample(range(len(whose)), len(whose))
    table, whose = table.iloc[order], [whose[n] for n in order]
    Path(folder).mkdir(parents=True, exist_ok=True)
    table.insert(0, "id", range(len(whose)))
    table.to_csv(Path(folder) / "a.csv", index=False)
    together: dict[int, list[int]] = {}
    for place, person in enumerate(whose):
        together.setdefault(person, []).append(place)
    with (Path(folder) / "truth.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(("a", "b"))
        for group in together.values():
            out.writerows((a, b) for n, a in enumerate(group) for b in group[n + 1 :])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
