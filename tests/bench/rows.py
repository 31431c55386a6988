"""From data to painted rows: 60 rows of history against a bare QListView of 60 rows of one height."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import milliseconds, report, side_by_side
from PySide6.QtCore import QRect, QSize, QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate

GOAL, TIMES, ROWS = 1.5, 60, 60
SIZE = (1280, 900)


class Plain(QStyledItemDelegate):
    """The least that a delegate in Python can do for the same five texts in the same places."""

    def sizeHint(self, option, index):
        """As high as two lines."""
        return QSize(60, 2 * option.fontMetrics.height() + 11)

    def paint(self, painter, option, index):
        """Five texts."""
        r = option.rect
        half = r.height() // 2
        for place, text in enumerate(index.data().split("|")):
            x, y = (0, 100, r.width() - 250)[place % 3], half * (place // 3)
            painter.drawText(
                QRect(r.x() + x, r.y() + y, r.width() - x, half), Qt.TextFlag.TextSingleLine, text
            )


def texts(turn: int) -> list[tuple[str, str, str, str, str]]:
    """The rows of one turn, none of them like those of the turn before."""
    return [
        (
            f"{n % 28 + 1} May 2018",
            f"She rang: he was outside throwing stones at her window and would not go. {turn} {n}",
            "assessed with her 4 of 8",
            "Nobody asked about the threat to kill",
            "her number",
        )
        for n in range(ROWS)
    ]


def main() -> None:
    """Compare with both floors."""
    app = QApplication([])
    from ui.common import theme
    from ui.models.delegates import HistoryDelegate
    from ui.models.rows import HistoryRow, RowsModel
    from ui.models.view import RowsView

    theme.apply(app, 13)
    ours = RowsView(RowsModel(), HistoryDelegate(), "Linked history")
    plain = QListView()
    plain.setModel(QStringListModel(plain))
    plain.setUniformItemSizes(True)
    plain.setItemDelegate(Plain(plain))
    for view in (ours, plain):
        view.resize(*SIZE)
        view.show()
    app.processEvents()
    turn = iter(range(100_000))

    def paint_ours() -> float:
        n = next(turn)
        rows = [
            HistoryRow(f"incident:{n}:{i}", " ".join(t), t[1], t[0], t[1], t[3], t[2], t[4])
            for i, t in enumerate(texts(n))
        ]
        return milliseconds(lambda: (ours.show_rows(rows), app.processEvents(), ours.viewport().repaint()))

    def paint_plain() -> float:
        lines = ["|".join(t) for t in texts(next(turn))]
        return milliseconds(
            lambda: (plain.model().setStringList(lines), app.processEvents(), plain.viewport().repaint())
        )

    floor, mine = side_by_side(paint_plain, paint_ours, TIMES)
    report("60 rows of history, data to painted", floor, mine, GOAL)


if __name__ == "__main__":
    main()
