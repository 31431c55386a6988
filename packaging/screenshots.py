"""Makes pictures by driving the real window, offscreen.

.venv/bin/python packaging/screenshots.py            the README's and the help pages' pictures, in resources/help/images
.venv/bin/python packaging/screenshots.py OUT        and besides them every page, size, theme and moment, in OUT,
                                                     with an index.html; about three minutes on two cores
"""

import html
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402

from callhandler import app as core  # noqa: E402
from callhandler.intake.ring import from_values  # noqa: E402
from callhandler.model.people import Role  # noqa: E402
from callhandler.settings import Settings  # noqa: E402
from ui import application, picture  # noqa: E402
from ui.common import theme  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

SIZES = ((1366, 768), (1920, 1080), (2560, 1440))
MOMENTS = {
    "2234": "call-1",
    "2308": "may-come-home",
    "2342": "no-answer",
    "0026": "going-to-mothers",
    "0042": "officers-arrive",
}
BESIDE = ("board", "search", "keys", "help", "preferences", "about")
AT_0026 = MOMENTS["0026"]
ASKED = "rationale-full"
TOLD = "He said he will kill me, he has got a knife and my baby is here"
IMAGES = ROOT / "resources" / "help" / "images"
WORKERS = 2

Size = tuple[int, int]
RING = {"number": "07700900418", "name": "Adult 1", "place": "Own flat"}


@dataclass(frozen=True)
class Look:
    """A theme, and the size of text in per cent."""

    name: str = theme.DARK
    scale: int = 100

    def __str__(self) -> str:
        return self.name if self.scale == 100 else f"{self.name}-{self.scale}"


USUAL = Look()


def dress(size: Size, look: Look = USUAL) -> None:
    """Letters by the height of the screen, colours by the theme."""
    pixels = 14 if size[1] >= 1000 else 13
    theme.apply(application.make(pixels), pixels, look.name, look.scale)


@contextmanager
def desk(night: core.Demonstration, size: Size, look: Look = USUAL) -> Iterator[MainWindow]:
    """The handler's window upon the night as it stands."""
    dress(size, look)
    window = MainWindow(night.app, lambda: "")
    window.sign_in(night.actor, night.incident_id)
    window.resize(*size)
    window.show()
    try:
        picture.settle(window, lambda: window.desk is not None and window.desk.view is not None)
        yield window
    finally:
        gone(window)


@contextmanager
def supervisor(settings: Settings, size: Size, look: Look = USUAL) -> Iterator[MainWindow]:
    """The supervisor's window, with the handler's request waiting."""
    dress(size, look)
    app, actor = core.join_demonstration(settings)
    window = MainWindow(app)
    window.sign_in(actor)
    window.resize(*size)
    window.show()
    try:
        picture.settle(
            window, lambda: window.review is not None and window.review.review.in_front is not None
        )
        yield window
    finally:
        gone(window)
        app.close()


def in_review(window: MainWindow) -> Iterator[str]:
    """Every state of the review page, after a month of other work; yields the name of each."""
    page = window.review
    assert page is not None
    picture.settle(window, lambda: page.review.header is not None and not page.review.proving.running)
    yield "review"
    blind = next(n for n, line in enumerate(page.review.lines) if line.hidden)
    page.list.setCurrentIndex(page.list.model().index(blind, 0))
    picture.settle(window, lambda: page.review.in_front is not None)
    yield "review-blind"
    page.list.setCurrentIndex(page.list.model().index(len(page.review.lines) - 1, 0))
    picture.settle(window, lambda: page.review.in_front is not None)
    page.turn_plot()
    for _ in page.review.plots:
        picture.settle(window)
        yield f"review-plot-{page.review.plots.index(page.plots.plot) if page.plots.plot else 0}"
        page.plots.turn()
    page.plots.turn_table()
    picture.settle(window)
    yield "review-table"


@contextmanager
def month() -> Iterator[Settings]:
    """Settings under which a month of a room stands before the night, at the request of 00:26."""
    from tests.review_month import every_domestic_by_lot, open_month

    with tempfile.TemporaryDirectory(prefix="callhandler-") as name:
        folder = Path(name)
        settings = Settings(database="", data_folder=folder, policy_folder=every_domestic_by_lot(folder))
        opened = open_month(settings, ASKED)
        try:
            yield settings
        finally:
            opened.app.close()


