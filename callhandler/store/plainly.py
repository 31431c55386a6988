"""Runs statements on the driver's own cursor: where one is read at each key, SQLAlchemy's part is several times its own."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def fetched(connection: Connection, statement: str, values: Any) -> Sequence[Any]:
    """Every row of a statement, written as this engine's driver takes it; its error leaves as SQLAlchemy's does."""
    try:
        cursor = connection.connection.cursor()
        cursor.execute(statement, values)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def fetched_together(connection: Connection, asked: Sequence[tuple[str, Any]]) -> list[Sequence[Any]]:
    """Every row of each statement, with its values: the shared database is waited for once, whatever their number."""
    driver: Any = connection.connection
    try:
        with driver.pipeline():
            cursors = [driver.cursor() for _ in asked]
            for cursor, (statement, values) in zip(cursors, asked, strict=True):
                cursor.execute(statement, values)
        return [cursor.fetchall() for cursor in cursors]
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(asked[-1][0], None, error) from error


def listed(connection: Connection, ids: Iterable[int]) -> str:
    """Whole numbers as the one value that an engine takes many as: JSON in a file, an array where desks share."""
    return str(list(ids)) if connection.dialect.name == "sqlite" else array(ids)


def array(numbers: Iterable[int]) -> str:
    """Whole numbers as an array of the shared database in text: the driver takes five times as long over a list."""
    return f"{{{','.join(map(str, numbers))}}}"


AT_ONCE = 100
"""Rows in one statement of SQLite: on a table with triggers each copies the pages it writes, to undo itself alone."""


def put(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into a table of SQLite, `AT_ONCE` to a statement and the rest one by one; every trigger sees every row."""
    start, marks = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ", f"({', '.join('?' * len(columns))})"
    whole = len(rows) - len(rows) % AT_ONCE
    if whole:
        several = [tuple(chain.from_iterable(rows[n : n + AT_ONCE])) for n in range(0, whole, AT_ONCE)]
        connection.exec_driver_sql(start + ", ".join([marks] * AT_ONCE), several)
    if rest := list(rows[whole:]):
        connection.exec_driver_sql(start + marks, rest)
