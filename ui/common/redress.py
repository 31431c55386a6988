"""Makes open windows follow another theme or size of letters, whoever built their parts."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


@runtime_checkable
class Dressed(Protocol):
    """A part that keeps a colour or a height of its own and takes it anew."""

    def dress(self) -> None:
        """Take colours and heights from the theme again."""


def own_letters(app: QApplication, base: int) -> dict[QWidget, int]:
    """Which parts have letters of a height of their own, and by how much they differ from the ordinary ones.

    To be asked before a style sheet is set: setting one gives parts their first height back.
    """
    # A font that was never set is inherited, and follows the application's by itself.
    own = [part for part in app.allWidgets() if part.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    return {part: part.font().pixelSize() - base for part in own if part.font().pixelSize() > 0}


def redress(app: QApplication, offsets: dict[QWidget, int], base: int) -> None:
    """Heights differ from the ordinary one as before; parts that keep a colour take it anew."""
    for part, offset in offsets.items():
        font = part.font()
        font.setPixelSize(max(1, base + offset))
        part.setFont(font)
    for part in app.allWidgets():
        if isinstance(part, Dressed):
            part.dress()
        if isinstance(part, QAbstractItemView):
            part.scheduleDelayedItemsLayout()
        part.updateGeometry()
        part.update()
