"""History brought in: whole, once, with when it was known; a file again adds nothing, a later one only what is new."""

import csv
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from callhandler.errors import BadInput, NotAllowed, Refused
from callhandler.model.actor import Actor, Right
from callhandler.model.when import to_micros
from callhandler.services import naming
from callhandler.services.custody import Custody
from callhandler.services.finding import people_like
from callhandler.services.imports import Imports, Report
from callhandler.services.office import Office, work
from callhandler.settings import resources
from callhandler.store.unit_of_work import reading
from tests.store.world import sign_in
from tests.stores import NOW

SAMPLES = Path(__file__).parents[1] / "data" / "imports"
RECORDS = resources() / "imports" / "records.yaml"
CALLS = """\
import: calls
title: Calls of old
reference: Invented
source: calls
time_zone: Europe/London
files:
  - incident:
      id: id
      opened: opened
      type: {column: type, codes: {DOM: domestic-abuse, ASB: asb}}
      summary: what
      outcome: outcome
      number: number
      place: {address: place}
    persons:
      - {label: caller, name: caller, number: number, role: caller}
      - {name: suspect, role: suspect}
"""
HEAD = "id,opened,type,what,outcome,number,place,caller,suspect\n"
A = "1,2016-08-20 21:10,DOM,Shouting,Advice,07700 900101,2 Larch Grove,Adult One,Adult Two\n"
B = "2,2016-08-21 02:00,ASB,Noise,,07700 900101,4 Larch Grove,Adult One,\n"
C = "3,2016-08-22 02:00,ASB,Noise,,07700 900102,2 Larch Grove,Adult One,Adult Two\n"


@pytest.fixture
def keeper(office: Office) -> Actor:
    return sign_in(office, "keeper", Right.ADMINISTRATOR)


class Bench:
    """One office's imports of calls."""

    def __init__(self, office: Office, keeper: Actor, folder: Path) -> None:
        self.office, self.keeper, self.folder = office, keeper, folder
        self.imports = Imports(office)
        (folder / "calls.yaml").write_text(CALLS, encoding="utf-8")

    def file(self, *rows: str, name: str = "calls.csv") -> Path:
        path = self.folder / name
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        return path

    def run(self, path: Path) -> Report:
        job = self.imports.prepare(self.folder / "calls.yaml", [path])
        return self.imports.run(self.keeper, job)[0]

    def dry(self, path: Path) -> Report:
        job = self.imports.prepare(self.folder / "calls.yaml", [path])
        return self.imports.dry_run(job)[0]

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with reading(self.office.engine) as connection:
            return [tuple(row) for row in connection.execute(text(statement))]

    def count(self, table: str) -> int:
        count: int = self.rows(f"SELECT count(*) FROM {table}")[0][0]
        return count

    def head(self) -> int:
        head: int = self.rows("SELECT last FROM head")[0][0]
        return head

    def intact(self) -> bool:
        return Custody(self.office.engine, self.office.clock, "").prove().intact


@pytest.fixture
def bench(office: Office, keeper: Actor, tmp_path: Path) -> Bench:
    return Bench(office, keeper, tmp_path)


