"""Joins what rings: the socket, the file of waiting calls, the banner and the tray. Taking the call itself is the desk's."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from callhandler.intake.ring import Ring
from callhandler.services.rings import Rings, Waiting
from ui.common.words import tr
from ui.ring.banner import RingBanner
from ui.ring.ringing import Known
from ui.ring.single_instance import Answer
from ui.ring.tray import Tray
from ui.tasks import Failure, Reads, Writes

LookUp = Callable[[Ring], Known]


class RingController(QObject):
    """Keeps every ring before anybody is told that it is safe, and shows it at once.

    `take` carries a Ring that the handler answers or opens: take the call, then say `settle(ring, "answered")`; until then
    it waits. `ring_back` carries one to be rung; `show_window` asks for the window in front; `failed` tells a sentence.
    """

    take = Signal(object)
    ring_back = Signal(object)
    show_window = Signal()
    failed = Signal(str)

    def __init__(
        self,
        rings: Rings,
        banner: RingBanner,
        tray: Tray,
        writes: Writes,
        reads: Reads,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rings = rings
        self._banner = banner
        self._tray = tray
        self._writes = writes
        self._reads = reads
        self._look_up: LookUp | None = None
        banner.answered.connect(self.take)
        banner.answered.connect(lambda _ring: self.refresh())
        banner.dismissed.connect(lambda _ring: self.refresh())
        tray.opened.connect(self._open)
        tray.ring_back.connect(self.ring_back)
        tray.done_asked.connect(self.settle)

    def look_up_with(self, look_up: LookUp | None) -> None:
        """How callers are looked up from now on; None while nobody is signed in."""
        self._look_up = look_up

    def receive(self, ring: Ring | None, answer: Answer) -> None:
        """What came through the socket. The sender hears that the ring is safe when it is on the disk."""
        if ring is None:
            self.show_window.emit()
            answer("")
            return
        self._banner.show_ring(ring)

        def kept(result: tuple[Ring, tuple[Waiting, ...]]) -> None:
            now, waiting = result
            self._banner.show_ring(now)
            self._show(waiting)
            self._ask(now)
            answer("")

        def failed(failure: Failure) -> None:
            self.failed.emit(failure.sentence)
            self._ask(ring)
            answer(failure.sentence)

        self._writes.do(lambda: (self._rings.keep(ring), self._rings.waiting()), kept, failed)

    def refresh(self) -> None:
        """Read again what waits; do this once at the start."""
        self._reads.ask(
            "rings", self._rings.waiting, self._show, lambda f: self._tray.say_unknown(f.sentence)
        )

    def settle(self, ring: Ring, outcome: str) -> None:
        """Record what became of a call; it leaves the list when that is on the disk."""

        def recorded(waiting: tuple[Waiting, ...]) -> None:
            self._banner.drop(ring.uuid)
            self._show(waiting)

        def work() -> tuple[Waiting, ...]:
            self._rings.done(ring.uuid, outcome)
            return self._rings.waiting()

        self._writes.do(work, recorded, lambda failure: self._tray.say(failure.sentence))

    def _open(self, ring: Ring) -> None:
        self._banner.drop(ring.uuid)
        self.take.emit(ring)

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        # An older reading that is still on its way would bring back what has just left.
        self._reads.drop("rings")
        self._banner.show_waiting(len(waiting))
        self._tray.show_waiting(waiting, self._banner.ringing)

    def _ask(self, ring: Ring) -> None:
        if ring.uuid not in self._banner.ringing:
            return
        look_up = self._look_up
        if look_up is None:
            self._banner.tell(ring.uuid, Known(fault=tr("nobody is signed in")))
            return
        self._reads.ask(
            f"ring:{ring.uuid}",
            lambda: look_up(ring),
            lambda known: self._banner.tell(ring.uuid, known),
            lambda failure: self._banner.tell(ring.uuid, Known(fault=failure.sentence)),
        )
