"""What two records of people have in common and what speaks against one person, in plain words."""

from callhandler.rules.identify.names.compare import Level
from callhandler.rules.identify.names.tokens import Token
from callhandler.rules.identify.people.levels import UNKNOWN, Alike, Days, Found

_PARTS = {
    Level.SAME: "the same {what}",
    Level.SHORT: "{a} is a form of {b}",
    Level.SCRIPT: "{a} may be written {b}",
    Level.SOUND: "{a} sounds like {b}",
    Level.NEAR: "{a} is written much like {b}",
    Level.INITIAL: "{a} may stand for {b}",
    Level.VAGUE: "{a} is only a little like {b}",
    Level.APART: "{a} is not {b}",
}
_DAYS = {
    Days.SAME: "the same date of birth",
    Days.TURNED: "day and month of birth turned round",
    Days.SLIP: "one figure of the date of birth is other",
    Days.NEAR: "the date of birth differs in one part",
    Days.PART: "the date of birth agrees as far as it is known",
    Days.LIKE: "two figures of the date of birth are other",
    Days.YEAR: "born in one year, on another day",
    Days.APART: "another date of birth",
}
_HOME = ("house number", "street", "flat or building", "town", "postcode", "region")
_WELL = {"names": Level.INITIAL, "born": Days.PART}


def why(found: Found) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for one person, and what against."""
    said: list[tuple[bool, str]] = []
    if found.names is not None:
        a, b = found.names
        for what, level, x, y in (
            ("given name", found.given, a.given, b.given),
            ("family name", found.family, a.family, b.family),
        ):
            if level != UNKNOWN:
                words = _PARTS[Level(level)].format(what=what, a=_shown(x), b=_shown(y))
                said.append((level >= _WELL["names"], words))
        if found.turned == 1:
            said.append((True, "given and family name the other way round"))
    if found.born != UNKNOWN:
        said.append((found.born >= _WELL["born"], _DAYS[Days(found.born)]))
    said += _home(found)
    if found.phone != UNKNOWN:
        same = found.phone == Alike.SAME
        said.append(
            (same, "one telephone number is used by both" if same else "no telephone number in common")
        )
    return tuple(w for well, w in said if well), tuple(w for well, w in said if not well)


def _home(found: Found) -> list[tuple[bool, str]]:
    levels = found[4:10]
    if all(level == UNKNOWN for level in levels):
        return []
    same = [w for w, level in zip(_HOME, levels, strict=True) if level == Alike.SAME]
    near = [w for w, level in zip(_HOME, levels, strict=True) if level in (Alike.NEAR, Alike.ELSEWHERE)]
    apart = [w for w, level in zip(_HOME, levels, strict=True) if level in (Alike.APART, Alike.LIKE)]
    out = []
    if same:
        out.append((True, f"of the address the same: {', '.join(same)}"))
    if near:
        out.append((True, f"of the address written otherwise: {', '.join(near)}"))
    if apart:
        out.append((False, f"of the address other: {', '.join(apart)}"))
    return out


def _shown(parts: tuple[Token, ...]) -> str:
    return " ".join(p.written for p in parts).title()
