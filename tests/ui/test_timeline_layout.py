"""The timeline's layout: nothing overlaps, nothing is guessed, nothing is left out. No window is needed."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from callhandler.model.when import LONDON, Precision, When
from ui.timeline import wording
from ui.timeline.axis import Part, axis_of
from ui.timeline.layout import arrange
from ui.timeline.parts import Asked, Window
from ui.timeline.story import Event, Form, Kind, Story, Tier, extent, in_order
from ui.timeline.ticks import ticks_of

WIDTHS = range(600, 1801, 150)
ZOOMS = (1.0, 3.0, 20.0, 200.0)
NOW = datetime(2018, 8, 26, 23, 26, tzinfo=UTC)


def measure(text: str) -> float:
    return 6.4 * len(text)


def asked(keep=None, line=14.0):
    return Asked(measure, line, wording.several, "no date", keep)


def past(number, at, precision=Precision.DAY, **more):
    start, end = extent(When(at, precision))
    when = When(at, precision)
    more.setdefault("labels", wording.day_labels(when))
    return Event(
        f"incident:{number}", Kind.INCIDENT, start, end, f"{when.spoken()}, event {number}", f"event {number}",
        incident_id=number, coarse=end - start > 2 * 86_400, **more,
    )  # fmt: skip


def call(number, minutes, form=Form.TAKEN):
    at = (NOW - timedelta(minutes=minutes)).timestamp()
    return Event(
        f"call:{number}",
        Kind.CALL,
        at,
        at,
        f"call {number}",
        "",
        (f"{number}:00 answered", "00:00"),
        form=form,
    )


def story(*events):
    calls = [e.start for e in events if e.kind is Kind.CALL]
    return Story(in_order(events), NOW.timestamp(), min(calls, default=None))


def many(number, seed=1):
    pick = random.Random(seed)
    precisions = [Precision.MINUTE, Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.UNKNOWN]
    events = []
    for i in range(number):
        days = pick.gauss(90, 5) if pick.random() < 0.3 else min(pick.expovariate(1 / 500) + 2, 3_600)
        precision = pick.choices(precisions, [5, 6, 2, 1, 1])[0]
        tier = pick.choice(list(Tier))
        events.append(past(i, NOW - timedelta(days=days), precision, tier=tier, nameless=pick.random() < 0.2))
    return story(*events, call(1, 112), call(2, 78), call(3, 8, Form.UNANSWERED), call(4, 0))


NIGHT = story(
    past(1, datetime(2016, 4, 10, tzinfo=UTC), Precision.MONTH),
    past(2, datetime(2017, 7, 29, 12, tzinfo=UTC), tier=Tier.SERIOUS, nameless=True),
    past(3, datetime(2018, 5, 17, tzinfo=UTC), Precision.MONTH, tier=Tier.GRAVE),
    past(4, datetime(2018, 5, 27, 12, tzinfo=UTC), tier=Tier.GRAVE),
    past(5, datetime(2018, 5, 29, 12, tzinfo=UTC), tier=Tier.GRAVE),
    past(6, datetime(2018, 5, 30, 12, tzinfo=UTC), tier=Tier.GRAVE),
    call(1, 112),
    call(2, 8, Form.UNANSWERED),
    call(3, 0),
)
STORIES = {
    "night": NIGHT,
    "sixty": many(60),
    "five hundred": many(500, 2),
    "nothing": story(),
    "calls": story(call(1, 3)),
}


def day(*ymd):
    return datetime(*ymd, tzinfo=LONDON).timestamp()


# --- layout, without Qt ----------------------------------------------------------------------


@pytest.mark.parametrize("line", [13.0, 28.0])
@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("name", STORIES)
def test_no_words_overlap_and_none_are_cut_off(name, zoom, line):
    for width in WIDTHS:
        for offset in (0.0, width * (zoom - 1) * 0.6, width * (zoom - 1)):
            labels = arrange(STORIES[name], Window(width, zoom, offset), asked(line=line)).labels
            for label in labels:
                assert label.box.x >= 0 and label.box.x + label.box.width <= width, label
            for i, label in enumerate(labels):
                assert not any(label.box.meets(other.box) for other in labels[i + 1 :]), label


@pytest.mark.parametrize("name", STORIES)
def test_the_order_of_time_is_the_order_on_the_axis(name):
    told = STORIES[name]
    for width in WIDTHS:
        laid = arrange(told, Window(width), asked())
        places = [laid.places[e.key] for e in told.events]
        assert places == sorted(places)
        for row in {m.box.y + m.box.height / 2 for m in laid.marks if m.kind is Kind.INCIDENT}:
            keys = [e.key for m in laid.marks if m.box.y + m.box.height / 2 == row for e in m.events]
            assert keys == [e.key for e in told.events if e.key in keys]


@pytest.mark.parametrize("name", ["sixty", "five hundred"])
def test_every_incident_is_drawn_alone_or_counted_and_marks_stand_apart(name):
    told = STORIES[name]
    for width in WIDTHS:
        marks = [m for m in arrange(told, Window(width), asked()).marks if m.kind is Kind.INCIDENT]
        assert sorted(e.key for m in marks for e in m.events) == sorted(
            e.key for e in told.of_kind(Kind.INCIDENT)
        )
        exact = [m.box.x + m.box.width / 2 for m in marks if not m.events[0].coarse]
        assert min(b - a for a, b in pairwise(exact)) >= asked().mark


def test_the_most_crowded_marks_say_how_many_in_how_many_days():
    for width in (600, 1000, 1400):
        texts = [label.text for label in arrange(NIGHT, Window(width), asked()).labels]
        assert "3 in 4 days" in texts


def test_a_mark_for_several_takes_the_gravest_shape():
    both = story(
        past(1, NOW - timedelta(days=40)), past(2, NOW - timedelta(days=39), tier=Tier.GRAVE), call(1, 5)
    )
    (mark,) = [m for m in arrange(both, Window(600), asked()).marks if len(m.events) == 2]
    assert mark.tier is Tier.GRAVE


def test_a_month_is_a_bar_over_the_month_whatever_day_the_record_holds():
    event = past(3, datetime(2018, 5, 16, 23, tzinfo=UTC), Precision.MONTH)
    assert (event.start, event.end) == (day(2018, 5, 1), day(2018, 6, 1))
    for zoom in ZOOMS:
        laid = arrange(story(event, call(1, 5)), Window(1000, zoom, 0), asked())
        for mark in (m for m in laid.marks if m.kind is Kind.INCIDENT):
            assert mark.bar is not None
            left, right = laid.axis.span(event)
            assert mark.bar.x <= left and mark.bar.x + mark.bar.width >= right
            assert mark.box.y > laid.rows.axis, "not on the axis, where exact days stand"
            assert mark.box.x >= mark.bar.x and mark.box.x + mark.box.width <= mark.bar.x + mark.bar.width


def test_a_day_is_a_bar_as_soon_as_a_day_is_wider_than_a_mark():
    laid = arrange(NIGHT, Window(1000), asked())
    assert all(m.bar is None for m in laid.marks if not m.events[0].coarse)
    x = axis_of(NIGHT, 1000 * 60).x(NIGHT.events[4].middle)
    near = arrange(NIGHT, Window(1000, 60, x - 500), asked())
    assert [m.bar for m in near.marks if not m.events[0].coarse and m.kind is Kind.INCIDENT].count(None) == 0


def test_what_has_no_date_has_a_place_of_its_own():
    laid = arrange(story(past(1, NOW, Precision.UNKNOWN), call(1, 5)), Window(800), asked())
    first = laid.axis.sections[0]
    assert first.part is Part.UNDATED
    (mark,) = [m for m in laid.marks if m.kind is Kind.INCIDENT]
    assert first.left <= mark.box.x and mark.box.x + mark.box.width <= first.right
    assert "no date" in [label.text for label in laid.labels]


def test_years_are_pressed_together_and_this_incident_is_enlarged():
    parts = {s.part: s.per_second for s in axis_of(NIGHT, 1000).sections}
    assert parts[Part.YEARS] < parts[Part.RECENT] < parts[Part.LIVE] / 100


def test_the_live_section_stands_still_while_the_minutes_pass():
    later = replace(NIGHT, now=NIGHT.now + 180)
    assert axis_of(NIGHT, 1000) == axis_of(later, 1000)


@pytest.mark.parametrize(
    ("zoom", "seen"),
    [(1.0, ["Jan 2016", "26 Aug 2018"]), (30.0, ["Jan 2016", "Feb"]), (4.0, ["Jan 2016", "Apr"])],
)
def test_words_of_the_axis_follow_the_zoom(zoom, seen):
    texts = [label.text for label in arrange(NIGHT, Window(1200, zoom), asked()).labels]
    for words in seen:
        assert any(words in text for text in texts), texts


def test_the_night_on_which_the_clocks_change_has_every_hour_once():
    at = datetime(2018, 10, 28, 5, tzinfo=UTC)
    events = [
        Event(f"call:{i}", Kind.CALL, t, t, "", "")
        for i, t in enumerate([(at - timedelta(hours=7)).timestamp()])
    ]
    axis = axis_of(Story(tuple(events), at.timestamp(), events[0].start), 1500)
    xs = [t.x for t in ticks_of(axis, 0, 1500, measure)]
    assert len(xs) > 6
    assert max(b - a for a, b in pairwise(xs)) == pytest.approx(min(b - a for a, b in pairwise(xs)))


def test_orders_share_rows_only_where_they_do_not_meet():
    def order(key, first, last):
        return Event(
            key,
            Kind.ORDER,
            (NOW - timedelta(days=first)).timestamp(),
            (NOW - timedelta(days=last)).timestamp(),
            "",
            "",
        )

    told = story(
        order("a", 900, 600), order("b", 700, 0), order("c", 300, 100), past(1, NOW - timedelta(days=950))
    )
    spans = {s.event.key: s.row for s in arrange(told, Window(1000), asked()).spans}
    assert spans == {"a": 0, "b": 1, "c": 0}


def test_a_filter_fades_and_counts_but_removes_nothing():
    keep = frozenset({4, 5})
    plain, faded = (arrange(NIGHT, Window(1000), asked(k)) for k in (None, keep))
    assert [m.box for m in faded.marks] == [m.box for m in plain.marks]
    for mark in faded.marks:
        assert mark.faded == (mark.kind is Kind.INCIDENT and not keep & {e.incident_id for e in mark.events})
    assert "2 of 3 in 4 days" in [label.text for label in faded.labels]
