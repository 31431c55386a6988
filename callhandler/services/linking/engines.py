"""Where the pairs are reckoned: DuckDB on this machine, or Spark where a history outgrows it, by the same settings."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from callhandler.errors import BadInput, Environment
from callhandler.policy.linking import Comparison, Linking

Engine = Literal["duckdb", "spark"]
NEEDS: dict[str, tuple[str, ...]] = {
    "duckdb": ("splink", "duckdb", "pyarrow"),
    "spark": ("splink", "duckdb", "pyarrow", "pyspark"),
}
EXTRA = {"duckdb": "link", "spark": "link-spark"}
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people by their ids, the lower first; how likely they are one; what agrees, and what does not, in words."""

    a: int
    b: int
    likely: float
    agree: tuple[str, ...]
    differ: tuple[str, ...]


def require(engine: str) -> None:
    """Raise BadInput for an engine there is not, Environment with what to install where its library is missing."""
    if engine not in NEEDS:
        raise BadInput(f"There is no engine {engine}; there are duckdb and spark.", "engine")
    missing = [name for name in NEEDS[engine] if importlib.util.find_spec(name) is None]
    if missing:
        raise Environment(
            f"Linking a whole history with {engine} needs {', '.join(missing)}, which is not installed here. "
            f'Install it with: pip install "callhandler[{EXTRA[engine]}]". Nothing was read or written.'
        )


@contextmanager
def pairs(
    engine: Engine, rows: Path, linking: Linking, records: int, folder: Path, memory_mb: int
) -> Iterator[Iterator[Pair]]:
    """The likely pairs of people among the rows of a Parquet file, each once, by id.

    `folder` takes what does not fit in memory.
    """
    require(engine)
    with (_duckdb if engine == "duckdb" else _spark)(rows, linking, records, folder, memory_mb) as found:
        yield _best(found, linking)


Found = tuple[Any, ...]
"""Two people, how likely, and each comparison's level, as the engines give them."""


@contextmanager
def _duckdb(
    rows: Path, linking: Linking, records: int, folder: Path, memory_mb: int
) -> Iterator[Iterator[Found]]:
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    from callhandler.services.linking.splinked import settings_for

    connection = duckdb.connect(str(folder / "work.duckdb"))
    try:
        connection.execute(f"SET memory_limit = '{memory_mb}MB'")
        connection.execute(f"SET temp_directory = '{_quoted(folder / 'spilt')}'")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"CREATE TABLE people AS SELECT * FROM read_parquet('{_quoted(rows)}')")
        api = DuckDBAPI(connection)
        alike = [connection.execute(sql).fetchall()[0][0] for sql in _alike(linking)]
        linker = Linker(api.register("people"), settings_for(linking, records, alike), log_level="ERROR")
        for column, sql in _rarity(linking, records):
            connection.execute(f"CREATE TABLE rare_{column} AS {sql}")
            linker.table_management.register_term_frequency_lookup(api.register(f"rare_{column}"), column)
        predicted = linker.inference.predict(
            threshold_match_probability=linking.at_least, warning_mode="never"
        )
        answer = connection.execute(_sql(predicted.physical_name, linking))
        yield _batches(answer)
    finally:
        connection.close()


def _batches(answer: Any) -> Iterator[Found]:
    while some := answer.fetchmany(BATCH):
        yield from some


@contextmanager
def _spark(
    rows: Path, linking: Linking, records: int, folder: Path, memory_mb: int
) -> Iterator[Iterator[Found]]:
    from pyspark.sql import SparkSession
    from splink import Linker
    from splink.backends.spark import SparkAPI, similarity_jar_location

    from callhandler.services.linking.splinked import settings_for

    # Where a cluster is, and how big, its own configuration says (spark-defaults.conf, SPARK_CONF_DIR); else this machine.
    session = (
        SparkSession.builder.appName("callhandler link-records")
        .config("spark.jars", similarity_jar_location())
        .config("spark.driver.memory", f"{memory_mb}m")
        .config("spark.local.dir", str(folder / "spilt"))
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        # The comparisons are too long for one method of Java; Spark would try and fail for minutes before it does without.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    try:
        session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
        session.read.parquet(str(rows)).createOrReplaceTempView("people")
        api = SparkAPI(  # type: ignore[no-untyped-call]
            spark_session=session, break_lineage_method="persist"
        )
        alike = [session.sql(sql).collect()[0][0] for sql in _alike(linking)]
        linker = Linker(api.register("people"), settings_for(linking, records, alike), log_level="ERROR")
        for column, sql in _rarity(linking, records):
            session.sql(sql).createOrReplaceTempView(f"rare_{column}")
            linker.table_management.register_term_frequency_lookup(api.register(f"rare_{column}"), column)
        predicted = linker.inference.predict(
            threshold_match_probability=linking.at_least, warning_mode="never"
        )
        answer = session.sql(_sql(predicted.physical_name, linking))
        yield (tuple(row) for row in answer.toLocalIterator())
    finally:
        session.stop()


def _alike(linking: Linking) -> Iterator[str]:
    """How many pairs of people are alike throughout. Two of one name in one home with two dates of birth are not."""
    for alike in linking.alike:
        columns = ", ".join(alike.columns)
        known = " AND ".join(f"{column} IS NOT NULL" for column in ("given_whole", *alike.columns))
        yield (
            "SELECT cast(coalesce(sum(n * (n - 1) / 2), 0) AS bigint) FROM (SELECT count(DISTINCT person) AS n "
            f"FROM people WHERE {known} GROUP BY {columns} HAVING count(DISTINCT born) < 2) AS alike"
        )


def _rarity(linking: Linking, records: int) -> Iterator[tuple[str, str]]:
    """How many others bear each value, of each column of which a rare one says more; the settings' own share beside it."""
    for column, share in linking.rarer.items():
        own, all_ = linking.trust * share, records + linking.trust
        yield (
            column,
            f"SELECT {column}, (count(*) - 1 + {own!r}) / cast({all_} AS double) AS tf_{column} FROM people "
            f"WHERE {column} IS NOT NULL GROUP BY {column}",
        )


def _sql(table: str, linking: Linking) -> str:
    levels = ", ".join(f"gamma_{c.name}" for c in linking.comparisons)
    # Level 0 is the lowest. A person's own names are no pair.
    kept = "".join(f" AND gamma_{c.name} <> 0" for c in linking.comparisons if c.never_without)
    return (
        f"SELECT least(person_l, person_r) AS a, greatest(person_l, person_r) AS b, match_probability, {levels} "
        f"FROM {table} WHERE person_l <> person_r{kept} ORDER BY a, b, match_probability DESC, {levels}"
    )


def _best(found: Iterator[Found], linking: Linking) -> Iterator[Pair]:
    """Of two people's several names the two that agree best."""
    last = None
    for a, b, likely, *levels in found:
        if (a, b) != last:
            last = (a, b)
            agree, differ = _words(linking, levels)
            yield Pair(int(a), int(b), float(likely), agree, differ)


def _words(linking: Linking, levels: list[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    agree: list[str] = []
    differ: list[str] = []
    for comparison, level in zip(linking.comparisons, levels, strict=True):
        said = _said(comparison, level)
        if said is not None:
            (agree if said[1] else differ).append(said[0])
    return tuple(agree), tuple(differ)


def _said(comparison: Comparison, level: int) -> tuple[str, bool] | None:
    """The words of a level, and whether it speaks for one person; None where one of the two says nothing."""
    if level < 0:
        return None
    found = comparison.levels[len(comparison.levels) - 1 - level]
    return found.say, found.two is None or found.one > found.two


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
