"""Sets text in lines: breaks it in reading order, turns what reads from the right, and draws each run in its face.

Text is never read as markup. A line is broken before it is turned, so that a long line in Arabic reads on below.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bidi import get_display

from callhandler.brief.faces import LATIN, SHAPED, Run, face, face_of, settable

Canvas = Any
"""ReportLab's canvas; it has no types of its own."""

_FROM_THE_RIGHT = ("R", "AL")
_APART = "\u200e"
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "‹": "›"}


@dataclass(frozen=True)
class Style:
    """How a text looks: size and line height in points, bold, grey from 0 (black) to 1."""

    size: float
    leading: float
    bold: bool = False
    grey: float = 0.0


@dataclass(frozen=True)
class Span:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class SetLine:
    """One line as it will be drawn: runs from left to right, each with its width, and the line's width."""

    runs: tuple[tuple[Run, float], ...]
    width: float


@lru_cache(maxsize=4_000)
def lines_of(spans: tuple[Span, ...], style: Style, width: float) -> tuple[SetLine, ...]:
    """The lines that the spans fill at this width, in points. An empty text is one empty line."""
    found: list[SetLine] = []
    for paragraph in _paragraphs(spans):
        found += _filled(paragraph, style, width)
    return tuple(found) or (SetLine((), 0.0),)


def height_of(spans: tuple[Span, ...], style: Style, width: float) -> float:
    """The height that the spans take at this width, in points."""
    return len(lines_of(spans, style, width)) * style.leading


def draw(canvas: Canvas, x: float, y: float, line: SetLine, style: Style) -> None:
    """Draw one line with its baseline at `y`."""
    canvas.setFillGray(style.grey)
    for run, width in line.runs:
        if run.face in SHAPED or run.backwards:
            _draw_shaped(canvas, x, y, run, style.size)
        else:
            text = canvas.beginText(x, y)
            text.setFont(run.face, style.size)
            text.setHorizScale(face(run.face).scale * 100)
            text.textOut(run.text)
            canvas.drawText(text)
        x += width


def places_of(run: Run, size: float, x: float = 0.0) -> tuple[tuple[str, float], ...]:
    """Where each glyph of a run is drawn: the character that stands for it and its x, in points."""
    glyphs, _ = face(run.face).shape(_reading(run), run.backwards)
    return tuple((g.code, x + g.x * size / 1000) for g in glyphs)


def _draw_shaped(canvas: Canvas, x: float, y: float, run: Run, size: float) -> None:
    # What is copied out of the PDF is the name as it was written, not the glyphs that draw it.
    written = _reading(run)
    canvas._code.append(f"/Span <</ActualText <FEFF{written.encode('utf-16-be').hex().upper()}>>> BDC")
    for glyph in face(run.face).shape(written, run.backwards)[0]:
        text = canvas.beginText(x + glyph.x * size / 1000, y + glyph.y * size / 1000)
        text.setFont(run.face, size)
        text.setHorizScale(face(run.face).scale * 100)
        text.textOut(glyph.code)
        canvas.drawText(text)
    canvas._code.append("EMC")


def _reading(run: Run) -> str:
    return run.text[::-1] if run.backwards else run.text


# --- breaking --------------------------------------------------------------------------------

Letters = list[tuple[str, bool]]


def _paragraphs(spans: tuple[Span, ...]) -> list[Letters]:
    found: list[Letters] = [[]]
    turning = any(_turns(letter) for span in spans for letter in span.text)
    for span in spans:
        if turning and found[-1]:
            # A label and what follows it are two things: neither turns the other round.
            found[-1].append((_APART, span.bold))
        for letter in settable(span.text).replace("\t", " "):
            if letter == "\n":
                found.append([])
            else:
                found[-1].append((letter, span.bold))
    return found


def _filled(letters: Letters, style: Style, width: float) -> list[SetLine]:
    backwards = _reads_from_right(letters)
    lines: list[SetLine] = []
    line: Letters = []
    taken = 0.0
    for word in _words(letters):
        wide = _width(word, style)
        if line and taken + wide - _trailing(word, style) > width:
            lines.append(_set(line, style, backwards))
            line, taken = [], 0.0
        for piece in _cut(word, style, width) if wide > width else [word]:
            if line and taken + _width(piece, style) - _trailing(piece, style) > width:
                lines.append(_set(line, style, backwards))
                line, taken = [], 0.0
            line = line + piece
            taken += _width(piece, style)
    lines.append(_set(line, style, backwards))
    return lines


