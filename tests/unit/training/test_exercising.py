"""A caller answers what is asked, says what is not, and nobody knows more than the exercise says."""

import pytest

from callhandler.errors import BadInput
from callhandler.model.exercise import HeardKind
from tests.unit.training.conftest import Desk


def test_a_call_rings_at_its_time_and_its_caller_speaks_when_it_is_taken(desk: Desk) -> None:
    assert desk.wait(59) == []
    assert desk.wait(1) == ["07700 900160"]
    incident = desk.take()
    line = desk.run.line
    assert line is not None and line.incident == incident
    said = [h.text for h in desk.run.record.entries if h.kind is HeardKind.SAID]
    assert said == ["Please can you come."]
    assert "He hit me in the face." in desk.wait(6)


def test_what_is_not_asked_is_not_told(desk: Desk) -> None:
    desk.wait(60)
    desk.take()
    desk.wait(50)
    told = {h.known for h in desk.run.record.entries if h.told}
    assert told == {"struck"}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Has he got a knife or anything?", "He has the kitchen knife."),
        ("is there a court order against him", "I have a court order, he isn't allowed here."),
        ("what has happened", "He hit me in the face."),
        ("any kids in the house?", "It's only me."),
    ],
)
def test_typed_words_find_what_they_ask_for(desk: Desk, words: str, answer: str) -> None:
    desk.wait(60)
    desk.take()
    assert desk.run.ask(words=words).text == answer


@pytest.mark.parametrize("words", ["What colour is your car?", "xqzt", "he", "thank you very much"])
def test_what_nobody_can_tell_is_not_guessed(desk: Desk, words: str) -> None:
    desk.wait(60)
    desk.take()
    answer = desk.run.ask(words=words)
    assert (answer.understood, answer.known) == (False, "")


def test_overheard_she_answers_by_yes_and_tells_the_rest_later(desk: Desk) -> None:
    desk.wait(60)
    desk.take()
    assert "A door. A man's voice." in desk.wait(61)
    assert desk.run.ask(question="weapon").text == "Yes."


def test_played_down_at_first_and_told_when_asked_again(desk: Desk) -> None:
    desk.wait(60)
    desk.take()
    first = desk.run.ask(words="are there children in the house")
    again = desk.run.ask(words="are there children in the house?")
    assert (first.told, again.told) == (False, True)
    assert again.text == "My son is asleep next door."


def test_another_takes_the_telephone_and_the_line_goes_dead(desk: Desk) -> None:
    desk.wait(60)
    desk.take()
    heard = desk.wait(125)
    assert heard.index("The telephone is taken.") < heard.index("Nothing's wrong, she's fine.")
    assert desk.run.ask(words="has he got a knife").understood is False
    assert "The line is dead." in desk.wait(30)
    with pytest.raises(BadInput, match="Nobody is on the line"):
        desk.run.ask(words="hello")


def test_a_grade_given_brings_what_waits_for_it(desk: Desk) -> None:
    desk.wait(60)
    incident = desk.take()
    desk.app.incidents.grade(desk.actor, incident, "I")
    desk.wait(31)
    view = desk.app.desk.view(desk.actor, incident)
    assert [r.state.value for r in view.picture.responses] == ["unresourced"]
    assert "call-1:graded-I" in desk.run.lines.marks


def test_a_call_that_nobody_takes_is_given_up(desk: Desk) -> None:
    heard = desk.wait(201)
    assert "The caller hung up." in heard
    assert not desk.run.lines.all["call-2"].ringing


def test_after_a_kill_the_exercise_goes_on_where_it_was(desk: Desk) -> None:
    desk.wait(60)
    incident = desk.take()
    desk.wait(10)
    desk.run.ask(words="has he got a knife")
    before = list(desk.run.record.entries)
    desk.app.close()
    desk.open()
    desk.actor = desk.run.go_on()
    assert desk.run.record.entries == before
    assert desk.run.line is not None and desk.run.line.incident == incident
    assert desk.run.tick() == ()
    assert "A door. A man's voice." in desk.wait(60)


def test_held_time_stands_and_a_step_goes_to_what_comes_next(desk: Desk) -> None:
    desk.clock.set_pace(0)
    assert desk.wait(300) == []
    assert [h.text for h in desk.run.step()] == ["07700 900160"]


def test_a_store_that_is_live_takes_no_exercise(desk: Desk) -> None:
    office = desk.app.office
    from dataclasses import replace

    from callhandler.services.training.exercising import Exercising

    with pytest.raises(BadInput, match="training store"):
        Exercising(replace(office, kind="LIVE"), desk.exercise, desk.folder)
