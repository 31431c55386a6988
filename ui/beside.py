"""The pages beside the work, and the palette, each made when it is first asked for: most calls ask for none.

Their actions and keys are the window's own, and are there before them.
"""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from callhandler.services.board import OpenIncident
    from ui.board.page import BoardPage
    from ui.help.page import HelpPage
    from ui.importing.page import ImportPage
    from ui.keys import KeysPage
    from ui.main_window import MainWindow
    from ui.palette.overlay import Palette
    from ui.preferences.about import AboutPage
    from ui.preferences.page import PreferencesPage
    from ui.search.page import SearchPage
    from ui.training.debrief_page import DebriefPage
    from ui.workshop.from_log import FromLogPage

    Page = TypeVar(
        "Page",
        BoardPage,
        KeysPage,
        HelpPage,
        PreferencesPage,
        AboutPage,
        SearchPage,
        ImportPage,
        FromLogPage,
        DebriefPage,
    )


def palette(window: "MainWindow") -> "Palette":
    """Every action by words, over the window."""
    from ui.palette.overlay import Palette

    made = Palette(window)
    made.said.connect(lambda why: window.say(why, "serious"))
    return made


def keys(window: "MainWindow") -> "KeysPage":
    """Every action with its key."""
    from ui.keys import KeysPage

    made = _placed(window, KeysPage())
    made.show_actions(window.key_groups)
    return made


def help(window: "MainWindow") -> "HelpPage":
    """The help, page by page."""
    from ui.help.page import HelpPage

    return _placed(window, HelpPage())


def preferences(window: "MainWindow") -> "PreferencesPage":
    """What whoever sits here has chosen, and may choose."""
    from ui.preferences.page import PreferencesPage

    made = _placed(window, PreferencesPage(window.app))
    made.show_preferences(window.looks.now)
    made.changed.connect(window.looks.change)
    return made


def about(window: "MainWindow") -> "AboutPage":
    """What this program is."""
    from ui.preferences.about import AboutPage

    return _placed(window, AboutPage(window.app, window.reads))


def board(window: "MainWindow") -> "BoardPage":
    """Every open incident."""
    from ui.board.page import BoardPage

    made, desk = _placed(window, BoardPage()), window.desk
    made.opened.connect(window.open_from_board)
    if desk is not None:

        def show(lines: "tuple[OpenIncident, ...]") -> None:
            made.show_board(lines, desk.incident_id)

        desk.boarded.connect(show)
        show(desk.board)
    return made


def search(window: "MainWindow") -> "SearchPage":
    """Everything held, by words. Only where somebody sits down is there a desk to look from."""
    from ui.search.controller import SearchController
    from ui.search.page import SearchPage

    assert window.desk is not None
    control = SearchController(window.desk, window)
    control.said.connect(window.say)
    return _placed(window, SearchPage(control))


def importing(window: "MainWindow") -> "ImportPage":
    """History brought in; for administrators."""
    from ui.importing.controller import ImportController
    from ui.importing.page import ImportPage

    desk = window.desk
    assert desk is not None
    control = ImportController(window.app, desk.actor, window.writes, window.reads, window)
    made = _placed(window, ImportPage(control))
    made.said.connect(window.say)
    return made


def from_log(window: "MainWindow") -> "FromLogPage":
    """An exercise from a log; for trainers and supervisors."""
    from ui.workshop.from_log import FromLogPage

    desk = window.desk
    assert desk is not None
    made = _placed(window, FromLogPage(window.app, desk.actor))
    desk.boarded.connect(made.show_board)
    made.show_board(desk.board)
    return made


def debrief(window: "MainWindow") -> "DebriefPage":
    """What came of the exercise that was sat through here."""
    from ui.training.debrief_page import DebriefPage

    return _placed(window, DebriefPage())


def _placed(window: "MainWindow", page: "Page") -> "Page":
    page.left.connect(window.back)
    window.stack.addWidget(page)
    return page
