"""An exercise at one window: its time, its calls that ring through the desk's own door, and what is said."""

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from callhandler.intake.exercise.happenings import Says
from callhandler.intake.exercise.happenings import Sound as Sounds
from callhandler.intake.ring import Ring, RingOutcome
from callhandler.model.exercise import Answer, Heard, HeardKind
from callhandler.services.training.exercising import Exercising
from callhandler.services.training.sitting import PRESENT_EACH, be_present
from callhandler.services.training.voice import Voice
from ui import actions
from ui.common.announce import announce
from ui.common.words import tr
from ui.tasks import Failure, Writes
from ui.training import words
from ui.training.line_panel import LinePanel
from ui.training.sound import Sound

if TYPE_CHECKING:
    from callhandler.services.training.watching import Watch
    from ui.main_window import MainWindow

TICK_MS = 250
OF_OTHERS = (HeardKind.HAPPENED, HeardKind.INJECTED)


class ExerciseAtWindow(QObject):
    """Runs the exercise while the window is open. Nothing is heard that is not recorded first."""

    def __init__(self, window: "MainWindow", run: Exercising) -> None:
        super().__init__(window)
        self._window = window
        self.run = run
        self._ticking = False
        self._watch: Watch | None = None
        # What was said before this window opened is read, not heard again.
        self._sounded = len(run.record.entries)
        # A lane of its own: what waits in it is not unsaved work of the desk, and its calls come one by one.
        self._lane = Writes(self)
        self._names = {id_: s.name for id_, s in run.exercise.speakers.items()}
        self.panel = LinePanel()
        centre = window.centralWidget()
        inner = centre.layout() if centre is not None else None
        assert isinstance(inner, QVBoxLayout)
        inner.insertWidget(1, self.panel)
        self.panel.spoken.connect(self.speak)
        self.panel.asked_up.connect(self.ask_what_is_up)
        self.panel.ended.connect(self.end_call)
        self.sound = Sound(_voice_of(run), self._lane, self)
        self.sound.playing.connect(self.panel.show_sounding)
        self.actions = self._actions()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        # Whoever watches from a station sees by it that somebody sits here.
        self._present = QTimer(self)
        self._present.setInterval(1000 * PRESENT_EACH)
        self._present.timeout.connect(self._be_present)
        self._show()

    def start(self) -> None:
        """Let the exercise's time run in this window."""
        self._timer.start()
        self._present.start()
        self._be_present()

    def stop(self) -> None:
        """The window goes; what was recorded stays."""
        self._timer.stop()
        self.sound.stop()
        self._present.stop()
        self._lane.finish()
        if self._watch is not None:
            self._watch.close()

    def tick(self) -> None:
        """Let happen what is due, off the window's thread; never two at once."""
        if self._ticking:
            return
        self._ticking = True
        self._lane.do(self.run.tick, self._happened, self._failed)

    def _be_present(self) -> None:
        self._lane.do(lambda: be_present(self.run.folder))

    # what the trainee does

    def speak(self, text: str) -> None:
        """Say something to the caller; what was typed comes back when it could not be said."""

        def failed(failure: Failure) -> None:
            self.panel.give_back(text)
            self._window.say(failure.sentence, "serious")

        self._lane.do(lambda: self.run.ask(words=text), self._answered, failed)

    def ask_what_is_up(self) -> None:
        """Ask the question of the form that is up."""
        page = self._window.page
        question = page.questions.current if page is not None else ""
        if not question:
            self._window.say(tr("No question is up. Type what you ask: F9."), "serious")
            return
        self._lane.do(lambda: self.run.ask(question=question), self._answered, self._refused)

    def end_call(self) -> None:
        """End the call from the desk."""
        self._lane.do(self.run.hang_up, lambda _none: self._show(), self._refused)

    def to_line(self) -> None:
        """Between the line to the caller and the log."""
        page = self._window.page
        if self.panel.entry.hasFocus() and page is not None:
            page.to_entry()
        else:
            self.panel.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def debrief(self) -> None:
        """What came of it, beside the desk; only once nothing more can be done in it."""
        if self.run.lines.stopped is None:
            self._window.say(tr("The debrief comes when the exercise is over."), "serious")
            return
        from callhandler.services.training.watching import Watch
        from ui.training.debrief_page import read_debrief, save_debrief

        window, page = self._window, self._window.debrief
        if self._watch is None:
            self._watch = watch = Watch(self.run.folder, self.run.office.policy)

            def saved(path: object) -> None:
                window.say(tr("Saved: {path}").format(path=path), "accent")

            page.save.connect(lambda: self._lane.do(lambda: save_debrief(watch), saved, self._refused))
        watch = self._watch
        window.visit(page)
        self._lane.do(lambda: read_debrief(watch), page.show_debrief, self._refused)

    def _turn_pace(self) -> None:
        self.run.clock.set_pace(0 if self.run.clock.pace else 1)
        self._show()

    def _turn_sound(self) -> None:
        why = self.sound.why_not
        if why:
            self._window.say(why, "serious")
        else:
            on = self.sound.turn()
            self._window.say(tr("Sound is on.") if on else tr("Sound is held."))

    def _actions(self) -> list[QAction]:
        window = self._window
        return [
            actions.act(window, tr("Exercise: speak to the caller, or back to the log"), "F9", self.to_line),
            actions.act(window, tr("Exercise: ask the question that is up"), "Alt+Q", self.ask_what_is_up),
            actions.act(window, tr("Exercise: end the call"), "Alt+U", self.end_call),
            actions.act(window, tr("Exercise: hold its time, or let it run"), "Ctrl+Alt+T", self._turn_pace),
            actions.act(window, tr("Exercise: its debrief, once it is over"), "Ctrl+Alt+D", self.debrief),
            actions.act(
                window, tr("Exercise: hold its sound, or let it go on"), "Ctrl+Alt+A", self._turn_sound
            ),
        ]

    # what is heard

    def _answered(self, answer: Answer) -> None:
        if not answer.understood:
            self._window.say(
                tr("The caller does not answer that. Ask it in other words, or by the form."), "accent"
            )
        announce(self.panel, answer.text)
        self._show()

    def _happened(self, heard: tuple[Heard, ...]) -> None:
        self._ticking = False
        for one in heard:
            if one.kind is HeardKind.RANG:
                self._ring(one, RingOutcome.RINGING)
            elif one.kind is HeardKind.ENDED and self.run.lines.all[one.line].answered_at is None:
                self._ring(one, RingOutcome.ABANDONED)
            elif one.kind in (HeardKind.SAID, HeardKind.SOUND) and one.text:
                announce(self.panel, one.text)
        desk = self._window.desk
        if desk is not None and any(h.kind in OF_OTHERS for h in heard):
            desk.read()
        self._show()

    def _let_sound(self) -> None:
        """Whatever was recorded since the last time, in its order."""
        entries = self.run.record.entries
        for place in range(self._sounded, len(entries)):
            if entries[place].kind in (HeardKind.SAID, HeardKind.SOUND):
                self.sound.hear(place, entries[place])
        self._sounded = len(entries)

    def _ring(self, heard: Heard, outcome: RingOutcome) -> None:
        rings = self.run.lines.all[heard.line].rings
        key = str(uuid5(NAMESPACE_URL, f"{self.run.exercise.exercise}:{heard.line}:{rings.number}"))
        ring = Ring(rings.number, rings.name, rings.place, self.run.clock.now(), outcome, "exercise", key)
        self._window.receive(ring, lambda _sentence: None)

    def _show(self) -> None:
        self._let_sound()
        run, line = self.run, self.run.line
        now = run.clock.now()
        name = self._names.get(line.speaker, "") if line is not None else ""
        titles = {id_: id_.replace("-", " ").capitalize() for id_ in run.lines.all}
        self.panel.show_rows(words.transcript(tuple(run.record.entries), self._names, titles))
        who = words.on_the_line(line, name, now)
        if run.lines.stopped:
            who = tr("The exercise is over.")
        self.panel.show_state(who, words.pace(now, run.clock.pace), open_line=line is not None)

    def _refused(self, failure: Failure) -> None:
        self._window.say(failure.sentence, "serious")

    def _failed(self, failure: Failure) -> None:
        self._ticking = False
        self._timer.stop()
        self._window.say(failure.sentence, "serious")


def _voice_of(run: Exercising) -> Voice:
    speakers = run.exercise.speakers.values()
    files = {h.id: h.file for h in run.exercise.happenings if isinstance(h, Sounds | Says) and h.file}
    return Voice(run.folder / "sound", run.folder, {s.id: s.voice for s in speakers if s.voice}, files)
