"""The style sheet, from a theme's colours."""

from collections.abc import Mapping


def style_sheet(c: Mapping[str, str], mark: int = 14) -> str:
    """What a palette cannot say: edges, corners, and a focus that is seen. `mark` is the side of a box to tick."""
    return f"""
    QFrame[look="panel"] {{ background: {c["panel"]}; border: 1px solid {c["line"]}; border-radius: 5px; }}
    QFrame[look="strip"] {{ background: {c["panel"]}; border: none; border-bottom: 1px solid {c["line"]}; }}
    QFrame[look="foot"] {{ background: {c["panel"]}; border: none; border-top: 1px solid {c["line"]}; }}
    QFrame[look="overlay"] {{ background: {c["raised"]}; border: 2px solid {c["accent"]}; border-radius: 6px; }}
    QFrame[look="side"] {{ background: {c["ground"]}; border: none; }}
    QFrame[look="critical"] {{ background: {c["critical_ground"]}; border: 1px solid {c["critical_line"]};
        border-radius: 5px; }}
    QFrame[look="order"] {{ background: {c["panel"]}; border: 1px solid {c["line"]};
        border-left: 3px solid {c["critical"]}; border-radius: 5px; }}
    QFrame[look="ask"] {{ background: {c["panel"]}; border: 1px solid {c["line"]}; border-radius: 5px; }}
    QFrame[look="ask"]:focus, QFrame[look="panel"]:focus {{ border: 2px solid {c["accent"]}; }}
    QLineEdit, QComboBox, QPlainTextEdit {{ background: {c["field"]}; border: 1px solid {c["edge"]};
        border-radius: 4px; padding: 3px 6px; selection-background-color: {c["accent"]};
        selection-color: {c["ground"]}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{
        border: 2px solid {c["accent"]}; padding: 2px 5px; }}
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
    QPushButton[look="chip"] {{ background: {c["accent_ground"]}; border: 1px solid {c["accent"]}; border-radius: 9px;
        padding: 1px 8px; }}
    QPushButton[look="chip"]:focus {{ border: 2px solid {c["accent"]}; padding: 0px 7px; }}
    QCheckBox::indicator {{ width: {mark}px; height: {mark}px; background: {c["field"]}; border: 1px solid {c["muted"]};
        border-radius: 3px; }}
    QCheckBox::indicator:checked {{ background: {c["accent"]}; border: 3px solid {c["accent_ground"]};
        width: {mark - 4}px; height: {mark - 4}px; }}
    QCheckBox:focus {{ border: 2px solid {c["accent"]}; border-radius: 4px; }}
    QCheckBox {{ padding: 3px; border: 2px solid transparent; }}
    QTextBrowser {{ background: {c["panel"]}; border: 1px solid {c["line"]}; padding: 10px; }}
    QTextBrowser:focus, QListWidget:focus {{ border: 2px solid {c["accent"]}; }}
    QListWidget {{ background: transparent; border: 1px solid {c["line"]}; }}
    QListWidget::item:selected {{ background: {c["accent_ground"]}; color: {c["text"]}; }}
    QProgressBar {{ background: {c["field"]}; border: 1px solid {c["line"]}; border-radius: 3px; }}
    QProgressBar::chunk {{ background: {c["accent"]}; }}
    QTableView {{ background: {c["field"]}; border: 1px solid {c["line"]};
        selection-background-color: {c["accent_ground"]}; selection-color: {c["text"]}; }}
    QTableView:focus {{ border: 2px solid {c["accent"]}; }}
    QTableView::item:selected {{ background: {c["accent_ground"]}; color: {c["text"]}; }}
    QHeaderView::section:horizontal {{ background: {c["panel"]}; color: {c["muted"]}; border: none;
        border-right: 1px solid {c["line"]}; border-bottom: 1px solid {c["line"]}; padding: 3px 4px; }}
    QListView {{ background: transparent; border: 1px solid transparent; outline: none; }}
    QListView:focus {{ border-color: {c["accent"]}; }}
    QScrollArea, QScrollArea > QWidget > QWidget[look="clear"] {{ background: transparent; border: none; }}
    QScrollArea[look="reading"] {{ border: 2px solid transparent; border-radius: 4px; }}
    QScrollArea[look="reading"]:focus {{ border: 2px solid {c["accent"]}; }}
    QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c["muted"]}; border-radius: 2px; margin: 0 2px; min-height: 24px; }}
    QScrollBar:horizontal {{ background: transparent; height: 9px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c["muted"]}; border-radius: 2px; margin: 2px 0; min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QToolTip {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["muted"]}; padding: 4px; }}
    """
