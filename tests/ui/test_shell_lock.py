"""The lock, what it hides, what it keeps, and what still rings."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from callhandler import app as core
from callhandler.intake.ring import from_values
from callhandler.model.actor import Right
from ui.lock import IdleWatch

PASSPHRASE = "a long passphrase"


@pytest.fixture
def live(settings, tmp_path):
    opened = core.open_app(replace(settings, database=str(tmp_path / "live.sqlite"), data_folder=tmp_path))
    opened.identity.add_user("ada", "Handler 7", PASSPHRASE, [Right.HANDLER], granted_by="test")
    yield opened
    opened.close()


def test_locked_hides_all_and_only_the_passphrase_opens_it(live, sit_down, qtbot):
    window = sit_down(live, live.identity.sign_in("ada", PASSPHRASE))
    window.say("Handler 9: he is at the door", "accent")
    window.locking.lock()
    page = window.locking.page
    assert page.isVisible() and page.passphrase.hasFocus()
    assert "door" not in window.status.text()
    window.say("Handler 9: he is inside", "accent")
    assert "inside" not in window.status.text()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert page.isVisible() and not window.palette_.isVisible()
    qtbot.keyClicks(page.passphrase, "wrong, all of it")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "do not go together" in page.fault.text())
    qtbot.keyClicks(page.passphrase, PASSPHRASE)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(window.page.isVisible)
    assert "inside" in window.status.text()
    assert all(a.isEnabled() for a in window.actions())


def test_a_demonstration_says_that_it_needs_no_passphrase_and_keeps_the_draft(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, night.incident_id, next_event=lambda: "")
    entry = window.page.log.entry
    entry.setFocus()
    qtbot.keyClicks(entry, "no keys so")
    window.locking.lock()
    page = window.locking.page
    assert "no passphrase is needed" in page.why.text() and page.passphrase.isHidden()
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    assert window.page.isVisible() and entry.text() == "no keys so" and entry.hasFocus()
    entry.clear()


def test_a_call_rings_on_while_locked_and_is_not_taken(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, next_event=lambda: "")
    window.locking.lock()
    answers = []
    window.receive(
        from_values({"number": "07700900418", "uuid": "0190b5a0-0000-7000-8000-000000000001"}), answers.append
    )
    qtbot.waitUntil(lambda: answers == [""])
    assert window.rings.banner.isVisible() and window.rings.banner.top is not None
    window.rings.banner._ringing._changed = float("-inf")
    window.rings.banner.answer()
    assert window.rings.banner.top is not None and window.locking.locked
    window.rings.controller.settle(window.rings.banner.top.ring, "tested")
    qtbot.waitUntil(lambda: window.rings.banner.top is None)


def shown_words(window):
    """Every word that a window shows or tells a screen reader."""
    said = [window.windowTitle()]
    for part in [window, *window.findChildren(QWidget)]:
        if part.isVisible():
            said += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
            said.append(getattr(part, "text", str)())
    return " | ".join(said)


@pytest.mark.parametrize("before", [True, False])
def test_a_locked_window_says_that_it_rings_and_not_who(night, sit_down, qtbot, before):
    """Whether it rang before the lock or rings after it."""
    window = sit_down(night.app, night.actor, night.incident_id, next_event=lambda: "")
    whose = {"name": "Adult 9", "place": "14 Sample Row", "number": "07700900777"}
    rings = [from_values({**whose, "uuid": f"0190b5a0-0000-7000-8000-0000000000{n}{before:d}"}) for n in "23"]
    answers = []
    if not before:
        window.locking.lock()
    for ring in rings:
        window.receive(ring, answers.append)
    qtbot.waitUntil(lambda: answers == ["", ""])
    if before:
        assert "Adult 9" in shown_words(window) and "900 777" in shown_words(window)
        window.locking.lock()
    banner = window.rings.banner
    assert banner._rings.isVisible() and banner._rings.text().startswith("2 calls ring")
    window.say("Adult 9 rings from 14 Sample Row", "serious")
    window.open_palette()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    for own in ("Adult 9", "Sample Row", "900 777", "900 418", "07700", "Known:"):
        assert own not in shown_words(window)
    assert banner.top is not None and banner._ringing.more == 1
    qtbot.keyClick(window.locking.page.button, Qt.Key.Key_Space)
    assert "Adult 9" in shown_words(window) and "2 calls ring" not in shown_words(window)
    for ring in rings:
        window.rings.controller.settle(ring, "tested")
    qtbot.waitUntil(lambda: banner.top is None)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_open_list_goes_when_the_window_locks(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, night.incident_id, next_event=lambda: "")
    window.page.forms.open("tell")
    box = window.page.forms.all["tell"].strip.findChild(QComboBox)
    box.showPopup()
    assert QApplication.activePopupWidget() is not None
    window.locking.lock()
    assert QApplication.activePopupWidget() is None
    window.page.forms.leave()


def test_idle_locks_and_a_key_begins_the_time_anew(qtbot, qapp):
    watch = IdleWatch(qapp)
    watch.watch(0.01)
    with qtbot.waitSignal(watch.idle, timeout=3_000):
        pass
    watch.watch(0)
    assert not watch._timer.isActive()
    watch.stop()


def test_the_usual_time_is_ten_minutes(window):
    assert window.locking._minutes == 10
