"""The sound of an exercise: one after the other, held and let go by a key. Without it all goes on in silence."""

from collections import deque
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from callhandler.model.exercise import Heard
from callhandler.services.training.voice import Voice
from ui.common.words import tr
from ui.tasks import Failure, Writes


class Sound(QObject):
    """Plays what is heard. `playing` tells the place in the transcript of what sounds now, -1 when nothing does."""

    playing = Signal(int)

    def __init__(self, voice: Voice, lane: Writes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        self._lane = lane
        self._waiting: deque[tuple[int, Path]] = deque()
        self._now = -1
        self.on = True
        self.player: Any = _player(self)
        if self.player is not None:
            self.player.playbackStateChanged.connect(self._changed)

    @property
    def why_not(self) -> str:
        """Why nothing can sound here; empty when it can."""
        if self.player is None:
            return tr("Sound needs the extra “audio”: pip install callhandler[audio]")
        if not self._voice.speaks and not self._voice.files:
            return tr("Speech needs espeak-ng, and this exercise has no recordings.")
        return ""

    def hear(self, place: int, heard: Heard) -> None:
        """Let something sound after what sounds already."""
        if self.why_not or not self.on:
            return

        def made(path: Path | None) -> None:
            if path is not None:
                self._waiting.append((place, path))
                self._next()

        self._lane.do(lambda: self._voice.sound_of(heard), made, _silent)

    def turn(self) -> bool:
        """Hold the sound, or let it go on; whether it is on now."""
        self.on = not self.on
        if self.player is not None:
            if not self.on:
                self.player.pause()
            elif self._now >= 0:
                self.player.play()
            else:
                self._next()
        return self.on

    def stop(self) -> None:
        """End it: the call is over, or the window goes."""
        self._waiting.clear()
        if self.player is not None:
            self.player.stop()

    def _next(self) -> None:
        if self._now >= 0 or not self._waiting or not self.on or self.player is None:
            return
        self._now, path = self._waiting.popleft()
        self.player.setSource(QUrl.fromLocalFile(str(path)))
        self.player.play()
        self.playing.emit(self._now)

    def _changed(self, _state: object) -> None:
        player = self.player
        if player is not None and player.playbackState() == type(player).PlaybackState.StoppedState:
            self._now = -1
            self.playing.emit(-1)
            self._next()


def _silent(_failure: Failure) -> None:
    """What cannot sound stands in the transcript all the same."""


def _player(parent: QObject) -> Any:
    """The player with its output, where the extra is installed and loads; else None."""
    try:
        from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
    except ImportError:
        return None
    player = QMediaPlayer(parent)
    # Without an output a player never comes to the end of what it plays.
    player.setAudioOutput(QAudioOutput(parent))
    return player
