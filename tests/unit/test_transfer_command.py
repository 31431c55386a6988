"""`transfer export` and `receive`: by name and passphrase, into a new file, and out of it into another force's database."""

import json
from pathlib import Path

import pytest

from callhandler import cli
from callhandler.app import open_app
from callhandler.model.actor import Right
from callhandler.services.calls import CallIn
from callhandler.settings import Settings

PASSPHRASE = "correct horse battery"
AS = ("--as", "handler", "--passphrase-file", "passphrase")


def force(folder: Path, scheme: str) -> str:
    """A database of a force with one handler; its address."""
    folder.mkdir()
    database = str(folder / "desk.sqlite")
    app = open_app(Settings(database, scheme=scheme, data_folder=folder))
    app.identity.add_user("handler", "Handler 12", PASSPHRASE, (Right.HANDLER,), granted_by="test")
    app.close()
    return database


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """A database with one Immediate, and its incident."""
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLHANDLER_DATA", str(tmp_path / "data"))
    database = force(tmp_path / "ours", "national")
    app = open_app(Settings(database, data_folder=tmp_path / "ours"))
    actor = app.identity.open_session("handler")
    taken = app.calls.take(actor, CallIn(name="Adult 1", place="4 Lantern Street", words="He hit me."))
    app.incidents.grade(actor, taken.incident_id, "Immediate")
    app.close()
    return database, taken.incident_id


def test_it_goes_from_one_database_into_another(
    ours: tuple[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, incident = ours
    target = tmp_path / "message.json"
    sent = ["transfer", "export", str(incident), str(target), "--to", "Next force", *AS]
    assert cli.main([*sent, "-d", database]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["grade"]["band"] == "immediate"
    assert target.stat().st_mode & 0o077 == 0, "only its owner reads it"
    theirs = force(tmp_path / "theirs", "west-midlands")
    received = ["transfer", "receive", str(target), *AS, "-d", theirs]
    assert cli.main([*received, "--scheme", "west-midlands"]) == 0
    assert ", Immediate. Acknowledge it to them by name." in capsys.readouterr().out


def test_a_file_that_is_there_is_kept_and_a_room_needs_no_file(
    ours: tuple[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, incident = ours
    target = tmp_path / "message.json"
    target.write_text("mine", encoding="utf-8")
    sent = ["transfer", "export", str(incident), str(target), *AS, "-d", database]
    assert cli.main([*sent, "--to", "Next force"]) == 1
    assert target.read_text(encoding="utf-8") == "mine"
    assert "not overwritten" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b""])
def test_what_is_no_message_is_refused_in_words(
    ours: tuple[str, int], tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "bad.json"
    source.write_bytes(content)
    assert cli.main(["transfer", "receive", str(source), *AS, "-d", ours[0]]) == 1
    told = capsys.readouterr().err
    assert told and "Traceback" not in told
