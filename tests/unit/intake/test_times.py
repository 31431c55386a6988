"""Times as people write them: to the minute, a day, a month, a year; never made more exact, and never a traceback."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from callhandler.intake.scenario_times import Time, Told, read_local
from callhandler.model.when import Precision

TIME: TypeAdapter[Told] = TypeAdapter(Time)


@pytest.mark.parametrize(
    ("given", "instant", "precision"),
    [
        ("2018-08-26T22:34", datetime(2018, 8, 26, 21, 34, tzinfo=UTC), Precision.MINUTE),
        ("2018-08-26 22:34:30", datetime(2018, 8, 26, 21, 34, 30, tzinfo=UTC), Precision.MINUTE),
        ("2018-01-26T22:34", datetime(2018, 1, 26, 22, 34, tzinfo=UTC), Precision.MINUTE),
        ("2018-08-26T22:34+00:00", datetime(2018, 8, 26, 22, 34, tzinfo=UTC), Precision.MINUTE),
        ("2018-08-26", datetime(2018, 8, 25, 23, 0, tzinfo=UTC), Precision.DAY),
        ("2018-08", datetime(2018, 7, 31, 23, 0, tzinfo=UTC), Precision.MONTH),
        ("2018", datetime(2018, 1, 1, tzinfo=UTC), Precision.YEAR),
        (2018, datetime(2018, 1, 1, tzinfo=UTC), Precision.YEAR),
        (date(2018, 8, 26), datetime(2018, 8, 25, 23, 0, tzinfo=UTC), Precision.DAY),
        (datetime(2018, 8, 26, 22, 34), datetime(2018, 8, 26, 21, 34, tzinfo=UTC), Precision.MINUTE),
        (
            datetime(2018, 8, 26, 22, 34, tzinfo=timezone(timedelta(hours=1))),
            datetime(2018, 8, 26, 21, 34, tzinfo=UTC),
            Precision.MINUTE,
        ),
        (
            {"at": "2018-08-26", "precision": "month"},
            datetime(2018, 8, 25, 23, 0, tzinfo=UTC),
            Precision.MONTH,
        ),
        ({"at": 2018, "precision": "unknown"}, datetime(2018, 1, 1, tzinfo=UTC), Precision.UNKNOWN),
    ],
)
def test_a_time_is_read_with_its_precision(given: Any, instant: datetime, precision: Precision) -> None:
    when = TIME.validate_python(given).when()
    assert (when.at, when.precision) == (instant, precision)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "soon",
        "26.08.2018",
        "26/8/2018",
        "22:34",
        "2018-8-26",
        "2018-08-26T24:61",
        "2018-02-30",
        "2018-13",
        True,
        1.5,
        None,
        [],
        {},
        {"at": "soon"},
        {"at": "2018", "precision": "roughly"},
        {"at": "2018", "zone": "x"},
    ],
    ids=str,
)
def test_what_is_no_time_is_refused(given: Any) -> None:
    with pytest.raises(ValidationError):
        TIME.validate_python(given)


def test_what_is_known_of_a_day_is_known_when_it_is_over() -> None:
    assert Told(at="2018-08-26").known_by() == datetime(2018, 8, 26, 22, 59, tzinfo=UTC)
    assert Told(at="2018-08").known_by() == datetime(2018, 8, 31, 22, 59, tzinfo=UTC)
    assert Told(at="2018-12").known_by() == datetime(2018, 12, 31, 23, 59, tzinfo=UTC)
    assert Told(at="2018").known_by() == datetime(2018, 12, 31, 23, 59, tzinfo=UTC)
    assert Told(at="2018-08-26T22:34").known_by() == datetime(2018, 8, 26, 21, 34, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_the_first_unless_its_offset_is_written() -> None:
    assert read_local("2018-10-28T01:30")[0] == datetime(2018, 10, 28, 0, 30, tzinfo=UTC)
    assert read_local("2018-10-28T01:30+00:00")[0] == datetime(2018, 10, 28, 1, 30, tzinfo=UTC)
