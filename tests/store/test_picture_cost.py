"""Reading a picture takes the same few statements at any size of history, and none of them reads a whole table."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, Engine, event, select

from callhandler.model.actor import Right
from callhandler.policy.pack import Policy
from callhandler.services.calls import CallIn, Calls
from callhandler.services.desk import Desk
from callhandler.services.incidents import Incidents
from callhandler.services.office import Office, work
from callhandler.services.telling import Telling, Told
from callhandler.store import pictures, plainly, tables
from callhandler.store.pictures.caps import OF_PLACE
from callhandler.store.pictures.reader import Reader
from callhandler.store.tables import metadata
from callhandler.store.unit_of_work import reading
from tests.store.linking_rows import FAR, rows_in
from tests.store.rows import values
from tests.store.world import fill, open_office, sign_in
from tests.stores import NOW, PostgresStores, SqliteStores, Store

NUMBER = "07700 900123"
OF_PEOPLE, OF_AN_INCIDENT = 45, 61
"""What was merged into an incident takes two more. The shared database is asked for that in any case, and two more."""
COUNTING = 100
"""Most steps for an incident that is only counted, at a place and through a number (56 here); one that is read takes 460."""
WAITS = 2
"""For the ids, and for all that is held of them."""
Statement = tuple[str, Any]


@contextmanager
def statements(engine: Engine) -> Iterator[list[Statement]]:
    """Every statement that the engine is given, with its values."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "EXPLAIN", "SET ")):
            seen.append((statement, given))

    run, together, plainly_run = Reader._run, plainly.fetched_together, plainly.fetched

    def noted(reader: Reader, statement: Any, given: Any) -> Any:
        seen.append((statement.shared if reader.shared else statement.in_a_file, given))
        return run(reader, statement, given)

    def noted_together(connection: Any, asked: Any) -> Any:
        seen.extend(asked)
        return together(connection, asked)

    def noted_plainly(connection: Any, statement: str, given: Any) -> Any:
        seen.append((statement, given))
        return plainly_run(connection, statement, given)

    event.listen(engine, "before_cursor_execute", note)
    with (
        patch.object(Reader, "_run", noted),
        patch.object(plainly, "fetched_together", noted_together),
        patch.object(plainly, "fetched", noted_plainly),
    ):
        yield seen
    event.remove(engine, "before_cursor_execute", note)


def with_history(office: Office, incidents: int) -> int:
    """A person with this many earlier incidents, each with its party, call, disclosure and follow-up."""
    with work(office) as w:
        ids = {"desk_user": 1, "person": w.uow.append(tables.person, **values(tables.person, {}))}
        ids["place"] = w.uow.append(tables.place, **values(tables.place, {}))
        ids["number"] = w.uow.append(tables.number, **values(tables.number, {}))
        for table in (tables.place_tie, tables.number_tie, tables.person_record, tables.vehicle):
            w.uow.append(table, **values(table, ids))
        for n in range(incidents):
            known = {"known_at": NOW - timedelta(days=n + 1)}
            ids["incident"] = w.uow.append(tables.incident, **values(tables.incident, ids), **known)
            for table in (tables.party, tables.call, tables.disclosure, tables.follow_up, tables.enquiry):
                ids[table.name] = w.uow.append(table, **values(table, ids), **known)
    return ids["person"]


def test_the_number_of_statements_is_the_same_for_one_incident_and_for_three_hundred(
    store: Store, policy: Policy
) -> None:
    office = open_office(store, policy)
    sign_in(office, "handler", Right.HANDLER)
    counted = []
    for incidents in (0, 1, 300):
        person = with_history(office, incidents)
        with statements(office.engine) as seen, reading(office.engine) as connection:
            picture = pictures.of_people(connection, NOW, people=[person])
            assert len(picture.linked) == incidents
        with statements(office.engine) as seen_of_one, reading(office.engine) as connection:
            newest = picture.linked[-1].id if picture.linked else 0
            pictures.of_incident(connection, newest, NOW)
        counted.append((len(seen), len(seen_of_one)))
    office.engine.dispose()
    shared = store.engine == "postgresql"
    assert {of_people for of_people, _ in counted} == {OF_PEOPLE + 2 * shared}
    assert {of_one for _, of_one in counted[1:]} == {OF_AN_INCIDENT + 4 * shared}


