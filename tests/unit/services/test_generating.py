"""A made-up force: the same for the same seed, proved whole, in its proportions, and with the truth beside it."""

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from callhandler import cli
from callhandler.app import population_folder
from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, BadInputs, Environment
from callhandler.intake.generated.figures import read_force
from callhandler.intake.generated.names import HOW
from callhandler.intake.generated.where import DRAMA, Addresses, number, registration
from callhandler.rules.identify import e164
from callhandler.services import generating
from callhandler.services.custody import Custody
from callhandler.services.generating import Made, generate
from tests.stores import NOW, Stores

INCIDENTS = 1500


def make(folder: Path, seed: int = 1, incidents: int = INCIDENTS) -> Made:
    """Make up a force in a folder."""
    return generate(
        str(folder / "force.sqlite"),
        folder / "truth.csv",
        incidents,
        seed,
        population_folder(),
        lambda *_: None,
    )


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one made-up force, in several blocks."""
    folder = tmp_path_factory.mktemp("force")
    whole, generating.BLOCK = generating.BLOCK, 2_000
    make(folder)
    generating.BLOCK = whole
    return folder


@pytest.fixture
def store(force: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection to it."""
    with closing(sqlite3.connect(force / "force.sqlite")) as connection:
        yield connection


def one(store: sqlite3.Connection, statement: str) -> int:
    """The only value of a statement."""
    found: int = store.execute(statement).fetchone()[0]
    return found


def test_it_is_proved_whole_and_every_protection_is_on(force: Path, store: sqlite3.Connection) -> None:
    custody = Custody.existing(str(force / "force.sqlite"), ScenarioClock(NOW))
    proof = custody.prove()
    custody.engine.dispose()
    assert proof.findings == ()
    assert proof.links > 6 * INCIDENTS
    assert one(store, "SELECT count(*) FROM import_batch") > 4
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """What the seed 7 makes in a file: the digest, and the truth."""
    folder = tmp_path_factory.mktemp("seven")
    return make(folder, 7, 200).digest, (folder / "truth.csv").read_bytes()


def test_the_same_seed_makes_the_same_on_both_engines(
    stores: Stores, tmp_path: Path, seven: tuple[str, bytes]
) -> None:
    bare = stores.bare(tmp_path)
    truth = tmp_path / "again.csv"
    made = generate(bare.owned, truth, 200, 7, population_folder(), lambda *_: None)
    assert (made.digest, truth.read_bytes()) == seven
    custody = Custody.existing(bare.owned, ScenarioClock(NOW))
    assert custody.prove().findings == ()
    custody.engine.dispose()
    with bare.plain() as plain:
        # What is empty yet is not known to be: each key that is kept next is looked for before.
        plan = "EXPLAIN SELECT 1 FROM name_key WHERE key = 1 AND born = 0 AND name_id = 1"
        assert plain.sqlite or "Index" in str(plain.run(plan).fetchall())
    stores.discard(bare)


def test_another_seed_makes_another(tmp_path: Path, seven: tuple[str, bytes]) -> None:
    assert make(tmp_path, 8, 200).digest != seven[0]


@pytest.mark.parametrize(
    ("table", "for_each"),
    [("incident", 1), ("person", 0.5), ("place", 0.3), ("number", 0.6), ("party", 1.8), ("civil_order", 0.03),
     ("marker", 0.08), ("person_tie", 0.9), ("place_tie", 0.7), ("call", 1)],
)  # fmt: skip
def test_there_is_as_much_of_each_as_the_figures_say(
    store: sqlite3.Connection, table: str, for_each: float
) -> None:
    assert one(store, f"SELECT count(*) FROM {table}") == pytest.approx(for_each * INCIDENTS, rel=0.1)


