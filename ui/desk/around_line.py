"""Under the places: what is held of the flat below, the building, next door; a quiet line, apart from the place's own."""

from PySide6.QtCore import QObject

from callhandler.model.when import When
from callhandler.services.desk import View
from callhandler.services.surroundings import Near
from ui.common import words
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.who_rows import place_now_id

MOST = 4


class AroundLine(QObject):
    """Asks once for each place that somebody is at; says nothing where nothing is held around it."""

    def __init__(self, desk: DeskController, line: Text) -> None:
        super().__init__(desk)
        self._desk = desk
        self._line = line
        self._asked: tuple[int, int] | None = None
        desk.viewed.connect(self._viewed)

    def _viewed(self, view: View | None) -> None:
        place = place_now_id(view) if view is not None else None
        asked = (view.picture.here, place) if view is not None and place is not None else None
        if asked == self._asked:
            return
        self._asked = asked
        self._show(())
        if asked is None:
            self._desk.forget_around()
        else:
            self._desk.around(*asked, self._show)

    def _show(self, near: tuple[Near, ...]) -> None:
        self._line.setVisible(bool(near))
        if near:
            told = "; ".join(spoken(one) for one in near[:MOST])
            left = len(near) - MOST
            more = tr("; and {n} more places").format(n=left) if left > 0 else ""
            self._line.say(tr("Around it: {told}{more}").format(told=told, more=more))


def spoken(near: Near) -> str:
    """One place around, in words: what it is to this one, its name, what is held of it."""
    held = words.counted(near.incidents, tr("incident"), tr("incidents"))
    sure, perhaps = (
        tr("{relation}, {label}: {held}, last {day}"),
        tr("perhaps {relation}, {label}: {held}, last {day}"),
    )
    day = When(near.last).spoken_day()
    return (sure if near.sure else perhaps).format(
        relation=near.relation, label=near.label, held=held, day=day
    )
