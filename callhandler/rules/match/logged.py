"""Words about what is written down: a type that does not fit, and what the log says and nobody recorded as told."""

from collections.abc import Iterator

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.incident import LogEntry, LogKind
from callhandler.policy.pack import plain_words
from callhandler.policy.words_told import SaidNotLogged, TypeMisfit
from callhandler.rules.history import History
from callhandler.rules.match.found import WEIGHTS, Match, told_line, weight_of
from callhandler.rules.suggest import Said, suggester_of

_WRITTEN = (LogKind.NOTE, LogKind.MESSAGE)
_NOT_HERS = frozenset({Said.NOT_SO, Said.THIRD})
_LINES = 1_000
_READ: dict[tuple[str, str], tuple[str, ...]] = {}
"""By policy and line, what was read in it: each assessment of a call reads the same lines, and a line never changes."""


def type_misfit(word: TypeMisfit, seen: History) -> Match | None:
    """What is told here and is natural to other types than the one taken down."""
    incident = seen.picture.incident
    if incident is None:
        return None
    least = WEIGHTS.index(word.weight)
    found = [
        d
        for d in seen.told_here
        if d.stance is Stance.TOLD
        and weight_of(d.indicator, seen) >= least
        and (entry := seen.policy.indicators.get(d.indicator)) is not None
        and entry.types
        and incident.type not in entry.types
    ]
    if not found:
        return None
    kind = seen.policy.types.get(incident.type)
    natural = seen.policy.types.get(_natural(found[0], seen))
    return Match(
        tuple(Evidence("disclosure", d.id, told_line(d, seen)) for d in found),
        {
            "words": found[0].words,
            "type": kind.name if kind else incident.type,
            "fits": natural.name if natural else "",
        },
    )


def _natural(told: Disclosure, seen: History) -> str:
    """The type that what is told is natural to: a domestic one only where it is about a partner, or nothing else fits."""
    types = seen.policy.indicators[told.indicator].types
    if not seen.partners.isdisjoint(seen.about(told)):
        return types[0]
    others = [t for t in types if not ((kind := seen.policy.types.get(t)) and kind.domestic)]
    return (others or types)[0]


def said_not_logged(word: SaidNotLogged, seen: History) -> Match | None:
    """Lines of the log with words of an indicator that is not among what was recorded as told."""
    least = WEIGHTS.index(word.weight)
    recorded = {d.indicator for d in seen.told_here}
    found = [
        (line, indicator)
        for line in seen.picture.log
        if line.kind in _WRITTEN
        for indicator in _said(line, seen)
        if indicator not in recorded and weight_of(indicator, seen) >= least
    ]
    if not found:
        return None
    line, indicator = found[0]
    name = seen.policy.indicators[indicator].name
    return Match(
        tuple(
            Evidence("log_entry", e.id, f"{seen.policy.indicators[i].name}: {e.text}")
            for e, i in dict.fromkeys(found)
        ),
        {"words": f"{name}, in: {line.text}"},
    )


def _said(line: LogEntry, seen: History) -> tuple[str, ...]:
    """The indicators whose very words stand in a line, where the reading of the line does not deny them or tell of others.

    Both are asked for: words alone do not know a denial, and a reading alone takes more liberty than a warning may.
    """
    found = _READ.get((seen.policy.digest, line.text))
    if found is None:
        if len(_READ) >= _LINES:
            _READ.clear()
        found = _READ[seen.policy.digest, line.text] = tuple(_reading(line.text, seen))
    return found


def _reading(text: str, seen: History) -> Iterator[str]:
    if text.startswith(tuple(q.ask for q in seen.policy.pack.questions)):
        # A question that was put to her, with its answer: what it tells is recorded by itself.
        return
    words = plain_words(text)
    found = dict.fromkeys(
        indicator
        for start, first in enumerate(words)
        for phrase, indicator in seen.policy.phrases.get(first, ())
        if words[start : start + len(phrase)] == phrase
    )
    if not found:
        return
    read = {s.indicator for s in suggester_of(seen.policy).suggest(text) if not _NOT_HERS & {*s.said}}
    yield from (indicator for indicator in found if indicator in read)
