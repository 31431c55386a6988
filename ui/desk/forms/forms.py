"""The desk's forms: how they open, keep what is typed, and give their values on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from callhandler.errors import BadInput
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.every import add_forms
from ui.desk.forms.field import Field
from ui.desk.forms.group import Group
from ui.desk.forms.strip import Strip
from ui.desk.joining import JoinLine
from ui.desk.keeping import unpacked
from ui.desk.order_help import OrderHelp
from ui.desk.undoing import Undoing
from ui.tasks import Failure

Values = dict[str, str]


@dataclass(frozen=True)
class Form:
    """One form: its action's name, key and group, its strip, which fields must be filled, and what it does.

    Words that the act gives back are said when it is done.

    `opens` is for a form that needs no incident and opens one: it gives the incident's id.
    """

    name: str
    key: str
    group: Group
    strip: Strip
    needed: tuple[str, ...]
    act: Callable[[int, Values], Any] | None
    at_once: Callable[[], object] | None = None
    opens: Callable[[Values], int] | None = None

    @property
    def needs_incident(self) -> bool:
        """True when it is about the incident in front."""
        return self.act is not None


class Forms(QObject):
    """All forms of the desk; at most one is open. `changed` tells that one opened or left, `over` that none is."""

    over = Signal()
    changed = Signal()

    def __init__(self, desk: DeskController) -> None:
        super().__init__(desk)
        self._desk = desk
        self.all: dict[str, Form] = {}
        self._fields: dict[str, list[Field]] = {}
        self._labels: dict[str, str] = {}
        self._group = Group.CALL
        self.order_help: OrderHelp | None = None
        add_forms(self, desk)
        self.join = JoinLine(desk, self.all["call"].strip)
        self.undoing = Undoing(desk, self.all["unjudge"].strip)

    def under(self, group: Group) -> None:
        """What is added from here on belongs to this group."""
        self._group = group

    def add(
        self,
        code: str,
        name: str,
        key: str,
        hint: str,
        fields: list[Field],
        needed: tuple[str, ...] = (),
        act: Callable[[int, Values], Any] | None = None,
        opens: Callable[[Values], int] | None = None,
    ) -> None:
        strip = Strip(f"{name} ({key})", hint, fields)
        strip.left.connect(lambda c=code: self.abandon(c))
        strip.sent.connect(lambda values, c=code: self._send(c, values))
        strip.typed.connect(lambda field, text, c=code: self._keep(c, field, text))
        self.all[code] = Form(name, key, self._group, strip, needed, act, opens=opens)
        self._fields[code] = fields
        self._labels |= {f"{code}.{f.name}": f.label for f in fields}

    def command(self, code: str, name: str, key: str, at_once: Callable[[], object]) -> None:
        """An act by key that asks for nothing."""
        self._fields[code] = []
        self.all[code] = Form(name, key, self._group, Strip(name, "", []), (), None, at_once)

    def open(self, code: str) -> None:
        """Open one form, with what was typed into it before and not recorded; or do at once what asks for nothing."""
        form = self.all[code]
        if form.at_once is not None:
            form.at_once()
            return
        if form.act is None:
            self._show(code)
        else:
            self._desk.meant(lambda: self._show(code))

    def _show(self, code: str) -> None:
        form = self.all[code]
        if form.act is not None and self._desk.incident_id is None:
            self._desk.said.emit(
                tr("No incident is open: take a call (Ctrl+N), or open one from the board (Ctrl+5)."),
                "serious",
            )
            return
        self._hide_others(form)
        form.strip.open(self._desk.keeper.of(self._incident(code), code))
        if code == "call":
            self.join.begin()
        elif code == "unjudge":
            self.undoing.ask()
        self.changed.emit()

    def _incident(self, code: str) -> str:
        """Whose draft it is; a call that is being taken belongs to none yet."""
        return str(self._desk.incident_id) if self.all[code].needs_incident else ""

    def _keep(self, code: str, field: str, text: str) -> None:
        default = next((f.likely for f in self._fields[code] if f.name == field), "")
        # What a form offers by itself was not typed.
        untouched = default and unpacked(text)[0] == default
        self._desk.keeper.keep(self._incident(code), code, field, "" if untouched else text)

    def keep_now(self) -> None:
        """Keep what is typed at once: another incident comes up, or the window is about to go."""
        for form in self.all.values():
            form.strip.keep_now()

    def put_aside(self) -> None:
        """Another incident comes up: a form that is half filled in stays with its own."""
        self.keep_now()
        for form in self.all.values():
            if form.needs_incident:
                form.strip.hide()
        self.changed.emit()

    def take_up(self) -> None:
        """The half-filled form of the incident that came up is open again; the hands stay where they are."""
        if self.any_open or self._desk.incident_id is None:
            return
        kept = self._desk.keeper.forms(str(self._desk.incident_id))
        code = next((c for c in reversed(kept) if c in self.all), "")
        if code:
            own = self._desk.keeper.of(str(self._desk.incident_id), code)
            self.all[code].strip.open(own, focus=False)
            self.changed.emit()

    @property
    def any_open(self) -> bool:
        """True while a form is open."""
        return any(not form.strip.isHidden() for form in self.all.values())

    def _hide_others(self, form: Form) -> None:
        for other in self.all.values():
            if other is not form and not other.strip.isHidden():
                other.strip.keep_now()
                other.strip.hide()

    def abandon(self, code: str) -> None:
        """Esc: what was typed is not wanted."""
        self.all[code].strip.forget_typed()
        self._desk.keeper.drop(self._incident(code), code)
        self.leave()

    def leave(self) -> None:
        """Close whatever form is open."""
        self.join.end()
        # First the hands, then the strip: else the focus would be spoken on its way past whatever comes next.
        self.over.emit()
        for form in self.all.values():
            form.strip.hide()
        self.changed.emit()

    def _send(self, code: str, values: Values) -> None:
        form = self.all[code]
        empty = [n for n in form.needed if not values[n]]
        missing = [self._labels[f"{code}.{n}"] for n in empty]
        if missing:
            barren = next((f for f in self._fields[code] if f.name in form.needed and f.offers_none), None)
            form.strip.say_fault(
                tr("There is none here to choose: {field}").format(field=barren.label)
                if barren is not None
                else tr("Still needed: ") + ", ".join(missing),
                empty[0] if barren is None else barren.name,
            )
            return
        incident = self._incident(code)
        form.strip.keep_now()

        def failed(failure: Failure) -> None:
            where = failure.error.where if isinstance(failure.error, BadInput) else ""
            form.strip.say_fault(failure.sentence, where)

        def done(told: object = None) -> None:
            if isinstance(told, str):
                self._desk.said.emit(told, "accent")
            self._desk.keeper.drop(incident, code)
            # Meanwhile another incident may have come up, with a form of its own.
            if incident == self._incident(code) and not form.strip.isHidden():
                form.strip.forget_typed()
                self.leave()

        if form.opens is not None:
            opens = form.opens

            def came(incident_id: int) -> None:
                done()
                self._desk.open(incident_id)

            self._desk.do(lambda: opens(values), came, failed)
        elif form.act is None:
            self._desk.take(self.join.call(values), failed, done)
        else:
            act = form.act
            wanted, name = self._desk.incident_id, form.name

            def landed(result: object) -> None:
                done(result)
                self._desk.came(wanted, result, name)

            self._desk.on_incident(lambda i: act(i, values), landed, failed)
