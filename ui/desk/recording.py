"""What is recorded at the desk besides a grade: calls taken, what is told, answers, and whose the incident is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from uuid6 import uuid7

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.facts import Reply
from callhandler.model.incident import LogKind
from callhandler.rules import promised
from callhandler.rules.suggest import Suggestion
from callhandler.services.calls import CallIn, Taken
from ui.common.act_keys import KEYS
from ui.common.words import tr
from ui.desk.keeping import QUESTION
from ui.desk.looking import Looking
from ui.tasks import Failure, Reads, Writes


class Recording(Looking):
    """Every act is on the write lane; what could not be recorded comes back to where it was typed."""

    saved = Signal()
    saving = Signal(int)
    line_landed = Signal(str)
    line_back = Signal(str, str)
    words_back = Signal(str, Reply, str)
    told_back = Signal(str, str)
    first_words = Signal(str, str)
    parting = Signal()

    def __init__(
        self, app: App, actor: Actor, writes: Writes, reads: Reads, parent: QObject | None = None
    ) -> None:
        super().__init__(app, actor, writes, reads, parent)
        # What is pressed while a call is being taken, one list a call, in order.
        self._taking: list[list[Callable[[], None]]] = []
        self._unsaved = 0

    def do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Record something. It is said to be saved only when it is, and as soon as it is."""

        def landed(result: Any) -> None:
            self._one_less()
            if done is not None:
                done(result)
            self.read()

        def missed(failure: Failure) -> None:
            self._one_less()
            (failed or self._failed)(failure)

        self.writes.do(work, landed, missed)
        self._unsaved += 1
        self.saving.emit(self._unsaved)

    def _one_less(self) -> None:
        """Only what was told here is counted: a clock's tick that waits in the lane is nothing that somebody typed."""
        self._unsaved -= 1
        if self._unsaved:
            self.saving.emit(self._unsaved)
        else:
            self.saved.emit()

    def on_incident(
        self,
        act: Callable[[int], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Record something about the open incident."""
        incident_id = self.incident_id
        if incident_id is None:
            self.said.emit(
                tr("No incident is open: take a call (Ctrl+N), or open one from the board (Ctrl+5)."),
                "serious",
            )
            return
        self.do(lambda: act(incident_id), done, failed)

    # calls

    def take(self, call: CallIn, failed: Callable[[Failure], None], done: Callable[[], None]) -> None:
        """Take a call and open its incident; why it joined one is said, and its first words may tell something."""
        self._taking.append([])
        call = call if call.uuid else replace(call, uuid=str(uuid7()))

        def taken(result: Taken) -> None:
            done()
            self.open(result.incident_id)
            if call.words.strip():
                self.first_words.emit(call.uuid, call.words)
            joined = tr("Call joined to this incident: {why}.").format(why=result.joined)
            told = joined if result.joined else tr("A new incident is open.")
            apart = result.apart or result.place_apart
            accepted = list(filter(None, _taken_to_be(result)))
            # What was accepted, and the key that undoes it, must not be cut off by what the screen shows anyway.
            said = (told, *accepted) if result.joined or not accepted else accepted
            self.said.emit(" ".join(said), "serious" if apart else "accent")
            for act in self._taking.pop(0):
                act()

        def missed(failure: Failure) -> None:
            self._taking.pop(0)
            failed(failure)

        self.do(lambda: self.app.calls.take(self.actor, call), taken, missed)

    def meant(self, act: Callable[[], None]) -> None:
        """Do this now; pressed while a call is being taken it is meant for that call, not for the one before."""
        if self._taking:
            self._taking[-1].append(act)
        else:
            act()

    def separate(self) -> None:
        """The call that is being taken is about something else, or it is not after all."""
        self.parting.emit()

    # what is told

    def write_line(self, uuid: str, text: str) -> None:
        """Record a log line; doing it again with the same uuid does nothing more."""
        incident_id = self.incident_id
        if incident_id is None:
            return
        self.drafts.pop(str(incident_id), None)

        def act() -> None:
            self.keeper.write(str(incident_id), uuid, text)
            self.app.telling.write(self.actor, incident_id, text, LogKind.NOTE, uuid=uuid)
            self.keeper.landed(uuid)

        def back(failure: Failure) -> None:
            self._failed(failure)
            if incident_id == self.incident_id:
                self.line_back.emit(uuid, text)
            else:
                self.drafts[str(incident_id)] = (uuid, text)

        def landed(_: Any) -> None:
            self.line_landed.emit(uuid)
            if promised.heard(text, self.app.office.clock.now()) is not None:
                self.said.emit(tr("A promise with a time: Ctrl+Shift+Y records it with its clock."), "accent")

        self.do(act, landed, back)

    def take_told(self, uuid: str, text: str, one: Suggestion, sent: bool) -> None:
        """Record a line with what it tells, in one write; only what it tells when the line was sent before."""
        incident_id = self.incident_id
        if incident_id is None:
            return
        own = str(uuid7())
        if not sent:
            self.drafts.pop(str(incident_id), None)

        def act() -> None:
            if not sent:
                self.keeper.write(str(incident_id), uuid, text)
            self.app.suggesting.take(self.actor, incident_id, text, uuid, one, own)
            self.keeper.landed(uuid)

        def landed(_: Any) -> None:
            self.line_landed.emit(uuid)
            told = tr("Recorded as denied: {name}.") if one.denied else tr("Recorded as told: {name}.")
            self.said.emit(told.format(name=one.name), "calm")

        def back(failure: Failure) -> None:
            self._failed(failure)
            if incident_id != self.incident_id:
                if not sent:
                    self.drafts[str(incident_id)] = (uuid, text)
                return
            if not sent:
                self.line_back.emit(uuid, text)
            self.told_back.emit(uuid, one.indicator)

        self.do(act, landed, back)

    def keep_draft(self, uuid: str, text: str) -> None:
        """Keep what is typed and not recorded."""
        if self.incident_id is not None:
            self.keeper.line(str(self.incident_id), uuid, text)

    def recover_drafts(self) -> None:
        """Find what a crash left half typed."""
        self.keeper.recover()

    def answer(self, question: str, reply: Reply) -> None:
        """Record the reply to a guided question."""
        self.on_incident(lambda i: self.app.telling.reply(self.actor, i, question, reply))

    def keep_words(self, question: str, reply: Reply, text: str) -> None:
        """Keep what is typed with an answer and not recorded."""
        if self.incident_id is not None:
            self.keeper.keep(str(self.incident_id), QUESTION, f"{question}:{reply.value}", text)

    def answer_words(self, question: str, reply: Reply, text: str) -> None:
        """Record what was said with an answer, as a further answer; what cannot be recorded comes back."""
        incident, field = str(self.incident_id), f"{question}:{reply.value}"
        self.keeper.keep(incident, QUESTION, field, text)
        uuid = self.keeper.key_of(incident, QUESTION, field)

        def back(failure: Failure) -> None:
            self._failed(failure)
            if incident == str(self.incident_id):
                self.words_back.emit(question, reply, text)

        self.on_incident(
            lambda i: self.app.telling.reply(self.actor, i, question, reply, text, uuid),
            lambda _: self.keeper.keep(incident, QUESTION, field, ""),
            back,
        )

    def speaks(self, manner: str, note: str = "") -> None:
        """Record how the caller can speak in this call."""
        self.on_incident(lambda i: self.app.telling.speaks(self.actor, i, manner, note))

    # whose it is

    def own(self, act: Callable[[int], Any], said: str, *, gone: bool = False) -> None:
        """Record whose the incident is; `gone` when it is in front no longer."""
        incident_id = self.incident_id

        def done(_: Any) -> None:
            self.said.emit(said, "calm")
            if gone and incident_id is not None:
                self.put_away(incident_id)

        self.on_incident(act, done)

    def claim(self) -> None:
        """Take an incident that nobody has."""
        self.own(lambda i: self.app.owners.claim(self.actor, i), tr("This incident is yours."))

    def resume(self) -> None:
        """Take up again what was set aside."""
        self.own(lambda i: self.app.owners.resume(self.actor, i), tr("Taken up again."))


def _taken_to_be(taken: Taken) -> tuple[str, str]:
    """Whom the caller, and what the place, was accepted to be, and how that is undone; or why the two stay apart."""
    return (
        _read_as_one(tr("Read as one with {name}. {key} undoes it."), taken.taken_to_be, taken.apart),
        _read_as_one(
            tr("Place read as one with {name}. {key} undoes it."), taken.place_taken, taken.place_apart
        ),
    )


def _read_as_one(said: str, name: str, apart: str) -> str:
    if apart:
        told = tr("Not read as one with {name}: {why} {key} judges the two.")
        return told.format(name=name, why=apart, key=KEYS["same_as"])
    return said.format(name=name, key=KEYS["unjudge"]) if name else ""
