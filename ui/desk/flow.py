"""A row that goes on in the next line when there is no room: at large letters nothing is cut and nothing overlaps."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget


class Flow(QHBoxLayout):
    """Items from left to right, then in the next line. With `last_right` the last one stands at the right end.

    With `even` the lines have equally many items, under one another, where there is room for that.

    The items stay in the hands of Qt: what keeps them in Python may find one of them gone, and crashes.
    """

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 4, last_right: bool = False, even: bool = False
    ) -> None:
        super().__init__(*([parent] if parent is not None else []))
        self._gap = gap
        self._last_right = last_right
        self._even = even
        self.setContentsMargins(0, 0, 0, 0)

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that this width needs."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in their places."""
        QLayout.setGeometry(self, rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line."""
        shown = self._shown()
        margins: QMargins = self.contentsMargins()
        wide = sum(i.sizeHint().width() for i in shown) + self._gap * max(0, len(shown) - 1)
        high = max((i.sizeHint().height() for i in shown), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        margins = self.contentsMargins()
        wide = max((i.minimumSize().width() for i in self._shown()), default=0)
        high = max((i.minimumSize().height() for i in self._shown()), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [i for i in items if i is not None and not i.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        shown = self._shown()
        lines: list[list[tuple[QLayoutItem, int]]] = [[]]
        used = 0
        for item in shown:
            wide = min(max(item.sizeHint().width(), item.minimumSize().width()), max(1, inner.width()))
            if lines[-1] and used + wide > inner.width():
                lines.append([])
                used = 0
            lines[-1].append((item, wide))
            used += wide + self._gap
        if self._even and len(lines) > 1:
            lines = self._evened(shown, len(lines), inner.width()) or lines
        y = inner.y()
        for line in lines:
            high = max((i.sizeHint().height() for i, _ in line), default=0)
            x = inner.x()
            for item, wide in line:
                right = self._last_right and item is shown[-1]
                place = QPoint(inner.right() + 1 - wide if right else x, y)
                if move:
                    item.setGeometry(QRect(place, QSize(wide, high)))
                x += wide + self._gap
            y += high + self._gap
        return y - self._gap - inner.y() + margins.top() + margins.bottom() if shown else 0

    def _evened(self, shown: list[QLayoutItem], many: int, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        """So many lines of equally many items, in columns; none where the columns have no room."""
        each = -(-len(shown) // many)
        wides = [max(i.sizeHint().width(), i.minimumSize().width()) for i in shown]
        columns = [max(wides[place::each]) for place in range(each)]
        spare = width - sum(columns) - self._gap * (each - 1)
        if spare < 0:
            return []
        paired = list(zip(shown, [c + spare // each for c in columns] * many, strict=False))
        return [paired[at : at + each] for at in range(0, len(paired), each)]
