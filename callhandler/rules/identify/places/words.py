"""The words of UK addresses: kinds of street and building, of flat and floor, and how they are shortened."""

import re
from functools import lru_cache

STREETS = {
    "alley": ["aly"], "approach": ["app", "appr"], "arcade": ["arc"], "avenue": ["ave", "av", "aven", "avn"],
    "bank": ["bnk"], "boulevard": ["blvd", "boul"], "broadway": ["bdwy", "bway"], "causeway": ["cswy"],
    "chase": [], "circus": ["circ"], "close": ["cl", "clo", "cls"], "common": ["cmn"], "court": ["ct", "crt"],
    "crescent": ["cres", "cresc", "crs", "cr"], "croft": ["cft"], "cross": [], "dene": [], "drive": ["dr", "drv"],
    "drove": [], "embankment": ["emb"], "end": [], "estate": ["est"], "esplanade": ["esp"], "fields": ["flds"],
    "garden": ["gdn"],
    "gardens": ["gdns", "gds", "grdns"], "gate": [], "green": ["grn", "gn"], "grove": ["gr", "grv", "gro"],
    "heath": [], "highway": ["hwy"], "hill": ["hl"], "lane": ["ln", "la"], "lea": [], "mead": [], "meadow": ["mdw"],
    "meadows": ["mdws"], "mews": ["mws"], "parade": ["pde", "prd"], "park": ["pk"], "parkway": ["pkwy"],
    "passage": ["psge"], "path": [], "pathway": [], "place": ["pl", "plc"], "precinct": ["pct"],
    "promenade": ["prom"], "quay": ["qy"], "rise": [], "road": ["rd", "raod"], "row": [], "square": ["sq", "sqr"],
    "street": ["st", "str", "stree"], "terrace": ["ter", "terr", "tce"], "vale": [],
    "view": ["vw"], "villas": [], "walk": ["wlk", "wk"], "way": ["wy"], "wharf": ["whf"], "wynd": [], "yard": ["yd"],
}  # fmt: skip
"""Each kind of street with how it is usually shortened."""
BUILDINGS = frozenset([
    "house", "hse", "court", "tower", "towers", "lodge", "mansions", "point", "heights", "hts", "block", "building",
    "buildings", "bldg", "hall", "manor", "cottage", "cottages", "apartments", "flats", "place", "wharf", "mill", "works",
    "farm", "villa", "quarter", "residence", "hostel", "hotel", "centre",
])  # fmt: skip
"""What the name of a building ends with."""
UNITS = (
    "flat", "flt", "fl", "ft", "apartment", "apartement", "appartment", "apart", "apt", "aprt", "aptmnt", "unit", "unt",
    "room", "rm", "studio", "stu", "suite", "ste", "maisonette", "msnt", "bedsit", "plot", "caravan", "pitch", "ward",
)  # fmt: skip
FLOORS = {
    "basement": -1, "lower ground": -1, "garden": 0, "ground": 0, "gf": 0, "grd": 0, "g/f": 0, "first": 1, "1st": 1,
    "ff": 1, "f/f": 1, "second": 2, "2nd": 2, "sf": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "top": 99, "attic": 99,
}  # fmt: skip
"""Floors by name; the top is above all others, whichever it is."""
COUNTIES = frozenset([
    "west midlands", "w midlands", "w mids", "west mids", "warks", "staffs", "worcs", "shrops", "derbys", "leics",
    "northants", "notts", "lincs", "lancs", "yorks", "w yorks", "s yorks", "n yorks", "herts", "beds", "bucks",
    "oxon", "berks", "cambs",
    "hants", "wilts", "glos", "greater manchester", "merseyside", "tyne and wear", "cumbria", "kent", "essex", "surrey",
    "west sussex", "east sussex", "norfolk", "suffolk", "devon", "dorset", "somerset", "cornwall", "greater london",
    "england", "wales", "scotland", "uk", "gb", "great britain", "united kingdom",
])  # fmt: skip
"""Counties and countries: written or left out, they do not tell two places apart. One that ends in "shire" is one too."""
_COUNTY = re.compile(
    rf"(?:^|\s)(?:{'|'.join(sorted(COUNTIES, key=len, reverse=True))}|(?:[nsew]|\w+th|\w+st)?\s?\w+shire)$"
)
KINDS = frozenset((*STREETS, "flat", "apartment", "unit", "room"))
"""Words that are in every other address: who types one means it whole."""
_FULL = {short: full for full, shorts in STREETS.items() for short in shorts}
_FULL |= {
    "hse": "house",
    "hts": "heights",
    "bldg": "building",
    "bldgs": "buildings",
    "ctr": "centre",
    "cott": "cottage",
    "hosp": "hospital",
    "stn": "station",
    "sch": "school",
}
_ELSEWHERE = {
    "st": "saint",
    "mt": "mount",
    "nth": "north",
    "sth": "south",
    "gt": "great",
    "lt": "little",
    "upr": "upper",
    "lwr": "lower",
}
_POINTS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_EITHER = frozenset((*_POINTS, *_POINTS.values()))
_LEFT_OUT = frozenset(("the", "of", "at", "in"))
_SAINTS = re.compile(
    r"(?:johns?|marys?|peters?|pauls?|james|georges?|andrews?|michaels?|thomas|helens?|albans?|ives|austell|davids?|patricks?|"
    r"giles|annes?|marks?|lukes?|martins?|nicholas|leonards?|neots|asaph|agnes|bees|matthews?|stephens?|augustines?|cuthberts?|"
    r"oswalds?|chads?|clements?|barnabas|margarets?|catherines?|philips?|edmunds?|botolphs?)$"
)
"""Who may follow "St" where it is no street: "High St Johns", but "Alder St Dudley"."""
_WORDS = re.compile(r"\w+")
_SIGNS = re.compile(r"\W")


