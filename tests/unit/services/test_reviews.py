"""Review through the services: what enters the queue, who may see it, and what a supervisor is asked now."""

import sqlite3
from contextlib import closing

import pytest

from callhandler.errors import BadInput, NotAllowed, Refused
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import Act, RationaleAnswer, Verdict
from callhandler.model.review import Result
from callhandler.rules import review
from callhandler.services.telling import Told
from callhandler.store.tables import consultation
from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk

HELD = RationaleAnswer(
    "assault-suspect-free", "He is in a cell since eight o'clock", "custody-officer", "custody-record"
)


@pytest.fixture(autouse=True)
def nothing_by_lot(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the lot would draw differs from run to run; a test that wants something drawn says so."""
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 999)


@pytest.fixture
def supervisor(desk: Desk) -> Actor:
    return desk.sign_in("supervisor", Right.SUPERVISOR)


def ask(desk: Desk, incident: int) -> int:
    """A request to lower that lacks nothing but a supervisor's answer."""
    request = desk.app.incidents.grade(desk.handler, incident, "S", "He is held.").request_id
    assert request is not None
    desk.app.incidents.give_rationale(
        desk.handler, incident, request, "suspect-detained", "He is held.", [HELD]
    )
    return request


def test_a_request_waits_on_top_from_when_it_was_whole(desk: Desk, assault: int, supervisor: Actor) -> None:
    asked = desk.app.incidents.grade(desk.handler, assault, "S", "He is held.").request_id
    assert asked is not None
    assert desk.app.reviews.queue(supervisor) == ()
    desk.later(1)
    desk.app.incidents.give_rationale(desk.handler, assault, asked, "suspect-detained", "He is held.", [HELD])
    (line,) = desk.app.reviews.queue(supervisor)
    assert (line.waiting, line.request_id, line.was, line.to) == (True, asked, "Immediate", "Scheduled")
    assert (line.critical, line.floor, line.distance) == (1, "Immediate", 2)
    assert line.who == "Adult 1"
    assert line.age(desk.clock.now()) == 0
    desk.later(3)
    assert line.overdue(desk.clock.now())


def test_kept_it_waits_no_longer_and_nothing_was_lowered(desk: Desk, assault: int, supervisor: Actor) -> None:
    request = ask(desk, assault)
    desk.app.incidents.agree(supervisor, assault, request, Verdict.KEEP, "See her first.")
    assert desk.app.reviews.queue(supervisor) == ()


def test_every_lowering_is_in_the_queue_with_its_reasons_and_its_clock(
    desk: Desk, assault: int, supervisor: Actor
) -> None:
    request = ask(desk, assault)
    desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Held overnight.")
    (line,) = desk.app.reviews.queue(supervisor)
    assert not line.waiting
    assert {"lowered", "domestic-low"} <= set(line.by)
    assert (line.was, line.to, line.handler) == ("Immediate", "Scheduled", "Handler 12")
    assert (line.owner, line.blind, line.specialist) == ("", False, True)
    assert not line.overdue(desk.clock.now())
    desk.later(121)
    assert line.overdue(desk.clock.now())
    assert desk.app.reviews.open_reviews(assault) == ((line.item_id, None),)


def test_the_queue_is_for_those_who_review(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="reviewer"):
        desk.app.reviews.queue(desk.handler)
    desk.app.reviews.queue(desk.sign_in("specialist", Right.DOMESTIC_ABUSE_REVIEWER))


def test_a_domestic_abuse_reviewer_agrees_to_no_lowering(desk: Desk, assault: int) -> None:
    specialist = desk.sign_in("specialist", Right.DOMESTIC_ABUSE_REVIEWER)
    request = ask(desk, assault)
    with pytest.raises(NotAllowed, match="supervisor"):
        desk.app.incidents.agree(specialist, assault, request, Verdict.AGREE, "Yes.")


# --- opening and answering -------------------------------------------------------------------


@pytest.fixture
def reviewer(desk: Desk) -> Actor:
    return desk.sign_in("reviewer", Right.REVIEWER)


@pytest.fixture
def lowered(desk: Desk, assault: int, supervisor: Actor) -> int:
    """The item of a lowering that a supervisor agreed to."""
    request = ask(desk, assault)
    desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Held overnight.")
    item = desk.app.reviews.queue(supervisor)[0].item_id
    assert item is not None
    return item


def test_what_the_handler_saw_then_is_rebuilt_and_proved(
    desk: Desk, assault: int, lowered: int, reviewer: Actor
) -> None:
    desk.later(30)
    desk.app.telling.tell(desk.handler, assault, Told("weapon-feared", "A knife."))
    opened = desk.app.reviews.open(reviewer, lowered)
    assert opened.proof.intact, opened.proof.faults
    assert opened.proof.rows == opened.proof.held > 20
    assert opened.decision is not None
    assert opened.decision.shown == "Scheduled"
    assert opened.decision.request is not None
    assert [a.warning for a in opened.decision.request.answers] == ["assault-suspect-free"]
    assert opened.decision.request.agreements[0].reason == "Held overnight."
    codes = {d.indicator for d in opened.view.picture.disclosures}
    assert codes == {"violence-now"}, "what was told later is not in it"
    assert opened.view.standing_grade is not None
    assert opened.view.standing_grade.name == "Immediate"


def test_opening_is_a_consultation_and_says_why(
    desk: Desk, assault: int, lowered: int, reviewer: Actor
) -> None:
    desk.app.reviews.open(reviewer, lowered, "monthly review")
    with reading(desk.app.office.engine) as connection:
        rows = connection.execute(consultation.select().where(consultation.c.what == "review")).all()
    assert [(r.user_id, r.incident_id, r.purpose) for r in rows] == [
        (reviewer.user_id, assault, "monthly review")
    ]


def test_who_waits_is_opened_with_what_is_asked_and_what_was_missed(
    desk: Desk, assault: int, supervisor: Actor
) -> None:
    request = ask(desk, assault)
    opened = desk.app.reviews.open_request(supervisor, request)
    assert opened.proof.intact, opened.proof.faults
    assert opened.decision is not None
    assert (opened.decision.shown, opened.decision.text) == ("Scheduled", "He is held.")
    assert opened.decision.request is not None
    assert opened.decision.request.ground == "suspect-detained"
    assert {"question", "offence"} <= {m.code for m in opened.missed}


def test_a_changed_row_is_named_by_the_proof(desk: Desk, lowered: int, reviewer: Actor) -> None:
    whole = desk.app.reviews.open(reviewer, lowered).proof
    path = desk.app.settings.database
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("DROP TRIGGER keep_disclosure_no_update")
        plain.execute("UPDATE disclosure SET words = 'He shouted.' WHERE words = 'He hit me.'")
        plain.commit()
    proof = desk.app.reviews.open(reviewer, lowered).proof
    assert not proof.intact
    assert (proof.rows, proof.held) == (whole.rows, whole.held - 1)
    assert [(f.kind, f.sentence) for f in proof.faults if f.kind == "disclosure"] == [
        ("disclosure", "the row was changed after it was recorded")
    ]
    assert "NOT intact" in proof.sentence
    assert "disclosure" in proof.sentence


def test_a_row_that_is_gone_is_named_by_the_proof(desk: Desk, lowered: int, reviewer: Actor) -> None:
    with closing(sqlite3.connect(desk.app.settings.database)) as plain:
        plain.execute("DROP TRIGGER keep_log_entry_no_delete")
        plain.execute("DELETE FROM log_entry WHERE id = (SELECT min(id) FROM log_entry)")
        plain.commit()
    faults = desk.app.reviews.open(reviewer, lowered).proof.faults
    assert [f.kind for f in faults] == ["log_entry"]
    assert "the journal knows" in faults[0].sentence


def test_claimed_handed_on_and_given_back_with_its_clock_running(
    desk: Desk, lowered: int, reviewer: Actor
) -> None:
    desk.sign_in("second", Right.DOMESTIC_ABUSE_REVIEWER)
    reviews = desk.app.reviews
    due = reviews.queue(reviewer)[0].due
    reviews.claim(reviewer, lowered)
    reviews.claim(reviewer, lowered)
    assert reviews.queue(reviewer)[0].owner == "Reviewer"
    second = desk.app.identity.open_session("second")
    with pytest.raises(Refused, match="Reviewer has this item"):
        reviews.claim(second, lowered)
    reviews.hand_on(reviewer, lowered, "second", "Hers to judge.")
    assert reviews.queue(reviewer)[0].owner == "Second"
    with pytest.raises(Refused, match="Second has this item"):
        reviews.answer(reviewer, lowered, Result.UPHELD, "Right.")
    reviews.give_back(second, lowered, "Off shift.")
    (line,) = reviews.queue(reviewer)
    assert (line.owner, line.due) == ("", due)


@pytest.mark.parametrize("name", ["handler", "nobody", "supervisor"])
def test_an_item_goes_only_to_one_who_may_review_it(
    desk: Desk, lowered: int, reviewer: Actor, name: str
) -> None:
    with pytest.raises(BadInput):
        desk.app.reviews.hand_on(reviewer, lowered, name, "Please.")


def test_nobody_reviews_what_he_agreed_to(desk: Desk, lowered: int, supervisor: Actor) -> None:
    with pytest.raises(NotAllowed, match="decided or agreed to"):
        desk.app.reviews.answer(supervisor, lowered, Result.UPHELD, "Right.")
    desk.app.reviews.open(supervisor, lowered)


def test_an_answered_item_leaves_the_queue_and_the_handler_is_told_until_it_is_seen(
    desk: Desk, assault: int, lowered: int, reviewer: Actor
) -> None:
    reviews = desk.app.reviews
    with pytest.raises(BadInput, match="handler is told"):
        reviews.answer(reviewer, lowered, Result.LEARNING, "The child was not asked about.")
    reviews.answer(
        reviewer, lowered, Result.LEARNING, "The child was not asked about.", feedback="Ask about the child."
    )
    assert reviews.queue(reviewer) == ()
    assert reviews.open_reviews(assault) == ()
    (told,) = reviews.feedback(desk.handler)
    assert (told.text, told.author, told.result, told.seen_at) == (
        "Ask about the child.", "Reviewer", Result.LEARNING, None,
    )  # fmt: skip
    reviews.acknowledge(desk.handler, told.id, "Read.")
    reviews.acknowledge(desk.handler, told.id, "Again.")
    (seen,) = reviews.feedback(desk.handler)
    assert (seen.seen_at is not None, seen.answer) == (True, "Read.")
    desk.later(60 * 24 * 31)
    assert reviews.feedback(desk.handler) == ()
    with pytest.raises(BadInput, match="told to you"):
        reviews.acknowledge(reviewer, told.id)


def test_a_further_outcome_is_added_and_the_first_stays(desk: Desk, lowered: int, reviewer: Actor) -> None:
    reviews = desk.app.reviews
    reviews.answer(reviewer, lowered, Result.UPHELD, "Right as it stood.")
    reviews.answer(
        reviewer, lowered, Result.OTHERWISE, "On reading again, no.", grade="P", feedback="Priority, I think."
    )
    found = reviews.open(reviewer, lowered).outcomes
    assert [(o.result, o.grade) for o in found] == [(Result.UPHELD, ""), (Result.OTHERWISE, "P")]


def test_to_reopen_is_a_raise_that_asks_nothing(
    desk: Desk, assault: int, lowered: int, reviewer: Actor
) -> None:
    reviews = desk.app.reviews
    for grade, said in (("R", "not more urgent"), ("P", "below the floor"), ("X", "no grade X")):
        with pytest.raises(BadInput, match=said):
            reviews.answer(reviewer, lowered, Result.REOPEN, "He is out.", grade=grade, feedback="He is out.")
    assert reviews.open(reviewer, lowered).outcomes == (), "an outcome without its raise is not kept"
    reviews.answer(reviewer, lowered, Result.REOPEN, "He is out.", grade="I", feedback="He is out.")
    standing = desk.view(assault).standing_grade
    assert standing is not None
    assert standing.id == "I"
    assert [f.what for f in reviews.open(reviewer, lowered).followed] == ["raised"]


def test_the_one_who_asked_sees_the_answer_and_its_reason(
    desk: Desk, assault: int, supervisor: Actor
) -> None:
    request = ask(desk, assault)
    desk.app.incidents.agree(supervisor, assault, request, Verdict.TAKE_OVER, "I ring the inspector.")
    (answer,) = desk.app.reviews.answered(desk.handler)
    assert (answer.verdict, answer.reason, answer.author) == (
        Verdict.TAKE_OVER, "I ring the inspector.", "Supervisor",
    )  # fmt: skip
    view = desk.view(assault)
    assert view.picture.owner is not None
    assert view.picture.owner.owner == "Supervisor"
    assert view.standing_grade is not None
    assert view.standing_grade.id == "I"
    assert desk.app.reviews.queue(supervisor) == ()
    desk.later(60 * 15)
    assert desk.app.reviews.answered(desk.handler) == ()


# --- blind -----------------------------------------------------------------------------------


@pytest.fixture
def sampled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """An incident whose first grade the lot brought into the queue."""
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 0)
    incident = desk.call(type="burglary")
    desk.app.incidents.grade(desk.handler, incident, "P")
    return incident


