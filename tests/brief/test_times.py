"""Times on paper are local and say so; UTC stands beside them where another desk must find the moment."""

from datetime import UTC, datetime

from callhandler.brief.times import local, local_clock, minutes_spoken, with_utc

LONDON = "Europe/London"


def test_in_summer_and_in_winter_the_zone_is_named() -> None:
    assert local(datetime(2018, 8, 26, 23, 26, tzinfo=UTC), LONDON) == "27 Aug 2018 00:26 BST"
    assert local(datetime(2018, 1, 5, 23, 26, tzinfo=UTC), LONDON) == "5 Jan 2018 23:26 GMT"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = (datetime(2018, 10, 28, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert local_clock(first, LONDON) == "28 Oct 01:30:00 BST"
    assert local_clock(second, LONDON) == "28 Oct 01:30:00 GMT"


def test_utc_stands_beside_it() -> None:
    said = with_utc(datetime(2018, 8, 26, 23, 26, tzinfo=UTC), LONDON)
    assert said == "27 Aug 2018 00:26 BST (26 Aug 23:26 UTC)"


def test_minutes_as_people_say_them() -> None:
    assert [minutes_spoken(m) for m in (0, 59, 60, 97)] == ["0 min", "59 min", "1 h 00 min", "1 h 37 min"]
