"""What the caller was told and should not have been told, and what the log keeps of the call."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from callhandler.model.scoring import Area, Item, KeySaid, State
from callhandler.rules.training.scoring.moment import Seen

SILENT_S = 180
"""So many seconds without a row while the caller speaks are pointed out: what is typed later is remembered, not heard."""
KEPT = 0.5
"""So much of what was told, of 1, must be in one line of the log: a handler writes short."""
WELL, SOME = 0.8, 0.5
"""From which share on of what was told the log counts as whole, and as partly so."""


def said(seen: Seen) -> Iterator[Item]:
    """Each thing to be told, and each thing never to be told."""
    for wanted in seen.key.tells:
        found = _found(seen, wanted)
        what = f"The caller was {'' if found else 'not '}told: {wanted.words[0]}."
        yield _item(seen, State.MET if found else State.MISSED, what, wanted, found)
    for unwanted in seen.key.avoids:
        if found := _found(seen, unwanted):
            what = f"The caller was told: {found[1]} This should not be said."
            yield _item(seen, State.MISSED, what, unwanted, found)
        else:
            yield _item(seen, State.MET, f"The caller was not told: {unwanted.words[0]}.", unwanted, None)


def log(seen: Seen) -> Iterator[Item]:
    """How much of what was told the log keeps in its words, and the longest time in which nothing was written."""
    told = [h for h in seen.told if h.known in seen.known]
    lines = [r.value("text") for r in seen.rows("log_entry")] + [
        r.value("words") for r in seen.rows("disclosure")
    ]
    if told:
        kept = [h for h in told if any(seen.words.share(line, h.text) >= KEPT for line in lines)]
        share = len(kept) / len(told)
        state = State.MET if share >= WELL else State.PARTLY if share >= SOME else State.MISSED
        what = f"{len(kept)} of {len(told)} things told are in the log in the caller's words."
        lost = [h.text for h in told if h not in kept]
        yield Item(Area.LOG, state, what, f"Not there: {' / '.join(lost)}" if lost else "")
    times = [seen.answered_at, *(d.at for d in seen.done if d.at <= seen.ended_at), seen.ended_at]
    gap, since = max((round((b - a).total_seconds()), a) for a, b in pairwise(times))
    if gap > SILENT_S and told:
        what = f"For {gap // 60} min {gap % 60} s nothing was written."
        yield Item(Area.LOG, State.PARTLY, what, at=since, seconds=seen.seconds(since))


def _found(seen: Seen, wanted: KeySaid) -> tuple[datetime, str] | None:
    spoken = [(h.at, h.text) for h in seen.said]
    written = [(r.at, r.value("text")) for r in seen.rows("log_entry")]
    written += [(r.at, r.value("words") or r.value("details")) for r in seen.rows("safety_offer")]
    written += [(r.at, r.value("agreed")) for r in seen.rows("safety_plan")]
    for at, text in sorted((*spoken, *written)):
        if any(seen.words.hold(text, way) for way in wanted.words):
            return at, text
    return None


def _item(seen: Seen, state: State, what: str, wanted: KeySaid, found: tuple[datetime, str] | None) -> Item:
    at = found[0] if found else None
    return Item(Area.SAID, state, what, wanted.why, at, seen.seconds(at) if at else None, wanted.essential)
