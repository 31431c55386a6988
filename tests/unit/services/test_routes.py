"""Every route by which urgency could fall, through the services: what it loses is asked for, refused attempts are kept."""

from datetime import timedelta

import pytest

from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Right
from callhandler.model.assessment import Gate, RationaleAnswer, Verdict
from callhandler.model.incident import ResponseState
from callhandler.services import wanted
from callhandler.services.contacts import Met
from callhandler.services.door import Outcome
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

HELD = RationaleAnswer(
    "assault-suspect-free", "He is in a cell since eight o'clock", "custody-officer", "custody-record"
)


def told(desk: Desk, incident: int) -> int:
    """The newest disclosure."""
    return desk.view(incident).picture.disclosures[-1].id


def needs(outcome: Outcome) -> set[str]:
    return {n.code for n in outcome.needs}


def answered(desk: Desk, incident: int, outcome: Outcome) -> Outcome:
    """The rationale given for all that an outcome asks."""
    assert outcome.request_id
    answers = [
        RationaleAnswer(n.warning, HELD.what_changed, HELD.said_by, HELD.how_checked)
        for n in outcome.needs
        if n.warning
    ]
    return desk.app.incidents.give_rationale(
        desk.handler, incident, outcome.request_id, "suspect-detained", "He is held.", answers
    )


def agreed(desk: Desk, incident: int, outcome: Outcome) -> Outcome:
    """The same, and a supervisor's agreement."""
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    assert needs(answered(desk, incident, outcome)) == {"agreement"}
    assert outcome.request_id
    return desk.app.incidents.agree(
        supervisor, incident, outcome.request_id, Verdict.AGREE, "I have read it."
    )


# --- taking a disclosure back ----------------------------------------------------------------


def test_what_a_critical_warning_rests_on_is_taken_back_only_with_answers_and_agreement(
    desk: Desk, assault: int
) -> None:
    outcome = desk.app.corrections.retract(desk.handler, assault, told(desk, assault), "Told of another.")
    assert not outcome.accepted
    assert outcome.ruling.gate is Gate.AGREEMENT
    assert "assault-suspect-free" in {w.code for w in outcome.ruling.lost}
    assert "assault-suspect-free" in desk.codes(assault)
    before = desk.view(assault).picture
    assert [d.indicator for d in before.disclosures] == ["violence-now"]

    assert agreed(desk, assault, outcome).accepted

    after = desk.view(assault)
    assert after.picture.disclosures == ()
    (taken_back,) = after.picture.retractions
    settled = {w.code: w.settled_by for w in after.assessment.warnings}
    assert settled["assault-suspect-free"] == taken_back.id
    assert after.standing_grade is not None
    assert after.standing_grade.id == "I", "the grade stands until it is lowered for itself"


def test_a_warning_that_rests_on_two_disclosures_stands_when_one_is_taken_back(
    desk: Desk, assault: int
) -> None:
    first = told(desk, assault)
    desk.app.telling.tell(
        desk.handler, assault, Told("violence-now", "He hit me again.", "Adult 1", "The suspect", "Adult 1")
    )
    outcome = desk.app.corrections.retract(desk.handler, assault, first, "Written twice.")
    assert outcome.accepted
    assert outcome.ruling.gate is Gate.REASON
    assert "assault-suspect-free" in desk.codes(assault)


