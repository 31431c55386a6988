"""The night as an exercise, played by keyboard at the desk's own screens by two trainees; a trainer moves the time on."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from callhandler import app as core
from callhandler.model.scoring import Area, State
from callhandler.services.training.scored import score, trace_of
from callhandler.settings import Settings

pytestmark = pytest.mark.timeout(300)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
RETURN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


class Trainee:
    """Two hands on a keyboard. `calls` are taken as they ring; nothing is clicked."""

    def __init__(self, window, desk, qtbot):
        self.window, self.desk, self.run, self.qtbot = window, desk, desk.run, qtbot

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text):
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def take(self, line):
        """Let the trainer move the time on to a call, and answer it."""
        while not self.run.lines.all[line].ringing:
            self.run.clock.move_to(self.run.next_at())
            self.qtbot.wait(350)
        self.qtbot.waitUntil(lambda: bool(self.window.rings.banner.ringing), timeout=20_000)
        self.press(Qt.Key.Key_A, ALT)
        self.qtbot.waitUntil(lambda: self.run.lines.all[line].open, timeout=20_000)
        self.pass_(60)

    def pass_(self, seconds):
        """Let time pass; what is said meanwhile is heard."""
        self.run.clock.move_to(self.run.clock.now() + timedelta(seconds=seconds))
        done = self.run.clock.now()
        self.qtbot.waitUntil(lambda: (self.run.next_at() or done) >= done, timeout=20_000)

    def say(self, text):
        """F9, the words, Enter, and back to the log."""
        heard = len(self.run.record.entries)
        self.press(Qt.Key.Key_F9)
        self.qtbot.waitUntil(self.window.exercise.panel.entry.hasFocus)
        self.type(text)
        self.press(RETURN)
        self.qtbot.waitUntil(lambda: len(self.run.record.entries) >= heard + 2, timeout=20_000)
        self.press(Qt.Key.Key_F9)

    def log(self, text, take=False):
        """A line of the log; with `take`, Tab records what the line tells."""
        before = self.rows("log_entry")
        self.window.page.to_entry()
        self.type(text)
        if take:
            self.qtbot.waitUntil(lambda: bool(self.window.page.log.chips.offers), timeout=20_000)
            self.press(TAB)
        else:
            self.press(RETURN)
        self.qtbot.waitUntil(lambda: self.rows("log_entry") > before, timeout=20_000)

    def rows(self, kind):
        return sum(d.kind == kind for d in trace_of(self.run).done)

    def grade(self, key, kind="decision"):
        before = self.rows(kind)
        self.press(key)
        self.qtbot.waitUntil(lambda: self.rows(kind) > before, timeout=20_000)

    def grade_if_new(self):
        """A call from another number opens an incident of its own, until somebody joins it."""
        self.qtbot.waitUntil(lambda: self.window.desk.incident_id == self.run.incident, timeout=20_000)
        self.qtbot.waitUntil(lambda: self.window.desk.view is not None)
        if self.window.desk.view.standing_grade is None:
            self.grade(Qt.Key.Key_F1)

    def finish(self):
        while not self.run.lines.stopped:
            self.run.clock.move_to(self.run.next_at())
            self.qtbot.wait(350)


def as_was_done(t):
    t.take("call-1")
    t.log("He came here and slapped me.", take=True)
    t.grade(Qt.Key.Key_F1)
    t.say("Please stay inside until officers come.")
    for line, words in (
        ("call-2", "She has left for home and is afraid that he comes there."),
        ("call-3", "Outside her flat in a car. He is drunk and might get a knife."),
        ("call-4", "Waiting two hours. Going to her mother's. He can be seen tomorrow."),
    ):
        t.take(line)
        t.log(words)
        t.grade_if_new()
    t.say("Police cannot arrest him until we see the order.")
    t.grade(Qt.Key.Key_F3, kind="request")
    t.finish()


def better(t):
    t.take("call-1")
    t.log("He came here and slapped me.", take=True)
    t.grade(Qt.Key.Key_F1)
    t.say("Has he threatened you?")
    t.log("He said that he will kill me.", take=True)
    t.say("Did he make any sign or gesture?")
    t.say("Where is he now?")
    t.say("Does he know about the order?")
    t.say("Stay inside with your mum. Ring 999 again if he comes back.")
    for line, words, said in (
        ("call-2", "I am afraid that he hurts me again.", ("Where are you now?", "Has he threatened you?")),
        (
            "call-3",
            "He might get a knife or something and hurt me.",
            (
                "Are you in a safe place?",
                "Nobody can come yet. Lock the car doors and drive to where there are people.",
            ),
        ),
        (
            "call-4",
            "We are going to my mum's.",
            (
                "Does he know where your mum lives?",
                "Who is at your mother's house?",
                "A breach of the order is an offence. Ring 999 at once if he appears.",
            ),
        ),
    ):
        t.take(line)
        t.log(words, take=True)
        t.grade_if_new()
        for text in said:
            t.say(text)
    t.finish()


@pytest.fixture
def played(request, tmp_path, qtbot, at_exercise):
    settings = Settings(str(tmp_path / "live.sqlite"), data_folder=tmp_path)
    desk = core.open_exercise(settings, "solihull-night", "Trainee A", folder=tmp_path / "sitting")
    window = at_exercise(desk)
    desk.run.clock.set_pace(1)
    request.param(Trainee(window, desk, qtbot))
    found = score(desk.run.exercise, trace_of(desk.run), desk.app.policy)
    yield found
    window.close()
    desk.app.close()


@pytest.mark.parametrize("played", [as_was_done], indirect=True)
def test_as_was_done_by_keys(played):
    assert [i.state for m in played.moments for i in m.of(Area.GRADE) if i.essential] == [State.MET] * 4
    wrong = [i.what for m in played.moments for i in m.of(Area.SAID) if "should not be said" in i.what]
    assert len(wrong) == 1
    assert played.counts(Area.ASKED)[State.MISSED] >= 8
    assert any(
        "lowering to Scheduled was asked for" in i.what for m in played.moments for i in m.of(Area.GRADE)
    )


@pytest.mark.parametrize("played", [better], indirect=True)
def test_better_by_keys(played):
    asked = played.counts(Area.ASKED)
    assert asked[State.MET] >= 7 and asked[State.MISSED] <= 6
    assert not [i for m in played.moments for i in m.of(Area.SAID) if "should not be said" in i.what]
    essential = [
        i.what for m in played.moments for i in m.of(Area.ASKED) if i.essential and i.state is State.MISSED
    ]
    assert essential == []
