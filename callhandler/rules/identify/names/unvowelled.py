"""A name written without its vowels (Arabic, Persian, Urdu) against one in Latin letters."""

import re
from functools import lru_cache

_CONSONANT = {
    "b": "b|p", "p": "p|b", "t": "tt?h?", "j": "j|dj|g|zh", "h": "h", "d": "dd?h?", "r": "rr?",
    "z": "zz?|d|dh|th|s", "s": "ss?|th|c", "sh": "sh|ch|sch|s|sz", "ch": "ch|tch|c|cz|sh", "kh": "kh|h|ch|k|x",
    "gh": "gh|g|q|r", "th": "th?|s|z", "dh": "dh?|z|th", "zh": "zh|j|z", "f": "ff?|ph", "q": "q|k|gh|c|g",
    "k": "kk?|c|q|ck|ch", "g": "g|gu|k", "l": "ll?", "m": "mm?", "n": "nn?",
}  # fmt: skip
_SHORT = "(?:[aeiou]|e(?:i|y)|h(?![aeiou]))?"
_LONG = "(?:[aeiou]|h(?![aeiou])){0,2}"
_LETTER = re.compile("sh|ch|kh|gh|th|dh|zh|[a-z]")


@lru_cache(maxsize=1_000)
def _pattern(bare: str, vowels: str) -> re.Pattern[str]:
    """What may stand for such a name in Latin letters: its consonants in order, with vowels wherever they may be."""
    out = []
    for n, letter in enumerate(_LETTER.findall(bare)):
        if letter == "w":
            out.append("(?:w|v|[aou]{1,2}w?|ow)" if n == 0 else "(?:w|v|ww|vv|[aeo]?[uow]{1,2}|f)")
        elif letter == "y":
            out.append("(?:y|i|j|[ae]?[yi]{1,2}|ee|e|ai|ey|yy|ia|a)")
        elif letter in ("a", "i", "u", "o", "e"):
            out.append("(?:[aeiou]{1,2}|aa|h(?=$))?" if n else "[aeiouyj]{1,2}")
        elif letter == "h" and n:
            out.append("(?:hh?|(?=$)|[ae]h?(?=$))?")
        else:
            out.append(f"(?:{_CONSONANT.get(letter, letter)})")
        out.append(vowels)
    return re.compile("".join(out))


def written_so(bare: str, latin: str) -> int:
    """2 when a name in Latin letters may well be how this one, without vowels, is said; 1 when it may loosely; else 0."""
    if len(bare) < 2:
        return 0
    if _pattern(bare, _SHORT).fullmatch(latin):
        return 2
    return 1 if _pattern(bare, _LONG).fullmatch(latin) else 0
