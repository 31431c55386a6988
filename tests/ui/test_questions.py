"""The question panel: few at once, one key each, words a key away, the caller's way of speaking, nothing lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from callhandler.model.facts import Reply
from callhandler.services.calls import CallIn
from tests.ui import seen
from ui.desk.who_rows import reply_words

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(window, qtbot):
    """The panel with the focus on it."""
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.page.questions.hasFocus()
    return window.page.questions


def answers(window, question: str) -> list:
    return [a for a in window.desk.view.picture.answers if a.question == question]


def speaks(window, qtbot, key: Qt.Key) -> None:
    before = len(window.desk.view.picture.manners)
    qtbot.keyClick(window, key, ALT)
    qtbot.waitUntil(lambda: len(window.desk.view.picture.manners) > before)


def test_five_are_shown_and_the_others_are_counted(window, panel):
    assert len(panel.following) == 4
    open_now = sum(1 for q in window.desk.view.questions if q.open)
    assert f"{open_now - 5} more to ask: PgDn" in panel.foot.text()


def test_what_a_critical_warning_waits_for_is_up(window, panel):
    first = next(q for q in window.desk.view.questions if q.question.id == panel.current)
    assert window.desk.app.policy.warnings[first.bears_on].tier == "critical"


def test_any_question_is_reached_and_home_goes_back(window, panel, qtbot):
    first = panel.current
    reached = {first}
    for _ in window.desk.view.questions:
        qtbot.keyClick(panel, Qt.Key.Key_PageDown)
        reached.add(panel.current)
    assert reached == {q.question.id for q in window.desk.view.questions}
    qtbot.keyClick(panel, Qt.Key.Key_PageDown)
    qtbot.keyClick(panel, Qt.Key.Key_Home)
    assert panel.current == first


def test_every_state_has_words_of_its_own(window, panel, qtbot):
    assert panel.state.text() == "Not asked yet"
    said = set()
    for key, reply in zip(
        "KLDNY", (Reply.NOT_KNOWN, Reply.LATER, Reply.DECLINED, Reply.NO, Reply.YES), strict=True
    ):
        asked = panel.current
        qtbot.keyClick(panel, key)
        qtbot.waitUntil(lambda q=asked, r=reply: [a.reply for a in answers(window, q)] == [r])
        while panel.current != asked:
            qtbot.keyClick(panel, Qt.Key.Key_PageUp)
        assert panel.state.text().startswith(reply_words(reply))
        assert panel.state.text() in panel.accessibleDescription(), "read out as well"
        said.add(panel.state.text().split(" ", 1)[0])
        qtbot.keyClick(panel, Qt.Key.Key_Home)
    assert len(said) == 5


def test_an_answer_can_be_changed_and_the_one_before_is_shown(window, panel, qtbot):
    asked = panel.current
    qtbot.keyClick(panel, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: len(answers(window, asked)) == 1)
    while panel.current != asked:
        qtbot.keyClick(panel, Qt.Key.Key_PageDown)
    qtbot.keyClick(panel, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: len(answers(window, asked)) == 2)
    while panel.current != asked:
        qtbot.keyClick(panel, Qt.Key.Key_PageDown)
    assert panel.state.text().startswith("Not known") and "before: Yes" in panel.state.text()


def with_words(panel, qtbot) -> str:
    """Go to the next open question whose yes asks for words."""
    while True:
        own = next(q for q in panel._questions if q.question.id == panel.current)
        if own.open and own.question.wants_words(Reply.YES):
            return panel.current
        qtbot.keyClick(panel, Qt.Key.Key_PageDown)


def test_words_follow_an_answer_without_stopping_the_keys(window, panel, qtbot):
    asked = with_words(panel, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Y)
    assert panel.words.isVisible() and panel.hasFocus(), "the next key answers the next question"
    assert panel.words.question == asked != panel.current
    qtbot.keyClick(panel, Qt.Key.Key_W)
    assert panel.words.line.hasFocus()
    qtbot.keyClicks(panel.words.line, "yes, by the back door")
    qtbot.keyClick(panel.words.line, Qt.Key.Key_Return)
    assert panel.hasFocus() and not panel.words.isVisible()
    qtbot.waitUntil(lambda: [a.words for a in answers(window, asked)] == ["", "yes, by the back door"])
    assert "yes, by the back door" in window.desk.view.picture.log[-1].text
    qtbot.waitUntil(lambda: not window.writes.waiting)
    assert not window.desk.keeper.of(str(window.desk.incident_id), "question")


def test_half_typed_words_survive_the_window(window, panel, qtbot, sit_down, night):
    asked = with_words(panel, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Y)
    qtbot.keyClick(panel, Qt.Key.Key_W)
    qtbot.keyClicks(panel.words.line, "he said that he")
    qtbot.waitUntil(
        lambda: any(d.text == "he said that he" for d in night.app.drafts.recover(night.app.office)),
        timeout=2000,
    )
    again = sit_down(night.app, night.actor, night.incident_id).page.questions
    assert again.words.question == asked and again.words.line.text() == "he said that he"
    again.words.go()
    qtbot.keyClick(again.words.line, Qt.Key.Key_Escape)
    assert not again.words.isVisible()


def test_words_too_long_come_back(window, panel, qtbot):
    asked = with_words(panel, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Y)
    qtbot.keyClick(panel, Qt.Key.Key_W)
    panel.words.line.setText("x" * 30_000)
    qtbot.keyClick(panel.words.line, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.words.isVisible)
    assert panel.words.question == asked and len(panel.words.line.text()) == 30_000
    assert "30,000 characters" in window.status.text()
    qtbot.keyClick(panel, Qt.Key.Key_W)
    qtbot.keyClick(panel.words.line, Qt.Key.Key_Escape)


def test_a_caller_who_can_only_say_yes_or_no_is_asked_only_that(window, panel, qtbot):
    speaks(window, qtbot, Qt.Key.Key_5)
    policy = window.desk.app.policy
    assert panel.manner.text() == "Yes or no only"
    assert policy.manners["yes-no"].speak[0] in panel.speak.text()
    assert panel.ask.text() == policy.questions[panel.current].asks["yes-no"]
    assert "wait until she can speak" in panel.foot.text()
    assert window.page.side.speaks.text() == "Yes or no only"
    speaks(window, qtbot, Qt.Key.Key_0)
    assert not panel.manner.isVisible() and panel.ask.text() == policy.questions[panel.current].ask


def test_the_code_of_taps_is_shown(window, panel, qtbot):
    speaks(window, qtbot, Qt.Key.Key_6)
    assert panel.speak.text().startswith("One tap or cough: yes · Two: no")
    speaks(window, qtbot, Qt.Key.Key_0)


def test_a_language_is_noted_in_the_form(window, panel, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    strip = window.page.forms.all["manner"].strip
    strip.editor("manner").setEditText("interpreter")
    qtbot.keyClicks(strip.editor("note"), "Sorani, a woman")
    qtbot.keyClick(strip.editor("note"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.manner.text() == "Through an interpreter: Sorani, a woman")
    speaks(window, qtbot, Qt.Key.Key_0)


def test_in_the_next_call_it_is_last_time_and_nothing_more(window, panel, qtbot, night):
    speaks(window, qtbot, Qt.Key.Key_8)
    window.desk.do(
        lambda: night.app.calls.take(night.actor, CallIn(number="07700 900418", name="Adult 1")),
        lambda _: window.desk.read(),
    )
    qtbot.waitUntil(lambda: window.desk.view.speaking.now is None)
    assert panel.manner.text() == "Last time: A child (Alt+8)"
    assert window.page.side.speaks.text() == "last time: A child"
    assert panel.ask.text() == window.desk.app.policy.questions[panel.current].ask


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("key", [Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7, Qt.Key.Key_8, Qt.Key.Key_9])
def test_with_a_manner_and_a_line_for_words_everything_is_read(window, panel, qtbot, size, key):
    window.resize(*size)
    speaks(window, qtbot, key)
    with_words(panel, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Y)
    for _ in range(6):
        QApplication.processEvents()
    assert panel.words.isVisible() and panel.manner.isVisible()
    assert not seen.clipped(window) and not seen.overlapping(window)
    qtbot.keyClick(panel, Qt.Key.Key_W)
    qtbot.keyClick(panel.words.line, Qt.Key.Key_Escape)
    speaks(window, qtbot, Qt.Key.Key_0)
