"""A box of coded choices that shows the chosen one whole: it grows by a line rather than cut an answer that is judged by."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ui.common.own_keys import action_of

ARROW = 20
EDGE = 9
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ArrowBox(QComboBox):
    """A box that shows that it opens: a style sheet takes the style's own arrow away."""

    def showPopup(self) -> None:
        """The choices hang open, and every key of the window still is the window's."""
        super().showPopup()
        self.view().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a list hangs open no shortcut is looked for: raising, and every other key, would be lost without a word."""
        if watched is self.view() and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            action = action_of(self.window(), event)
            if action is not None:
                self.hidePopup()
                action.trigger()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box as it is, then its arrow."""
        super().paintEvent(event)
        self.paint_arrow(QPainter(self))

    def paint_arrow(self, painter: QPainter) -> None:
        """A small arrow at the right end."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        x, y = self.width() - ARROW + 3, self.height() / 2 - 2
        painter.drawPolyline([QPointF(x, y), QPointF(x + 4, y + 4), QPointF(x + 8, y)])
        painter.end()


class ChoiceBox(ArrowBox):
    """`choices` are pairs of words and id; `hint` says what is chosen while nothing is."""

    def __init__(self, choices: Iterable[tuple[str, str]], hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(hint)
        # On Linux a reader takes a box's name from what it holds; this says what it is for.
        self.setAccessibleDescription(hint)
        self.setPlaceholderText(hint)
        for words, code in choices:
            self.addItem(words, code)
        self.setCurrentIndex(-1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.currentIndexChanged.connect(lambda _place: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that shows the chosen words whole."""
        room = QRect(0, 0, max(1, width - ARROW - 2 * EDGE), 10_000)
        return self.fontMetrics().boundingRect(room, WRAP, self._shown()).height() + 10

    def sizeHint(self) -> QSize:
        """One line, where the width is not known yet."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + 10)

    def minimumSizeHint(self) -> QSize:
        """The same height, narrower."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Other letters, another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def showPopup(self) -> None:
        """The choices hang open as wide as their words, where the window is."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        self.view().setMinimumWidth(min(widest + 3 * ARROW, self.window().width() - 2 * ARROW))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then its words in as many lines as they need."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        given = self.currentIndex() >= 0
        role = QPalette.ColorRole.Text if given and self.isEnabled() else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        painter.drawText(self.rect().adjusted(EDGE, 0, -ARROW - EDGE, 0), int(WRAP), self._shown())
        self.paint_arrow(painter)

    def _shown(self) -> str:
        return self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
