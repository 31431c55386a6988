"""What nobody caught reaches the program's log without a word that was typed, and the handler hears of it."""

import json
import logging
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from callhandler import log
from callhandler.log_file import NAME
from tests.ui.ring_windows import ROOT

TYPED = "he slapped me at 9 Lantern Street, reach me on 07700 900418"

ESCAPES = f"""
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from ui.faults import listening
TYPED = {TYPED!r}
class Dropped:
    def __del__(self):
        raise TypeError(TYPED)
def slot():
    raise ValueError(TYPED)
def thread():
    raise KeyError(TYPED)
def rest():
    one = threading.Thread(target=thread)
    one.start()
    one.join()
    Dropped()
    qWarning("QTyped::at: " + TYPED)
    application.quit()
with listening(Path(sys.argv[1])):
    application = QApplication([])
    QTimer.singleShot(0, slot)
    QTimer.singleShot(0, rest)
    application.exec()
    raise RuntimeError(TYPED)
"""


def test_whatever_escapes_is_in_the_log_by_its_kind_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ESCAPES, str(tmp_path)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert not [word for word in TYPED.replace(",", "").split() if len(word) > 3 and word in text]
    found = [(line.get("error"), line["where"].split(":")[0]) for line in map(json.loads, text.splitlines())]
    assert found == [
        ("ValueError", "window"),
        ("KeyError", "thread"),
        ("TypeError", "unraisable"),
        (None, "QTyped"),
        ("RuntimeError", "start"),
    ]
    # Whoever starts it from a terminal sees there what Python and Qt say.
    assert "ValueError" in done.stderr and "QTyped::at" in done.stderr and done.returncode == 1


@pytest.mark.expects_log_lines
def test_a_line_that_fails_in_a_call_leaves_its_kind_in_the_log_and_not_its_words(
    window, night, qtbot, monkeypatch, tmp_path
):
    root = logging.getLogger()
    handlers = root.handlers[:]
    log.set_up(tmp_path)

    def fail(*given, **named):
        raise ValueError(f"{given} {named}")

    monkeypatch.setattr(night.app.telling, "write", fail)
    qtbot.keyClicks(window.page.log.entry, TYPED)
    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "went wrong" in window.status.text())
    root.handlers[:] = handlers
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert '"ValueError"' in text and "callhandler_writes:test_faults" in text
    assert not [word for word in TYPED.replace(",", "").split() if len(word) > 3 and word in text]
    window.page.log.entry.clear()
    window.desk.keep_draft(window.page.log.uuid, "")
