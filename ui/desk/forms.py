"""The desk's forms: which fields each has, and which service its values go to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from callhandler.model.facts import Stance
from callhandler.model.incident import CallOutcome, ResponseState
from callhandler.model.people import Role
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from ui.common import words
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.offers import Offers
from ui.desk.strips import Field, Strip
from ui.tasks import Failure

Values = dict[str, str]


@dataclass(frozen=True)
class Form:
    """One form: its action's name and key, its strip, which fields must be filled, and what it does."""

    name: str
    key: str
    strip: Strip
    needed: tuple[str, ...]
    act: Callable[[int, Values], Any] | None


def who(value: str) -> int | str:
    """A person chosen from the picture, by id; or a name as it is said."""
    return int(value[1:]) if value.startswith("#") and value[1:].isdigit() else value


class Forms(QObject):
    """All forms of the desk; at most one is open. `changed` tells that one opened or left, `over` that none is."""

    over = Signal()
    changed = Signal()

    def __init__(self, desk: DeskController) -> None:
        super().__init__(desk)
        self._desk = desk
        self.all: dict[str, Form] = {}
        app, policy, actor = desk.app, desk.app.policy, desk.actor

        offers = Offers(desk)

        def fixed(pairs: list[tuple[str, str]]) -> Callable[[], list[tuple[str, str]]]:
            return lambda: pairs

        indicators = fixed([(i.id, i.name) for i in policy.pack.indicators])
        types = fixed([(t.id, t.name) for t in policy.pack.types])
        orders = fixed([(o.id, o.name) for o in policy.pack.orders])
        rooms = fixed([(r, r) for r in policy.scheme.rooms])
        outcomes = fixed([(o.value, tr(o.value.replace("_", " ").capitalize())) for o in CallOutcome])
        states = fixed([(s.value, words.state(s)) for s in ResponseState])
        stances = fixed([(Stance.TOLD.value, tr("Told")), (Stance.DENIED.value, tr("Denied"))])
        facts = fixed([(c.id, c.name) for c in policy.pack.confirmations])
        sayers = fixed([(c.id, c.name) for c in policy.gates.said_by])
        checks = fixed([(c.id, c.name) for c in policy.gates.how_checked])
        roles = fixed([(r.value, words.role(r)) for r in Role])
        said = Field("words", tr("In her words"), stretch=4)

        self._add(
            "call",
            tr("New call"),
            "Ctrl+N",
            tr("A call joins the incident it belongs to by itself, and says why."),
            [
                Field("number", tr("Number")),
                Field("name", tr("Name")),
                Field("place", tr("Place"), offers.places, free=True),
                Field("type", tr("Type"), types),
                said,
            ],
        )
        self._add(
            "tell",
            tr("She tells"),
            "Ctrl+D",
            tr("Type any part of what it is. A denial cancels nothing."),
            [
                Field("indicator", tr("What is told"), indicators, stretch=3),
                Field("about", tr("About whom"), offers.people, free=True),
                Field("harmed", tr("Who is harmed"), offers.people, free=True),
                Field("stance", tr("Told or denied"), stances, "told"),
                said,
            ],
            ("indicator", "words"),
            lambda i, v: app.telling.tell(
                actor,
                i,
                Told(
                    v["indicator"],
                    v["words"],
                    about=who(v["about"]),
                    harmed=who(v["harmed"]),
                    stance=Stance(v["stance"] or "told"),
                ),
            ),
        )
        self._add(
            "order",
            tr("Order told of"),
            "Ctrl+O",
            tr("It counts as live from this moment, copy or no copy."),
            [
                Field("type", tr("Order"), orders, "nmo"),
                Field("protected", tr("Protects"), offers.hers, free=True),
                Field("respondent", tr("Against"), offers.suspects, free=True),
                said,
            ],
            ("type", "protected", "respondent"),
            lambda i, v: app.orders.declare(
                actor, i, v["type"], who(v["protected"]), who(v["respondent"]), v["words"]
            ),
        )
        self._add(
            "move",
            tr("Moves"),
            "Ctrl+M",
            tr("Number, grade, clock and warnings stay as they are."),
            [
                Field("to", tr("Now at"), offers.places, free=True),
                Field("going", tr("Going to"), offers.places, free=True),
                Field("room", tr("Sent to room"), rooms, free=True),
            ],
            (),
            lambda i, v: app.whereabouts.move(actor, i, v["to"], v["going"], v["room"]),
        )
        self._add(
            "back",
            tr("Rang back"),
            "Ctrl+B",
            tr("No answer is never reassurance."),
            [
                Field("outcome", tr("What came of it"), outcomes, "no_answer"),
                Field("number", tr("Number")),
                said,
            ],
            ("outcome",),
            lambda i, v: app.calls.ring_back(actor, i, CallOutcome(v["outcome"]), v["number"], v["words"]),
        )
        self._add(
            "response",
            tr("Response"),
            "Ctrl+R",
            tr("Who can go and how far they have got. Never a grade."),
            [Field("state", tr("State"), states), Field("note", tr("Note"), stretch=4)],
            ("state",),
            lambda i, v: app.progress.respond(actor, i, ResponseState(v["state"]), note=v["note"]),
        )
        self._add(
            "confirm",
            tr("Confirmed"),
            "Ctrl+F",
            tr("Only what somebody saw or checked settles a warning. The grade stays."),
            [
                Field("fact", tr("What is confirmed"), facts, stretch=3),
                Field("about", tr("About whom"), offers.people, free=True),
                Field("who", tr("Who says so"), sayers),
                Field("how", tr("How checked"), checks),
                Field("words", tr("Words")),
            ],
            ("fact", "who", "how"),
            lambda i, v: app.progress.confirm(
                actor, i, v["fact"], v["who"], v["how"], who(v["about"]), v["words"]
            ),
        )
        self._add(
            "party",
            tr("Somebody named"),
            "Ctrl+P",
            tr("History known about this person joins the picture."),
            [Field("person", tr("Who"), offers.people, free=True), Field("role", tr("Role"), roles)],
            ("person", "role"),
            lambda i, v: app.telling.name_party(actor, i, who(v["person"]), Role(v["role"])),
        )
        self._add(
            "task",
            tr("Task done"),
            "Ctrl+G",
            tr("What was open and is done now, and with what outcome."),
            [Field("task", tr("Task"), offers.tasks, stretch=3), Field("outcome", tr("Outcome"), stretch=3)],
            ("task", "outcome"),
            lambda i, v: app.progress.finish_task(actor, i, int(v["task"]), v["outcome"]),
        )
        self._add(
            "follow",
            tr("Followed up"),
            "Ctrl+L",
            tr("What was told stays open until this is recorded."),
            [
                Field("told", tr("What was told"), offers.disclosures, stretch=3),
                Field("text", tr("How it was followed up"), stretch=3),
            ],
            ("told", "text"),
            lambda i, v: app.progress.follow_up(actor, i, [int(v["told"])], v["text"]),
        )
        self._add(
            "type",
            tr("Another type"),
            "Ctrl+Shift+T",
            tr("Warnings raised under the old type stay."),
            [Field("type", tr("Type"), types), Field("reason", tr("Reason"), stretch=3)],
            ("type",),
            lambda i, v: app.progress.retype(actor, i, v["type"], v["reason"]),
        )

    def _add(
        self,
        code: str,
        name: str,
        key: str,
        hint: str,
        fields: list[Field],
        needed: tuple[str, ...] = (),
        act: Callable[[int, Values], Any] | None = None,
    ) -> None:
        strip = Strip(f"{name} ({key})", hint, fields)
        strip.left.connect(self.leave)
        strip.sent.connect(lambda values, c=code: self._send(c, values))
        self.all[code] = Form(name, key, strip, needed, act)
        self._labels = getattr(self, "_labels", {}) | {f"{code}.{f.name}": f.label for f in fields}

    def open(self, code: str) -> None:
        """Open one form and close any other."""
        form = self.all[code]
        if form.act is not None and self._desk.view is None:
            self._desk.said.emit(
                tr("No incident is open: take a call (Ctrl+N), or open one from the board (Ctrl+5)."),
                "serious",
            )
            return
        for other in self.all.values():
            if other is not form:
                other.strip.hide()
        form.strip.open()
        self.changed.emit()

    @property
    def any_open(self) -> bool:
        """True while a form is open."""
        return any(not form.strip.isHidden() for form in self.all.values())

    def leave(self) -> None:
        """Close whatever form is open."""
        for form in self.all.values():
            form.strip.hide()
        self.changed.emit()
        self.over.emit()

    def _send(self, code: str, values: Values) -> None:
        form = self.all[code]
        missing = [self._labels[f"{code}.{n}"] for n in form.needed if not values[n]]
        if missing:
            form.strip.say_fault(tr("Still needed: ") + ", ".join(missing))
            return

        def failed(failure: Failure) -> None:
            form.strip.say_fault(failure.sentence)

        if form.act is None:
            call = CallIn(
                number=values["number"],
                name=values["name"],
                speaker=values["name"],
                place=values["place"],
                type=values["type"],
                words=values["words"],
            )
            self._desk.take(call, failed, self.leave)
        else:
            act = form.act
            self._desk.on_incident(lambda i: act(i, values), lambda _: self.leave(), failed)
