"""What an import writes is found as what a desk writes: by the one search, by other spellings, and through vehicles."""

from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.model.actor import Right
from callhandler.model.picture import Via
from callhandler.model.search import Group
from callhandler.services.calls import CallIn, Calls
from callhandler.services.derived import compared
from callhandler.services.finding import people_like, places_like
from callhandler.services.imports import Imports, Report, deriving, importing
from callhandler.services.office import Office
from callhandler.services.searching import Searching
from callhandler.services.telling import Telling
from callhandler.store import keeping_keys, pictures, words
from callhandler.store.unit_of_work import reading
from tests.store.test_importing import CALLS, HEAD, Bench
from tests.store.world import sign_in
from tests.stores import NOW

VEHICLES = """\
    vehicles:
      - {registration: car, description: colour, person: suspect}
"""
WITH_CAR = CALLS.replace("{name: suspect, role", "{label: suspect, name: suspect, role") + VEHICLES
ROWS = (
    HEAD.strip() + ",car,colour\n"
    "1,2016-08-20 21:10,DOM,Heard shouting,Advice,07700 900101,2 Larkmoor Street,Joan Hill,Adult Two,qq12 abc,blue van\n"
    "2,2016-08-21 21:10,ASB,A van circled,,07700 900102,9 Rowan Way,Adult Three,,QQ12ABC,\n"
    "3,2016-08-22 21:10,ASB,Noise,,07700 900103,4 Rowan Way,Adult Four,Adult Five,not seen: white,\n"
    "4,2016-08-23 21:10,ASB,Noise,,07700 900104,5 Rowan Way,Adult Six,Adult Seven,,\n"
)


@pytest.fixture
def bench(office: Office, tmp_path: Path) -> Bench:
    bench = Bench(office, sign_in(office, "keeper", Right.ADMINISTRATOR), tmp_path)
    (tmp_path / "calls.yaml").write_text(WITH_CAR, encoding="utf-8")
    (tmp_path / "calls.csv").write_text(ROWS, encoding="utf-8")
    return bench


def test_a_vehicle_of_a_row_is_kept_as_named_in_its_incident_once(bench: Bench) -> None:
    path = bench.folder / "calls.csv"
    tried, done = bench.dry(path), bench.run(path)
    assert tried.made == done.made
    named = bench.rows("SELECT registration, description, author FROM vehicle_named ORDER BY id")
    assert named == [
        ("QQ12ABC", "blue van", "Calls of old"),
        ("QQ12ABC", "", "Calls of old"),
        ("", "not seen: white", "Calls of old"),
    ]
    # The second row has nobody whose it is: it is kept nevertheless.
    assert bench.count("vehicle") == 2
    lines = bench.rows("SELECT text, happened_at = (SELECT happened_at FROM incident i WHERE i.id = incident_id) "
                       "FROM log_entry ORDER BY id")  # fmt: skip
    assert lines == [
        ("Vehicle: QQ12 ABC, blue van.", 1),
        ("Vehicle: QQ12 ABC.", 1),
        ("Vehicle: not seen: white.", 1),
    ]
    again = bench.folder / "again.csv"
    again.write_text(ROWS + ROWS.splitlines()[1].replace("1,", "5,", 1) + "\n", encoding="utf-8")
    assert bench.run(again).made["vehicle_named"] == 1
    assert bench.count("vehicle_named") == 4
    assert bench.intact()


def test_an_incident_brought_in_is_linked_through_a_vehicle_that_is_named_today(bench: Bench) -> None:
    bench.run(bench.folder / "calls.csv")
    handler = sign_in(bench.office, "handler", Right.HANDLER)
    call = CallIn(number="07700 900177", words="A car waits outside.")
    here = Calls(bench.office).take(handler, call).incident_id
    Telling(bench.office).name_vehicle(handler, here, "QQ12 ABC")
    with reading(bench.office.engine) as connection:
        picture = pictures.of_incident(connection, here, NOW)
    through = {link.incident_id for link in picture.links if link.via is Via.VEHICLE}
    named = bench.rows(
        "SELECT incident_id FROM vehicle_named WHERE author = 'Calls of old' AND registration <> ''"
    )
    assert through == {row[0] for row in named}
    assert len(through) == 2


