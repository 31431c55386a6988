"""Makes the application and opens its window: painted first, its store opened after."""

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from callhandler.errors import CallhandlerError
from callhandler.settings import Settings
from ui.common import theme
from ui.main_window import MainWindow
from ui.preferences.kept import PreferencesFile
from ui.ring import meeting_place

if TYPE_CHECKING:
    from callhandler.app import Demonstration
    from ui.ring.single_instance import SingleInstance
    from ui.start_up import Opened, Opener, Say

HAND_OVER_S = 8.0


def make(pixels: int = 0, name: str = theme.DARK, scale: int = 100) -> QApplication:
    """The application, dressed; letters a little larger on a tall screen unless their height is given."""
    app = _bare(pixels, name, scale)
    theme.dress(app)
    return app


def _bare(pixels: int, name: str, scale: int) -> QApplication:
    """The application in the palette and the letters of its first window."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("callhandler")
    app.setApplicationDisplayName("callhandler")
    app.setWindowIcon(theme.app_icon())
    screens = QGuiApplication.screens()
    tall = bool(screens) and screens[0].availableGeometry().height() >= 1000
    theme.wear(app, pixels or (14 if tall else 13), name, scale)
    return app


def show_desk(settings: Settings) -> int:
    """The live desk, from its sign-in page; a second start brings the first one forward and ends."""
    application = _worn(settings)
    lock = _lock(settings.database)
    if lock is None and _came_forward(settings.database):
        return 0
    window = MainWindow()
    doors: list[SingleInstance | None] = []

    def go_on() -> None:
        _dress(application, settings)
        window.start(partial(_live, settings))
        doors.append(_door(settings.database, window, lock))

    window.seen.connect(go_on)
    try:
        return _run(application, window)
    finally:
        for door in filter(None, doors):
            door.close()


def show_demonstration(settings: Settings, until: str, person: str) -> int:
    """The demonstration as its handler; or, at another desk of the one opened last, as somebody else."""
    application = _worn(settings)
    window = MainWindow()
    opener: Opener = (
        partial(_played, settings, until) if person == "handler" else partial(_joined, settings, person)
    )

    def go_on() -> None:
        _dress(application, settings)
        window.start(opener)

    window.seen.connect(go_on)
    # Which store it is, is known only now; at a second desk of it the first one keeps the calls.
    window.opened.connect(lambda app: _door(app.settings.database, window))
    return _run(application, window)


def show_exercise(
    settings: Settings, name: str, trainee: str, cohort: str, resumed: str, folder: str = ""
) -> int:
    """A sitting at an exercise: a new one, or the one of a folder taken up again."""
    application = _worn(settings)
    window = MainWindow()

    def go_on() -> None:
        _dress(application, settings)
        window.start(partial(_exercise, settings, (name, trainee, cohort), resumed, folder))

    window.seen.connect(go_on)
    return _run(application, window)


def show_workshop(settings: Settings, name: str) -> int:
    """The window in which exercises are written; no store is opened."""
    from ui.workshop.window import WorkshopWindow

    application = _worn(settings)
    _dress(application, settings)
    window = WorkshopWindow(settings, name)
    _show(window)
    try:
        return application.exec()
    finally:
        window.close()


def show_station(settings: Settings) -> int:
    """The trainer's station, a window of its own."""
    from ui.training.station_window import StationWindow

    application = _worn(settings)
    _dress(application, settings)
    window = StationWindow(settings)
    _show(window)
    window.start()
    try:
        return application.exec()
    finally:
        window.close()


# --- stores, on the lane's thread ------------------------------------------------------------


def _live(settings: Settings, say: "Say") -> "Opened":
    from callhandler import app as core
    from ui.start_up import Opened

    return Opened(core.open_up_to_date(settings, say))


def _played(settings: Settings, until: str, say: "Say") -> "Opened":
    from callhandler import app as core
    from ui.start_up import Opened

    say("Playing the night up to its moment, on a training store of its own", -1.0)
    shown = core.open_demonstration(settings, until)
    # Calls that are taken by hand would come a second time with the scenario's events.
    following = partial(_next, shown) if until else None
    return Opened(shown.app, shown.actor, shown.incident_id, following, True)


def _joined(settings: Settings, person: str, say: "Say") -> "Opened":
    from callhandler import app as core
    from ui.start_up import Opened

    say("Sitting down at another desk of the demonstration", -1.0)
    app, actor = core.join_demonstration(settings, person)
    return Opened(app, actor, demonstration=True)


def _exercise(
    settings: Settings, who: tuple[str, str, str], resumed: str, folder: str, say: "Say"
) -> "Opened":
    from callhandler import app as core
    from ui.start_up import Opened

    say("Making a training store of its own for this exercise", -1.0)
    if resumed:
        found = core.resume_exercise(settings, Path(resumed))
    else:
        found = core.open_exercise(settings, *who, folder=Path(folder) if folder else None)
    found.run.clock.set_pace(1)
    return Opened(found.app, found.actor, found.run.incident, exercise=found.run, demonstration=True)


def _next(demonstration: "Demonstration") -> str:
    """Play the next event of the night; what it was, empty when there is none."""
    step = demonstration.next()
    return step.event.id.replace("-", " ") if step else ""


# --- one window ------------------------------------------------------------------------------


def _worn(settings: Settings) -> QApplication:
    last = PreferencesFile(settings.data_folder).last()
    return _bare(0, last.theme, last.scale)


def _dress(application: QApplication, settings: Settings) -> None:
    """What the first window does without: all of the theme, and where faults are written."""
    theme.dress(application)
    from callhandler import log

    log.set_up(settings.log_folder)


def _lock(database: str) -> meeting_place.Lock | None:
    """The lock of the one window, taken; None when another has it or it cannot be had, which the door says."""
    with suppress(CallhandlerError):
        lock = meeting_place.lock(database)
        return lock if lock.take() else None
    return None


def _door(
    database: str, window: MainWindow, lock: meeting_place.Lock | None = None
) -> "SingleInstance | None":
    """The end that listens for rings and second starts; None when another window has it."""
    from ui.ring.single_instance import SingleInstance

    try:
        door = SingleInstance(database, window.receive, window, lock)
        return door if door.claim() else None
    except CallhandlerError as error:
        # Calls can still be taken by hand; the window says so and goes on.
        window.say(str(error), "serious")
        return None


def _came_forward(database: str) -> bool:
    """Whether another window was found and came forward."""
    from callhandler.intake.ring_message import to_message
    from ui.ring.single_instance import send_soon

    with suppress(CallhandlerError):
        return send_soon(database, to_message(None), HAND_OVER_S)
    return False


def _show(window: QWidget) -> None:
    window.resize(1600, 900)
    screen = window.screen().availableGeometry()
    if screen.width() <= 1600 or screen.height() <= 900:
        window.showMaximized()
    else:
        window.show()


def _run(application: QApplication, window: MainWindow) -> int:
    _show(window)
    try:
        return application.exec()
    finally:
        window.close()
        if window.has_store:
            window.app.close()
