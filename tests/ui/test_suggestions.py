"""Suggestions under the log line: offered while typing, taken by key, never set by themselves, never a second line."""

import threading

import pytest
from PySide6.QtCore import Qt

from callhandler.services.calls import CallIn
from ui.desk.chips import MOST

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window, qtbot):
    """The window, once the words of the policy are read."""
    qtbot.waitUntil(lambda: window.desk.suggest("he strangled her") != ())
    window.page.log.entry.clear()
    window.desk.keep_draft(window.page.log.uuid, "")
    window.page.log.entry.setFocus()
    return window


def shown(window) -> list:
    return [c for c in window.page.log.chips.chips if c.isVisible()]


def log(window) -> list[str]:
    return [e.text for e in window.desk.view.picture.log]


def told(window) -> list[tuple[str, str, str]]:
    return [(d.indicator, d.words, d.stance.value) for d in window.desk.view.picture.disclosures]


def test_what_is_typed_is_offered_with_its_words_and_nothing_is_recorded(desk, qtbot):
    before = told(desk), log(desk)
    qtbot.keyClicks(desk.page.log.entry, "he might get a nife")
    (chip,) = shown(desk)
    assert chip.accessibleName() == "Suggest: Weapon feared, from the words 'might get a nife'"
    assert "Weapon feared" in chip.text() and "nife" in chip.text() and chip.text().endswith("Tab")
    qtbot.keyClicks(desk.page.log.entry, ", and")
    assert desk.page.log.entry.hasFocus()
    desk.desk.read_now()
    qtbot.wait(50)
    assert (told(desk), log(desk)) == before


def test_ordinary_words_offer_nothing(desk, qtbot):
    qtbot.keyClicks(desk.page.log.entry, "inft lives at no 12, blue door")
    assert shown(desk) == []


def test_tab_records_line_and_disclosure_once_and_says_so_only_when_it_is(desk, qtbot):
    qtbot.keyClicks(desk.page.log.entry, "he is kicking the door, no keys so")
    assert len(shown(desk)) == 2
    gate = threading.Event()
    desk.writes.do(lambda: gate.wait(5))
    before = desk.status.text()
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Tab)
    assert desk.page.log.entry.text() == "" and desk.page.log.entry.hasFocus()
    assert desk.status.text() == before, "nothing is said to be recorded yet"
    gate.set()
    qtbot.waitUntil(lambda: desk.status.text() == "Recorded as told: Trying to get in.")
    line = "he is kicking the door, no keys so"
    qtbot.waitUntil(lambda: ("attempted-entry", line, "told") in told(desk))
    assert log(desk).count(line) == 1


def test_the_other_chips_of_a_line_are_taken_after_it_without_a_second_line(desk, qtbot):
    line = "says she is 8 weeks pregnant, he slapped the caller"
    qtbot.keyClicks(desk.page.log.entry, line)
    assert [c.one.indicator for c in shown(desk)] == ["violence-now", "pregnancy"]
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Tab)
    assert [c.one.indicator for c in shown(desk)] == ["pregnancy"]
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Tab)
    assert shown(desk) == []
    qtbot.waitUntil(lambda: {"violence-now", "pregnancy"} <= {i for i, w, _ in told(desk) if w == line})
    assert log(desk).count(line) == 1
    assert not [t for t in log(desk) if t.endswith(f": {line}")], "the line stands for itself"


def test_after_enter_the_chips_stay_and_take_only_what_is_told(desk, qtbot):
    line = "she was strangled"
    qtbot.keyClicks(desk.page.log.entry, line)
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Return)
    assert [c.one.indicator for c in shown(desk)] == ["strangulation"]
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: ("strangulation", line, "told") in told(desk))
    assert log(desk).count(line) == 1
    qtbot.keyClicks(desk.page.log.entry, "ok")
    assert shown(desk) == [], "a new line has its own"


