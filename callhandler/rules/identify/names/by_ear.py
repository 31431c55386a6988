"""How a name that was written down as it is heard in English may be spelt where it is from: Polish, and Arabic's article.

Only the query is spelt so, never what is on record, and whoever is found by it is still only possible.
"""

import re
from functools import lru_cache

_POLISH = (("shch", "szcz"), ("sh", "sz"), ("zh", "rz"), ("v", "w"))
_ENDS = {"w": "v", "h": "z", "r": "z", "j": "y"}
"""First and last letters that another spelling turns into each other."""
_GLIDE = re.compile(r"(?<=[aeiou])y")
_ABDUL = re.compile(r"^abd([ue])([rsntzd])\2(?=[a-z]{3})")


@lru_cache(maxsize=1_000)
def spelt(heard: str) -> tuple[str, ...]:
    """Other spellings of a word in plain letters; none where nothing in it is written otherwise."""
    text = _GLIDE.sub("j", heard)
    for sound, letters in _POLISH:
        text = text.replace(sound, letters)
    found = (text.replace("chi", "ci").replace("ch", "cz"), text.replace("ch", "cz"))
    return tuple(word for word in dict.fromkeys(found) if word != heard)


def with_article(heard: str) -> str:
    """Abdurrahman as Abdulrahman: its l is said as the letter that follows. Empty where it is no such name."""
    return _ABDUL.sub(r"abdul\2", heard) if _ABDUL.match(heard) else ""


def heard_as(one: str, other: str) -> bool:
    """True where one of two words may be how the other is heard."""
    # Most words end otherwise, and need not be spelt.
    if _ENDS.get(one[-1], one[-1]) != _ENDS.get(other[-1], other[-1]) or _ENDS.get(
        one[0], one[0]
    ) != _ENDS.get(other[0], other[0]):
        return False
    return (
        other in spelt(one) or one in spelt(other) or with_article(one) == other or with_article(other) == one
    )
