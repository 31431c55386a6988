"""The entry line, drafts, calls and forms, by keyboard alone."""

import threading

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from callhandler.model.facts import Reply
from callhandler.services.calls import CallIn
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


def test_what_the_clocks_write_keeps_nothing_from_being_said_to_be_saved(window, qtbot):
    """Only what somebody typed is counted, each thing once; it is saved when it is, whatever else waits in the lane."""
    gates = [threading.Event() for _ in range(3)]
    first, second, tick = (lambda g=gate: g.wait(5) for gate in gates)
    told = window.page.top._saved
    window.desk.do(first)
    assert told.text().startswith("Not saved yet: 1")
    window.desk.do(second)
    window.writes.do(tick)
    assert told.text().startswith("Not saved yet: 2")
    gates[0].set()
    qtbot.waitUntil(lambda: told.text().startswith("Not saved yet: 1"))
    gates[1].set()
    qtbot.waitUntil(lambda: told.text().startswith("Saved"))
    assert window.writes.waiting == 1
    gates[2].set()


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


def test_enter_records_though_the_list_of_finds_is_open(window, qtbot):
    """The list itself cannot be shown here; in real windows tests/e2e presses the same key in it."""
    window.page.forms.open("type")
    choice = window.page.forms.all["type"].strip.editor("type")
    choice.setEditText("Domestic")
    before = window.desk.view.picture.upto
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert choice.eventFilter(choice.completer().popup(), enter)
    qtbot.waitUntil(lambda: window.desk.view.picture.upto > before and not window.page.forms.any_open)
    assert window.page.log.entry.hasFocus()


def test_part_of_a_known_name_is_said_to_be_somebody_new(window):
    strip = window.page.forms.all["tell"].strip
    window.page.forms.open("tell")
    about = strip.editor("about")
    about.setEditText("The perp")
    about.lineEdit().editingFinished.emit()
    assert about.is_new and "none of those known: The perp." in strip._hint.text()
    about.setEditText("the perpetrator")
    about.lineEdit().editingFinished.emit()
    assert not about.is_new and about.value().startswith("#")
    assert "cancels nothing" in strip._hint.text()
    window.page.forms.abandon("tell")


def test_what_is_pressed_while_a_call_is_taken_is_meant_for_that_call(window, qtbot, night):
    desk, first = window.desk, window.desk.incident_id
    before = len(desk.view.picture.decisions)
    desk.take(CallIn(number="07700 900199", join="no"), lambda _: None, lambda: None)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(
        lambda: desk.incident_id != first and desk.view is not None and desk.view.picture.decisions != ()
    )
    assert desk.view.standing_grade.name == "Immediate"
    assert len(night.app.desk.view(night.actor, first).picture.decisions) == before


def test_a_history_told_only_as_a_number_is_taken_down(window, qtbot):
    forms, desk = window.page.forms, window.desk
    forms.open("count")
    strip = forms.all["count"].strip
    strip.editor("subject").setEditText("Own flat")
    strip.editor("number").setText("sixteen")
    strip.editor("source").setText("Check of the national computer")
    strip.send()
    qtbot.waitUntil(lambda: "not a whole number" in strip.fault.text())
    strip.editor("number").setText("16")
    before = len(desk.view.picture.counts)
    strip.send()
    qtbot.waitUntil(lambda: len(desk.view.picture.counts) == before + 1)
    newest = desk.view.picture.counts[-1]
    assert (newest.number, newest.counted, newest.span) == (16, "logs", "not told")


def test_keys_that_come_after_the_list_of_finds_has_closed_go_where_the_hands_are(window):
    """On a busy machine they were queued for the list; they must not end in the field that it hung from."""
    window.page.forms.open("tell")
    strip = window.page.forms.all["tell"].strip
    first, words = strip.editor("indicator"), strip.editor("words")
    first.setEditText("Violence now")
    words.setFocus()
    for letter, late in zip("He", (first.completer().popup(), first.lineEdit()), strict=True):
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(late, key)
    assert (first.currentText(), words.text()) == ("Violence now", "He")
    window.page.forms.abandon("tell")