def test_a_blind_item_hides_the_handlers_grade_until_ones_own_is_recorded(
    desk: Desk, sampled: int, reviewer: Actor
) -> None:
    reviews = desk.app.reviews
    (line,) = reviews.queue(reviewer)
    assert (line.blind, line.hidden, line.to, line.was) == (True, True, "", "")
    assert line.item_id is not None
    hidden = reviews.open(reviewer, line.item_id)
    assert hidden.decision is None
    assert hidden.view.picture.decisions == ()
    assert "Priority" not in repr(hidden.line)
    assert all("Priority" not in entry.text for entry in hidden.view.picture.log)
    with pytest.raises(Refused, match="own grade first"):
        reviews.answer(reviewer, line.item_id, Result.UPHELD, "Right.")
    assert reviews.grade(reviewer, line.item_id, "S", "Nobody is there now.").blind
    shown = reviews.open(reviewer, line.item_id)
    assert shown.decision is not None
    assert shown.decision.shown == "Priority"
    assert [(g.grade, g.blind) for g in shown.second_grades] == [("S", True)]
    with pytest.raises(Refused, match="already"):
        reviews.grade(reviewer, line.item_id, "P")
    reviews.answer(reviewer, line.item_id, Result.UPHELD, "Either would do.")
    assert reviews.queue(reviewer) == ()


