"""Which pairs of a table are worth comparing: those that share one of many keys, each of which few records share."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from callhandler.rules.identify.people.record import Home, PersonRecord

MOST = 80
"""A key that more records than these share tells nothing; who is meant shares a better one."""
COMMON, COMMON_SHARE = 50, 0.02
"""A town or postcode of more records and of a greater share of them is where everybody lives: it makes no key."""
Places = frozenset[str]


def common_places(*tables: Sequence[PersonRecord]) -> Places:
    """The towns and postcodes in which a good part of all records live."""
    counted = Counter(v for t in tables for r in t for h in r.homes for v in (h.town, h.postcode) if v)
    least = max(COMMON, COMMON_SHARE * sum(map(len, tables)))
    return frozenset(value for value, times in counted.items() if times > least)


def keys_of(r: PersonRecord, common: Places = frozenset()) -> frozenset[str]:
    """The keys under which a record is laid beside others; none of a place that is `common`."""

    def town(h: Home) -> str:
        return "" if h.town in common else h.town

    def postcode(h: Home) -> str:
        return "" if h.postcode in common else h.postcode

    sounds = {t.rough for n in r.names for t in (*n.given, *n.family) if t.rough}
    year, days = r.born[:4], "".join(sorted((r.born[4:6], r.born[6:])))
    keys = {f"b{year}{days}"} if len(r.born) == 8 and "00" not in (r.born[4:6], r.born[6:]) else set()
    for n in r.names:
        given, family = {t.rough for t in n.given}, {t.rough for t in n.family}
        keys |= {f"n{' '.join(sorted((x, y)))}" for x in given for y in family}
    for sound in sounds:
        if r.born:
            keys |= {f"y{sound} {year}", f"d{sound} {days}"}
        for h in r.homes:
            keys |= {f"t{sound} {part}" for part in (postcode(h), h.street[:6], town(h)) if part}
    for h in r.homes:
        if h.number:
            keys |= {f"h{h.number} {part}" for part in (postcode(h), h.street[:6]) if part}
        if r.born and postcode(h):
            keys |= {f"p{h.postcode} {year}", f"q{h.postcode} {days}"}
        if h.street and r.born:
            keys.add(f"s{h.street[:6]} {year}")
    keys |= {f"f{number}" for number in r.numbers}
    keys |= {f"o{n} {other}" for n, other in enumerate(r.others) if other}
    return frozenset(keys)


def likely_pairs(
    records: Sequence[PersonRecord], other: Sequence[PersonRecord] | None = None, most: int = MOST
) -> Iterator[tuple[int, int]]:
    """Pairs of places in the table, or in it and in the other one, each once."""
    common = common_places(records, other or ())
    groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, table in enumerate((records, other or ())):
        for place, r in enumerate(table):
            for key in keys_of(r, common):
                groups[key][side].append(place)
    given: set[tuple[int, int]] = set()
    for left, right in groups.values():
        if len(left) + len(right) > most:
            continue
        if other is None:
            pairs = [(a, b) for n, a in enumerate(left) for b in left[n + 1 :]]
        else:
            pairs = [(a, b) for a in left for b in right]
        for pair in pairs:
            if pair not in given:
                given.add(pair)
                yield pair
