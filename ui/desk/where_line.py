"""In the form of a new call: which places its words may mean. Of two places of one name neither is guessed."""

from collections.abc import Callable

from callhandler.services.calls import CallIn
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.strip import Strip
from ui.desk.may_be import MayBe


class WhereLine(MayBe):
    """Which place may be meant."""

    key = "Alt+Shift+Y"
    asked_by = ("place",)

    def __init__(self, desk: DeskController, strip: Strip, turned: Callable[[], None]) -> None:
        super().__init__(strip, turned)
        self._desk = desk

    @property
    def place(self) -> int | None:
        """Where it is, as the handler said of what is typed now."""
        return self.chosen

    def _ask(self, call: CallIn) -> None:
        self._desk.where(call, self._came)

    def _drop(self) -> None:
        self._desk.forget_where()

    def _words(self) -> tuple[str, str, str, str]:
        return (
            tr("Place may be {name}{of}: {why}. {key}: it is"),
            tr("Place taken to be {name}{of}, as you say: {why}. {key}: the next"),
            tr("Place taken to be {name}{of}, as you say: {why}. {key}: none of these"),
            tr(". There are more than could be compared: give the postcode or the town"),
        )