def test_it_stays_hidden_from_a_second_reviewer_and_so_does_the_first_ones_grade(
    desk: Desk, sampled: int, reviewer: Actor
) -> None:
    second = desk.sign_in("second", Right.REVIEWER)
    item = desk.app.reviews.queue(reviewer)[0].item_id
    assert item is not None
    desk.app.reviews.grade(reviewer, item, "S")
    seen = desk.app.reviews.open(second, item)
    assert seen.decision is None
    assert seen.second_grades == ()


# --- closing, and changes of what is known ---------------------------------------------------


def needs_to_close(desk: Desk, incident: int, actor: Actor) -> set[str]:
    """What closing would need now, as the guard says beforehand."""
    closing = desk.app.incidents.probe(actor, incident)[-1]
    return {need.code for need in closing.needs}


def test_only_its_reviewer_closes_while_a_lowering_waits_for_review(
    desk: Desk, assault: int, lowered: int, reviewer: Actor
) -> None:
    other = desk.sign_in("other", Right.SUPERVISOR)
    assert "review" in needs_to_close(desk, assault, desk.handler)
    need = next(n for n in desk.app.incidents.close(desk.handler, assault).needs if n.code == "review")
    assert need.sentence == "A lowering waits for review: a reviewer answers that first."
    desk.app.reviews.claim(other, lowered)
    assert "review" in needs_to_close(desk, assault, desk.handler)
    assert "review" not in needs_to_close(desk, assault, other)
    desk.app.reviews.answer(other, lowered, Result.UPHELD, "Right.")
    assert "review" not in needs_to_close(desk, assault, desk.handler)


