"""The response by keyboard: the suspect, what is offered, the plan, promises, acknowledging, passing on; and the board."""

from PySide6.QtCore import Qt

from callhandler.model.incident import ResponseState
from callhandler.model.safety import Alone, Offered
from callhandler.rules.escalate import is_escalation
from tests.ui import seen
from ui.models.rows import ROW

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier


def rows(view):
    model = view.model()
    return [model.index(i, 0).data(ROW) for i in range(model.rowCount())]


def fill(window, qtbot, key, form, held=BOTH, **fields):
    """Open a form by its key, type into its fields, and send it by Enter."""
    qtbot.keyClick(window, key, held)
    strip = window.page.forms.all[form].strip
    assert strip.isVisible()
    for name, text in fields.items():
        put(strip.editor(name), text)
    first = strip.editor(next(iter(fields)))
    qtbot.keyClick(first.lineEdit() if hasattr(first, "lineEdit") else first, Qt.Key.Key_Return)
    return strip


def put(editor, text):
    """Words in a field; what a choice lists is not opened here, it has tests of its own."""
    (editor.setEditText if hasattr(editor, "setEditText") else editor.setText)(text)


def test_a_form_about_what_there_is_none_of_says_so(window, qtbot):
    strip = fill(window, qtbot, Qt.Key.Key_K, "transfer_received", ALT, named="Sergeant 4")
    assert strip.fault.text().endswith("There is none here to choose: Which")
    window.page.forms.leave()


def test_arrest_him_without_seeing_me_is_seen_as_a_target_of_its_own(window):
    view = window.desk.view
    assert view.clocks.suspect_state is ResponseState.AWAITING
    assert window.page.top.response.label.text() == "Response · he: not found"
    assert window.page.top.response.accessibleName() == "Response: Unresourced 23:42"
    assert window.page.top.response.accessibleDescription() == "Suspect: not found"
    found = {r.key: r for r in rows(window.page.tasks.list)}
    assert found["suspect:"].title == "The suspect: not found"
    codes = [t.code for t in view.picture.tasks if t.code.startswith("suspect-")]
    assert len(codes) == 5


def test_the_search_is_recorded_by_one_form(window, qtbot):
    fill(window, qtbot, Qt.Key.Key_S, "suspect", state="Looked for", note="Unit 3, his parents' home")
    qtbot.waitUntil(lambda: window.desk.view.clocks.suspect_state is ResponseState.ASSIGNED)
    assert window.page.top.response.label.text() == "Response · he: looked for"
    assert window.desk.view.clocks.state is ResponseState.UNRESOURCED, "she still waits"


def test_what_is_offered_and_refused_is_recorded_with_why(window, qtbot):
    strip = fill(
        window, qtbot, Qt.Key.Key_M, "meanwhile", ALT, code="An open police", outcome="Refused", words="No."
    )
    qtbot.waitUntil(lambda: not strip.fault.isHidden())
    assert "Distance" in strip.fault.text()
    strip.editor("details").setText("11 miles, no parking, nobody meets them")
    qtbot.keyClick(strip.editor("details"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.desk.view.picture.offers))
    (offer,) = window.desk.view.picture.offers
    assert (offer.code, offer.outcome, offer.words) == ("station", Offered.REFUSED, "No.")


def test_the_plan_is_on_the_incident_and_on_the_board_and_lowers_nothing(window, qtbot):
    before = window.desk.view
    assert any(r.key == "meanwhile:" for r in rows(window.page.tasks.list))
    fill(window, qtbot, Qt.Key.Key_I, "plan", until="30 min", agreed="In the locked car", alone="Alone")
    qtbot.waitUntil(lambda: bool(window.desk.view.picture.plans))
    (plan,) = window.desk.view.picture.plans
    assert (plan.with_whom, plan.alone) == ("Adult 1", Alone.YES)
    found = [r for r in rows(window.page.tasks.list) if r.key.startswith("plan:")]
    assert found and "In the locked car" in found[0].title
    qtbot.waitUntil(lambda: "plan until" in rows(window.board.list)[0].spoken)
    assert window.desk.view.floor_grade == before.floor_grade
    assert window.desk.view.standing_grade == before.standing_grade


