"""A name or an address folded, so that one writing equals another. Other scripts are kept as they are."""

import re
import unicodedata

_WORDS = re.compile(r"\w+")


def folded(name: str) -> str:
    """A name or address for comparing: no accents, case, punctuation or doubled space."""
    if name.isascii():
        return " ".join(_WORDS.findall(name.casefold().replace("'", "")))
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(_WORDS.findall(letters.replace("'", "").replace("’", "")))
