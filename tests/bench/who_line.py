"""A key typed into the form of a new call, to the painted line of who it may be; against searches that cost nothing.

    python -m tests.bench.who_line --store FILE [--turns 9] [--json FILE]

`--store` is a database with people in it, as `callhandler generate` or `tests/bench/find_person.py --folder` leaves one. The
search is the desk's own, with who is taken without asking and what is read as one. The wait before a search is
asked for is left out of all, so that what is compared is the search and the painting. Two floors, in turn with ours: a
search that knows each answer already, so that the very same lines are painted; and one whose line never changes, so that
nothing is laid out anew either. As at a desk the window sleeps until the answer comes: one that asks again and again
whether it is there takes the interpreter from the search.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callhandler.app import App, open_app
from callhandler.model.actor import Actor, Right
from callhandler.model.candidates import Candidate, Surety
from callhandler.services.calls import CallIn
from callhandler.services.finding import NOTHING, Found
from callhandler.settings import Settings
from tests.bench.measure import folder, machine
from ui.common import theme
from ui.desk.forms.field import Field
from ui.desk.forms.strip import Strip
from ui.desk.who_line import WhoLine
from ui.tasks import Reads

NAMES = (
    "Jonh Simth",
    "Katarzina Wisnewski",
    "Muhamad Husain",
    "Siobhan Murpy",
    "Smith Margret",
    "Bob Garcya",
)
GOAL = 2.5
SOMEBODY = Found((Candidate(1, Surety.POSSIBLE, ("the same name, written otherwise",)),), {1: "Joan Hill"})


class Desk(QObject):
    """As much of the desk as the line asks: one lane of reading."""

    parting = Signal()

    def __init__(self, search: Callable[[CallIn], Found]) -> None:
        super().__init__()
        self.reads = Reads(self)
        self._search = search
        self.loop = QEventLoop()

    def who(self, call: CallIn, shown: Callable[[Found], None]) -> None:
        def came(found: Found) -> None:
            shown(found)
            self.loop.quit()

        self.reads.ask("who", lambda: self._search(call), came)

    def forget_who(self) -> None:
        self.reads.drop("who")


def form(desk: Desk) -> tuple[Strip, WhoLine]:
    """The form with its line, shown."""
    strip = Strip("New call", "", [Field("number", "Number"), Field("name", "Name"), Field("born", "Born")])
    who = WhoLine(desk, strip, lambda: None)  # type: ignore[arg-type]
    strip.open()
    strip.below.addWidget(who.line)
    strip.resize(1300, 120)
    strip.show()
    return strip, who


def keys(app: QApplication, desk: Desk, strip: Strip, who: WhoLine, name: str) -> list[tuple[float, float]]:
    """Milliseconds of each key of a name, from the key to what is painted: by the clock, and of the processor."""
    editor = strip.editor("name")
    editor.clear()
    out = []
    for letter in name:
        begun, used = time.perf_counter(), time.process_time()
        QTest.keyClicks(editor, letter)
        values = strip.values()
        who.ask(CallIn(name=values["name"], number=values["number"], born=values["born"]))
        if desk.reads.waiting:
            desk.loop.exec()
        app.processEvents()
        strip.repaint()
        out.append(((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000))
    return out


def main() -> None:
    """Open the store and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", required=True)
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with folder() as where:
        opened = open_app(Settings(database=given.store, data_folder=where))
        try:
            measure(opened, given)
        finally:
            opened.close()


def measure(opened: App, given: argparse.Namespace) -> None:
    """Type the names into each form, in turn, and print."""
    handler = Actor(1, 1, "bench", "Bench", frozenset({Right.HANDLER}), "bench")

    def search(call: CallIn) -> Found:
        return opened.calls.who(handler, call) if len(call.name) >= 2 else NOTHING

    app = QApplication([])
    theme.apply(app, 13)
    known = {name[:n]: search(CallIn(name=name[:n])) for name in NAMES for n in range(1, len(name) + 1)}
    ways = {
        "ours": Desk(search),
        "the same lines": Desk(lambda call: known[call.name]),
        "one line": Desk(lambda _call: SOMEBODY),
    }
    shown = {way: form(desk) for way, desk in ways.items()}
    turns: dict[str, list[list[tuple[float, float]]]] = {way: [] for way in ways}
    for _ in range(given.turns + 1):
        for way, desk in ways.items():
            turns[way].append([t for name in NAMES for t in keys(app, desk, *shown[way], name)])
    for desk in ways.values():
        desk.reads.finish()
    result: dict[str, Any] = {"load": os.getloadavg()[0], "turns": given.turns, "goal": GOAL}
    print(f"{machine()}, load {result['load']:.1f}; a key in the name, to the painted line, milliseconds")
    for said, of, which in (
        ("the quickest", min, 0),
        ("medians", statistics.median, 0),
        ("processor, medians", statistics.median, 1),
    ):
        # Of each key over the turns after the first; then the median key.
        times = {
            way: [of([t[which] for t in each]) for each in zip(*found[1:], strict=True)]
            for way, found in turns.items()
        }
        middle = {way: statistics.median(found) for way, found in times.items()}
        result[said] = middle | {"p95": sorted(times["ours"])[int(len(times["ours"]) * 0.95)]}
        for floor in ("the same lines", "one line"):
            ratio = middle["ours"] / middle[floor]
            met = "met" if ratio <= GOAL else "NOT MET"
            print(
                f"{said:18} ours {middle['ours']:5.2f} (p95 {result[said]['p95']:5.2f})  {floor:14} "
                f"{middle[floor]:5.2f}  ratio {ratio:5.2f}  goal {GOAL}  {met}"
            )
    if given.json:
        given.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
