"""The entry line, drafts, calls and forms, by keyboard alone."""

import threading

from PySide6.QtCore import Qt

from callhandler.model.facts import Reply
from ui.main_window import MainWindow
from ui.models.rows import ROW

CTRL = Qt.KeyboardModifier.ControlModifier


def lines(window) -> list:
    model = window.page.log.list.model()
    return [model.index(i, 0).data(ROW) for i in range(model.rowCount())]


def test_a_line_is_shown_as_saved_only_once_it_is(window, qtbot, night):
    gate = threading.Event()
    window.writes.do(lambda: gate.wait(5))
    assert window.page.log.entry.hasFocus()
    qtbot.keyClicks(window.page.log.entry, "no keys so going to mums")
    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_Return)
    assert lines(window)[-1].pending == "not saved yet"
    assert window.page.log.entry.text() == ""
    gate.set()
    qtbot.waitUntil(
        lambda: lines(window)[-1].text == "no keys so going to mums" and not lines(window)[-1].pending
    )
    view = night.app.desk.view(night.actor, night.incident_id)
    assert view.picture.log[-1].text == "no keys so going to mums"
    qtbot.waitUntil(lambda: "Saved" in window.page.top._saved.text())


def test_markup_and_other_scripts_stay_plain(window, qtbot):
    text = "<b>bold?</b> & محمد علي 🙂"
    window.page.log.entry.setText(text)
    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lines(window)[-1].text == text and not lines(window)[-1].pending)
    window.grab()


def test_a_line_too_long_comes_back_with_the_reason(window, qtbot):
    window.page.log.entry.setText("x" * 30_000)
    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.log.entry.text() != "")
    assert len(window.page.log.entry.text()) == 30_000
    assert "30,000 characters" in window.status.text()
    window.page.log.entry.clear()
    window.desk.keep_draft(window.page.log.uuid, "")


def test_a_draft_survives_the_window(night, sit_down, qtbot):
    first: MainWindow = sit_down(night.app, night.actor, night.incident_id)
    qtbot.keyClicks(first.page.log.entry, "he is at the do")
    qtbot.waitUntil(
        lambda: any(d.text == "he is at the do" for d in night.app.drafts.recover(night.app.office)),
        timeout=900,
    )
    second = sit_down(night.app, night.actor, night.incident_id)
    assert second.page.log.entry.text() == "he is at the do"
    qtbot.keyClick(second.page.log.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not second.writes.waiting)
    assert not [d for d in night.app.drafts.recover(night.app.office) if d.text]


def test_an_answer_is_one_key_and_the_next_question_comes_up(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    first = window.page.questions.current
    qtbot.keyClick(window.page.questions, Qt.Key.Key_K)
    assert window.page.questions.current != first
    replied = lambda: {a.question: a.reply for a in window.desk.view.picture.answers}.get(first)  # noqa: E731
    qtbot.waitUntil(lambda: replied() is Reply.NOT_KNOWN)


def test_an_order_is_declared_by_keyboard(window, qtbot):
    before = len(window.desk.view.picture.log)
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    strip = window.page.forms.all["order"].strip
    assert strip.isVisible() and strip.editor("type").value() == "nmo"
    people = [strip.editor("protected").itemText(i) for i in range(3)]
    assert people[0] == "Adult 1"
    strip.editor("protected").setEditText("Adult 1")
    strip.editor("respondent").setEditText("The perpetrator")
    qtbot.keyClicks(strip.editor("words"), "I have got an order")
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not strip.isVisible())
    qtbot.waitUntil(lambda: len(window.desk.view.picture.log) > before)
    assert window.page.log.entry.hasFocus()


def test_a_form_says_in_place_what_is_missing(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL)
    strip = window.page.forms.all["tell"].strip
    strip.editor("indicator").setEditText("strang")
    assert strip.editor("indicator").value() == "strangulation"
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Return)
    assert strip.fault.isVisible() and "In her words" in strip.fault.text()
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Escape)
    assert not strip.isVisible()


def test_a_call_joins_by_itself(window, qtbot, night):
    take(window, qtbot, number="07700 900 418", name="Adult 1", words="It is me again")
    qtbot.waitUntil(lambda: "joined" in window.status.text())
    assert window.desk.incident_id == night.incident_id


def test_an_ordinary_call_is_graded_and_closed_in_two_keys(window, qtbot, night):
    take(
        window,
        qtbot,
        number="07700 900151",
        name="Caller B",
        place="Cycle rack",
        type="theft",
        words="My bike was taken",
    )
    qtbot.waitUntil(lambda: window.desk.view is not None and window.desk.incident_id != night.incident_id)
    assert not window.desk.view.assessment.critical_below
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.desk.view.standing_grade is not None)
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: window.status.text() == "Closed.")
    assert window.desk.incident_id == night.incident_id and not window.page.rationale.isVisible()


def take(window, qtbot, **values):
    """Take a call through its form."""
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    strip = window.page.forms.all["call"].strip
    for name, value in values.items():
        editor = strip.editor(name)
        if name == "type":
            editor.setCurrentIndex(editor.findData(value))
        elif hasattr(editor, "setEditText"):
            editor.setEditText(value)
        else:
            qtbot.keyClicks(editor, value)
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not strip.isVisible())
