"""From starting the program to its first painted window, against a bare window of Qt; and the memory that the desk takes."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from measure import folder, night, report, side_by_side

PAINTED_GOAL, MEMORY_GOAL, TIMES = 1.3, 2.0, 25
WINDOW = str(Path(__file__).with_name("window.py"))


def ask(*arguments: str) -> float:
    """Run one window and read what it says."""
    environ = dict(os.environ)
    environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, WINDOW, *arguments], env=environ, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def painted(*arguments: str) -> float:
    """Milliseconds from starting a process to its first painted window; both read the same clock."""
    begun = time.monotonic()
    return (ask(*arguments) - begun) * 1000


def main() -> None:
    """Measure both."""
    from callhandler import app as core
    from callhandler.model.actor import Right
    from callhandler.settings import Settings

    with folder() as where:
        database = where / "live.sqlite"
        opened = core.open_app(Settings(database=str(database), data_folder=where))
        opened.identity.add_user("a", "A", "four quiet words here", {Right.ADMINISTRATOR}, granted_by="bench")
        opened.close()
        os.environ["CALLHANDLER_DATA"] = str(where)
        floor, ours = side_by_side(
            lambda: painted("bare", "painted"), lambda: painted("desk", "painted", str(database)), TIMES
        )
        report("start to first painted window", floor, ours, PAINTED_GOAL)
    with folder() as where:
        _, _, incident = night(where)
        floor, ours = side_by_side(
            lambda: ask("table", "memory"),
            lambda: ask("desk", "memory", str(where), str(incident)),
            3,
            statistics.median,
        )
        report("memory, the night at 00:26", floor, ours, MEMORY_GOAL, "MiB")


if __name__ == "__main__":
    main()