def test_few_ring_often_and_one_address_stands_out(store: sqlite3.Connection) -> None:
    calls = sorted(
        row[0]
        for row in store.execute(
            "SELECT count(*) OVER (PARTITION BY person_id) FROM party WHERE role IN ('caller', 'reporter')"
        )
    )
    assert 4 <= calls[len(calls) // 2] <= 8
    assert 20 <= calls[len(calls) * 9 // 10] <= 45
    at_most = one(store, "SELECT max(n) FROM (SELECT count(*) AS n FROM incident GROUP BY place_id)")
    assert at_most > 0.02 * INCIDENTS


def test_vehicles_are_named_in_incidents_and_some_in_several(store: sqlite3.Connection) -> None:
    named = one(store, "SELECT count(*) FROM vehicle_named")
    assert named == pytest.approx(0.06 * INCIDENTS, rel=0.3)
    unread = one(store, "SELECT count(*) FROM vehicle_named WHERE registration = ''")
    known = one(
        store, "SELECT count(*) FROM vehicle_named n JOIN vehicle v ON v.registration = n.registration"
    )
    assert 0 < unread < named / 3
    assert known == named - unread
    assert one(store, "SELECT count(*) FROM (SELECT 1 FROM vehicle_named WHERE registration <> '' "
               "GROUP BY registration HAVING count(DISTINCT incident_id) > 1)")  # fmt: skip


def test_nothing_of_it_is_live_or_later_than_it_was_known(store: sqlite3.Connection) -> None:
    assert one(store, "SELECT count(*) FROM incident WHERE live <> 0 OR known_at < happened_at") == 0
    times = [row[0] for row in store.execute("SELECT happened_at FROM incident ORDER BY id")]
    assert times == sorted(times)


def test_the_truth_names_records_that_are_there(force: Path, store: sqlite3.Connection) -> None:
    with (force / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = dict(store.execute("SELECT id, named FROM person"))
    assert len(rows) == pytest.approx(0.1 * len(named), rel=0.3)
    assert {row["how"] for row in rows} == {*HOW, "nameless"}
    for row in rows:
        assert named[int(row["record"])] == (row["how"] != "nameless")
        assert named[int(row["same_as"])]
    assert sum(1 for named_ in named.values() if not named_) == sum(1 for r in rows if r["how"] == "nameless")


# --- numbers, addresses, registrations -------------------------------------------------------


def test_numbers_are_those_for_drama_first_and_none_comes_twice() -> None:
    drama = [number(place) for place in range(1000 * len(DRAMA))]
    later = [number(place)[0] for place in range(16_000, 6_000_000, 997)]
    assert all(one.startswith(tuple(f"+44{begins}" for begins in DRAMA)) for one, _ in drama)
    assert all(one.startswith("+4471") and len(one) == 13 for one in later)
    assert len({*later, *(one for one, _ in drama)}) == len(drama) + len(later)
    assert number(0) == ("+447700900000", "07700 900000")
    for place in (0, 999, 1_000, 15_999, 16_000, 5_999_999):
        kept, given = number(place)
        assert e164(given) == kept


def test_no_two_addresses_and_no_two_vehicles_are_alike() -> None:
    _, _, streets = read_force(population_folder())
    addresses = Addresses(streets, 0.2)
    some = [addresses.at(place) for place in range(0, 3_000_000, 37)]
    assert len(set(some)) == len(some)
    assert {kind for _, _, kind in some} == {"house", "flat"}
    assert len({registration(place) for place in range(0, 100_000, 3)}) > 33_000


# --- refused ---------------------------------------------------------------------------------


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=r"truth\.csv exists already"):
        make(tmp_path)
    (tmp_path / "truth.csv").unlink()
    (tmp_path / "force.sqlite").write_bytes(b"mine")
    with pytest.raises(BadInput, match=r"force\.sqlite exists already"):
        make(tmp_path)
    assert (tmp_path / "force.sqlite").read_bytes() == b"mine"


def test_without_the_library_of_names_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "faker.providers.person.en_GB", None)
    with pytest.raises(Environment, match=r"pip install \"callhandler\[generate\]\""):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_the_figures_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "population"
    shutil.copytree(population_folder(), folder)
    figures = folder / "force.yaml"
    figures.write_text(
        figures.read_text(encoding="utf-8").replace("span_years: 8", "span_years: 0"), encoding="utf-8"
    )
    with pytest.raises(BadInputs, match=r"force\.yaml.*span_years|span_years"):
        generate(str(tmp_path / "f.sqlite"), tmp_path / "t.csv", 100, 1, folder, lambda *_: None)


def test_the_command_says_how_much_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "small.sqlite"
    assert cli.main(["generate", "--incidents", "100", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "rows, digest" in said
    assert "have their keys" in said
    assert "small.sqlite.truth.csv" in said
    assert cli.main(["generate", "--out", str(out)]) == 1
    assert "exists already" in capsys.readouterr().err
