"""Says something to a screen reader without moving the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(source: QWidget, words: str, *, at_once: bool = False) -> None:
    """Announce these words; `at_once` may interrupt what is being read."""
    if words and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(source, words)
        manner = QAccessible.AnnouncementPoliteness
        event.setPoliteness(manner.Assertive if at_once else manner.Polite)
        QAccessible.updateAccessibility(event)
