"""A date of birth as people read it. In files and exports it stays as it is kept."""

import re
from collections.abc import Iterable

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEPT = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_EITHER = re.compile(r"(\d{4})/(\d{4})")


def born_in_words(kept: str) -> str:
    """1992-06-15 as 15 Jun 1992, 1992-06 as Jun 1992, 1991/1992 as 1991 or 1992; anything else as it was told."""
    if found := _EITHER.fullmatch(kept):
        return f"{found[1]} or {found[2]}"
    found = _KEPT.fullmatch(kept)
    if not found or not 1 <= int(found[2]) <= 12:
        return kept
    day = f"{int(found[3])} " if found[3] else ""
    return f"{day}{_MONTHS[int(found[2]) - 1]} {found[1]}"


def births_in_words(kept: Iterable[str]) -> str:
    """Every date of birth that was told of somebody, the first with what else was told; empty where none was."""
    first, *others = dict.fromkeys(born_in_words(each) for each in kept if each) or [""]
    return f"{first} (also told: {', '.join(others)})" if others else first
