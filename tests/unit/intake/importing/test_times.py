"""Times as other systems write them: forms, exactness, and local times that came twice or never."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callhandler.intake.importing.times import NEVER, TWICE, NoTime, pattern_of, read_time
from callhandler.model.when import Precision

LONDON = ZoneInfo("Europe/London")
SEATTLE = ZoneInfo("America/Los_Angeles")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "form", "at", "precision"),
    [
        ("2018-08-26T22:34:05", "", utc(2018, 8, 26, 21, 34, 5), "minute"),
        ("2018-08-26 22:34", "", utc(2018, 8, 26, 21, 34), "minute"),
        ("2018-08-26T22:34:05.123456+02:00", "", utc(2018, 8, 26, 20, 34, 5), "minute"),
        ("2018-08-26T22:34:05Z", "", utc(2018, 8, 26, 22, 34, 5), "minute"),
        ("2018-08-26 22:34:05+00", "", utc(2018, 8, 26, 22, 34, 5), "minute"),
        ("2018-08-26", "", utc(2018, 8, 25, 23), "day"),
        ("2018-01", "", utc(2018, 1, 1), "month"),
        ("2018", "", utc(2018, 1, 1), "year"),
        ("26/8/2018 22:34", "%d/%m/%Y %H:%M", utc(2018, 8, 26, 21, 34), "minute"),
        ("08/26/2018 10:34:05 PM", "%m/%d/%Y %I:%M:%S %p", utc(2018, 8, 26, 21, 34, 5), "minute"),
        ("01/26/2018 12:00:00 AM", "%m/%d/%Y %I:%M:%S %p", utc(2018, 1, 26), "minute"),
        ("01/26/2018 12:00:00 p.m.", "%m/%d/%Y %I:%M:%S %p", utc(2018, 1, 26, 12), "minute"),
        ("2018 Jan 26 01:02:03 AM", "%Y %b %d %I:%M:%S %p", utc(2018, 1, 26, 1, 2, 3), "minute"),
        ("Fri 26 January 2018 09:15", "%a %d %B %Y %H:%M", utc(2018, 1, 26, 9, 15), "minute"),
        ("26-JAN-68", "%d-%b-%y", utc(2068, 1, 26), "day"),
        ("26-JAN-69", "%d-%b-%y", utc(1969, 1, 25, 23), "day"),
    ],
)
def test_a_form_is_read(text: str, form: str, at: datetime, precision: str) -> None:
    told = read_time(text, (form,) if form else (), LONDON)
    assert (told.when.at, told.when.precision, told.said) == (at, Precision(precision), "")


def test_what_is_coarse_is_known_by_its_end() -> None:
    assert read_time("2018-08-26", (), LONDON).known_by == utc(2018, 8, 26, 22, 59)
    assert read_time("2018-08", (), LONDON).known_by == utc(2018, 8, 31, 22, 59)
    assert read_time("2018", (), LONDON).known_by == utc(2018, 12, 31, 23, 59)


def test_a_time_that_came_twice_keeps_its_day_unless_the_mapping_says_which() -> None:
    text = "2018-10-28 01:30"
    day = read_time(text, (), LONDON)
    assert (day.when.at, day.when.precision) == (utc(2018, 10, 27, 23), Precision.DAY)
    # Whichever was meant, it had surely passed by the second.
    assert (day.known_by, day.said) == (utc(2018, 10, 28, 1, 30), TWICE)
    first, second = (read_time(text, (), LONDON, which) for which in ("first", "second"))
    assert (first.when.at, second.when.at) == (utc(2018, 10, 28, 0, 30), utc(2018, 10, 28, 1, 30))
    assert (first.said, second.said) == (TWICE, TWICE)
    with_offset = read_time("2018-10-28T01:30:00+01:00", (), LONDON)
    assert (with_offset.when.at, with_offset.said) == (utc(2018, 10, 28, 0, 30), "")


def test_a_time_that_never_was_keeps_its_day() -> None:
    for zone, text, day, by in (
        (LONDON, "2018-03-25 01:30", utc(2018, 3, 25), utc(2018, 3, 25, 1, 30)),
        (SEATTLE, "2018-03-11 02:30", utc(2018, 3, 11, 8), utc(2018, 3, 11, 10, 30)),
    ):
        told = read_time(text, (), zone, "second")
        assert (told.when.at, told.when.precision, told.known_by, told.said) == (
            day,
            Precision.DAY,
            by,
            NEVER,
        )


@pytest.mark.parametrize(
    "text", ["2018-02-30", "24/08/2018", "2018-08-26 25:00", "0201-08-26", "yesterday", "2018-13"]
)
def test_what_is_no_time_says_so(text: str) -> None:
    with pytest.raises(NoTime):
        read_time(text, (), LONDON)


@pytest.mark.parametrize(
    "form", ["%m/%d", "%Y-%d", "%Y-%m-%d %I:%M", "%Y-%m-%d %H", "%Q", "%Y %Y", "%Y %H:%M"]
)
def test_a_form_that_is_none_says_what_is_wrong(form: str) -> None:
    with pytest.raises(ValueError, match="%"):
        pattern_of(form)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2025, 1, 1)))
def test_what_is_written_is_read_or_said_to_be_twice_or_never(local: datetime) -> None:
    local = local.replace(microsecond=0)
    told = read_time(local.strftime("%d/%m/%Y %H:%M:%S"), ("%d/%m/%Y %H:%M:%S",), LONDON)
    if not told.said:
        assert told.when.at.astimezone(LONDON).replace(tzinfo=None) == local
        assert told.known_by == told.when.at
    assert told.known_by >= told.when.at
