"""Letters and contrast."""

import pytest
from PySide6.QtGui import QFontDatabase

from ui.common import theme

PAIRS = [
    *[
        (ink, ground)
        for ink in ("text", "muted", "accent", "serious", "calm", "critical_text")
        for ground in ("ground", "panel")
    ],
    *[("text", g) for g in ("raised", "field", "critical_ground", "serious_ground")],
    ("muted", "critical_ground"),
    ("muted", "raised"),
    ("serious", "critical_ground"),
    ("serious", "serious_ground"),
    ("on_strong", "critical"),
    ("on_strong", "serious"),
    ("ground", "accent"),
    ("accent", "accent_ground"),
]


def luminance(name: str) -> float:
    colour = theme.colour(name)
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_contrast_is_enough(ink, ground):
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_text_on_critical_is_clearer_still():
    assert (luminance("text") + 0.05) / (luminance("critical_ground") + 0.05) >= 7


def test_the_letters_come_with_the_program(qapp):
    assert {"Inter", "DejaVu Sans"} <= set(QFontDatabase.families())
    assert qapp.font().families()[0] == "Inter"
