"""People, places and incidents put straight into a store, many at once, for reading pictures of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, insert

from callhandler.model.picture import Picture
from callhandler.model.when import to_micros
from callhandler.store import pictures, tables
from callhandler.store.engine import make_engine
from callhandler.store.unit_of_work import UnitOfWork, writing
from tests.store.rows import values
from tests.stores import NOW, Store

FAR = 10**12
"""Beyond every id: all that was received."""


@dataclass
class Rows:
    """Rows with ids of their own, each known a day before now unless told otherwise."""

    connection: Connection
    ids: Iterator[int] = field(default_factory=lambda: count(1_000_000))

    def add(self, table: Table, **given: Any) -> int:
        """One row; what is not given is filled in."""
        return self.all(table, [given])[0]

    def all(self, table: Table, every: Iterable[dict[str, Any]]) -> list[int]:
        """Many rows of a table, in one statement."""
        rows = []
        for given in every:
            row = {"id": next(self.ids), "salt": "", "known_at": NOW - timedelta(days=1)}
            if "uuid" in table.c:
                row["uuid"] = f"u{row['id']}"
            row |= {k: v for k, v in values(table, _Any()).items() if k not in given} | given
            nulls = {c.name: None for c in table.c if c.nullable and c.name not in given}
            rows.append({k: to_micros(v) if isinstance(v, datetime) else v for k, v in (row | nulls).items()})
        self.connection.execute(insert(table), rows)
        return [row["id"] for row in rows]

    def person(self, name: str = "Adult 1", **given: Any) -> int:
        return self.add(tables.person, name=name, born="", named=given.pop("named", 1), **given)

    def place(self, label: str = "Flat 1", **given: Any) -> int:
        return self.add(tables.place, label=label, kind="flat", **given)

    def incident(
        self, place: int | None = None, *people: tuple[int, str], days: float = 30, **given: Any
    ) -> int:
        """An incident so many days ago, at a place, with people in their roles."""
        found = self.add(tables.incident, **(self.written(place, days) | given))
        known = {k: v for k, v in given.items() if k == "known_at"}
        for person, role in people:
            self.add(tables.party, incident_id=found, person_id=person, role=role, **known)
        return found

    def written(self, place: int | None, days: float) -> dict[str, Any]:
        return {"place_id": place, "happened_at": NOW - timedelta(days=days), "live": 0, "number_id": None}

    def judge(self, kind: str, a: int, b: int, verdict: str = "same", **given: Any) -> int:
        """A judgement of two records."""
        pair = {"a": min(a, b), "b": max(a, b)}
        written = {"reason": "Same tattoo.", "author": "Sergeant B", "incident_id": None} | given
        return self.add(tables.same_as, kind=kind, verdict=verdict, **pair, **written)

    def picture(self, incident: int, as_of: datetime = NOW, upto: int = FAR) -> Picture:
        return pictures.of_incident(self.connection, incident, as_of, upto)


class _Any(dict[str, int]):
    """Any id that is asked for: whoever needs a true one gives it."""

    def __missing__(self, key: str) -> int:
        return 1


@contextmanager
def rows_in(store: Store) -> Iterator[Rows]:
    """Rows in a store that nothing is kept of afterwards."""
    engine = make_engine(store.owned)
    try:
        with writing(engine, NOW) as uow:
            yield from _rows(store, uow)
    finally:
        engine.dispose()


def _rows(store: Store, uow: UnitOfWork) -> Iterator[Rows]:
    # What a judgement needs beside it is tried elsewhere; here it is only read.
    for table in ("same_as", "link_judgement"):
        on = "" if store.engine == "sqlite" else f" ON {table}"
        uow.connection.exec_driver_sql(f"DROP TRIGGER keep_{table}_authority{on}")
    yield Rows(uow.connection)
