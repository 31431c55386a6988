"""Makes the application and opens its windows."""

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from callhandler import app as core
from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.settings import Settings
from ui.common import theme
from ui.main_window import MainWindow


def make(pixels: int = 0) -> QApplication:
    """The application, dressed; letters a little larger on a tall screen unless their height is given."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("callhandler")
    app.setApplicationDisplayName("callhandler")
    app.setWindowIcon(theme.app_icon())
    screens = QGuiApplication.screens()
    tall = bool(screens) and screens[0].availableGeometry().height() >= 1000
    theme.apply(app, pixels or (14 if tall else 13))
    return app


def show_desk(settings: Settings) -> int:
    """The live desk, from its sign-in page."""
    app = core.open_app(settings)
    return _run(lambda: MainWindow(app))


def show_demonstration(settings: Settings, until: str, person: str) -> int:
    """The demonstration as its handler; or, at another desk of the one opened last, as somebody else."""
    if person != "handler":
        app, actor = core.join_demonstration(settings, person)
        return _run(lambda: _signed_in(app, actor))
    demonstration = core.open_demonstration(settings, until)
    return _run(
        lambda: _signed_in(
            demonstration.app, demonstration.actor, demonstration.incident_id, partial(_next, demonstration)
        )
    )


def _next(demonstration: core.Demonstration) -> str:
    """Play the next event of the night; what it was, empty when there is none."""
    step = demonstration.next()
    return step.event.id.replace("-", " ") if step else ""


def _signed_in(
    app: App, actor: Actor, incident_id: int | None = None, next_event: Callable[[], str] | None = None
) -> MainWindow:
    window = MainWindow(app, next_event)
    window.sign_in(actor, incident_id)
    return window


def _run(make_window: Callable[[], MainWindow]) -> int:
    application = make()
    window = make_window()
    window.resize(1600, 900)
    screen = window.screen().availableGeometry()
    if screen.width() <= 1600 or screen.height() <= 900:
        window.showMaximized()
    else:
        window.show()
    try:
        return application.exec()
    finally:
        window.app.close()
