"""What can be read on a window, measured: text that does not fit, widgets over each other, focus that is not seen."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QWidget,
)

from ui.common.choice_box import ChoiceBox
from ui.common.labels import Cut
from ui.desk.grade_bar import GradeButton

SLACK = 1


def settle(window: QWidget) -> None:
    """Let the layout come to rest."""
    for _ in range(6):
        QApplication.processEvents()
    window.ensurePolished()


def shown(window: QWidget) -> Iterator[QWidget]:
    """Every visible widget of a window."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QScrollBar):
            yield widget


def name_of(widget: QWidget) -> str:
    """How a fault names a widget: its class and its text."""
    text = getattr(widget, "text", str)() or widget.accessibleName()
    return f"{type(widget).__name__} {' '.join(text.split())[:48]!r}"


def place(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget is on its window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def scrolls(widget: QWidget, window: QWidget) -> bool:
    """True for what is inside something that scrolls: it may be out of sight."""
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def clipped(window: QWidget) -> list[str]:
    """Text that is not read whole, has no tooltip that says it, or lies outside what holds it."""
    found = []
    for widget in shown(window):
        why = _clipped(widget)
        if why:
            found.append(f"{name_of(widget)}: {why}")
        parent = widget.parentWidget()
        if parent is None or not _says(widget) or scrolls(widget, window):
            continue
        if not window.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place(widget, window)):
            found.append(f"{name_of(widget)}: outside the window")
        elif not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
            found.append(f"{name_of(widget)}: outside {name_of(parent)}")
    return found


def _says(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text())
    return isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QListView)


def _clipped(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        return _label(widget)
    if isinstance(widget, QListView):
        return _rows(widget)
    metrics = widget.fontMetrics()
    if isinstance(widget, QAbstractButton) and widget.text():
        if metrics.horizontalAdvance(widget.text()) > widget.width() and not widget.toolTip():
            return f"needs {metrics.horizontalAdvance(widget.text())} pixels, has {widget.width()}"
        if metrics.height() > widget.height():
            return f"is {widget.height()} high, its letters {metrics.height()}"
    if isinstance(widget, ChoiceBox) and widget.height() < widget.heightForWidth(widget.width()):
        return f"is {widget.height()} high, its words {widget.heightForWidth(widget.width())}"
    if isinstance(widget, GradeButton) and widget.is_cut:
        return "its grade or its key is cut"
    if isinstance(widget, QComboBox) and not isinstance(widget, ChoiceBox):
        return _combo(widget)
    if isinstance(widget, QLineEdit) and not widget.text() and _hint_cut(widget):
        return f"its hint {widget.placeholderText()!r} is cut"
    if isinstance(widget, QLineEdit | QComboBox) and metrics.height() > widget.height():
        return f"is {widget.height()} high, its letters {metrics.height()}"
    return ""


def _hint_cut(line: QLineEdit) -> bool:
    advance = line.fontMetrics().horizontalAdvance(line.placeholderText())
    return advance > line.width() - 8 and not line.toolTip()


def _combo(box: QComboBox) -> str:
    line = box.lineEdit()
    room = line.width() - 4 if line is not None else box.width() - 20
    if box.fontMetrics().horizontalAdvance(box.currentText()) > room and not box.toolTip():
        return f"{box.currentText()!r} is cut"
    return ""


def _label(label: QLabel) -> str:
    metrics = label.fontMetrics()
    if label.wordWrap():
        flags = Qt.TextFlag.TextWordWrap | label.alignment()
        room = QRect(0, 0, label.contentsRect().width(), 10_000)
        need = metrics.boundingRect(room, flags, label.text())
        if need.height() > label.height() + SLACK:
            return f"needs {need.height()} high for its words, has {label.height()}"
        if need.width() > label.width() + SLACK:
            return "a word is wider than the label"
        return ""
    if metrics.height() > label.height() + SLACK:
        return f"is {label.height()} high, its letters {metrics.height()}"
    if isinstance(label, Cut):
        return "cut, and no tooltip says the whole" if label.is_cut and not label.toolTip() else ""
    if metrics.horizontalAdvance(label.text()) > label.width() + SLACK:
        return f"needs {metrics.horizontalAdvance(label.text())} pixels, has {label.width()}"
    return ""


def _rows(view: QListView) -> str:
    model = view.model()
    if not model.rowCount():
        return ""
    first = view.visualRect(model.index(0, 0))
    if view.viewport().height() + SLACK < first.height():
        return f"not one row is seen whole: {view.viewport().height()} of {first.height()}"
    line = view.fontMetrics().height()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if view.visualRect(index).height() < line:
            return f"row {row} is lower than its letters"
        if not index.data(Qt.ItemDataRole.ToolTipRole):
            return f"row {row} may be cut and has no tooltip"
    return ""


def overlapping(window: QWidget) -> list[str]:
    """Widgets of one parent that lie over each other."""
    found = []
    parents = [window, *shown(window)]
    for parent in parents:
        if isinstance(parent, QStackedWidget | QAbstractScrollArea | QComboBox | QLineEdit):
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisible()
            and not child.isWindow()
            and not isinstance(child, QSplitterHandle | QScrollBar)
        ]
        for one, two in combinations(children, 2):
            both = one.geometry().intersected(two.geometry())
            if both.width() > SLACK and both.height() > SLACK:
                found.append(f"{name_of(one)} and {name_of(two)} overlap by {both.width()}x{both.height()}")
    return found


def in_tab_order(window: QWidget) -> list[QWidget]:
    """What Tab goes through, in order, from the first."""
    found: list[QWidget] = []
    widget = window
    while True:
        widget = widget.nextInFocusChain()
        if widget is window or widget in found:
            return found
        policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if policy and widget.isVisible() and widget.isEnabled() and widget.window() is window:
            found.append(widget)


def differs(one: QImage, two: QImage) -> int:
    """How many points of two pictures of one widget differ plainly, counted on every second one."""
    assert one.size() == two.size()
    many = 0
    for y in range(0, one.height(), 2):
        for x in range(0, one.width(), 2):
            a, b = one.pixelColor(x, y), two.pixelColor(x, y)
            if abs(a.lightness() - b.lightness()) > 40 or abs(a.hue() - b.hue()) > 40:
                many += 1
    return many


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as #a3b0c0."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, two: str) -> float:
    """The contrast of two colours, as WCAG reckons it."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)
