"""Runs the statements of a picture, each written once with names in it, on the driver's own cursor.

SQLAlchemy's preparing of each result took two fifths of a picture. A statement's text never changes: many ids are one
value, so that the driver finds it prepared whatever the size of the history.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from callhandler.model.sameness import SameAs
from callhandler.model.when import EPOCH, Precision, When, from_micros, to_micros
from callhandler.store import beside, plainly

_KNOWN = re.compile(r"\{known:(\w+)\}")
_MANY = re.compile(r"(NOT )?IN :(\w+)")
_NAME = re.compile(r"(?<!:):(\w+)")
_EACH = re.compile(r"\{each:(\w+)\} (\w+)")
_TAKEN = re.compile(r"\{taken\}(.*?)\{as (\w+)\}", re.DOTALL)
Value = int | str
Many = Collection[int]
Rows = Sequence[Any]
Asked = tuple["Statement", tuple[tuple[str, Value], ...]]
E = TypeVar("E", bound=Enum)


class Statement:
    """One statement of a picture, written once with names in it, as the driver of each engine takes it.

    `{known:x}` asks that rows of alias x were known by then. `IN :ids` takes many ids as one value, so that the text never
    changes and the driver finds it prepared. `{each:ids} x` is a table of them, in column `value`; and what stands between
    `{taken}` and `{as y}`, a query of one column `id`, is run for each row before it in the list of tables.
    """

    def __init__(self, sql: str, shared_ids: Callable[[str], str] = "CAST(:{} AS bigint[])".format) -> None:
        """`shared_ids` says how the ids of a name are written for the shared database."""
        self.sql = _KNOWN.sub(r"(\1.known_at <= :as_of AND \1.id <= :upto)", sql)
        self.in_a_file = _in_a_file(self.sql)
        self.shared = _shared(self.sql, shared_ids)


def _in_a_file(sql: str) -> str:
    each = _EACH.sub(r"json_each(:\1) \2", sql)
    taken = _TAKEN.sub(r"json_each((SELECT json_group_array(id) FROM (\1))) \2", each)
    return _MANY.sub(r"\1IN (SELECT value FROM json_each(:\2))", taken)


def _shared(sql: str, ids: Callable[[str], str]) -> str:
    each = _EACH.sub(lambda found: f"unnest({ids(found[1])}) {found[2]}(value)", sql)
    taken = _TAKEN.sub(r"unnest(ARRAY(\1)) \2(value)", each)
    many = _MANY.sub(lambda found: f"{'<> ALL' if found[1] else '= ANY'}({ids(found[2])})", taken)
    return _NAME.sub(r"%(\1)s", many)


EVERY_RECORD = 2**62
NEWEST = Statement("SELECT last FROM head WHERE id = 1")
PLANNED_ONCE = Statement("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)")
"""To plan a picture's statements takes the shared database longer than to run them; their values change no plan."""


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
        self._connection = connection
        self._errors = connection.dialect.loaded_dbapi.Error
        self._cursor = connection.connection.cursor()
        self._ahead: dict[Asked, Rows] = {}
        self._as_of = to_micros(as_of)
        self._upto = upto
        self.as_of = as_of
        self.shared = connection.dialect.name == "postgresql"
        self.supposing = supposing

    @property
    def upto(self) -> int:
        """The newest record that is read, in the order of receipt."""
        if self._upto is None:
            self._upto = int(self._run(NEWEST, {})[0][0])
        return self._upto

    def rows(self, statement: Statement | str, **given: Value | Many) -> Rows:
        """Run one statement with these values, unless it was run ahead with them."""
        written = statement if isinstance(statement, Statement) else _written(statement)
        values = self._values(given, self.upto)
        if self._ahead:
            found = self._ahead.get(_asked(written, values))
            if found is not None:
                return found
        return self._run(written, values)

    async def ask(self, statement: Statement | str, **given: Value | Many) -> Rows:
        """Run one statement with these values, beside what others ask meanwhile."""
        if not self.shared:
            return self.rows(statement, **given)
        written = statement if isinstance(statement, Statement) else _written(statement)
        return await beside.ask(self._connection, written.shared, self._values(given, self.upto))

    def first(self, statement: Statement, **given: Value | Many) -> Rows:
        """Run one statement in the same round trip that tells the newest record, on the shared database."""
        if self._upto is not None:
            return self._together([(PLANNED_ONCE, {}), (statement, self._values(given, self._upto))])[1]
        told, _, found = self._together(
            [(NEWEST, {}), (PLANNED_ONCE, {}), (statement, self._values(given, EVERY_RECORD))]
        )
        self._upto = int(told[0][0])
        return found

    def run_ahead(self, wanted: Iterable[tuple[Statement, dict[str, Value | Many]]]) -> None:
        """Run these in one round trip to the shared database; `rows` takes from them what is asked with the same values."""
        every = [(statement, self._values(given, self.upto)) for statement, given in wanted]
        for (statement, values), found in zip(every, self._together(every), strict=True):
            self._ahead[_asked(statement, values)] = found

    def _run(self, statement: Statement, values: dict[str, Value]) -> Rows:
        try:
            self._cursor.execute(statement.shared if self.shared else statement.in_a_file, values)
            return self._cursor.fetchall()
        except self._errors as error:
            raise DBAPIError(statement.sql, None, error) from error

    def _together(self, wanted: Sequence[tuple[Statement, dict[str, Value]]]) -> list[Rows]:
        return plainly.fetched_together(self._connection, [(each.shared, values) for each, values in wanted])

    def _values(self, given: dict[str, Value | Many], upto: int) -> dict[str, Value]:
        values: dict[str, Value] = {"as_of": self._as_of, "upto": upto}
        for name, value in given.items():
            values[name] = value if isinstance(value, int | str) else self._many(value)
        return values

    def _many(self, ids: Many) -> str:
        """Many ids as the one value that the engine takes them as: JSON, or an array's text, in one order."""
        if self.shared:
            return plainly.array(sorted(set(ids)))
        return f"[{','.join(map(str, ids))}]"


def _asked(statement: Statement, values: dict[str, Value]) -> Asked:
    return statement, tuple(sorted(values.items()))


@lru_cache(maxsize=200)
def _written(sql: str) -> Statement:
    return Statement(sql)


def newest(connection: Connection) -> int:
    """The newest record's place in the order of receipt."""
    return Reader(connection, EPOCH).upto


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
