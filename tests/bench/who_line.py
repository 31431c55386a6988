"""A key typed into the form of a new call, to the painted line of who it may be; against a search that costs nothing.

    python -m tests.bench.who_line --store FILE [--json FILE]

`--store` is a database with people in it, as `tests/bench/find_person.py --folder` leaves one. The wait before a search is
asked for is left out of both, so that what is compared is the search and the painting.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callhandler.model.candidates import Candidate, Surety
from callhandler.services.calls import CallIn
from callhandler.services.finding import NOTHING, Found, people_like
from callhandler.store.engine import make_engine
from callhandler.store.unit_of_work import reading
from tests.bench.measure import machine
from ui.common import theme
from ui.desk.strips import Field, Strip
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
TURNS, GOAL = 5, 2.5
SOMEBODY = Found((Candidate(1, Surety.POSSIBLE, ("the same name, written otherwise",)),), {1: "Joan Hill"})


class Desk(QObject):
    """As much of the desk as the line asks: one lane of reading."""

    parting = Signal()

    def __init__(self, search: Callable[[CallIn], Found]) -> None:
        super().__init__()
        self.reads = Reads(self)
        self._search = search

    def who(self, call: CallIn, shown: Callable[[Found], None]) -> None:
        self.reads.ask("who", lambda: self._search(call), shown)

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


def keys(app: QApplication, desk: Desk, strip: Strip, who: WhoLine, name: str) -> list[float]:
    """Milliseconds of each key of a name, from the key to what is painted."""
    editor = strip.editor("name")
    editor.clear()
    out = []
    for letter in name:
        begun = time.perf_counter()
        QTest.keyClicks(editor, letter)
        values = strip.values()
        who.ask(CallIn(name=values["name"], number=values["number"], born=values["born"]))
        while desk.reads.waiting:
            app.processEvents()
        app.processEvents()
        strip.repaint()
        out.append((time.perf_counter() - begun) * 1000)
    return out


def main() -> None:
    """Type the names into both forms, in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", required=True)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    engine = make_engine(given.store)

    def search(call: CallIn) -> Found:
        if len(call.name) < 2:
            return NOTHING
        with reading(engine) as connection:
            return people_like(connection, call.name)

    app = QApplication([])
    theme.apply(app, 13)
    ours, free = Desk(search), Desk(lambda _call: SOMEBODY)
    shown = {desk: form(desk) for desk in (ours, free)}
    turns: dict[Desk, list[list[float]]] = {ours: [], free: []}
    for _ in range(TURNS + 1):
        for desk in (free, ours):
            turns[desk].append([t for name in NAMES for t in keys(app, desk, *shown[desk], name)])
    # Each key's quickest of the turns after the first: others' work only adds.
    times = {desk: [min(each) for each in zip(*found[1:], strict=True)] for desk, found in turns.items()}
    for desk in times:
        desk.reads.finish()
    floor, mine = (statistics.median(times[d]) for d in (free, ours))
    worst = sorted(times[ours])[int(len(times[ours]) * 0.95)]
    ratio = mine / floor
    met = "met" if ratio <= GOAL else "NOT MET"
    print(f"{machine()}; a key in the name, to the painted line, milliseconds")
    print(f"nothing to search {floor:.2f}, ours {mine:.2f} (p95 {worst:.2f})")
    print(f"ratio {ratio:.2f}, goal {GOAL}: {met}")
    if given.json:
        found = {"floor": floor, "ours": mine, "p95": worst, "ratio": ratio, "goal": GOAL}
        given.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    engine.dispose()


if __name__ == "__main__":
    main()
