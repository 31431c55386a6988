"""A text's words as they are looked for: in Latin letters, without accents or case, numbers without leading zeros."""

import re
from collections.abc import Iterator

LONGEST = 60
"""Letters of a word that are kept; nobody types more of one."""

_WORD = re.compile(r"[a-z0-9]+")
_PIECE = re.compile(r"[A-Za-z0-9']+")


def words_of(text: str) -> list[str]:
    """The words of a text in order, as they are kept and looked for. The same writing always gives the same words."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    words = _WORD.findall(text.casefold().replace("'", ""))
    return [word if word[0] != "0" and len(word) <= LONGEST else _plain(word) for word in words]


def words_with_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a text as it is looked for, with where it stands in the text: from and up to."""
    if text.isascii():
        for piece in _PIECE.finditer(text.casefold()):
            if word := piece[0].replace("'", ""):
                yield _plain(word), *piece.span()
        return
    for run in re.finditer(r"\S+", text):
        # One letter of another script may be several in Latin ones: there the whole run is where its words stand.
        for piece in _PIECE.finditer(text, *run.span()) if run[0].isascii() else (run,):
            for word in words_of(piece[0]):
                yield word, *piece.span()


def _plain(word: str) -> str:
    if word[0] == "0" and word.isdigit():
        word = word.lstrip("0") or "0"
    return word[:LONGEST]