def test_the_same_told_again_raises_the_warning_again(desk: Desk, assault: int) -> None:
    outcome = desk.app.corrections.retract(desk.handler, assault, told(desk, assault), "Told of another.")
    assert agreed(desk, assault, outcome).accepted
    assert "assault-suspect-free" not in desk.codes(assault)
    desk.later(1)
    desk.app.telling.tell(
        desk.handler, assault, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    assert "assault-suspect-free" in desk.codes(assault)


def test_a_retraction_without_a_reason_is_refused_and_the_attempt_kept(desk: Desk) -> None:
    incident = desk.call(type="theft")
    desk.app.telling.tell(desk.handler, incident, Told("child-present", "My son is here."))
    outcome = desk.app.corrections.retract(desk.handler, incident, told(desk, incident), "")
    assert needs(outcome) == {"reason"}
    assert len(desk.view(incident).picture.requests) == 1


# --- type, link, risk ------------------------------------------------------------------------


def test_a_type_under_which_a_critical_warning_would_not_be_raised_needs_its_gate(desk: Desk) -> None:
    incident = desk.call(type="domestic-abuse")
    lost = desk.app.incidents.would(desk.handler, incident, wanted.retype("lost-property"))
    outcome = desk.app.corrections.retype(desk.handler, incident, "lost-property", "Taken down wrongly")
    assert lost.lost
    assert outcome.ruling.lost == lost.lost
    assert outcome.ruling.gate is lost.gate is Gate.RATIONALE
    assert not outcome.accepted
    standing = desk.codes(incident)
    assert answered(desk, incident, outcome).accepted
    assert desk.view(incident).picture.incident.type == "lost-property"  # type: ignore[union-attr]
    assert standing <= desk.codes(incident), "a new type settles nothing: what was raised stays"
    raised = desk.app.corrections.retype(desk.handler, incident, "violence")
    assert raised.accepted
    assert raised.ruling.gate is Gate.NONE


def test_a_higher_risk_asks_nothing_and_a_lower_one_its_reason(desk: Desk, assault: int) -> None:
    person = desk.view(assault).picture.people[0].id
    desk.app.corrections.risk_level(desk.handler, assault, person, "high")
    lower = desk.app.corrections.risk_level(desk.handler, assault, person, "standard")
    assert isinstance(lower, Outcome)
    assert "reason" in needs(lower)
    assert [a.level for a in desk.view(assault).picture.risk_assessments] == ["high"]


# --- merging ---------------------------------------------------------------------------------


def test_merging_into_a_lower_grade_is_a_lowering_and_leaves_no_warning_behind(
    desk: Desk, assault: int
) -> None:
    other = desk.call(name="Adult 7", type="theft")
    assert desk.app.incidents.grade(desk.handler, other, "R").accepted
    outcome = desk.app.merges.merge(desk.handler, assault, other, "The same call.")
    assert not outcome.accepted
    assert outcome.ruling.gate is Gate.AGREEMENT

    assert desk.app.incidents.grade(desk.handler, other, "I").accepted
    outcome = desk.app.merges.merge(desk.handler, assault, other, "The same call.")
    assert outcome.accepted, outcome.needs
    assert "assault-suspect-free" in desk.codes(other)
    assert assault not in {line.incident_id for line in desk.app.desk.board(desk.handler)}
    assert not desk.app.incidents.grade(desk.handler, other, "R", "Only a theft.").accepted
    with pytest.raises(Refused, match="merged"):
        desk.app.incidents.grade(desk.handler, assault, "R")

    desk.app.merges.part(desk.handler, assault, "Two women.")
    assert assault in {line.incident_id for line in desk.app.desk.board(desk.handler)}
    assert "assault-suspect-free" in desk.codes(other)
    view = desk.view(assault)
    assert view.standing_grade is not None
    assert view.standing_grade.id == "I"


def test_a_merge_agreed_to_after_the_other_fell_must_be_asked_again(desk: Desk, assault: int) -> None:
    other = desk.call(name="Adult 7", type="theft")
    assert desk.app.incidents.grade(desk.handler, other, "S").accepted
    outcome = desk.app.merges.merge(desk.handler, assault, other, "The same call.")
    answered(desk, assault, outcome)
    assert desk.app.incidents.grade(desk.handler, other, "R").accepted
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    assert outcome.request_id
    last = desk.app.incidents.agree(supervisor, assault, outcome.request_id, Verdict.AGREE, "Yes.")
    assert needs(last) == {"stands"}


# --- ending ----------------------------------------------------------------------------------


def safe(desk: Desk, incident: int, person: int, **given: str) -> str:
    met = {
        "how": "seen",
        "identified": "document",
        "alone": "yes",
        "free": "yes",
        "seen_by": "officer",
    } | given
    kept = desk.app.contacts.record(desk.handler, incident, Met(person, by_name="4123", **met))  # type: ignore[arg-type]
    return kept.why_not


def test_an_appointment_a_cancelling_and_a_transfer_are_lowerings(desk: Desk, assault: int) -> None:
    at = desk.clock.now() + timedelta(hours=12)
    for outcome in (
        desk.app.endings.appoint(desk.handler, assault, at, "Tomorrow will do."),
        desk.app.endings.cancel(desk.handler, assault, "She asks to cancel."),
        desk.app.endings.hand_on(desk.handler, assault, "Next force", "R", "Theirs."),
    ):
        assert not outcome.accepted
        assert outcome.ruling.gate is Gate.AGREEMENT
    kept = desk.app.endings.hand_on(desk.handler, assault, "Next force")
    assert kept.accepted
    view = desk.view(assault)
    assert view.standing_grade is not None
    assert view.standing_grade.id == "I"


def test_an_appointment_agreed_to_is_a_task_with_its_time(desk: Desk, assault: int) -> None:
    at = desk.clock.now() + timedelta(hours=12)
    outcome = desk.app.endings.appoint(desk.handler, assault, at, "After a safety plan.")
    assert agreed(desk, assault, outcome).accepted
    task = next(t for t in desk.view(assault).picture.tasks if t.code == "appointment")
    assert task.due == at


def test_a_senders_grade_lowered_on_receipt_is_a_lowering(desk: Desk) -> None:
    incident = desk.call(type="theft")
    outcome = desk.app.incidents.receive(desk.handler, incident, "A force", "I", "He is outside.", ours="R")
    assert not outcome.accepted
    assert needs(outcome) == {"reason"}
    view = desk.view(incident)
    assert view.standing_grade is not None
    assert view.standing_grade.id == "I"
    late = desk.app.incidents.grade(desk.handler, incident, "R")
    assert not late.accepted, "another's grade is no slip of one's own hand"


def test_each_at_risk_is_seen_or_the_result_needs_its_gate(desk: Desk, assault: int) -> None:
    with pytest.raises(Refused, match="Adult 1"):
        desk.app.progress.respond(desk.handler, assault, ResponseState.RESULTED)
    assert "Adult 1" in desk.app.incidents.would(desk.handler, assault, wanted.close()).unseen
    person = desk.view(assault).picture.people[0].id
    assert safe(desk, assault, person, alone="no")
    assert safe(desk, assault, person, seen_by="suspect")
    assert "Adult 1" in desk.app.incidents.would(desk.handler, assault, wanted.close()).unseen
    assert safe(desk, assault, person) == ""
    assert desk.app.incidents.would(desk.handler, assault, wanted.close()).unseen == ()
    desk.app.telling.tell(
        desk.handler, assault, Told("violence-now", "He is back.", "Adult 1", "The suspect")
    )
    assert "Adult 1" in desk.app.incidents.would(desk.handler, assault, wanted.close()).unseen, "no hindsight"


def test_a_call_that_raised_nothing_closes_in_two_keys(desk: Desk) -> None:
    incident = desk.call(type="lost-property")
    assert desk.app.incidents.grade(desk.handler, incident, "R").accepted
    assert desk.app.incidents.close(desk.handler, incident).accepted


def test_what_waits_for_a_supervisor_is_not_closed_round_him(desk: Desk, assault: int) -> None:
    lower = desk.app.incidents.grade(desk.handler, assault, "S", "He is held.")
    answered(desk, assault, lower)
    closing = desk.app.incidents.close(desk.handler, assault, "Done.")
    assert "review" in needs(closing)


def test_a_rationale_used_again_is_taken_and_its_likeness_told(desk: Desk, assault: int) -> None:
    first = desk.app.incidents.grade(desk.handler, assault, "S", "He is held.")
    answered(desk, assault, first)
    assert first.request_id
    assert desk.app.incidents.likeness(desk.handler, assault, first.request_id).percent == 0
    desk.later(60)
    again = desk.call(name="Adult 5", type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, again, Told("violence-now", "He hit me.", "Adult 5", "A man", "Adult 5")
    )
    desk.app.incidents.grade(desk.handler, again, "I")
    second = desk.app.incidents.grade(desk.handler, again, "S", "He is held.")
    answered(desk, again, second)
    assert second.request_id
    found = desk.app.incidents.likeness(desk.handler, again, second.request_id)
    assert (found.percent, found.count, found.authors) == (100, 1, ("Handler 12",))
    assert found.incidents == (assault,)
    desk.later(40 * 24 * 60)
    assert desk.app.incidents.likeness(desk.handler, again, second.request_id).percent == 0
    with pytest.raises(BadInput):
        desk.app.incidents.likeness(desk.handler, again, 999_999)


def test_a_line_given_with_a_raise_is_kept(desk: Desk) -> None:
    incident = desk.call(type="theft")
    desk.app.incidents.grade(desk.handler, incident, "R")
    assert desk.app.incidents.grade(desk.handler, incident, "P", "Her voice shook.").accepted
    standing = desk.view(incident).picture.standing
    assert standing is not None
    assert standing.text == "Her voice shook."
    assert desk.app.incidents.grade(desk.handler, incident, "R").accepted, (
        "a careful raise is undone by one key"
    )


# --- bad input -------------------------------------------------------------------------------


def test_what_cannot_be_is_said_and_nothing_is_written(desk: Desk, assault: int) -> None:
    app, handler = desk.app, desk.handler
    ungraded = desk.call(name="Adult 7", type="theft")
    before = app.desk.newest()
    for act in (
        lambda: app.corrections.retract(handler, 999_999, 1, "x"),
        lambda: app.corrections.retract(handler, assault, 999_999, "x"),
        lambda: app.corrections.reject_link(handler, assault, 999_999, "x"),
        lambda: app.corrections.retype(handler, assault, "no-such-type"),
        lambda: app.merges.merge(handler, assault, assault),
        lambda: app.merges.merge(handler, assault, 999_999),
        lambda: app.merges.part(handler, assault, "x"),
        lambda: app.endings.appoint(handler, assault, desk.clock.now()),
        lambda: app.endings.hand_on(handler, assault, " "),
        lambda: app.endings.hand_on(handler, ungraded, "Next force"),
        lambda: app.incidents.close(handler, assault, "x" * 100_000),
        lambda: app.incidents.probe(handler, 999_999),
    ):
        with pytest.raises(BadInput):
            act()
    assert app.desk.newest() == before
