"""Reads proposals a part at a time, looks at the one in front, and records what is judged."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from callhandler.model.proposed import JudgedPair, Listed, Proposed, Which
from callhandler.model.sameness import Sameness
from callhandler.services.linking.judging import PART, Given, Look
from ui.common.words import tr
from ui.desk.beside import Beside
from ui.desk.controller import DeskController
from ui.desk.keeping import packed, unpacked
from ui.proposed.rows import key_of
from ui.tasks import Failure

KEY, FORM = "proposed", "proposed"
SETTLED_MS = 120
"""Whoever only passes a pair on the way to another does not open two histories."""


class PairsController(Beside):
    """`listed` tells that the list changed, `looked` a pair side by side, `recorded` the pair that was judged or undone."""

    listed = Signal(bool)
    looked = Signal(object)
    recorded = Signal(object)
    counted = Signal(int)

    def __init__(self, desk: DeskController, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.which: Which | None = Which.ALL
        """Which are listed; None for those that were judged."""
        self.pairs: tuple[Proposed, ...] = ()
        self.judged: tuple[JudgedPair, ...] = ()
        self.total: int | None = None
        self.runs: int | None = None
        self.in_open: frozenset[int] = frozenset()
        self.with_order: frozenset[int] = frozenset()
        self.left: set[str] = set()
        self.last: Proposed | None = None
        """What was judged last in this sitting, and stands."""
        self._front: Proposed | None = None
        self._more = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._look)

    # the list

    def read(self, which: Which | None) -> None:
        """Read the strongest of these, or what was judged, from the beginning."""
        anew, self.which, self._more = which is not self.which, which, False

        def work() -> Any:
            proposed = self.app.proposed
            return proposed.judged(self.actor) if which is None else proposed.list(self.actor, which)

        def done(found: Any) -> None:
            if isinstance(found, Listed):
                self.pairs, self.judged, self.total, self.runs = found.pairs, (), found.counted, found.runs
                self.in_open, self.with_order = found.in_open, found.with_order
                self._shown(len(found.pairs))
                if which is Which.ALL:
                    self.counted.emit(found.counted)
            else:
                self.pairs, (self.judged, self.total) = (), found
                self._shown(len(self.judged))
            self.listed.emit(anew)

        self.reads.ask(KEY, work, done, self._failed)

    def more(self) -> None:
        """Read what follows upon the last of the list, where there is more."""
        which = self.which
        if (
            which is None
            or self._more
            or not self.pairs
            or self.total is None
            or len(self.pairs) >= self.total
        ):
            return
        self._more, last = True, self.pairs[-1]

        def done(found: Listed) -> None:
            self._more = False
            known = {key_of(pair) for pair in self.pairs}
            fresh = tuple(pair for pair in found.pairs if key_of(pair) not in known)
            self.pairs += fresh
            self.in_open |= found.in_open
            self.with_order |= found.with_order
            if len(found.pairs) < PART:
                # The end: what was judged elsewhere meanwhile is no longer counted.
                self.total = len(self.pairs)
            self._shown(len(fresh))
            self.listed.emit(False)

        self.reads.ask(KEY, lambda: self.app.proposed.list(self.actor, which, last), done, self._failed)

    def _shown(self, many: int) -> None:
        which = "judged" if self.which is None else self.which.value
        self._writes.do(lambda: self.app.proposed.shown(self.actor, many, which), None, self._failed)

    def count(self) -> None:
        """Count what waits, for whoever is told quietly."""
        self.reads.ask("proposed-count", lambda: self.app.proposed.count(self.actor), self.counted.emit)

    # the pair in front

    def choose(self, pair: Proposed | None) -> None:
        """Look at a pair once the hands rest on it."""
        self._front = pair
        self._settling.stop()
        if pair is None:
            self.looked.emit(None)
        else:
            self._settling.start()

    def look_now(self, pair: Proposed) -> None:
        """Look at a pair at once."""
        self._front = pair
        self._settling.stop()
        self._look()

    def _look(self) -> None:
        pair = self._front
        if pair is None:
            return

        def done(look: Look) -> None:
            if self._front is not None and key_of(self._front) == key_of(look.pair):
                self.looked.emit(look)

        # Opening two histories is a consultation, which is a writing: nothing is shown before it is recorded.
        self._writes.do(lambda: self.app.proposed.look(self.actor, pair.a, pair.b), done, self._failed)

    # judging

    def keep(self, pair: Proposed, code: str, text: str) -> None:
        """Keep what is typed about a pair."""
        self._desk.keeper.keep(key_of(pair), FORM, "reason", packed(code, text) if text or code else "")

    def kept(self, pair: Proposed) -> tuple[str, str]:
        """What was typed about it before."""
        return unpacked(self._desk.keeper.of(key_of(pair), FORM).get("reason", ""))

    def judge(self, pair: Proposed, verdict: Sameness, reason: str) -> None:
        """Judge the pair to be one person, or not."""

        def done(given: Given) -> None:
            self.last = pair
            words = (
                tr("Recorded: the same person.")
                if verdict is Sameness.SAME
                else tr("Recorded: not the same.")
            )
            anew = tr(" Judged anew: {incidents}.").format(incidents=", ".join(given.judged_anew))
            self._landed(pair, given, words + (anew if given.judged_anew else "") + tr(" Z undoes it"))

        self._write(lambda: self.app.proposed.judge(self.actor, pair.a, pair.b, verdict, reason), done)

    def undo(self, pair: Proposed, reason: str) -> None:
        """Say nothing any longer of a pair that was judged."""

        def done(given: Given) -> None:
            if given.recorded and self.last is not None and key_of(self.last) == key_of(pair):
                self.last = None
            self._landed(pair, given, tr("Undone: the pair waits again."))

        self._write(lambda: self.app.proposed.undo(self.actor, pair.a, pair.b, reason), done)

    def _landed(self, pair: Proposed, given: Given, words: str) -> None:
        if not given.recorded:
            self._desk.keeper.drop(key_of(pair), FORM)
            self.said_here.emit(
                tr("Asked for in {reference}, and not done yet: {needs} It waits there.").format(
                    reference=given.reference, needs=" ".join(given.waits_for)
                )
            )
            return
        self._desk.keeper.drop(key_of(pair), FORM)
        key = key_of(pair)
        before = len(self.pairs) + len(self.judged)
        self.pairs = tuple(p for p in self.pairs if key_of(p) != key)
        self.judged = tuple(j for j in self.judged if key_of(j.pair) != key)
        if self.total is not None:
            self.total -= before - len(self.pairs) - len(self.judged)
        self.said.emit(words, "calm")
        self.recorded.emit(pair)
        self.count()
        self._desk.read()

    def leave(self, pair: Proposed) -> None:
        """Pass it over for now: nothing is recorded."""
        self.left.add(key_of(pair))
        self.listed.emit(False)

    def open_incident(self, incident_id: int) -> None:
        """Open an incident at the desk."""
        self._desk.open(incident_id)

    def _write(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def failed(failure: Failure) -> None:
            self._failed(failure)
            # Somebody else may have judged it meanwhile: the list is read anew, and what is typed stays kept.
            self.read(self.which)

        self._writes.do(work, done, failed)

    def _failed(self, failure: Failure) -> None:
        self._more = False
        super()._failed(failure)
