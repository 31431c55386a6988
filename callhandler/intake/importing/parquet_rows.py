"""Rows of a Parquet file through DuckDB, which is imported only here: one thread, little memory, read as needed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from callhandler.errors import BadInput, Environment
from callhandler.intake.importing.rows import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 2_000
MEMORY = "256MB"
"""The most that DuckDB may hold of a file."""


class ParquetReader:
    """Reads one file; every value is its text, times in UTC. Environment without DuckDB, BadInput for a broken file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = _connected()
        try:
            self._connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
            self.header: Sequence[str] = [str(d[0]) for d in self._connection.description or ()]
            counted = self._connection.execute(
                "SELECT sum(num_rows) FROM parquet_file_metadata(?)", [str(path)]
            ).fetchone()
        except Exception as error:
            self._connection.close()
            raise self._broken(error) from error
        self.rows = int(counted[0] or 0) if counted else 0

    def __iter__(self) -> Iterator[Row]:
        number = 0
        try:
            found = self._connection.execute(
                "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(self._path)]
            )
            while some := found.fetchmany(AT_ONCE):
                for values in some:
                    number += 1
                    yield Row(
                        number,
                        {c: "" if v is None else v for c, v in zip(self.header, values, strict=True)},
                    )
        except BadInput:
            raise
        except Exception as error:
            raise self._broken(error, number) from error
        finally:
            self._connection.close()

    def close(self) -> None:
        """Let go of the file where its rows are not read."""
        self._connection.close()

    def _broken(self, error: Exception, after: int = 0) -> BadInput:
        said = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        where = f"{self._path.name}, after row {after}" if after else self._path.name
        return BadInput(f"this is not a Parquet file that can be read: {said}", where)


def _connected() -> "DuckDBPyConnection":
    try:
        import duckdb
    except ImportError:
        raise Environment(
            "Parquet files are read through DuckDB, which is not installed here. "
            'Install it with: pip install "callhandler[import]". Or save the file as CSV.'
        ) from None
    connection = duckdb.connect()
    for setting in (
        f"memory_limit = '{MEMORY}'",
        "threads = 1",
        "TimeZone = 'UTC'",
        "autoinstall_known_extensions = false",
    ):
        connection.execute(f"SET {setting}")
    return connection
