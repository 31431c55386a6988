"""Response states at a desk: what each opens and closes, the suspect as a target of his own, and that no grade moves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from callhandler.errors import BadInput
from callhandler.model.facts import Stance
from callhandler.model.incident import ResponseState, Target, Task
from callhandler.model.people import Role
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

S = ResponseState


def open_tasks(desk: Desk, incident: int) -> dict[str, Task]:
    return {t.code: t for t in desk.view(incident).picture.tasks if not t.done}


def respond(desk: Desk, incident: int, *states: ResponseState, target: Target = Target.AT_RISK) -> None:
    for state in states:
        desk.app.progress.respond(desk.handler, incident, state, target)
        desk.later(1)


@pytest.mark.parametrize("lost", [S.DIVERTED, S.STOOD_DOWN, S.HANDED_BACK])
def test_a_lost_response_is_told_and_found_anew_each_with_owner_and_clock(
    desk: Desk, lost: ResponseState
) -> None:
    incident = desk.call()
    respond(desk, incident, S.ASSIGNED, lost)
    tasks = open_tasks(desk, incident)
    at = desk.view(incident).picture.responses[-1].at
    assert (tasks["tell-caller"].owner, tasks["tell-caller"].due) == ("Handler 12", at + timedelta(minutes=5))
    assert (tasks["find-response"].owner, tasks["find-response"].due) == (
        "Dispatcher",
        at + timedelta(minutes=2),
    )
    respond(desk, incident, S.ASSIGNED)
    done = next(t for t in desk.view(incident).picture.tasks if t.code == "find-response")
    assert (done.done, done.done_by, done.done_at) == (
        "Response: assigned.",
        "Handler 12",
        desk.view(incident).picture.responses[-1].at,
    )
    assert "tell-caller" in open_tasks(desk, incident), "that somebody goes now is not that she was told"


def test_what_contradicts_itself_is_refused_gently_and_nothing_is_recorded(desk: Desk) -> None:
    incident = desk.call()
    with pytest.raises(BadInput, match="Diverted comes after assigned"):
        desk.app.progress.respond(desk.handler, incident, S.DIVERTED)
    assert desk.view(incident).picture.responses == ()


def test_arrest_him_without_seeing_me_makes_him_a_target(desk: Desk) -> None:
    incident = desk.call()
    grade = desk.view(incident).standing_grade
    told = Told("arrest-asked", "Go and arrest him, you do not need to see me for that.")
    desk.app.telling.tell(desk.handler, incident, told)
    view = desk.view(incident)
    assert view.clocks.suspect_state is S.AWAITING
    tasks = [t for t in view.picture.tasks if t.code.startswith("suspect-")]
    assert [t.code.removeprefix("suspect-") for t in tasks] == [
        "description",
        "vehicle",
        "places",
        "circulate",
        "arrest",
    ]
    assert all(t.due is not None and t.owner for t in tasks)
    desk.app.telling.tell(desk.handler, incident, told)
    again = [t for t in desk.view(incident).picture.tasks if t.code.startswith("suspect-")]
    assert len(again) == len(tasks)
    assert desk.view(incident).standing_grade == grade


def test_the_search_ends_with_its_result_and_its_tasks_with_it(desk: Desk) -> None:
    incident = desk.call()
    respond(desk, incident, S.ASSIGNED, target=Target.SUSPECT)
    assert any(c.startswith("suspect-") for c in open_tasks(desk, incident))
    respond(desk, incident, S.RESULTED, target=Target.SUSPECT)
    assert not any(c.startswith("suspect-") for c in open_tasks(desk, incident))
    assert desk.view(incident).clocks.state is None, "the person at risk is no nearer to being seen"


def test_what_is_told_after_its_result_starts_the_search_anew(desk: Desk) -> None:
    incident = desk.call()
    told = Told("arrest-asked", "Arrest him.")
    desk.app.telling.tell(desk.handler, incident, told)
    respond(desk, incident, S.RESULTED, target=Target.SUSPECT)
    desk.app.telling.tell(desk.handler, incident, told)
    assert desk.view(incident).clocks.suspect_state is S.AWAITING
    assert {c for c in open_tasks(desk, incident) if c.startswith("suspect-")}


def test_how_an_earlier_incident_of_his_ended_settles_nothing_now(desk: Desk) -> None:
    """His arrest, her being seen and the answers of then, on record in an incident that is linked."""
    before = desk.call("Adult 1", number="07700 900123", type="domestic-abuse")
    violence = Told("violence-now", "He hit me.", about="Her partner", harmed="Adult 1")
    desk.app.telling.tell(desk.handler, before, violence)
    him, her = (desk.view(before).picture.with_role(r)[0] for r in (Role.SUSPECT, Role.AT_RISK))
    for fact, by, how, about in (
        ("suspect-detained", "custody-officer", "custody-record", him),
        ("person-seen-safe", "officer-at-scene", "seen-in-person", her),
    ):
        desk.app.progress.confirm(desk.handler, before, fact, by, how, about=about)
    respond(desk, before, S.RESULTED, target=Target.SUSPECT)
    desk.later(60 * 30)
    told = desk.call("Adult 1", number="07700 900123", type="domestic-abuse", join="no")
    desk.app.telling.tell(desk.handler, told, replace(violence, about=him))
    assert before in {i.id for i in desk.view(told).picture.linked}
    assert {"assault-suspect-free", "suspect-not-looked-for", "domestic-default"} <= desk.codes(told)


def test_a_denial_starts_no_search(desk: Desk) -> None:
    incident = desk.call()
    told = Told("arrest-asked", "She does not want him arrested.", stance=Stance.DENIED)
    desk.app.telling.tell(desk.handler, incident, told)
    assert desk.view(incident).clocks.suspect_state is None
