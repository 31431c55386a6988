"""Colours, letters and shapes, all read from `resources/`; looked up by name at the moment of painting."""

import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from callhandler.settings import resources

FAMILY = "Inter"
FALLBACK = "DejaVu Sans"


@cache
def colours(name: str = "dark") -> dict[str, str]:
    """A theme's colours by name."""
    text = (resources() / "themes" / f"{name}.json").read_text(encoding="utf-8")
    return {key: str(value) for key, value in json.loads(text)["colours"].items()}


def colour(name: str) -> QColor:
    """One colour of the theme in use."""
    return QColor(colours()[name])


@cache
def _svg(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _shape(name: str, tone: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colours()[tone]).encode()))


def paint_shape(painter: QPainter, name: str, tone: str, where: QRectF) -> None:
    """Paint one of the shapes of `resources/icons` in a colour of the theme."""
    _shape(name, tone).render(painter, where)


def shape_pixmap(name: str, tone: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A shape as a pixmap of `side` logical pixels."""
    pixmap = QPixmap(int(side * ratio), int(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_shape(painter, name, tone, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resources() / "icons" / "callhandler.svg"))


def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts; returns the families found. Without them a bare system shows boxes for letters."""
    found: list[str] = []
    for file in sorted(Path(resources() / "fonts").glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        found += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(found))


def letters(pixels: int, bold: bool = False, semi: bool = False) -> QFont:
    """A font of this height, with a fallback for other scripts."""
    font = QFont()
    font.setFamilies([FAMILY, FALLBACK])
    font.setPixelSize(pixels)
    weight = QFont.Weight.Bold if bold else QFont.Weight.DemiBold if semi else QFont.Weight.Normal
    font.setWeight(weight)
    return font


def base() -> int:
    """The height of ordinary text, in pixels."""
    return QApplication.font().pixelSize()


def apply(app: QApplication, pixels: int = 13) -> None:
    """Dress an application: Fusion, palette, letters, a short style sheet."""
    load_fonts()
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(letters(pixels))
    app.setStyleSheet(style_sheet())


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


def style_sheet() -> str:
    """What a palette cannot say: edges, corners, and a focus that is seen."""
    c = colours()
    return f"""
    QFrame[look="panel"] {{ background: {c["panel"]}; border: 1px solid {c["line"]}; border-radius: 5px; }}
    QFrame[look="strip"] {{ background: {c["panel"]}; border: none; border-bottom: 1px solid {c["line"]}; }}
    QFrame[look="foot"] {{ background: {c["panel"]}; border: none; border-top: 1px solid {c["line"]}; }}
    QFrame[look="side"] {{ background: {c["ground"]}; border: none; }}
    QFrame[look="critical"] {{ background: {c["critical_ground"]}; border: 1px solid {c["critical_line"]};
        border-radius: 5px; }}
    QFrame[look="order"] {{ background: {c["panel"]}; border: 1px solid {c["line"]};
        border-left: 3px solid {c["critical"]}; border-radius: 5px; }}
    QFrame[look="ask"] {{ background: {c["panel"]}; border: 1px solid {c["line"]}; border-radius: 5px; }}
    QFrame[look="ask"]:focus, QFrame[look="panel"]:focus {{ border: 2px solid {c["accent"]}; }}
    QLineEdit, QComboBox, QPlainTextEdit {{ background: {c["field"]}; border: 1px solid {c["line"]};
        border-radius: 4px; padding: 3px 6px; selection-background-color: {c["accent"]};
        selection-color: {c["ground"]}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {c["accent"]}; padding: 2px 5px; }}
    QComboBox::drop-down {{ border: none; width: 16px; }}
    QComboBox QAbstractItemView {{ background: {c["raised"]}; border: 1px solid {c["line"]};
        selection-background-color: {c["accent"]}; selection-color: {c["ground"]}; }}
    QPushButton {{ background: {c["raised"]}; border: 1px solid {c["line"]}; border-radius: 4px; padding: 4px 9px; }}
    QPushButton:hover {{ border-color: {c["muted"]}; }}
    QPushButton:focus {{ border: 2px solid {c["accent"]}; padding: 3px 8px; }}
    QPushButton:disabled {{ background: {c["panel"]}; color: {c["muted"]}; }}
    QPushButton[look="fold"] {{ background: transparent; border: 1px solid transparent; text-align: left;
        color: {c["muted"]}; padding: 2px 6px; }}
    QPushButton[look="fold"]:focus {{ border: 2px solid {c["accent"]}; padding: 1px 5px; }}
    QListView {{ background: transparent; border: none; outline: none; }}
    QScrollArea, QScrollArea > QWidget > QWidget[look="clear"] {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c["line"]}; border-radius: 4px; min-height: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QToolTip {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["muted"]}; padding: 4px; }}
    """
