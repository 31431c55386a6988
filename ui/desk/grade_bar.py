"""The grades with their keys: which stands, where the floor is, what each would need. Raising is one key."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from callhandler.model.assessment import Act, Ruling
from callhandler.policy.entries import Grade
from callhandler.services.desk import View
from ui.common import theme, words
from ui.common.labels import Text, plain_tip
from ui.common.words import tr
from ui.desk.top_strip import BANDS


class GradeButton(QPushButton):
    """One grade: its name, its key and target, and what it would need."""

    def __init__(self, grade: Grade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = grade
        self._standing = False
        self._floor = False
        self._chosen = False
        self._below = ""
        self._flat = False
        self.setToolTip(grade.name)
        self.setMinimumWidth(60)

    def set_flat(self, flat: bool) -> None:
        """In one line where there is width for it and little height."""
        self._flat = flat
        self.updateGeometry()
        self.update()

    @property
    def small(self) -> str:
        """The second line: key, and standing, floor or target."""
        target = words.target(self.grade.target_minutes)
        return f"{self.grade.key} · {tr('standing') if self._standing else target}"

    def show_state(self, standing: bool, floor: bool, chosen: bool, ruling: Ruling | None) -> None:
        """Show whether this grade stands, is the floor, was asked for, and what it would need."""
        self._standing, self._floor, self._chosen = standing, floor, chosen
        self._below = words.needs(ruling) if ruling else ""
        lines = [self.grade.name, *([n.sentence for n in ruling.needs] if ruling else [])]
        if floor:
            lines.append(tr("The floor: the least urgent grade that the standing warnings allow."))
        self.setToolTip(plain_tip("\n".join(lines)))
        self.setAccessibleDescription(". ".join(lines))
        said = [self.grade.name, tr("key ") + self.grade.key]
        said += [tr("standing")] if standing else []
        said += [tr("floor")] if floor else []
        said += [tr("asked for")] if chosen else []
        said += [tr("needs ") + self._below] if self._below else []
        self.setAccessibleName(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """High enough for its lines and the mark of the floor."""
        line = QFontMetrics(theme.letters(theme.base())).height()
        return QSize(70, line + 14 if self._flat else 2 * line + 16)

    def minimumSizeHint(self) -> QSize:
        """The same height, narrower."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the standing grade, outline the chosen, underline the floor."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, tone = (
            BANDS.get(self.grade.band, ("accent", "ground")) if self._standing else ("raised", "text")
        )
        if not self.isEnabled():
            ground, tone = "panel", "muted"
        edge = "accent" if self._chosen or self.hasFocus() else "line"
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(edge), 2 if edge == "accent" else 1))
        painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus() and (self._standing or self._chosen):
            painter.setPen(QPen(theme.colour("ground" if self._standing else "accent"), 2))
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
        self._write(painter, tone)
        if self._floor:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tone if self._standing else "serious"))
            painter.drawRect(QRectF(box.x() + 8, box.bottom() - 5, box.width() - 16, 2))
        painter.end()

    def _letters(self) -> tuple[QFont, QFont]:
        return theme.letters(theme.base(), bold=self._standing, semi=True), theme.letters(theme.base() - 3)

    @property
    def is_cut(self) -> bool:
        """True when its name or what is small is not seen whole."""
        name, small = (QFontMetrics(font) for font in self._letters())
        wide = name.horizontalAdvance(self.grade.name), small.horizontalAdvance(self.small)
        return (sum(wide) + theme.scaled(7) + 4 if self._flat else max(wide)) > self.width() - 6

    def _write(self, painter: QPainter, tone: str) -> None:
        """The name, and what is small under it; beside it where it is flat."""
        name, small = self._letters()
        inner = self.rect().adjusted(3, 5, -3, -7)
        if self._flat:
            one = QFontMetrics(name).horizontalAdvance(self.grade.name) + 2
            gap, both = theme.scaled(7), QFontMetrics(small).horizontalAdvance(self.small) + 2
            left = inner.x() + max(0, (inner.width() - one - gap - both) // 2)
            first = QRect(left, inner.y(), min(one, inner.right() - left), inner.height())
            second = QRect(left + one + gap, inner.y(), inner.right() - left - one - gap, inner.height())
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        else:
            half = inner.height() // 2
            first, second = inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)
            align = Qt.AlignmentFlag.AlignCenter
        quiet = tone if self._standing else "muted"
        for font, ink, place, text in (
            (name, tone, first, self.grade.name),
            (small, quiet, second, self.small),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, align, shown)


class GradeBar(QWidget):
    """`chosen` tells the id of the grade."""

    chosen = Signal(str)

    def __init__(self, grades: tuple[Grade, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.buttons = {g.id: GradeButton(g) for g in sorted(grades, key=lambda g: g.rank)}
        for grade, button in self.buttons.items():
            button.clicked.connect(lambda _=False, g=grade: self.chosen.emit(g))
            row.addWidget(button, 1)
        column.addLayout(row)
        self.floor = Text("", "muted", larger=-1)
        column.addWidget(self.floor)

    def set_flat(self, flat: bool) -> None:
        """Each grade in one line, or in two."""
        for button in self.buttons.values():
            button.set_flat(flat)

    def show_view(self, view: View | None, asked: str = "") -> None:
        """Show an incident's grades; `asked` is the one that was asked for and refused."""
        rulings = {r.grade: r for r in view.rulings if r.act is Act.GRADE} if view else {}
        for grade, button in self.buttons.items():
            button.setEnabled(view is not None)
            standing = (
                view is not None and view.standing_grade is not None and view.standing_grade.id == grade
            )
            floor = view is not None and view.floor_grade is not None and view.floor_grade.id == grade
            button.show_state(standing, floor, grade == asked, rulings.get(grade))
        self.floor.say(self._floor_line(view) if view else "")

    def _floor_line(self, view: View) -> str:
        if view.floor_grade is None:
            return tr("No warning sets a floor.")
        critical = len(view.assessment.critical_below)
        serious = (
            sum(1 for w in view.assessment.standing if w.floor_rank == view.assessment.floor_rank) - critical
        )
        by = [tr("{n} critical").format(n=critical)] if critical else []
        by += [tr("{n} serious").format(n=serious)] if serious > 0 else []
        lower = next(
            (r for r in view.rulings if r.act is Act.GRADE and r.rank > view.assessment.floor_rank), None
        )
        needs = (
            tr(" To go below it: {needs}.").format(needs=words.needs(lower))
            if lower and words.needs(lower)
            else ""
        )
        why = tr(", by ") + " + ".join(by) if by else ""
        return tr("▂ Floor {grade}{why}.").format(grade=view.floor_grade.name, why=why) + needs
