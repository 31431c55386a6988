"""Lowering through the services: each thing that is missing refuses it, and every attempt is recorded."""

import pytest

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.services.incidents import Outcome
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

HELD = RationaleAnswer(
    "assault-suspect-free", "He is in a cell since eight o'clock", "custody-officer", "custody-record"
)


def ask(desk: Desk, incident: int) -> int:
    request = desk.app.incidents.grade(desk.handler, incident, "S", "He is held.").request_id
    assert request is not None
    return request


def give(desk: Desk, incident: int, request: int) -> Outcome:
    return desk.app.incidents.give_rationale(
        desk.handler, incident, request, "suspect-detained", "He is held.", [HELD]
    )


def grade(desk: Desk, incident: int) -> str:
    found = desk.view(incident).standing_grade
    assert found is not None
    return found.id


def test_answered_and_agreed_by_another_it_takes_effect_at_once(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    request = ask(desk, assault)
    assert [n.code for n in give(desk, assault, request).needs] == ["agreement"]
    outcome = desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Held overnight.")
    assert outcome.accepted
    assert grade(desk, assault) == "S"
    assert "tell-caller" in {t.code for t in desk.view(assault).picture.tasks if not t.done}


def test_agreeing_to_what_is_not_answered_agrees_to_nothing(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    request = ask(desk, assault)
    outcome = desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Yes.")
    assert not outcome.accepted
    assert {n.code for n in outcome.needs} == {"answer", "ground"}
    (waiting,) = desk.view(assault).picture.requests
    assert waiting.agreements == ()
    assert grade(desk, assault) == "I"


def test_nobody_agrees_to_a_request_of_his_own(desk: Desk, assault: int) -> None:
    both = desk.sign_in("both", Right.HANDLER, Right.SUPERVISOR)
    request = desk.app.incidents.grade(both, assault, "S", "He is held.").request_id
    assert request is not None
    with pytest.raises(NotAllowed, match="another supervisor"):
        desk.app.incidents.agree(both, assault, request, Verdict.AGREE, "Yes.")
    assert grade(desk, assault) == "I"


def test_a_handler_agrees_to_nothing(desk: Desk, assault: int) -> None:
    request = ask(desk, assault)
    other = desk.sign_in("other", Right.HANDLER)
    with pytest.raises(NotAllowed, match="supervisor"):
        desk.app.incidents.agree(other, assault, request, Verdict.AGREE, "Yes.")


def test_a_supervisor_who_left_is_waited_for_no_longer_in_words(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    give(desk, assault, ask(desk, assault))
    assert [n.code for n in desk.view(assault).needs] == ["agreement"]
    desk.app.identity.sign_out(supervisor)
    (need,) = desk.view(assault).needs
    assert need.code == "supervisor"
    assert need.sentence.startswith("No supervisor is signed in")
    desk.app.identity.open_session("supervisor")
    assert [n.code for n in desk.view(assault).needs] == ["agreement"]


def test_nothing_is_needed_where_nothing_was_asked(desk: Desk, assault: int) -> None:
    assert desk.view(assault).needs == ()


def test_something_told_after_the_answers_must_be_answered_too(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    request = ask(desk, assault)
    give(desk, assault, request)
    desk.app.telling.tell(
        desk.handler,
        assault,
        Told("weapon-feared", "He might get a knife.", "Adult 1", "The suspect", "Adult 1"),
    )
    outcome = desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Yes.")
    assert not outcome.accepted
    assert [n.warning for n in outcome.needs] == ["weapon-feared"]
    assert grade(desk, assault) == "I"


def test_a_request_that_a_supervisor_answered_with_keep_is_over(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    request = ask(desk, assault)
    give(desk, assault, request)
    kept = desk.app.incidents.agree(supervisor, assault, request, Verdict.KEEP, "See her first.")
    assert "See her first." in kept.needs[0].sentence
    again = desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Then yes.")
    assert not again.accepted
    assert grade(desk, assault) == "I"


def test_an_answer_that_no_longer_counts_replaces_the_one_before(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    request = ask(desk, assault)
    assert [n.code for n in give(desk, assault, request).needs] == ["agreement"]
    weak = RationaleAnswer("assault-suspect-free", "Not seen", "caller-alone", "not-seen")
    outcome = desk.app.incidents.give_rationale(desk.handler, assault, request, answers=[weak])
    assert {(n.code, n.warning) for n in outcome.needs} == {
        ("answer", "assault-suspect-free"),
        ("agreement", ""),
    }
    refused = desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Yes.")
    assert not refused.accepted
    assert grade(desk, assault) == "I"


def test_every_refused_attempt_is_on_record(desk: Desk, assault: int) -> None:
    for wanted in ("P", "S", "R"):
        assert not desk.app.incidents.grade(desk.handler, assault, wanted).accepted
    assert not desk.app.incidents.close(desk.handler, assault, "Done").accepted
    requests = desk.view(assault).picture.requests
    assert [r.grade for r in requests] == ["P", "S", "R", "close"]
    assert not any(r.decided for r in requests)


def test_a_grade_that_the_scheme_does_not_have_is_named_with_those_it_has(desk: Desk, assault: int) -> None:
    with pytest.raises(BadInput, match="Immediate, Priority, Scheduled, Resolve"):
        desk.app.incidents.grade(desk.handler, assault, "P9")


def test_probing_writes_nothing(desk: Desk, assault: int) -> None:
    before = desk.view(assault).picture.upto
    rulings = desk.app.incidents.probe(desk.handler, assault)
    assert [r.allowed_now for r in rulings] == [True, False, False, False, False]
    assert desk.view(assault).picture.upto == before
