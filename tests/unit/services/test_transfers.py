"""An incident passed from one force to another: what travels, whose it is meanwhile, and that nothing falls on the way."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from callhandler.app import open_app
from callhandler.errors import BadInput, BadInputs
from callhandler.model.actor import Right
from callhandler.model.incident import CallOutcome
from callhandler.model.people import Role
from callhandler.services.telling import Told
from callhandler.settings import Settings
from tests.unit.conftest import Desk

PEER = "Next force"


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk of another force: another store, another scheme, the same clock."""
    folder = tmp_path / "other"
    folder.mkdir()
    settings = Settings(str(folder / "desk.sqlite"), scheme="west-midlands", data_folder=folder)
    app = open_app(settings, desk.clock, kind="TRAINING")
    app.identity.add_user("handler", "Handler 31", None, (Right.HANDLER,), granted_by="test")
    try:
        yield Desk(app, desk.clock, app.identity.open_session("handler"))
    finally:
        app.close()


def danger(desk: Desk) -> int:
    incident = desk.call(
        "Adult 1", "4 Lantern Street, Newtown", "07700 900123", type="domestic-abuse", words="He hit me."
    )
    desk.app.telling.name_party(desk.handler, incident, "Adult 1", Role.AT_RISK)
    told = Told("violence-now", "He slapped me.", "Adult 1", "The perpetrator", "Adult 1")
    desk.app.telling.tell(desk.handler, incident, told)
    desk.app.incidents.grade(desk.handler, incident, "Immediate")
    desk.later(30)
    desk.app.calls.ring_back(desk.handler, incident, CallOutcome.NO_ANSWER, "07700 900123")
    return incident


def test_clock_grade_words_people_and_warnings_travel(desk: Desk, other: Desk) -> None:
    incident = danger(desk)
    text = desk.app.transfers.send(desk.handler, incident, PEER, "She has gone over the border.")
    here = desk.view(incident)
    there = other.view(other.app.transfers.receive(other.handler, text))
    assert there.waiting.since == here.waiting.since
    assert (there.waiting.minutes, there.waiting.calls, there.waiting.unanswered) == (30, 1, 1)
    assert there.standing_grade is not None and there.standing_grade.name == "Immediate"
    assert there.clocks.due == here.clocks.due
    told = [d for d in there.picture.disclosures if d.indicator == "violence-now"]
    assert [d.words for d in told] == ["He slapped me."]
    names = {there.picture.name_of(p): r for p, r in ((p.person_id, p.role) for p in there.picture.parties)}
    assert names["The perpetrator"] is Role.SUSPECT
    critical = {w.code for w in here.assessment.standing if w.interrupts}
    assert critical and critical <= {w.code for w in there.assessment.standing}
    log = "\n".join(e.text for e in there.picture.log)
    for warning in here.assessment.standing:
        assert warning.sentence in log
    for entry in here.picture.log[:-1]:
        assert entry.text in log, "every line of the sender's log is in ours, in its words"


def test_to_a_room_she_is_still_on_her_way_and_why_is_in_the_log(desk: Desk) -> None:
    incident = danger(desk)
    desk.app.whereabouts.move(desk.handler, incident, going_to="9 Alder Way")
    room = next(iter(desk.app.policy.scheme.rooms))
    desk.app.transfers.send(desk.handler, incident, room, "She will be in their area.")
    picture = desk.view(incident).picture
    going = picture.place(picture.moves[-1].place_id)
    assert picture.moves[-1].kind == "going_to" and picture.moves[-1].room == room
    assert going is not None and going.label == "9 Alder Way"
    assert any("She will be in their area." in e.text for e in picture.log)


def test_it_stays_ours_until_somebody_named_has_it(desk: Desk) -> None:
    incident = danger(desk)
    desk.app.transfers.send(desk.handler, incident, PEER)
    view = desk.view(incident)
    assert view.standing_grade is not None and view.standing_grade.name == "Immediate"
    assert view.picture.owner is not None and view.picture.owner.owner == "Handler 12"
    (line,) = desk.app.desk.board(desk.handler)
    assert line.unreceived == (PEER,)
    desk.later(10)
    desk.app.escalations.tick()
    told = [t for t in desk.view(incident).picture.tasks if "transfer-unacknowledged" in t.code]
    assert [t.owner for t in told] == ["Supervisor"]
    (sent,) = view.picture.transfers
    with pytest.raises(BadInput, match="Who acknowledged it is empty"):
        desk.app.transfers.acknowledge(desk.handler, incident, sent.id, " ")
    desk.app.transfers.acknowledge(desk.handler, incident, sent.id, "Handler 31", "0077 · 6 Mar")
    view = desk.view(incident)
    assert (view.picture.transfers[0].named, view.picture.transfers[0].received_at) == (
        "Handler 31",
        desk.clock.now(),
    )
    assert not any(t.code == "transfer-acknowledge" and not t.done for t in view.picture.tasks)
    with pytest.raises(BadInput, match="does not wait"):
        desk.app.transfers.acknowledge(desk.handler, incident, sent.id, "again")