def _words(letters: Letters) -> list[Letters]:
    """Words, each with the spaces that follow it."""
    found: list[Letters] = []
    for letter in letters:
        space = letter[0] == " "
        if not found or (not space and found[-1][-1][0] == " "):
            found.append([])
        found[-1].append(letter)
    return found


def _cut(word: Letters, style: Style, width: float) -> list[Letters]:
    """A word too long for a line, in pieces that fit; a mark stays with its letter."""
    pieces: list[Letters] = [[]]
    for letter in word:
        mark = unicodedata.category(letter[0]).startswith("M")
        if pieces[-1] and not mark and _width([*pieces[-1], letter], style) > width:
            pieces.append([])
        pieces[-1].append(letter)
    return pieces


def _width(letters: Letters, style: Style) -> float:
    return sum(width for _, width in _runs(letters, style, _reads_from_right(letters)))


def _trailing(word: Letters, style: Style) -> float:
    spaces = len(word) - len("".join(c for c, _ in word).rstrip())
    return _width(word[-spaces:], style) if spaces and spaces < len(word) else 0.0


def _reads_from_right(letters: Letters) -> bool:
    """Whether the whole of it does: a sentence in Latin letters with an Arabic name in it reads on from the left."""
    kinds = [unicodedata.bidirectional(letter) for letter, _ in letters if letter != _APART]
    turned = sum(kind in _FROM_THE_RIGHT for kind in kinds)
    return turned > 4 * kinds.count("L")


# --- turning and runs ------------------------------------------------------------------------


def _set(letters: Letters, style: Style, backwards: bool) -> SetLine:
    while letters and letters[-1][0] == " ":
        letters = letters[:-1]
    runs = _runs(letters, style, backwards)
    return SetLine(tuple(runs), sum(width for _, width in runs))


def _runs(letters: Letters, style: Style, backwards: bool) -> list[tuple[Run, float]]:
    bold = bool(letters) and all(b for _, b in letters)
    text = "".join(c for c, _ in letters)
    if text.isascii() and (bold or not any(b for _, b in letters)):
        # Most of every paper: one run, nothing to turn.
        name = f"{LATIN}-Bold" if bold or style.bold else LATIN
        return [(Run(text, name), face(name).width(text, style.size))] if text else []
    grouped: list[tuple[str, str, bool]] = []
    for letter, is_bold in _seen(letters, backwards):
        if letter == _APART:
            grouped.append(("", "", False))
            continue
        name = face_of(letter, is_bold or style.bold) or LATIN
        turned = _turns(letter)
        joins = letter == " " or unicodedata.category(letter).startswith("M") or letter in "\u200c\u200d"
        if joins and grouped and grouped[-1][0] and ord(letter) in face(grouped[-1][1]).letters:
            name, turned = grouped[-1][1], grouped[-1][2]
        if grouped and grouped[-1][1:] == (name, turned):
            grouped[-1] = (grouped[-1][0] + letter, name, turned)
        else:
            grouped.append((letter, name, turned))
    runs = [Run(text, name, turned) for text, name, turned in grouped if text]
    return [(run, face(run.face).width(_reading(run), style.size, run.backwards)) for run in runs]


def _turns(letter: str) -> bool:
    """Whether a letter reads from the right; the marks over such letters go with them."""
    mark = unicodedata.category(letter).startswith("M") and 0x0591 <= ord(letter) <= 0x08FF
    return mark or unicodedata.bidirectional(letter) in _FROM_THE_RIGHT


def _seen(letters: Letters, backwards: bool) -> Letters:
    """The letters in the order in which they are seen, from left to right, each with its weight."""
    text = "".join(c for c, _ in letters)
    if not any(_turns(c) or unicodedata.bidirectional(c) == "AN" for c in text):
        return letters
    turned = _mirrored(get_display(text, base_dir="R" if backwards else "L"))
    weights: dict[str, list[bool]] = {}
    for letter, bold in letters:
        weights.setdefault(letter, []).append(bold)
    # Weight follows the letter; where a letter occurs in both weights the plain one is taken.
    return [(letter, all(weights.get(letter, [False]))) for letter in turned]


def _mirrored(seen: str) -> str:
    """A pair of brackets that was turned stands the wrong way round: each of it is drawn as the other."""
    found = list(seen)
    opened: list[int] = []
    closed: list[int] = []
    for index, letter in enumerate(seen):
        if letter in _PAIRS:
            if closed and seen[closed[-1]] == _PAIRS[letter]:
                first = closed.pop()
                found[first], found[index] = letter, _PAIRS[letter]
            else:
                opened.append(index)
        elif letter in _PAIRS.values():
            if opened and _PAIRS[seen[opened[-1]]] == letter:
                opened.pop()
            else:
                closed.append(index)
    return "".join(found)
