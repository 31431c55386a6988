"""The policy told to people: its entries in lines, and one rule with all that belongs to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from callhandler.errors import BadInput
from callhandler.policy.entries import WarningRule
from callhandler.policy.pack import Policy
from callhandler.policy.spoken import in_words
from callhandler.rules.assess import settles_in_words
from callhandler.services.situations import Outcome, coverage, without_twin

KINDS = ("warnings", "questions", "indicators", "orders", "terms", "confirmations", "types")
"""The lists of a pack, as a person may ask for them."""


@dataclass(frozen=True)
class Line:
    """One entry in one line."""

    id: str
    kind: str
    text: str


def listed(policy: Policy, what: str) -> tuple[Line, ...]:
    """Every entry of one kind, in the order of the file. Raises BadInput for a kind that does not exist."""
    pack = policy.pack
    match what:
        case "warnings":
            return tuple(Line(w.id, w.tier.value, w.sentence) for w in pack.warnings)
        case "questions":
            return tuple(Line(q.id, q.part, q.ask) for q in sorted(pack.questions, key=lambda q: q.order))
        case "indicators":
            return tuple(Line(i.id, i.weight, i.name) for i in pack.indicators)
        case "orders":
            return tuple(Line(o.id, "", o.name) for o in pack.orders)
        case "terms":
            return tuple(Line(t.id, t.attached[0].value, t.name) for t in pack.terms)
        case "confirmations":
            return tuple(Line(c.id, "", c.name) for c in pack.confirmations)
        case "types":
            return tuple(Line(t.id, "domestic" if t.domestic else "", t.name) for t in pack.types)
    raise BadInput(f"there is no list of {what}; there are {', '.join(KINDS)}", "list")


def explained(code: str, policy: Policy, outcomes: Sequence[Outcome] = ()) -> Iterator[str]:
    """A rule in words. Raises BadInput, with a suggestion, when the policy has none of this name."""
    rule = policy.warnings.get(code)
    if rule is None:
        near = get_close_matches(code, policy.warnings, n=3)
        meant = f"; did you mean {', '.join(near)}?" if near else ""
        raise BadInput(f"there is no warning {code}{meant}", "explain")
    floor = f"holds the grade at {rule.floor}" if rule.floor else "informs, and holds no grade"
    yield f"{rule.id}: {rule.tier.value}; {floor}"
    yield rule.sentence
    yield from _part("When", in_words(rule.when, policy))
    yield from _part("Do", rule.do)
    yield from _part("Settled by", settles_in_words(rule, policy))
    yield from _part("Not settled by", rule.not_settled_by)
    yield from _part("Reference", (rule.reference,))
    yield from _part("Situations that raise it", _raised_by(rule, outcomes))
    yield from _part("Situations that nearly do", _nearly(rule, outcomes))


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many situations hold, of which kind, and which near misses want a twin."""
    ordinary = sum(1 for o in outcomes if o.case.situation.ordinary)
    near = sum(1 for o in outcomes if o.case.situation.near)
    tried = coverage(outcomes)
    failed = sum(1 for o in outcomes if not o.holds)
    text = (
        f"{len(outcomes)} situations, {ordinary} of them ordinary, {near} nearly raise a warning; "
        f"{len(tried)} warnings tried. {failed} not as expected."
    )
    single = without_twin(outcomes)
    return text + (
        f" Near misses without a twin: {', '.join(c.situation.id for c in single)}." if single else ""
    )


def _part(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)


def _raised_by(rule: WarningRule, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(
        o.case.situation.line() for o in outcomes if any(w.code == rule.id for w in o.assessment.standing)
    )


def _nearly(rule: WarningRule, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(o.case.situation.line() for o in outcomes if rule.id in o.case.situation.near)
