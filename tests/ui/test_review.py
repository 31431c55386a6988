"""The review page: a month of a room, queue and filters, second grades that stay blind, answers, figures in words."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from callhandler import app as core
from callhandler.app import Demonstration
from callhandler.model.review import Result
from callhandler.settings import Settings
from tests.review_month import every_domestic_by_lot, open_month
from ui.main_window import MainWindow
from ui.review.plot import Plot
from ui.review.queue_words import Which, key_of

LONG = 30_000


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A policy in which every domestic grading is drawn by lot."""
    folder = tmp_path_factory.mktemp("month")
    return Settings("", data_folder=folder, policy_folder=every_domestic_by_lot(folder))


@pytest.fixture(scope="module")
def month(settings: Settings) -> Iterator[Demonstration]:
    """A month of other work, then the night with its request waiting."""
    opened = open_month(settings, days=9)
    yield opened
    opened.app.close()


@pytest.fixture
def window(month: Demonstration, settings: Settings, sit_down, qtbot) -> Iterator[MainWindow]:
    """The supervisor's window."""
    app, actor = core.join_demonstration(settings)
    opened = sit_down(app, actor)
    qtbot.waitUntil(lambda: opened.review.review.in_front is not None, timeout=30_000)
    qtbot.waitUntil(lambda: opened.review.review.header is not None, timeout=30_000)
    yield opened
    opened.close()
    app.close()


def press(qtbot, window: MainWindow, key: Qt.Key) -> None:
    window.review.list.setFocus()
    qtbot.keyClick(window.review.list, key)


def go_to(qtbot, window: MainWindow, wanted) -> None:
    """The first line of the queue that fits, by the arrow keys."""
    page = window.review
    found = next(line for line in page.review.lines if wanted(line))
    page.list.setFocus()
    while page.line is None or key_of(page.line) != key_of(found):
        before = page.list.currentIndex().row()
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        assert page.list.currentIndex().row() > before, "the line was not reached by the arrow"
    qtbot.waitUntil(lambda: page.review.in_front is not None, timeout=LONG)


def test_who_asks_now_is_first_and_is_what_the_page_opens_on(window):
    page = window.review
    assert window.stack.currentWidget() is page
    assert page.line.waiting
    assert page.seen.head.asked.value.text() == "Scheduled"
    assert page.seen.head.chip.text() == "Immediate"
    assert "snapshot intact" in page.seen.head.heading.aside.text()
    assert len(page.seen.answers.rows) == 6
    assert page.top.asking.value.text().startswith("1 · ")


def test_the_arrows_turn_the_filters_and_none_is_said_to_be_empty(window, qtbot):
    page = window.review
    press(qtbot, window, Qt.Key.Key_Right)
    assert page.queue.which is Which.ASKING
    assert len(page.list.model_keys()) == 1
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_Right)
    assert page.queue.which is Which.MINE
    assert page.list.model_keys() == []
    assert "None of the" in page.queue.empty.text()
    press(qtbot, window, Qt.Key.Key_Right)
    assert page.queue.which is Which.ALL


def test_the_queue_says_that_it_is_not_yet_read(window):
    from ui.review.queue_panel import QueuePanel

    panel = QueuePanel(1)
    assert panel.empty.text() == "The queue is not yet read."
    panel.show_lines((), window.review.review.now())
    assert "The queue is empty" in panel.empty.text()


def everything_said(widget: QWidget) -> str:
    """All that a screen, a tooltip or a screen reader gives of a page."""
    found: list[str] = []
    for part in [widget, *widget.findChildren(QWidget)]:
        if not part.isVisible():
            continue
        found += [part.toolTip(), part.accessibleName(), part.accessibleDescription(), part.whatsThis()]
        text = getattr(part, "text", None)
        found.append(text() if callable(text) else "")
        interface = QAccessible.queryAccessibleInterface(part)
        if interface is not None:
            found += [interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)]
        model = getattr(part, "model", None)
        rows = getattr(model(), "rows", ()) if callable(model) else ()
        found += [json.dumps([row.spoken, row.tip]) for row in rows]
    return "\n".join(found)


def test_a_blind_sample_says_nothing_of_the_handlers_grade(window, qtbot, monkeypatch):
    page = window.review
    blind = [line for line in page.review.lines if line.hidden and "Caller" in line.who]
    assert blind, "the month holds a blind sample that nobody graded"
    go_to(qtbot, window, lambda line: key_of(line) == key_of(blind[0]))
    names = [g.name for g in page.review.app.policy.scheme.grades]
    said = everything_said(page.seen)
    floor = page.seen.head.floor.value.text()
    left = said.replace(floor, "")
    assert not [name for name in names if name in left], "a grade is told"
    row = next(r for r in page.list.model().rows if r.key == key_of(blind[0]))
    assert not [name for name in names if name in row.spoken + row.tip]
    assert page.decision.says.text() == "Give your own grade first, with 1 to 4."
    assert page.seen.head.asked.value.text() == "hidden until you have graded"


