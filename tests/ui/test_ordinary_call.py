"""An ordinary call is quiet, and two keys close it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from callhandler.model.assessment import Act, Gate, Tier
from callhandler.model.facts import Reply
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from ui.desk import who_rows
from ui.desk.rows import history_rows

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_history_stays_beside_an_open_form_where_few_warnings_need_the_height(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor)
    call = CallIn(
        number="07700 900778", name="Caller R", type="general-enquiry", words="A question.", join="no"
    )
    window.desk.take(call, lambda _: None, lambda: None)
    qtbot.waitUntil(lambda: window.desk.view is not None)
    window.page.forms.open("unlink")
    qtbot.waitUntil(lambda: window.page.forms.any_open)
    assert window.page.history.isVisible()


def test_two_keys_close_a_call_that_raised_nothing(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor)
    failures: list[object] = []
    call = CallIn(
        number="07700 900777",
        name="Caller Q",
        type="general-enquiry",
        words="When does the front counter open?",
        join="no",
    )
    window.desk.take(call, failures.append, lambda: None)
    qtbot.waitUntil(lambda: window.desk.view is not None)
    incident = window.desk.incident_id
    standing = window.desk.view.assessment.standing
    assert who_rows.safe_tone(window.desk.view) == "muted"
    assert not failures and not [w for w in standing if w.tier in (Tier.CRITICAL, Tier.SERIOUS)]
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)

    def decisions():
        return night.app.desk.view(night.actor, incident).picture.decisions

    qtbot.waitUntil(lambda: len(decisions()) == 2)
    qtbot.waitUntil(lambda: incident not in [line.incident_id for line in window.desk.board])
    assert window.page.rationale.isHidden()
    assert QApplication.activeModalWidget() is None
    closed = night.app.desk.view(night.actor, incident).picture
    assert [(d.act, d.gate) for d in closed.decisions] == [(Act.GRADE, Gate.NONE), (Act.CLOSE, Gate.NONE)]
    assert not closed.requests


def test_whether_it_is_safe_to_talk_stands_out_once_something_makes_it_matter(night):
    """The type, what is told, and the history each do; only a yes makes it quiet again, and a no never."""
    app, actor = night.app, night.actor

    def call(**said: str) -> int:
        return app.calls.take(actor, CallIn(join="no", **said)).incident_id

    def tone(incident: int) -> str:
        return who_rows.safe_tone(app.desk.view(actor, incident))

    assert tone(call(name="Caller R", type="lost-property")) == "muted"
    assert tone(call(name="Caller S", type="domestic-abuse")) == "serious"
    told = call(name="Caller T", number="07700 900778", type="lost-property")
    app.telling.tell(actor, told, Told("violence-before", "He hit me last year.", harmed="Caller T"))
    assert tone(told) == "serious"
    assert tone(call(name="Caller T", number="07700 900778", type="lost-property")) == "serious"
    for reply, expected in ((Reply.DECLINED, "serious"), (Reply.YES, "text"), (Reply.NO, "serious")):
        app.telling.reply(actor, told, "safe-to-talk", reply)
        assert tone(told) == expected


def test_an_earlier_call_taken_here_says_in_the_history_what_it_was(night, sit_down, qtbot):
    """Nobody wrote a summary of it: its type, and what was told first. An empty row says nothing to anybody."""
    app, actor = night.app, night.actor
    said = CallIn(number="07700 900779", name="Caller U", type="lost-property", words="A purse.", join="no")
    first = app.calls.take(actor, said).incident_id
    app.telling.tell(actor, first, Told("violence-before", "He hit me last year.", harmed="Caller U"))
    second = app.calls.take(actor, said).incident_id
    window = sit_down(app, actor, second)
    (row,) = [r for r in window.page.history.list.model().rows if r.key == f"incident:{first}"]
    assert row.summary == "Lost or found property: He hit me last year."
    assert row.summary in row.spoken
    window.page.details.open("incident", str(first))
    assert "Lost or found property: He hit me last year." in window.page.detail.accessibleDescription()
    third = app.calls.take(actor, said).incident_id
    rows = {r.key: r for r in history_rows(app.desk.view(actor, third))}
    assert rows[f"incident:{second}"].summary == "Lost or found property"
