"""Another reading of a place as it was told: once, and only of words that may be read so."""

import pytest

from callhandler.rules.identify.places.address import address_of
from callhandler.rules.identify.places.read_as import read_as


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("twelve Alder Street", "12 Alder Street"),
        ("Forty-two Alder St, Dudley", "42 Alder St, Dudley"),
        ("twenty Alder Road", "20 Alder Road"),
        ("12/3 Alder Street", "Flat 3, 12 Alder Street"),
        ("junction 6 of the M42", "M42 J6"),
        ("J6 M42 northbound", "M42 J6 northbound"),
        ("52°24'36\"N 1°46'48\"W", "52.41000, -1.78000"),
        ("52.41, -1.78", "52.410, -1.780"),
        ("52.30 1.45", ""),
        ("12 Alder Street", ""),
        ("Alder Street", ""),
        ("the chippy", ""),
        ("Flat 3, 12 Alder Street", ""),
        ("one of them", ""),
        ("", ""),
    ],
)
def test_a_place_is_read_otherwise_once(told: str, read: str) -> None:
    assert read_as(told) == read
    assert not read_as(read)


def test_degrees_are_a_point() -> None:
    assert address_of(read_as("52°24'36\"N, 1°46'48\"W")).point == pytest.approx((52.41, -1.78))
