"""The one place where the desk's page meets the services: every act on the write lane, every reading on the read lane."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from uuid6 import uuid7

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.assessment import AUTHORISED, CLOSING, RationaleAnswer, Request
from callhandler.model.facts import Reply
from callhandler.model.incident import LogKind, ResponseState
from callhandler.model.order import OrderCopy
from callhandler.rules import promised
from callhandler.rules.identify import Join
from callhandler.rules.suggest import Suggestion
from callhandler.services.calls import CallIn, Taken
from callhandler.services.contacts import Recorded
from callhandler.services.desk import View
from callhandler.services.finding import Found
from callhandler.services.incidents import Outcome
from callhandler.services.judgements import Parting
from callhandler.services.surroundings import Near
from ui.common import words
from ui.common.act_keys import KEYS
from ui.common.words import tr
from ui.desk.keeping import QUESTION
from ui.desk.reading import Reading
from ui.tasks import Failure, Reads, Writes


class DeskController(Reading):
    """Records what is done at the desk."""

    saved = Signal()
    saving = Signal()
    refused = Signal(object, str)
    rationale_needs = Signal(object)
    rationale_over = Signal()
    line_landed = Signal(str)
    line_back = Signal(str, str)
    words_back = Signal(str, Reply, str)
    told_back = Signal(str, str)
    parting = Signal()

    def __init__(
        self, app: App, actor: Actor, writes: Writes, reads: Reads, parent: QObject | None = None
    ) -> None:
        super().__init__(app, actor, writes, reads, parent)
        # What is pressed while a call is being taken, one list a call, in order.
        self._taking: list[list[Callable[[], None]]] = []
        self._words_read = False

    def _answered(self, view: View) -> None:
        """A supervisor's answer ends the rationale on screen."""
        own = next((r for r in view.picture.requests if r.id == self.request_id), None)
        if own is not None and (own.decided or own.refused_by_supervisor or own.withdrawn):
            self.request_id = None
            self.rationale_over.emit()

    def tick(self) -> None:
        """Let the clocks be judged: a warning or an escalation may have come up by waiting alone."""
        self.writes.do(self.app.escalations.tick, lambda _: self.read_board(), self._failed)
        wanted = self.incident_id
        if wanted is not None:
            self.writes.do(lambda: self.app.incidents.tick(wanted), lambda _: self.read_now(), self._failed)

    # writing

    def do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Record something. It is said to be saved only when it is."""

        def landed(result: Any) -> None:
            if not self.writes.waiting:
                self.saved.emit()
            if done is not None:
                done(result)
            self.read()

        def missed(failure: Failure) -> None:
            if not self.writes.waiting:
                self.saved.emit()
            (failed or self._failed)(failure)

        self.writes.do(work, landed, missed)
        self.saving.emit()

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

    def read_copy(self, copy: OrderCopy, shown: Callable[[bytes], None]) -> None:
        """Read a copy of an order; an overtaken reading is never shown."""
        self.reads.ask("copy", lambda: self.app.orders.read_copy(self.actor, copy), shown, self._failed)

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

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """What a line may tell; nothing until the words of the policy were read."""
        return self.app.suggesting.offers(text) if self._words_read else ()

    def read_words(self) -> None:
        """Read the words of the policy off the window's thread."""

        def ready(_: None) -> None:
            self._words_read = True

        self.reads.ask("words", self.app.suggesting.prepare, ready, self._failed)

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

    def take(self, call: CallIn, failed: Callable[[Failure], None], done: Callable[[], None]) -> None:
        """Take a call and open its incident; why it joined one is said."""
        self._taking.append([])

        def taken(result: Taken) -> None:
            done()
            self.open(result.incident_id)
            joined = tr("Call joined to this incident: {why}.").format(why=result.joined)
            told = joined if result.joined else tr("A new incident is open.")
            apart = result.apart or result.place_apart
            said = (told, *_taken_to_be(result))
            self.said.emit(" ".join(filter(None, said)), "serious" if apart else "accent")
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

    def offer(self, call: CallIn, shown: Callable[[Join | None], None]) -> None:
        """Which live incident a call would join, read while it is typed; an overtaken reading is never shown."""
        self.reads.ask("offer", lambda: self.app.calls.offer(self.actor, call), shown, self._failed)

    def who(self, call: CallIn, shown: Callable[[Found], None]) -> None:
        """Who may be ringing, read while a call is typed; an overtaken reading is never shown."""
        self.reads.ask("who", lambda: self.app.calls.who(self.actor, call), shown, self._failed)

    def where(self, call: CallIn, shown: Callable[[Found], None]) -> None:
        """Which places may be meant, read while a call is typed; an overtaken reading is never shown."""
        self.reads.ask("where", lambda: self.app.calls.where(self.actor, call), shown, self._failed)

    def undoing(self, judgement_id: int, shown: Callable[[Parting], None]) -> None:
        """What undoing a judgement would take away here; an overtaken reading, and one that fails, is never shown."""
        incident_id = self.incident_id
        if incident_id is not None:
            work = self.app.judgements.parting
            self.reads.ask(
                "undoing", lambda: work(self.actor, incident_id, judgement_id), shown, lambda _: None
            )

    def around(self, incident_id: int, place_id: int, shown: Callable[[tuple[Near, ...]], None]) -> None:
        """What is held around a place; another place's answer is never shown."""
        work = self.app.surroundings.around
        self.reads.ask("around", lambda: work(self.actor, incident_id, place_id), shown, self._failed)

    def forget_around(self) -> None:
        """No place is in front any longer."""
        self.reads.drop("around")

    def forget_where(self) -> None:
        """No place is being typed any longer."""
        self.reads.drop("where")

    def forget_who(self) -> None:
        """Nobody's name or number is being typed any longer."""
        self.reads.drop("who")

    def forget_offer(self) -> None:
        """No call is being typed any longer."""
        self.reads.drop("offer")

    def separate(self) -> None:
        """The call that is being taken is about something else, or it is not after all."""
        self.parting.emit()

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

    # urgency

    def grade(self, grade: str, reason: str = "") -> None:
        """Choose a grade. What it needs is shown in place when it is refused."""
        self.meant(lambda: self._try(lambda i: self.app.incidents.grade(self.actor, i, grade, reason), grade))

    def close(self, reason: str = "") -> None:
        """Close the incident, or say what that needs."""
        self.meant(lambda: self._try(lambda i: self.app.incidents.close(self.actor, i, reason), "close"))

    def _try(self, act: Callable[[int], Outcome], wanted: str) -> None:
        asked = self.incident_id
        self.on_incident(act, lambda outcome: self._tried(asked, outcome, self.name_of(wanted)))

    def came(self, asked: int | None, result: object, form: str) -> None:
        """What became of a form: what the guard still needs, or why what was kept does not count."""
        if isinstance(result, Outcome):
            self._tried(asked, result, form)
        elif isinstance(result, Recorded) and result.why_not:
            kept = tr("Kept, and it does not count yet. {why}")
            self.said.emit(kept.format(why=result.why_not), "serious")
        elif not isinstance(result, str):
            # What an earlier act said would stand there as if it were of this one.
            self.said.emit(tr("{form}: recorded.").format(form=form), "calm")

    def _tried(self, asked: int | None, outcome: Outcome, wanted: str) -> None:
        if asked != self.incident_id:
            self._tried_aside(asked, outcome, wanted)
        elif not outcome.accepted:
            self.request_id = outcome.request_id
            self.refused.emit(outcome, wanted)
        else:
            self.request_id = None
            self.rationale_over.emit()
            self._accepted(outcome)

    def _tried_aside(self, asked: int | None, outcome: Outcome, wanted: str) -> None:
        """What was asked of an incident that is no longer in front."""
        assert asked is not None
        reference = self.reference_of(asked)
        if outcome.accepted and outcome.ruling.act in CLOSING:
            self.put_away(asked)
        done = (
            tr("{reference}: {wanted} is recorded.")
            if outcome.accepted
            else tr("{reference}: {wanted} needs more.")
        )
        self.said.emit(done.format(reference=reference, wanted=wanted), "accent")

    def _accepted(self, outcome: Outcome) -> None:
        if outcome.ruling.act in CLOSING:
            closed = self.incident_id
            if closed is not None:
                self.put_away(closed)
            self.said.emit(tr("Closed."), "calm")
        elif outcome.ruling.act in AUTHORISED:
            self.said.emit(tr("Recorded."), "calm")
        else:
            self.said.emit(tr("{grade} stands.").format(grade=self.name_of(outcome.ruling.grade)), "calm")

    def name_of(self, grade: str) -> str:
        """A grade's shown name."""
        found = next((g for g in self.app.policy.scheme.grades if g.id == grade), None)
        return found.name if found else tr("the incident")

    def give_rationale(self, ground: str, reason: str, answers: list[RationaleAnswer]) -> None:
        """Give the rationale for what was asked and refused; what is still missing is said in its place."""
        request_id = self.request_id
        if request_id is None:
            return
        said = [a for a in answers if a.what_changed.strip() or a.said_by or a.how_checked]

        asked = self.incident_id

        def given(outcome: Outcome) -> None:
            if asked != self.incident_id:
                self._tried_aside(asked, outcome, words.act(outcome.ruling.act))
            elif outcome.accepted:
                self.request_id = None
                self.rationale_over.emit()
                self._accepted(outcome)
            else:
                self.rationale_needs.emit(outcome.needs)

        self.on_incident(
            lambda i: self.app.incidents.give_rationale(self.actor, i, request_id, ground, reason, said),
            given,
        )

    def keep(self) -> None:
        """Keep the standing grade: what was asked is taken back, and nothing else changes."""
        waiting: Request | None = self.view.request if self.view else None
        own = waiting.id if waiting is not None and waiting.author_id == self.actor.user_id else None
        request_id = self.request_id or own
        self.request_id = None
        self.rationale_over.emit()
        if request_id is not None:
            self.on_incident(lambda i: self.app.incidents.withdraw(self.actor, i, request_id))

    def respond(self, state: ResponseState, note: str = "") -> None:
        """Record how far the response has got. It never touches the grade."""
        self.meant(
            lambda: self.on_incident(lambda i: self.app.progress.respond(self.actor, i, state, note=note))
        )


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
