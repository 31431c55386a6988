"""The program's log holds nothing of a call: no name, no number, no word that anybody said, whatever happens."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from callhandler import log
from callhandler.app import find_scenario, replaying
from callhandler.errors import BadInput
from callhandler.intake.scenario import read_scenario
from callhandler.services.calls import CallIn
from callhandler.settings import Settings

SAID = ("Adult 1", "perpetrator", "slapped", "07700", "+447700900418", "Lantern Street", "knife", "Own flat")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that the log is written to, everything of every library included; as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log.set_up(tmp_path)
    root.setLevel(logging.DEBUG)
    yield tmp_path
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)


def written(folder: Path) -> str:
    return "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.log*"))


@pytest.mark.expects_log_lines
def test_a_whole_replay_leaves_nothing_personal_in_the_log(folder: Path) -> None:
    path = find_scenario("night")
    with replaying(path, Settings(database="")) as run:
        for step in run.play_until("check-16"):
            log.note("played", where=step.event.id, words=getattr(step.event, "words", ""))
        try:
            run.calls.take(
                run.actor("handler"), CallIn(name="Adult 1", type="no-such-type", words="He slapped me.")
            )
        except BadInput as error:
            log.fault(error, "test")
    text = written(folder)
    assert "played" in text
    assert "fault" in text
    said = {p.name for p in read_scenario(path).records.people} | set(SAID)
    assert not [words for words in said if words in text]
    assert not re.search(r"\b0\d{10}\b|\+44\d{10}", text)


@pytest.mark.expects_log_lines
@pytest.mark.parametrize(
    "value",
    [
        "Adult 1",
        "07700 900418",
        "07700900418",
        "tel:447700900418",
        "He slapped me.",
        "Flat 14, Quillfeather House",
        "é",
        "a b",
        "x" * 81,
        ["Adult 1"],
        {"a": "b"},
    ],
    ids=str,
)
def test_a_value_that_somebody_may_have_typed_is_left_out_of_every_field(value: object, folder: Path) -> None:
    log.note("seen", where=value, error=value, kind=value, anything=value)
    text = written(folder)
    assert "seen" in text
    assert str(value) not in text
    assert "left out" in text


@pytest.mark.expects_log_lines
def test_a_fault_is_told_by_class_and_place_and_not_by_its_message(folder: Path) -> None:
    try:
        raise ValueError("Adult 1, 07700 900418")
    except ValueError as error:
        log.fault(error, "write_lane")
    text = written(folder)
    assert "ValueError" in text
    assert "write_lane:test_log_is_impersonal:" in text
    assert "Adult" not in text
    assert "07700" not in text
