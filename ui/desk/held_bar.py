"""The incidents held open at once, as a row of small chips: place, reference, grade, overdue, and what came meanwhile."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from callhandler.rules.clocks import minutes_spoken
from callhandler.services.board import OpenIncident
from ui.common import theme, words
from ui.common.words import tr
from ui.desk.flow import Flow


class HeldChip(QPushButton):
    """One incident held open."""

    def __init__(self, incident_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.incident_id = incident_id
        self._late = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFont(theme.letters(theme.base() - 1))

    def show_line(
        self, place: int, number: str, line: OpenIncident | None, *, here: bool, parked: bool, unread: int
    ) -> None:
        """Show where it stands. The one in front is pressed in and says so in words too."""
        parts = [str(place)] if place <= 9 else []
        parts.append(number)
        if line is not None:
            parts.append(line.grade.name if line.grade else tr("no grade"))
            if line.clocks.overdue is not None:
                parts.append("▲ " + tr("over by {time}").format(time=minutes_spoken(line.clocks.overdue)))
        parts += [tr("parked")] if parked else []
        parts += [tr("{n} new").format(n=unread)] if unread else []
        text = " · ".join(parts)
        self.setChecked(here)
        if text != self.text():
            self.setText(text)
        title = line.title if line else ""
        name = f"{text}. {title}" + (". " + tr("In front") if here else "")
        self.setAccessibleName(name)
        self.setToolTip(title)
        self._late = line is not None and line.clocks.overdue is not None
        self.dress()

    def dress(self) -> None:
        """Take the colours from the theme."""
        c, here = theme.colours(), self.isChecked()
        edge = c["accent"] if here else c["line"]
        tone = c["serious"] if self._late else c["text"]
        style = (
            f"QPushButton {{ border: 1px solid {edge}; border-radius: 4px; padding: 2px 8px; color: {tone};"
            f" background: {c['accent_ground'] if here else c['panel']}; }}"
            f" QPushButton:focus {{ border: 2px solid {c['accent']}; padding: 1px 7px; }}"
        )
        if style != self.styleSheet():
            self.setStyleSheet(style)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 22, metrics.height() + 8)


class HeldBar(QFrame):
    """`chosen` tells the incident to go to. A single incident needs no row of its own."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "strip")
        self.setAccessibleName(tr("Incidents held open"))
        self._row = Flow(self, gap=5)
        self._row.setContentsMargins(10, 3, 10, 3)
        self.chips: list[HeldChip] = []
        self.hide()

    def show_held(
        self,
        held: Sequence[int],
        here: int | None,
        board: Sequence[OpenIncident],
        parked: Collection[int],
        unread: Mapping[int, int],
    ) -> None:
        """Show the incidents held, in the order in which they were opened."""
        lines = {b.incident_id: b for b in board}
        if [c.incident_id for c in self.chips] != list(held):
            had = next((c.incident_id for c in self.chips if c.hasFocus()), None)
            for chip in self.chips:
                self._row.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self.chips = [HeldChip(i, self) for i in held]
            for chip in self.chips:
                chip.clicked.connect(lambda _=False, i=chip.incident_id: self.chosen.emit(i))
                self._row.addWidget(chip)
                chip.show()
                if chip.incident_id == had:
                    chip.setFocus(Qt.FocusReason.OtherFocusReason)
        references = [b.reference for b in board]
        for place, chip in enumerate(self.chips, start=1):
            i, line = chip.incident_id, lines.get(chip.incident_id)
            number = words.short_reference(line.reference, references) if line else f"#{i}"
            chip.show_line(place, number, line, here=i == here, parked=i in parked, unread=unread.get(i, 0))
        self.setVisible(len(held) > 1)
