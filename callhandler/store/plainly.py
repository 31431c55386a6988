"""Runs a statement on the driver's own cursor: where one is read at each key, SQLAlchemy's part is several times its own."""

from collections.abc import Iterable, Sequence
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


def listed(connection: Connection, ids: Iterable[int]) -> str | list[int]:
    """Whole numbers as the one value that an engine takes many as: JSON in a file, an array where desks share."""
    found = list(ids)
    return str(found) if connection.dialect.name == "sqlite" else found
