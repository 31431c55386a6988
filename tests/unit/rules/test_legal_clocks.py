"""48 hours to a hearing, 24 to the court: over Sundays, Easter, Christmas and clock changes, in each part of the kingdom."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.when import LONDON
from callhandler.policy.orders import LegalClock, Nation
from callhandler.rules.legal_clocks import bank_holiday, clocks_of, due
from tests.shipped import shipped
from tests.unit.pictures import Build, fact, with_facts

SHIPPED = shipped("national")
HEARING, COURT = SHIPPED.orders["dvpn"].clocks
OO_COURT = SHIPPED.orders["oo"].clocks[0]


def local(text: str) -> datetime:
    """A local time of Europe/London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def due_by(start: str, clock: LegalClock = HEARING, nation: Nation = "england-wales") -> str:
    at = due(local(start).astimezone(UTC), clock, nation).at
    assert at is not None
    return f"{at.astimezone(LONDON):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("served", "by", "why"),
    [
        ("2026-06-09T10:00", "2026-06-11T10:00", "Tuesday to Thursday"),
        ("2026-06-12T22:15", "2026-06-15T22:15", "a Sunday between"),
        ("2026-06-14T03:00", "2026-06-17T00:00", "served on a Sunday: it counts from Monday"),
        ("2026-04-02T18:00", "2026-04-07T18:00", "Good Friday, Easter Sunday and Easter Monday"),
        ("2026-05-01T09:00", "2026-05-05T09:00", "Sunday and the early May bank holiday"),
        ("2026-08-28T12:00", "2026-09-01T12:00", "the bank holiday of the review, by its rule"),
        ("2018-08-24T12:00", "2018-08-28T12:00", "the weekend of the review itself"),
        ("2026-12-24T16:00", "2026-12-30T16:00", "Christmas, Boxing Day, Sunday and the day instead"),
        ("2022-09-17T08:00", "2022-09-21T08:00", "Sunday and a day proclaimed once only"),
    ],
)
def test_48_hours_to_the_hearing(served: str, by: str, why: str) -> None:
    assert due_by(served) == by, why


@pytest.mark.parametrize(
    ("start", "by"),
    [
        # The clocks change on a Sunday, which does not count at all: the wall clock stays the same.
        ("2026-03-28T20:00", "2026-03-31T20:00"),
        ("2026-10-24T20:00", "2026-10-27T20:00"),
    ],
)
def test_a_change_of_the_clocks_falls_on_a_day_that_does_not_count(start: str, by: str) -> None:
    assert due_by(start) == by


def test_where_a_sunday_counts_the_hours_are_real_hours() -> None:
    every_day = HEARING.model_copy(update={"without": (), "hours": 24})
    assert due_by("2026-03-28T20:00", every_day) == "2026-03-29T21:00", "23 hours in that day"
    assert due_by("2026-10-24T20:00", every_day) == "2026-10-25T19:00", "25 hours in that day"


@pytest.mark.parametrize(
    ("start", "england", "scotland", "ireland"),
    [
        ("2026-01-01T12:00", "2026-01-04T00:00", "2026-01-06T00:00", "2026-01-04T00:00"),
        ("2026-03-16T12:00", "2026-03-18T12:00", "2026-03-18T12:00", "2026-03-19T12:00"),
        ("2026-04-03T12:00", "2026-04-08T00:00", "2026-04-07T00:00", "2026-04-08T00:00"),
        ("2026-08-01T12:00", "2026-08-04T12:00", "2026-08-05T12:00", "2026-08-04T12:00"),
        ("2026-11-28T12:00", "2026-12-01T12:00", "2026-12-02T12:00", "2026-12-01T12:00"),
    ],
)
def test_the_three_parts_have_days_of_their_own(
    start: str, england: str, scotland: str, ireland: str
) -> None:
    found = [due_by(start, HEARING, n) for n in ("england-wales", "scotland", "northern-ireland")]  # type: ignore[arg-type]
    assert found == [england, scotland, ireland]


def test_england_and_wales_have_the_same_days() -> None:
    from holidays.countries.united_kingdom import UnitedKingdom

    for year in range(2015, 2030):
        assert dict(UnitedKingdom(subdiv="ENG", years=[year])) == dict(
            UnitedKingdom(subdiv="WLS", years=[year])
        )


def test_24_hours_to_the_court_have_their_own_days() -> None:
    assert due_by("2026-05-02T12:00", OO_COURT) == "2026-05-04T12:00", (
        "a bank holiday counts here, a Sunday does not"
    )
    assert due_by("2026-05-02T12:00", COURT) == "2026-05-05T12:00"
    assert due_by("2026-04-02T12:00", OO_COURT) == "2026-04-04T12:00", "Good Friday does not count"
    unsure = due(local("2026-05-02T12:00"), OO_COURT, "england-wales")
    assert "not read in the law" in unsure.not_sure


def test_the_days_that_did_not_count_are_named() -> None:
    found = due(local("2026-04-02T18:00"), HEARING, "england-wales")
    assert found.skipped == (date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6))


def test_where_the_data_ends_it_is_said_and_nothing_is_guessed() -> None:
    found = due(datetime(2101, 3, 4, 12, tzinfo=UTC), HEARING, "england-wales")
    assert found.at is None
    assert found.not_sure == "Not worked out: bank holidays are known from 1872 to 2100."
    over_the_end = due(datetime(2100, 12, 31, 12, tzinfo=UTC), HEARING, "england-wales")
    assert over_the_end.at is None
    with pytest.raises(LookupError):
        bank_holiday(date(1800, 1, 1), "scotland")


def test_a_notices_clock_runs_from_service_with_its_time_until_the_application_is_decided() -> None:
    kind = SHIPPED.orders["dvpn"]
    served = fact("served", happened=local("2026-06-12T22:15"))
    order = with_facts(Build().order("dvpn", "police"), served)
    (found,) = clocks_of(order, kind)
    assert (found.clock.hours, found.at) == (48, local("2026-06-15T22:15"))
    assert clocks_of(with_facts(order, replace(served, at=None)), kind) == ()
    decided = fact("main_decided", verified=True)
    assert clocks_of(with_facts(order, served, decided), kind) == ()
    assert len(clocks_of(with_facts(order, served, replace(decided, verified=False)), kind)) == 1


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1)).map(lambda d: d.replace(tzinfo=UTC)),
    st.sampled_from(["england-wales", "scotland", "northern-ireland"]),
)
def test_never_shorter_than_its_hours_and_never_ends_on_a_day_that_does_not_count(
    start: datetime, nation: Nation
) -> None:
    found = due(start, HEARING, nation)
    assert found.at is not None
    assert (found.at - start).total_seconds() >= 48 * 3600
    last = (found.at - (found.at - start) / 10_000_000).astimezone(LONDON).date()
    assert last.weekday() != 6
    assert bank_holiday(last, nation) is None
