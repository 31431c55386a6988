"""Where the review page meets the services: the queue, the item in front, the figures, and every answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.assessment import Verdict
from callhandler.model.incident import ResponseState
from callhandler.model.review import Header, QueueLine, Result, SecondGrade
from callhandler.services.desk import OpenIncident
from callhandler.services.incidents import Outcome
from callhandler.services.reviews.opening import Opened
from ui.common.words import clock, tr
from ui.desk.keeping import packed, unpacked
from ui.desk.reading import Reading
from ui.review.plot import Plot
from ui.review.proving import Proving
from ui.review.queue_words import clock_of, key_of
from ui.review.strip import StripShown
from ui.tasks import Failure, Reads, Writes

EVERY = timedelta(seconds=30)
"""How often the queue is read although nothing was recorded: who may agree, and what is late, change by time alone."""
FIGURES_EVERY = timedelta(seconds=120)
"""How often the figures are read while the page is in sight."""
SMALL = 20_000
"""A journal of so many records is proved when the page is first shown; a longer one when it is asked for."""
FORM = "review"
ARRIVED = (ResponseState.AT_SCENE, ResponseState.RESULTED)


class ReviewController(QObject):
    """Reads nothing that is not wanted: the queue from sign-in on, the rest while the page is in sight."""

    queue_read = Signal()
    figures_read = Signal()
    looked = Signal(object)
    recorded = Signal()
    asked = Signal(str)
    said = Signal(str, str)
    said_here = Signal(str)

    def __init__(
        self,
        app: App,
        actor: Actor,
        desk: Reading,
        writes: Writes,
        reads: Reads,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.app = app
        self.actor = actor
        self.lines: tuple[QueueLine, ...] = ()
        self.header: Header | None = None
        self.plots: tuple[Plot, ...] = ()
        self.in_front: Opened | None = None
        self.read_once = False
        self._desk = desk
        self._writes = writes
        self._reads = reads
        self._key = ""
        self._newest = -1
        self._read_at: datetime | None = None
        self._figures_at: datetime | None = None
        self._board: tuple[OpenIncident, ...] | None = None
        self._in_sight = False
        self._log, self._log_tone = tr("Log not checked yet: J"), "muted"
        self.proving = Proving(app.custody.prove, self)
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

        self._reads.ask("queue", work, self._got, self._failed)
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
            self.asked.emit(words)
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
        self._reads.drop("item")
        self.in_front = None
        self.looked.emit(None)
        self._read_front()

    def _line(self) -> QueueLine | None:
        return next((line for line in self.lines if key_of(line) == self._key), None)

    def _read_front(self, *, again: bool = True) -> None:
        """Open the item in front. Each opening is recorded, so that it is not done again while nothing changed."""
        line, front = self._line(), self.in_front
        if line is None or (not again and (front is None or front.line == line)):
            return
        self._reads.ask("item", lambda: self._open(line), self._opened, self._failed)

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

    # what is typed

    def keep(self, code: str, text: str) -> None:
        """Keep what is typed for the item in front."""
        if self._key:
            self._desk.keeper.keep(self._key, FORM, "reason", packed(code, text) if text or code else "")

    @property
    def kept(self) -> tuple[str, str]:
        """What was typed for it before: the answer chosen, and the reason."""
        return unpacked(self._desk.keeper.of(self._key, FORM).get("reason", ""))

    # the figures

    def in_sight(self, yes: bool) -> None:
        """The page is in front, or not."""
        came = yes and not self._in_sight
        self._in_sight = yes
        if came:
            self._desk.read_board()
            self.read_figures()
            if self._newest <= SMALL and self._log_tone == "muted":
                self.prove()

    def read_figures(self) -> None:
        """Read header and plots again where they are old."""
        now = self.now()
        if self._figures_at is not None and timedelta(0) <= now - self._figures_at < FIGURES_EVERY:
            return
        self._figures_at = now

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

    # answers

    def answer(self, code: str, reason: str) -> None:
        """Answer the item in front: a supervisor's verdict on a request, or what a reviewer finds."""
        front = self.in_front
        if front is None or not self.there:
            self.said_here.emit(tr("This one waits no longer."))
        elif front.line.waiting:
            self._agree(front.line, Verdict(code), reason)
        else:
            self._find(front.line, Result(code), reason)

    def _agree(self, line: QueueLine, verdict: Verdict, reason: str) -> None:
        incident_id, request_id = line.incident_id, line.request_id
        assert request_id is not None

        def done(outcome: Outcome) -> None:
            if verdict is Verdict.AGREE and not outcome.accepted:
                self.said_here.emit(
                    tr("It cannot be agreed yet. ") + " ".join(n.sentence for n in outcome.needs)
                )
            else:
                self._landed(key_of(line), tr("Recorded; the handler sees it."))
            self._again()

        self._write(
            lambda: self.app.incidents.agree(self.actor, incident_id, request_id, verdict, reason), done
        )

    def _find(self, line: QueueLine, result: Result, reason: str) -> None:
        item_id, own = line.item_id, self.own_grade
        assert item_id is not None
        grade = own.grade if own is not None and result in (Result.OTHERWISE, Result.REOPEN) else ""

        def done(_outcome: int) -> None:
            self._landed(key_of(line), tr("Recorded; the handler is told."))
            self._again()

        self._write(
            lambda: self.app.reviews.answer(
                self.actor, item_id, result, reason, grade=grade, feedback=reason
            ),
            done,
        )

    def grade(self, grade: str) -> None:
        """Record one's own grade of the item in front, once."""
        front = self.in_front
        item_id = front.line.item_id if front is not None else None
        if item_id is None:
            return

        def done(_given: SecondGrade) -> None:
            self.said.emit(tr("Your grade is recorded."), "calm")
            self._again()
            self._read_front()

        self._write(lambda: self.app.reviews.grade(self.actor, item_id, grade), done)

    def turn_owner(self, line: QueueLine) -> None:
        """Make an item one's own, or give one's own back."""
        item_id, mine = line.item_id, line.owner_id == self.actor.user_id
        if item_id is None:
            return
        told = tr("Given back to the queue.") if mine else tr("Yours now.")

        def done(_none: None) -> None:
            self.said.emit(told, "calm")
            self._again()

        if mine:
            self._write(lambda: self.app.reviews.give_back(self.actor, item_id, tr("given back")), done)
        else:
            self._write(lambda: self.app.reviews.claim(self.actor, item_id), done)

    def _write(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def failed(failure: Failure) -> None:
            self._failed(failure)
            self._again()

        self._writes.do(work, done, failed)

    def _landed(self, key: str, sentence: str) -> None:
        self._desk.keeper.drop(key, FORM)
        if key == self._key:
            self.recorded.emit()
        self.said.emit(sentence, "calm")

    def _again(self) -> None:
        self._newest = -1
        self._figures_at = None
        self.read()

    def _failed(self, failure: Failure) -> None:
        self.said_here.emit(failure.sentence)
        self.said.emit(failure.sentence, "serious")

    def grade_name(self, grade: str) -> str:
        """A grade's shown name."""
        return next((g.name for g in self.app.policy.scheme.grades if g.id == grade), grade)
