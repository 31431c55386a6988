"""The labelled lines themselves: enough of them, mostly ordinary, and split in two by their own hash."""

from pathlib import Path

from callhandler.policy.lines import Half, read_lines
from callhandler.policy.loader import load
from callhandler.settings import Settings

LINES = read_lines(Path(__file__).parent / "lines")
INDICATORS = load(Settings(database="").policy_folder, "national").indicators


def test_there_are_enough_and_two_in_five_tell_nothing() -> None:
    assert len(LINES) >= 400
    assert len({entry.line for entry in LINES}) == len(LINES)
    assert sum(not entry.told for entry in LINES) >= 0.4 * len(LINES)


def test_every_label_is_an_indicator() -> None:
    assert not {i for entry in LINES for i in (*entry.told, *entry.denied)} - set(INDICATORS)


def test_most_indicators_have_a_line() -> None:
    told = {i for entry in LINES for i in entry.told}
    assert len(told) >= 0.9 * len(INDICATORS)


def test_both_halves_are_about_as_large() -> None:
    tuning = [entry for entry in LINES if entry.half is Half.TUNING]
    assert 0.45 <= len(tuning) / len(LINES) <= 0.55
