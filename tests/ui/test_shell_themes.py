"""Every theme: contrast from the data, shapes, and a change while the window is open."""

import json

import pytest
from PySide6.QtWidgets import QApplication

from callhandler.settings import resources
from tests.ui.test_theme import PAIRS
from ui.common import theme
from ui.common.labels import Cut, Plate, Shape, Text
from ui.drawn.inks import Inks

NAMES = ("dark", "light", "high-contrast")
INKS = ("text", "muted", "accent", "serious", "calm", "critical_text", "critical")
MORE = [(ink, ground) for ink in INKS[:6] for ground in ("ground", "panel", "raised", "field")]
CRITICAL = [("text", "critical_ground"), ("text", "serious_ground"), ("text", "ground")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colours: dict[str, str], ink: str, ground: str) -> float:
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def dressed_again(dressed: QApplication):
    yield dressed
    theme.apply(dressed, 13)


def test_all_themes_are_listed_and_name_the_same_colours():
    assert theme.names() == ("dark", "light", "high-contrast")
    keys = [set(theme.colours(name)) for name in NAMES]
    assert keys[0] == keys[1] == keys[2]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ink", "ground"), sorted({*PAIRS, *MORE}))
def test_words_are_clear(name, ink, ground):
    assert contrast(theme.colours(name), ink, ground) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ink", "ground"), CRITICAL)
def test_what_is_critical_is_clearer_still(name, ink, ground):
    assert contrast(theme.colours(name), ink, ground) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_edges_and_marks_are_seen(name):
    colours = theme.colours(name)
    assert all(contrast(colours, ink, "ground") >= 3 for ink in ("critical", "serious", "accent"))
    inks = Inks.of_theme(colours)
    assert abs(luminance(inks.line) - luminance(inks.ground)) > 0.05


def test_files_hold_only_whole_colours():
    for file in (resources() / "themes").glob("*.json"):
        colours = json.loads(file.read_text(encoding="utf-8"))["colours"]
        assert all(len(c) == 7 and c[0] == "#" for c in colours.values()), file.name


def test_a_change_reaches_what_is_open_and_comes_back(dressed_again, qtbot):
    text, cut, shape, plate = (
        Text("a", "accent", larger=2),
        Cut("b"),
        Shape("critical", "critical"),
        Plate("c", "raised", "text"),
    )
    for part in (text, cut, shape, plate):
        qtbot.addWidget(part)
    before = shape.pixmap().toImage()
    told = []
    theme.changes.changed.connect(lambda: told.append(theme.worn()))
    theme.change(dressed_again, "light", 200)
    assert told == [("light", 200)]
    assert dressed_again.font().pixelSize() == 26 and text.font().pixelSize() == 28
    assert text.palette().windowText().color().name() == theme.colours("light")["accent"]
    assert shape.pixmap().toImage() != before
    assert theme.colours("light")["raised"] in plate.styleSheet()
    theme.change(dressed_again, "dark", 100)
    assert text.font().pixelSize() == 15 and shape.pixmap().toImage() == before
    theme.change(dressed_again, "dark", 100)
    assert len(told) == 2


def test_an_unknown_theme_and_a_silent_system_are_dark():
    assert theme.chosen("mauve") == "dark"
    assert theme.chosen("system") in NAMES