def test_the_records_layout_comes_in_whole(bench: Bench) -> None:
    job = bench.imports.prepare(RECORDS, [SAMPLES / "records"], bench.folder)
    tried = bench.imports.dry_run(job)
    assert bench.count("incident") == 0
    done = bench.imports.run(bench.keeper, job)
    assert [(r.made, r.rejected) for r in tried] == [(r.made, r.rejected) for r in done]
    assert sum(r.rejected for r in done) == 0
    counts = {
        "person": 3, "person_name": 4, "vehicle": 1, "incident": 2, "party": 4, "call": 1, "number": 2,
        "person_tie": 2, "civil_order": 1, "marker": 1, "place": 2, "place_tie": 1, "number_tie": 2, "log_entry": 1,
    }  # fmt: skip
    assert {table: bench.count(table) for table in counts} == counts
    # He was recorded as the suspect twenty minutes later, and the child two days after: as of then, not before.
    known = bench.rows("SELECT p.known_at FROM party p ORDER BY p.id")
    opened = bench.rows("SELECT known_at, live FROM incident ORDER BY id")
    assert [(k[0] - opened[0][0]) // 60_000_000 for k in known] == [0, 0, 16, 36 * 60 + 46]
    assert {row[1] for row in opened} == {0}
    with reading(bench.office.engine) as connection:
        assert [c.confirmed for c in people_like(connection, "Adult One").candidates][:1] != []
    who = bench.rows(
        "SELECT u.name, a.mapping, a.source FROM import_act a JOIN desk_user u ON u.id = a.user_id LIMIT 1"
    )
    assert who == [("keeper", "records", "records")]
    assert bench.intact()


def test_the_same_number_and_name_are_one_person_and_nothing_less_is(bench: Bench) -> None:
    bench.run(bench.file(A, B, C))
    assert bench.rows("SELECT name FROM person ORDER BY id") == [
        ("Adult One",), ("Adult Two",), ("Adult One",), ("Adult Two",),
    ]  # fmt: skip
    assert bench.count("place") == 2
    assert bench.rows("SELECT count(*) FROM party WHERE person_id = (SELECT min(id) FROM person)") == [(2,)]


def test_the_same_file_again_adds_nothing(bench: Bench) -> None:
    bench.run(bench.file(A, B))
    head = bench.head()
    again = bench.run(bench.file(A, B))
    assert again.lines() == [
        "calls.csv came in already, by the same mapping: on 26 August 2018, by Keeper. Nothing was added."
    ]
    assert bench.head() == head
    # Another file with the same rows is another file; its rows are known.
    other = bench.run(bench.file(A, B, C, name="more.csv"))
    assert (other.taken, other.nothing_new, other.made["incident"], other.made["party"]) == (3, 2, 1, 2)
    assert other.made["place"] == 0
    assert bench.intact()


def test_a_later_extract_adds_what_is_new_and_overwrites_nothing(bench: Bench) -> None:
    bench.run(bench.file(A))
    later = A.replace("Advice", "Arrest").replace("DOM", "ASB")
    done = bench.run(bench.file(later, name="later.csv"))
    assert done.said["later"] == 1
    assert bench.rows("SELECT type, outcome FROM incident") == [("domestic-abuse", "Advice")]
    assert bench.rows("SELECT type, known_at FROM incident_type") == [("asb", to_micros(NOW))]
    assert bench.rows("SELECT text, known_at FROM log_entry") == [
        ("A later row of the history says. Outcome: Arrest", to_micros(NOW))
    ]
    head = bench.count("log_entry"), bench.count("incident_type")
    bench.run(bench.file(later, C, name="later-still.csv"))
    bench.run(bench.file(A, C, name="the-first-again.csv"))
    assert (bench.count("log_entry"), bench.count("incident_type")) == head


def test_rejected_rows_go_to_a_file_and_mended_they_come_in(bench: Bench) -> None:
    bad = B.replace("ASB", "NOISE")
    done = bench.run(bench.file(A, bad, C.replace("2016-08-22 02:00", "")))
    assert (done.taken, done.rejected, done.rejects) == (1, 2, bench.folder / "calls.rejected.csv")
    assert done.rejects
    with done.rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(r["callhandler_row"], r["callhandler_column"], r["callhandler_value"], r["what"]) for r in rows]
    assert told == [("3", "type", "NOISE", "Noise"), ("4", "opened", "", "Noise")]
    assert rows[0]["callhandler_reason"] == (
        "NOISE is not in the table of codes: add it to the table of this cell, or write `otherwise: keep`."
    )
    mended = done.rejects.read_text(encoding="utf-8-sig").replace(",NOISE,Noise", ",ASB,Noise")
    done.rejects.write_text(mended, encoding="utf-8")
    again = bench.run(done.rejects)
    assert (again.taken, again.rejected, again.made["incident"]) == (1, 1, 1)
    assert again.rejects == bench.folder / "calls.rejected-2.csv"
    assert bench.count("incident") == 2


def test_a_number_nobody_can_be_rung_by_costs_the_number_alone_and_is_told(bench: Bench) -> None:
    done = bench.run(
        bench.file(A.replace("07700 900101", "ask at desk"), B.replace("07700 900101", "withheld"))
    )
    assert (done.taken, done.rejected, done.without) == (2, 0, 1)
    assert done.rejects
    told = done.rejects.read_text(encoding="utf-8-sig")
    why = "number,ask at desk,came in without this: ask at desk is not a telephone number."
    assert told.count(why) == 1 and "The row came in without it" not in told
    mended = told.replace(",ask at desk,2 Larch", ",07700 900101,2 Larch")
    done.rejects.write_text(mended, encoding="utf-8")
    bench.run(done.rejects)
    assert (bench.count("incident"), bench.count("number"), bench.count("call")) == (2, 1, 1)


def test_what_is_on_record_here_is_not_made_twice(bench: Bench) -> None:
    with work(bench.office) as w:
        number = naming.number(w, "07700900101")
        her = naming.new_person(w, "Adult One")
        place = naming.place(w, "2 Larch Grove")
        from callhandler.store import tables

        w.uow.append(tables.number_tie, person_id=her, number_id=number)
    done = bench.run(bench.file(A))
    assert (done.made["person"], done.made["place"], done.made["number"], done.made["number_tie"]) == (
        1,
        0,
        0,
        0,
    )
    assert bench.rows("SELECT place_id, number_id FROM incident") == [(place, number)]
    assert bench.rows(f"SELECT role FROM party WHERE person_id = {her}") == [("caller",)]
    assert bench.count("person_name") == 2