def gone(window: MainWindow) -> None:
    """Close a window and forget it: one that is only closed would be dressed again with each that follows."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def refused(window: MainWindow) -> None:
    """Scheduled asked for, with one answer that does not count."""
    assert window.desk is not None and window.page is not None
    panel = window.page.rationale
    window.desk.grade(window.desk.app.policy.scheme.grades[2].id)
    picture.settle(window, panel.isVisible)
    weapon = next(b for b in panel.blocks if b.code == "weapon-feared")
    weapon.what.setText("No weapon seen")
    weapon.who.setCurrentIndex(weapon.who.findData("caller-overheard"))
    weapon.how.setCurrentIndex(weapon.how.findData("not-seen"))
    panel.ask_action.trigger()
    picture.settle(window, lambda: not weapon.fault.isHidden())


def kept(window: MainWindow) -> None:
    """What was asked is taken back."""
    assert window.page is not None
    panel = window.page.rationale
    panel.keep_action.trigger()
    picture.settle(window, lambda: not panel.isVisible())


def pages(window: MainWindow) -> Iterator[str]:
    """Turn to every page besides the desk; yields the name of each."""
    assert window.page is not None
    # Each of these is made when it is first asked for.
    for made in BESIDE:
        getattr(window, made)
    work = (window.page, window.review, window.opening, window.locking.page, window.sign_in_page)
    for place in range(window.stack.count()):
        widget = window.stack.widget(place)
        if widget is None or widget in work:
            continue
        window.visit(widget)
        picture.settle(window)
        yield type(widget).__name__.removesuffix("Page").lower()
    window.stack.setCurrentWidget(window.page)
    window.open_palette()
    picture.settle(window)
    yield "palette"
    window.palette_.leave()


def on_the_desk(window: MainWindow) -> Iterator[str]:
    """Open whatever opens upon the desk, one at a time; yields the name of each."""
    assert window.page is not None
    page = window.page
    forms = [code for code in page.forms.all if code.startswith("order")]
    shown: dict[str, Callable[[], object]] = {
        "warning": lambda: page.details.open("warning", "weapon-feared"),
        "order": lambda: page.details.open("order"),
        "may-follow": page.follows.turn,
        "suggestions": lambda: page.log.entry.setText(TOLD),
        **{f"{code}-form": partial(page.forms.open, code) for code in ("call", "tell", "follows", *forms)},
    }
    for name, opened in shown.items():
        if name.endswith("-form") and page.forms.all[name.removesuffix("-form")].at_once is not None:
            continue
        opened()
        picture.settle(window)
        yield name
        if page.follows.unfolded:
            page.follows.turn()
        page.log.fill("", "")
        page.forms.leave()
        page.details.close()
    yield from links(window)


def links(window: MainWindow) -> Iterator[str]:
    """The links of the incident at the suspect's card, its genogram, and both as a list; yields the name of each."""
    assert window.page is not None and window.desk is not None and window.desk.view is not None
    page = window.page
    page.links.turn()
    panel = page.links.panel
    picture.settle(window, lambda: bool(panel.view.current))
    suspects = window.desk.view.picture.with_role(Role.SUSPECT)
    panel.view.go_to(f"person:{suspects[0]}")
    picture.settle(window)
    yield "links"
    panel.turn()
    picture.settle(window)
    yield "genogram"
    panel.turn()
    panel.turn_list()
    picture.settle(window)
    yield "links-list"
    panel.turn_list()
    page.links.close()


def nothing_open(window: MainWindow) -> Iterator[str]:
    """The desk while no incident is open; yields its name."""
    assert window.desk is not None
    here = window.desk.incident_id
    window.desk.open(None)
    picture.settle(window)
    yield "nothing-open"
    window.desk.open(here)
    picture.settle(window, lambda: window.desk is not None and window.desk.view is not None)


def while_it_rings(window: MainWindow) -> Iterator[str]:
    """Two calls ring: at the desk, among those that wait, and while the window is locked."""
    assert window.rings is not None
    answers: list[str] = []
    rings = [from_values({**RING, "uuid": f"0190b5a0-0000-7000-8000-00000000000{n}"}) for n in "12"]
    for ring in rings:
        window.receive(ring, answers.append)
    picture.settle(window, lambda: len(answers) == len(rings))
    yield "ringing"
    window.visit(window.rings.tray)
    picture.settle(window)
    yield "waiting-calls"
    window.back()
    window.locking.lock()
    picture.settle(window)
    yield "locked"
    window.locking.page.unlock.emit("")
    for ring in rings:
        window.rings.controller.settle(ring, "shown")
    picture.settle(window)


