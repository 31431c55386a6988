"""Papers from the command line: each into a new file, read and withheld recorded, mistakes told plainly."""

from pathlib import Path

import pytest

from callhandler import cli
from callhandler.app import open_app
from callhandler.clock import SystemClock
from callhandler.model.actor import Right
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.services.calls import CallIn
from callhandler.services.custody import Custody
from callhandler.services.telling import Told
from callhandler.settings import Settings
from tests.brief.conftest import words_of


class Room:
    """A store with one incident, and a command line beside it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.database = str(folder / "room.sqlite")
        (folder / "words").write_text("correct horse battery staple\n", encoding="utf-8")
        self.app = open_app(Settings(self.database, data_folder=folder), kind="TRAINING")
        identity = self.app.identity
        identity.add_user(
            "handler", "Handler 12", "correct horse battery staple", (Right.HANDLER,), granted_by="test"
        )
        self.actor = identity.sign_in("handler", "correct horse battery staple")
        taken = self.app.calls.take(
            self.actor, CallIn(name="Adult 1", place="4 Plover Lane, Solihull", type="domestic-abuse")
        )
        self.incident = taken.incident_id
        told = Told("threat-to-kill", "He said he will kill me.", "Adult 1", "Her partner", "Adult 1")
        self.app.telling.tell(self.actor, self.incident, told)
        assert self.app.incidents.grade(self.actor, self.incident, "I").accepted

    def run(self, command: str, *more: str) -> tuple[int, str]:
        """Run a command of papers as the handler; its exit code and what it said."""
        code = cli.main(
            ["paper", command, *more, "--as", "handler", "--passphrase-file", str(self.folder / "words"),
             "--database", self.database]
        )  # fmt: skip
        said = self._capsys.readouterr()
        return code, said.out + said.err


@pytest.fixture
def room(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    made = Room(tmp_path, capsys)
    yield made
    made.app.close()


def test_each_paper_into_a_new_file(room: Room) -> None:
    incident = ["--incident", str(room.incident)]
    decided = room.app.desk.view(room.actor, room.incident).picture.decisions[-1].id
    room.app.proposals.decide(
        room.actor,
        room.incident,
        ProposalKind.REFERRAL,
        "domestic-abuse-triage",
        Decided.TAKEN,
        consent=Consent.GIVEN,
    )
    for command, more in (
        ("briefing", []),
        ("decision", ["--record", str(decided)]),
        ("referral", ["--to", "domestic-abuse-triage"]),
        ("bundle", []),
    ):
        out = room.folder / f"{command}.pdf"
        code, said = room.run(command, *incident, *more, "--out", str(out))
        assert (code, out.read_bytes()[:4]) == (0, b"%PDF"), said
        assert "Digest of what it says" in said
        assert "0001" in words_of(out.read_bytes()) or "Plover" in words_of(out.read_bytes())


def test_by_its_reference_as_of_an_instant_as_html_and_text(room: Room) -> None:
    picture = room.app.desk.view(room.actor, room.incident).picture
    assert picture.incident is not None
    out = room.folder / "briefing.html"
    code, _ = room.run("briefing", "--incident", picture.incident.reference, "--out", str(out))
    assert code == 0 and out.read_text(encoding="utf-8").startswith("<!doctype html>")
    early = room.folder / "early.txt"
    code, said = room.run(
        "briefing", "--incident", str(room.incident), "--out", str(early), "--as-of", "2001-01-01T00:00+00:00"
    )
    assert code == 1 and "as of that instant" in said and not early.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--out", "paper.docx"], "neither .pdf, .html nor .txt"),
        (["--out", "nowhere/at/all.pdf"], "There is no folder"),
        (["--out", "words"], "neither"),
        (["--out", "a.pdf", "--as-of", "yesterday"], "is no instant"),
        (["--out", "a.pdf", "--as-of", "2018-08-27T00:26"], "has no zone"),
        (["--out", "a.pdf", "--purpose", " "], "purpose is empty"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    room: Room, monkeypatch: pytest.MonkeyPatch, more: list[str], said: str
) -> None:
    monkeypatch.chdir(room.folder)
    before = room.app.papers.made(room.actor, room.incident)
    code, told = room.run("briefing", "--incident", str(room.incident), *more)
    assert code == 1 and said in told
    assert room.app.papers.made(room.actor, room.incident) == before
    assert not (room.folder / "a.pdf").exists()


def test_the_store_keeps_the_rules_it_was_worked_by(room: Room) -> None:
    room.app.close()
    open_app(Settings(room.database, scheme="west-midlands", data_folder=room.folder)).close()
    out = room.folder / "briefing.txt"
    code, said = room.run("briefing", "--incident", str(room.incident), "--out", str(out))
    assert code == 0, said
    found = Custody.existing(room.database, SystemClock())
    assert found.scheme_in_force() == "west-midlands"
    found.engine.dispose()


def test_no_store_is_made_by_asking_for_a_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = tmp_path / "none.sqlite"
    more = ["--incident", "1", "--out", str(tmp_path / "a.pdf"), "--as", "handler", "--database", str(where)]
    assert cli.main(["paper", "briefing", *more]) == 1
    assert "There is no callhandler database" in capsys.readouterr().err
    assert not where.exists()


def test_a_paper_never_overwrites(room: Room) -> None:
    out = room.folder / "briefing.pdf"
    out.write_bytes(b"kept")
    code, said = room.run("briefing", "--incident", str(room.incident), "--out", str(out))
    assert code == 1 and "exists already" in said and out.read_bytes() == b"kept"


def test_no_such_incident(room: Room) -> None:
    code, said = room.run("briefing", "--incident", "4712", "--out", str(room.folder / "a.pdf"))
    assert code == 1 and "There is no incident 4712" in said


def test_read_and_withheld_by_command(room: Room) -> None:
    incident = ["--incident", str(room.incident)]
    out = room.folder / "first.txt"
    room.run("briefing", *incident, "--out", str(out))
    assert "Plover" in out.read_text(encoding="utf-8")
    (made,) = room.app.papers.made(room.actor, room.incident)
    code, said = room.run("read", *incident, "--digest", made.digest[:8], "--by", "Unit 12")
    assert code == 0 and "read by Unit 12" in said
    assert [r.reader for r in room.app.papers.made(room.actor, room.incident)[0].reads] == ["Unit 12"]
    code, said = room.run(
        "withhold",
        "--place",
        "4 plover lane solihull",
        "--said-by",
        "Adult 1",
        "--reason",
        "He looks for her.",
    )
    assert code == 0, said
    room.run("briefing", *incident, "--out", str(room.folder / "second.txt"))
    assert "Plover" not in (room.folder / "second.txt").read_text(encoding="utf-8")
    code, said = room.run(
        "withhold",
        "--place",
        "4 Plover Lane, Solihull",
        "--said-by",
        "Adult 1",
        "--reason",
        "Moved.",
        "--lift",
    )
    assert code == 0 and "may be on papers again" in said


def test_a_wrong_passphrase_makes_nothing(room: Room) -> None:
    (room.folder / "words").write_text("wrong\n", encoding="utf-8")
    code, _ = room.run("briefing", "--incident", str(room.incident), "--out", str(room.folder / "a.pdf"))
    assert code == 1 and not (room.folder / "a.pdf").exists()
