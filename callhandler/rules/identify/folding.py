"""A name or an address folded, so that one writing equals another. Other scripts are kept as they are."""

import re
import unicodedata


def folded(name: str) -> str:
    """A name or address for comparing: no accents, case, punctuation or doubled space."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", letters.replace("'", "").replace("’", "")))
