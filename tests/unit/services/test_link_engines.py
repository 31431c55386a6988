"""The bulk linking asks both of its engines the same, in words that each knows; Spark itself is run by a benchmark."""

from collections.abc import Iterator

import pytest
import sqlglot
from sqlglot import exp

from callhandler.policy.linking import Linking, read_linking
from callhandler.services.linking import engines
from callhandler.services.linking.splinked import settings_for
from callhandler.settings import resources


@pytest.fixture(scope="module")
def linking() -> Linking:
    """The shipped settings."""
    return read_linking(resources() / "linking")


def asked(linking: Linking, dialect: str) -> Iterator[str]:
    """Every statement and condition that goes to an engine."""
    yield from engines._alike(linking)
    yield from (sql for _, sql in engines._rarity(linking, 100))
    yield engines._sql("predicted", linking)
    settings = settings_for(linking, 100, [1] * len(linking.alike)).create_settings_dict(dialect)
    for block in settings["blocking_rules_to_generate_predictions"]:
        yield f"SELECT 1 WHERE {block['blocking_rule']}"
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if level["sql_condition"] != "ELSE":
                yield f"SELECT 1 WHERE {level['sql_condition']}"


def test_what_is_asked_is_the_same_for_both_engines_and_in_words_that_each_knows(linking: Linking) -> None:
    every = list(zip(asked(linking, "duckdb"), asked(linking, "spark"), strict=True))
    assert len(every) > 40
    for on_duckdb, on_spark in every:
        # The one word that DuckDB alone has, as Splink writes it.
        here = sqlglot.parse_one(on_duckdb.replace("list_intersect", "array_intersect"), read="duckdb")
        there = sqlglot.parse_one(on_spark, read="spark")
        # A function that Spark does not know would be said only once it runs there; DuckDB runs in the other tests.
        assert not list(there.find_all(exp.Anonymous)), on_spark
        # The engines put what is unknown first or last; nothing by which pairs are ordered is.
        for ordered in (*here.find_all(exp.Ordered), *there.find_all(exp.Ordered)):
            ordered.set("nulls_first", False)
        assert here.sql("spark", identify=True) == there.sql("spark", identify=True)
