"""Fits a window for the store that was opened: what it begins with, and what watches over it. All of it imported late."""

from typing import TYPE_CHECKING

from ui.bridge import ChangeFeed
from ui.herald import Herald
from ui.locking import Locking
from ui.preferences.looks import Looks
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
    window.rings = RingsAtWindow(app, window.writes, window.reads, window)
    window.rings.said.connect(window.say)
    window.rings.show_desk.connect(window.to_desk)
    window.rings.show_window.connect(window.come_forward)
    window.sign_in_page = SignInPage(app, window.writes)
    window.sign_in_page.signed_in.connect(window.sign_in)
    window.stack.addWidget(window.sign_in_page)
    window.rings.tray.left.connect(window.back)
    window.stack.addWidget(window.rings.tray)
    window.stack.addWidget(window.locking.page)
    # Before anybody has signed in, the sign-in page is what a test or a script sees.
    window.stack.setCurrentWidget(window.sign_in_page)
