"""A name in Latin letters, part by part, and roughly how each part sounds. Titles and small words are left out."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "dame", "master", "sgt", "pc", "haji", "hajji", "sahib",
    "pan", "pani",
])  # fmt: skip
SMALL = frozenset([
    "al", "el", "ul", "ur", "ad", "as", "az", "ar", "an", "bin", "ibn", "bint", "binti", "bte", "ben", "wa", "ap", "ab",
    "ferch", "verch", "van", "von", "der", "den", "de", "du", "da", "la", "le", "of", "y",
])  # fmt: skip
"""Articles and "son of": written or left out, they do not tell two people apart."""
SAY_LITTLE = frozenset([
    "singh", "singgh", "kaur", "kaura", "kour", "begum", "begam", "bgm", "bibi", "bybi", "khan", "khn", "ali", "mhmd",
    "mohammed", "muhammad", "mohammad", "mohamed",
])  # fmt: skip
"""Names so many bear, or bear beside others, that they say little by themselves."""
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_SAME_LETTER = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "أ": "ا", "إ": "ا"}
)
_JOINED = re.compile("['’`´ʻʿʾ‘]")
_APART = re.compile(r"[\s\-–_/.,;:&()\"]+")
_NASAL = str.maketrans({"\u0a02": "n", "\u0a70": "n", "\u0902": "n", "\u06ba": "n"})
_ARTICLE = re.compile(r"^(?:ال|أل)(?=\w{3})")
_SLAVIC_END = re.compile(r"(?<=[sc]k)(?:a|i|y)$|(?<=sk)(?:yj|ij|aya|aia|ya)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a name: in plain Latin letters, roughly as it sounds, as it was written, and whether without vowels."""

    plain: str
    rough: str
    written: str
    unvowelled: bool = False

    @property
    def initial(self) -> bool:
        """True when only a letter was given."""
        return len(self.plain) == 1 and self.plain.isalpha()

    @property
    def number(self) -> bool:
        """True for a part that is a figure, not a slip of the finger: it is the same or it is another."""
        return number(self.plain)

    @property
    def says_little(self) -> bool:
        """True for a name borne by very many."""
        return self.plain in SAY_LITTLE


def number(plain: str) -> bool:
    """True for a word of which at least half are digits."""
    return not plain.isalpha() and sum(c.isdigit() for c in plain) * 2 >= len(plain)


@lru_cache(maxsize=2_000)
def tokens(name: str) -> tuple[Token, ...]:
    """The parts of a name in order, titles and small words left out (all are kept when nothing else is there)."""
    plain = name.isascii()
    text = (name if plain else unicodedata.normalize("NFKC", name)).casefold()
    if "," in text:
        # "Family, given" is how papers write it.
        family, _, given = text.partition(",")
        text = f"{given} {family}"
    text = _JOINED.sub("", text if plain else _without_marks(text))
    if not plain:
        text = _MARKS.sub("", text).translate(_NASAL)
    found = [token(p) for p in _APART.split(text)]
    found = [t for t in found if t.plain]
    named = tuple(t for t in found if t.plain not in TITLES)
    kept = tuple(t for t in named if t.plain not in SMALL)
    # "Ben Hill" and "Al Hill" have two names.
    return (kept if len(kept) > 1 else named) or tuple(found)


def _without_marks(text: str) -> str:
    """Without accents; the vowel signs of other scripts stay."""
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))


@lru_cache(maxsize=8_000)
def token(written: str) -> Token:
    """One part of a name, as it is written in one."""
    if written.isascii() and written.isalnum():
        return Token(written, rough(written), written)
    part = written
    arabic = bool(_ARABIC.search(part))
    if arabic:
        part = _ARTICLE.sub("", part).translate(_SAME_LETTER)
    plain = re.sub(r"[^a-z0-9]", "", anyascii(part).casefold())
    if arabic and part.startswith(("ا", "آ", "ع")) and not plain.startswith("a"):
        plain = f"a{plain}"
    return Token(plain, rough(plain), written, arabic)


_SOUNDS = (
    ("tsch", "x"), ("tch", "x"), ("sch", "x"), ("szcz", "x"), ("cz", "x"), ("sz", "x"), ("ch", "x"), ("sh", "x"),
    ("zh", "z"), ("rz", "z"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("bh", "b"), ("dj", "j"),
    ("dz", "z"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "x"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("ff", "f"), ("w", "v"), ("g", "g"), ("y", "i"),
)  # fmt: skip


@lru_cache(maxsize=8_000)
def rough(plain: str) -> str:
    """The consonants of a name as they roughly sound, in several languages' spellings at once; a first vowel is "a"."""
    text = plain
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    first, rest = text[:1], text[1:]
    if first in "aeiou" and first:
        first = "a"
    return _DOUBLED.sub(r"\1", first + rest.translate(_UNHEARD))


_UNHEARD = str.maketrans("", "", "aeiouvh")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=4_000)
def slavic_root(plain: str) -> str:
    """A surname without the ending that differs between a woman and a man of one family."""
    return _SLAVIC_END.sub("", plain)
