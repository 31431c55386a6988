"""Whoever may be meant stands among the first ten that a search shows, and no bearer of the very name makes room."""

from callhandler.services.search_people import _among_ten


def test_those_who_only_begin_as_typed_make_room_for_whoever_may_be_meant() -> None:
    ids = list(range(14))
    found = _among_ten(ids, meant={2, 12, 13}, unlike=set(range(5, 14)))
    assert found == [0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 8, 9, 10, 11]


def test_bearers_of_the_name_stay() -> None:
    assert _among_ten(list(range(12)), meant={11}, unlike={11}) == list(range(12))
    assert _among_ten([3, 1], meant={1}, unlike=set()) == [3, 1]
