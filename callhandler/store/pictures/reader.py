"""Runs the statements of a picture. Each is written once with names in it; the text for an engine is built once and kept."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection

from callhandler.model.when import Precision, When, from_micros, to_micros

_KNOWN = re.compile(r"\{known:(\w)\}")
_NAME = re.compile(r":(\w+)")
Value = int | str
Many = Collection[int]
E = TypeVar("E", bound=Enum)


class Reader:
    """Reads what was recorded by `as_of` (the instant) and received up to `upto` (the order of receipt)."""

    def __init__(self, connection: Connection, as_of: datetime, upto: int) -> None:
        self.as_of = as_of
        self.upto = upto
        self._connection = connection
        self._mark = "%s" if connection.dialect.name == "postgresql" else "?"
        self._always: dict[str, Value | Many] = {"as_of": to_micros(as_of), "upto": upto}

    def rows(self, sql: str, **given: Value | Many) -> Sequence[Sequence[Any]]:
        """Run one statement. `{known:x}` in it asks that rows of alias x were known by then."""
        many = tuple((name, len(v)) for name, v in given.items() if not isinstance(v, int | str))
        statement, names = _written(sql, self._mark, many)
        values: list[Value] = []
        named = {**self._always, **given}
        for name in names:
            value = named[name]
            if isinstance(value, int | str):
                values.append(value)
            else:
                values.extend(value)
        return self._connection.exec_driver_sql(statement, tuple(values)).all()


@lru_cache(maxsize=1_000)
def _written(sql: str, mark: str, many: tuple[tuple[str, int], ...]) -> tuple[str, tuple[str, ...]]:
    """The statement as the driver takes it, and the names of its values in order."""
    sizes = dict(many)
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        name = found[1]
        names.append(name)
        # Nothing is ever among no members.
        return f"({', '.join([mark] * sizes[name]) or 'NULL'})" if name in sizes else mark

    whole = _KNOWN.sub(r"(\1.known_at <= :as_of AND \1.id <= :upto)", sql)
    return _NAME.sub(place, whole), tuple(names)


def by_value(kind: type[E]) -> dict[Any, E]:
    """The members by their stored words: for thousands of rows a good deal quicker than asking the class."""
    return {member.value: member for member in kind}


PRECISION = by_value(Precision)


@lru_cache(maxsize=4_000)
def when(happened_at: int, precision: str) -> When:
    """When something happened, from its two columns."""
    return When(from_micros(happened_at), PRECISION[precision])


def instant(micros: int | None) -> datetime | None:
    """A time that may be missing."""
    return None if micros is None else from_micros(micros)
