"""The trainer's station: exercises and sittings, the desk that is watched, and what can be let happen there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from callhandler.services.training.station import Offer, Seat, Under
from callhandler.services.training.watching import Watch, Watched
from callhandler.settings import Settings
from ui import actions
from ui.common import theme
from ui.common.announce import announce
from ui.common.labels import Cut, Text
from ui.common.own_keys import OwnKeys
from ui.common.words import counted, tr
from ui.models.delegates import EntryDelegate, LogDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.training import station_words as words
from ui.training.debrief_page import Debriefed, DebriefPage
from ui.training.results_page import ResultsPage
from ui.training.station_control import StationControl
from ui.training.station_laid_out import lay_out
from ui.training.words import pace

SURE_MS = 6_000
"""So long the second press of the key that stops counts."""
JUMP = 5


class StationWindow(QMainWindow):
    """One window, by keyboard alone. It watches one desk at a time and writes nothing of it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle(tr("callhandler · trainer's station · TRAINING"))
        self.setMinimumSize(1100, 680)
        OwnKeys(self)
        self.control = StationControl(settings, self)
        self._offers: dict[str, Offer] = {}
        self._names: dict[str, str] = {}
        self._grades: dict[str, str] = {}
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(SURE_MS)
        self.stack = QStackedWidget()
        self.work = QWidget()
        self.debrief = DebriefPage()
        self.results = ResultsPage()
        self.title = Cut(
            tr("No desk is watched. Enter on a sitting watches it; on an exercise begins one."), "muted"
        )
        self.clock = Text("", "accent", semi=True, wrap=False)
        self.status = Cut("", "muted")
        self.trainee = _line(tr("Trainee"), tr("Who sits down"))
        self.cohort = _line(tr("Cohort"), tr("Course or team"))
        self.offers = _list(tr("Exercises; Enter begins one"))
        self.teaches = QPlainTextEdit()
        self.teaches.setReadOnly(True)
        self.teaches.setTabChangesFocus(True)
        self.teaches.setAccessibleName(tr("What the exercise teaches"))
        self.teaches.setPlaceholderText(tr("The exercises are being read …"))
        self.sittings = _list(tr("Sittings; Enter watches one"))
        self.who = Cut(tr("Nobody is on the line."), "accent", semi=True)
        self.standing = Cut("", "text")
        self.transcript = RowsView(RowsModel[Row](), LogDelegate(), tr("What is said and done at the desk"))
        self.expects = _list(tr("What the key expects now"))
        self.injects = _list(tr("What can be let happen; Enter sends it"))
        self.words = _line(tr("Words of your own"), tr("Words of your own  F2"))
        self.keys = self._actions()
        lay_out(self)
        self._keys_to_parts()
        self._join()

    def _join(self) -> None:
        self.offers.opened.connect(self._begin)
        self.offers.selectionModel().currentChanged.connect(lambda *_: self._show_teaching())
        self.sittings.opened.connect(lambda key: self.control.turn_to(Path(key)))
        self.injects.opened.connect(lambda _key: self._inject())
        self.words.returnPressed.connect(self._inject)
        control = self.control
        control.offered.connect(self._offered)
        control.seated.connect(self._seated)
        control.turned_to.connect(self._turned_to)
        control.seen.connect(self._seen)
        control.debriefed.connect(self._debriefed)
        control.resulted.connect(self.results.show_results)
        control.said.connect(self.say)
        self.debrief.save.connect(control.save)
        for page in (self.debrief, self.results):
            page.left.connect(self.back)

    def start(self) -> None:
        """Begin to read; the hands are on the exercises."""
        self.control.start()
        self.offers.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str, tone: str = "muted") -> None:
        """Say something in the strip below."""
        self.status.say(text, tone)
        if tone != "muted":
            announce(self, text)

    def back(self) -> None:
        """Back to the desk that is watched."""
        self.stack.setCurrentWidget(self.work)
        self.sittings.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Desks that were opened stay open; what was sent is sent."""
        self.control.stop()
        super().closeEvent(event)

    def _actions(self) -> list[QAction]:
        control = self.control
        return [
            actions.act(self, tr("Let happen"), "F9", self._inject),
            actions.act(self, tr("Mark"), "F10", self._mark),
            actions.act(self, tr("Hold, run"), "F5", control.turn_pace),
            actions.act(self, tr("Step"), "F8", control.step),
            actions.act(self, tr("Slower"), "F6", control.slower),
            actions.act(self, tr("Faster"), "F7", control.faster),
            actions.act(self, tr("Jump 5 min"), "Shift+F8", lambda: control.jump(JUMP)),
            actions.act(self, tr("Stop"), "Ctrl+E", self._stop),
            actions.act(self, tr("Debrief"), "F4", self._debrief),
            actions.act(self, tr("Results"), "F3", self._results),
        ]

    def _keys_to_parts(self) -> None:
        for key, part in (
            ("Ctrl+1", self.offers),
            ("Ctrl+2", self.sittings),
            ("Ctrl+3", self.injects),
            ("Ctrl+4", self.expects),
            ("Ctrl+5", self.transcript),
            ("F2", self.words),
        ):
            actions.act(self, part.accessibleName(), key, self._to(part))

    def _to(self, part: QWidget) -> Callable[[], None]:
        def go() -> None:
            self.stack.setCurrentWidget(self.work)
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

        return go

    # what is done

    def _begin(self, key: str) -> None:
        offer = self._offers[key]
        if offer.fault:
            self.say(offer.fault, "serious")
            return
        self.control.begin(offer.file, self.trainee.text(), self.cohort.text())

    def _inject(self) -> None:
        watch = self.control.watched()
        if watch is None:
            return
        chosen = next((i for i in watch.injects if i.id == self.injects.current_key()), None)
        if chosen is None:
            self.say(tr("Choose what is to happen: Ctrl+3."), "serious")
            return
        self.control.inject(chosen, self.words.text(), self._used(self.words.text()))

    def _used(self, text: str) -> Callable[[], None]:
        """Empties the line of words once they were sent; what was typed meanwhile stays."""

        def empty() -> None:
            if self.words.text() == text:
                self.words.clear()

        return empty

    def _mark(self) -> None:
        if self.control.watched() is None:
            return
        if not self.words.text().strip():
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.say(tr("Type what you mark this moment with, then F10 again."), "accent")
            return
        self.control.mark(self.words.text(), self._used(self.words.text()))

    def _stop(self) -> None:
        if self.control.watched() is None:
            return
        if not self._sure.isActive():
            self._sure.start()
            self.say(
                tr("Ctrl+E once more ends the exercise at this desk. What was recorded stays."), "serious"
            )
            return
        self._sure.stop()
        self.control.end(self.words.text())
        self.words.clear()

    def _debrief(self) -> None:
        if self.control.watched() is not None:
            self.stack.setCurrentWidget(self.debrief)
            self.debrief.to_focus()
            self.control.debrief()

    def _results(self) -> None:
        self.stack.setCurrentWidget(self.results)
        self.results.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.control.results()

    # what comes

    def _offered(self, offers: tuple[Offer, ...]) -> None:
        self._offers = {str(o.file): o for o in offers}
        self.offers.show_rows([words.offer_row(o) for o in offers])
        self.teaches.setPlaceholderText(tr("What the exercise above teaches."))
        if self.offers.hasFocus() and not self.offers.currentIndex().isValid():
            self.offers.setCurrentIndex(self.offers.model().index(0, 0))

    def _show_teaching(self) -> None:
        offer = self._offers.get(self.offers.current_key())
        taught = offer.teaching if offer else ()
        self.teaches.setPlainText("\n".join(f"▸ {point} ({source})" for point, source in taught))

    def _seated(self, seats: tuple[Seat, ...]) -> None:
        self.sittings.show_rows([words.seat_row(s) for s in seats])
        if self.control.watch is None:
            live = sum(s.under is Under.WAY for s in seats)
            many = counted(len(seats), tr("sitting"), tr("sittings"))
            self.say(tr("{sittings}, {live} under way.").format(sittings=many, live=live))

    def _turned_to(self, watch: Watch) -> None:
        exercise = watch.exercise
        self._names = {id_: s.name for id_, s in exercise.speakers.items()}
        self._grades = {g.id: g.name for g in watch.policy.scheme.grades}
        self.title.say(f"{watch.sitting.trainee} · {exercise.title}", "text")
        self.injects.show_rows([words.inject_row(i) for i in watch.injects])
        self.transcript.show_rows([])
        self.back()

    def _seen(self, seen: Watched) -> None:
        watch = self.control.watch
        assert watch is not None
        there = "" if seen.present or seen.stopped else tr(" · nobody sits there")
        waits = tr(" · {n} not taken up yet").format(n=seen.sent) if seen.sent else ""
        self.clock.say(pace(seen.now, seen.pace) + there + waits)
        self.who.say(words.who_line(seen, self._names), "accent" if seen.open_line else "muted")
        self.standing.say(words.standing_line(seen))
        bar = self.transcript.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 1
        self.transcript.show_rows(words.transcript(seen, self._names, watch.exercise.zone))
        if at_end:
            QTimer.singleShot(0, self.transcript, self.transcript.scrollToBottom)
        self.expects.show_rows(words.expected(seen.moment, self._grades, seen.open_line))

    def _debriefed(self, shown: Debriefed) -> None:
        self.debrief.show_debrief(shown)


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(500)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _list(name: str) -> RowsView:
    made = RowsView(RowsModel[Row](), EntryDelegate(), name)
    made.setMinimumHeight(theme.scaled(60))
    return made
