"""When the window locks, what is hidden then, and how it opens again."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from callhandler.model.actor import Actor
from ui.common.words import tr
from ui.lock import IdleWatch, LockPage
from ui.tasks import Failure

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Locking(QObject):
    """The lock of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._actor: Actor | None = None
        self._minutes = 0
        self._page_before: QWidget | None = None
        self._focus_before: QWidget | None = None
        self.locked = False
        self.held: tuple[str, str] = ("", "muted")
        self.page = LockPage()
        self.page.unlock.connect(self._unlock)
        self._watch = IdleWatch(self)
        self._watch.idle.connect(self._idle)

    def sign_in(self, actor: Actor) -> None:
        """Whose window it is."""
        self._actor = actor

    def set_minutes(self, minutes: int) -> None:
        """After how long without a touch it locks; 0 is never."""
        self._minutes = minutes
        self._watch.watch(minutes)

    def stop(self) -> None:
        """Watch no more."""
        self._watch.stop()

    def lock(self, minutes: int = 0) -> None:
        """Hide everything; what was typed is kept first."""
        window, actor = self._window, self._actor
        if self.locked or actor is None:
            return
        if window.page is not None:
            window.page.log.keep_now()
        window.palette_.leave()
        # A list that hangs open, or a word under the pointer, lies above every page.
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._page_before, self._focus_before = window.stack.currentWidget(), QApplication.focusWidget()
        self.held = (window.status.text(), "muted")
        window.say(tr("Locked"))
        self.locked = True
        window.herald.hidden = True
        for action in window.actions():
            action.setEnabled(False)
        window.hints.hide()
        if window.rings is not None:
            window.rings.lock(True)
        window.stack.setCurrentWidget(self.page)
        self.page.show_for(actor.display, window.demonstration, minutes)

    def _idle(self) -> None:
        self.lock(self._minutes)

    def _unlock(self, passphrase: str) -> None:
        window, actor = self._window, self._actor
        if actor is None:
            return
        if window.demonstration:
            self._open()
            return

        def check() -> None:
            again = window.app.identity.sign_in(actor.name, passphrase)
            # The session that was open goes on; the one that proved the passphrase ends here.
            window.app.identity.sign_out(again)

        window.writes.do(check, lambda _none: self._open(), self._refused)

    def _refused(self, failure: Failure) -> None:
        self.page.show_fault(failure.sentence)

    def _open(self) -> None:
        window = self._window
        self.locked = False
        window.herald.hidden = False
        for action in window.actions():
            action.setEnabled(True)
        window.hints.show()
        if window.rings is not None:
            window.rings.lock(False)
        if self._page_before is not None:
            window.stack.setCurrentWidget(self._page_before)
        if self._focus_before is not None:
            # What had the focus may have gone with a reading that came meanwhile.
            with suppress(RuntimeError):
                self._focus_before.setFocus()
        window.say(*self.held)
        self._watch.watch(self._minutes)
