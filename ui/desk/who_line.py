"""In the form of a new call: who may be ringing, by name, number and date of birth; everybody who uses a number is shown."""

from collections.abc import Callable

from callhandler.services.calls import CallIn
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.strip import Strip
from ui.desk.may_be import MayBe


class WhoLine(MayBe):
    """Who may be ringing."""

    key = "Alt+Y"
    asked_by = ("name", "number", "born")

    def __init__(self, desk: DeskController, strip: Strip, turned: Callable[[], None]) -> None:
        super().__init__(strip, turned)
        self._desk = desk
        desk.get_ready()

    @property
    def person(self) -> int | None:
        """Who rings, as the handler said of what is typed now."""
        return self.chosen

    def ask(self, call: CallIn) -> None:
        """Ask who a name or a number may mean; a date of birth alone means nobody."""
        if call.name.strip() or call.number.strip():
            super().ask(call)
        else:
            self._asked = call
            self.forget()

    def _ask(self, call: CallIn) -> None:
        self._desk.who(call, self._came)

    def _drop(self) -> None:
        self._desk.forget_who()

    def _words(self) -> tuple[str, str, str, str]:
        return (
            tr("May be {name}{of}: {why}. {key}: it is"),
            tr("Taken to be {name}{of}, as you say: {why}. {key}: the next"),
            tr("Taken to be {name}{of}, as you say: {why}. {key}: nobody of these"),
            tr(". There are more than could be weighed: give the date of birth or another name"),
        )
