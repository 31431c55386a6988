"""A whole history is looked through, and who may stand in it twice is proposed: never joined, never twice, never half."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from callhandler import cli
from callhandler.app import open_app
from callhandler.errors import BadInput, BadInputs, Environment, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.policy.linking import read_linking
from callhandler.services import naming
from callhandler.services.identity import Identity
from callhandler.services.linking import engines
from callhandler.services.linking.service import LinkRecords
from callhandler.services.office import Office, Work, work
from callhandler.settings import Settings, resources
from callhandler.store import proposing, tables
from callhandler.store.unit_of_work import reading

PASSPHRASE = "four quiet words here"
ON_SQLITE = pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
"""What the two engines of the store have no part in is tried on one."""
ROAD = "12 Hollis Road, Millbrook"


@pytest.fixture
def admin(office: Office) -> Actor:
    identity = Identity(office)
    identity.add_user("admin", "Administrator", PASSPHRASE, (Right.ADMINISTRATOR,), granted_by="test")
    return identity.open_session("admin")


def living(w: Work, name: str, born: str, address: str) -> int:
    person = naming.new_person(w, name, born=born)
    place = w.uow.append(tables.place, label=address, address=address, postcode="", kind="home")
    w.uow.append(
        tables.place_tie,
        person_id=person,
        place_id=place,
        tie="lives",
        happened_at=0,
        happened_precision="day",
    )
    return person


@pytest.fixture
def twice(office: Office) -> tuple[int, int]:
    """A woman who stands twice, among her mother, her twin, a namesake, and somebody without a name."""
    with work(office) as w:
        her = living(w, "Petra Fenwick", "1961-03-04", ROAD)
        living(w, "Joanna Fenwick", "1932-09-17", ROAD)
        living(w, "Bridget Fenwick", "1961-03-04", ROAD)
        living(w, "Petra Fenwick", "1988-11-20", "8 Kettle Lane, Southgate")
        naming.new_person(w, "Unnamed occupant", named=False)
        again = living(w, "Fenwick, Petra", "04/03/1961", "Flat 3, 77 Jarvis Close, Southgate")
        for n, name in enumerate(
            ("Carol Barlow", "Denise Lomas", "Edith Garside", "Farah Ingram", "Olive Kettle")
        ):
            living(w, name, f"19{50 + n}-0{n + 1}-1{n}", f"{n + 1} Dunmore Street, Millbrook")
    return her, again


def test_she_is_proposed_with_reasons_and_her_mother_and_twin_are_not(
    office: Office, admin: Actor, twice: tuple[int, int]
) -> None:
    linking = LinkRecords(office)
    said: list[str] = []
    run = linking.run(admin, say=lambda sentence, _share: said.append(sentence))
    assert (run.people, run.found, run.proposed) == (10, 1, 1)
    (proposed,) = linking.proposals(admin)
    assert (proposed.a, proposed.b) == twice
    assert proposed.likely >= read_linking(resources() / "linking").at_least
    assert proposed.reasons == (
        "the same given name; the same date of birth; the same family name, no home or number in common"
    )
    assert linking.proposals(admin, person_id=twice[1]) == [proposed]
    assert linking.proposals(admin, person_id=twice[1] + 1) == []
    with reading(office.engine) as connection:
        shown = connection.execute(text("SELECT what FROM consultation ORDER BY id")).scalars().all()
    assert shown == [f"who may stand twice, {n} shown: listed by command" for n in (1, 1, 0)]
    assert "10 of 10 people read" in said


@ON_SQLITE
def test_nothing_is_joined_and_the_run_is_in_the_journal_with_its_digest(
    office: Office, admin: Actor, twice: tuple[int, int]
) -> None:
    LinkRecords(office).run(admin)
    with reading(office.engine) as connection:
        (run,) = connection.execute(text("SELECT * FROM link_run")).all()
        kinds = (
            connection.execute(text("SELECT kind FROM journal WHERE seq = :id"), {"id": run.id})
            .scalars()
            .all()
        )
        names = connection.execute(
            text("SELECT count(*) FROM person_name WHERE person_id IN (:a, :b)"),
            dict(zip("ab", twice, strict=True)),
        ).scalar_one()
    assert kinds == ["link_run"]
    assert names == 2
    assert (run.engine, run.found, run.proposed, run.author_id) == ("duckdb", 1, 1, admin.user_id)
    assert run.settings == read_linking(resources() / "linking").digest


def test_a_pair_that_somebody_judged_is_listed_no_more(
    office: Office, admin: Actor, twice: tuple[int, int]
) -> None:
    linking = LinkRecords(office)
    linking.run(admin)
    assert linking.count(admin) == len(linking.proposals(admin)) == 1
    with work(office) as w:
        judged = {
            "kind": "person",
            "a": twice[0],
            "b": twice[1],
            "verdict": "same",
            "reason": "",
            "author": "S",
        }
        w.uow.append(tables.same_as, **judged)
    assert linking.count(admin) == len(linking.proposals(admin)) == 0
    assert linking.run(admin).proposed == 0


@ON_SQLITE
def test_a_second_run_proposes_only_what_is_new(office: Office, admin: Actor, twice: tuple[int, int]) -> None:
    linking = LinkRecords(office)
    linking.run(admin)
    assert linking.run(admin).proposed == 0
    with work(office) as w:
        third = living(w, "Petra Fenwick", "1961-03-04", ROAD)
    run = linking.run(admin)
    assert (run.found, run.proposed) == (3, 2)
    assert {(p.a, p.b) for p in linking.proposals(admin)} == {twice, (twice[0], third), (twice[1], third)}
    assert linking.count(admin) == 3


@ON_SQLITE
def test_a_run_that_is_broken_off_shows_nothing_and_the_next_is_whole(
    office: Office, admin: Actor, twice: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    linking = LinkRecords(office)
    with monkeypatch.context() as broken:
        broken.setattr(engines, "_best", _breaking(engines._best))
        with pytest.raises(Environment, match="power"):
            linking.run(admin)
    with reading(office.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM link_run")).scalar_one() == 0
    assert linking.proposals(admin) == []
    assert linking.run(admin).proposed == 1


def _breaking(best):  # type: ignore[no-untyped-def]
    def broken(found, linking):  # type: ignore[no-untyped-def]
        yield from best(found, linking)
        raise OSError("no power")

    return broken


@ON_SQLITE
def test_of_many_pairs_all_are_written_in_batches(
    office: Office, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callhandler.services.linking.service.WRITTEN", 3)
    monkeypatch.setattr("callhandler.services.linking.service.READ", 4)
    with work(office) as w:
        for n in range(8):
            for _ in range(2):
                living(
                    w,
                    f"Nasreen {'abcdefgh'[n] * 2}rlow",
                    f"19{60 + n}-01-0{n + 1}",
                    f"{n + 1} Lomas Row, Millbrook",
                )
    linking = LinkRecords(office)
    assert linking.run(admin).proposed == 8
    assert linking.count(admin) == 8


@ON_SQLITE
def test_only_an_administrator_runs_it_and_only_who_judges_sees_it(office: Office, admin: Actor) -> None:
    identity = Identity(office)
    identity.add_user("trainer", "Trainer", PASSPHRASE, (Right.TRAINER,), granted_by="test")
    identity.add_user("handler", "Handler 12", PASSPHRASE, (Right.HANDLER,), granted_by="test")
    trainer, handler = identity.open_session("trainer"), identity.open_session("handler")
    linking = LinkRecords(office)
    for actor in (trainer, handler):
        with pytest.raises(NotAllowed, match="administrator"):
            linking.run(actor)
    with pytest.raises(NotAllowed):
        linking.proposals(trainer)
    assert linking.proposals(handler) == []


@ON_SQLITE
def test_an_empty_store_proposes_nothing(office: Office, admin: Actor) -> None:
    assert LinkRecords(office).run(admin).found == 0


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_missing_library_is_said_with_what_to_install(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name in ("splink", "pyspark") else True
    )
    with pytest.raises(Environment, match=r"pip install \"callhandler\[link") as told:
        engines.require(engine)
    assert "Nothing was read or written" in str(told.value)


def test_an_engine_there_is_not_is_refused() -> None:
    with pytest.raises(BadInput, match="duckdb and spark"):
        engines.require("hadoop")


def test_a_desk_does_not_load_what_links() -> None:
    import subprocess

    code = (
        "import sys, callhandler.app, callhandler.cli\n"
        "print([m for m in ('splink', 'duckdb', 'pyarrow', 'numpy', 'pyspark') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("at_least: 0.95", "at_least: 1.95", "people.yaml:9"),
        ("rarer: given}", "rarer: shoe_size}", "levels.0.rarer"),
        ("one: 0.62", "one: 0.72", "do not sum to 1"),
        ("{same: given_sound}", "{same: given_sound, shares: homes}", "exactly one of"),
        ("two: 0.97648", "each: 0.97648, two: 0.5", "two, or each"),
        ("each_of: numbers, ", "", "each_of"),
        ("known_twice: 0.1", "known_twice: 0.1\nknown_thrice: 0.1", "known_thrice"),
        ("columns: [given, family, home]", "columns: [given, family, homes]", "alike.1.columns"),
        ("only: {any: [{known: homes}", "only: {any: [{known: hats}", "only.any.0.known"),
    ],
)
def test_faulty_settings_are_said_with_their_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    shipped = (resources() / "linking" / "people.yaml").read_text(encoding="utf-8")
    assert old in shipped
    (tmp_path / "people.yaml").write_text(shipped.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputs) as told:
        read_linking(tmp_path)
    assert said in str(told.value)
    assert "people.yaml:" in str(told.value)


def test_the_command_proposes_lists_and_accepts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "desk.sqlite")
    app = open_app(Settings(database, data_folder=tmp_path))
    app.identity.add_user("admin", "Administrator", PASSPHRASE, (Right.ADMINISTRATOR,), granted_by="test")
    with work(app.office) as w:
        for _ in range(2):
            living(w, "Petra Fenwick", "1961-03-04", ROAD)
    app.close()
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE, encoding="utf-8")
    given = ["--as", "admin", "--database", database, "--passphrase-file", str(file)]
    assert cli.main(["link-records", *given]) == 0
    assert "1 pairs may be one person, 1 of them not proposed before" in " ".join(
        capsys.readouterr().out.split()
    )
    assert cli.main(["link-records", "--list", *given]) == 0
    told = capsys.readouterr().out
    assert "Petra Fenwick, born 4 Mar 1961" in told
    assert "the same given name; the same date of birth" in told
    assert cli.main(["link-records", "--accept", *given]) == 1
    assert "Nothing is accepted unattended" in capsys.readouterr().err
    assert cli.main(["link-records", "--engine", "hadoop", *given]) == 1
    assert cli.main(["link-records", "--memory", "10", *given]) == 1


def test_a_proposal_is_never_changed_and_never_between_one_record_and_itself(
    office: Office, twice: tuple[int, int]
) -> None:
    row = (twice[0], twice[1], 950_000, "the same given name", "")
    with work(office) as w:
        proposing.write(w.uow.connection, "a run", [row])
    for statement in (
        "UPDATE same_as_proposal SET likely = 1",
        "DELETE FROM same_as_proposal",
        f"INSERT INTO same_as_proposal VALUES ('a run', {twice[0]}, {twice[0]}, 1, '', '')",
    ):
        with pytest.raises(Exception, match=r"never|older_first|CHECK|not be written"), work(office) as w:
            w.uow.connection.execute(text(statement))