def whole_tables_read(office: Office, seen: list[Statement]) -> set[str]:
    """Tables that some statement could only answer by reading all of them, with that statement."""
    found = set()
    with reading(office.engine) as connection:
        if connection.dialect.name == "postgresql":
            # Small tables are read whole by choice; this leaves it only where there is no other way.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        for statement, given in {s: g for s, g in seen if s.lstrip().startswith(("SELECT", "WITH"))}.items():
            names = {
                alias or name: name
                for name, alias in re.findall(
                    r"(?:FROM|JOIN) (\w+)(?: (?!WHERE|ON|JOIN|ORDER)(\w+))?", statement
                )
            }
            for row in connection.exec_driver_sql(explain + statement, given):
                plan = str(row[-1])
                scanned = re.match(r"SCAN (\w+)$|SEARCH (\w+) USING AUTOMATIC", plan) or re.search(
                    r"Seq Scan on (\w+)", plan
                )
                table = names.get(scanned[scanned.lastindex], scanned[scanned.lastindex]) if scanned else ""
                if table in metadata.tables and table not in ("head", "about"):
                    found.add(f"{table}: {' '.join(statement.split())}")
    return found


def test_no_statement_of_a_call_reads_a_whole_table(store: Store, policy: Policy) -> None:
    office = open_office(store, policy)
    handler = sign_in(office, "handler", Right.HANDLER)
    with_history(office, 5)
    calls, telling = Calls(office), Telling(office)
    incidents, desk = Incidents(office), Desk(office)
    with statements(office.engine) as seen:
        taken = calls.take(
            handler, CallIn(NUMBER, name="Caller A", place="Flat 1, Brackenfoil Street", words="Help.")
        )
        telling.tell(
            handler, taken.incident_id, Told("threat-to-kill", "He will kill me.", about="Former partner A")
        )
        calls.take(handler, CallIn(NUMBER, words="He is back."))
        asked = incidents.grade(handler, taken.incident_id, "I")
        asked = incidents.grade(handler, taken.incident_id, "R", "Try.")
        assert not asked.accepted
        incidents.probe(handler, taken.incident_id)
        desk.view(handler, taken.incident_id)
        desk.board(handler)
    found = whole_tables_read(office, seen)
    office.engine.dispose()
    assert len(seen) > 100
    assert found == set(), "\n".join(sorted(found))


def test_the_shared_database_is_waited_for_twice_for_any_picture(
    postgresql_stores: PostgresStores, tmp_path: Path, policy: Policy
) -> None:
    store = postgresql_stores.new(tmp_path)
    fill(store, policy)
    with rows_in(store) as rows:
        her, him, mother, place = rows.person(), rows.person(), rows.person(), rows.place()
        number = rows.add(tables.number, e164="+447700900123")
        rows.add(tables.number_tie, person_id=her, number_id=number)
        rows.add(tables.person_tie, a=her, b=him, relation="ex_partner")
        rows.add(tables.person_tie, a=mother, b=her, relation="parent")
        bound, accused, another = rows.person("He"), rows.person("Accused"), rows.person("Another")
        rows.add(tables.civil_order, type="nmo", protected_id=her, respondent_id=bound)
        rows.add(tables.civil_order, type="ro", protected_id=another, respondent_id=bound)
        rows.add(tables.marker, subject="person", subject_id=bound)
        rows.incident(rows.place(), (her, "at_risk"), (accused, "suspect"), days=3)
        for suspect in (bound, accused):
            rows.incident(rows.place(), (another, "at_risk"), (suspect, "suspect"))
        rows.add(tables.place_tie, person_id=her, place_id=place, tie="lives")
        rows.add(tables.place_tie, person_id=rows.person(), place_id=place, tie="stays")
        here = rows.incident(place, (her, "at_risk"), (him, "suspect"), days=0)
        for person, role in ((rows.person(), "at_risk"), (him, "suspect"), (mother, "caller")):
            rows.incident(rows.place(), (person, role))
        for days in range(1, OF_PLACE + 20):
            rows.incident(place, (rows.person(), "witness"), days=days)
        rejected = rows.incident(place, (her, "at_risk"), days=400)
        said = {"reason": "Another flat.", "author": "Handler"}
        rows.add(tables.link_judgement, incident_id=here, linked_id=rejected, verdict="not_linked", **said)
        also_her = rows.person()
        rows.judge("person", her, also_her)
        rows.incident(None, (also_her, "at_risk"), days=500)
        waited = [waits(lambda: rows.picture(here))]
        for subjects in ({"people": [her]}, {"numbers": [number]}, {"places": [place]}):
            waited.append(
                waits(lambda given=subjects: pictures.of_people(rows.connection, NOW, upto=FAR, **given))
            )  # type: ignore[misc]
        merged, into = rows.connection.execute(
            select(tables.incident_merge.c.incident_id, tables.incident_merge.c.into_id)
        ).one()
        gone = rows.place()
        rows.add(tables.move, incident_id=merged, place_id=gone, kind="going_to", room="")
        waited.append(waits(lambda: rows.picture(into)))
        picture, taken_in = rows.picture(here), rows.picture(into)
    postgresql_stores.discard(store)
    assert len(picture.linked) > OF_PLACE
    assert picture.cuts
    assert picture.rejected
    assert picture.clusters
    assert taken_in.inside == (merged,)
    assert taken_in.place(gone) is not None
    assert picture.apart.incidents
    assert waited == [WAITS] * 5


