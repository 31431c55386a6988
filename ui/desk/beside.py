"""What the controller of any page beside the desk stands on."""

from PySide6.QtCore import QObject, Signal

from ui.desk.controller import DeskController
from ui.tasks import Failure


class Beside(QObject):
    """The desk, and through it the services, whoever sits there, and the two lanes.

    `said` is for the foot of the window; `said_here` tells, in the page, why something was not done.
    """

    said = Signal(str, str)
    said_here = Signal(str)

    def __init__(self, desk: DeskController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app = desk.app
        self.actor = desk.actor
        self.reads = desk.reads
        self._desk = desk
        self._writes = desk.writes

    def _failed(self, failure: Failure) -> None:
        self.said_here.emit(failure.sentence)
        self.said.emit(failure.sentence, "serious")
