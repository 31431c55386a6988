"""Labels. All of them show plain text: what a caller says is never read as mark-up."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.shapes import shape_pixmap
from ui.common.words import tr


def one_line(text: str) -> str:
    """A text without line breaks, for a row."""
    return " ".join(text.split())


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget's text a colour of the theme."""
    # Only these two are the widget's own: all else follows the application when its theme changes.
    palette = QPalette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, theme.colour(tone))
    widget.setPalette(palette)


class Text(QLabel):
    """Plain text that wraps."""

    def __init__(
        self,
        text: str = "",
        tone: str = "text",
        *,
        larger: int = 0,
        bold: bool = False,
        semi: bool = False,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(theme.letters(theme.base() + larger, bold, semi))
        self._tone = tone
        self.dress()
        self.say(text)

    def say(self, text: str, tone: str = "") -> None:
        """Show another text; what is shown is also what is read out."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        if tone and tone != self._tone:
            self._tone = tone
            self.dress()

    def dress(self) -> None:
        """Take the colour from the theme."""
        set_tone(self, self._tone)


class Cut(QLabel):
    """Plain text on one line, cut with an ellipsis when there is no room; then the whole is in the tooltip."""

    def __init__(
        self,
        text: str = "",
        tone: str = "text",
        *,
        larger: int = 0,
        bold: bool = False,
        semi: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.letters(theme.base() + larger, bold, semi))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tone = tone
        self.say(text)

    def say(self, text: str, tone: str = "") -> None:
        """Show another text."""
        text = one_line(text)
        if tone:
            self._tone = tone
            self.update()
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self._explain()

    @property
    def is_cut(self) -> bool:
        """True when not all of the text is seen."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        """A cut line may be as narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tooltip true."""
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, cut to the width there is."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour(self._tone))
        shown = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.drawText(
            self.contentsRect(),
            self.alignment() | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            shown,
        )

    def _explain(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.is_cut else "")
        # Without a description of its own a screen reader would be given the tooltip, mark-up and all.
        self.setAccessibleDescription(self.text() if self.is_cut else "")


def plain_tip(text: str) -> str:
    """A tooltip that is read as plain text whatever it holds, wrapped to a readable width."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<div>{escaped}</div>" if text else ""


def frame(look: str, parent: QWidget | None = None) -> QFrame:
    """A frame with one of the looks of the style sheet."""
    made = QFrame(parent)
    made.setProperty("look", look)
    return made


def in_the_middle(page: QWidget) -> QVBoxLayout:
    """A box in the middle of a page that has nothing else; what is put into it goes below each other."""
    box = frame("panel")
    inner = QVBoxLayout(box)
    inner.setContentsMargins(22, 20, 22, 20)
    inner.setSpacing(9)
    # Between stretches and not aligned, so that the box is as high as its wrapped words need.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(box, 2)
    row.addStretch(1)
    outer = QVBoxLayout(page)
    outer.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(2)
    return inner


def listed(panel: QWidget, title: str, count: QWidget, list_: QWidget) -> None:
    """Lays out a panel of one list: its title, how many there are, and the list."""
    column = QVBoxLayout(panel)
    column.setContentsMargins(4, 6, 4, 4)
    column.setSpacing(3)
    head = QHBoxLayout()
    head.setContentsMargins(6, 0, 6, 0)
    head.addWidget(Cut(title, semi=True))
    head.addStretch(1)
    head.addWidget(count)
    column.addLayout(head)
    column.addWidget(list_, 1)


class Plate(QLabel):
    """A word on a small filled plate."""

    def __init__(
        self, text: str, ground: str, tone: str, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.letters(theme.base() - 2, bold=True))
        self._colours = (ground, tone)
        self.dress()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._name = name
        self.say(text)

    def say(self, text: str) -> None:
        """Show another word."""
        self.setText(text)
        self.setAccessibleName(f"{self._name}{text}")

    def dress(self) -> None:
        """Take the colours from the theme."""
        ground, tone = (theme.colours()[name] for name in self._colours)
        self.setStyleSheet(
            f"QLabel {{ background: {ground}; color: {tone}; border-radius: 3px; padding: 3px 7px; }}"
        )


def training_plate() -> Plate:
    """What every page of a training store shows."""
    return Plate("TRAINING", "accent_ground", "accent", "This store is for ")


class Shape(QLabel):
    """One of the shapes that go with a colour, so that the colour is never alone. `side` is its height at 13 pixels."""

    def __init__(self, name: str, tone: str, side: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.show_shape(name, tone)

    def show_shape(self, name: str, tone: str) -> None:
        """Show another shape."""
        self._shown = (name, tone)
        self.dress()
        self.setAccessibleName("" if name == "plain" else tr(name))

    def dress(self) -> None:
        """Paint the shape in the theme's colour."""
        name, tone = self._shown
        self.setPixmap(shape_pixmap(name, tone, theme.scaled(self._side), self.devicePixelRatioF()))