def test_a_lower_grade_there_is_told_to_our_supervisor_and_lowers_nothing_here(desk: Desk) -> None:
    incident = danger(desk)
    desk.app.transfers.send(desk.handler, incident, PEER)
    (sent,) = desk.view(incident).picture.transfers
    desk.app.transfers.acknowledge(desk.handler, incident, sent.id, "Handler 31", their_grade="Scheduled")
    desk.app.escalations.tick()
    told = [t for t in desk.view(incident).picture.tasks if "graded-otherwise-there" in t.code]
    assert [(t.owner, t.done) for t in told] == [("Supervisor", "")]
    assert "graded it Scheduled, passed as Immediate" in told[0].text
    grade = desk.view(incident).standing_grade
    assert grade is not None and grade.name == "Immediate"


def test_lowering_what_was_received_goes_through_the_gate(desk: Desk, other: Desk) -> None:
    text = desk.app.transfers.send(desk.handler, danger(desk), PEER)
    incident = other.app.transfers.receive(other.handler, text)
    outcome = other.app.incidents.grade(other.handler, incident, "Scheduled", "They seem to overrate it.")
    assert not outcome.accepted
    grade = other.view(incident).standing_grade
    assert grade is not None and grade.name == "Immediate"


@pytest.mark.parametrize(
    ("grade", "ours"),
    [
        ({"name": "Grade 1", "band": "immediate"}, "Immediate"),
        ({"name": "Grade 2", "band": "priority"}, "Priority"),
        ({"name": "Priority", "band": "immediate"}, "Immediate"),
        ({"name": "Routine C"}, "Immediate"),
    ],
)
def test_a_grade_of_another_scheme_counts_by_its_band_and_an_unknown_one_as_the_most_urgent(
    desk: Desk, grade: dict[str, Any], ours: str
) -> None:
    message = {
        "format": "callhandler-transfer/1",
        "uuid": "a-message-of-theirs",
        "sent_at": "2024-03-06T20:00:00Z",
        "sender": PEER,
        "reference": "0412",
        "grade": grade,
        "disclosures": [{"indicator": "not-known-here", "name": "Something", "words": "In her words."}],
        "their_own_field": {"kept": True},
    }
    incident = desk.app.transfers.receive(desk.handler, json.dumps(message))
    view = desk.view(incident)
    assert view.standing_grade is not None and view.standing_grade.name == ours
    log = "\n".join(e.text for e in view.picture.log)
    assert "Told there: Something: In her words." in log
    assert "0412" in log


def test_the_same_message_twice_opens_nothing_anew(desk: Desk, other: Desk) -> None:
    text = desk.app.transfers.send(desk.handler, danger(desk), PEER)
    first = other.app.transfers.receive(other.handler, text)
    assert other.app.transfers.receive(other.handler, text) == first
    assert len(other.app.desk.board(other.handler)) == 1


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "transfer"),
        ("{", "transfer"),
        ("[]", "transfer"),
        ('{"format": "callhandler-transfer/9"}', "format"),
        (
            '{"format": "callhandler-transfer/1", "uuid": "12345678", "sender": "X", "reference": "1"}',
            "sent_at",
        ),
    ],
)
def test_what_is_no_message_is_refused_with_its_place_and_opens_nothing(
    desk: Desk, text: str, where: str
) -> None:
    with pytest.raises(BadInputs) as refused:
        desk.app.transfers.receive(desk.handler, text)
    assert where in {f.where for f in refused.value.faults}
    assert desk.app.desk.board(desk.handler) == ()


def test_too_long_a_message_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="too long"):
        desk.app.transfers.receive(desk.handler, " " * 5_000_001)


def test_to_a_room_of_ours_it_is_a_move_with_nothing_to_send(desk: Desk) -> None:
    incident = danger(desk)
    assert desk.app.transfers.send(desk.handler, incident, "Second room") == ""
    view = desk.view(incident)
    assert (view.picture.moves[-1].room, view.picture.moves[-1].acknowledged) == ("Second room", False)
    nowhere = desk.call("Adult 5")
    with pytest.raises(BadInput, match="where she is"):
        desk.app.transfers.send(desk.handler, nowhere, "Second room")
