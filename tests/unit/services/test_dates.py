"""Dates as people type them, in the local day; what cannot be read is said with how to write it."""

from datetime import UTC, datetime

import pytest

from callhandler.errors import BadInput
from callhandler.services.dates import coming, day_of, end_of

NOW = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("27 Aug 2026", "2026-08-26T23:00"),
        ("27th August 2026", "2026-08-26T23:00"),
        ("27/8/26", "2026-08-26T23:00"),
        ("2026-08-27", "2026-08-26T23:00"),
        ("27.8.", "2026-08-26T23:00"),
        ("27 aug", "2026-08-26T23:00"),
        ("27 Aug 2026 14:30", "2026-08-27T13:30"),
        ("27/8/2026, 14.30", "2026-08-27T13:30"),
        ("5 Jan 2027", "2027-01-05T00:00"),
        ("20 Dec", "2025-12-20T00:00"),
    ],
)
def test_a_day_starts_at_its_local_midnight_and_without_a_year_the_nearest_is_meant(
    typed: str, utc: str
) -> None:
    found = day_of(typed, NOW)
    assert found is not None
    assert f"{found:%Y-%m-%dT%H:%M}" == utc


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("27 Aug 2026", "2026-08-27T23:00"),
        ("27 Aug 2026 23:59", "2026-08-27T22:59"),
        ("24 Oct 2026", "2026-10-24T23:00"),
        ("25 Oct 2026", "2026-10-26T00:00"),
        ("29 Mar 2026", "2026-03-29T23:00"),
    ],
)
def test_an_end_runs_to_the_last_moment_of_its_day_over_clock_changes(typed: str, utc: str) -> None:
    found = end_of(typed, NOW)
    assert found is not None
    assert f"{found:%Y-%m-%dT%H:%M}" == utc


def test_nothing_typed_is_nothing_said() -> None:
    assert day_of("  ", NOW) is None
    assert end_of("", NOW) is None


@pytest.mark.parametrize("typed", ["31 Feb 2026", "soon", "27 Foo", "13/13/2026", "27 Aug 25:00", "2026"])
def test_what_is_no_date_is_said_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(BadInput, match=r"no date that can be read\. Write it like"):
        day_of(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("14:00", "2026-06-09T13:00"),
        ("13:00", "2026-06-10T12:00"),
        ("08.00", "2026-06-10T07:00"),
        ("10 Jun 08:00", "2026-06-10T07:00"),
    ],
)
def test_a_time_alone_is_the_next_such_time(typed: str, utc: str) -> None:
    assert coming(typed, NOW) == datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "at what time"),
        ("10 Jun", "at what time"),
        ("tomorrow", "no date"),
        ("25:00", "no time of day"),
        ("8 Jun 09:00", "over already"),
    ],
)
def test_what_is_no_time_to_come_is_said_with_how_to_write_it(typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        coming(typed, NOW)