def test_rows_that_point_to_nothing_are_rejected_whole(bench: Bench) -> None:
    for source in (SAMPLES / "records").glob("*.csv"):
        (bench.folder / source.name).write_bytes(source.read_bytes())
    people = bench.folder / "people.csv"
    people.write_text("\n".join(people.read_text().splitlines()[:2]) + "\n")
    job = bench.imports.prepare(RECORDS, [bench.folder])
    tried, done = bench.imports.dry_run(job), bench.imports.run(bench.keeper, job)
    assert [r.rejected for r in tried] == [r.rejected for r in done] == [0, 1, 0, 2, 2, 1, 1]
    bad = done[3].examples[0]
    assert (bad.row, bad.column, bad.value, bad.reason) == (
        4,
        "person_id",
        "P2",
        "No person P2 has come in before this row.",
    )
    assert bench.count("party") == 2


def test_only_an_administrator_brings_history_in(bench: Bench, office: Office) -> None:
    bench.keeper = sign_in(office, "handler", Right.HANDLER)
    with pytest.raises(NotAllowed):
        bench.run(bench.file(A))
    assert bench.count("import_file") == 0


def test_a_mapping_for_another_file_stops_early(bench: Bench) -> None:
    rows = (f"{n},2016-08-20 21:10,NONE,x,,,,,\n" for n in range(1500))
    with pytest.raises(BadInput, match="None of the first 1,000 rows fits; this mapping is for another file"):
        bench.dry(bench.file(*rows))


def test_two_windows_never_bring_one_file_in_together(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bench.file(*(A.replace("1,", f"{n},", 1) for n in range(9)))
    monkeypatch.setattr("callhandler.services.imports.importing.ROWS", 3)
    job = bench.imports.prepare(bench.folder / "calls.yaml", [path])
    turns: list[int] = []

    def the_other_goes_on() -> bool:
        turns.append(1)
        if len(turns) == 1:
            bench.run(path)
        return True

    with pytest.raises(Refused, match="is being brought in from another window"):
        bench.imports.run(bench.keeper, job, wanted=the_other_goes_on)
    assert bench.count("incident") == 9
    assert bench.intact()


def test_stopped_it_says_so_and_goes_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callhandler.services.imports.importing.ROWS", 2)
    path = bench.file(A, B, C)
    job = bench.imports.prepare(bench.folder / "calls.yaml", [path])
    stopped = bench.imports.run(bench.keeper, job, wanted=lambda: False)[0]
    assert (stopped.read, stopped.finished) == (2, False)
    assert stopped.lines()[-1].startswith("It was stopped.")
    done = bench.run(path)
    assert (done.read, done.finished, done.made["incident"]) == (3, True, 3)
    assert "It went on after row 2, where it was stopped." in done.lines()


def test_what_does_not_say_when_it_was_recorded_is_known_from_today(bench: Bench) -> None:
    bench.run(bench.file(A))
    (bench.folder / "people.yaml").write_text(
        CALLS.partition("files:")[0]
        + "files:\n  - of_incident: id\n    known_at: recorded\n    persons: [{name: who, role: witness}]\n",
        encoding="utf-8",
    )
    people = bench.folder / "people.csv"
    people.write_text("id,who,recorded\n1,Adult Three,2016-08-21 09:00\n1,Adult Four,\n", encoding="utf-8")
    job = bench.imports.prepare(bench.folder / "people.yaml", [people])
    (done,) = bench.imports.run(bench.keeper, job)
    assert done.said["undated"] == 1
    assert "known from today, not before" in "\n".join(done.lines())
    known = bench.rows("SELECT known_at FROM party WHERE role = 'witness' ORDER BY id")
    assert [row[0] for row in known] == [1471766400000000, to_micros(NOW)]


def test_rejected_rows_of_any_file_can_be_mended_as_csv(bench: Bench, tmp_path: Path) -> None:
    import duckdb

    source = tmp_path / "calls.parquet"
    duckdb.sql(
        "SELECT * FROM (VALUES (1, TIMESTAMP '2016-08-20 21:10:00', 'DOM'), (2, TIMESTAMP '2016-08-20 22:00:00', 'NO')) "
        "t(id, opened, type)"
    ).write_parquet(str(source))
    mapping = CALLS.partition("files:")[0] + (
        "files:\n  - format: parquet\n"
        "    incident: {id: id, opened: opened, type: {column: type, codes: {DOM: theft}}}\n"
    )
    (bench.folder / "parquet.yaml").write_text(mapping, encoding="utf-8")

    def run(path: Path) -> Report:
        return bench.imports.run(bench.keeper, bench.imports.prepare(bench.folder / "parquet.yaml", [path]))[
            0
        ]

    done = run(source)
    assert (done.taken, done.rejected) == (1, 1)
    assert done.rejects
    assert bench.rows("SELECT happened_at FROM incident") == [(1471723800000000,)]
    # A spreadsheet saved it again with semicolons, in its own encoding.
    mended = done.rejects.read_text(encoding="utf-8-sig").replace(",NO", ",DOM").replace(",", ";")
    done.rejects.write_text(mended, encoding="windows-1252")
    assert (run(done.rejects).taken, bench.count("incident")) == (1, 2)
