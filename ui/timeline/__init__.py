"""The timeline: linked history, orders and the calls of this incident on one axis."""

from ui.drawn.inks import DARK, HIGH_CONTRAST, LIGHT, Inks
from ui.timeline.reading import Vocabulary
from ui.timeline.view import TimelineView

__all__ = ["DARK", "HIGH_CONTRAST", "LIGHT", "Inks", "TimelineView", "Vocabulary"]
