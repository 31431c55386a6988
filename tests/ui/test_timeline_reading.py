"""What the timeline reads from the desk's view, and the shapes and colours it says it with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF

from callhandler.model.order import Order, OrderFact, OrderStanding, OrderState
from callhandler.model.when import Precision, When
from callhandler.services.desk import OrderShown
from ui.common import theme
from ui.drawn.inks import PAPER
from ui.timeline import DARK, HIGH_CONTRAST, LIGHT, Inks, Vocabulary
from ui.timeline.marks import shape_of
from ui.timeline.reading import story_of
from ui.timeline.story import Form, Kind, Tier, extent

NOW = datetime(2018, 8, 26, 23, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def seen(night):
    """The view of the shipped night, and the words of its policy."""
    return night.app.desk.view(night.actor, night.incident_id), Vocabulary.of(night.app.policy)


def test_the_night_is_read_with_its_calls_warnings_and_order(seen):
    view, vocabulary = seen
    told = story_of(view, vocabulary)
    assert len(told.of_kind(Kind.INCIDENT)) == len(view.picture.linked) == 10
    assert [e.form for e in told.of_kind(Kind.CALL)] == [Form.TAKEN] * 3 + [Form.UNANSWERED, Form.TAKEN]
    assert len(told.of_kind(Kind.WARNING)) == 2
    (order,) = told.of_kind(Kind.ORDER)
    assert not order.verified and not order.ended
    assert order.start == pytest.approx(told.live_from, abs=60) and order.end == told.now


def test_shapes_follow_what_was_told_and_names_recorded(seen):
    told = story_of(*seen)
    tiers = {e.text.split(",")[0]: (e.tier, e.nameless, e.other_kind) for e in told.of_kind(Kind.INCIDENT)}
    assert tiers["29 May 2018"] == (Tier.GRAVE, False, False)
    assert tiers["Apr 2016"] == (Tier.SERIOUS, False, False)
    assert tiers["29 Jul 2017"] == (Tier.SERIOUS, True, True)


def test_a_denial_takes_no_shape_down(seen):
    view, vocabulary = seen
    first = next(e for e in story_of(view, vocabulary).of_kind(Kind.INCIDENT) if e.text.startswith("2 Apr"))
    assert first.tier is Tier.GRAVE


def test_an_order_with_a_verified_end_ends_there_and_one_in_force_does_not(seen):
    view, vocabulary = seen
    made, over = When(NOW - timedelta(days=200), Precision.DAY), NOW - timedelta(days=50)
    fact = OrderFact(1, 1, "discharged", over, True, "the court", "", over)
    order = Order(1, "nmo", None, 3, 7, "court", "", "no", made, None, False, over, (fact,))
    standing = OrderStanding(order, OrderState.DISCHARGED, (), "verified by the court")
    for state, end, ended in (
        (OrderState.DISCHARGED, over.timestamp(), True),
        (OrderState.LIVE, None, False),
    ):
        shown = replace(view, orders=(OrderShown(replace(standing, state=state), None),))
        told = story_of(shown, vocabulary)
        (event,) = told.of_kind(Kind.ORDER)
        assert event.verified and event.ended is ended
        assert event.end == (end or told.now) and event.start == extent(made)[0]


def test_each_tier_has_a_shape_of_its_own():
    where = QRectF(0, 0, 14, 14)
    corner, side = QPointF(1.5, 12.4), QPointF(2.4, 10.5)
    inside = {
        tier: (shape_of(tier, where).contains(corner), shape_of(tier, where).contains(side)) for tier in Tier
    }
    assert inside == {Tier.GRAVE: (False, False), Tier.SERIOUS: (True, True), Tier.OTHER: (False, True)}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("inks", [DARK, LIGHT, HIGH_CONTRAST, PAPER, Inks.of_theme(theme.colours())])
def test_words_and_shapes_stand_out(inks):
    for ground in (inks.ground, inks.live):
        for words in (inks.text, inks.muted, inks.order):
            assert contrast(words, ground) >= 4.5
        for shape in (inks.grave, inks.serious, inks.other, inks.order, inks.accent, inks.line):
            assert contrast(shape, ground) >= 3
