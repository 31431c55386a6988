"""The help pages: a list and a text, plain, by keyboard, from the program's own folder and nowhere else."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from callhandler.settings import resources
from ui.common import theme
from ui.common.side_page import SidePage
from ui.common.words import tr

PAGES = (
    "first-call",
    "screens",
    "orders",
    "search",
    "papers",
    "keys",
    "exercises",
    "scenarios",
    "situations",
    "policy",
    "at-size",
    "import",
)


def folder() -> Path:
    """Where the pages are."""
    return resources() / "help"


class HelpText(QTextBrowser):
    """A text that loads nothing from outside the folder of help, and makes its pictures fit."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture or page of the folder; anything else is not there."""
        said = name.path() if isinstance(name, QUrl) else name
        home = folder().resolve()
        path = (home / said.lstrip("/")).resolve()
        remote = isinstance(name, QUrl) and name.scheme() not in ("", "file")
        if remote or not path.is_relative_to(home) or not path.is_file():
            return None
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(str(path))
            room = max(200, min(1_000, self.viewport().width() - 40))
            if picture.width() > room:
                return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            return picture
        return path.read_text(encoding="utf-8")


class HelpPage(SidePage):
    """Up and Down choose a page in the list; Tab goes to the text, which the arrows scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Help"), parent)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Help pages"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(3)
        self.text = HelpText()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.anchorClicked.connect(self._follow)
        self.text.installEventFilter(self)
        self.list.installEventFilter(self)
        for name in PAGES:
            if (folder() / f"{name}.md").is_file():
                item = QListWidgetItem(title_of(name))
                item.setData(Qt.ItemDataRole.UserRole, name)
                self.list.addItem(item)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.column.addLayout(row, 1)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        theme.changes.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take width and colours from the theme."""
        self.list.setFixedWidth(self.list.fontMetrics().averageCharWidth() * 34)
        c = theme.colours()
        self.text.document().setDefaultStyleSheet(f"a {{ color: {c['accent']}; }}")
        if self.text.isVisible():
            self._show()

    def open(self, name: str) -> None:
        """Show a page by its name."""
        for line in range(self.list.count()):
            if self.list.item(line).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(line)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list is where the hands begin."""
        super().focusInEvent(event)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setFocus(event.reason())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc goes back from the list and from the text."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.KeyPress:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        if self.list.currentRow() < 0:
            return
        item = self.list.currentItem()
        page = folder() / f"{item.data(Qt.ItemDataRole.UserRole)}.md"
        self.text.setMarkdown(page.read_text(encoding="utf-8"))
        self._space_out()
        self.text.setAccessibleName(item.text())

    def _space_out(self) -> None:
        """Air between paragraphs, which the reader of markdown leaves out; the lines of a table stay together."""
        line = self.text.fontMetrics().height()
        block = self.text.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            form = block.blockFormat()
            if form.headingLevel():
                form.setTopMargin(line)
                form.setBottomMargin(line / 3)
            elif cursor.currentTable() is None:
                form.setBottomMargin(line / 4 if block.textList() is not None else line / 2)
            cursor.setBlockFormat(form)
            block = block.next()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, link: QUrl) -> None:
        self.open(Path(link.path()).stem)


def title_of(name: str) -> str:
    """A page's own heading."""
    with (folder() / f"{name}.md").open(encoding="utf-8") as file:
        return next((line[2:].strip() for line in file if line.startswith("# ")), name)
