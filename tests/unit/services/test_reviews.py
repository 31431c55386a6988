"""Review through the services: what enters the queue, who may see it, and what a supervisor is asked now."""

import pytest

from callhandler.errors import NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

HELD = RationaleAnswer(
    "assault-suspect-free", "He is in a cell since eight o'clock", "custody-officer", "custody-record"
)


@pytest.fixture
def supervisor(desk: Desk) -> Actor:
    return desk.sign_in("supervisor", Right.SUPERVISOR)


@pytest.fixture
def assault(desk: Desk) -> int:
    """She was hit, and the incident is immediate."""
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    desk.app.incidents.grade(desk.handler, incident, "I")
    return incident


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