def test_of_a_hub_only_what_is_kept_is_read_and_the_rest_counted(
    sqlite_stores: SqliteStores, tmp_path: Path
) -> None:
    taken = []
    for others in (300, 900):
        (folder := tmp_path / str(others)).mkdir()
        with rows_in(sqlite_stores.new(folder)) as rows:
            her, station = rows.person(), rows.place()
            number = rows.add(tables.number, e164="+447700900124")
            people = rows.all(
                tables.person, ({"name": "Adult", "born": "", "named": 1} for _ in range(others))
            )
            at = [rows.written(station, days) for days in range(1, others + 1)]
            rang = rows.all(tables.incident, at)
            rows.all(tables.call, ({"incident_id": i, "number_id": number} for i in rang))
            rows.all(tables.number_tie, ({"person_id": p, "number_id": number} for p in people))
            rows.all(tables.place_tie, ({"person_id": p, "place_id": station} for p in people))
            here = rows.incident(station, (her, "at_risk"), days=0)
            rows.add(tables.call, incident_id=here, number_id=number)
            taken.append(steps(rows.connection, lambda rows=rows, here=here: rows.picture(here)))  # type: ignore[misc]
    of_each_other = (taken[1] - taken[0]) / 600
    assert of_each_other <= COUNTING


def steps(connection: Connection, read: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes, in hundreds told as single ones."""
    driver = connection.connection.driver_connection
    assert driver is not None
    told = 0

    def more() -> int:
        nonlocal told
        told += 100
        return 0

    driver.set_progress_handler(more, 100)
    read()
    driver.set_progress_handler(None, 0)
    return told


def waits(read: Callable[[], object]) -> int:
    """How often an answer of the shared database is waited for."""
    waited = 0
    run, together = Reader._run, plainly.fetched_together

    def one(reader: Reader, statement: Any, given: Any) -> Any:
        nonlocal waited
        waited += 1
        return run(reader, statement, given)

    def many(connection: Any, asked: Any) -> Any:
        nonlocal waited
        waited += 1
        return together(connection, asked)

    with patch.object(Reader, "_run", one), patch.object(plainly, "fetched_together", many):
        read()
    return waited


@pytest.mark.parametrize("table", ["party", "disclosure", "incident", "call"])
def test_the_plan_would_show_a_whole_table(store: Store, policy: Policy, table: str) -> None:
    office = open_office(store, policy)
    with statements(office.engine) as seen, reading(office.engine) as connection:
        connection.exec_driver_sql(f"SELECT x.* FROM {table} x WHERE x.salt = 'y'")
    assert len(whole_tables_read(office, seen)) == 1
    office.engine.dispose()
