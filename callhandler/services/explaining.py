"""The policy told to people: its entries in lines, and one rule with all that belongs to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from callhandler.errors import BadInput
from callhandler.model.assessment import Tier
from callhandler.policy.codes import asked_for
from callhandler.policy.entries import Question, WarningRule
from callhandler.policy.pack import Policy
from callhandler.policy.spoken import in_words
from callhandler.rules.settling import ending
from callhandler.services.situations import FIRST, Outcome, coverage, without_twin

KINDS = ("warnings", "questions", "indicators", "orders", "terms", "confirmations", "types")
"""The lists of a pack, as a person may ask for them."""

CODES = ("sayers", "checks", "markers", "records", "warned")
"""Further lists of codes: who says so, how it was checked, and the codes that rules ask for."""


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
            return tuple(
                Line(t.id, "domestic" if t.domestic else "", ": ".join((t.name, *_list(t.qualifiers))))
                for t in pack.types
            )
        case "sayers":
            return tuple(Line(c.id, "", c.name) for c in pack.gates.said_by)
        case "checks":
            return tuple(Line(c.id, "", c.name) for c in pack.gates.how_checked)
        case "markers" | "records" | "warned":
            return tuple(
                Line(c, "", f"asked for by {', '.join(by)}") for c, by in asked_for(policy)[what].items()
            )
    raise BadInput(f"there is no list of {what}; there are {', '.join((*KINDS, *CODES))}", "list")


def explained(code: str, policy: Policy, outcomes: Sequence[Outcome] = ()) -> Iterator[str]:
    """A rule or a question in words. Raises BadInput, with a suggestion, when the policy has none of this name.

    Some ids name both a rule and a question: then the rule comes first.
    """
    rule, question = policy.warnings.get(code), policy.questions.get(code)
    if rule is None and question is None:
        near = get_close_matches(code, [*policy.warnings, *policy.questions], n=3)
        meant = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
        raise BadInput(f"there is no warning or question {code}{meant}", "explain")
    if rule is not None:
        yield from _rule(rule, policy, outcomes)
    if question is not None:
        yield from _question(question, policy, outcomes)


def _rule(rule: WarningRule, policy: Policy, outcomes: Sequence[Outcome]) -> Iterator[str]:
    floor = f"holds the grade at {rule.floor}" if rule.floor else "informs, and holds no grade"
    yield f"{rule.id}: {rule.tier.value}; {floor}"
    yield rule.sentence
    yield from _part("When", in_words(rule.when, policy))
    yield from _part("Do", rule.do)
    yield from _part("Settled by", ending(rule, policy).in_words)
    yield from _part("Not settled by", rule.not_settled_by)
    yield from _part("Reference", (rule.reference,))
    yield from _part("Situations that raise it", _raised_by(rule, outcomes))
    yield from _part("Situations that nearly do", _nearly(rule, outcomes))


def _question(question: Question, policy: Policy, outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield f"{question.id}: question; {question.part}, at {question.order} of the order"
    yield question.ask
    yield question.why
    yield from _part("Comes up when", in_words(question.when, policy) if question.when else ("always",))
    if question.moot:
        yield from _part("Needless when", in_words(question.moot, policy))
    told = [f"{reply.value}: {policy.indicators[i].name} ({i})" for reply, i in question.tells.items()]
    yield from _part("A reply tells", told)
    yield from _part("Reference", (question.reference,))
    asked = [o.case.situation.line() for o in outcomes if question.id in o.asked[:FIRST]]
    yield from _part(f"Situations that ask it among the first {FIRST}", asked)


def named(name: str, outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome of the situation of this name. Raises BadInput, with a suggestion, when there is none."""
    by_id = {o.case.situation.id: o for o in outcomes}
    if name not in by_id:
        near = get_close_matches(name, by_id, n=3)
        meant = f"; did you mean {', '.join(near)}?" if near else ""
        raise BadInput(f"there is no situation {name}{meant}", "situations")
    return by_id[name]


def shown(outcome: Outcome) -> Iterator[str]:
    """What follows from one situation: what stands by tier, what is settled, the floor, the first questions."""
    case, found = outcome.case, outcome.assessment
    yield f"{case.where}: {case.situation.line()}"
    for tier in Tier:
        standing = [w for w in found.standing if w.tier is tier]
        yield from _part(tier.value.capitalize(), [f"{w.code}: {w.sentence}" for w in standing])
    yield from _part("Settled", [w.code for w in found.warnings if not w.standing])
    yield f"Floor: {outcome.floor}"
    yield from _part("Asks first", outcome.asked[:FIRST])
    yield from _part("Not as expected", outcome.reasons)


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


def _list(names: Sequence[str]) -> tuple[str, ...]:
    return ("; ".join(names),) if names else ()


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
