"""`callhandler import`: tried, brought in, said in figures; rejected rows with their places; faults that say where."""

import shutil
from pathlib import Path

import pytest

from callhandler.app import open_app
from callhandler.cli import main
from callhandler.model.actor import Right
from callhandler.settings import Settings
from callhandler.store.unit_of_work import reading

SAMPLES = Path(__file__).parents[1] / "data" / "imports"
WORDS = "five words nobody would guess"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with an administrator and a handler."""
    path = tmp_path / "s.sqlite"
    opened = open_app(Settings(database=str(path), data_folder=tmp_path))
    for name, right in (("keeper", Right.ADMINISTRATOR), ("handler", Right.HANDLER)):
        opened.identity.add_user(name, name.capitalize(), WORDS, {right}, granted_by="test")
    opened.close()
    (tmp_path / "words").write_text(WORDS, encoding="utf-8")
    return path


def run(store: Path, *given: str, name: str = "keeper") -> int:
    words = str(store.parent / "words")
    return main(["import", *given, "--as", name, "--passphrase-file", words, "--database", str(store)])


def incidents(store: Path) -> int:
    opened = open_app(Settings(database=str(store), data_folder=store.parent))
    try:
        with reading(opened.office.engine) as connection:
            found: int = connection.exec_driver_sql("SELECT count(*) FROM incident").scalar_one()
            return found
    finally:
        opened.close()


def test_tried_then_brought_in_then_known(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = shutil.copy(SAMPLES / "police-uk-street.csv", store.parent)
    assert run(store, str(source), "--mapping", "police-uk-street", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "police-uk-street.csv: 3 rows read, 2 would come in, 1 rejected." in told
    assert "Crime ID" in told
    assert "The incident's id is missing here." in told
    assert incidents(store) == 0
    assert run(store, str(source), "--mapping", "police-uk-street") == 0
    told = capsys.readouterr().out
    assert "New are 2 incidents, 1 place" in told
    assert (
        f"are in {store.parent / 'police-uk-street.rejected.csv'}: mend them there and import that file."
        in told
    )
    assert incidents(store) == 2
    assert run(store, str(source), "--mapping", "police-uk-street") == 0
    assert "came in already, by the same mapping" in capsys.readouterr().out


def test_what_is_wrong_is_said_in_a_sentence(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(SAMPLES / "police-uk-street.csv")
    for given, name, said in (
        (
            (source, "--mapping", "none"),
            "keeper",
            "There is no mapping file none; shipped are cincinnati-cad,",
        ),
        ((source, "--mapping", "records"), "keeper", "the mapping knows people.csv, vehicles.csv,"),
        (
            (source, "--mapping", "seattle-call-data"),
            "keeper",
            "police-uk-street.csv has none of the columns that the mapping names (CAD Event",
        ),
        ((str(SAMPLES), "--mapping", "records"), "keeper", "people.csv: this file is missing"),
        ((source, "--mapping", "police-uk-street"), "handler", "somebody signed in as administrator"),
    ):
        assert run(store, *given, name=name) == 1
        assert said in capsys.readouterr().err


def test_codes_that_the_mapping_lacks_are_told_with_their_rows(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = store.parent
    (folder / "calls.csv").write_text(
        "id,opened,type,who,part\n"
        + "".join(f"{n},2018-01-0{n},{'XB' if n < 4 else 'DOM'},Adult {n},{'VIC'}\n" for n in range(1, 6)),
        encoding="utf-8",
    )
    (folder / "mine.yaml").write_text(
        "import: mine\ntitle: Mine\nreference: Invented\nsource: mine\ntime_zone: Europe/London\n"
        "codes: {types: {DOM: domestic-abuse}}\nfiles:\n"
        "  - incident: {id: id, opened: opened, type: {column: type, codes: types}}\n"
        "    persons: [{name: who, role: {column: part, codes: {CAL: caller}}}]\n",
        encoding="utf-8",
    )
    given = (str(folder / "calls.csv"), "--mapping", str(folder / "mine.yaml"))
    for more in (("--dry-run",), ()):
        assert run(store, *given, *more) == 0
        told = " ".join(capsys.readouterr().out.split())
        assert "Code 'XB' of column type, 3 rows: add it to `types`, or write `otherwise: keep`." in told
        # A word that is no role is of no use as it is.
        assert (
            "Code 'VIC' of column part, 2 rows: add it to the table of this cell, or write `otherwise: blank`."
            in told
        )