def test_what_was_drawn_by_lot_holds_no_closing_up(desk: Desk, sampled: int) -> None:
    assert "review" not in needs_to_close(desk, sampled, desk.handler)


def test_a_disclosure_taken_back_with_its_floor_is_reviewed_as_a_lowering_is(
    desk: Desk, assault: int, supervisor: Actor, reviewer: Actor
) -> None:
    told = desk.view(assault).picture.disclosures[-1].id
    asked = desk.app.corrections.retract(desk.handler, assault, told, "Told of somebody else.")
    assert asked.request_id is not None
    desk.app.incidents.give_rationale(
        desk.handler, assault, asked.request_id, "false-report-confirmed", "Told of another.", [HELD]
    )
    (waits,) = desk.app.reviews.queue(supervisor)
    assert waits.waiting
    assert "Recorded in error" in waits.to
    assert desk.app.reviews.open_request(supervisor, asked.request_id).proof.intact
    done = desk.app.incidents.agree(supervisor, assault, asked.request_id, Verdict.AGREE, "I heard it again.")
    assert done.accepted, done.needs
    (line,) = desk.app.reviews.queue(reviewer)
    assert (line.act, line.was, line.blind) == (Act.RETRACT, "Immediate", False)
    assert "Recorded in error" in line.to
    assert "lowered" in line.by
    assert line.item_id is not None
    with pytest.raises(NotAllowed):
        desk.app.reviews.answer(supervisor, line.item_id, Result.UPHELD, "Mine.")
    opened = desk.app.reviews.open(reviewer, line.item_id)
    assert opened.proof.intact, opened.proof.faults
    assert opened.decision is not None
    assert opened.decision.act is Act.RETRACT
    assert opened.decision.request is not None
    assert opened.decision.request.agreements[0].reason == "I heard it again."
    assert desk.app.reviews.header(reviewer).lowered_today == 1
    assert [p.parts for p in desk.app.reviews.figures(reviewer).by_hour.points if any(p.parts)] == [(1, 0, 0)]
    desk.app.reviews.answer(reviewer, line.item_id, Result.UPHELD, "Right.")
    assert desk.app.custody.prove().intact


