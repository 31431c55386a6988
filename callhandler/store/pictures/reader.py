"""Runs the statements of a picture, each written once with names in it, on the driver's own cursor.

SQLAlchemy's preparing of each result took two fifths of a picture. A statement's text never changes: many ids are one
value, so that the driver finds it prepared whatever the size of the history.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from callhandler.model.sameness import SameAs
from callhandler.model.when import EPOCH, Precision, When, from_micros, to_micros

_KNOWN = re.compile(r"\{known:(\w)\}")
_MANY = re.compile(r"(NOT )?IN :(\w+)")
_NAME = re.compile(r"(?<!:):(\w+)")
_NEWEST = "SELECT last FROM head WHERE id = 1"
Value = int | str
Many = Collection[int]
E = TypeVar("E", bound=Enum)


class Reader:
    """Reads what was recorded by `as_of` (the instant) and received up to `upto` (the order of receipt; now's if None).

    `supposing` are judgements of records that nobody has made: what would be shown if they were.
    """

    def __init__(
        self,
        connection: Connection,
        as_of: datetime,
        upto: int | None = None,
        supposing: tuple[SameAs, ...] = (),
    ) -> None:
        self._errors = connection.dialect.loaded_dbapi.Error
        self._shared = connection.dialect.name == "postgresql"
        self._cursor = connection.connection.cursor()
        self._always: dict[str, Value] = {"as_of": to_micros(as_of)}
        self.as_of = as_of
        self.supposing = supposing
        self.upto: int = self.rows(_NEWEST)[0][0] if upto is None else upto
        self._always["upto"] = self.upto

    def rows(self, sql: str, **given: Value | Many) -> Sequence[Any]:
        """Run one statement. `{known:x}` in it asks that rows of alias x were known by then; `IN :ids` takes many."""
        values = self._always.copy()
        for name, value in given.items():
            values[name] = value if isinstance(value, int | str) else self._many(value)
        return self._run(written(sql, self._shared), values)

    def _run(self, statement: str, values: dict[str, Value]) -> Sequence[Any]:
        try:
            self._cursor.execute(statement, values)
            return self._cursor.fetchall()
        except self._errors as error:
            raise DBAPIError(statement, None, error) from error

    def _many(self, ids: Many) -> str:
        """Many ids as the one value that the engine takes them as: an array's text, or JSON."""
        listed = ",".join(map(str, ids))
        return f"{{{listed}}}" if self._shared else f"[{listed}]"


def newest(connection: Connection) -> int:
    """The newest record's place in the order of receipt."""
    return Reader(connection, EPOCH).upto


@lru_cache(maxsize=1_000)
def written(sql: str, shared: bool) -> str:
    """The statement as the driver of the shared database, or of a file, takes it."""
    whole = _KNOWN.sub(r"(\1.known_at <= :as_of AND \1.id <= :upto)", sql)
    if not shared:
        return _MANY.sub(r"\1IN (SELECT value FROM json_each(:\2))", whole)
    return _NAME.sub(r"%(\1)s", _MANY.sub(_array, whole))


def _array(found: re.Match[str]) -> str:
    return f"{'<> ALL' if found[1] else '= ANY'}(CAST(:{found[2]} AS bigint[]))"


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
