"""The picture of a call on PostgreSQL: how often the desk waits for the server, and the time against one function there.

The function is given every id that the picture needs, and returns the rows of the same statements as one JSON value: so
it is quicker than any function that had to find them. Its plans are kept in the session, as ours are.
"""

import re
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from measure import Take, milliseconds

TRIPS = 2
"""The goal: how often the desk waits for the server in one picture."""
Read = Callable[[Any], Any]


@dataclass
class MeasuredShared:
    """One line of the table: medians over the callers, of each what its turns gave; times in ms."""

    what: str
    callers: int
    trips: int
    trips_first: int
    function: float
    whole: float
    ratio: float

    def said(self) -> str:
        """As one line of the table."""
        return (
            f"{self.what:36} {self.callers:4} callers  {self.trips} trips ({TRIPS}), the first time {self.trips_first}  "
            f"one function {self.function:6.2f}  whole {self.whole:6.2f} = {self.ratio:4.2f}"
        )


def compare(what: str, database: Path, reads: list[Read], turns: int, take: Take) -> MeasuredShared:
    """Copy a store to a server of our own, and read each picture there and by one function, in turn."""
    from callhandler.store.engine import make_engine
    from callhandler.store.unit_of_work import reading
    from tests.postgres import Server

    with Server.named() or Server.started() as server, copied(server, database) as (address, admin):
        engine = make_engine(address)
        trips, first, times = [], [], []
        with reading(engine) as connection:
            for n, read in enumerate(reads):
                first.append(waits(connection, lambda read=read: read(connection)))  # type: ignore[misc]
                call = function(admin, connection, f"picture_{n}", read)
                ours, theirs = [], []
                for turn in range(turns + 6):  # The driver prepares what it has seen five times.
                    theirs.append(milliseconds(call))
                    ours.append(milliseconds(lambda read=read: read(connection)))  # type: ignore[misc]
                    if turn == turns + 5:
                        trips.append(waits(connection, lambda read=read: read(connection)))  # type: ignore[misc]
                times.append((take(theirs[6:]), take(ours[6:])))
        engine.dispose()
    return MeasuredShared(
        what,
        len(reads),
        max(trips),
        max(first),
        statistics.median(t[0] for t in times),
        statistics.median(t[1] for t in times),
        statistics.median(t[1] / t[0] for t in times),
    )


def waits(connection: Any, act: Callable[[], object]) -> int:
    """How often the driver asked the server for an answer while doing this, by the protocol's own messages."""
    pgconn = connection.connection.driver_connection.pgconn
    with tempfile.TemporaryFile("w+") as told:
        pgconn.trace(told.fileno())
        act()
        pgconn.untrace()
        told.seek(0)
        return sum(len(re.findall(r"\bF\t\d+\t(?:Query|Sync)\b", line)) for line in told)


@contextmanager
def copied(server: Any, database: Path) -> Iterator[tuple[str, str]]:
    """A database with the rows of a file; yields its address for a desk, and for the administrator."""
    from callhandler.store import schema
    from callhandler.store.tables import metadata
    from tests.postgres import OWNER_ROLE
    from tests.stores import create

    name = "callhandler_bench_picture"
    server.drop(name)
    server.make(name)
    create(server.address(name, OWNER_ROLE))
    admin = server.admin_address(name).replace("+psycopg", "")
    with psycopg.connect(admin) as there, sqlite3.connect(database) as here:
        # The rows are another store's, which its triggers have seen.
        for table in metadata.sorted_tables:
            there.execute(f'ALTER TABLE "{table.name}" DISABLE TRIGGER ALL')  # type: ignore[arg-type]
        for table in metadata.sorted_tables:
            columns = ", ".join(f'"{c.name}"' for c in table.columns)
            there.execute(f'DELETE FROM "{table.name}"')  # type: ignore[arg-type]
            copy = f'COPY "{table.name}" ({columns}) FROM STDIN'
            with there.cursor().copy(copy) as into:  # type: ignore[arg-type]
                for row in here.execute(f'SELECT {columns} FROM "{table.name}"'):
                    into.write_row(row)
        there.commit()
        there.autocommit = True
        there.execute("VACUUM ANALYZE")
    yield server.address(name, schema.APP_ROLE), admin
    server.drop(name)


def function(admin: str, connection: Any, name: str, read: Read) -> Callable[[], object]:
    """Make the function of one picture's statements; returns how to call it."""
    from picture import asked

    from callhandler.store.pictures.foresight import GUESS
    from callhandler.store.pictures.reader import PLANNED_ONCE

    values: list[Any] = []

    def place(found: re.Match[str], given: dict[str, Any]) -> str:
        values.append(given[found[1]])
        whole = "CAST(given[{}] AS bigint)" if isinstance(given[found[1]], int) else "given[{}]"
        return whole.format(len(values))

    parts = []
    foreseeing = {PLANNED_ONCE.shared, GUESS.shared}
    for statement, given in asked(lambda: read(connection)).run:
        if statement in foreseeing:
            continue
        text = re.sub(r"%\((\w+)\)s", lambda found, given=given: place(found, given), statement)  # type: ignore[misc]
        parts.append(f"(SELECT json_agg(x) FROM ({text}) x)")
    body = f"BEGIN RETURN json_build_array({', '.join(parts)}); END"
    with psycopg.connect(admin) as there:
        there.execute(
            f"CREATE OR REPLACE FUNCTION {name}(given text[]) RETURNS json LANGUAGE plpgsql STABLE AS $body${body}$body$"  # type: ignore[arg-type]
        )
    cursor = connection.connection.driver_connection.cursor()
    texts = [str(v) for v in values]
    return lambda: cursor.execute(f"SELECT {name}(%s)", [texts]).fetchall()


if __name__ == "__main__":
    raise SystemExit("This is the part of picture.py that --postgresql asks for.")