@pytest.mark.parametrize(
    ("asked", "group"),
    [
        ("shouting", Group.TEXT), ("qq12", Group.TEXT), ("QQ12ABC", Group.VEHICLES), ("Joan Hill", Group.PEOPLE),
        ("larkmoor", Group.PLACES), ("07700 900101", Group.NUMBERS),
    ],
)  # fmt: skip
def test_all_that_came_in_is_searched_at_once(bench: Bench, asked: str, group: Group) -> None:
    bench.run(bench.folder / "calls.csv")
    with reading(bench.office.engine) as connection:
        assert words.all_behind(connection) == ()
        assert people_like(connection, "Jone Hill").candidates
        assert places_like(connection, "2 Larkmore St").candidates
    handler = sign_in(bench.office, "handler", Right.HANDLER)
    assert group in {h.group for h in Searching(bench.office).find(handler, asked).hits}


def test_names_get_their_keys_and_words_while_a_long_file_comes_in(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ROWS", 1)
    monkeypatch.setattr(deriving, "KEYED", 2)
    job = bench.imports.prepare(bench.folder / "calls.yaml", [bench.folder / "calls.csv"])
    steps = Imports(bench.office).bringing_in(bench.keeper, job)
    found = 0
    for reports in steps:
        if not reports[0].finished:
            with reading(bench.office.engine) as connection:
                found += bool(people_like(connection, "Jone Hill").candidates)
    assert found


@pytest.mark.parametrize("killed", [False, True])
def test_a_second_process_keeps_up_with_a_long_file_and_what_it_leaves_is_done_here(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    for module, name, value in ((importing, "ROWS", 20), (deriving, "FEWEST", 1), (deriving, "KEYED", 30)):
        monkeypatch.setattr(module, name, value)
    follow, beside = deriving.Deriving.follow, []

    def watched(derived: deriving.Deriving, report: Report) -> bool:
        if derived._tell is not None and derived._process is not None:
            beside.append(derived._process.pid)
            if killed:
                derived._process.kill()
                derived._process.join()
        return follow(derived, report)

    monkeypatch.setattr(deriving.Deriving, "follow", watched)
    path = bench.folder / "calls.csv"
    path.write_text(ROWS.splitlines()[0] + "\n" + "".join(
        f"{n},2016-08-20 21:10,DOM,Heard shouting,Advice,07700 9{n:05},{n} Larkmoor Street,Joan Hill{n},Adult Two,,\n"
        for n in range(1, 101)
    ), encoding="utf-8")  # fmt: skip
    bench.run(path)
    assert len(set(beside)) == 1 and len(beside) == (1 if killed else 6)
    with reading(bench.office.engine) as connection:
        assert words.all_behind(connection) == () and keeping_keys.behind(connection) == 0
        assert list(compared(connection, lambda _: None)) == []
    assert bench.intact()


def test_a_vehicle_needs_somebody_or_an_incident(bench: Bench) -> None:
    path = bench.folder / "calls.yaml"
    path.write_text(
        CALLS.partition("  - incident:")[0] + "  - vehicles: [{registration: car}]\n", encoding="utf-8"
    )
    with pytest.raises(BadInputs, match="a vehicle needs the person who has it, or the row's incident"):
        bench.imports.mapping(path)


def test_a_father_and_a_son_of_one_name_and_number_and_two_callers_of_no_name_stay_apart(
    bench: Bench,
) -> None:
    mapping = WITH_CAR.replace("name: caller,", "name: caller, born: colour,").replace(VEHICLES, "")
    (bench.folder / "calls.yaml").write_text(mapping, encoding="utf-8")
    line = "{},2016-08-20 21:10,DOM,x,,{},2 Larkmoor Street,{},,,{}\n"
    rows = [
        (1, "07700 900101", "John Hill", "1950-01-02"), (2, "07700 900101", "John Hill", "1980-05-06"),
        (3, "07700 900101", "John Hill", "1980-05-06"), (4, "07700 900102", "Ann Moss", ""),
        (5, "07700 900102", "Ann Moss", ""), (6, "0121 496 0734", "Caller", ""), (7, "0121 496 0734", "Caller", ""),
        (8, "07700 900103", "UNKNOWN MALE", ""), (9, "07700 900103", "UNKNOWN MALE", ""),
    ]  # fmt: skip
    path = bench.folder / "calls.csv"
    path.write_text(
        HEAD.strip() + ",car,colour\n" + "".join(line.format(*row) for row in rows), encoding="utf-8"
    )
    assert bench.run(path).taken == len(rows)
    held = "SELECT name, born, count(*) FROM person GROUP BY name, born ORDER BY name, born"
    assert bench.rows(held) == [
        ("Ann Moss", "", 1), ("Caller", "", 2), ("John Hill", "1950-01-02", 1), ("John Hill", "1980-05-06", 1),
        ("UNKNOWN MALE", "", 2),
    ]  # fmt: skip
    assert bench.intact()
