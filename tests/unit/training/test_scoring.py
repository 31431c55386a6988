"""A score holds what was done against what could be known: no more, no less, and the same each time."""

from dataclasses import replace
from pathlib import Path

import pytest

from callhandler.errors import BadInput
from callhandler.intake.exercise import Exercise
from callhandler.intake.exercise.key import ActWanted
from callhandler.model.exercise import Heard
from callhandler.model.scoring import Area, Item, Profile, State, Trace
from callhandler.services.telling import Told
from callhandler.services.training.scored import (
    profile_as_json,
    score,
    trace_as_text,
    trace_from_text,
    trace_of,
)
from tests.unit.training.conftest import Desk


def played(desk: Desk, grade: str = "I", *, ask: bool = True, record: bool = True, say: str = "") -> Trace:
    desk.wait(60)
    incident = desk.take()
    desk.wait(10)
    if ask:
        desk.run.ask(question="weapon")
    if record:
        desk.app.telling.tell(desk.actor, incident, Told("violence-now", "He hit me in the face.", "Adult A"))
    if say:
        desk.run.say(say)
    desk.wait(20)
    if grade:
        desk.app.incidents.grade(desk.actor, incident, grade)
    desk.wait(150)
    return trace_of(desk.run)


def scored(desk: Desk, trace: Trace) -> Profile:
    return score(desk.exercise, trace, desk.app.policy)


def one(profile: Profile, area: Area) -> Item:
    return profile.moments[0].of(area)[0]


def test_done_well_it_is_met_throughout(desk: Desk) -> None:
    found = scored(desk, played(desk, say="Stay on the line with me."))
    states = {
        a: [i.state for i in found.moments[0].of(a)] for a in (Area.GRADE, Area.TIME, Area.ASKED, Area.SAID)
    }
    assert states == {a: [State.MET] for a in states}
    assert found.agreement.percent == 100
    # The knife was asked for and told, and it was not made a record of its own.
    assert [i.state for i in found.moments[0].of(Area.RECORDED)] == [State.MET, State.MISSED]


def test_what_was_not_asked_written_or_said_is_shown_with_its_reason(desk: Desk) -> None:
    found = scored(desk, played(desk, "S", ask=False, record=False))
    assert one(found, Area.GRADE).state is State.BELOW
    assert one(found, Area.TIME).state is State.MISSED
    assert one(found, Area.ASKED).state is State.MISSED
    assert one(found, Area.RECORDED).state is State.MISSED
    assert one(found, Area.SAID).state is State.MISSED
    assert all(i.why for i in found.moments[0].items if i.essential and i.area is not Area.TIME)


def with_key(exercise: Exercise, **changes: object) -> Exercise:
    return exercise.model_copy(update={"key": (exercise.key[0].model_copy(update=changes),)})


@pytest.mark.parametrize(
    ("least", "accepted", "over", "state"),
    [
        ("P", (), 1, State.MET),
        ("P", (), 0, State.OVER),
        ("S", (), 1, State.OVER),
        ("S", ("I",), 0, State.MET),
        ("R", (), 3, State.MET),
    ],
)
def test_what_experts_accept_is_accepted_and_more_urgent_costs_nothing_up_to_the_limit(
    desk: Desk, least: str, accepted: tuple[str, ...], over: int, state: State
) -> None:
    trace = played(desk)
    exercise = with_key(desk.exercise, least=least, accepted=accepted, over=over)
    assert one(score(exercise, trace, desk.app.policy), Area.GRADE).state is state


def test_a_call_that_was_closed_without_a_grade_sent_nobody_and_was_closed_on_nothing(desk: Desk) -> None:
    desk.wait(60)
    incident = desk.take("")
    assert desk.app.incidents.close(desk.actor, incident, "A question, and it was answered.").accepted
    trace = trace_of(desk.run)
    acts = (ActWanted(any_of=("closed",), why="It is quiet."), ActWanted(any_of=("kept-open",), why="Unmet."))
    quiet, grave = (
        score(with_key(desk.exercise, least=least, acts=acts), trace, desk.app.policy) for least in ("R", "I")
    )
    assert [one(p, Area.GRADE).state for p in (quiet, grave)] == [State.MET, State.BELOW]
    assert [one(p, Area.TIME).state for p in (quiet, grave)] == [State.MET, State.MISSED]
    assert one(quiet, Area.GRADE).what.startswith("Closed without a grade. Resolve is")
    assert [i.state for i in quiet.moments[0].of(Area.ACTS)] == [State.MET, State.MISSED]
    assert quiet.agreement.percent == 100


