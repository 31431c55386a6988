"""What is said in an exercise as sound: recorded files that it names, or speech by espeak-ng where that is installed.

Sound is an addition. Without it every exercise runs as well: all that is heard stands in the transcript.
"""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from callhandler.model.exercise import Heard, HeardKind

SPEAKER = "espeak-ng"
LONGEST_S = 20
_SPEED = "155"
"""Words a minute: somebody who is upset, and still to be understood."""


@dataclass(frozen=True)
class Voice:
    """Makes sound files in a folder, each once. `recordings` is where an exercise's own files are, `voices` by speaker."""

    folder: Path
    recordings: Path
    voices: dict[str, str]
    files: dict[str, str]

    @property
    def speaks(self) -> bool:
        """Whether speech can be made here."""
        return shutil.which(SPEAKER) is not None

    def sound_of(self, heard: Heard) -> Path | None:
        """The sound of what was heard: its own recording, speech, or None where there is neither."""
        own = self.files.get(heard.mark)
        if own:
            recorded = self.recordings / own
            return recorded if recorded.is_file() else None
        if heard.kind is not HeardKind.SAID or not heard.text.strip() or not self.speaks:
            return None
        voice = self.voices.get(heard.who) or "en-gb"
        name = hashlib.sha256(f"{voice}|{heard.text}".encode()).hexdigest()[:24]
        target = self.folder / f"{name}.wav"
        return target if target.is_file() or self._speak(voice, heard.text, target) else None

    def _speak(self, voice: str, text: str, target: Path) -> bool:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        # The text goes in by the standard input: nothing in it can be taken for an option.
        command = [SPEAKER, "-v", voice, "-s", _SPEED, "-w", str(part), "--stdin"]
        try:
            done = subprocess.run(
                command, input=text.encode(), capture_output=True, timeout=LONGEST_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode or not part.is_file() or part.stat().st_size == 0:
            part.unlink(missing_ok=True)
            return False
        part.replace(target)
        return True
