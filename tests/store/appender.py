"""A desk that appends as fast as it can: waits for a line, then names every row that it was told is kept.

Run as: python -m tests.store.appender DATABASE NAME TRANSACTIONS
"""

import random
import sys
from datetime import UTC, datetime

from callhandler.store.engine import make_engine
from callhandler.store.tables import import_file
from callhandler.store.unit_of_work import writing


def main(database: str, name: str, transactions: int) -> None:
    """Append one to three rows in each transaction."""
    chance = random.Random(name)
    engine = make_engine(database)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(transactions):
        with writing(engine, datetime.now(UTC)) as uow:
            rows = [
                uow.append(import_file, name=name, digest="d", mapping="m", zone=str(turn))
                for turn in range(chance.randint(1, 3))
            ]
            uow.commit()
        sys.stdout.write("".join(f"{row}\n" for row in rows))
        sys.stdout.flush()
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
