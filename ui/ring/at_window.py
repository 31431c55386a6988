"""What rings, at one window: the strip, the page of waiting calls, and what is done with a call from them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from callhandler.app import App
from callhandler.intake.ring import Ring
from callhandler.model.actor import Actor
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.page import DeskPage
from ui.ring.banner import RingBanner
from ui.ring.controller import RingController
from ui.ring.known import call_of, known_of
from ui.ring.ringing import spoken
from ui.ring.single_instance import Answer
from ui.ring.tray import Tray
from ui.tasks import Failure, Reads, Writes


class RingsAtWindow(QObject):
    """`said` tells a sentence and its tone; `show_desk` asks for the desk, `show_window` for the window."""

    said = Signal(str, str)
    show_desk = Signal()
    show_window = Signal()

    def __init__(self, app: App, writes: Writes, reads: Reads, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._desk: DeskController | None = None
        self._page: DeskPage | None = None
        self._locked = False
        clock = app.office.clock
        self.banner = RingBanner(clock.now)
        self.tray = Tray(clock.now)
        self.controller = RingController(app.rings, self.banner, self.tray, writes, reads, self)
        self.controller.take.connect(self._take)
        self.controller.ring_back.connect(self._ring_back)
        self.controller.show_window.connect(self.show_window)
        self.controller.failed.connect(lambda sentence: self.said.emit(sentence, "serious"))
        self.controller.refresh()

    def sign_in(self, actor: Actor, desk: DeskController, page: DeskPage) -> None:
        """Somebody sits here: calls are looked up and taken as this person."""
        self._desk, self._page = desk, page
        self.controller.look_up_with(lambda ring: known_of(self._app, actor, ring))

    def lock(self, locked: bool) -> None:
        """While the window is locked a call rings on without a name, and cannot be taken."""
        self._locked = locked
        self.banner.lock(locked)

    def receive(self, ring: Ring | None, answer: Answer) -> None:
        """What came through the socket."""
        self.controller.receive(ring, answer)

    def _take(self, ring: Ring) -> None:
        desk = self._desk
        if desk is None or self._locked:
            # It rings on in its place, and waits in any case.
            self.banner.show_ring(ring)
            told = tr("Unlock to take it.") if self._locked else tr("Sign in to take it.")
            self.said.emit(told + " " + tr("The call rings on and is kept."), "serious")
            return
        self.show_desk.emit()

        def failed(failure: Failure) -> None:
            self.said.emit(failure.sentence + " " + tr("The call waits in the tray."), "serious")

        desk.take(call_of(ring), failed, lambda: self.controller.settle(ring, "answered"))

    def _ring_back(self, ring: Ring) -> None:
        desk, page = self._desk, self._page
        if desk is None or page is None or self._locked:
            return
        self.show_desk.emit()
        if desk.view is None:
            told = tr("To ring {number} back, open its incident, or Enter in the tray takes the call.")
            self.said.emit(told.format(number=spoken(ring)), "accent")
            return
        page.forms.open("back")
        self._fill(page, ring)

    def _fill(self, page: DeskPage, ring: Ring) -> None:
        strip = page.forms.all["back"].strip
        editor = strip.editor("number")
        if isinstance(editor, QLineEdit):
            editor.setText(ring.number)
