"""Two desks, two processes, one database: a supervisor answers by keys, and the handler's window says so by itself."""

import time
from pathlib import Path

import pytest

from tests.e2e.screen import OPENING, Screen, Window, say, until

pytestmark = pytest.mark.timeout(300)
TWIN = str(Path(__file__).with_name("open_twin.py"))
TO_THE_REQUEST = 6


def play_on(window: Window, events: int) -> None:
    """Play further events of the demonstration with F9, each when the one before is there."""
    for _ in range(events):
        before = played(window)
        window.press("F9")
        until("the next event is played", lambda b=before: played(window) != b)


def played(window: Window) -> str:
    """What the status strip says was played last."""
    return next((n for n in reversed(window.names("label")) if n.startswith("Played: ")), "")


def answer(supervisor: Window, key: str, reason: str) -> None:
    """The supervisor answers the request that waits."""
    supervisor.find("Asked for: Scheduled" if key == "k" else "Asked for: Priority", "panel")
    until("the list has the focus", lambda: supervisor.focused()["role"] in ("list", "list item"))
    supervisor.press(key)
    supervisor.has_focus("Reason, seen by the handler")
    supervisor.type(reason)
    supervisor.press("Return")
    supervisor.find("Asking for agreement now: 0")


def test_immediate_is_kept_at_another_desk_and_the_first_window_says_so(screen: Screen) -> None:
    handler = screen.open("demo")
    handler.find("Going to a place he may know", "list item", OPENING)
    handler.find("First call 22:34: Waiting 1 h 5", "panel")
    handler.find("Target 15 min: Overdue 1 h 3", "panel")
    handler.find("Standing grade: Immediate", "label")
    play_on(handler, TO_THE_REQUEST)
    supervisor = screen.open("demo", "--as", "supervisor")
    supervisor.activate()
    answer(supervisor, "k", "Kept: nobody has seen him")
    begun = time.monotonic()
    handler.find("Supervisor 3 keeps Immediate: Kept: nobody has seen him", "label")
    say(f"\nthe handler's window says it by itself after {time.monotonic() - begun:.1f} s")
    handler.find("Standing grade: Immediate", "label")
    handler.find("Immediate, key F1, standing", "push button")
    for window in (supervisor, handler):
        window.close()


def test_a_lowering_that_is_agreed_takes_effect_and_is_said(screen: Screen) -> None:
    twin = ("lowering-agreed", "--until", "rationale")
    handler = screen.open(*twin, script=TWIN)
    handler.find("Standing grade: Immediate", "label", OPENING)
    supervisor = screen.open(*twin, "--as", "supervisor", script=TWIN)
    supervisor.activate()
    answer(supervisor, "a", "He is held overnight by the custody record.")
    handler.find("agrees, now Priority: He is held overnight by the custody record.", "label")
    handler.find("Standing grade: Priority", "label")
    handler.find("Priority, key F2, standing", "push button")
    for window in (supervisor, handler):
        window.close()
