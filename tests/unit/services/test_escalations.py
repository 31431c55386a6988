"""Escalations at a desk: recorded once by whichever desk ticks, acknowledged by somebody named, and no grade moves."""

import pytest

from callhandler.app import open_app
from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Right
from callhandler.model.incident import ResponseState, Target, Task
from callhandler.rules.escalate import CODE, HANDOVER, is_escalation
from callhandler.settings import Settings
from tests.unit.conftest import Desk

S = ResponseState


def urgent(desk: Desk) -> int:
    incident = desk.call(type="domestic-abuse")
    desk.app.incidents.grade(desk.handler, incident, "Immediate")
    return incident


def told(desk: Desk, incident: int, role: str = "") -> list[Task]:
    tasks = desk.view(incident).picture.tasks
    return [t for t in tasks if is_escalation(t) and role in ("", t.owner)]


def test_unresourced_is_told_to_the_duty_inspector_in_the_same_write(desk: Desk) -> None:
    incident = urgent(desk)
    desk.app.progress.respond(desk.handler, incident, S.UNRESOURCED)
    view = desk.view(incident)
    (task,) = told(desk, incident, "Duty inspector")
    assert (task.done, task.at) == ("", view.picture.responses[-1].at)
    assert view.picture.log[-1].author == "The clock"
    assert view.picture.log[-1].text.startswith(
        "Escalated to the duty inspector: Immediate, and nobody can go"
    )
    assert view.standing_grade is not None and view.standing_grade.name == "Immediate"


def test_a_tick_of_any_desk_records_it_once(desk: Desk) -> None:
    incident = urgent(desk)
    desk.later(5)
    settings = Settings(desk.app.settings.database, data_folder=desk.app.settings.data_folder)
    other = open_app(settings, desk.clock, kind="TRAINING")
    try:
        assert desk.app.escalations.tick() == (incident,)
        assert other.escalations.tick() == ()
        assert desk.app.escalations.tick() == ()
    finally:
        other.close()
    assert len(told(desk, incident)) == 1
    assert sum(e.author == "The clock" for e in desk.view(incident).picture.log) == 1


def test_only_a_supervisor_acknowledges_for_the_supervisor(desk: Desk) -> None:
    incident = urgent(desk)
    desk.later(5)
    desk.app.escalations.tick()
    (task,) = told(desk, incident, "Supervisor")
    with pytest.raises(NotAllowed, match="supervisor"):
        desk.app.escalations.acknowledge(desk.handler, incident, [task.id], "somebody")
    with pytest.raises(BadInput, match="acknowledged"):
        desk.app.progress.finish_task(desk.handler, incident, task.id, "done")
    boss = desk.sign_in("supervisor", Right.SUPERVISOR)
    desk.app.escalations.acknowledge(boss, incident, [task.id], words="I find a unit.")
    (task,) = told(desk, incident, "Supervisor")
    assert (task.done, task.done_by) == ("Acknowledged by Supervisor. I find a unit.", "Supervisor")
    assert task.done_at == desk.clock.now()


def test_the_duty_inspector_is_rung_and_named(desk: Desk) -> None:
    incident = urgent(desk)
    desk.app.progress.respond(desk.handler, incident, S.UNRESOURCED)
    (task,) = told(desk, incident, "Duty inspector")
    with pytest.raises(BadInput, match="Who acknowledges it is empty"):
        desk.app.escalations.acknowledge(desk.handler, incident, [task.id])
    desk.app.escalations.acknowledge(
        desk.handler, incident, [task.id], "Inspector on duty", "Second force rung."
    )
    (task,) = told(desk, incident, "Duty inspector")
    assert task.done == "Acknowledged by Inspector on duty. Second force rung."
    with pytest.raises(BadInput, match="does not wait"):
        desk.app.escalations.acknowledge(desk.handler, incident, [task.id], "again")


def test_what_is_overtaken_says_that_nobody_acknowledged_it(desk: Desk) -> None:
    incident = urgent(desk)
    desk.app.progress.respond(desk.handler, incident, S.UNRESOURCED)
    desk.later(1)
    desk.app.progress.respond(desk.handler, incident, S.AT_SCENE)
    (task,) = told(desk, incident, "Duty inspector")
    assert (task.done, task.done_by) == ("Overtaken, not acknowledged.", "The clock")


def test_the_next_shift_takes_each_open_incident_over_by_name(desk: Desk) -> None:
    quiet = desk.call("Adult 3", type="lost-property")
    desk.later(180)
    desk.app.escalations.tick()
    (listed,) = told(desk, quiet)
    assert listed.code.startswith(HANDOVER) and listed.owner == "Next shift"
    night = desk.sign_in("night", Right.HANDLER)
    desk.app.escalations.acknowledge(night, quiet, [listed.id])
    (listed,) = told(desk, quiet)
    assert listed.done == "Acknowledged by Night."


def test_an_ordinary_call_on_the_list_still_closes_in_two_keys(desk: Desk) -> None:
    quiet = desk.call("Adult 3", type="lost-property")
    desk.app.incidents.grade(desk.handler, quiet, "Resolve")
    desk.later(180)
    desk.app.escalations.tick()
    assert told(desk, quiet)
    assert desk.app.incidents.close(desk.handler, quiet).accepted
    assert [t.done for t in told(desk, quiet)] == ["Acknowledged by Handler 12, who closed it."]
    assert desk.app.escalations.tick() == ()


def test_an_ordinary_call_sees_none_of_this(desk: Desk) -> None:
    quiet = desk.call("Adult 3", type="lost-property")
    desk.app.incidents.grade(desk.handler, quiet, "Resolve")
    for _ in range(30):
        desk.later(5)
        desk.app.escalations.tick()
    assert not any(t.code.startswith(CODE) for t in desk.view(quiet).picture.tasks)
    assert all(e.author != "The clock" for e in desk.view(quiet).picture.log)
    assert desk.view(quiet).assessment.standing == ()


def test_the_search_at_a_change_of_shift_is_told_to_her(desk: Desk) -> None:
    incident = urgent(desk)
    desk.app.progress.respond(desk.handler, incident, S.AT_SCENE)
    desk.app.progress.respond(desk.handler, incident, S.ASSIGNED, Target.SUSPECT)
    desk.later(180)
    desk.app.escalations.tick()
    tell = [t for t in desk.view(incident).picture.tasks if t.code == "tell-caller" and not t.done]
    assert [t.text for t in tell] == [
        "Tell the caller whether the search for the suspect goes on at the change of shift."
    ]
    assert tell[0].owner == "Handler 12"


def test_nothing_of_it_touches_grade_floor_or_warnings(desk: Desk) -> None:
    incident = urgent(desk)
    before = desk.view(incident)
    for _ in range(40):
        desk.later(5)
        desk.app.escalations.tick()
    after = desk.view(incident)
    assert after.picture.decisions == before.picture.decisions
    assert after.assessment.floor_rank <= before.assessment.floor_rank
    assert {w.code for w in before.assessment.standing} <= {w.code for w in after.assessment.standing}
