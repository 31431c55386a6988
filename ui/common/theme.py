"""Colours and letters, read from `resources/`; looked up by name at the moment of painting.

The first window needs this, so it imports no more than that window wears.
"""

import json
from functools import cache
from typing import Any

from PySide6.QtCore import QLoggingCategory, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from callhandler.settings import resources

FAMILY = "Inter"
ORDINARY = "Inter-Regular.otf"
SCRIPTS = ("Arabic", "Gurmukhi", "Bengali", "Devanagari", "Gujarati", "Tamil")
"""Scripts in which callers here write their names, and that Inter does not have."""
FALLBACKS = (*(f"Noto Sans {script}" for script in SCRIPTS), "DejaVu Sans", "Noto Emoji")

DARK = "dark"
SYSTEM = "system"
SCALES = (100, 150, 200)


class _Worn:
    """What the application wears now: one theme, one height of letters, for every window of it."""

    name = DARK
    pixels = 13
    scale = 100


class _Changes(QObject):
    """`changed` is told after the application has put on another theme or size."""

    changed = Signal()


changes = _Changes()


@cache
def names() -> tuple[str, ...]:
    """The themes that there are, the darkest first."""
    found = {file.stem for file in (resources() / "themes").glob("*.json")}
    return (DARK, *sorted(found - {DARK}, reverse=True))


@cache
def _file(name: str) -> dict[str, Any]:
    text = (resources() / "themes" / f"{name}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def title(name: str) -> str:
    """A theme's shown name."""
    return str(_file(name)["name"])


def colours(name: str = "") -> dict[str, str]:
    """A theme's colours by name; those of the theme in use unless another is named."""
    found: dict[str, str] = _file(name or _Worn.name)["colours"]
    return found


def worn() -> tuple[str, int]:
    """The theme in use, and the scale of the letters in per cent."""
    return _Worn.name, _Worn.scale


def colour(name: str) -> QColor:
    """One colour of the theme in use."""
    return QColor(colours()[name])


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resources() / "icons" / "callhandler.svg"))


@cache
def _font(file: str) -> tuple[str, ...]:
    number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / file))
    return tuple(QFontDatabase.applicationFontFamilies(number)) if number >= 0 else ()


def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts; returns the families found. Without them a bare system shows boxes for letters."""
    files = sorted(file.name for file in (resources() / "fonts").glob("*.[ot]tf"))
    return tuple(dict.fromkeys(family for file in files for family in _font(file)))


def letters(pixels: int, bold: bool = False, semi: bool = False) -> QFont:
    """A font of this height, with fallbacks for other scripts and for emoji."""
    return QFont(_letters(pixels, bold, semi))


@cache
def _letters(pixels: int, bold: bool, semi: bool) -> QFont:
    font = QFont()
    font.setFamilies([FAMILY, *FALLBACKS])
    font.setPixelSize(pixels)
    weight = QFont.Weight.Bold if bold else QFont.Weight.DemiBold if semi else QFont.Weight.Normal
    font.setWeight(weight)
    return font


def base() -> int:
    """The height of ordinary text, in pixels."""
    return QApplication.font().pixelSize()


def scaled(pixels: float) -> int:
    """A measure that suits letters of 13 pixels, for the letters in use."""
    return round(pixels * base() / 13)


def wear(app: QApplication, pixels: int = 13, name: str = "", scale: int = 100) -> None:
    """What the first window needs: palette and ordinary letters. `pixels` is their height at 100 %."""
    # Qt warns of each family that lacks a script before it comes to the one that has it.
    QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")
    _font(ORDINARY)
    _Worn.name, _Worn.pixels, _Worn.scale = chosen(name or DARK), pixels, scale
    app.setPalette(palette())
    app.setFont(letters(round(pixels * scale / 100)))


def dress(app: QApplication) -> None:
    """The rest of it, in the theme worn: all fonts, Fusion, a short style sheet."""
    from ui.common.sheet import style_sheet

    load_fonts()
    # Once: every widget takes the style anew, and those about to go may not live through it.
    if not app.property("fusion"):
        app.setStyle("Fusion")
        app.setProperty("fusion", True)
    app.setPalette(palette())
    app.setStyleSheet(style_sheet(colours(), scaled(14)))


def apply(app: QApplication, pixels: int = 13, name: str = "", scale: int = 100) -> None:
    """Dress an application wholly."""
    wear(app, pixels, name, scale)
    dress(app)


def change(app: QApplication, name: str, scale: int = 100) -> None:
    """Put on another theme and size of letters while windows are open; every one of them follows at once."""
    from ui.common.redress import own_letters, redress

    name = chosen(name)
    if (name, scale) == worn():
        return
    offsets = own_letters(app, base())
    apply(app, _Worn.pixels, name, scale)
    redress(app, offsets, base())
    changes.changed.emit()


def chosen(name: str) -> str:
    """A theme that there is: the system's own choice for `system`, dark when that or the name says nothing known."""
    if name == SYSTEM:
        from PySide6.QtCore import Qt

        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return "high-contrast"
        return "light" if hints.colorScheme() is Qt.ColorScheme.Light else DARK
    return name if name in names() else DARK


def palette() -> QPalette:
    """The palette of the theme."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "field",
        QPalette.ColorRole.AlternateBase: "panel",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "raised",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "critical",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "ground",
        QPalette.ColorRole.ToolTipBase: "raised",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Link: "accent",
    }
    for role, name in roles.items():
        made.setColor(role, colour(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour("muted"))
    return made
