"""The night as an exercise, by two trainees: the profile tells them apart by what was asked, told and looked for."""

import pytest

from callhandler.model.exercise import HeardKind
from callhandler.model.scoring import Area, Profile, State
from callhandler.services.training.scored import score, trace_of
from tests.journeys.night_players import PLAYERS, Player


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Profile]:
    found = {}
    for name, play in PLAYERS.items():
        player = Player(tmp_path_factory.mktemp("night"))
        play(player)
        faults = [h.text for h in player.run.record.entries if h.kind is HeardKind.FAULT]
        assert faults == []
        found[name] = score(player.run.exercise, trace_of(player.run), player.app.policy)
        player.app.close()
    return found


def test_the_grade_alone_tells_them_not_apart(profiles: dict[str, Profile]) -> None:
    for found in profiles.values():
        assert [i.state for m in found.moments for i in m.of(Area.GRADE) if i.essential] == [State.MET] * 4


def test_what_was_asked_does(profiles: dict[str, Profile]) -> None:
    done, better = (profiles[n].counts(Area.ASKED) for n in ("as was done", "better"))
    assert better[State.MISSED] == 0 and done[State.MISSED] >= 10


def test_what_was_never_to_be_said_is_found_and_its_opposite_is_not(profiles: dict[str, Profile]) -> None:
    def said_wrongly(name: str) -> list[str]:
        return [
            i.what for m in profiles[name].moments for i in m.of(Area.SAID) if "should not be said" in i.what
        ]

    assert (
        len(said_wrongly("as was done")) == 1 and "until we see the order" in said_wrongly("as was done")[0]
    )
    assert said_wrongly("better") == []


def test_the_lowering_that_was_asked_for_is_shown(profiles: dict[str, Profile]) -> None:
    shown = [
        i.what for m in profiles["as was done"].moments for i in m.of(Area.GRADE) if i.state is State.SHOWN
    ]
    assert shown == ["A lowering to Scheduled was asked for and was not made."]


def test_nobody_was_looking_for_him(profiles: dict[str, Profile]) -> None:
    def owned(name: str) -> list[State]:
        return [i.state for m in profiles[name].moments for i in m.of(Area.ACTS) if "Suspect owned" in i.what]

    assert set(owned("as was done")) == {State.MISSED}
    assert set(owned("better")) == {State.MET}


def test_each_item_says_why(profiles: dict[str, Profile]) -> None:
    for found in profiles.values():
        lacking = [
            i.what
            for m in found.moments
            for i in m.items
            if i.essential and i.area is not Area.TIME and not i.why
        ]
        assert lacking == []
