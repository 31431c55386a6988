"""Every size, text scale and theme: nothing cut unsaid, nothing over another, contrast, focus seen, tab order natural."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QPushButton, QScrollArea, QWidget

from callhandler import app as core
from callhandler.app import Demonstration
from callhandler.settings import Settings
from tests.ui import seen
from tests.ui.seen import settle
from ui.common import theme
from ui.common.choice_box import ChoiceBox
from ui.main_window import MainWindow
from ui.models.paint import RowDelegate

SIZES = ((1366, 768), (1920, 1080), (2560, 1440))
THEMES = theme.names()
SCALES = (150, 200)
MOMENTS = {
    "22:34": ("night", "call-1"),
    "23:42": ("night", "no-answer"),
    "00:26": ("night", "going-to-mothers"),
    "ordinary": ("ordinary-call", "grade-corrected"),
}

Opener = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Demonstration]]:
    """Opens a moment once, and gives it again."""
    opened: dict[str, Demonstration] = {}

    def at(moment: str) -> Demonstration:
        if moment not in opened:
            folder = tmp_path_factory.mktemp("moment")
            settings = Settings(database=str(folder / "live.sqlite"), data_folder=folder)
            name, until = MOMENTS[moment]
            opened[moment] = core.open_demonstration(settings, until, name)
        return opened[moment]

    yield at
    for each in opened.values():
        each.app.close()


@pytest.fixture
def look(nights, sit_down, qtbot, qapp) -> Iterator[Callable[..., MainWindow]]:
    """Opens the desk at a moment, in a size, a theme and a scale; afterwards the usual dress again."""

    def open_at(moment: str, size: tuple[int, int], name: str = "dark", scale: int = 100) -> MainWindow:
        theme.apply(qapp, 14 if size[1] >= 1000 else 13, name, scale)
        night = nights(moment)
        window = sit_down(night.app, night.actor, night.incident_id, size=size)
        settle(window)
        return window

    yield open_at
    theme.apply(qapp, 13)


def judge(window: MainWindow, size: tuple[int, int]) -> None:
    """Fail on every fault."""
    found = [*seen.clipped(window), *seen.overlapping(window), *fixed_in_sight(window)]
    if (window.width(), window.height()) != size:
        found.append(f"the window is {window.width()}x{window.height()}: it does not fit its screen")
    assert not found, "\n".join(found)


def fixed_in_sight(window: MainWindow) -> list[str]:
    """What never scrolls away: grade, clocks, log line, the first critical warning."""
    page = window.page
    assert page is not None
    found = []
    whole = window.rect()
    for name, widget in (("grade", page.top.grade), ("log line", page.log.entry)):
        if not widget.isVisible() or not whole.contains(seen.place(widget, window)):
            found.append(f"the {name} is out of sight")
    for fact in (page.top.target, page.top.waiting):
        if fact.value.text() and (not fact.isVisible() or fact.value.is_cut):
            found.append(f"the clock {fact.value.text()!r} is not read whole")
    warnings = page.warnings.list
    if warnings.model().rowCount():
        first = warnings.visualRect(warnings.model().index(0, 0))
        if not warnings.viewport().rect().contains(first):
            found.append("the first critical warning is not seen whole")
    return found


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_0026_in_every_size_and_theme(look, size, name):
    judge(look("00:26", size, name), size)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
def test_0026_with_larger_letters(look, size, scale):
    judge(look("00:26", size, "dark", scale), size)


@pytest.mark.parametrize("scale", [100, *SCALES])
@pytest.mark.parametrize("moment", ["22:34", "23:42", "ordinary"])
@pytest.mark.parametrize("size", SIZES)
def test_other_moments(look, size, moment, scale):
    judge(look(moment, size, "dark", scale), size)


@pytest.mark.parametrize("scale", [100, *SCALES])
@pytest.mark.parametrize("size", SIZES)
def test_the_open_rationale(look, qtbot, size, scale):
    """Each answer is read whole, and what is being filled in is in sight with the warning that it answers."""
    window = look("00:26", size, "dark", scale)
    page = window.page
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.waitUntil(page.rationale.isVisible)
    settle(window)
    judge(window, size)
    for block in page.rationale.blocks:
        block.what.setText("She is in a locked car with her mother")
        for box in (block.who, block.how):
            longest = max(range(box.count()), key=lambda i, b=box: len(b.itemText(i)))
            box.setFocus(Qt.FocusReason.TabFocusReason)
            box.setCurrentIndex(longest)
            settle(window)
            assert in_sight(box, window), f"{seen.name_of(box)} {box.currentText()!r} is out of sight"
            assert in_sight(block.title, window), f"{block.title.text()!r} is out of sight"
    judge(window, size)
    qtbot.keyClick(page.rationale.blocks[0].what, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.rationale.isVisible() and not window.writes.waiting)


def test_the_strip_keeps_one_line_where_there_is_room(look):
    """Facts stand closer at 150 % rather than take a second line from everything below."""
    top = look("00:26", (1920, 1080), "dark", 150).page.top
    assert top.height() < 2 * top.grade.height()
    assert all(
        part.isVisible() and top.rect().contains(seen.place(part, top)) for part in (*top.facts, top.grade)
    )


@pytest.mark.parametrize("scale", [100, *SCALES])
@pytest.mark.parametrize("size", SIZES)
def test_the_answers_are_in_sight_with_their_question(look, size, scale):
    window = look("00:26", size, "dark", scale)
    questions = window.page.questions
    for part in (questions.ask, *questions.answers):
        assert in_sight(part, window), f"{seen.name_of(part)} is out of sight"


@pytest.mark.parametrize("size", SIZES)
def test_tasks_are_read_whole_where_there_is_room(look, size):
    tasks = look("00:26", size).page.tasks.list
    rows = tasks.model().rows
    assert rows
    # At this moment of the night eleven wait; where not all fit, the first are seen and the rest scroll.
    if all(r.key in tasks.whole or not tasks.is_long(r) for r in rows):
        assert tasks.rows_height() <= tasks.viewport().height() + 2
    else:
        assert tasks.rows_height() > tasks.viewport().height()


@pytest.mark.parametrize("scale", [100, *SCALES])
def test_what_may_follow_is_in_sight_when_it_is_opened(look, scale):
    window = look("00:26", SIZES[0], "dark", scale)
    follows = window.page.follows
    follows.turn()
    settle(window)
    row = follows.list.visualRect(follows.list.currentIndex())
    seen_of_it = follows.list.viewport().visibleRegion().boundingRect()
    assert seen_of_it.contains(row), f"of {row} only {seen_of_it} is in sight"


def in_sight(widget: QWidget, window: MainWindow) -> bool:
    """True when nothing that scrolls hides any of a widget."""
    whole = QRect(QPoint(0, 0), widget.size())
    return widget.isVisible() and widget.visibleRegion().boundingRect() == whole


@pytest.mark.parametrize("scale", [100, *SCALES])
@pytest.mark.parametrize("size", SIZES)
def test_every_form(look, size, scale):
    window = look("00:26", size, "dark", scale)
    forms = window.page.forms
    for code, form in forms.all.items():
        if form.at_once is not None:
            continue
        forms.open(code)
        settle(window)
        if form.strip.isVisible():
            judge(window, size)
        forms.leave()
    settle(window)


@pytest.mark.parametrize("scale", [100, *SCALES])
def test_a_word_on_a_plate_is_never_cut(look, monkeypatch, scale):
    """Such as the grade of an open incident on the board."""
    cut = []
    pill = RowDelegate.pill

    def watched(self, painter, rect, text, ground, tone):
        metrics = QFontMetrics(theme.letters(theme.base() - 2, bold=True))
        if metrics.horizontalAdvance(text) > rect.width() or metrics.height() > rect.height():
            cut.append(text)
        pill(self, painter, rect, text, ground, tone)

    monkeypatch.setattr(RowDelegate, "pill", watched)
    for size in SIZES:
        look("00:26", size, "dark", scale).grab()
    assert not cut


def test_nothing_of_the_page_is_cut_where_there_is_room(look):
    page = look("00:26", (2560, 1440)).page
    cut = [w.text() for w in page.top.findChildren(QLabel) if getattr(w, "is_cut", False) and w.isVisible()]
    assert not cut


# --- colours ----------------------------------------------------------------------------------

GROUNDS = ("ground", "panel", "raised", "field")
READ = [(tone, ground) for ground in GROUNDS for tone in ("text", "muted", "accent", "serious", "calm")]
READ += [("accent", "accent_ground"), ("serious", "serious_ground"), ("calm", "calm_ground")]
READ += [
    ("muted", "critical_ground"),
    ("muted", "serious_ground"),
    ("ground", "accent"),
    ("on_strong", "serious"),
]
CRITICAL = [("text", "critical_ground"), ("critical_text", "ground"), ("critical_text", "panel")]
SHAPES = [
    ("critical", "critical_ground"),
    ("serious", "serious_ground"),
    ("accent", "panel"),
    ("accent", "ground"),
]
EDGES = [("edge", ground) for ground in (*GROUNDS, "critical_ground")]


@pytest.mark.parametrize("name", THEMES)
def test_contrast(name):
    c = theme.colours(name)
    low = [
        f"{tone} on {ground}: {seen.contrast(c[tone], c[ground]):.1f}, wanted {least}"
        for pairs, least in (
            (READ, 4.5),
            (CRITICAL, 7.0),
            ([("on_strong", "critical")], 4.5),
            (SHAPES + EDGES, 3.0),
        )
        for tone, ground in pairs
        if seen.contrast(c[tone], c[ground]) < least
    ]
    assert not low, "\n".join(low)


QUIET = ("hint", "disabled line", "disabled button", "disabled choice", "choice", "selected")


@pytest.mark.parametrize("kind", QUIET)
@pytest.mark.parametrize("name", THEMES)
def test_quiet_words_are_read_as_they_are_painted(qtbot, qapp, name, kind):
    """Hints, what is disabled and what is selected, measured on the picture."""
    theme.apply(qapp, 26, name)
    try:
        box = quiet(kind)
        qtbot.addWidget(box)
        box.resize(box.sizeHint().width() + 60, box.sizeHint().height())
        box.show()
        picture = box.grab().toImage()
        inner = [
            picture.pixelColor(x, y).name()
            for x in range(6, picture.width() - 24)
            for y in range(6, picture.height() - 6)
        ]
        ground = max(set(inner), key=inner.count)
        assert max(seen.contrast(c, ground) for c in set(inner)) >= 4.5
    finally:
        theme.apply(qapp, 13)


def quiet(kind: str) -> QWidget:
    """One part as a handler meets it."""
    if kind == "disabled button":
        part: QWidget = QPushButton("Record")
    elif kind.endswith("choice"):
        part = ChoiceBox([("The dispatcher", "dispatcher")], "Who says so")
    else:
        part = QLineEdit()
        part.setPlaceholderText("" if kind == "selected" else "What changed")
        if kind == "selected":
            part.setText("MMMMMMMMMMMM")
            part.selectAll()
    part.setEnabled(not kind.startswith("disabled"))
    return part


# --- focus and tab ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", THEMES)
def test_focus_is_seen(look, name):
    unseen = unseen_focus(look("00:26", SIZES[1], name))
    assert not unseen, "\n".join(unseen)


@pytest.mark.parametrize("name", THEMES)
def test_focus_is_seen_in_a_form_and_in_the_rationale(look, qtbot, name):
    window = look("00:26", SIZES[1], name)
    page = window.page
    page.forms.open("tell")
    settle(window)
    unseen = unseen_focus(window, page.forms.all["tell"].strip)
    page.forms.leave()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.waitUntil(page.rationale.isVisible)
    unseen += unseen_focus(window, page.rationale)
    qtbot.keyClick(page.rationale.blocks[0].what, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.rationale.isVisible() and not window.writes.waiting)
    assert not unseen, "\n".join(unseen)


def unseen_focus(window: MainWindow, within: QWidget | None = None) -> list[str]:
    """What looks the same with the focus and without."""
    unseen = []
    for widget in seen.in_tab_order(window):
        if within is not None and not within.isAncestorOf(widget):
            continue
        if isinstance(widget, QListView) and not widget.model().rowCount():
            continue
        above = widget.parentWidget()
        edge = above if isinstance(above, QComboBox) else widget
        window.setFocus()
        settle(window)
        before = edge.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        settle(window)
        if seen.differs(before, edge.grab().toImage()) < 12:
            unseen.append(seen.name_of(widget))
    return unseen


def regions(window: MainWindow) -> dict[str, QWidget]:
    """The parts of the page, in the order in which they are read."""
    page = window.page
    assert page is not None
    return {
        "top": page.top,
        "side": page.side,
        "warnings": page.warnings,
        "middle": page._below,
        "right": page._right_column,
        "log": page.log,
        "board": page._board_box,
    }


@pytest.mark.parametrize("size", SIZES[:2])
def test_tab_follows_the_layout(look, size):
    window = look("00:26", size)
    order = [(region_of(widget, regions(window)), widget) for widget in seen.in_tab_order(window)]
    order = [(region, widget) for region, widget in order if region]
    visited = [region for i, (region, _) in enumerate(order) if not i or order[i - 1][0] != region]
    # Tab is a ring: where it begins does not matter, only that each part is gone through once.
    if len(visited) > 1 and visited[0] == visited[-1]:
        visited.pop()
    assert len(visited) == len(set(visited)), f"a part is visited twice: {visited}"
    wrong = []
    for (one, a), (two, b) in pairwise(order):
        if one != two:
            continue
        first, second = a.mapTo(window, QPoint(0, 0)), b.mapTo(window, QPoint(0, 0))
        same_row = abs(first.y() - second.y()) < 8
        if (same_row and second.x() < first.x()) or (not same_row and second.y() < first.y()):
            wrong.append(f"{seen.name_of(a)} then {seen.name_of(b)}")
    assert not wrong, "\n".join(wrong)


def region_of(widget: QWidget, parts: dict[str, QWidget]) -> str:
    """The part of the page that holds a widget."""
    return next((name for name, part in parts.items() if part.isAncestorOf(widget)), "")


@pytest.mark.parametrize("page", ["preferences", "about", "keys"])
def test_at_the_largest_letters_no_page_beside_scrolls_sideways(look, page):
    window = look("ordinary", SIZES[0], "dark", 200)
    window.visit(getattr(window, page))
    settle(window)
    areas = [a for a in getattr(window, page).findChildren(QScrollArea) if a.isVisible()]
    assert areas and all(a.horizontalScrollBar().maximum() == 0 for a in areas)


@pytest.mark.parametrize("scale", SCALES)
def test_whom_and_where_a_call_may_mean_is_read_whole_at_large_letters(look, qtbot, scale):
    window = look("00:26", SIZES[0], "dark", scale)
    forms = window.page.forms
    forms.open("call")
    strip, join = forms.all["call"].strip, forms.join
    for name, typed in (("number", "07700 900418"), ("name", "Adutl One Fenwick")):
        strip.editor(name).setText(typed)
    strip.editor("place").setEditText("Own flat")
    qtbot.waitUntil(lambda: all(said.isVisible() for said in (join.line, join.who.line, join.where.line)))
    settle(window)
    judge(window, SIZES[0])
    strip.left.emit()
    settle(window)
    assert window.page.log.list.isVisible() and window.page.caller.isVisible()
