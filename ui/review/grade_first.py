"""The reviewer's own grade, given before the handler's is seen where the item is a blind sample."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from callhandler.policy.entries import Grade
from ui.common import theme
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.review.heads import Heading

BANDS = {"immediate": ("critical", "on_strong"), "priority": ("serious", "on_strong")}


class OwnGrade(QPushButton):
    """One grade with its digit; the one given is filled and says so."""

    def __init__(self, grade: Grade, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = grade
        self.key = key
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_given(False)

    def show_given(self, given: bool) -> None:
        """Show whether this one was given."""
        self.setChecked(given)
        self.setText(
            tr("● {grade}").format(grade=self.grade.name) if given else f"{self.grade.name}  {self.key}"
        )
        name = tr("{grade}, your grade") if given else tr("Your grade: {grade}, key {key}")
        self.setAccessibleName(name.format(grade=self.grade.name, key=self.key))
        self.dress()

    def dress(self) -> None:
        """Take the colours from the theme."""
        c = theme.colours()
        if not self.isChecked():
            self.setStyleSheet("")
            return
        ground, tone = BANDS.get(self.grade.band, ("accent", "ground"))
        self.setStyleSheet(
            f"QPushButton {{ background: {c[ground]}; color: {c[tone]}; border: 1px solid {c[ground]};"
            f" border-radius: 4px; padding: 4px 9px; }}"
            f" QPushButton:focus {{ border: 2px solid {c['text']}; padding: 3px 8px; }}"
        )


class GradeFirst(QWidget):
    """`given` tells the grade that was chosen."""

    given = Signal(str)

    def __init__(self, grades: Sequence[Grade], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading(tr("Your grade first"), tr("the handler's stays hidden in samples"))
        self.note = Text("", "muted", larger=-1)
        self.buttons = tuple(
            OwnGrade(grade, str(place)) for place, grade in enumerate(sorted(grades, key=lambda g: g.rank), 1)
        )
        row = Flow(gap=5, even=True)
        for button in self.buttons:
            button.clicked.connect(lambda _=False, b=button: self.given.emit(b.grade.id))
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.heading)
        column.addLayout(row)
        column.addWidget(self.note)

    def show_own(self, grade: str, note: str, *, open_: bool) -> None:
        """Show the grade given, or that none is; `open_` while one may be given."""
        for button in self.buttons:
            button.show_given(bool(grade) and button.grade.id == grade)
            button.setEnabled(open_ or button.isChecked())
        self.note.say(note)
        self.note.setVisible(bool(note))
