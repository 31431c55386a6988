"""Labelled sets that are not FEBRL, in our columns, by people other than us; run in an environment of its own (`sets.txt`).

pseudopeople simulates a town: households over years, who moves or is copied from another of the house, and how forms are
misread. Its sample population ships inside it. dupehell makes records of people from anywhere, with look-alikes on purpose.
Usage: sets.py FOLDER [MADE]. `MADE` is the folder of `made.py`: its records are written again, carelessly.
"""

import csv
import random
import sys
from pathlib import Path

import pandas as pd

COLUMNS = (
    "id", "given", "family", "born", "number", "street", "more", "town", "postcode", "region", "phone",
)  # fmt: skip
HOME = {
    "number": "street_number", "street": "street_name", "more": "unit_number", "town": "city",
    "postcode": "zipcode", "region": "state",
}  # fmt: skip
MAIL = {ours: f"mailing_address_{theirs}" for ours, theirs in HOME.items()}
NAMES = {"given": "first_name", "family": "last_name"}


def shaped(table: pd.DataFrame, columns: dict[str, str], us: bool = False) -> pd.DataFrame:
    """A table in our columns, empty where it has none; the person kept as `who`."""
    out = pd.DataFrame(
        {c: table[columns[c]].astype("string") if c in columns else "" for c in COLUMNS if c != "id"}
    ).fillna("")
    out["born"] = out["born"].map(lambda told: _date(told, us))
    out["who"] = table["simulant_id"].astype("string").to_numpy()
    return out.reset_index(drop=True)


def _date(told: str, us: bool) -> str:
    parts = told.split("/")
    if len(parts) == 3:
        return f"{parts[2]}{parts[0]:>02}{parts[1]:>02}"
    bare = told.replace("-", "")
    # A form of the United States writes eight figures with the year last.
    return bare[4:] + bare[:4] if us and len(bare) == 8 else bare


def write(folder: Path, *tables: pd.DataFrame) -> None:
    """Write one or two tables in an order that tells nothing, and the pairs that are one person."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for name, table in zip("ab", tables, strict=False):
        mixed = table.sample(frac=1, random_state=3).reset_index(drop=True)
        mixed.insert(0, "id", [f"{name}{n}" for n in range(len(mixed))])
        mixed[list(COLUMNS)].to_csv(folder / f"{name}.csv", index=False)
        kept.append(mixed[["id", "who"]])
    with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("a", "b"))
        if len(kept) == 2:
            both = kept[0].merge(kept[1], on="who")
            out.writerows(both[["id_x", "id_y"]].itertuples(index=False))
            return
        for _, group in kept[0].groupby("who"):
            ids = list(group["id"])
            out.writerows((a, b) for n, a in enumerate(ids) for b in ids[n + 1 :])


def simulated(folder: Path) -> None:
    """The sets of pseudopeople: with its own usual noise."""
    import pseudopeople as pp

    census = {
        y: shaped(pp.generate_decennial_census(year=y, seed=y), {**NAMES, **HOME, "born": "date_of_birth"})
        for y in (2020, 2030)
    }
    wic = pp.generate_women_infants_and_children(year=2020, seed=1)
    taxes = {
        y: shaped(pp.generate_taxes_w2_and_1099(year=y, seed=y), {**NAMES, **MAIL}) for y in (2019, 2021)
    }
    social = pp.generate_social_security(year=2020, seed=1)
    social = shaped(social, {**NAMES, "born": "date_of_birth"})
    write(
        folder / "census-wic", census[2020], shaped(wic, {**NAMES, **HOME, "born": "date_of_birth"}, us=True)
    )
    write(folder / "ten-years", census[2020], census[2030])
    # No date of birth at all: a father and a son of one name cannot be told, and few sets are harder.
    write(folder / "no-birth", taxes[2019].drop_duplicates("who"), taxes[2021].drop_duplicates("who"))
    # Names and date of birth only, against a census with homes; the register holds people who have moved away or died.
    write(folder / "no-address", social.drop_duplicates("who"), census[2030])


def hostile(folder: Path) -> None:
    """The sets of dupehell: people of any country, with exact and faulty doubles and look-alikes."""
    shapes = {
        "kyc": {
            "given": "given_name", "family": "family_name", "born": "birth_date", "street": "residential_address_line1",
            "town": "residential_city", "postcode": "residential_postal_code", "region": "residential_state",
            "phone": "mobile_phone",
        },
        "healthcare": {
            "given": "pat_first_name", "family": "pat_last_name", "born": "birth_date", "street": "address_line1",
            "town": "city", "postcode": "zip_code", "region": "state_code", "phone": "home_phone",
        },
    }  # fmt: skip
    for domain, kind, size, seed in (
        ("kyc", "natural_person", 12_000, 42),
        ("healthcare", "patient", 24_000, 7),
    ):
        _dupehell(folder, domain, kind, size, seed, shapes[domain])


def aside(folder: Path) -> None:
    """A set that nothing was looked at or mended by: for a last look. Who mends something by it finds another."""
    shape = {
        "given": "first_name", "family": "last_name", "born": "date_of_birth", "street": "address_line1", "town": "city",
        "postcode": "postal_code", "region": "state_code", "phone": "phone",
    }  # fmt: skip
    _dupehell(folder, "insurance", "policy_holder", 16_000, 11, shape)


def _dupehell(folder: Path, domain: str, kind: str, size: int, seed: int, shape: dict[str, str]) -> None:
    import dupehell

    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    made = dupehell.generate(domain=domain, size=size, seed=seed, difficulty="medium", output_dir=str(raw))
    table = pd.read_parquet(made.dataset)
    table = table[table["entity_type"] == kind].rename(columns={"master_id": "simulant_id"})
    write(folder / f"dupehell-{domain}", shaped(table, shape))


def careless(made: Path, folder: Path) -> None:
    """The made-up records again, as careless systems hold them: capitals, "UNKNOWN", 01/01/1900, only a year."""
    rng = random.Random(5)
    with (made / "a.csv").open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row |= {c: row[c].upper() for c in ("given", "family", "street", "town")}
        for column, share, told in (
            ("given", 0.06, ("UNKNOWN", "N/K", "ANON", "?", "NOT GIVEN")),
            ("family", 0.03, ("UNKNOWN", "N/K", "NOT KNOWN")),
            ("born", 0.12, ("19000101", "19700101", "00000000", "11111111")),
            ("street", 0.08, ("NFA", "UNKNOWN", "NO FIXED ABODE")),
            ("postcode", 0.2, ("UNKNOWN", "AA1 1AA", "ZZ99 3VZ")),
            ("town", 0.3, ("N/K", "UNKNOWN")),
        ):
            if rng.random() < share:
                row[column] = rng.choice(told)
        if len(row["born"]) == 8 and rng.random() < 0.1:
            row["born"] = row["born"][:4]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    (folder / "truth.csv").write_text((made / "truth.csv").read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """Write them all."""
    folder = Path(sys.argv[1])
    simulated(folder)
    hostile(folder)
    aside(folder)
    if len(sys.argv) > 2:
        careless(Path(sys.argv[2]), folder / "careless")


if __name__ == "__main__":
    main()