def test_one_grades_first_then_finds_and_the_handler_acknowledges(window, month, qtbot, sit_down):
    page = window.review
    go_to(qtbot, window, lambda line: line.hidden and "Caller" in line.who)
    item = page.line
    press(qtbot, window, Qt.Key.Key_L)
    assert not page.decision.reason.isEnabled()
    press(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(
        lambda: page.review.in_front is not None and not page.review.in_front.line.hidden, timeout=LONG
    )
    assert page.own.buttons[0].isChecked()
    assert page.seen.head.asked.value.text() in ("Immediate", "Priority")
    press(qtbot, window, Qt.Key.Key_L)
    assert page.decision.reason.hasFocus()
    qtbot.keyClicks(page.decision.reason, "Ask where he is now.")
    qtbot.keyClick(page.decision.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: all(key_of(line) != key_of(item) for line in page.review.lines))
    handlers = (month.replay.actor("handler"), month.replay.actor("handler-2"))
    handler = next(a for a in handlers if a.user_id == item.handler_id)
    told = month.app.reviews.feedback(handler)
    assert told[0].text == "Ask where he is now." and told[0].result is Result.LEARNING

    desk = sit_down(month.app, handler)
    note = desk.telling.note
    qtbot.waitUntil(note.isVisible)
    before = desk.telling.controller.unseen
    assert f"{before} told to you" in note.text()
    qtbot.keyClick(desk, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    told_page = desk.telling.page
    qtbot.waitUntil(told_page.list.hasFocus)
    assert "Ask where he is now." in told_page.whole.text()
    qtbot.keyClick(told_page.list, Qt.Key.Key_Return)
    assert told_page.word.hasFocus()
    qtbot.keyClicks(told_page.word, "Will do.")
    qtbot.keyClick(told_page.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.telling.controller.unseen < before, timeout=LONG)
    seen = [f for f in month.app.reviews.feedback(handler) if f.seen_at and f.text == "Ask where he is now."]
    assert [f.answer for f in seen] == ["Will do."]


def test_what_was_typed_for_an_item_is_there_again(window, qtbot):
    page = window.review
    go_to(qtbot, window, lambda line: line.was == "Priority")
    first = page.line
    press(qtbot, window, Qt.Key.Key_U)
    qtbot.keyClicks(page.decision.reason, "Right, though")
    qtbot.keyClick(page.decision.reason, Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: page.review.in_front is not None, timeout=LONG)
    assert page.decision.reason.text() == ""
    go_to(qtbot, window, lambda line: key_of(line) == key_of(first))
    assert page.decision.reason.text() == "Right, though"
    assert page.decision.chosen == "upheld"


def test_an_own_grade_comes_before_saying_that_one_would_have_graded_otherwise(window, qtbot):
    page = window.review
    go_to(qtbot, window, lambda line: line.was == "Priority")
    press(qtbot, window, Qt.Key.Key_W)
    assert "Say first how you grade it" in page.decision.says.text()
    assert not page.decision.reason.hasFocus()


def test_an_item_is_made_ones_own_and_given_back(window, qtbot):
    page = window.review
    go_to(qtbot, window, lambda line: line.was == "Priority")
    item = page.line.item_id
    press(qtbot, window, Qt.Key.Key_M)
    me = page.review.actor.user_id
    owner = lambda: next(line.owner_id for line in page.review.lines if line.item_id == item)  # noqa: E731
    qtbot.waitUntil(lambda: owner() == me, timeout=LONG)
    press(qtbot, window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: owner() is None, timeout=LONG)


def test_the_figures_are_words_as_well(window, qtbot):
    plots = window.review.plots
    press(qtbot, window, Qt.Key.Key_P)
    assert plots.has_focus
    series = window.review.review.plots[0].series
    qtbot.keyClick(plots.view, Qt.Key.Key_Right)
    qtbot.keyClick(plots.view, Qt.Key.Key_Right)
    assert plots.view.told == Plot(series).told(series.points[1])
    assert "30 days" in plots.view.accessibleDescription()
    qtbot.keyClick(plots.view, Qt.Key.Key_B)
    assert plots.table.hasFocus()
    assert [row.spoken for row in plots.table.model().rows] == [Plot(series).told(p) for p in series.points]
    seen = []
    for _ in window.review.review.plots:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V)
        seen.append(plots.heading.text())
        assert plots.basis.text() and plots.has_focus
    assert len(set(seen)) == len(window.review.review.plots)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.review.list.hasFocus()


def test_what_was_seen_is_scrolled_by_the_arrows_and_left_by_esc(window, qtbot):
    page = window.review
    press(qtbot, window, Qt.Key.Key_S)
    assert page.seen.hasFocus()
    for _ in range(3):
        qtbot.keyClick(page.seen, Qt.Key.Key_Down)
    assert page.seen.verticalScrollBar().value() > 0
    qtbot.keyClick(page.seen, Qt.Key.Key_K)
    assert page.decision.reason.hasFocus() and page.decision.chosen == "keep"
    qtbot.keyClick(page.decision.reason, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_the_log_is_proved_up_to_a_time(window, qtbot):
    page = window.review
    press(qtbot, window, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: "Log verified to" in page.review.strip(page.review.now()).log, timeout=60_000)


def test_a_request_is_counted_wherever_the_supervisor_is(window, qtbot):
    counter = window.reviewing.counter
    assert not counter.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert counter.isVisible() and "1 asking for agreement" in counter.text()
    assert QApplication.activeModalWidget() is None
    assert window.page.log.entry.hasFocus() or not counter.hasFocus()
    qtbot.mouseClick(counter, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.review
    assert not counter.isVisible()


def test_the_page_is_made_when_it_is_first_wanted(month, sit_down):
    handler = sit_down(month.app, month.replay.actor("handler"))
    assert handler.review is None and handler.reviewing is None
    assert not [w for w in handler.findChildren(QObject) if type(w).__name__ == "ReviewPage"]


def test_no_key_of_the_window_has_two_meanings(window):
    keys = [
        key.toString()
        for _, actions in window.key_groups
        for action in actions
        if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
        for key in action.shortcuts()
    ]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    assert not twice
    own = [key.toString() for action in window.reviewing.actions for key in action.shortcuts()]
    assert len(own) == len(set(own)) and not set(own) & set(keys)


def test_a_reviewer_who_is_no_supervisor_reads_a_request_and_does_not_answer_it(
    month, settings, sit_down, qtbot
):
    app, actor = core.join_demonstration(settings, "reviewer")
    opened = sit_down(app, actor)
    page = opened.review
    qtbot.waitUntil(lambda: page.review.in_front is not None, timeout=LONG)
    assert page.line.waiting and page.seen.answers.rows
    assert page.decision.says.text() == "Only a supervisor agrees or keeps; you may read it."
    assert not page.decision.reason.isEnabled()
    assert not [a for a in page.list.actions() if a.text().startswith("Asking now")]
    opened.close()
    app.close()


def test_the_papers_wait_for_the_blind_grade_and_are_saved_after(window, qtbot):
    page = window.review
    press(qtbot, window, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: page.papers.says.text().startswith("Saved: "), timeout=LONG)
    assert page.papers.says.text().endswith(".pdf")
    assert window.status.text() == page.papers.says.text(), "said where it is seen at any size"
    blind = [line for line in page.review.lines if line.hidden]
    if blind:
        go_to(qtbot, window, lambda line: line.hidden)
        assert page.papers.is_closed
        press(qtbot, window, Qt.Key.Key_D)
        assert "give yours first" in page.papers.says.text()


def test_weak_answers_given_before_are_seen(window):
    said = [row.shown.spoken for row in window.review.seen.answers.rows]
    assert any("Said before, and not counted: “No weapon seen”" in words for words in said)


def test_the_links_are_those_of_that_moment_and_open_what_the_handler_saw(window, qtbot):
    page = window.review
    go_to(qtbot, window, lambda line: line.waiting)
    press(qtbot, window, Qt.Key.Key_G)
    view = page.links.panel.view
    qtbot.waitUntil(lambda: view.current != "" and view.hasFocus(), timeout=LONG)
    assert "as of 00:2" in page.links.panel.title.text()
    seen = {f"incident:{i.id}" for i in page.seen.shown.view.picture.linked}
    drawn = {f"incident:{i}" for n in page.links.panel._read.graph.nodes for i in n.incidents}
    assert drawn == seen
    key = next(k for k in view.drawing.boxes if k in seen)
    view.go_to(key)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.seen.linked.list.hasFocus() and page.seen.linked.list.current_key() == key
    qtbot.keyClick(page.seen.linked.list, Qt.Key.Key_G)
    assert page.links.on and view.current == key
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not page.links.on and page.seen.hasFocus()
