"""What the review page reads: the queue from sign-in on; the item in front and the figures while the page is in sight."""

from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, Signal

from callhandler.model.incident import ARRIVED
from callhandler.model.review import Header, QueueLine, SecondGrade
from callhandler.model.review_figures import Figures
from callhandler.services.board import OpenIncident
from callhandler.services.reviews.opening import Opened
from ui.common.words import clock, tr
from ui.desk.beside import Beside
from ui.desk.controller import DeskController
from ui.review.plot import Plot, kappa_words, plots_of
from ui.review.proving import Proving
from ui.review.queue_words import clock_of, key_of
from ui.review.strip import StripShown
from ui.tasks import Failure

EVERY = timedelta(seconds=30)
"""How often the queue is read although nothing was recorded: who may agree, and what is late, change by time alone."""
FIGURES_EVERY = timedelta(seconds=120)
"""How often the figures are read while the page is in sight."""
SMALL = 6_000
"""A journal of so many records is proved when the page is first shown; a longer one when it is asked for."""


class ReviewReading(Beside):
    """Holds the queue, the item in front, the figures, and up to when the log was proved."""

    queue_read = Signal()
    figures_read = Signal()
    looked = Signal(object)
    asked = Signal()

    def __init__(self, desk: DeskController, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.lines: tuple[QueueLine, ...] = ()
        self.header: Header | None = None
        self.plots: tuple[Plot, ...] = ()
        self.kappa = ""
        self.in_front: Opened | None = None
        self.read_once = False
        self._key = ""
        self._newest = -1
        self._read_at: datetime | None = None
        self._figures_at: datetime | None = None
        self._board: tuple[OpenIncident, ...] | None = None
        self._in_sight = False
        self._log, self._log_tone = tr("Log not checked yet: J"), "muted"
        self.proving = Proving(lambda wanted: self.app.custody.prove(wanted=wanted), self)
        self.proving.proved.connect(self._proved)
        desk.changed.connect(lambda _changes: self.read())
        desk.boarded.connect(self._boarded)

    def now(self) -> datetime:
        """The instant by the store's clock."""
        return self.app.office.clock.now()

    # the queue

    def read(self) -> None:
        """Read the queue again if anything was recorded since, or half a minute has passed."""
        since = self._newest if self._read_at and self.now() - self._read_at < EVERY else -1

        def work() -> tuple[int, tuple[QueueLine, ...] | None]:
            newest = self.app.desk.newest()
            return newest, None if newest == since else self.app.reviews.queue(self.actor)

        self.reads.ask("queue", work, self._got, self._failed)
        if self._in_sight:
            self.read_figures()

    def _got(self, found: tuple[int, tuple[QueueLine, ...] | None]) -> None:
        newest, lines = found
        if lines is None:
            return
        before = {key_of(line) for line in self.lines if line.waiting}
        self._newest, self._read_at = newest, self.now()
        self.lines, self.read_once = lines, True
        self.queue_read.emit()
        fresh = [line for line in lines if line.waiting and key_of(line) not in before]
        if fresh:
            words = tr("{who} asks for agreement, {reference} (F11).").format(
                who=fresh[0].handler, reference=fresh[0].reference.partition(" · ")[0]
            )
            self.said.emit(words, "serious")
            self.asked.emit()
        self._read_front(again=False)

    @property
    def waiting(self) -> tuple[QueueLine, ...]:
        """Whoever asks for agreement now."""
        return tuple(line for line in self.lines if line.waiting)

    def asking(self, now: datetime) -> tuple[int, str]:
        """How many ask for agreement now, and the clock of whoever waits longest."""
        waiting = self.waiting
        longest = min(waiting, key=lambda line: line.since, default=None)
        return len(waiting), clock_of(longest, now) if longest is not None else ""

    # the item in front

    def choose(self, line: QueueLine | None) -> None:
        """Look at another item."""
        key = key_of(line) if line is not None else ""
        if key == self._key:
            return
        self._key = key
        self.reads.drop("item")
        self.in_front = None
        self.looked.emit(None)
        self._read_front()

    def _line(self) -> QueueLine | None:
        return next((line for line in self.lines if key_of(line) == self._key), None)

    def _read_front(self, *, again: bool = True) -> None:
        """Open the item in front. Each opening is recorded, so that it is not done again while nothing changed."""
        line, front = self._line(), self.in_front
        if line is None or (not again and (not self._in_sight or front is None or front.line == line)):
            return
        self.reads.ask("item", lambda: self._open(line), self._opened, self._failed)

    def _open(self, line: QueueLine) -> Opened:
        if line.item_id is not None:
            return self.app.reviews.open(self.actor, line.item_id)
        assert line.request_id is not None
        return self.app.reviews.open_request(self.actor, line.request_id)

    def _opened(self, found: Opened) -> None:
        if key_of(found.line) == self._key:
            self.in_front = found
            self.looked.emit(found)

    @property
    def there(self) -> bool:
        """Whether the item in front is still in the queue."""
        return self._line() is not None

    @property
    def own_grade(self) -> SecondGrade | None:
        """The reviewer's own grade of the item in front."""
        given = self.in_front.second_grades if self.in_front is not None else ()
        return next((g for g in given if g.author_id == self.actor.user_id), None)

    @property
    def reading(self) -> bool:
        """True while an item was chosen and is not read yet."""
        return bool(self._key) and self.in_front is None

    # the figures

    def in_sight(self, yes: bool) -> None:
        """The page is in front, or not."""
        came = yes and not self._in_sight
        self._in_sight = yes
        if came:
            self._desk.read_board()
            self.read_figures()
            self._read_front(again=False)
            if self._newest <= SMALL and self._log_tone == "muted":
                self.prove()

    def read_figures(self) -> None:
        """Read header and plots again where they are old."""
        now = self.now()
        if self._figures_at is not None and timedelta(0) <= now - self._figures_at < FIGURES_EVERY:
            return
        self._figures_at = now
        lines = self.lines if self.read_once else None

        def work() -> tuple[Header, Figures]:
            return self.app.reviews.header(self.actor, lines=lines), self.app.reviews.figures(self.actor)

        self.reads.ask("figures", work, self._figured, self._failed)

    def _figured(self, found: tuple[Header, Figures]) -> None:
        self.header, figures = found
        self.plots = plots_of(figures)
        self.kappa = kappa_words(figures.agreement)
        self.figures_read.emit()

    def _boarded(self, board: tuple[OpenIncident, ...]) -> None:
        self._board = board
        self.figures_read.emit()

    def strip(self, now: datetime) -> StripShown:
        """What the strip shows at this instant."""
        asking, since = self.asking(now)
        items = [line for line in self.lines if not line.waiting]
        return StripShown(
            header=self.header,
            now=now,
            read=self.read_once,
            open_items=len(items),
            late=sum(1 for line in items if line.overdue(now)),
            oldest=min((line.since for line in items), default=None),
            asking=asking,
            asking_clock=since,
            past_target=self._past(now),
            log=self._log,
            log_tone=self._log_tone,
            kappa=self.kappa,
        )

    def _past(self, now: datetime) -> int | None:
        """How many open incidents of the most urgent band are past their target; None while the board is not read."""
        if self._board is None:
            return None
        return sum(
            1
            for line in self._board
            if line.grade is not None
            and line.grade.band == "immediate"
            and line.clocks.due is not None
            and line.clocks.due < now
            and line.clocks.state not in ARRIVED
        )

    def prove(self) -> None:
        """Check the whole log against its journal, and say up to when it holds."""
        self._log, self._log_tone = tr("Checking the log …"), "muted"
        self.figures_read.emit()
        self.proving.start()

    def _proved(self, proof: Any) -> None:
        if isinstance(proof, Failure):
            self._log, self._log_tone = tr("Log could not be checked"), "serious"
            self._failed(proof)
            self.figures_read.emit()
            return
        time = clock(self.now(), seconds=True)
        if proof.intact:
            self._log, self._log_tone = tr("Log verified to {time}").format(time=time), "calm"
        else:
            self._log_tone = "critical_text"
            self._log = tr("▲ Log NOT intact, {n} findings, {time}").format(n=len(proof.findings), time=time)
            self.said.emit(self._log, "serious")
        self.figures_read.emit()
