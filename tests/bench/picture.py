"""The picture of a call against the same statements run bare: the night's data, and a history of 300 incidents."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from measure import folder, milliseconds, night, report, side_by_side
from sqlalchemy import create_engine

from callhandler.model.actor import Right

GOAL, TIMES = 1.5, 60


def compare(what: str, database: Path, read: Any) -> None:
    """Read the picture, note its statements, and run those by themselves in turn with it."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        statements = asked(lambda: read(connection))
        bare = sqlite3.connect(database)

        def script() -> None:
            for statement, given in statements:
                bare.execute(statement, given).fetchall()

        floor, ours = side_by_side(
            lambda: milliseconds(script), lambda: milliseconds(lambda: read(connection)), TIMES
        )
        bare.close()
    engine.dispose()
    report(f"{what}, {len(statements)} statements", floor, ours, GOAL)


def asked(read: Any) -> list[tuple[str, Any]]:
    """The statements of a reading, as the driver got them, with their values."""
    from callhandler.store.pictures.reader import Reader

    seen: list[tuple[str, Any]] = []
    run = Reader._run

    def noted(reader: Reader, statement: str, given: Any) -> Any:
        seen.append((statement, given))
        return run(reader, statement, given)

    with patch.object(Reader, "_run", noted):
        read()
    return seen


def main() -> None:
    """Compare both."""
    from callhandler.store import pictures

    now = datetime.now(UTC)
    with folder() as where:
        _, own, incident = night(where)
        compare("picture of the night", Path(own.database), lambda c: pictures.of_incident(c, incident, now))
    with folder() as where:
        database, person = long_history(where)
        compare("picture of 300 incidents", database, lambda c: pictures.of_people(c, now, people=[person]))


def long_history(where: Path) -> tuple[Path, int]:
    """A store in which one person has 300 earlier incidents, each with its records."""
    from callhandler.clock import SystemClock
    from callhandler.policy.loader import load
    from callhandler.services.custody import Custody
    from callhandler.services.identity import Identity
    from callhandler.services.office import Office
    from callhandler.settings import Settings
    from tests.store import test_picture_cost

    settings = Settings(database=str(where / "history.sqlite"), data_folder=where)
    clock = SystemClock()
    policy = load(settings.policy_folder, "national")
    custody = Custody.opening(settings.database, clock)
    custody.keep_policy(policy, "national")
    office = Office(custody.engine, clock, policy, custody.kind)
    Identity(office).add_user("handler", "Handler", None, (Right.HANDLER,), granted_by="bench")
    person = test_picture_cost.with_history(office, 300)
    office.engine.dispose()
    return Path(settings.database), person


if __name__ == "__main__":
    main()
