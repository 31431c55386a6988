"""Sound is an addition: made once where it can be, and none where it cannot, without a word about it."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callhandler.model.exercise import Heard, HeardKind
from callhandler.services.training.voice import Voice

NOW = datetime(2024, 3, 6, 20, tzinfo=UTC)
SAID = Heard(NOW, HeardKind.SAID, "He hit me; --help $(rm) 'x'.", "call-1", "adult-a")
SCRIPT = """#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in -w) shift; out="$1";; -v) shift; voice="$1";; esac
  shift
done
{ echo "$voice"; cat; } > "$out"
echo once >> "$(dirname "$0")/times"
"""


@pytest.fixture
def speaking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "espeak-ng").write_text(SCRIPT)
    (programs / "espeak-ng").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return programs


def voice(tmp_path: Path, **files: str) -> Voice:
    return Voice(tmp_path / "sound", tmp_path, {"adult-a": "en-gb+f3"}, files)


def test_a_sentence_is_spoken_once_in_its_speaker_s_voice(tmp_path: Path, speaking: Path) -> None:
    made = voice(tmp_path).sound_of(SAID)
    assert made is not None and made.read_text() == f"en-gb+f3\n{SAID.text}"
    assert voice(tmp_path).sound_of(SAID) == made
    assert (speaking / "times").read_text() == "once\n"


def test_a_recording_comes_first_and_a_missing_one_is_silence(tmp_path: Path, speaking: Path) -> None:
    heard = Heard(NOW, HeardKind.SOUND, "A door.", "call-1", mark="a-door")
    assert voice(tmp_path).sound_of(heard) is None
    own = voice(tmp_path, **{"a-door": "door.wav"})
    assert own.sound_of(heard) is None
    (tmp_path / "door.wav").write_bytes(b"RIFF")
    assert own.sound_of(heard) == tmp_path / "door.wav"


def test_a_program_that_fails_leaves_nothing_behind(tmp_path: Path, speaking: Path) -> None:
    (speaking / "espeak-ng").write_text("#!/bin/sh\nexit 1\n")
    assert voice(tmp_path).sound_of(SAID) is None
    assert not list((tmp_path / "sound").iterdir())


def test_without_the_program_nothing_is_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not voice(tmp_path).speaks
    assert voice(tmp_path).sound_of(SAID) is None
