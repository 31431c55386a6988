"""The review page in every size, scale and theme: nothing cut unsaid, nothing over another, plates whole, Tab natural."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics

from callhandler import app as core
from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.settings import Settings
from tests.review_month import every_domestic_by_lot, open_month
from tests.ui import seen
from tests.ui.seen import settle
from ui.common import theme
from ui.main_window import MainWindow
from ui.models.paint import RowDelegate

SIZES = ((1366, 768), (1920, 1080))
THEMES = theme.names()
SCALES = (100, 150, 200)
LINES = {
    "asking": lambda line: line.waiting,
    "blind": lambda line: line.hidden,
    "lowered": lambda line: line.was == "Priority",
}

Opener = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def at_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, Actor]]:
    """The supervisor of a month, at a desk of its own."""
    folder = tmp_path_factory.mktemp("month")
    settings = Settings("", data_folder=folder, policy_folder=every_domestic_by_lot(folder))
    month = open_month(settings, days=9)
    app, actor = core.join_demonstration(settings)
    yield app, actor
    app.close()
    month.app.close()


@pytest.fixture
def look(at_desk, sit_down, qtbot, qapp) -> Iterator[Opener]:
    """Opens the page in a size, theme and scale, with one kind of line in front; afterwards the usual dress again."""

    def open_at(kind: str, size: tuple[int, int], name: str = "dark", scale: int = 100) -> MainWindow:
        theme.apply(qapp, 14 if size[1] >= 1000 else 13, name, scale)
        window = sit_down(*at_desk, size=size)
        page = window.review
        qtbot.waitUntil(lambda: page.review.header is not None and bool(page.review.lines), timeout=30_000)
        place = next(n for n, line in enumerate(page.review.lines) if LINES[kind](line))
        page.list.setCurrentIndex(page.list.model().index(place, 0))
        qtbot.waitUntil(lambda: page.review.in_front is not None, timeout=30_000)
        settle(window)
        return window

    yield open_at
    theme.apply(qapp, 13)


def judge(window: MainWindow, size: tuple[int, int]) -> None:
    """Fail on every fault."""
    page = window.review
    found = [*seen.clipped(window), *seen.overlapping(window)]
    if (window.width(), window.height()) != size:
        found.append(f"the window is {window.width()}x{window.height()}: it does not fit its screen")
    for area in (page.seen, page._right):
        inner = area.widget()
        if inner.width() > area.viewport().width():
            found.append(f"{area.accessibleName()}: {inner.width()} wide in {area.viewport().width()}")
    for fact in page.top.facts:
        if fact.isVisible() and fact.value.is_cut:
            found.append(f"{fact.label.text()} {fact.value.text()!r} is not read whole")
    row = page.list.visualRect(page.list.currentIndex())
    if not page.list.viewport().rect().contains(row):
        found.append("the line in front is not seen whole in the queue")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_request_in_every_theme(look, size, name):
    judge(look("asking", size, name), size)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("kind", ["asking", "blind", "lowered"])
@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_item_in_every_scale(look, size, kind, scale):
    judge(look(kind, size, "dark", scale), size)


@pytest.mark.parametrize("scale", SCALES)
def test_the_plots_and_their_tables(look, scale):
    """Where the plot has no room beside the queue it takes its place, and gives it back."""
    window = look("asking", SIZES[0], "dark", scale)
    page = window.review
    page.turn_plot()
    settle(window)
    assert page.plots.isVisible() and page.plots.has_focus
    for _ in page.review.plots:
        found = [*seen.clipped(page.plots), *seen.overlapping(page.plots)]
        page.plots.turn_table()
        settle(window)
        found += [*seen.clipped(page.plots), *seen.overlapping(page.plots)]
        assert not found, "\n".join(found)
        page.plots.turn_table()
        page.plots.turn()
        settle(window)
    page.turn_plot()
    settle(window)
    assert page.queue.isVisible() and page.list.hasFocus()


@pytest.mark.parametrize("scale", SCALES)
def test_a_word_on_a_plate_is_never_cut(look, monkeypatch, scale):
    cut = []
    pill = RowDelegate.pill

    def watched(self, painter, rect, text, ground, tone):
        metrics = QFontMetrics(theme.letters(theme.base() - 2, bold=True))
        if metrics.horizontalAdvance(text) > rect.width() or metrics.height() > rect.height():
            cut.append(text)
        pill(self, painter, rect, text, ground, tone)

    monkeypatch.setattr(RowDelegate, "pill", watched)
    window = look("asking", SIZES[0], "dark", scale)
    window.grab()
    assert not cut, f"cut: {cut}"


@pytest.mark.parametrize("size", SIZES)
def test_tab_goes_from_the_queue_to_what_was_seen_to_the_judgement(look, size):
    window = look("blind", size)
    page = window.review
    parts = {"left": page._left, "seen": page.seen, "judgement": page._right}
    order = []
    for widget in seen.in_tab_order(window):
        part = next(
            (name for name, holder in parts.items() if holder is widget or holder.isAncestorOf(widget)), ""
        )
        if part and (not order or order[-1] != part):
            order.append(part)
    if len(order) > 1 and order[0] == order[-1]:
        order.pop()
    while order and order[0] != "left":
        order.append(order.pop(0))
    assert order == ["left", "seen", "judgement"]


def test_the_strip_is_in_sight_and_the_decision_too(look):
    window = look("asking", SIZES[0], "dark", 200)
    page = window.review
    for widget in (page.top, page.decision.title, next(iter(page.decision.buttons.values()))):
        place = QPoint(0, 0)
        assert window.rect().contains(widget.mapTo(window, place))
        assert widget.visibleRegion().boundingRect().height() > 0
    assert page.decision.reason.visibleRegion().boundingRect().height() >= page.decision.reason.height() // 2


def test_focus_is_seen_on_every_part(look, qtbot):
    window = look("asking", SIZES[0])
    page = window.review
    window.activateWindow()
    unseen = []
    for widget in seen.in_tab_order(window):
        if not page.isAncestorOf(widget) or widget.width() < 8:
            continue
        widget.clearFocus()
        settle(window)
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        settle(window)
        if widget.hasFocus() and seen.differs(before, widget.grab().toImage()) < 12:
            unseen.append(seen.name_of(widget))
    assert not unseen, "\n".join(unseen)