def test_an_ordinary_call_closed_by_two_keys_is_nobodys_work(desk: Desk, reviewer: Actor) -> None:
    incident = desk.call(type="lost-property")
    desk.app.incidents.grade(desk.handler, incident, "R")
    assert desk.app.incidents.close(desk.handler, incident).accepted
    assert desk.app.reviews.queue(reviewer) == ()
    assert desk.app.reviews.header(reviewer).lowered_today == 0


def test_a_closing_drawn_by_lot_is_not_blind(
    desk: Desk, reviewer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.call(type="lost-property")
    desk.app.incidents.grade(desk.handler, incident, "R")
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 0)
    assert desk.app.incidents.close(desk.handler, incident).accepted
    (line,) = desk.app.reviews.queue(reviewer)
    assert (line.blind, line.hidden, line.to) == (False, False, "Closed")


def test_a_lowering_kept_out_of_the_queue_is_found_by_the_proof(
    desk: Desk, assault: int, supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ask(desk, assault)
    with monkeypatch.context() as without:
        without.setattr(review, "entering", lambda _decided, _reviews: None)
        desk.app.incidents.agree(supervisor, assault, request, Verdict.AGREE, "Held overnight.")
    assert [f.sentence for f in desk.app.custody.prove().findings] == [
        "its policy has it reviewed, and it is in no queue"
    ]


def test_a_disclosure_taken_back_and_kept_out_of_the_queue_is_found_by_the_proof(
    desk: Desk, assault: int, supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = desk.view(assault).picture.disclosures[-1].id
    asked = desk.app.corrections.retract(desk.handler, assault, told, "Told of somebody else.")
    assert asked.request_id is not None
    desk.app.incidents.give_rationale(
        desk.handler, assault, asked.request_id, "false-report-confirmed", "Told of another.", [HELD]
    )
    with monkeypatch.context() as without:
        without.setattr(review, "entering", lambda _decided, _reviews: None)
        desk.app.incidents.agree(supervisor, assault, asked.request_id, Verdict.AGREE, "I heard it again.")
    assert [(f.kind, f.sentence) for f in desk.app.custody.prove().findings] == [
        ("authority", "its policy has it reviewed, and it is in no queue")
    ]
