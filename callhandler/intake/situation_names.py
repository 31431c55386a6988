"""Names in a situation that exist nowhere, each answered with the nearest that does: a slip makes a case quietly weaker."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from callhandler.intake.situation import GIVEN_KEYS, Expected, Given, Situation, Told
from callhandler.intake.situation_cast import CAST, NOBODY, cast_of
from callhandler.policy.codes import asked_for
from callhandler.policy.pack import Policy

_SHORT = 12
"""So many names are listed whole."""
_SLIP = 0.75
"""How near (difflib's ratio) a free code lies to one that a rule asks for, to be taken for a slip of it."""


def dangling(situation: Situation, policy: Policy) -> Iterator[str]:
    """One sentence for each name that exists nowhere in the policy or in the situation."""
    given, expect = situation.given, situation.expect
    told = [*given.told, *(t for past in given.history for t in past.told)]
    types = [given.type, *(p.type for p in given.history if p.type)]
    warnings = [*(expect.critical or ()), *expect.serious, *expect.note, *expect.never, *expect.settled]
    questions = [*given.answers, *expect.asks, *expect.asks_not, *expect.asks_first]
    terms = [t.kind for o in given.orders for t in o.terms]
    yield from _missing("indicator", [t.tells for t in told], policy.indicators, "indicators")
    yield from _missing("question", questions, policy.questions, "questions")
    yield from _missing("order type", [o.type for o in given.orders], policy.orders, "orders")
    yield from _missing("kind of term", terms, policy.terms, "terms")
    yield from _missing("incident type", types, policy.types, "types")
    yield from _missing(
        "confirmation", [c.fact for c in given.confirmed], policy.confirmations, "confirmations"
    )
    yield from _missing(
        "sayer", [c.said_by for c in given.confirmed], [c.id for c in policy.gates.said_by], "sayers"
    )
    yield from _missing(
        "check", [c.checked for c in given.confirmed], [c.id for c in policy.gates.how_checked], "checks"
    )
    yield from _missing("warning", [*warnings, *situation.near], policy.warnings, "warnings")
    yield from _missing("person", _people(given, told), [*CAST, *given.people])
    if kind := policy.types.get(given.type):
        known = {q.casefold() for q in kind.qualifiers}
        odd = [q for q in given.qualifiers if q.casefold() not in known]
        yield from _missing(f"qualifier of {given.type}", odd, kind.qualifiers, "types")
    yield from _slips(given, policy)
    yield from _missing("place", [c.at for c in given.counts], _places(given, policy))


def odd_key(key: str) -> str:
    """What to say of a key that stands beside the id and is not one of a situation's."""
    if key in Expected.model_fields:
        return f"{key} belongs under expect: write expect: {{{key}: ...}}"
    return f"a situation has no {key}{_meant(key, [*GIVEN_KEYS, *Situation.model_fields])} (Extra inputs are not permitted)"


def _missing(what: str, names: Iterable[str], known: Collection[str], listed: str = "") -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield f"there is no {what} {name}{_meant(name, known, listed)}"


def _meant(name: str, known: Collection[str], listed: str = "") -> str:
    if not known:
        return "; there are none"
    if len(known) <= _SHORT:
        return f"; there are {', '.join(sorted(known))}"
    near = get_close_matches(name, known, n=3)
    meant = f"; did you mean {', '.join(near)}?" if near else ""
    return meant + (f" (callhandler policy list {listed} prints them all)" if listed else "")


def _slips(given: Given, policy: Policy) -> Iterator[str]:
    """Codes of markers, records and warnings given are free; one that is nearly what a rule asks for is a slip of it."""
    asked = asked_for(policy)
    for what, listed, codes in (
        ("marker code", "markers", [m.code for m in given.markers]),
        ("kind of record", "records", [r.kind for r in given.records]),
        ("kind of warning given", "warned", [w.kind for w in given.warned]),
    ):
        for code in dict.fromkeys(codes):
            near = get_close_matches(code, asked[listed], n=1, cutoff=_SLIP)
            if near and code not in asked[listed]:
                yield f"no rule asks for the {what} {code}; did you mean {near[0]}?"


def _places(given: Given, policy: Policy) -> set[str]:
    """Every place that the situation knows, and so a count may stand at."""
    lives = {part.lives for part in cast_of(given, policy).values() if part.lives}
    ties = {t.place for t in given.places}
    moves = {m.to or m.going or "" for m in given.moves}
    return lives | ties | moves | {given.place, *(p.place or "home" for p in given.history)} - {"none", ""}


def _people(given: Given, told: Iterable[Told]) -> list[str]:
    named = [n for t in told for n in (t.about, t.harmed, t.by) if n and n != NOBODY]
    named += [n for p in given.history for n in p.people or {}]
    named += [n for s in given.people.values() for n in (s.of,) if n]
    named += [c.about for c in given.confirmed if c.about]
    named += [n for o in given.orders for n in (o.protects, o.against) if n]
    named += [t.who for t in given.places]
    named += [w.who for w in given.warned]
    return named + [r.who for r in given.records]
