"""A caller merged into an incident with a unit at the scene still waits, until those there know of her."""

import pytest

from callhandler.model.incident import ResponseState, Target
from callhandler.policy.conditions import Condition
from callhandler.rules import history, match
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

S = ResponseState
GOING = Condition.model_validate({"place": {"which": "going_to"}})


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    """Her call, Immediate and overdue; and another caller's, to whom a unit has come."""
    hers = desk.call("Adult 1", place="7 Invented Street", type="domestic-abuse", join="no")
    desk.app.incidents.grade(desk.handler, hers, "I")
    desk.later(20)
    other = desk.call("A neighbour", place="9 Other Street", type="noise-nuisance", join="no")
    desk.app.incidents.grade(desk.handler, other, "I")
    for state in (S.ASSIGNED, S.AT_SCENE):
        desk.app.progress.respond(desk.handler, other, state)
    desk.later(5)
    return hers, other


def merge(desk: Desk, hers: int, other: int) -> None:
    assert desk.app.merges.merge(desk.handler, hers, other, "The same quarrel.").accepted
    assert desk.view(other).picture.inside == (hers,)


def overdue(desk: Desk, incident: int) -> int | None:
    return desk.view(incident).clocks.overdue


def test_her_clock_runs_on_though_somebody_came_to_the_other_caller(desk: Desk, two: tuple[int, int]) -> None:
    hers, other = two
    assert (overdue(desk, hers), overdue(desk, other)) == (10, None)
    merge(desk, hers, other)
    view = desk.view(other)
    assert (view.clocks.overdue, view.clocks.waiting, view.waiting.minutes) == (10, 25, 25)
    assert "target-overdue" in desk.codes(other)
    desk.later(5)
    assert overdue(desk, other) == 15


def test_it_stops_once_the_unit_was_told_and_not_by_saying_again_that_it_is_there(
    desk: Desk, two: tuple[int, int]
) -> None:
    hers, other = two
    merge(desk, hers, other)
    desk.app.progress.respond(desk.handler, other, S.AT_SCENE)
    assert overdue(desk, other) == 10
    (task,) = [t for t in desk.view(other).picture.tasks if t.code == "tell-unit"]
    reference = desk.view(hers).picture.incident.reference
    assert reference in task.text and task.due is not None
    desk.app.progress.finish_task(desk.handler, other, task.id, "Told the officers there; one goes across.")
    assert (overdue(desk, other), desk.view(other).clocks.waiting) == (None, None)


def test_it_stops_by_a_unit_sent_after_the_merge_once_it_comes(desk: Desk, two: tuple[int, int]) -> None:
    hers, other = two
    merge(desk, hers, other)
    desk.app.progress.respond(desk.handler, other, S.ASSIGNED)
    assert overdue(desk, other) == 10, "on the way is not there"
    desk.app.progress.respond(desk.handler, other, S.AT_SCENE)
    assert overdue(desk, other) is None


def test_before_anybody_came_what_was_due_first_stays_due(desk: Desk) -> None:
    hers = desk.call("Adult 1", place="7 Invented Street", type="domestic-abuse", join="no")
    desk.app.incidents.grade(desk.handler, hers, "I")
    desk.later(20)
    other = desk.call("A neighbour", place="9 Other Street", type="noise-nuisance", join="no")
    desk.app.incidents.grade(desk.handler, other, "I")
    merge(desk, hers, other)
    assert overdue(desk, other) == 5


def test_her_own_second_call_at_the_same_place_is_answered_with_the_first(desk: Desk) -> None:
    first = desk.call("Adult 1", place="7 Invented Street", number="07700 900123", join="no")
    again = desk.call("Adult 1", place="7 Invented Street", number="07700 900123", join="no")
    for incident in (first, again):
        desk.app.incidents.grade(desk.handler, incident, "I")
    desk.app.progress.respond(desk.handler, first, S.AT_SCENE)
    desk.later(20)
    merge(desk, again, first)
    assert overdue(desk, first) is None


def test_an_arrival_at_the_other_settles_nothing_of_hers(desk: Desk, two: tuple[int, int]) -> None:
    hers, other = two
    desk.app.progress.respond(desk.handler, hers, S.UNRESOURCED, Target.AT_RISK)
    desk.app.telling.tell(desk.handler, hers, Told("fear", "I am afraid."))
    before = desk.codes(hers)
    desk.app.progress.respond(desk.handler, other, S.AT_SCENE)
    merge(desk, hers, other)
    assert before <= desk.codes(other)


def test_where_she_is_going_is_known_in_the_incident_that_hers_was_merged_into(
    desk: Desk, two: tuple[int, int]
) -> None:
    hers, other = two
    desk.app.whereabouts.move(desk.handler, hers, going_to="Her mother's house")
    merge(desk, hers, other)
    picture = desk.view(other).picture
    (beside,) = [b for b in picture.beside if b.incident.id == hers]
    place = picture.place(beside.moves[-1].place_id)
    assert place is not None and place.label == "Her mother's house"
    seen = history.read(picture, desk.app.policy)
    assert seen.going_to == beside.moves[-1].place_id
    (found,) = [match.match(GOING, seen)]
    assert found is not None and "Her mother's house" in found.values["place"]
    assert ("move", beside.moves[-1].id) in {(e.kind, e.id) for e in found.evidence} or not found.evidence


def test_her_own_later_word_where_she_is_counts_in_either(desk: Desk) -> None:
    hers, again = _twice(desk)
    desk.app.whereabouts.move(desk.handler, hers, going_to="Her mother's house")
    desk.app.whereabouts.move(desk.handler, again, to="7 Invented Street")
    merge(desk, hers, again)
    assert history.read(desk.view(again).picture, desk.app.policy).going_to is None


def test_nobody_came_to_her_at_a_place_that_she_had_left(desk: Desk) -> None:
    hers, again = _twice(desk)
    desk.app.progress.respond(desk.handler, again, S.AT_SCENE)
    desk.app.whereabouts.move(desk.handler, hers, to="The all-night shop")
    desk.later(20)
    merge(desk, hers, again)
    assert overdue(desk, again) is not None


def _twice(desk: Desk) -> tuple[int, int]:
    """She rings twice, from one place."""
    calls = [
        desk.call("Adult 1", place="7 Invented Street", number="07700 900123", join="no") for _ in range(2)
    ]
    for incident in calls:
        desk.app.incidents.grade(desk.handler, incident, "I")
    return calls[0], calls[1]
