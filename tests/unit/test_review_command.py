"""The commands of review: a reviewer signs in, reads the queue, an item and the figures; nobody else does."""

import json
from pathlib import Path

import pytest

from callhandler import cli
from callhandler.app import open_app
from callhandler.model.actor import Right
from callhandler.rules import review
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from callhandler.settings import Settings

PASSPHRASE = "four quiet words here"


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that name a store with one decision to be reviewed, and its reviewer's passphrase."""
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 999)
    database = str(tmp_path / "desk.sqlite")
    app = open_app(Settings(database, data_folder=tmp_path))
    app.identity.add_user("handler", "Handler 12", PASSPHRASE, (Right.HANDLER,), granted_by="test")
    app.identity.add_user("reviewer", "Reviewer", PASSPHRASE, (Right.REVIEWER,), granted_by="test")
    handler = app.identity.open_session("handler")
    incident = app.calls.take(handler, CallIn(name="Adult 1", type="burglary")).incident_id
    app.incidents.grade(handler, incident, "P")
    assert app.incidents.grade(handler, incident, "S", "They were gone before she came home.").accepted
    app.telling.tell(handler, incident, Told("fear", "I am afraid.", "Adult 1", "The suspect", "Adult 1"))
    app.close()
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return ["--database", database, "--passphrase-file", str(file)]


def test_the_queue_an_item_and_the_figures_are_printed(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["review", "list", "--as", "reviewer", "--json", *given]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert cli.main(["review", "list", "--as", "reviewer", *given]) == 0
    told = capsys.readouterr().out
    assert "1 to be reviewed, 1 of nobody, 0 overdue" in told
    assert "Priority to Scheduled" in told
    assert cli.main(["review", "show", str(line["item_id"]), "--as", "reviewer", *given]) == 0
    told = capsys.readouterr().out
    assert "snapshot intact" in told
    assert "I am afraid" not in told, "it was told later"
    assert cli.main(["review", "figures", "--as", "reviewer", *given]) == 0
    assert "0 of 0 agreed, cannot be told" in capsys.readouterr().out
    assert cli.main(["review", "figures", "--days", "3", "--json", "--as", "reviewer", *given]) == 0
    assert len(json.loads(capsys.readouterr().out)["by_day"]["points"]) == 3


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["list", "--as", "handler"], "reviewer"),
        (["list", "--as", "nobody"], "do not go together"),
        (["show", "7", "--as", "reviewer"], "nothing of this kind"),
        (["figures", "--days", "0", "--as", "reviewer"], "from 1 to 366 days"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    given: list[str], command: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["review", *command, *given]) == 1
    assert said in capsys.readouterr().err
