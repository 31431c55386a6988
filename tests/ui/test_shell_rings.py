"""A ring from another process reaches the running demonstration; a second desk hands over and ends."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from callhandler.intake.ring import from_values
from tests.ui.ring_windows import ROOT

UUID = "0190b5a0-0000-7000-8000-00000000000"


def ring(last: str, **more: str):
    return from_values({"number": "07700900418", "uuid": UUID + last, **more})


@contextmanager
def program(data: Path, *arguments: str, until: Path | None = None):
    """The real program, offscreen, ended at the end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CALLHANDLER_DATA": str(data)}
    made = subprocess.Popen(
        [sys.executable, "-m", "ui", *arguments], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        end = time.monotonic() + 40
        while until is not None and not until.exists():
            assert made.poll() is None and time.monotonic() < end, "the window did not open"
            time.sleep(0.1)
        yield made
    finally:
        made.kill()
        made.communicate()


def run(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CALLHANDLER_DATA": str(data)}
    command = [sys.executable, "-m", "ui", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_second_process_rings_at_the_running_demonstration(tmp_path):
    with program(tmp_path, "demo", until=tmp_path / "demonstration" / "latest"):
        end = time.monotonic() + 20
        while (done := run(tmp_path, "ring", "--demo", "07700900418")).returncode and time.monotonic() < end:
            time.sleep(0.5)
        assert done.returncode == 0, done.stderr
        link = run(tmp_path, "callhandler:ring?number=07700900419")
        assert link.returncode in (0, 1)
    assert (tmp_path / "demonstration" / "rings.sqlite").exists()


def test_a_second_desk_brings_the_first_forward_and_ends(tmp_path):
    with program(tmp_path, "desk", until=tmp_path / "callhandler.sqlite"):
        time.sleep(1)
        second = run(tmp_path, "desk")
        assert second.returncode == 0, second.stderr


def test_answering_takes_the_call_and_settles_it(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, night.incident_id)
    answers = []
    window.receive(ring("2", name="Adult 1"), answers.append)
    qtbot.waitUntil(lambda: answers == [""])
    height = window.stack.height()
    window.rings.banner._ringing._changed = float("-inf")
    window.rings.banner.answer()
    qtbot.waitUntil(lambda: "joined" in window.status.text() or "new incident" in window.status.text())
    qtbot.waitUntil(lambda: not night.app.rings.waiting())
    assert window.stack.height() == height and window.page.isVisible()


def test_nobody_signed_in_means_that_it_rings_on(settings, sit_down, qtbot, night):
    window = sit_down(night.app)
    window.receive(ring("3"), lambda _why: None)
    qtbot.waitUntil(lambda: bool(night.app.rings.waiting()))
    window.rings.banner._ringing._changed = float("-inf")
    window.rings.banner.answer()
    assert window.rings.banner.top is not None and "Sign in" in window.status.text()
    night.app.rings.done(UUID + "3", "tested")


def test_ringing_back_opens_its_form_with_the_number(window, night, qtbot):
    window.rings.controller.ring_back.emit(ring("4"))
    strip = window.page.forms.all["back"].strip
    assert strip.isVisible() and strip.values()["number"] == "07700900418"
    window.page.forms.leave()


def test_the_tray_is_a_page_and_esc_comes_back(window, qtbot):
    from PySide6.QtCore import Qt

    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert window.rings.tray.isVisible()
    qtbot.keyClick(window.rings.tray, Qt.Key.Key_Escape)
    assert window.page.log.entry.hasFocus()


@pytest.mark.parametrize("page", ["help", "about", "preferences"])
def test_each_page_beside_the_work_is_left_by_esc(window, qtbot, page):
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    window.visit(getattr(window, page))
    assert getattr(window, page).isVisible()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert window.page.isVisible() and window.page.log.entry.hasFocus()