def test_late_is_late_and_in_time_is_in_time(desk: Desk) -> None:
    desk.wait(60)
    incident = desk.take()
    desk.wait(125)
    desk.app.incidents.grade(desk.actor, incident, "I")
    desk.wait(5)
    found = one(scored(desk, trace_of(desk.run)), Area.TIME)
    assert (found.state, found.seconds) == (State.LATE, 125)


def test_a_call_never_taken_is_said_to_be_so(desk: Desk) -> None:
    desk.wait(400)
    found = scored(desk, trace_of(desk.run))
    assert [i.what for i in found.moments[0].items] == ["The call was never taken."]
    assert found.agreement.kappa is None


def test_what_is_kept_scores_to_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    trace = played(desk)
    text = trace_as_text(trace)
    again = trace_from_text(text)
    assert again == trace and trace_as_text(again) == text
    assert profile_as_json(scored(desk, again)) == profile_as_json(scored(desk, trace))


def test_played_again_it_scores_to_the_same_bytes(desk: Desk, tmp_path: Path, prepared: Path) -> None:
    first = profile_as_json(scored(desk, played(desk)))
    other = Desk(tmp_path / "again", like=prepared)
    second = profile_as_json(scored(other, played(other)))
    other.app.close()
    assert first == second


def test_facts_that_nobody_learned_change_no_score(desk: Desk) -> None:
    trace = played(desk, ask=False)
    before = profile_as_json(scored(desk, trace))
    told = {h.known for h in trace.heard if h.told}
    people = tuple(
        p.model_copy(
            update={
                "knows": tuple(
                    k
                    if k.id in told
                    else k.model_copy(update={"says": "Something else altogether.", "guarded": "No."})
                    for k in p.knows
                )
            }
        )
        for p in desk.exercise.people
    )
    changed = desk.exercise.model_copy(update={"people": people, "truth": ()})
    assert profile_as_json(score(changed, trace, desk.app.policy)) == before


def test_a_record_of_another_exercise_is_refused(desk: Desk) -> None:
    trace = replace(trace_of(desk.run), exercise="another")
    with pytest.raises(BadInput, match="record of another"):
        scored(desk, trace)


@pytest.mark.parametrize(
    "text", ["", "{}", '{"version": 9}', '{"version": 1, "exercise": 3}', "[1]", "not json"]
)
def test_what_is_no_record_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadInput):
        trace_from_text(text)


@pytest.mark.parametrize(
    ("said", "phrase", "held"),
    [
        ("Please stay on the line with me", "stay on the line", True),
        ("Don't stay on the line", "stay on the line", False),
        (
            "We cannot arrest him without seeing the order",
            "we can arrest him without seeing the order",
            False,
        ),
        ("officers can't arrest without seeing the order", "cannot arrest without seeing the order", True),
        ("Go inside. Lock the door and ring us", "lock the door", True),
        ("", "lock the door", False),
        (
            "Breaking it is an offence. We do not need to see the order to arrest him.",
            "police cannot arrest him until we see the order",
            False,
        ),
        (
            "Police cannot arrest him until we see the order.",
            "we do not need to see the order to arrest him",
            False,
        ),
        ("Ring 999 at once if he appears.", "you are safe at your mothers", False),
    ],
)
def test_words_are_never_turned_round(desk: Desk, said: str, phrase: str, held: bool) -> None:
    from callhandler.rules.training.scoring.words import Words

    assert Words(desk.app.policy.pack.language).hold(said, phrase) is held


def test_nobody_else_s_words_count_as_the_trainee_s(desk: Desk) -> None:
    trace = played(desk, record=False)
    theirs = tuple(
        replace(d, values=tuple((k, "Somebody else" if k == "author" else v) for k, v in d.values))
        for d in trace.done
    )
    found = scored(desk, replace(trace, done=theirs))
    assert all(isinstance(h, Heard) for h in trace.heard)
    assert one(found, Area.LOG).state is State.MISSED
