"""`verify` finds what points to a record that is not there, though the journal itself is right."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from callhandler.services.findings import MOST as NAMED
from callhandler.services.findings import Findings
from callhandler.store import tables, verify
from callhandler.store.bulk import Block
from callhandler.store.engine import Engine, make_engine
from callhandler.store.pointing import MOST, Seen
from callhandler.store.unit_of_work import UnitOfWork, writing
from tests.store.test_blocks import FILE, LONG_AGO, faults, history
from tests.stores import NOW, Store

LOG = {"call_id": None, "kind": "note", "text": "He waits outside.", "author": "", "happened_at": LONG_AGO}


def unasked(store: Store) -> Engine:
    """An engine on whose connections SQLite does not look up what a row points to."""
    engine = make_engine(store.database)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = OFF"))
    return engine


def written(store: Store, say: Callable[[UnitOfWork, int], None]) -> list[tuple[int, str, str]]:
    engine = unasked(store)
    with writing(engine, NOW) as uow:
        say(uow, uow.append(tables.import_file, **FILE))
        uow.commit()
    found = [(f.seq, f.kind, f.sentence) for f in faults(engine)]
    engine.dispose()
    return found


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_a_row_of_history_that_points_to_none_is_named(store: Store) -> None:
    at = []

    def say(uow: UnitOfWork, file: int) -> None:
        block = Block(uow, file)
        (incident,) = history(block, 1)
        # A person stands there, and no incident.
        at.append(block.add(tables.log_entry, known_at=LONG_AGO, incident_id=block.first, **LOG))
        block.add(tables.log_entry, known_at=LONG_AGO, incident_id=incident, **LOG)
        block.close("")

    sentence = "its incident_id points to a record of incident that is not there"
    assert written(store, say) == [(at[0], "log_entry", sentence)]


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_rows_with_links_of_their_own_that_point_to_none_are_named_and_the_rest_counted(store: Store) -> None:
    def say(uow: UnitOfWork, file: int) -> None:
        block = Block(uow, file)
        (incident,) = history(block, 1)
        block.close("")
        uow.append(tables.log_entry, incident_id=incident, **LOG)
        for _ in range(MOST + 5):
            uow.append(tables.log_entry, incident_id=10**15, **LOG)

    found = written(store, say)
    assert len(found) == MOST + 1
    assert found[-1] == (0, "log_entry", "and more point to records that are not there")


def test_what_is_pointed_on_to_is_looked_for_at_the_end() -> None:
    seen = Seen()
    tie = (7, "", LONG_AGO, 8, 9)
    assert list(seen.take([("number_tie", tie)])) == []
    people = [("person", (n, "", LONG_AGO, "", "", "", 1)) for n in (8, 9)]
    assert list(seen.take(people)) == []
    assert [astray[:2] for astray in seen.left()] == [(7, "number_tie")]


def test_of_a_store_in_ruins_so_many_are_named_and_the_rest_counted() -> None:
    findings = Findings()
    findings += (verify.Finding(n, "person", "gone") for n in range(NAMED + 3))
    findings += [verify.Finding(1, "number", "gone")]
    told = findings.told()
    assert len(told) == NAMED + 2
    assert told[-1].sentence == "and 3 more like these"
