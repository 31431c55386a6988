"""A row of the list: two records, why they may be one, and what makes it pressing; and how it is painted."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from callhandler.model.proposed import JudgedPair, Proposed
from callhandler.model.sameness import Sameness
from callhandler.model.when import When
from ui.common import theme
from ui.common.words import tr
from ui.models.paint import Index, RowDelegate, hand, rule
from ui.models.rows import ROW, Row


@dataclass(frozen=True)
class PairRow(Row):
    """What the two are called, why in one line, and up to two words beside the names, the more pressing one first."""

    pair: Proposed
    first: str
    second: str
    why: str
    pressing: str
    noted: str


def key_of(pair: Proposed) -> str:
    """What tells a pair from every other one."""
    return f"pair:{pair.a}:{pair.b}"


def waiting_row(pair: Proposed, in_open: Collection[int], with_order: Collection[int], left: bool) -> PairRow:
    """A pair that nobody has judged; `left` was passed over in this sitting."""
    both = {pair.a, pair.b}
    pressing = " · ".join(
        word
        for word, yes in (
            (tr("open incident"), not both.isdisjoint(in_open)),
            (tr("order"), not both.isdisjoint(with_order)),
        )
        if yes
    )
    noted = " · ".join(
        word for word, yes in ((tr("weaker"), not pair.strong), (tr("left for now"), left)) if yes
    )
    return _row(pair, pair.reasons, pressing, noted)


def judged_row(judged: JudgedPair) -> PairRow:
    """A pair that somebody judged: what, who, when and why."""
    said = f"{judged.author}, {When(judged.at).spoken()}: {judged.reason}"
    return _row(judged.pair, said, "", verdict_words(judged.verdict))


def verdict_words(verdict: Sameness) -> str:
    """What was judged."""
    return tr("the same person") if verdict is Sameness.SAME else tr("not the same")


def _row(pair: Proposed, why: str, pressing: str, noted: str) -> PairRow:
    said = tr("{one}, and {other}").format(one=pair.a_called, other=pair.b_called)
    spoken = ". ".join(filter(None, (said, pressing, noted, why)))
    tip = "\n".join(filter(None, (pair.a_called, pair.b_called, pressing, noted, why)))
    return PairRow(key_of(pair), spoken, tip, pair, pair.a_called, pair.b_called, why, pressing, noted)


class PairDelegate(RowDelegate):
    """Three lines: one record, the other, why. The chosen one stands on a tinted ground: the hands may be elsewhere."""

    lines = 3
    room = 12
    uniform = True

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one pair."""
        row: PairRow = index.data(ROW)
        rule(painter, rect)
        view = self.parent()
        if view is not None and view.currentIndex() == index:  # type: ignore[attr-defined]
            painter.fillRect(rect, theme.colour("accent_ground"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
        base = theme.base()
        strong, small = hand(base, semi=True), hand(base - 1)
        line = strong.line + 1
        top = QRect(rect.x() + 12, rect.y() + 5, rect.width() - 22, line)
        for place, (name, aside, tone) in enumerate(
            (
                (row.first, f"▲ {row.pressing}" if row.pressing else "", "serious"),
                (row.second, row.noted, "muted"),
            )
        ):
            at = top.translated(0, place * line)
            took = min(small.metrics.horizontalAdvance(aside) + 12, at.width() // 2) if aside else 0
            self.write(painter, at.adjusted(0, 0, -took, 0), name, "text", using=strong)
            if aside:
                self.write(painter, at.adjusted(at.width() - took + 10, 0, 0, 0), aside, tone, using=small)
        self.write(painter, top.translated(0, 2 * line), row.why, "muted", using=small)