def test_a_line_that_promises_is_offered_and_recorded_with_its_clock(window, qtbot):
    qtbot.keyClicks(window.page.log.entry, "Told her that officers will be there within the hour")
    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Ctrl+Shift+Y" in window.status.text())
    qtbot.waitUntil(lambda: any("within the hour" in e.text for e in window.desk.view.picture.log))
    qtbot.keyClick(window, Qt.Key.Key_Y, BOTH)
    strip = window.page.forms.all["promise"].strip
    assert strip.values()["words"] == "Told her that officers will be there within the hour"
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.desk.view.picture.promises))
    (promise,) = window.desk.view.picture.promises
    assert (promise.until - promise.at).total_seconds() == 3600
    found = [r for r in rows(window.page.tasks.list) if r.key.startswith("promise:")]
    assert "left" in found[0].sub


def test_what_was_escalated_is_one_row_and_acknowledged_by_name(window, qtbot):
    waiting = [t for t in window.desk.view.picture.tasks if is_escalation(t) and not t.done]
    inspector = [t for t in waiting if t.owner == "Duty inspector"]
    assert len(inspector) > 1
    assert [r for r in rows(window.page.tasks.list) if "not acknowledged" in r.title]
    strip = fill(
        window, qtbot, Qt.Key.Key_K, "acknowledge", named="Inspector on duty", words="Second force rung"
    )
    qtbot.waitUntil(
        lambda: all(
            t.done for t in window.desk.view.picture.tasks if is_escalation(t) and t.owner == "Duty inspector"
        )
    )
    assert strip.isHidden()
    done = next(t for t in window.desk.view.picture.tasks if t.id == inspector[0].id)
    assert done.done == "Acknowledged by Inspector on duty. Second force rung"


def test_a_handler_does_not_answer_for_the_supervisor(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, BOTH)
    strip = window.page.forms.all["acknowledge"].strip
    put(strip.editor("told"), "Supervisor: ")
    qtbot.keyClick(strip.editor("told").lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not strip.fault.isHidden())
    assert "supervisor" in strip.fault.text()


def test_enter_on_a_task_opens_the_form_that_ends_it(window, qtbot):
    view = window.page.tasks.list
    keys = [r.key for r in rows(view)]
    task = next(k for k in keys if k.startswith("task:"))
    view.setCurrentIndex(view.model().index(keys.index(task), 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    strip = window.page.forms.all["task"].strip
    assert strip.isVisible() and strip.values()["task"] == task.partition(":")[2]


def test_passed_to_a_force_the_message_is_a_file_and_it_stays_ours(window, qtbot, tmp_path):
    target = tmp_path / "message.json"
    fill(
        window,
        qtbot,
        Qt.Key.Key_Q,
        "transfer",
        peer="Next force",
        why="Her mother lives there",
        path=str(target),
    )
    qtbot.waitUntil(target.is_file)
    qtbot.waitUntil(lambda: any(r.key.startswith("transfer:") for r in rows(window.page.tasks.list)))
    assert '"band": "immediate"' in target.read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: "not received: Next force" in rows(window.board.list)[0].spoken)
    fill(window, qtbot, Qt.Key.Key_K, "transfer_received", ALT, named="Handler 31", reference="0077")
    qtbot.waitUntil(lambda: not any(r.key.startswith("transfer:") for r in rows(window.page.tasks.list)))


def test_the_board_is_a_page_read_by_keys_and_by_a_screen_reader(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert window.stack.currentWidget() is window.board
    qtbot.waitUntil(lambda: window.board.list.model().rowCount() == 1)
    (row,) = rows(window.board.list)
    for words in ("Immediate", "unresourced", "over by", "owner: Handler 12", "nobody goes", "suspect:"):
        assert words in row.spoken
    assert not seen.clipped(window)
    qtbot.keyClick(window.board.list, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.page
    qtbot.keyClick(window, Qt.Key.Key_F10)
    qtbot.keyClick(window.board.list, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.page


def test_every_form_of_the_response_fits_and_is_named(window, qtbot):
    for code in (
        "response",
        "suspect",
        "meanwhile",
        "plan",
        "promise",
        "promise_end",
        "acknowledge",
        "transfer",
        "transfer_received",
        "transfer_in",
    ):
        window.page.forms.open(code)
        qtbot.wait(20)
        strip = window.page.forms.all[code].strip
        assert strip.isVisible() and strip.accessibleName()
        for name in strip.values():
            assert strip.editor(name).accessibleName()
        assert not seen.clipped(window), code
        window.page.forms.leave()


def test_what_an_earlier_form_said_does_not_stand_for_the_next(window, qtbot):
    window.say("Sent to First room: it is theirs when they say so.", "accent")
    fill(window, qtbot, Qt.Key.Key_I, "plan", until="45 min", agreed="Locked in the car.")
    qtbot.waitUntil(lambda: window.status.text() == "Interim safety plan: recorded.")
