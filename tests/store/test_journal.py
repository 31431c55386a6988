"""Eight desks append to one journal at once: no gap, no fork, and every row that a desk was told is kept is there."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from callhandler.store import verify
from callhandler.store.engine import make_engine
from callhandler.store.journal import GENESIS, link_hash, row_digest
from callhandler.store.unit_of_work import reading
from tests.stores import Store

DESKS, TRANSACTIONS = 8, 25
ROOT = Path(__file__).parents[2]


def desk(store: Store, name: str) -> "subprocess.Popen[str]":
    """Start one desk as a process of its own."""
    command = [sys.executable, "-m", "tests.store.appender", store.database, name, str(TRANSACTIONS)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_eight_desks_append_at_once(store: Store) -> None:
    desks = [desk(store, f"desk {n}") for n in range(DESKS)]
    for process in desks:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in desks:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told: dict[int, str] = {}
    for number, process in enumerate(desks):
        said, _ = process.communicate(timeout=100)
        assert process.returncode == 0
        for line in said.split():
            assert int(line) not in told
            told[int(line)] = f"desk {number}"
    engine = make_engine(store.database)
    with reading(engine) as connection:
        assert list(verify.chain(connection)) == []
        links = connection.execute(text("SELECT seq, prev FROM journal ORDER BY seq")).all()
        rows = {r.id: r.name for r in connection.execute(text("SELECT id, name FROM import_file"))}
    engine.dispose()
    assert [link.seq for link in links] == list(range(1, len(links) + 1))
    assert len({link.prev for link in links}) == len(links)
    assert rows == told
    assert len(rows) > DESKS * TRANSACTIONS


def test_the_writing_of_a_digest_never_changes() -> None:
    row = {"id": 7, "salt": "00", "text": "“Né” 🙂 \ud800", "at": None}
    assert row_digest("log_entry", row) == row_digest("log_entry", dict(reversed(row.items())))
    assert row_digest("log_entry", row) == "5179fbe17c254958641025bb20ef4b100e940ee4934ad936b1562b55aa0b8dc2"
    assert (
        link_hash(GENESIS, 1, "log_entry", "ab")
        == "6f3cb59be2f1297dffa7fa95d1eff71de67acb86e3e95e0c7373d25c62b8cb85"
    )
