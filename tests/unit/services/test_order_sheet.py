"""A printed order says nothing of where she is: whatever was typed into whatever field, none of it is on the sheet."""

from datetime import timedelta

import pytest

from callhandler.services.order_sheet import LEFT_OUT, sheet
from callhandler.services.order_told import Checked, TermTold
from tests.unit.conftest import Desk

SECRET = "12 Hidden Lane B99 1ZZ"


@pytest.fixture
def printed(desk: Desk) -> str:
    """The sheet of an order of which every free word holds her address."""
    incident = desk.call("Adult 1", place=SECRET, type="domestic-abuse")
    orders, handler = desk.app.orders, desk.handler
    orders.declare(
        handler,
        incident,
        "nmo",
        "Adult 1",
        "Her partner",
        SECRET,
        SECRET,
        terms=["exclusion-zone"],
        knows="aware",
    )
    until = desk.clock.now() + timedelta(days=30)
    orders.forbid(
        handler,
        incident,
        "nmo",
        TermTold("exclusion-zone", SECRET, SECRET, 100, until, SECRET, SECRET, said_by=SECRET),
    )
    orders.learn(handler, incident, "nmo", "no_trace", SECRET, words=SECRET)
    orders.check(handler, incident, "nmo", Checked(SECRET, SECRET, words=SECRET))
    orders.attach(handler, incident, "nmo", f"{SECRET}.jpg", b"\xff\xd8\xff x \xff\xd9", SECRET)
    view = desk.view(incident)
    assert SECRET in repr(view.picture)
    return sheet(view.orders[0], view.picture, desk.app.policy)


def test_no_word_that_was_typed_is_on_the_sheet(printed: str) -> None:
    for part in SECRET.split():
        assert part not in printed


def test_what_officers_need_is_on_it(printed: str) -> None:
    assert printed.splitlines()[0] == "Non-molestation order"
    assert "Against Her partner, for Adult 1" in printed
    assert "It forbids: Not to come near a place, 100 m, until" in printed
    assert "Copy needed? No." in printed
    assert "Learned" in printed
    assert printed.endswith(LEFT_OUT)