def for_the_readme(out: Path) -> None:
    """The pictures of the README and of the help pages."""
    small, usual = SIZES[:2]
    with tempfile.TemporaryDirectory(prefix="callhandler-") as name, night(Path(name)) as opened:
        play(opened, AT_0026)
        with desk(opened, small) as window:
            for what in links(window):
                if what != "links-list":
                    picture.save(window, out / f"{what}.png")
        with desk(opened, usual) as window:
            picture.save(window, out / "desk-0026.png")
            refused(window)
            picture.save(window, out / "rationale-panel.png")
    with month() as settings, supervisor(settings, usual) as window:
        for what in in_review(window):
            if what in ("review", "review-blind"):
                picture.save(window, out / f"{what}.png")


def settings_of(folder: Path) -> Settings:
    """Settings in a folder of their own."""
    return Settings(database="", data_folder=folder)


@contextmanager
def night(folder: Path) -> Iterator[core.Demonstration]:
    """The night after its first call."""
    opened = core.open_demonstration(settings_of(folder), MOMENTS["2234"])
    try:
        yield opened
    finally:
        opened.app.close()


def play(opened: core.Demonstration, until: str) -> None:
    """Play the night on to an event."""
    while (step := opened.next()) is not None and step.event.id != until:
        pass


def matrix(out: Path, worker: int) -> None:
    """One worker's share of the looks: in each, every moment, and what there is besides at 00:26."""
    share = list(looks())[worker::WORKERS]
    with tempfile.TemporaryDirectory(prefix="callhandler-") as name, night(Path(name)) as opened:
        for moment, event in MOMENTS.items():
            if moment != "2234":
                play(opened, event)
            for size, look in share:
                with desk(opened, size, look) as window:
                    picture.save(window, target(out, f"desk-{moment}", size, look))
                    if event == AT_0026:
                        for what in besides(window):
                            picture.save(window, target(out, what, size, look))
            if event == AT_0026:
                # After the others: what is asked and taken back stands in the log.
                for size, look in share:
                    with desk(opened, size, look) as window:
                        refused(window)
                        picture.save(window, target(out, "rationale", size, look))
                        kept(window)
    with month() as settings:
        for size, look in share:
            with supervisor(settings, size, look) as window:
                for what in in_review(window):
                    picture.save(window, target(out, what, size, look))


def besides(window: MainWindow) -> Iterator[str]:
    """Everything that is seen besides the desk as it stands; yields the name of each."""
    yield from pages(window)
    yield from nothing_open(window)
    yield from while_it_rings(window)
    yield from on_the_desk(window)


def looks() -> Iterator[tuple[Size, Look]]:
    """Every size in every theme, and in dark with larger text."""
    for size in SIZES:
        for name in theme.names():
            yield size, Look(name)
        for scale in theme.SCALES[1:]:
            yield size, Look(scale=scale)


def target(out: Path, what: str, size: Size, look: Look) -> Path:
    """The file of one picture."""
    return out / f"{what}-{size[0]}x{size[1]}-{look}.png"


def index(out: Path) -> None:
    """A page that shows every picture, by name."""
    rows = [
        f'<figure><a href="{html.escape(file.name)}"><img loading="lazy" src="{html.escape(file.name)}" '
        f'alt="{html.escape(file.stem)}"></a><figcaption>{html.escape(file.stem)}</figcaption></figure>'
        for file in sorted(out.glob("*.png"))
    ]
    style = "body{font-family:sans-serif;margin:2em}figure{display:inline-block;margin:8px}img{width:420px}"
    (out / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>callhandler, every picture</title>'
        f"<style>{style}</style><h1>callhandler, every picture</h1>\n" + "\n".join(rows) + "</html>\n",
        encoding="utf-8",
    )


def main(arguments: list[str]) -> int:
    """Make the pictures; returns 0."""
    if arguments:
        out, began = Path(arguments[0]), time.monotonic()
        with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
            list(pool.map(partial(matrix, out), range(WORKERS)))
        for_the_readme(out)
        index(out)
        print(f"{len(list(out.glob('*.png')))} pictures in {out}, {time.monotonic() - began:.0f} seconds")
    else:
        for_the_readme(IMAGES)
        for file in sorted(IMAGES.glob("*.png")):
            print(file.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
