"""The window's own commands: read them, see whether there is a display, and open what is asked for. Qt is imported late."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from callhandler.errors import BadInput, CallhandlerError
from callhandler.settings import Settings, from_environment
from ui.plain_imports import import_qt

AT_0026 = "going-to-mothers"
FIRST = "call-1"
PICTURE = Path("callhandler-demo.png")


def run(argv: Sequence[str]) -> int:
    """Open the desk, or the demonstration. Returns 0 when done, 1 when refused, 2 without a display."""
    wanted = _parser().parse_args(list(argv) or ["desk"])
    try:
        settings = from_environment(getattr(wanted, "database", ""), getattr(wanted, "scheme", ""))
        if wanted.command == "desk":
            return _desk(settings)
        if wanted.command == "train":
            return _train(settings, wanted)
        if wanted.command == "exercises":
            return _exercises(settings, wanted.exercise)
        if wanted.command == "station":
            return _station(settings)
        return _demo(settings, wanted)
    except CallhandlerError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="callhandler", description="The window. For all other commands: callhandler --help"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    desk = commands.add_parser("desk", help="the live desk, with sign-in")
    desk.add_argument("--database", default="", help="a file for SQLite, or a postgresql:// address")
    desk.add_argument("--scheme", default="", help="the force's scheme of grades")
    demo = commands.add_parser("demo", help="the shipped night on a training store of its own")
    demo.add_argument(
        "--as", dest="person", default="handler", help="sit down at another desk of it: supervisor"
    )
    demo.add_argument(
        "--until", "--at", default=AT_0026, metavar="EVENT", help="the event of the night to begin after"
    )
    demo.add_argument("--from-start", action="store_true", help="begin with the first call")
    demo.add_argument(
        "--by-hand",
        action="store_true",
        help="its people and their history, and no call yet: take them yourself",
    )
    demo.add_argument("--screenshot", metavar="FILE", default="", help="write a picture of the desk and end")
    demo.add_argument("--size", default="1920x1080", help="of the picture: WIDTHxHEIGHT")
    demo.add_argument("--theme", default="dark", help="of the picture: dark, light or high-contrast")
    demo.add_argument(
        "--scale", type=int, default=100, choices=(100, 150, 200), help="of its text, in per cent"
    )
    train = commands.add_parser("train", help="sit down at an exercise, on a training store of its own")
    train.add_argument("exercise", nargs="?", default="", help="an exercise by shipped name or file")
    train.add_argument("--as", dest="person", default="Trainee", help="the name to show")
    train.add_argument("--cohort", default="", help="the course or team that results are put together by")
    train.add_argument("--resume", metavar="FOLDER", default="", help="take up a sitting where it was left")
    train.add_argument("--folder", default="", help="where the sitting is kept; a new folder")
    exercises = commands.add_parser("exercises", help="write exercises: open, check, save, try them")
    exercises.add_argument("exercise", nargs="?", default="", help="a file, or a shipped exercise to copy")
    commands.add_parser("station", help="the trainer's station: start exercises, watch desks, debrief")
    return parser


@contextmanager
def _qt(settings: Settings) -> Iterator[None]:
    """Qt, with every fault that nobody catches written to the program's log."""
    import_qt()
    from ui.faults import listening

    with listening(settings.log_folder):
        yield


def has_display() -> bool:
    """True when a window can be seen here, or when a platform was chosen on purpose."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _desk(settings: Settings) -> int:
    if not has_display():
        print("There is no display here, so the desk cannot be shown.", file=sys.stderr)  # noqa: T201
        return 2
    with _qt(settings):
        from ui import application

        return application.show_desk(settings)


def _train(settings: Settings, wanted: argparse.Namespace) -> int:
    if not has_display():
        print("There is no display here, so the exercise cannot be shown.", file=sys.stderr)  # noqa: T201
        return 2
    if not (wanted.exercise or wanted.resume):
        raise BadInput("Name an exercise; callhandler exercise list tells which there are.", "exercise")
    with _qt(settings):
        from ui import application

        return application.show_exercise(
            settings, wanted.exercise, wanted.person, wanted.cohort, wanted.resume, wanted.folder
        )


def _exercises(settings: Settings, name: str) -> int:
    if not has_display():
        print("There is no display here; callhandler exercise check FILE needs none.", file=sys.stderr)  # noqa: T201
        return 2
    with _qt(settings):
        from ui import application

        return application.show_workshop(settings, name)


def _station(settings: Settings) -> int:
    if not has_display():
        print("There is no display here, so the station cannot be shown.", file=sys.stderr)  # noqa: T201
        return 2
    with _qt(settings):
        from ui import application

        return application.show_station(settings)


def _demo(settings: Settings, wanted: argparse.Namespace) -> int:
    until = "" if wanted.by_hand else FIRST if wanted.from_start else wanted.until
    if until:
        _check_event(until)
    if wanted.screenshot:
        if not has_display():
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        look = (wanted.theme, wanted.scale)
        return _picture(settings, until, Path(wanted.screenshot), _size(wanted.size), look)
    if has_display():
        with _qt(settings):
            from ui import application

            return application.show_demonstration(settings, until, wanted.person)
    from callhandler import app as core
    from callhandler.services.replay_output import in_words

    print("There is no display here, so the night is played in this terminal.\n", flush=True)  # noqa: T201
    with core.replaying(core.find_scenario("night"), settings) as night:
        for step in night.play():
            print(in_words(step, night), flush=True)  # noqa: T201
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _picture(settings, until, PICTURE, (1920, 1080))


def _picture(
    settings: Settings, until: str, target: Path, size: tuple[int, int], look: tuple[str, int] = ("dark", 100)
) -> int:
    from ui import picture

    picture.of_demonstration(settings, until, target, size, look)
    print(f"\nThe desk as it looks at that moment: {target.resolve()}")  # noqa: T201
    return 0


def _check_event(event: str) -> None:
    from callhandler import app as core
    from callhandler.intake.scenario import read_scenario

    known = [e.id for e in read_scenario(core.find_scenario("night")).events]
    if event not in known:
        raise BadInput(f"The night has no event {event}. Its events are {', '.join(known)}.", "demo")


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise BadInput(f"{text} is not a size such as 1920x1080.", "size") from None
    return width, height
