"""A number out of what was typed, said or sent: labels, remarks, spoken digits and misread letters taken away."""

import re
import unicodedata

WITHHELD = frozenset(
    [
        "withheld",
        "private",
        "anonymous",
        "unavailable",
        "blocked",
        "restricted",
        "unknown",
        "hidden",
        "undisclosed",
    ]
)
"""Words by which a caller's display says that no number came."""
_REMARK = re.compile(r"\((?=[^)]*[^\W\d])[^)]*\)|\[[^\]]*\]")
_EXTENSION = re.compile(r"(?:;ext=|(?:extension|extn|ext|xtn|x)\.?\s*:?\s*|#\s*)(\d{1,7})\W*$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:\d[\s().-]*){10}")
_CODE = re.compile(r"[^\W\d]\d|\d[^\W\d]")
_BEFORE = re.compile(r"^[^\d+(]*|^\((?!\s*[\d+])[^\d+(]*")
_AFTER = re.compile(r"[^\d]*$")
_HOST = re.compile(r"@.*$")
_SAID = {
    **{
        word: str(n)
        for n, word in enumerate(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        )
    },
    "oh": "0",
    "o": "0",
    "nought": "0",
    "naught": "0",
    "nil": "0",
    "plus": "+",
}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_MISREAD = re.compile(r"(?<![^\W\d])[\doOlI|]*\d[\doOlI|]*(?![^\W\d])")
_LIKE_DIGITS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"})


def plain(given: str) -> str:
    """One line of compatible characters: full-width digits are digits, control characters are gone."""
    text = unicodedata.normalize("NFKC", given)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c in "\t\n").strip()


def says_withheld(text: str) -> bool:
    """True when the words say that the caller's number was held back."""
    words = set(re.findall(r"[a-z]+", text.casefold()))
    return bool(words & WITHHELD) or "no caller id" in " ".join(text.casefold().split())


def parted(text: str) -> tuple[str, str]:
    """What may be a number, and its extension: remarks, labels and a server's name are taken away."""
    bare = _REMARK.sub(" ", text).strip()
    if "@" in bare:
        bare = _HOST.sub("", bare)
    found = _EXTENSION.search(bare)
    extension = ""
    # "x" in the middle of a hidden number is no extension; one needs a number before it.
    if found and sum(c.isdigit() for c in bare[: found.start()]) >= 6:
        bare, extension = bare[: found.start()], _digits(found[1])
    bare = _misread(_unsaid(bare))
    # A postcode or a registration is no short number.
    if _CODE.search(bare) and not _WHOLE.search(bare):
        return "", ""
    return _AFTER.sub("", _BEFORE.sub("", bare)), extension


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


def _unsaid(text: str) -> str:
    """Digits that were said as words, "double seven" among them; anything else stays as it is."""
    if _WHOLE.search(text) or not re.search(r"[A-Za-z]{2}", text):
        return text
    out: list[str] = []
    times = 1
    for token in re.findall(r"[A-Za-z]+|[^A-Za-z]+", text):
        word = token.casefold()
        if word in _TIMES:
            times = _TIMES[word]
        elif word in _SAID:
            out.append(_SAID[word] * times)
            times = 1
        elif times > 1 and token.strip():
            first = token.strip()
            out.append(first[0] * (times - 1) + first if first[0].isdigit() else first)
            times = 1
        else:
            out.append(token)
    return "".join(out)


def _misread(text: str) -> str:
    """Letters that stand for a digit in a number that a machine read or a hurried hand typed."""
    return _MISREAD.sub(lambda found: found[0].translate(_LIKE_DIGITS), text)
