"""A line that has just opened: not known is not ordinary, and an order in force is asked about before anything is told."""

import pytest

from callhandler.model.assessment import Tier
from callhandler.model.facts import Stance
from callhandler.model.incident import TYPE_NOT_KNOWN
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

CODE = "order-and-nothing-told"
DAYS = 3 * 24 * 60


@pytest.fixture
def again(desk: Desk) -> int:
    """She told of an order three days ago; now the line opens, and nobody has said why."""
    before = desk.call("Adult 1", place="7 Invented Street", number="07700 900111", type="domestic-abuse")
    desk.app.orders.declare(desk.handler, before, "nmo", "Adult 1", "Her partner")
    desk.later(DAYS)
    return desk.call("", number="07700 900111", join="no")


def test_an_incident_that_nobody_gave_a_type_has_none(desk: Desk) -> None:
    incident = desk.view(desk.call("")).picture.incident
    assert incident is not None
    assert incident.type == TYPE_NOT_KNOWN
    assert incident.type in desk.app.office.policy.types


def test_an_order_in_force_is_a_note_that_holds_no_grade(desk: Desk, again: int) -> None:
    (note,) = desk.view(again).assessment.standing
    assert (note.code, note.tier, note.floor_rank) == (CODE, Tier.NOTE, None)
    assert "non-molestation order" in note.sentence.casefold()


def test_the_first_questions_are_whether_she_can_talk_and_whether_he_is_there(desk: Desk, again: int) -> None:
    asked = [q.question.id for q in desk.view(again).questions if q.open]
    assert asked == ["safe-to-talk", "is-he-there-now"]


def test_a_type_ends_it(desk: Desk, again: int) -> None:
    desk.app.corrections.retype(desk.handler, again, "lost-property", "Her bank card.")
    assert CODE not in desk.codes(again)


def test_what_is_told_ends_it_and_warns_for_itself(desk: Desk, again: int) -> None:
    desk.app.telling.tell(
        desk.handler, again, Told("unwanted-contact", "He is ringing me.", "Her partner", "Adult 1")
    )
    assert CODE not in desk.codes(again)
    assert "order-breach-now" in desk.codes(again)


def test_a_denial_is_nothing_told(desk: Desk, again: int) -> None:
    desk.app.telling.tell(
        desk.handler,
        again,
        Told("violence-now", "Nothing happened.", "Her partner", "Adult 1", stance=Stance.DENIED),
    )
    assert CODE in desk.codes(again)


def test_without_an_order_the_line_opens_in_quiet(desk: Desk) -> None:
    desk.call("Adult 1", place="7 Invented Street", number="07700 900111", type="domestic-abuse")
    desk.later(DAYS)
    assert desk.codes(desk.call("", number="07700 900111", join="no")) == set()
