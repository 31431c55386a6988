"""A handler's hands: each event of a scenario as the keys that record it, and each waited for until it is durable."""

import sys
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from callhandler import app as core
from callhandler.intake import scenario_events as happen
from callhandler.intake.scenario import read_scenario, times_of
from callhandler.model.assessment import Verdict
from callhandler.model.incident import ResponseState
from callhandler.settings import Settings
from tests.e2e.journal import Journal
from tests.e2e.screen import Window, until
from ui.common import words

HER_NUMBER = "+447700900418"
SPOKEN = "07700 900 418"
LOG = "Log entry"

Row = dict[str, Any]


class Hands:
    """Plays the shipped night into a window by keys alone; `journal` is where it shows what was recorded."""

    def __init__(self, window: Window, journal: Journal) -> None:
        self.window = window
        self.journal = journal
        scenario = read_scenario(core.find_scenario("night"))
        policy = core.load_policy(Settings(database="", scheme=scenario.scheme))
        self.events = dict(zip((e.id for e in scenario.events), scenario.events, strict=True))
        self.times = dict(zip(self.events, times_of(scenario), strict=True))
        self._left: Iterator[str] = iter(self.events)
        self._indicators = {i.id: i.name for i in policy.pack.indicators}
        self._types = {t.id: t.name for t in policy.pack.types}
        self._people = {p.id: p.name for p in scenario.records.people}
        self._labels = {p.id: p.label for p in scenario.records.places}
        self.said_by = [c.id for c in policy.gates.said_by]
        self.how_checked = [c.id for c in policy.gates.how_checked]
        self.grounds = [g.id for g in policy.gates.grounds]

    # the night

    def play(self, last: str) -> Row:
        """Play up to and including an event; returns the row that the last one left."""
        self.window.mark()
        row: Row = {}
        for name in self._left:
            row = self.do(name)
            if name == last:
                return row
        raise AssertionError(f"the night has no event {last} after the last one played")

    def skip(self, last: str) -> None:
        """Leave out what comes up to and including an event: it is done otherwise."""
        while next(self._left) != last:
            pass

    def at(self, name: str) -> None:
        """Let it be the time of an event, at every desk."""
        self.journal.clock.move_to(self.times[name])

    def do(self, name: str) -> Row:
        """Play one event, and see that the store holds what it tells."""
        self.at(name)
        event = self.events[name]
        return self._keys[type(event)](self, event)

    # by form

    def form(self, table: str, key: str, spoken: str, *fields: str) -> Row:
        """Open a form by its key, hear its first field, fill it in, record it, and hear where the hands are then."""

        def act() -> None:
            self.window.press(key)
            self.window.hears(spoken)
            for place, text in enumerate(fields):
                if place:
                    self.window.step()
                if text:
                    self.window.type(text)
            self.window.press("Return")
            self.window.hears(LOG)

        return self.journal.recorded(table, act)

    def line(self, text: str) -> Row:
        """Write a line of the log, where the hands are."""

        def act() -> None:
            self.window.type(text)
            self.window.press("Return")

        row = self.journal.recorded("log_entry", act)
        assert (row["text"], row["author"]) == (text, "Handler 12")
        return row

    def ring(self, number: str = HER_NUMBER) -> None:
        """Let a telephone ring, from a process of its own, and hear it."""
        screen = self.window.screen
        assert screen.run([sys.executable, "-m", "ui", "ring", "--demo", number]).wait(60) == 0
        self.window.hears(f"Ringing, {SPOKEN}")

    def answer(self, *then: str) -> Row:
        """Answer what rings, and press what follows without waiting."""
        row = self.journal.recorded("call", lambda: self.window.press("alt+a", *then))
        assert (row["number"], row["direction"], row["outcome"]) == (HER_NUMBER, "in", "answered")
        return row

    def choose(self, place: int) -> None:
        """Choose from a box by its place in it."""
        self.window.press("Home", *["Down"] * place)

    # one small function an event

    def _call(self, e: happen.CallEvent) -> Row:
        if e.number == HER_NUMBER:
            self.ring()
            row = self.answer()
            self.line(e.words)
            return row
        row = self.form("call", "ctrl+n", "Number", e.number, e.name, e.place, "", e.words)
        assert row["speaker"] == e.speaker
        return row

    def _party(self, e: happen.PartyEvent) -> Row:
        row = self.form("party", "ctrl+p", "Who", e.person, words.role(e.role))
        assert (row["person"], row["role"]) == (e.person, e.role)
        return row

    def _tell(self, e: happen.TellEvent) -> Row:
        told = (self._indicators[e.indicator], e.about, e.harmed, "", e.words)
        row = self.form("disclosure", "ctrl+d", "What is told", *told)
        assert (row["indicator"], row["words"], row["teller"]) == (
            e.indicator,
            e.words,
            e.teller or "Adult 1",
        )
        # Where it is said of nobody, the form offers the one suspect there is.
        assert row.get("about", "") in (e.about, "" if e.about else self._people["perpetrator"])
        assert row.get("harmed", "") == e.harmed
        assert row["author"] == "Handler 12"
        return row

    def _order(self, e: happen.OrderEvent) -> Row:
        told = (e.words, e.respondent, "", "", "", e.protected)
        row = self.form("civil_order", "ctrl+o", "In her words", *told)
        assert (row["type"], row["protected"], row["respondent"]) == (e.type, e.protected, e.respondent)
        assert row["author"] == "Handler 12"
        return row

    def _log(self, e: happen.LogEvent) -> Row:
        return self.line(e.text)

    def _check(self, e: happen.CheckEvent) -> Row:
        told = ("", self._labels[e.subject], str(e.number), e.counted, e.span, e.source)
        row = self.form("history_count", "ctrl+shift+n", "A place", *told)
        assert (row["number"], row["counted"], row["span"]) == (e.number, e.counted, e.span)
        return row

    def _response(self, e: happen.ResponseEvent) -> Row:
        if e.state is ResponseState.UNRESOURCED and e.id == "unresourced-3":
            row = self.journal.recorded("response", lambda: self.window.press("F6"))
        else:
            row = self.form("response", "ctrl+r", "State", words.state(e.state), "", e.note)
            assert row["note"] == e.note
        assert (row["state"], row["target"], row["author"]) == (e.state, "at_risk", "Handler 12")
        return row

    def _move(self, e: happen.MoveEvent) -> Row:
        row = self.form("move", "ctrl+m", "Now at", e.to, e.going_to, e.room)
        assert (row["place"], row["room"]) == (e.to or e.going_to, e.room)
        return row

    def _acknowledge(self, e: happen.AcknowledgeEvent) -> Row:
        row = self.form("receipt", "ctrl+shift+m", "Received by room", e.room)
        assert row["room"] == e.room
        return row

    def _call_back(self, e: happen.CallBackEvent) -> Row:
        outcome = e.outcome.value.replace("_", " ").capitalize()
        row = self.form("call", "ctrl+b", "No answer", outcome, e.number, e.words)
        assert (row["direction"], row["outcome"], row["number"]) == ("out", e.outcome, e.number)
        return row

    _keys: ClassVar[dict[type, Callable[[Any, Any], Row]]] = {
        happen.CallEvent: _call,
        happen.PartyEvent: _party,
        happen.TellEvent: _tell,
        happen.OrderEvent: _order,
        happen.LogEvent: _log,
        happen.CheckEvent: _check,
        happen.ResponseEvent: _response,
        happen.MoveEvent: _move,
        happen.AcknowledgeEvent: _acknowledge,
        happen.CallBackEvent: _call_back,
    }

    # the rationale

    def give(self, answer: Any) -> None:
        """Fill in the block that has the focus; the hands end in its last field."""
        self.window.press("ctrl+a")
        self.window.type(answer.what_changed)
        self.window.step()
        self.choose(self.said_by.index(answer.said_by))
        self.window.step()
        self.choose(self.how_checked.index(answer.how_checked))

    def block(self) -> str:
        """The code of the warning whose block is heard to have the focus now."""
        heard = self.window.hears("What changed: ")["text"].removeprefix("What changed: ")
        return next(code for code, sentence in self.journal.standing().items() if sentence == heard)


def answer_as_supervisor(supervisor: Window, verdict: Verdict, reason: str) -> None:
    """The supervisor answers the request that waits, by keys."""
    supervisor.activate()
    until("the list has the focus", lambda: supervisor.focused()["role"] in ("list", "list item"))
    supervisor.press({Verdict.AGREE: "a", Verdict.KEEP: "k", Verdict.TAKE_OVER: "t"}[verdict])
    supervisor.has_focus("Reason, seen by the handler")
    supervisor.type(reason)
    supervisor.press("Return")
    supervisor.find("Asking for agreement now: 0")