@lru_cache(maxsize=20_000)
def street_words(text: str) -> tuple[str, ...]:
    """The words of a street or building: its kind in full, "st" before a name a saint."""
    words = [w for w in _WORDS.findall(text.replace("&", " and ")) if w not in _LEFT_OUT]
    return tuple(_in_full(word, n, words) for n, word in enumerate(words))


def _in_full(word: str, n: int, words: list[str]) -> str:
    end = len(words) - 1
    last = n == end or (n == end - 1 and words[-1] in _EITHER)
    if last and n and word in _FULL:
        return _FULL[word]
    if not last and word in _ELSEWHERE:
        return _ELSEWHERE[word]
    return _POINTS.get(word, word) if n == end and n else word


@lru_cache(maxsize=20_000)
def without_county(segment: str) -> str:
    """A town without the county or country behind it; empty when it is no more than that."""
    while (shorter := _COUNTY.sub("", segment).strip()) != segment:
        segment = shorter
    return segment


@lru_cache(maxsize=20_000)
def cut(segment: str) -> tuple[str, ...]:
    """A building, its street and its town written without commas, each by itself."""
    words = segment.split()
    plain = [w if w.isalnum() else _SIGNS.sub("", w) for w in words]
    kinds = [
        n for n, w in enumerate(plain) if n and _FULL.get(w, w) in STREETS and w not in ("st", "la", "gr")
    ]
    kinds += [
        n
        for n, w in enumerate(plain)
        if w in ("st", "la", "gr")
        and (n > 1 or (n and w == "st" and n < len(plain) - 1 and not _SAINTS.match(plain[n + 1])))
    ]
    kinds.sort()
    out: list[str] = []
    start = 0
    if kinds:
        for n, word in enumerate(plain):
            if n and word in BUILDINGS and any(k >= n + 2 for k in kinds) and not plain[n - 1].isdigit():
                out.append(" ".join(words[: n + 1]))
                start = n + 1
                break
        street = max(kinds)
        tail = plain[street + 1 :]
        if tail and not (len(tail) == 1 and tail[0] in _EITHER) and street >= start:
            return (*out, " ".join(words[start : street + 1]), " ".join(words[street + 1 :]))
    return (*out, " ".join(words[start:]))


def shortened(short: str, full: str) -> bool:
    """True when a kind of street may be written so: the same first letter, then some of its letters in order."""
    if short == full:
        return True
    if (
        full not in STREETS
        or len(short) < 2
        or len(short) >= len(full)
        or short in STREETS
        or short[0] != full[0]
    ):
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)


_TELLING = frozenset(
    ("north", "south", "east", "west", "upper", "lower", "great", "little", "old", "new", "front", "rear")
)
"""Words that are there to tell two places of one name apart: one is never a slip for another."""


def told_apart(one: str, other: str) -> bool:
    """True when what differs is a letter or a figure by itself or such a word: junction 7 and 8, East Road and West Road."""
    a, b = one.split(), other.split()
    if len(a) != len(b):
        return False
    differ = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return any(
        (x in _TELLING and y in _TELLING)
        or (len(x) == 1 and len(y) == 1)
        or (any(c.isdigit() for c in x) and any(c.isdigit() for c in y))
        for x, y in differ
    )
