"""Fits a window for the store that was opened: its pages and what watches over it. Imported late, with all it needs."""

from typing import TYPE_CHECKING

from ui.bridge import ChangeFeed
from ui.help.page import HelpPage
from ui.herald import Herald
from ui.keys import KeysPage
from ui.locking import Locking
from ui.palette.overlay import Palette
from ui.preferences.about import AboutPage
from ui.preferences.looks import Looks
from ui.preferences.page import PreferencesPage
from ui.ring.at_window import RingsAtWindow
from ui.sign_in import SignInPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def fit(window: "MainWindow") -> None:
    """Make the pages, add them, and join them to the window."""
    app = window.app
    window.feed = ChangeFeed(window)
    window.herald = Herald(window)
    window.looks = Looks(window)
    window.locking = Locking(window)
    window.palette_ = Palette(window)
    window.palette_.said.connect(lambda why: window.say(why, "serious"))
    window.keys = KeysPage()
    window.help = HelpPage()
    window.preferences = PreferencesPage(app)
    window.preferences.changed.connect(window.looks.change)
    window.about = AboutPage(app, window.reads)
    window.rings = RingsAtWindow(app, window.writes, window.reads, window)
    window.rings.said.connect(window.say)
    window.rings.show_desk.connect(window.to_desk)
    window.rings.show_window.connect(window.come_forward)
    window.sign_in_page = SignInPage(app, window.writes)
    window.sign_in_page.signed_in.connect(window.sign_in)
    window.stack.addWidget(window.sign_in_page)
    for page in (window.keys, window.help, window.preferences, window.about):
        page.left.connect(window.back)
        window.stack.addWidget(page)
    window.rings.tray.left.connect(window.back)
    window.stack.addWidget(window.rings.tray)
    window.stack.addWidget(window.locking.page)
    # Before anybody has signed in, the sign-in page is what a test or a script sees.
    window.stack.setCurrentWidget(window.sign_in_page)
