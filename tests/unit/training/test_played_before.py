"""An exercise may start in the middle: what had happened by then was played by the desk's own services."""

from pathlib import Path

import pytest

from callhandler import app as core
from callhandler.errors import BadInputs
from callhandler.intake.exercise import read_exercise
from callhandler.model.scoring import Area, State
from callhandler.services.training.scored import score, trace_of
from callhandler.services.training.sitting import begin
from tests.journeys.night_players import Player

NAME = "solihull-fourth-call"


def test_the_fourth_call_finds_the_night_as_it_stood(tmp_path: Path) -> None:
    player = Player(tmp_path, NAME)
    player.until("call-4")
    player.take("call-4", "")
    view = player.app.desk.view(player.actor, player.incident)
    assert len([c for c in view.picture.calls if c.incident_id == player.incident]) == 5
    assert view.standing_grade is not None and view.standing_grade.id == "P1"
    assert {"order-breach-now", "assault-suspect-free"} <= {w.code for w in view.assessment.standing}
    player.wait(60)
    player.run.ask(question="does-he-know-place")
    player.finish()
    found = score(player.run.exercise, trace_of(player.run), player.app.policy)
    player.app.close()
    (moment,) = found.moments
    assert [i.state for i in moment.of(Area.GRADE)] == [State.MET]
    assert moment.of(Area.TIME)[0].what == "A grade that can be defended stood from the start."
    # What others did in the night before is nobody's doing here.
    assert [i.state for i in moment.of(Area.ACTS) if "Suspect owned" in i.what] == [State.MISSED]


def test_a_sitting_keeps_what_was_played_with_it(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    begin(tmp_path / "sitting", core.find_exercise(NAME), "Trainee A", "", datetime(2026, 1, 1, tzinfo=UTC))
    kept = {p.name for p in (tmp_path / "sitting").iterdir()}
    assert kept >= {f"{NAME}.yaml", "solihull-night.yaml", "solihull-history.yaml", "sitting.json"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("until: no-answer", "until: no-such-event"), "has no event no-such-event"),
        (("solihull-night.yaml", "nowhere.yaml"), "there is no nowhere.yaml"),
        (('starts: "2018-08-27T00:25"', 'starts: "2018-08-26T22:00"'), "starts before no-answer"),
        (("scheme: west-midlands", "scheme: national"), "is graded by west-midlands"),
        (("played:", "history: solihull-history.yaml\nplayed:"), "leave history and records out"),
    ],
)
def test_what_cannot_have_been_played_is_said_at_its_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    text = core.find_exercise(NAME).read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "broken.yaml"
    path.write_text(
        text.replace(*change, 1)
        if change[0] != "solihull-night.yaml"
        else text.replace("{scenario: solihull-night.yaml", "{scenario: nowhere.yaml"),
        encoding="utf-8",
    )
    with pytest.raises(BadInputs, match=said) as caught:
        read_exercise(path)
    assert all("broken.yaml:" in str(fault) for fault in caught.value.faults)