def test_arrows_and_numbers_take_others_and_esc_goes_back(desk, qtbot):
    line = "he raped me, he strangled me, I am pregnant"
    entry = desk.page.log.entry
    qtbot.keyClicks(entry, line)
    chips = shown(desk)
    assert len(chips) == 3
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    assert chips[0].hasFocus()
    qtbot.keyClick(chips[0], Qt.Key.Key_Right)
    assert chips[1].hasFocus()
    qtbot.keyClick(chips[1], Qt.Key.Key_Escape)
    assert entry.hasFocus() and entry.text() == line
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    third = chips[2].one.indicator
    qtbot.keyClick(chips[0], Qt.Key.Key_3)
    qtbot.waitUntil(lambda: (third, line, "told") in told(desk))
    assert {i for i, w, _ in told(desk) if w == line} == {third}
    assert entry.text() == ""


def test_esc_puts_the_chips_away_and_tab_is_tab_again(desk, qtbot):
    entry = desk.page.log.entry
    qtbot.keyClicks(entry, "he strangled me")
    assert shown(desk)
    qtbot.keyClick(entry, Qt.Key.Key_Escape)
    assert shown(desk) == [] and entry.text() == "he strangled me"
    before = told(desk)
    qtbot.keyClick(entry, Qt.Key.Key_Tab)
    assert not entry.hasFocus() and entry.text() == "he strangled me"
    assert told(desk) == before


def test_shift_tab_goes_back_as_everywhere(desk, qtbot):
    entry = desk.page.log.entry
    qtbot.keyClicks(entry, "he strangled me")
    qtbot.keyClick(entry, Qt.Key.Key_Backtab, SHIFT)
    assert not entry.hasFocus() and entry.text() == "he strangled me"


def test_a_denial_is_offered_as_one_and_tab_does_not_take_it(desk, qtbot):
    entry = desk.page.log.entry
    qtbot.keyClicks(entry, "no injuries")
    (chip,) = shown(desk)
    assert chip.text().startswith("said not: Injured")
    assert chip.accessibleName().startswith("Suggest as denied: Injured")
    before = told(desk)
    qtbot.keyClick(entry, Qt.Key.Key_Tab)
    assert told(desk) == before and entry.text() == "no injuries"
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("injury", "no injuries", "denied") in told(desk))
    assert "denied" in desk.status.text()


def test_a_line_too_long_comes_back_and_is_offered_again(desk, qtbot):
    entry = desk.page.log.entry
    entry.setText("he strangled me " + "x" * 30_000)
    qtbot.waitUntil(lambda: shown(desk) != [])
    before = told(desk)
    qtbot.keyClick(entry, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "30,0" in desk.status.text())
    assert entry.text().startswith("he strangled me ")
    qtbot.waitUntil(lambda: shown(desk) != [])
    assert told(desk) == before


def test_another_incident_shows_no_chip_of_this_one(desk, qtbot, night):
    qtbot.keyClicks(desk.page.log.entry, "he strangled me")
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Return)
    assert shown(desk)
    desk.desk.open(None)
    assert shown(desk) == []
    desk.desk.open(night.incident_id)
    qtbot.waitUntil(lambda: desk.desk.view is not None)


def test_many_chips_never_leave_the_row(desk, qtbot):
    desk.page.log.entry.setText(
        "he raped me, he strangled me, he has a gun, I am pregnant, he's outside, he broke in, he follows me, "
        "he found me, he took my phone, he took my passport, he will kill me, kids upstairs"
    )
    chips = desk.page.log.chips
    assert len(chips.offers) > MOST
    seen = shown(desk)
    assert seen and all(c.geometry().right() <= chips.width() for c in seen)
    assert f"+{len(chips.offers) - len(seen)} more" in chips._more.text()


def test_the_first_words_of_a_call_are_offered_as_a_line_is_and_never_written_twice(desk, qtbot):
    """Whoever takes the words down with the call need not type them again."""
    words = "he strangled me and he is outside"
    call = CallIn(number="07700 900780", name="Caller W", type="domestic-abuse", words=words, join="no")
    desk.desk.take(call, lambda _: None, lambda: None)
    qtbot.waitUntil(lambda: desk.desk.view is not None and log(desk) == [words])
    assert "strangulation" in [c.one.indicator for c in shown(desk)] and told(desk) == []
    assert desk.page.log.entry.hasFocus() and desk.page.log.entry.text() == ""
    qtbot.keyClick(desk.page.log.entry, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: told(desk) != [])
    assert log(desk).count(words) == 1
