"""Deciding what follows: reasons and her leave asked for, everything logged, closing held until offences are decided."""

import pytest

from callhandler.errors import BadInput
from callhandler.model.actor import Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.model.incident import ResponseState
from callhandler.model.proposal import Consent, Decided, Proposal, ProposalKind
from callhandler.services.telling import Told
from tests.unit.conftest import Desk


@pytest.fixture
def assault(desk: Desk) -> int:
    incident = desk.call(type="violence")
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    return incident


def proposal(desk: Desk, incident: int, code: str) -> Proposal:
    return next(p for p in desk.view(incident).proposals if p.code == code)


def decide(desk: Desk, incident: int, code: str, decided: Decided, **more: object) -> None:
    kind = more.pop("kind", ProposalKind.OFFENCE)
    desk.app.proposals.decide(desk.handler, incident, kind, code, decided, **more)  # type: ignore[arg-type]


def test_taken_is_with_whom_the_policy_names_unless_another_is_named(desk: Desk, assault: int) -> None:
    decide(desk, assault, "assault", Decided.TAKEN)
    made = proposal(desk, assault, "assault").decision
    assert made is not None
    assert (made.decided, made.owner, made.author) == (Decided.TAKEN, "The officer who attends", "Handler 12")
    assert any("Common assault" in e.text and "taken" in e.text for e in desk.view(assault).picture.log)


def test_not_taking_needs_a_reason(desk: Desk, assault: int) -> None:
    with pytest.raises(BadInput, match="say in one line why"):
        decide(desk, assault, "assault", Decided.NOT_TAKEN)
    assert proposal(desk, assault, "assault").open
    decide(desk, assault, "assault", Decided.NOT_TAKEN, reason="One event, recorded under another number.")
    assert not proposal(desk, assault, "assault").open


def test_what_was_never_suggested_cannot_be_decided(desk: Desk, assault: int) -> None:
    with pytest.raises(BadInput, match="Nothing that is recorded here"):
        decide(desk, assault, "firearm", Decided.TAKEN)


def test_leave_that_is_needed_is_asked_for_and_never_assumed(desk: Desk) -> None:
    incident = desk.call(type="domestic-abuse")
    given = {"kind": ProposalKind.REFERRAL}
    for leave in (None, Consent.NOT_ASKED, Consent.REFUSED):
        with pytest.raises(BadInput, match="only with her leave"):
            decide(desk, incident, "independent-adviser", Decided.TAKEN, consent=leave, **given)
    decide(desk, incident, "independent-adviser", Decided.TAKEN, consent=Consent.GIVEN, **given)
    made = proposal(desk, incident, "independent-adviser").decision
    assert made is not None and made.consent is Consent.GIVEN


def test_leave_that_is_sought_may_be_gone_without_and_then_why_is_said(desk: Desk) -> None:
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, Told("child-harmed", "He hit my son.", about="The suspect"))
    given = {"kind": ProposalKind.REFERRAL, "consent": Consent.REFUSED}
    with pytest.raises(BadInput, match="what harm may come"):
        decide(desk, incident, "children-services", Decided.TAKEN, **given)
    decide(desk, incident, "children-services", Decided.TAKEN, reason="The child was hurt.", **given)
    made = proposal(desk, incident, "children-services").decision
    assert made is not None and made.consent is Consent.REFUSED


def test_closing_waits_for_the_offences_of_this_incident_and_for_nothing_else(
    desk: Desk, assault: int
) -> None:
    refused = desk.app.incidents.close(desk.handler, assault, "Done.")
    assert not refused.accepted
    needs = [n for n in refused.needs if n.code == "offence"]
    assert [n.sentence for n in needs] == ["Decide, with its reason: Common assault or battery."]
    decide(desk, assault, "assault", Decided.TAKEN)
    again = desk.app.incidents.close(desk.handler, assault, "Done.")
    assert "offence" not in {n.code for n in again.needs}
    assert any(p.open and p.kind is not ProposalKind.OFFENCE for p in desk.view(assault).proposals)


def test_a_call_that_raised_nothing_closes_as_before(desk: Desk) -> None:
    incident = desk.call(type="lost-property")
    assert not desk.view(incident).proposals
    assert desk.app.incidents.close(desk.handler, incident).accepted


def test_deciding_touches_neither_grade_nor_warnings(desk: Desk, assault: int) -> None:
    desk.app.incidents.grade(desk.handler, assault, "I")
    before = desk.view(assault)
    decide(desk, assault, "assault", Decided.NOT_TAKEN, reason="Recorded elsewhere.")
    after = desk.view(assault)
    assert after.standing_grade == before.standing_grade
    assert after.floor_grade == before.floor_grade
    assert {w.code for w in after.assessment.standing} == {w.code for w in before.assessment.standing}
    desk.app.progress.respond(desk.handler, assault, ResponseState.AT_SCENE)
    assert desk.view(assault).standing_grade == before.standing_grade


def test_an_agreed_closing_still_waits_for_the_offence_and_the_record_proves(
    desk: Desk, assault: int
) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    desk.app.incidents.grade(desk.handler, assault, "I")
    request = desk.app.incidents.close(desk.handler, assault, "He is held.").request_id
    assert request is not None
    held = [
        RationaleAnswer(w.code, "He is in a cell since eight o'clock", "custody-officer", "custody-record")
        for w in desk.view(assault).assessment.critical_below
    ]
    desk.app.incidents.give_rationale(desk.handler, assault, request, "suspect-detained", "He is held.", held)
    early = desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Held overnight.")
    assert not early.accepted and [n.code for n in early.needs] == ["offence"]
    decide(desk, assault, "assault", Decided.TAKEN)
    # What was agreed to before does not carry over by itself: it is agreed to as things stand now.
    standing = desk.view(assault).standing_grade
    assert standing is not None and standing.id == "I"
    assert desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Held overnight.").accepted
    assert not desk.app.custody.prove().findings


def test_an_offence_decided_after_the_refusal_closes_and_the_record_proves(desk: Desk) -> None:
    incident = desk.call(type="criminal-damage")
    desk.app.telling.tell(desk.handler, incident, Told("damage", "My car window was broken last week."))
    request = desk.app.incidents.close(desk.handler, incident, "Recorded.").request_id
    assert request is not None
    decide(desk, incident, "criminal-damage", Decided.TAKEN)
    assert desk.app.incidents.give_rationale(desk.handler, incident, request, "", "Recorded.", []).accepted
    assert not desk.app.custody.prove().findings
