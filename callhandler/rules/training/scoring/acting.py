"""Warnings that came up and whether anything followed, and what should be done at the desk in any accepted way."""

from collections.abc import Callable, Iterator, Sequence

from callhandler.model.incident import OwnerAct
from callhandler.model.proposal import Decided
from callhandler.model.scoring import Area, Done, Item, KeyItem, State
from callhandler.policy.entries import WarningRule
from callhandler.rules.training.scoring.grading import closes, standing
from callhandler.rules.training.scoring.moment import Seen, evidence

_TOLD_OTHERS = ("notification",)
_NAMED = (OwnerAct.HAND_OVER.value, OwnerAct.TAKE_OVER.value)
_REFERRED = (Decided.TAKEN.value, Decided.PASSED_ON.value)
ACTS: dict[str, Callable[[Done], bool]] = {
    "order-declared": lambda d: d.kind == "civil_order",
    "moved": lambda d: d.kind == "move",
    "rung-back": lambda d: d.kind == "call" and d.value("direction") == "out",
    "said-unresourced": lambda d: d.kind == "response" and d.value("state") == "unresourced",
    "suspect-owned": lambda d: d.kind == "response" and d.value("target") == "suspect",
    "notified": lambda d: d.kind == "log_entry" and d.value("kind") in _TOLD_OTHERS,
    "safety-offered": lambda d: d.kind == "safety_offer",
    "safety-planned": lambda d: d.kind == "safety_plan",
    "promised": lambda d: d.kind == "promise",
    "retyped": lambda d: d.kind == "incident_type",
    "followed-up": lambda d: d.kind == "follow_up",
    "confirmed": lambda d: d.kind == "confirmation",
    "transferred": lambda d: d.kind == "transfer",
    "party-named": lambda d: d.kind == "party",
    "supervisor-asked": lambda d: d.kind == "rationale",
    "owner-named": lambda d: d.kind == "ownership" and d.value("act") in _NAMED,
    "referred": lambda d: d.kind == "proposal_decision" and d.value("decided") in _REFERRED,
    "closed": closes,
}
"""What an act of the key looks like in the rows. Joining, lowering and keeping open are told by more than one row, below."""


def warnings(seen: Seen) -> Iterator[Item]:
    """Each warning of the key: whether it came up, the grade kept to it, and what it asks for was looked into."""
    for code in seen.key.warnings:
        yield _warning(seen, code)


def acts(seen: Seen) -> Iterator[Item]:
    """Each act of the key, in any one of its ways."""
    for wanted in seen.key.acts:
        yield _act(seen, wanted)


def _warning(seen: Seen, code: str) -> Item:
    rule = seen.policy.warnings.get(code)
    name = f"{code.replace('-', ' ').capitalize()}"
    raised = [d for d in seen.everybodys if d.kind == "assessment_warning" and d.value("code") == code]
    before = [
        d
        for d in seen.trace.done
        if d.kind == "assessment_warning"
        and d.incident == seen.incident
        and d.value("code") == code
        and d.at < seen.answered_at
    ]
    first = (before or raised)[:1]
    if not first:
        return Item(
            Area.WARNINGS, State.NOT_REACHED, f"{name}: it did not come up; nothing recorded raised it."
        )
    since = max(first[0].at, seen.answered_at)
    floor = first[0].value("floor_rank")
    last = standing(seen)
    kept = not floor or (last is not None and int(last.value("rank")) <= int(floor))
    looked = _looked_into(seen, rule, raised, since)
    state = State.MET if kept and looked else State.PARTLY if kept or looked else State.MISSED
    what = f"{name}: came up; the grade {'kept' if kept else 'did not keep'} to it"
    what += ", and it was looked into." if looked else ", and nothing it asks for was looked into."
    return Item(
        Area.WARNINGS,
        state,
        what,
        first[0].value("sentence"),
        since,
        seen.seconds(since),
        evidence=evidence(first[0]),
    )


def _looked_into(seen: Seen, rule: WarningRule | None, raised: Sequence[Done], since: object) -> bool:
    if rule is None:
        return True
    bearing = {
        q.id
        for q in seen.policy.pack.questions
        if rule.id in q.serves or set(q.tells.values()) & set(rule.when.looked_for())
    } | set(rule.settled_by_reply)
    replies = [d for d in seen.rows("answer") if d.value("question") in bearing]
    asked = [h for h in seen.said if h.question in bearing]
    settled = [d for d in raised if d.value("settled_by")]
    more = seen.rows("confirmation", "follow_up", "contact", "safety_plan", "safety_offer")
    return not bearing or bool(replies or asked or settled or more)


def _act(seen: Seen, wanted: KeyItem) -> Item:
    names = " or ".join(w.replace("-", " ") for w in wanted.any_of).capitalize()
    found = [row for w in wanted.any_of for row in _rows_of(seen, w)]
    if not found:
        return Item(Area.ACTS, State.MISSED, f"{names}: not done.", wanted.why, essential=wanted.essential)
    first = min(found, key=lambda d: d.at)
    late = seen.late(first.at, wanted.within)
    return Item(
        Area.ACTS,
        State.LATE if late else State.MET,
        f"{names}: done{'; late' if late else ''}.",
        wanted.why,
        first.at,
        seen.seconds(first.at),
        wanted.essential,
        evidence(first),
    )


def _rows_of(seen: Seen, act: str) -> list[Done]:
    if act in ("joined", "not-joined"):
        opened = [d for d in seen.trace.done if d.kind == "incident" and d.id == seen.incident]
        joined = bool(opened) and opened[0].at < seen.answered_at
        calls = [d for d in seen.everybodys if d.kind == "call"]
        return calls[:1] if joined == (act == "joined") else []
    if act == "lowering-refused":
        kept = [
            d for d in seen.rows("decision") if d.value("rank") and d.value("request_id") not in ("", "None")
        ]
        return [] if kept else [d for d in seen.everybodys if d.kind in ("call", "decision")][:1]
    if act == "kept-open":
        return [] if _closed_on_nothing(seen) else [d for d in seen.everybodys if d.kind == "call"][:1]
    return [d for d in seen.done if ACTS[act](d)]


def _closed_on_nothing(seen: Seen) -> bool:
    """True when the incident was closed before anything was confirmed in it, by whomever."""
    confirmed = [d.id for d in seen.trace.done if d.kind == "confirmation" and d.incident == seen.incident]
    return any(closes(d) and not any(c < d.id for c in confirmed) for d in seen.everybodys)
