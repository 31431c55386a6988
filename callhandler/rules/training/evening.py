"""An exercise as a timeline: what was heard, what was done, what could still have been asked, what the key says."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from callhandler.model.exercise import Heard, HeardKind, Known
from callhandler.model.scoring import Done, EveningRow, KeyMoment, Trace
from callhandler.policy.pack import Policy


def evening(
    trace: Trace, key: Sequence[KeyMoment], policy: Policy, known: Iterable[Known], names: dict[str, str]
) -> tuple[EveningRow, ...]:
    """Every row in order of time. `names` are the shown names of speakers by id."""
    knowing = tuple(known)
    # Of one instant: what the key says, what was said in its order, what was then written down.
    rows = [*_keys(trace, key, policy, knowing), *_heard(trace, names), *_desk(trace, policy)]
    return tuple(sorted(rows, key=lambda r: r.at))


def _heard(trace: Trace, names: dict[str, str]) -> Iterator[EveningRow]:
    for h in trace.heard:
        match h.kind:
            case HeardKind.RANG:
                yield EveningRow(h.at, heard=f"A call rings: {h.text or 'number withheld'}")
            case HeardKind.SAID:
                yield EveningRow(h.at, heard=f"{names.get(h.who, h.who)}: {h.text}")
            case HeardKind.ASKED:
                yield EveningRow(h.at, desk=f"Said to the caller: {h.text}")
            case HeardKind.SOUND | HeardKind.ENDED | HeardKind.STOPPED if h.text:
                yield EveningRow(h.at, heard=f"[{h.text}]")
            case HeardKind.ANSWERED:
                yield EveningRow(h.at, desk="The call is answered.")
            case HeardKind.INJECTED if h.text:
                yield EveningRow(h.at, key=f"◆ Marked by the trainer: {h.text}")
            case HeardKind.HAPPENED if h.text:
                yield EveningRow(h.at, heard=f"{h.who or 'Elsewhere'}: {h.text}")


def _desk(trace: Trace, policy: Policy) -> Iterator[EveningRow]:
    recorded = {(d.at, d.value("words")) for d in trace.done if d.kind in ("disclosure", "answer")}
    for done in trace.done:
        # The desk writes a line of the log for each record by itself: it is told once.
        if done.kind == "log_entry" and any(
            at == done.at and done.value("text").endswith(words) for at, words in recorded
        ):
            continue
        told = _TOLD.get(done.kind)
        if told is not None and trace.by_trainee(done) and (text := told(done, policy)):
            yield EveningRow(done.at, desk=text)


def _keys(
    trace: Trace, key: Sequence[KeyMoment], policy: Policy, known: tuple[Known, ...]
) -> Iterator[EveningRow]:
    by_id = {k.id: k for k in known}
    for moment in key:
        answered = trace.first(HeardKind.ANSWERED, moment.line)
        if answered is None:
            continue
        ended = trace.first(HeardKind.ENDED, moment.line)
        grades = " or ".join(_grade(g, policy) for g in (moment.least, *moment.accepted))
        yield EveningRow(answered.at, key=f"{grades} within {moment.within} minutes. {moment.why}")
        heard = [h for h in trace.heard if h.line == moment.line]
        left = [w for w in moment.asks if not _asked(w.any_of, heard)]
        if left:
            ways = "; ".join(_way(w.any_of[0], by_id, policy) for w in left)
            yield EveningRow(ended.at if ended else trace.ended, knowable=f"Could have been asked: {ways}")


def _asked(any_of: tuple[str, ...], heard: Sequence[Heard]) -> bool:
    return any(
        (h.kind is HeardKind.ASKED and (h.known in any_of or h.question in any_of))
        or (h.kind is HeardKind.SAID and h.told and h.known in any_of)
        for h in heard
    )


def _way(id_: str, known: dict[str, Known], policy: Policy) -> str:
    question = policy.questions.get(id_)
    if question is not None:
        return question.ask
    found = known.get(id_)
    return f"{found.words[0].capitalize()}?" if found and found.words else id_.replace("-", " ")


def _grade(grade: str, policy: Policy) -> str:
    return next((g.name for g in policy.scheme.grades if g.id == grade), grade)


def _indicator(done: Done, policy: Policy) -> str:
    entry = policy.indicators.get(done.value("indicator"))
    name = entry.name if entry is not None else done.value("indicator")
    return f"Recorded: {name}: {done.value('words')}"


def _reply(done: Done, policy: Policy) -> str:
    question = policy.questions.get(done.value("question"))
    asked = question.ask if question is not None else done.value("question")
    return f"{asked} {done.value('reply').replace('_', ' ').capitalize()}. {done.value('words')}".strip()


_TOLD: dict[str, Callable[[Done, Policy], str]] = {
    "decision": lambda d, p: (
        f"Graded {_grade(d.value('grade'), p)}" if d.value("act") not in ("close", "cancel") else "Closed"
    ),
    "request": lambda d, p: f"Asked for {_grade(d.value('grade'), p)}" if d.value("grade") else "",
    "disclosure": _indicator,
    "answer": _reply,
    "log_entry": lambda d, _: d.value("text") if d.value("kind") in ("note", "notification") else "",
    "civil_order": lambda *_: "An order is declared.",
    "move": lambda *_: "Her place is changed.",
    "response": lambda d, _: (
        f"Response ({d.value('target').replace('_', ' ')}): {d.value('state').replace('_', ' ')}. "
        f"{d.value('note')}"
    ),
    "safety_offer": lambda d, _: f"Offered: {d.value('code').replace('-', ' ')} ({d.value('outcome')})",
    "safety_plan": lambda d, _: f"Safety plan: {d.value('agreed')}",
    "promise": lambda d, _: f"Promised: {d.value('words')}",
}
