"""The rules of a call (history, warnings, questions) against the reading of its picture: the night, and 300 incidents.

By processor time, medians of turns in turn.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from measure import folder, night, processor_ms, report, side_by_side
from picture import long_history
from sqlalchemy import create_engine

GOAL, TIMES = 1.0, 60


def compare(what: str, database: Path, read: Any) -> None:
    """Read the picture, and judge it, in turn."""
    from callhandler.policy.loader import load
    from callhandler.rules import history
    from callhandler.rules.ask import questions_for
    from callhandler.rules.assess import assess
    from callhandler.settings import Settings

    policy = load(Settings(database="").policy_folder, "national")
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        picture = read(connection)

        def judge() -> None:
            seen = history.read(picture, policy)
            assess(picture, policy, seen)
            questions_for(seen, policy)

        floor, ours = side_by_side(
            lambda: processor_ms(lambda: read(connection)), lambda: processor_ms(judge), TIMES, median
        )
    engine.dispose()
    report(f"{what}, {len(picture.linked)} linked", floor, ours, GOAL)


def main() -> None:
    """Compare both."""
    from callhandler.store import pictures

    now = datetime.now(UTC) + timedelta(minutes=5)
    with folder() as where:
        _, own, incident = night(where)
        compare("rules of the night", Path(own.database), lambda c: pictures.of_incident(c, incident, now))
    with folder() as where:
        database, number = long_history(where)
        compare("rules of 300 incidents", database, lambda c: pictures.of_people(c, now, numbers=[number]))


if __name__ == "__main__":
    main()
