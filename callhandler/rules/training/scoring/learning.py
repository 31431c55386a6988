"""What was asked, and what was recorded of what was told. No answer counts, only the asking and the writing down."""

from collections.abc import Iterator
from datetime import datetime

from callhandler.model.scoring import Area, Item, KeyItem, State
from callhandler.rules.training.scoring.moment import Seen, evidence
from callhandler.rules.training.scoring.saying import KEPT


def asked(seen: Seen) -> Iterator[Item]:
    """Each thing that should be asked: asked, told unasked, only written down, or not."""
    for wanted in seen.key.asks:
        yield _asked(seen, wanted)


def recorded(seen: Seen) -> Iterator[Item]:
    """Each thing told that should be a record of its own, those of the key first; then whatever else was told."""
    covered: set[str] = set()
    for wanted in seen.key.records:
        covered.update(wanted.any_of)
        yield _recorded(seen, wanted)
    for heard in seen.told:
        known = seen.known.get(heard.known)
        if known and known.indicator and known.indicator not in covered:
            covered.add(known.indicator)
            yield _recorded(seen, KeyItem((known.indicator,), "It was told in this call."))


def _asked(seen: Seen, wanted: KeyItem) -> Item:
    what = " / ".join(_shown(seen, w) for w in wanted.any_of)
    questions = [h for h in seen.said if h.known in wanted.any_of or h.question in wanted.any_of]
    told = [h for h in seen.told if h.known in wanted.any_of]
    first = min((*questions, *told), key=lambda h: h.at, default=None)
    if first is None:
        rows = [r for r in seen.rows("answer") if r.value("question") in wanted.any_of]
        if rows:
            sentence = f"{what}: a reply was recorded; no question was heard."
            return _item(seen, Area.ASKED, State.PARTLY, sentence, wanted, rows[0].at, evidence(*rows))
        return Item(Area.ASKED, State.MISSED, f"{what}: not asked.", wanted.why, essential=wanted.essential)
    late = seen.late(first.at, wanted.within)
    how = "asked" if first in questions else "told unasked"
    unsaid = bool(questions) and not told and any(h.known for h in questions)
    sentence = f"{what}: {how}{'; it could not be said' if unsaid else ''}{'; late' if late else ''}."
    return _item(seen, Area.ASKED, State.LATE if late else State.MET, sentence, wanted, first.at, ())


def _recorded(seen: Seen, wanted: KeyItem) -> Item:
    names = " / ".join(_indicator(seen, i) for i in wanted.any_of)
    rows = [r for r in seen.rows("disclosure") if r.value("indicator") in wanted.any_of]
    told = [h for h in seen.told if (k := seen.known.get(h.known)) and k.indicator in wanted.any_of]
    if rows:
        late = seen.late(rows[0].at, wanted.within)
        sentence = f"{names}: recorded{'; late' if late else ''}."
        return _item(
            seen,
            Area.RECORDED,
            State.LATE if late else State.MET,
            sentence,
            wanted,
            rows[0].at,
            evidence(rows[0]),
        )
    earlier = [
        d
        for d in seen.trace.done
        if d.kind == "disclosure"
        and d.incident == seen.incident
        and d.at < seen.answered_at
        and d.value("indicator") in wanted.any_of
    ]
    if earlier:
        sentence = f"{names}: recorded in an earlier call of this incident."
        return Item(
            Area.RECORDED,
            State.MET,
            sentence,
            wanted.why,
            essential=wanted.essential,
            evidence=evidence(earlier[-1]),
        )
    if not told:
        sentence = f"{names}: nobody told of it in this call."
        return Item(Area.RECORDED, State.NOT_REACHED, sentence, wanted.why, essential=wanted.essential)
    lines = [
        r
        for r in seen.rows("log_entry")
        if any(seen.words.share(r.value("text"), h.text) >= KEPT for h in told)
    ]
    if lines:
        sentence = f"{names}: in the log's words, not as a record of its own."
        return _item(seen, Area.RECORDED, State.PARTLY, sentence, wanted, lines[0].at, evidence(lines[0]))
    sentence = f"{names}: told {_ago(seen, told[0].at)}, and not recorded."
    return Item(Area.RECORDED, State.MISSED, sentence, wanted.why, essential=wanted.essential)


def _item(
    seen: Seen, area: Area, state: State, what: str, wanted: KeyItem, at: datetime, rows: tuple[str, ...]
) -> Item:
    return Item(area, state, what, wanted.why, at, seen.seconds(at), wanted.essential, rows)


def _shown(seen: Seen, id_: str) -> str:
    question = seen.policy.questions.get(id_)
    if question is not None:
        return question.ask
    # Never what the answer would have been: nobody is scored by what was not told.
    known = seen.known.get(id_)
    return known.words[0].capitalize() if known and known.words else id_.replace("-", " ").capitalize()


def _indicator(seen: Seen, id_: str) -> str:
    entry = seen.policy.indicators.get(id_)
    return entry.name if entry is not None else id_.replace("-", " ")


def _ago(seen: Seen, at: datetime) -> str:
    return f"{seen.seconds(at)} s after answering"
