"""The night at 00:26, opened once a module, and windows upon it that are always closed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from callhandler import app as core
from callhandler.app import Demonstration, ExerciseDesk
from callhandler.settings import Settings
from tests.ui.ring_windows import ROOT, Start, windows
from ui.common import theme
from ui.main_window import MainWindow
from ui.start_up import Opened


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """The application with the program's own letters and colours."""
    theme.apply(qapp, 13)
    return qapp


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a data folder of the module's own."""
    folder: Path = tmp_path_factory.mktemp("data")
    return Settings(database=str(folder / "live.sqlite"), data_folder=folder)


@pytest.fixture(scope="module")
def night(settings: Settings) -> Iterator[Demonstration]:
    """The demonstration at 00:26."""
    opened = core.open_demonstration(settings)
    yield opened
    opened.app.close()


Opener = Callable[..., MainWindow]


@pytest.fixture
def sit_down(qtbot) -> Iterator[Opener]:
    """Opens windows; closes each at the end, and with it its lanes."""
    opened: list[MainWindow] = []

    def open_one(app, actor=None, incident_id=None, next_event=None, size=(1366, 768)) -> MainWindow:
        window = MainWindow(app, next_event)
        opened.append(window)
        qtbot.addWidget(window)
        if actor is not None:
            window.sign_in(actor, incident_id)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        if incident_id is not None:
            qtbot.waitUntil(lambda: window.desk.view is not None)
        return window

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def window(night: Demonstration, sit_down: Opener) -> MainWindow:
    """The handler's window, with the night's incident open."""
    return sit_down(night.app, night.actor, night.incident_id)


@pytest.fixture
def at_exercise(qtbot) -> Callable[[ExerciseDesk], MainWindow]:
    """Opens the window of an exercise, as its trainee sees it; the test closes it before its desk."""

    def open_one(desk: ExerciseDesk) -> MainWindow:
        window = MainWindow()
        window._furnish()
        qtbot.addWidget(window)
        window.open_store(Opened(desk.app, desk.actor, None, exercise=desk.run, demonstration=True))
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return open_one


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of the test's own, as the environment names it."""
    found = str(tmp_path / "desk.sqlite")
    monkeypatch.setenv("CALLHANDLER_DATABASE", found)
    monkeypatch.setenv("CALLHANDLER_DATA", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return found


@pytest.fixture
def start(database: str) -> Iterator[Start]:
    """Starts windows as programs of their own."""
    with windows() as started:
        yield started
