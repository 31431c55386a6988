"""What the desk shows at 00:26, at both sizes, and that it can be read whole."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QListView

from ui.models.rows import ROW


def rows(view: QListView) -> list:
    model = view.model()
    return [model.index(i, 0).data(ROW) for i in range(model.rowCount())]


def test_the_night_at_0026_is_on_the_screen(window):
    page = window.page
    assert page.top.grade.text() == "Immediate"
    assert "Overdue 1 h 3" in page.top.target.value.text()
    assert "Waiting 1 h 5" in page.top.waiting.value.text()
    assert page.top.tonight.value.text() == "4 calls · 1 unanswered"
    assert page.top.response.value.text() == "Unresourced 23:42"
    assert page.top.owner.value.text() == "Handler 12"
    assert page.top.room.value.text() == "Second room"
    critical = rows(page.warnings.list)
    assert len(critical) == 6 and {r.tier for r in critical} == {"critical"}
    assert "6 critical" in page.warnings.counts.text()
    assert [r.key for r in critical if r.new] == ["place-he-may-know"]
    assert "Mother's home" in page.side.going.text() and "⚠" in page.side.going.text()
    assert page.order.badge.text() == "Declared by caller, live for risk, copy not held"
    assert "arrest without a warrant" in page.order.power.text()
    assert "16 logged" in page.history.heading.text()
    assert len(rows(page.history.list)) == 10
    # Whether she can speak comes first in every call, and in this one nobody has asked; then the place.
    assert page.questions.ask.text() == "Is it safe for her to talk?"
    assert "Does he know where she is going?" in [q.question.ask for q in window.desk.view.questions[:2]]
    assert not page.rationale.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_grade_clocks_and_top_warning_are_read_whole(night, sit_down, qtbot, size):
    window = sit_down(night.app, night.actor, night.incident_id, size=size)
    page = window.page
    for fact in page.top.facts:
        assert fact.isVisible() and not fact.value.is_cut, fact.accessibleName()
        assert page.top.rect().contains(fact.geometry())
    shown = [w for w in (page.top.grade, *page.top.facts) if w.isVisible()]
    for one, two in itertools.pairwise(shown):
        assert one.geometry().right() <= two.geometry().left()
    assert page.log.entry.isVisible() and page.grades.isVisible()
    assert page.rect().contains(page.log.entry.mapTo(page, page.log.entry.rect().bottomRight()))
    top = page.warnings.list
    assert top.viewport().rect().contains(top.visualRect(top.model().index(0, 0)).center())
    for button in [*page.questions.findChildren(QAbstractButton), *page.acts.values()]:
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width(), button.text()


def test_everything_that_takes_the_focus_has_a_name(window):
    unnamed = [
        w
        for kind in (QAbstractButton, QLineEdit, QComboBox, QListView)
        for w in window.findChildren(kind)
        if w.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not (w.accessibleName() or getattr(w, "text", str)())
        and not isinstance(w.parent(), QComboBox)
        and w.parent().metaObject().className() != "QComboBoxPrivateContainer"
    ]
    assert not unnamed


def test_all_text_is_plain(window):
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in window.findChildren(QLabel) if label.text()
    )


def test_every_action_has_a_key_and_is_listed(window):
    listed = dict(window.keys.listed)
    for action in window.findChildren(QAction):
        if not action.text() or action.parent().metaObject().className().startswith("QLineEdit"):
            continue
        assert listed.get(action.text()), action.text()


def test_no_key_means_two_things_in_one_place(window):
    keys = [k for a in window.actions() for k in (s.toString() for s in a.shortcuts())]
    assert len(keys) == len(set(keys))
    own = {s.toString() for a in window.page.questions.actions() for s in a.shortcuts()}
    assert not own & set(keys)


def test_enter_opens_the_evidence_and_esc_goes_back(window, qtbot):
    page = window.page
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert page.warnings.list.hasFocus()
    qtbot.keyClick(page.warnings.list, Qt.Key.Key_Return)
    assert page.detail.isVisible() and page.detail.hasFocus()
    said = page.detail.accessibleDescription()
    assert "What settles it" in said and "What does not settle it" in said and "He slapped me." in said
    qtbot.keyClick(page.detail, Qt.Key.Key_Escape)
    assert page.history.isVisible() and page.warnings.list.hasFocus()


def test_the_serious_warnings_open_by_a_key(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert {r.tier for r in rows(window.page.warnings.list)} == {"critical", "serious", "note"}
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert {r.tier for r in rows(window.page.warnings.list)} == {"critical"}


def test_what_to_say_of_the_order_and_the_keys_open_by_key(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert "It's not on our system, so we can't act." in window.page.detail.accessibleDescription()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.keys.isVisible()
    qtbot.keyClick(window.keys, Qt.Key.Key_Escape)
    assert window.page.isVisible()


def test_nothing_is_modal(window):
    assert not window.findChildren(QDialog)
    assert QApplication.activeModalWidget() is None
