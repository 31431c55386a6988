"""The typefaces of the papers: which bundled file sets which letter, and what is set when none does.

The files are the screen's. The screen's own Latin face has outlines that the PDF library cannot take in; DejaVu Sans, its
fallback, sets Latin, Greek and Cyrillic here, narrowed to the proportions of its condensed cut.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

import uharfbuzz as hb
from anyascii import anyascii
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from callhandler.settings import resources

NARROW = 90
"""Horizontal scale of the Latin face, in percent."""

LATIN = "DejaVuSans"
ORDER = (
    LATIN,
    "NotoSansArabic-Regular",
    "NotoSansBengali-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansGurmukhi-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansTamil-Regular",
)
SHAPED = frozenset(ORDER[1:])
"""Faces whose letters change with their neighbours: set glyph by glyph as the shaper says."""

_PRIVATE = 0xE000


@dataclass(frozen=True)
class Glyph:
    """One glyph at its place, in thousandths of the size: `code` is the character that stands for it in the PDF."""

    code: str
    x: float
    y: float


class Face:
    """One typeface, for measuring and for the PDF."""

    def __init__(self, name: str) -> None:
        path = resources() / "fonts" / f"{name}.ttf"
        self.name = name
        self._hb = hb.Face(hb.Blob.from_file_path(str(path)))
        self.letters = frozenset(self._hb.unicodes)
        self.scale = NARROW / 100 if name.startswith(LATIN) else 1.0
        pdfmetrics.registerFont(TTFont(name, str(path), shapable=False))
        self._pdf = pdfmetrics.getFont(name)
        self._units = 1000 / self._hb.upem

    @cached_property
    def _font(self) -> hb.Font:
        return hb.Font(self._hb)

    def width(self, text: str, size: float, backwards: bool = False) -> float:
        """The width of a run, in points."""
        if self.name in SHAPED or backwards:
            return self.shape(text, backwards)[1] * size / 1000
        return float(pdfmetrics.stringWidth(text, self.name, size)) * self.scale

    @cache  # noqa: B019  # a face lives as long as the program
    def shape(self, text: str, backwards: bool) -> tuple[tuple[Glyph, ...], float]:
        """The glyphs of a run given in reading order, from left to right, and the whole advance in thousandths."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if backwards else "ltr"
        hb.shape(self._font, buffer)
        at, glyphs = 0.0, []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = at + place.x_offset * self._units, place.y_offset * self._units
            glyphs.append(Glyph(self._code(info.codepoint), x * self.scale, y))
            at += place.x_advance * self._units
        return tuple(glyphs), at * self.scale

    def _code(self, glyph: int) -> str:
        """A character that the PDF's face draws as this glyph: its own letter, or one of the private ones.

        The private one follows from the glyph alone, so that a paper's bytes do not depend on what was set before it.
        """
        face = self._pdf.face
        own = [c for c in face.glyphToChar.get(glyph, ()) if not _PRIVATE <= c < 0xF900]
        if own:
            return chr(own[0])
        code = _PRIVATE + glyph
        if face.charToGlyph.get(code) != glyph:
            face.charToGlyph[code] = glyph
            face.charWidths[code] = self._font.get_glyph_h_advance(glyph) * self._units
        return chr(code)


@cache
def face(name: str) -> Face:
    """A face by the name of its file; read once."""
    return Face(name)


@dataclass(frozen=True)
class Run:
    """Neighbouring letters of one face, in the order in which they are seen; `backwards` when they read from the right."""

    text: str
    face: str
    backwards: bool = False


@cache
def face_of(letter: str, bold: bool) -> str | None:
    """The face that sets a letter, or None when no bundled one has it."""
    code = ord(letter)
    for name in ORDER:
        # DejaVu has Arabic letters too, without Urdu's; the names of one person are set in one face.
        if name == LATIN and _arabic(letter):
            continue
        if code in face(name).letters:
            return (
                f"{name}-Bold" if bold and name == LATIN and code in face(f"{LATIN}-Bold").letters else name
            )
    return None


def settable(text: str) -> str:
    """The text as the papers can set it: composed, no control characters, and what no face has in Latin letters.

    Letters changed so stand between ‹ and ›, so that nobody takes them for how the name is written.
    """
    kept: list[str] = []
    foreign: list[str] = []

    def close() -> None:
        if foreign:
            kept.append(f"‹{anyascii(''.join(foreign)).strip() or 'sign not shown'}›")
            foreign.clear()

    for letter in unicodedata.normalize("NFC", text):
        if _unseen(letter):
            continue
        if letter.isspace() and not foreign:
            kept.append(" " if letter != "\n" else "\n")
        elif letter.isspace() or face_of(letter, False) is None:
            foreign.append(letter)
        else:
            tail = len(foreign)
            while tail and foreign[tail - 1].isspace():
                tail -= 1
            spaces = len(foreign) - tail
            del foreign[tail:]
            close()
            kept.append(" " * bool(spaces))
            kept.append(letter)
    close()
    return "".join(kept)


def foreign_scripts(text: str) -> tuple[str, ...]:
    """The scripts of letters that no bundled face has, by the first word of the letters' own names, each once."""
    if text.isascii():
        return ()
    strange = [
        c for c in dict.fromkeys(unicodedata.normalize("NFC", text)) if unicodedata.category(c)[0] in "LM"
    ]
    missing = [unicodedata.name(c, "not named").split()[0] for c in strange if face_of(c, False) is None]
    return tuple(
        dict.fromkeys(name.split("-")[0].capitalize() if name != "CJK" else name for name in missing)
    )


def _arabic(letter: str) -> bool:
    code = ord(letter)
    return 0x0600 <= code <= 0x08FF or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF


def _unseen(letter: str) -> bool:
    """Control and direction marks: they may turn a line round, and nothing is seen of them."""
    kind = unicodedata.category(letter)
    return kind in ("Cc", "Cf", "Cs", "Co", "Cn") and letter not in "\n\t\u200c\u200d"
