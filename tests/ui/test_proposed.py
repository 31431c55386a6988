"""Who may stand twice, by keyboard: the list in parts, two records side by side, judged, left, undone, nothing lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from callhandler.model.actor import Right
from callhandler.model.people import Role
from callhandler.model.proposed import Which
from callhandler.model.sameness import Sameness
from callhandler.services import naming
from callhandler.services.office import work
from callhandler.store.unit_of_work import reading
from tests.proposing import propose
from tests.ui.seen import clipped, in_tab_order, overlapping
from ui.proposed.words import together_lines

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.AltModifier
LONG = 20_000
MANY = 230


@pytest.fixture(scope="module")
def sup(night):
    night.app.identity.add_user("judge", "Supervisor 4", None, (Right.SUPERVISOR,), granted_by="test")
    return night.app.identity.open_session("judge")


@pytest.fixture(scope="module")
def records(night, sup):
    """Pairs of one name, the strongest first; and one of her who is in the open incident and a record like hers."""
    with work(night.app.office) as w:
        found = [naming.new_person(w, f"Petra Fenwick {n}", born="1961-03-04") for n in range(2 * MANY)]
        again = naming.new_person(w, "Adult One", born="1990")
    her = next(iter(w_picture(night).with_role(Role.AT_RISK, Role.CALLER)))
    pairs = [(found[2 * n], found[2 * n + 1], 0.9999 - n / 10_000) for n in range(MANY)]
    propose(night.app.office, sup.user_id, [*pairs, (her, again, 0.96)])
    return found


def w_picture(night):
    return night.app.desk.view(night.actor, night.incident_id).picture


@pytest.fixture
def page(night, sup, records, sit_down, qtbot):
    window = sit_down(night.app, sup, night.incident_id)
    window.page.to_entry()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_J, BOTH)
    page = window.judging.page
    qtbot.waitUntil(lambda: page.pairs.total is not None, timeout=LONG)
    looked(page, qtbot)
    assert page.list.hasFocus()
    return page


def looked(page, qtbot):
    """The pair that the list is at is shown side by side."""
    qtbot.waitUntil(
        lambda: (
            page.pair.look is not None and page.pair.look.pair == page.list.currentIndex().data(0x100).pair
        ),
        timeout=LONG,
    )


def press(page, qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def record(page, qtbot, reason=""):
    qtbot.waitUntil(page.decision.reason.hasFocus, timeout=LONG)
    if reason:
        qtbot.keyClicks(page.decision.reason, reason)
    with qtbot.waitSignal(page.pairs.recorded, timeout=LONG):
        qtbot.keyClick(page.decision.reason, Qt.Key.Key_Return)


def written(page, sql):
    with reading(page.pairs.app.office.engine) as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_judged_by_two_keys_the_next_comes_up_and_z_takes_it_back(page, qtbot):
    total = page.pairs.total
    first = page.pair.look.pair
    assert page.count.text() == f"showing 200 of {total}, strongest first"
    press(page, qtbot, Qt.Key.Key_S)
    record(page, qtbot)
    looked(page, qtbot)
    second = page.pair.look.pair
    assert page.list.hasFocus() and (second.a, second.b) != (first.a, first.b)
    assert page.count.text() == f"showing 199 of {total - 1}, strongest first"
    press(page, qtbot, Qt.Key.Key_N)
    qtbot.waitUntil(page.decision.reason.hasFocus, timeout=LONG)
    press(page, qtbot, Qt.Key.Key_Return)
    assert "empty" in page.decision.says.text(), "not the same needs a reason"
    record(page, qtbot, "Cousins, both spoken to.")
    looked(page, qtbot)
    # What was judged last comes beside the list, with a reason that Enter takes.
    press(page, qtbot, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: page.decision.reason.text() == "A slip.", timeout=LONG)
    assert (page.pair.look.pair.a, page.pair.look.judged.author) == (second.a, "Supervisor 4")
    record(page, qtbot)
    qtbot.waitUntil(lambda: page.pairs.total == total - 1 and page.list.hasFocus(), timeout=LONG)
    assert (page.pairs.pairs[0].a, page.pairs.pairs[0].b) == (second.a, second.b), (
        "it waits in its place again"
    )
    verdicts = written(page, "SELECT verdict, author FROM same_as ORDER BY id DESC LIMIT 3")
    assert verdicts == [("withdrawn", "Supervisor 4"), ("not_same", "Supervisor 4"), ("same", "Supervisor 4")]
    press(page, qtbot, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page.pairs.which is None and page.pairs.total is not None, timeout=LONG)
    qtbot.waitUntil(lambda: [j.pair.a for j in page.pairs.judged] == [first.a], timeout=LONG)
    looked(page, qtbot)
    assert "Supervisor 4" in page.list.currentIndex().data()
    press(page, qtbot, Qt.Key.Key_Z)
    record(page, qtbot, "Two women.")
    qtbot.waitUntil(lambda: not page.pairs.judged and "judged yet" in page.empty.text(), timeout=LONG)


def test_left_for_now_records_nothing_and_more_is_read_at_the_end(page, qtbot):
    many = len(written(page, "SELECT id FROM same_as"))
    press(page, qtbot, Qt.Key.Key_L)
    assert page.list.currentIndex().row() == 1
    assert "left for now" in page.list.model().rows[0].spoken
    assert len(written(page, "SELECT id FROM same_as")) == many
    for _ in range(2):
        qtbot.keyClick(page.list, Qt.Key.Key_End)
        qtbot.waitUntil(lambda: page.list.model().rowCount() == MANY + 1, timeout=LONG)
    assert page.count.text() == f"all {MANY + 1}, strongest first"
    assert [p.likely for p in page.pairs.pairs] == sorted((p.likely for p in page.pairs.pairs), reverse=True)


def test_every_list_and_look_is_recorded_and_a_pair_only_passed_is_not(page, qtbot):
    def consulted():
        return written(
            page, "SELECT person_id, what FROM consultation WHERE purpose = 'judging who may stand twice'"
        )

    qtbot.waitUntil(lambda: (None, "who may stand twice, 200 shown: all") in consulted(), timeout=LONG)
    before = len(consulted())
    for _ in range(6):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    looked(page, qtbot)
    front = page.pair.look.pair
    fresh = consulted()[before:]
    assert (front.a, "linked history") in fresh and (front.b, "linked history") in fresh
    assert len(fresh) <= 4


def test_what_is_open_is_told_and_one_key_opens_it_at_the_desk(page, qtbot):
    for which in (Which.STRONG, Which.WEAKER, Which.OPEN):
        press(page, qtbot, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda w=which: page.pairs.which is w and page.list.isVisible(), timeout=LONG)
        looked(page, qtbot)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 1, timeout=LONG)
    looked(page, qtbot)
    assert "open incident" in page.list.model().rows[0].spoken
    said = page.pair.accessibleDescription()
    assert "Orders" in said and "What is known of either is known of both" in said
    reference = page.pair.look.would_bring[0].reference
    assert reference.partition(" · ")[0] in said
    window = page.window()
    press(page, qtbot, Qt.Key.Key_O)
    assert window.stack.currentWidget() is window.page and window.desk.incident_id is not None


def test_an_empty_filter_says_so_and_the_arrows_still_turn(page, qtbot):
    for _ in range(4):
        press(page, qtbot, Qt.Key.Key_Right)
        qtbot.wait(20)
    qtbot.waitUntil(lambda: page.pairs.which is Which.ORDER, timeout=LONG)
    press(page, qtbot, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.pairs.which is None and "judged yet" in page.empty.text(), timeout=LONG)
    press(page, qtbot, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.pairs.which is Which.ALL and page.list.isVisible(), timeout=LONG)
    press(page, qtbot, Qt.Key.Key_Escape)
    assert page.window().stack.currentWidget() is not page


def test_what_is_typed_is_there_when_one_comes_back_to_the_pair(page, qtbot):
    press(page, qtbot, Qt.Key.Key_N)
    qtbot.keyClicks(page.decision.reason, "Born in another town")
    qtbot.keyClick(page.decision.reason, Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.pair.look is None and not page.decision.reason.isEnabled(), (
        "nothing of one pair beside another"
    )
    looked(page, qtbot)
    assert page.decision.reason.text() == ""
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    looked(page, qtbot)
    assert (page.decision.reason.text(), page.decision.chosen) == ("Born in another town", "not_same")


def test_judged_meanwhile_by_another_desk_it_is_said_and_nothing_is_recorded_twice(page, qtbot, night):
    front = page.pair.look.pair
    night.app.proposed.judge(night.actor, front.a, front.b, Sameness.NOT_SAME, "Seen together.")
    press(page, qtbot, Qt.Key.Key_S)
    qtbot.waitUntil(page.decision.reason.hasFocus, timeout=LONG)
    press(page, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "Handler 12 judged these two meanwhile" in page.window().status.text(), timeout=LONG
    )
    qtbot.waitUntil(lambda: front not in page.pairs.pairs, timeout=LONG)
    assert written(page, "SELECT verdict FROM same_as ORDER BY id DESC LIMIT 1") == [("not_same",)]
    night.app.proposed.undo(night.actor, front.a, front.b, "A test.")


def test_all_can_be_read_and_reached_at_the_smallest_size(page, qtbot):
    page.window().resize(1280, 740)
    qtbot.waitUntil(lambda: page.width() == 1280, timeout=LONG)
    assert clipped(page) == [] and overlapping(page) == []
    reached = in_tab_order(page.window())
    for part in (page.list, page.pair, page.decision.reason, *page.decision.buttons.values()):
        assert part in reached and part.accessibleName()


def test_who_may_not_judge_has_no_such_page_and_a_supervisor_is_told_how_many_quietly(
    night, sup, records, sit_down, qtbot, monkeypatch
):
    monkeypatch.setattr("ui.proposed.joining.COUNT_MS", 10)
    window = sit_down(night.app, sup)
    wanted = f"Who may stand twice: {MANY + 1} to judge, or back"
    qtbot.waitUntil(lambda: window.judging.turn_action.text() == wanted, timeout=LONG)
    night.app.identity.add_user("reader", "Reviewer 2", None, (Right.REVIEWER,), granted_by="test")
    other = sit_down(night.app, night.app.identity.open_session("reader"))
    assert other.judging is None


def test_where_nobody_has_looked_the_page_says_how_proposals_come_about(settings, tmp_path, sit_down, qtbot):
    from callhandler.app import open_app
    from callhandler.settings import Settings

    app = open_app(Settings(str(tmp_path / "new.sqlite"), data_folder=tmp_path))
    app.identity.add_user("judge", "Supervisor 4", None, (Right.SUPERVISOR,), granted_by="test")
    window = sit_down(app, app.identity.open_session("judge"))
    window.judging.turn()
    page = window.judging.page
    qtbot.waitUntil(lambda: "callhandler link-records" in page.empty.text(), timeout=LONG)
    qtbot.waitUntil(lambda: clipped(page) == [], timeout=LONG)
    window.close()
    app.close()


def test_what_stands_between_the_two_is_said_before_anything_is_judged(night, sup):
    her, him = (w_picture(night).with_role(role)[0] for role in (Role.CALLER, Role.SUSPECT))
    propose(night.app.office, sup.user_id, [(her, him, 0.96)], "another run")
    said = together_lines(night.app.proposed.look(sup, her, him))
    assert said[0] == "an order protects one of them from the other: Non-molestation order"
    assert said[1].startswith("recorded as two people who are related: ") and "ex-partner" in said[1]
    assert said[2].startswith("both stand in 0001") and said[2].endswith("the second suspect")
    assert said[-1].startswith("both stand in ") and said[-1].endswith("more incidents as well")
