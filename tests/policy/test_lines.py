"""The labelled lines themselves: enough of them, mostly ordinary, and split in two by their own hash."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from callhandler import cli
from callhandler.errors import BadInput, BadInputs
from callhandler.policy.conditions import Condition
from callhandler.policy.lines import Half, LabelledLine, folder_of, read_lines
from callhandler.policy.loader import load
from callhandler.rules import history
from callhandler.rules.match import match
from callhandler.rules.suggest_measure import Measured, measure
from callhandler.settings import Settings
from tests.unit.pictures import Build

FOLDER = Settings(database="").policy_folder
LINES = read_lines(folder_of(FOLDER))
POLICY = load(FOLDER, "national")
INDICATORS = POLICY.indicators


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


def _measured(lines: Sequence[LabelledLine]) -> Measured:
    return measure(POLICY, lines)


def test_the_untouched_half_keeps_what_was_reached() -> None:
    found = _measured([entry for entry in LINES if entry.half is Half.UNTOUCHED])
    assert found.told.precision >= 0.60
    assert found.told.recall >= 0.84
    for weight, score in found.by_weight.items():
        assert score.precision >= 0.55, weight
        assert score.recall >= 0.80, weight
    assert found.disturbed <= 0.22 * found.quiet


def _raised(line: str) -> bool:
    log = Build().people()
    log.log(line)
    word = Condition.model_validate({"said_not_logged": {"weight": "grave"}})
    return match(word, history.read(log.picture(), POLICY)) is not None


def test_an_ordinary_line_is_seldom_taken_for_something_said_and_not_recorded() -> None:
    ordinary = [entry.line for entry in LINES if not entry.told]
    assert sum(map(_raised, ordinary)) <= 0.015 * len(ordinary)
    grave = [e.line for e in LINES if any(INDICATORS[i].weight == "grave" for i in e.told)]
    assert sum(map(_raised, grave)) >= 0.7 * len(grave)


def test_lines_written_last_keep_what_was_reached() -> None:
    found = _measured(read_lines(folder_of(FOLDER) / "blind"))
    assert found.told.precision >= 0.38
    assert found.told.recall >= 0.31
    assert found.by_weight["grave"].recall >= 0.33


def test_a_score_counts_what_is_right_not_wanted_and_missed() -> None:
    found = _measured(
        [
            LabelledLine(line="he strangled me", told=("strangulation",)),
            LabelledLine(line="he strangled me and a friend", told=("fear",)),
            LabelledLine(line="blue door", told=()),
            LabelledLine(line="she was strangled", told=()),
        ]
    )
    assert (found.told.right, found.told.wrong, found.told.missed) == (1, 2, 1)
    assert (found.quiet, found.disturbed) == (2, 1)
    assert {e.line for e in found.errors} == {"he strangled me and a friend", "she was strangled"}
    nothing = _measured([LabelledLine(line="blue door")])
    assert nothing.told.precision == nothing.told.recall == 1.0


def test_the_command_prints_them_by_weight(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["policy", "lines"]) == 0
    out = capsys.readouterr().out
    assert "untouched" in out
    assert all(
        word in out for word in ("told", "grave", "serious", "context", "denied", "precision", "recall")
    )
    assert cli.main(["policy", "lines", "--half", "tuning", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["half"] == "tuning"


def test_broken_lines_are_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text('lines:\n  - {line: "a"}\n  - {lin: "b"}\n', encoding="utf-8")
    with pytest.raises(BadInputs, match=r"some\.yaml:3"):
        read_lines(tmp_path)
    (tmp_path / "some.yaml").write_text("lines: []\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no labelled lines"):
        read_lines(tmp_path)
