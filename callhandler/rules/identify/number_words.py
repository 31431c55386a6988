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
_IN_BRACKETS = re.compile(r"\(\s*((?:extension|extn|ext|xtn|x)\.?\s*:?\s*\d{1,7})\s*\)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"^\W*(?:cad|log|ref|reference|crime|incident|inc|urn|job|oic)\b[^\d+]*[1-9]", re.IGNORECASE
)
"""What a control room numbers and nobody rings: "CAD 1234 260818" holds no number."""
_WHOLE = re.compile(r"(?:\d[\s().-]*){10}")
_CODE = re.compile(r"[^\W\d]\d|\d[^\W\d]")
_BEFORE = re.compile(r"^[^\d+(]*|^\((?!\s*[\d+])[^\d+(]*")
_AFTER = re.compile(r"[^\d]*$")
_HOST = re.compile(r"@.*$")
_FROM_ZERO = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_FROM_TWENTY = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SAID = {
    **{word: str(n) for n, word in enumerate(_FROM_ZERO)},
    "oh": "0",
    "o": "0",
    "nought": "0",
    "naught": "0",
    "nil": "0",
    "plus": "+",
}
_TENS = {word: f"{n}0" for n, word in enumerate(_TENS_FROM_TWENTY, start=2)}
_ROUND = {"hundred": "00", "thousand": "000"}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_PAUSE = re.compile(r"[\s,;.–—-]+")
_STAR_CODE = re.compile(r"^[*#]\d{2,3}[#*]\s*(?=[\d+])")
"""How a mobile holds back its own number, or gives it, for one call: #31# before the number."""
_LISTED = re.compile(r"^\d{1,2}[.)]\s+(?=[+(0][\d\s().-]{9,})")
_AS_FRACTION = re.compile(r"^(\+?\d{9,15})\.0+$")
_SHORTENED = re.compile(r"^\d(?:[.,](\d+))?E\+?(\d{1,2})$", re.IGNORECASE)
_REMARKED = re.compile(
    r"^((?:[+(]*\d[\s().–-]*){10,})[\s,;:–-]*(?!or\b|and\b)([^\W\d].*)$", re.IGNORECASE | re.DOTALL
)
_OF_A_REMARK = 4
"""Digits that a remark after a number may hold: "after 6", "option 2", a year. More may be a second number."""
_MISREAD = re.compile(r"(?<![^\W\d])[\doOlI|]*\d[\doOlI|]*(?![^\W\d])")
_LIKE_DIGITS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"})


def plain(given: str) -> str:
    """One line of compatible characters: full-width digits are digits, control characters are gone."""
    text = unicodedata.normalize("NFKC", given)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c in "\t\n")
    return text.replace("_", " ").strip()


def says_withheld(text: str) -> bool:
    """True when the words say that the caller's number was held back."""
    words = set(re.findall(r"[a-z]+", text.casefold()))
    said = " ".join(text.casefold().split())
    return bool(words & WITHHELD) or any(w in said for w in ("no caller id", "no cli", "not available"))


def parted(text: str) -> tuple[str, str]:
    """What may be a number, and its extension: remarks, labels and a server's name are taken away."""
    if _REFERENCE.match(text):
        return "", ""
    text = _IN_BRACKETS.sub(r" \1", text)
    bare = _AS_FRACTION.sub(r"\1", _LISTED.sub("", _STAR_CODE.sub("", _REMARK.sub(" ", text).strip())))
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
    bare = _BEFORE.sub("", bare)
    remarked = _REMARKED.match(bare)
    if remarked and sum(c.isdigit() for c in remarked[2]) <= _OF_A_REMARK:
        bare = remarked[1]
    return _AFTER.sub("", bare), extension


def shortened(text: str) -> bool:
    """True for a number as a spreadsheet shortens it, 7.7009E+09: which one it was cannot be told."""
    found = _SHORTENED.match(text)
    return found is not None and 8 <= int(found[2]) <= 14


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


def _unsaid(text: str) -> str:
    """Digits that were said as words, "double seven" among them; anything else stays as it is."""
    if _WHOLE.search(text) or not re.search(r"[A-Za-z]{2}", text):
        return text
    out: list[str] = []
    times, before = 1, ""
    for token in re.findall(r"[A-Za-z]+|[^A-Za-z]+", text):
        word = token.casefold()
        if _PAUSE.fullmatch(token):
            out += [] if before in _TENS or times > 1 else [" "]
            continue
        if word in _TIMES:
            times = _TIMES[word]
        elif word in _TENS:
            out.append(_TENS[word])
        elif word in _ROUND:
            out.append(_ROUND[word])
        elif word in _SAID:
            said = _SAID[word] * times
            # "Twenty three" is 23, but "twenty oh three" and "twenty double three" begin with 20.
            if before in _TENS and said in "123456789":
                out[-1] = out[-1][0]
            out.append(said)
            times = 1
        elif times > 1:
            first = token.strip()
            out.append(first[0] * (times - 1) + first if first[0].isdigit() else first)
            times = 1
        else:
            out.append(token)
        before = word
    return "".join(out)


def _misread(text: str) -> str:
    """Letters that stand for a digit in a number that a machine read or a hurried hand typed."""
    return _MISREAD.sub(lambda found: found[0].translate(_LIKE_DIGITS), text)
