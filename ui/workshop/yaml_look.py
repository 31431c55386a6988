"""How an exercise's text looks: keys, quotations, numbers and remarks apart."""

import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from ui.common import theme

_KEY = re.compile(r"(?:^\s*(?:-\s+)?|[{,]\s*)([\w-]+)(?=:(?:\s|$))")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?<![\w])'(?:[^']|'')*'")
_REMARK = re.compile(r"(?:^|\s)(#.*)$")


class YamlLook(QSyntaxHighlighter):
    """Simple on purpose: what a line holds, without reading the whole."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._dress()

    def dress(self) -> None:
        """Take the theme's colours again."""
        self._dress()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Give one line its looks."""
        quoted = [m.span() for m in _QUOTED.finditer(text)]
        for found in _KEY.finditer(text):
            self.setFormat(found.start(1), len(found[1]), self._key)
        for start, end in quoted:
            self.setFormat(start, end - start, self._quoted)
        for found in _REMARK.finditer(text):
            if not any(start < found.start(1) < end for start, end in quoted):
                self.setFormat(found.start(1), len(found[1]), self._remark)

    def _dress(self) -> None:
        self._key, self._quoted, self._remark = (_look(tone) for tone in ("accent", "calm", "muted"))
        self._key.setFontWeight(QFont.Weight.DemiBold)
        self._remark.setFontItalic(True)


def _look(tone: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.colour(tone))
    return made
