"""A whole call on a live desk, by keys alone; and what a handler who cannot see the screen would hear of it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from callhandler import app as core
from callhandler.model.actor import Right
from callhandler.settings import Settings
from tests.e2e.screen import Screen, Window, say, until

pytestmark = pytest.mark.timeout(300)
NAME, PASSPHRASE = "h1", "four quiet words here"
INTERACTIVE = {
    "push button",
    "toggle button",
    "text",
    "password text",
    "combo box",
    "list",
    "list item",
    "check box",
}
MOST_SECONDS = 40.0


@pytest.fixture(scope="module")
def desk(screen: Screen) -> Iterator[Window]:
    """A live desk, signed in by keys."""
    database = screen.folder / "live.sqlite"
    opened = core.open_app(Settings(database=str(database), data_folder=screen.folder / "data"))
    opened.identity.add_user(
        NAME, "Handler 1", PASSPHRASE, {Right.HANDLER, Right.ADMINISTRATOR}, granted_by="the test"
    )
    opened.close()
    window = screen.open("desk", "--database", str(database))
    window.has_focus("Name")
    window.fill(NAME, PASSPHRASE)
    window.press("Return")
    window.find("No incident open")
    yield window
    window.close()


@pytest.fixture(scope="module")
def told(desk: Window) -> dict[str, tuple[int, float]]:
    """Take a call in full, by keys; keys and seconds of each part."""
    found: dict[str, tuple[int, float]] = {}
    desk.pressed, begun = 0, time.monotonic()
    desk.press("ctrl+n")
    desk.has_focus("Number")
    desk.fill(
        "07700 900151",
        "Caller B",
        "12 Foxmarigold Square",
        "Domestic",
        "My husband hit me and he is outside now.",
    )
    desk.press("Return")
    desk.find("Standing grade: Not graded")
    desk.press("F1")
    desk.find("Standing grade: Immediate")
    found["Immediate after a full form"] = (desk.pressed, time.monotonic() - begun)
    return found


def test_every_widget_that_can_be_used_has_a_name(desk: Window) -> None:
    for key in ("", "ctrl+n", "ctrl+d", "F12", "F12"):
        if key:
            desk.press(key)
            time.sleep(0.4)
        unnamed = [
            node["role"]
            for node in desk.tree()
            if "focusable" in node["states"] and node["role"] in INTERACTIVE and not node["name"].strip()
        ]
        assert not unnamed, (key, unnamed)
    desk.press("ctrl+n")
    desk.has_focus("Number")
    desk.press("Escape")


def test_an_immediate_costs_one_key_once_the_call_is_taken(desk: Window) -> None:
    desk.press("ctrl+n")
    desk.has_focus("Number")
    desk.fill("07700 900162", "", "", "", "There is a man with a knife.")
    desk.press("Return")
    desk.find("Standing grade: Not graded")
    desk.pressed, begun = 0, time.monotonic()
    desk.press("F1")
    desk.find("Standing grade: Immediate")
    seconds = time.monotonic() - begun
    say(f"\nImmediate once the call is taken: {desk.pressed} key, {seconds:.1f} s until it is heard to stand")
    assert desk.pressed <= 2


def test_a_full_form_then_the_grade(told: dict[str, tuple[int, float]]) -> None:
    say("\nkeys  seconds  from new call to first grade, typed by a machine")
    for what, (keys, seconds) in told.items():
        say(f"{keys:4}  {seconds:7.1f}  {what}")
        assert seconds < MOST_SECONDS


def test_the_disclosure_the_order_and_the_log_are_heard(desk: Window, told: object) -> None:
    desk.press("ctrl+d")
    desk.has_focus("What is told")
    desk.type("Violence now")
    words = "He hit me in the face."
    desk.press("Tab", "Tab", "Tab", "Tab")
    desk.type(words)
    desk.press("Return")
    desk.find(words, "list item")
    desk.has_focus("Log entry")

    desk.press("ctrl+o")
    desk.has_focus("In her words")
    desk.press("Tab")
    desk.fill("The husband")
    desk.press("Tab", "Tab", "Tab", "Tab")
    desk.fill("Caller B")
    desk.press("Return")
    heard = desk.find("Non-molestation order, Declared by caller", "panel")
    assert "copy not held" in heard["name"]

    desk.has_focus("Log entry")
    desk.type("She says that he is at the back door.")
    desk.press("Return")
    desk.find("She says that he is at the back door.", "list item")
    until("the line is empty again", lambda: not desk.focused()["text"])


def test_warnings_clocks_and_question_are_read_out(desk: Window, told: object) -> None:
    tree = desk.tree()
    critical = [n["name"] for n in tree if n["role"] == "list item" and n["name"].startswith("Critical: ")]
    assert critical and all(len(name) > len("Critical: ") + 10 for name in critical)
    panels = [n["name"] for n in tree if n["role"] == "panel"]
    for part in ("Grade and clocks", "Target", "First call", "Tonight: 1 call", "Incident: "):
        assert any(name.startswith(part) for name in panels), (part, panels)
    asked = next(n for n in tree if n["name"].startswith("Question: "))
    assert asked["name"].endswith("?") and asked["description"]


def test_a_lowering_is_refused_and_the_refusal_is_heard(desk: Window, told: object) -> None:
    desk.press("F3")
    refused = desk.find("Lowering Immediate to Scheduled needs a rationale", "label")
    assert refused["name"]
    desk.has_focus("What changed: ")
    blocks = [n for n in desk.tree() if n["name"].startswith("What changed: ")]
    assert all(n["role"] == "text" and len(n["name"]) > 25 for n in blocks)
    assert not [n for n in desk.tree() if "modal" in n["states"]]
    desk.find("Ask the supervisor", "push button")
    desk.find("Standing grade: Immediate", "label")
    desk.press("Escape")
    until("the panel has gone", lambda: not any("needs a rationale" in n for n in desk.names()))
    desk.has_focus("Log entry")
    desk.find("Standing grade: Immediate", "label")


def test_the_focus_is_spoken_at_each_step(desk: Window, told: object) -> None:
    desk.screen.ask(do="heard")
    for key, spoken in (("ctrl+1", "Warnings"), ("ctrl+2", "Question: "), ("ctrl+5", "Open incidents")):
        desk.press(key)
        until(
            f"{spoken!r} is spoken after {key}",
            lambda s=spoken: any(
                s in h["text"] or h["role"] == "list item" for h in desk.screen.ask(do="heard")
            ),
        )


def test_the_night_of_this_file_left_no_line_unsaved(desk: Window, told: object) -> None:
    desk.find("Saved ", "label")


def test_the_data_folder_is_the_tests_own(desk: Window) -> None:
    assert Path(desk.screen.environ["CALLHANDLER_DATA"]).is_relative_to(desk.screen.folder)
