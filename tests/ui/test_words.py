"""Words that screens share."""

from ui.common.words import short_reference


def test_a_number_that_two_incidents_bear_is_told_with_its_day():
    board = ["0001 · 26 Aug 2018", "0001 · 27 Aug 2018", "0002 · 27 Aug 2018"]
    assert [short_reference(r, board) for r in board] == ["0001 · 26 Aug", "0001 · 27 Aug", "0002"]
    assert short_reference("0001 · 26 Aug 2018") == "0001"
    assert short_reference("0001 · 26 Aug 2018", ["0001 · 26 Aug 2018"]) == "0001"
    assert short_reference("WMP-2018-77", ["WMP-2018-77", "x"]) == "WMP-2018-77"
