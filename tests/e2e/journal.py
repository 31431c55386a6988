"""What the store of a demonstration holds, read beside its windows: which row, with which words, by whom."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from callhandler.clock import ScenarioClock, SharedClock
from callhandler.model.when import to_micros
from callhandler.services.custody import Custody, Proof
from tests.e2e.screen import Screen, until


class Journal:
    """The demonstration that was opened last, read only."""

    def __init__(self, screen: Screen) -> None:
        folder = Path(screen.environ["CALLHANDLER_DATA"]) / "demonstration"
        self.path = folder / (folder / "latest").read_text(encoding="utf-8").strip()
        self._connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        self._connection.row_factory = sqlite3.Row
        self.clock = SharedClock(self.path.with_suffix(".clock"))

    def rows(self, table: str, where: str = "1", **given: Any) -> list[dict[str, Any]]:
        """The rows of a table in the order of receipt, with names in the place of people's and users' ids."""
        found = self._connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id", given)
        return [self._named(dict(row)) for row in found]

    def newest(self, table: str) -> dict[str, Any]:
        """The newest row."""
        return self.rows(table, f"id = (SELECT max(id) FROM {table})")[0]

    def count(self, table: str) -> int:
        """How many rows there are."""
        found: int = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found

    def recorded(self, table: str, act: Callable[[], object]) -> dict[str, Any]:
        """Do something, wait until a row of this table is durable, and return it."""
        before = self.count(table)
        act()
        until(f"a row of {table}", lambda: self.count(table) > before)
        return self.newest(table)

    def standing(self) -> dict[str, str]:
        """The critical warnings of the newest assessment that stand: code and sentence."""
        return self._warnings("AND tier = 'critical'")

    def codes(self) -> set[str]:
        """Every warning that stands, by code."""
        return set(self._warnings(""))

    def _warnings(self, more: str) -> dict[str, str]:
        newest = "assessment_id = (SELECT max(id) FROM assessment) AND settled_by IS NULL"
        return {w["code"]: w["sentence"] for w in self.rows("assessment_warning", f"{newest} {more}")}

    def authors(self, table: str, since: datetime) -> set[str]:
        """Who recorded the rows of a table since an instant."""
        return {row["author"] for row in self.rows(table, "known_at >= :since", since=to_micros(since))}

    def prove(self) -> Proof:
        """Check every link, and judge every assessment and decision again."""
        custody = Custody.existing(str(self.path), ScenarioClock(self.clock.now()))
        try:
            return custody.prove()
        finally:
            custody.engine.dispose()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _named(self, row: dict[str, Any]) -> dict[str, Any]:
        for column, table, name in (
            ("author_id", "desk_user", "name"),
            ("about_id", "person", "name"),
            ("harmed_id", "person", "name"),
            ("person_id", "person", "name"),
            ("protected_id", "person", "name"),
            ("respondent_id", "person", "name"),
            ("place_id", "place", "label"),
            ("number_id", "number", "e164"),
        ):
            if row.get(column) is not None:
                sql = f"SELECT {name} FROM {table} WHERE id = ?"
                row[column.removesuffix("_id")] = self._connection.execute(sql, (row[column],)).fetchone()[0]
        return row
