"""New facts move nothing under the pointer or the focus; counters instead; sizes at which nothing is clipped."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QListView

from ui.common import theme
from ui.desk import warnings_panel
from ui.desk.warnings_panel import WarningsPanel
from ui.models.delegates import LogDelegate
from ui.models.rows import LogRow, Row, RowsModel
from ui.models.view import RowsView

CTRL = Qt.KeyboardModifier.ControlModifier


def log_rows(*numbers):
    return [LogRow(f"log:{n}", f"line {n}", "", "22:34", "H", f"line {n}") for n in numbers]


def test_unchanged_rows_tell_nothing_and_one_new_row_tells_one(qtbot):
    model = RowsModel[Row]()
    model.show_rows(log_rows(1, 2, 3))
    told = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.rowsInserted.connect(lambda p, a, b: told.append(("in", a, b)))
    model.rowsRemoved.connect(lambda p, a, b: told.append(("out", a, b)))
    model.dataChanged.connect(lambda a, b: told.append(("changed", a.row())))
    model.show_rows(log_rows(1, 2, 3))
    assert not told
    model.show_rows(log_rows(1, 9, 2, 3))
    assert told == [("in", 1, 1)]
    model.show_rows(log_rows(1, 9, 3))
    assert told[1:] == [("out", 2, 2)]
    model.show_rows(log_rows(3, 1, 9))
    assert told[2:] == ["reset"]
    assert model.rowCount(QModelIndex()) == 3


def test_a_list_in_use_keeps_its_order_and_what_is_in_sight(qtbot, monkeypatch):
    view = RowsView(RowsModel[Row](), LogDelegate(), "Log")
    qtbot.addWidget(view)
    view.resize(300, 100)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_rows(log_rows(*range(20)))
    view.scrollTo(view.model().index(9, 0), QListView.ScrollHint.PositionAtTop)
    assert view.first_seen() == "log:9"
    with monkeypatch.context() as idle:
        idle.setattr(RowsView, "in_use", False)
        view.show_rows(log_rows(50, 51, *range(20)))
    assert view.first_seen() == "log:9" and view.model_keys()[0] == "log:50"
    view.setFocus()
    view.setCurrentIndex(view.model().index(5, 0))
    here = view.current_key()
    view.show_rows(log_rows(60, 50, 51, *range(20)))
    assert view.model_keys()[-1] == "log:60" and view.current_key() == here
    view.show_rows(log_rows(60, 50, 51, *range(20)), anew=True)
    assert view.model_keys()[0] == "log:60" and view.current_key() == here


def test_lines_that_come_below_what_is_read_are_counted(window, qtbot, night):
    log = window.page.log
    log.list.scrollToTop()
    assert not log.at_end
    for text in ("one", "two"):
        night.app.telling.write(night.actor, night.incident_id, text)
    qtbot.waitUntil(lambda: log.fresh.isVisible() and log.fresh.text() == "2 new ↓", timeout=4000)
    assert log.list.verticalScrollBar().value() == 0
    qtbot.keyClick(window, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    assert log.at_end and not log.fresh.isVisible()


def test_a_new_warning_pushes_nothing_down_while_the_history_is_read(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, night.incident_id, size=(1920, 1080))
    page, view = window.page, window.desk.view
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    assert page.history.list.hasFocus()
    qtbot.wait(150)
    place = page.history.list.mapTo(page, page.history.list.rect().topLeft())
    first = view.assessment.standing[0]
    more = replace(
        view,
        assessment=replace(
            view.assessment, warnings=(*view.assessment.warnings, replace(first, code="new-one"))
        ),
    )
    page.show_view(more)
    QApplication.processEvents()
    assert page.history.list.mapTo(page, page.history.list.rect().topLeft()) == place
    assert page.warnings.fresh.text() == "1 new below"
    page.to_entry()
    page.show_view(more)
    QApplication.processEvents()
    assert page.warnings.fresh.isHidden()
    assert page.warnings.list.maximumHeight() >= page.warnings.list.rows_height()


@pytest.mark.parametrize("scale", [150, 200])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_at_large_letters_what_must_never_scroll_away_is_there(night, sit_down, qapp, size, scale):
    theme.apply(qapp, 13, scale=scale)
    try:
        window = sit_down(night.app, night.actor, night.incident_id, size=size)
        QApplication.processEvents()
        page = window.page
        for fact in page.top.facts:
            if fact.value.text():
                assert not fact.value.is_cut and page.top.rect().contains(fact.geometry()), (
                    fact.accessibleName()
                )
        for must in (page.top.grade, page.log.entry, page.grades, *page.grades.buttons.values()):
            assert must.isVisible()
            top = must.mapTo(page, must.rect().topLeft())
            low = must.mapTo(page, must.rect().bottomRight())
            assert page.rect().contains(top) and page.rect().contains(low), must.accessibleName()
        view = page.warnings.list
        shown = view.visualRect(view.model().index(0, 0))
        assert view.viewport().rect().contains(shown.topLeft())
        assert view.viewport().rect().contains(shown.bottomLeft())
        assert page.minimumSizeHint().width() <= page.width()
        assert page.minimumSizeHint().height() <= page.height()
    finally:
        theme.apply(qapp, 13, scale=100)


def test_the_left_column_folds_to_a_rail_and_a_key_unfolds_it(window, qtbot):
    page = window.page
    assert page.rail.isVisible() and not page.side.isVisible()
    assert "Adult 1" in page.caller.name.text() and "Mother's home" in page.caller.going.text()
    assert page.rail.list.model().rowCount() == len(page.desk.view.picture.people) + len(
        page.desk.view.picture.places
    )
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert page.side.isVisible() and not page.rail.isVisible() and page.side.people.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert page.rail.isVisible()
    window.resize(1920, 1080)
    window.page._side_wanted = None
    page.arrange()
    assert page.side.isVisible()


def test_the_first_critical_warnings_are_seen_wherever_the_pointer_is(night, qtbot):
    panel = WarningsPanel()
    qtbot.addWidget(panel)
    panel.keep_still_while(lambda: True)
    panel.show_view(None)
    panel.show_view(night.app.desk.view(night.actor, night.incident_id))
    assert panel.list.minimumHeight() >= panel.list.rows_room(6)


def test_a_pointer_left_lying_does_not_hide_a_new_critical_warning(night, qtbot, monkeypatch):
    monkeypatch.setattr(warnings_panel, "HELD_MS", 50)
    panel = WarningsPanel()
    qtbot.addWidget(panel)
    view = night.app.desk.view(night.actor, night.incident_id)
    panel.show_view(view)
    panel.keep_still_while(lambda: True)
    before = panel.list.maximumHeight()
    new = replace(view.assessment.standing[0], code="new-one")
    judged = replace(view.assessment, warnings=(*view.assessment.warnings, new))
    panel.show_view(replace(view, assessment=judged))
    assert panel.list.maximumHeight() == before
    qtbot.waitUntil(lambda: panel.list.maximumHeight() > before)
    assert panel.list.maximumHeight() >= panel.list.rows_height()
