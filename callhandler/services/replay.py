"""Plays a scenario through the very services that the desk uses, and says what was seen at each event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

from callhandler.clock import SettableClock
from callhandler.errors import BadInput, Refused
from callhandler.intake import scenario_events as happen
from callhandler.intake.scenario import Scenario, times_of
from callhandler.intake.scenario_events import AnyEvent
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer
from callhandler.model.facts import Stance
from callhandler.services.calls import CallIn, Calls
from callhandler.services.corrections import Corrections
from callhandler.services.desk import Desk, View
from callhandler.services.escalations import Escalations
from callhandler.services.identity import Identity
from callhandler.services.incidents import Incidents, Outcome
from callhandler.services.office import Office
from callhandler.services.orders import Orders
from callhandler.services.progress import Progress
from callhandler.services.records import RecordsLoader
from callhandler.services.telling import Telling, Told
from callhandler.services.whereabouts import Whereabouts

PEOPLE = {
    "handler": ("Handler 12", (Right.HANDLER,)),
    "handler-2": ("Handler 31", (Right.HANDLER,)),
    "dispatcher": ("Dispatcher 4", (Right.DISPATCHER,)),
    "supervisor": ("Supervisor 3", (Right.SUPERVISOR,)),
}


@dataclass(frozen=True)
class Step:
    """One event played: what it was, what the attempt in it came to, and the view afterwards (None before any incident)."""

    event: AnyEvent
    at: datetime
    view: View | None
    attempt: Outcome | None
    refused: str


class Replay:
    """A scenario in progress on a fresh store. The office's clock must be the scenario's."""

    def __init__(self, office: Office, scenario: Scenario) -> None:
        if not hasattr(office.clock, "move_to"):
            raise BadInput("A replay needs a scenario's clock.")
        self.office = office
        self.clock = cast(SettableClock, office.clock)
        self.scenario = scenario
        self.calls = Calls(office)
        self.telling = Telling(office)
        self.whereabouts = Whereabouts(office)
        self.orders = Orders(office)
        self.progress = Progress(office)
        self.incidents = Incidents(office)
        self.escalations = Escalations(office)
        self.corrections = Corrections(office)
        self.desk = Desk(office)
        self._identity = Identity(office)
        self._actors: dict[str, Actor] = {}
        self._named: dict[str, int] = {}
        self._current: int | None = None
        self._request: int | None = None
        self._records = RecordsLoader(office, scenario.zone)
        self._labels = {p.id: p.label for p in scenario.records.places}
        self._names = {p.id: p.name for p in scenario.records.people}
        self._loaded = False
        self._played = 0

    @property
    def incident_id(self) -> int | None:
        """The incident that the last event was about."""
        return self._current

    def prepare(self) -> None:
        """Load the records and sign the desk's people in; a supervisor only when the scenario says so."""
        self._records.load(self.scenario.records)
        for name, (display, rights) in PEOPLE.items():
            self._identity.add_user(name, display, None, rights, granted_by="scenario")
        self.sit_down()

    def sit_down(self) -> None:
        """Sign in those who work at the desks from the start; in a store that was prepared before, once more."""
        for name in PEOPLE:
            if name != "supervisor":
                self._actors[name] = self._identity.open_session(name, "replay", played=True)
        self._loaded = True

    def play(self) -> Iterator[Step]:
        """Play every event that is left, in order. A refused attempt is recorded and the run goes on."""
        if not self._loaded:
            self.prepare()
        times = times_of(self.scenario)
        while self._played < len(times):
            index = self._played
            self._played += 1
            yield self.play_one(self.scenario.events[index], times[index])

    def play_until(self, event_id: str) -> Iterator[Step]:
        """Play up to and including one event; `play` or another `play_until` goes on from there."""
        for step in self.play():
            yield step
            if step.event.id == event_id:
                return

    def play_one(self, event: AnyEvent, at: datetime) -> Step:
        """Move the clock to the event and let it happen."""
        self._wait_until(max(at, self.clock.now()))
        if event.incident and event.incident in self._named:
            self._current = self._named[event.incident]
        if self._current is not None:
            self.incidents.tick(self._current)
        attempt, refused = None, ""
        try:
            attempt = self._do[type(event)](self, event)
        except Refused as error:
            refused = str(error)
        except BadInput as error:
            raise BadInput(error.sentence, f"{self.scenario.scenario}: event {event.id}") from error
        if event.incident and self._current is not None:
            self._named[event.incident] = self._current
        view = self.desk.view(self._actors["handler"], self._current) if self._current is not None else None
        return Step(event, self.clock.now(), view, attempt, refused)

    def play_on(self, event: AnyEvent, incident_id: int, request_id: int | None = None) -> Step:
        """Let one event happen now on an incident that a desk opened by itself; `request_id` is the lowering it answers."""
        self._current = incident_id or None
        self._request = request_id
        return self.play_one(event, self.clock.now())

    def _wait_until(self, at: datetime) -> None:
        """Let time pass, and let each escalation fall due at its own minute on the way."""
        while self._current is not None:
            due = self.escalations.next_at(self._current)
            if due is None or due > at:
                break
            self.clock.move_to(due)
            self.escalations.tick_one(self._current)
        self.clock.move_to(at)
        if self._current is not None:
            self.escalations.tick_one(self._current)

    def actor(self, name: str) -> Actor:
        """The scenario's own person of this name, signed in. Raises BadInput when there is none."""
        if name not in self._actors:
            if name not in PEOPLE:
                raise BadInput(f"Nobody called {name} works at this desk; there are {', '.join(PEOPLE)}.")
            self._actors[name] = self._identity.open_session(name, "replay", played=True)
        return self._actors[name]

    # who, what, where

    def _actor(self, event: AnyEvent) -> Actor:
        return self.actor(event.by)

    def _incident(self) -> int:
        if self._current is None:
            raise BadInput("This event needs an incident; a call comes first.")
        return self._current

    def _place(self, words: str) -> str:
        return self._labels.get(words, words)

    def _person(self, words: str) -> int | str:
        return self._records.people.get(words, words)

    # one small function an event

    def _call(self, e: happen.CallEvent) -> None:
        taken = self.calls.take(
            self._actor(e),
            CallIn(
                number=e.number,
                outcome=e.outcome,
                speaker=e.speaker,
                name=self._names.get(e.name, e.name),
                place=self._place(e.place),
                type=e.type or "",
                words=e.words,
                heard=e.heard,
                join=e.join,
                role=e.role,
            ),
        )
        self._current = taken.incident_id

    def _call_back(self, e: happen.CallBackEvent) -> None:
        self.calls.ring_back(self._actor(e), self._incident(), e.outcome, e.number, e.words)

    def _tell(self, e: happen.TellEvent) -> None:
        told = Told(
            e.indicator,
            e.words,
            self._person(e.teller),
            self._person(e.about),
            self._person(e.harmed),
            e.stance,
            e.source,
        )
        self.telling.tell(self._actor(e), self._incident(), told)

    def _reply(self, e: happen.ReplyEvent) -> None:
        self.telling.reply(self._actor(e), self._incident(), e.question, e.reply, e.words)

    def _log(self, e: happen.LogEvent) -> None:
        self.telling.write(self._actor(e), self._incident(), e.text, e.kind, e.source)

    def _party(self, e: happen.PartyEvent) -> None:
        self.telling.name_party(self._actor(e), self._incident(), self._person(e.person), e.role)

    def _move(self, e: happen.MoveEvent) -> None:
        self.whereabouts.move(
            self._actor(e), self._incident(), self._place(e.to), self._place(e.going_to), e.room
        )

    def _acknowledge(self, e: happen.AcknowledgeEvent) -> None:
        self.whereabouts.acknowledge(self._actor(e), self._incident(), e.room)

    def _order(self, e: happen.OrderEvent) -> None:
        self.orders.declare(
            self._actor(e),
            self._incident(),
            e.type,
            self._person(e.protected),
            self._person(e.respondent),
            e.words,
            e.teller,
            terms=e.terms,
            knows=e.knows,
        )

    def _order_fact(self, e: happen.OrderFactEvent) -> None:
        self.orders.learn(
            self._actor(e), self._incident(), e.type, e.fact, e.said_by, verified=e.verified, words=e.words
        )

    def _response(self, e: happen.ResponseEvent) -> None:
        self.progress.respond(self._actor(e), self._incident(), e.state, e.target, e.note)

    def _confirm(self, e: happen.ConfirmEvent) -> None:
        about = self._person(e.about) if e.about else ""
        self.progress.confirm(
            self._actor(e), self._incident(), e.fact, e.said_by, e.confirmed_by, about, e.words
        )

    def _follow_up(self, e: happen.FollowUpEvent) -> None:
        view = self.desk.view(self._actor(e), self._incident())
        wanted = [d.id for d in view.picture.disclosures if d.indicator == e.indicator and d.open]
        if not wanted:
            raise BadInput(f"No disclosure {e.indicator} is open here.")
        self.progress.follow_up(self._actor(e), self._incident(), wanted, e.text)

    def _check(self, e: happen.CheckEvent) -> None:
        subject = (
            self._labels.get(e.subject, e.subject)
            if e.on == "place"
            else self._names.get(e.subject, e.subject)
        )
        self.telling.count_only(
            self._actor(e), self._incident(), e.on, subject, e.number, e.counted, e.span, e.source
        )

    def _transfer(self, e: happen.TransferEvent) -> Outcome:
        if self._current is None:
            self._current = self.calls.take(
                self._actor(e), CallIn(words=f"Transferred by {e.sender}.")
            ).incident_id
        return self.incidents.receive(self._actor(e), self._incident(), e.sender, e.grade, e.words)

    def _cancel(self, e: happen.CancelEvent) -> None:
        told = Told("cancel-request", e.words, teller=self._person(e.teller), stance=Stance.TOLD)
        self.telling.tell(self._actor(e), self._incident(), told)

    def _retype(self, e: happen.RetypeEvent) -> Outcome:
        return self.corrections.retype(self._actor(e), self._incident(), e.type, e.reason, e.qualifiers)

    def _grade(self, e: happen.GradeEvent) -> Outcome:
        outcome = self.incidents.grade(self._actor(e), self._incident(), e.grade, e.reason)
        self._request = outcome.request_id or self._request
        return outcome

    def _close(self, e: happen.CloseEvent) -> Outcome:
        outcome = self.incidents.close(self._actor(e), self._incident(), e.reason)
        self._request = outcome.request_id or self._request
        return outcome

    def _rationale(self, e: happen.RationaleEvent) -> Outcome:
        if self._request is None:
            raise BadInput("A rationale needs a lowering that was asked for.")
        answers = [RationaleAnswer(a.warning, a.what_changed, a.said_by, a.how_checked) for a in e.answers]
        return self.incidents.give_rationale(
            self._actor(e), self._incident(), self._request, e.ground, e.reason, answers
        )

    def _agree(self, e: happen.AgreeEvent) -> Outcome:
        if self._request is None:
            raise BadInput("An agreement needs a lowering that was asked for.")
        return self.incidents.agree(self._actor(e), self._incident(), self._request, e.verdict, e.reason)

    def _sign(self, e: happen.SignInEvent) -> None:
        if e.do == "sign_in":
            self._actors[e.role] = self._identity.open_session(e.role, "replay, another desk", played=True)
        elif actor := self._actors.pop(e.role, None):
            self._identity.sign_out(actor)

    def _tick(self, _e: happen.TickEvent) -> None:
        return None

    _do: ClassVar[dict[type, Callable[[Any, Any], Outcome | None]]] = {
        happen.CallEvent: _call,
        happen.CallBackEvent: _call_back,
        happen.TellEvent: _tell,
        happen.ReplyEvent: _reply,
        happen.LogEvent: _log,
        happen.PartyEvent: _party,
        happen.MoveEvent: _move,
        happen.AcknowledgeEvent: _acknowledge,
        happen.OrderEvent: _order,
        happen.OrderFactEvent: _order_fact,
        happen.ResponseEvent: _response,
        happen.ConfirmEvent: _confirm,
        happen.FollowUpEvent: _follow_up,
        happen.CheckEvent: _check,
        happen.TransferEvent: _transfer,
        happen.CancelEvent: _cancel,
        happen.RetypeEvent: _retype,
        happen.GradeEvent: _grade,
        happen.CloseEvent: _close,
        happen.RationaleEvent: _rationale,
        happen.AgreeEvent: _agree,
        happen.SignInEvent: _sign,
        happen.TickEvent: _tick,
    }
