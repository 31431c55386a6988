"""Makes the pictures of the README and of the help pages by driving the real window, offscreen.

.venv/bin/python packaging/screenshots.py [OUT]      OUT is resources/help/images unless given
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from callhandler import app as core  # noqa: E402
from callhandler.settings import Settings  # noqa: E402
from ui import application, picture  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

SMALL, LARGE = (1366, 768), (1920, 1080)
AT_0026 = "going-to-mothers"
ASKED = "rationale-full"


@contextmanager
def desk(folder: Path, until: str, size: tuple[int, int]) -> Iterator[tuple[MainWindow, core.Demonstration]]:
    """The handler's window after an event of the night."""
    application.make(14 if size[1] >= 1000 else 13)
    demonstration = core.open_demonstration(Settings(database="", data_folder=folder), until)
    window = MainWindow(demonstration.app, lambda: "")
    window.sign_in(demonstration.actor, demonstration.incident_id)
    window.resize(*size)
    window.show()
    picture.settle(window, lambda: window.desk is not None and window.desk.view is not None)
    try:
        yield window, demonstration
    finally:
        window.close()
        demonstration.app.close()


def rationale(window: MainWindow, target: Path) -> None:
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
    picture.save(window, target)


def supervisor(folder: Path, size: tuple[int, int], target: Path) -> None:
    """The supervisor's window, with the handler's request waiting."""
    app, actor = core.join_demonstration(Settings(database="", data_folder=folder))
    window = MainWindow(app)
    window.sign_in(actor)
    window.resize(*size)
    window.show()
    try:
        picture.settle(window, lambda: window.review is not None and window.review.review.view is not None)
        picture.save(window, target)
    finally:
        window.close()
        app.close()


def main(arguments: list[str]) -> int:
    """Make every picture; returns 0."""
    out = Path(arguments[0]) if arguments else ROOT / "resources" / "help" / "images"
    for size in (SMALL, LARGE):
        end = "" if size == LARGE else f"-{size[0]}"
        with tempfile.TemporaryDirectory(prefix="callhandler-") as name:
            with desk(Path(name), AT_0026, size) as (window, _):
                picture.save(window, out / f"desk-0026{end}.png")
                rationale(window, out / f"rationale-panel{end}.png")
            with desk(Path(name), ASKED, size):
                supervisor(Path(name), size, out / f"supervisor{end}.png")
    for file in sorted(out.glob("*.png")):
        print(file.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
