"""What every benchmark here uses: times taken in turn, a ratio against a floor of the same run, and how it is said."""

import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

Take = Callable[[list[float]], float]
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def milliseconds(act: Callable[[], object]) -> float:
    """How long one act takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def processor_ms(act: Callable[[], object]) -> float:
    """How long one act keeps the processor: what others do on the machine meanwhile does not count."""
    begun = time.process_time_ns()
    act()
    return (time.process_time_ns() - begun) / 1e6


def side_by_side(
    floor: Callable[[], float], ours: Callable[[], float], times: int, take: Take = min
) -> tuple[float, float]:
    """The quickest of each, measured in turn, so that a busy moment meets both; the first of each is not counted.

    On a machine that others use too, all that differs from the quickest is their work. `take` may be the median, for
    what has no quickest: a disk, or memory.
    """
    floor(), ours()
    pairs = [(floor(), ours()) for _ in range(times)]
    return take([f for f, _ in pairs]), take([o for _, o in pairs])


def report(what: str, floor: float, ours: float, goal: float, unit: str = "ms") -> None:
    """Print one line: the floor, ours, the ratio, and whether the goal is met."""
    ratio = ours / floor
    met = "met" if ratio <= goal else "NOT MET"
    print(
        f"{what:44} floor {floor:9.2f} {unit}  ours {ours:9.2f} {unit}  ratio {ratio:5.2f}  goal {goal}  {met}"
    )


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on this machine's disk that goes away."""
    with tempfile.TemporaryDirectory(prefix="callhandler-bench-") as name:
        yield Path(name)


def night(where: Path) -> tuple[object, object, int]:
    """The night at 00:26 in a store there: settings, the handler's name for it, and the incident."""
    from callhandler import app as core
    from callhandler.settings import Settings

    settings = Settings(database=str(where / "live.sqlite"), data_folder=where)
    opened = core.open_demonstration(settings)
    own = replace(settings, database=str(opened.database))
    incident = opened.incident_id
    opened.app.close()
    return settings, own, incident


def resident() -> float:
    """How much memory this process holds now, in MiB; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 2**20


def machine() -> str:
    """What this was measured on, in one line."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
