"""What makes a pack of well-formed entries a policy that may be used: nothing twice, nothing dangling, nothing unsafe."""

from collections import Counter
from collections.abc import Iterator, Mapping

from callhandler.errors import BadInput
from callhandler.model.facts import MANNER, PLACE_CHOSEN, Reply
from callhandler.policy.check_gates import contact_faults, gate_faults
from callhandler.policy.check_orders import Fault, order_faults
from callhandler.policy.check_papers import paper_faults
from callhandler.policy.check_responding import responding_faults
from callhandler.policy.check_reviews import review_faults
from callhandler.policy.conditions import STATES, Condition
from callhandler.policy.filling import filling_faults
from callhandler.policy.pack import Pack
from callhandler.yaml_source import Source

NEVER_UNDER_A_FLOOR = frozenset(
    {
        "replied",
        "rising_severity",
        "gaps_shortening",
        "new_in_repeat_call",
        "nobody_at_risk",
        "reporter_at_risk_before",
        "respondent_meant",
        "suspect_before_meant",
        "nothing_told",
        "said_not_logged",
        "owner",
        "graded",
        "task",
        "unconfirmed",
        "waits_elsewhere",
        "not_answered",
        "whereabouts",
        "location",
        "unnamed",
        "time_of_day",
    }
)
"""Words that one fact more, or a later hour, may make untrue. They may warn; they may not hold a grade."""

KEPT_IDS = {MANNER: "how a caller speaks", PLACE_CHOSEN: "which place was chosen"}
"""Answers of these names are written by the desk's own acts; no question may have them."""

PLACEHOLDERS = frozenset(
    {
        "count",
        "span",
        "first",
        "last",
        "words",
        "minutes",
        "who",
        "place",
        "order",
        "state",
        "term",
        "days",
        "number",
        "opened",
        "type",
        "fits",
        "grade",
    }
)


def faults_of(pack: Pack, sources: Mapping[str, Source]) -> list[BadInput]:
    """Every fault of a pack whose single entries are well-formed, with file and line."""
    return [
        BadInput(sentence, sources[name].line_of(path) if name in sources else name)
        for name, path, sentence in _faults(pack)
    ]


def _faults(pack: Pack) -> Iterator[Fault]:
    yield from _duplicates(pack)
    yield from _dangling(pack)
    yield from _unsafe(pack)
    yield from _questions(pack)
    yield from gate_faults(pack)
    yield from contact_faults(pack)
    yield from _scheme(pack)
    yield from order_faults(pack)
    yield from responding_faults(pack)
    yield from _follow_on(pack)
    yield from review_faults(pack)
    yield from paper_faults(pack)


def _duplicates(pack: Pack) -> Iterator[Fault]:
    for name in (
        "manners",
        "indicators",
        "questions",
        "warnings",
        "orders",
        "confirmations",
        "types",
        "offences",
        "referrals",
        "escalations",
    ):
        entries = getattr(pack, name)
        for entry_id, times in Counter(entry.id for entry in entries).items():
            if times > 1:
                last = max(i for i, entry in enumerate(entries) if entry.id == entry_id)
                yield name, (name, last, "id"), f"the id {entry_id} is used {times} times"


def _dangling(pack: Pack) -> Iterator[Fault]:
    indicators = {entry.id for entry in pack.indicators}
    questions = {entry.id for entry in pack.questions}
    facts = {entry.id for entry in pack.confirmations}
    orders = {entry.id for entry in pack.orders}
    terms = {entry.id for entry in pack.terms}
    types = {entry.id for entry in pack.types}
    qualifiers = {q.casefold() for entry in pack.types for q in entry.qualifiers}
    said_by = {choice.id for choice in pack.gates.said_by}
    checks = {choice.id for choice in pack.gates.how_checked}

    def names_in(condition: Condition) -> Iterator[str]:
        yield from (f"no indicator {i}" for i in sorted(condition.indicators() - indicators))
        yield from (f"no question {q}" for q in sorted(condition.questions() - questions))
        for part in condition.walk():
            if part.order:
                yield from (f"no order type {t}" for t in part.order.types if t not in orders)
            if part.order_term:
                yield from (f"no kind of term {t}" for t in part.order_term.kinds if t not in terms)
            if part.type:
                yield from (f"no incident type {t}" for t in part.type.types if t not in types)
            for chosen in (part.present, part.again, part.new_in_repeat_call):
                yield from (
                    f"no incident type {t}" for t in (chosen.natural_to if chosen else ()) if t not in types
                )
            if part.unconfirmed:
                yield from (f"no confirmation {f}" for f in part.unconfirmed.facts if f not in facts)
            if part.qualifier:
                yield from (f"no qualifier {q}" for q in part.qualifier.of if q.casefold() not in qualifiers)

    if (meant := pack.order_states.meant) is not None:
        for key, named in (("indicators", meant.indicators), ("ordinary", meant.ordinary)):
            for i in sorted(set(named) - indicators):
                yield "order_states", ("meant", key), f"meant: there is no indicator {i}"
        for i in sorted(set(meant.ordinary) & set(meant.indicators)):
            yield "order_states", ("meant", "ordinary"), f"meant: {i} cannot be ordinary and tell of him"
        for t in sorted(set(meant.types) - types):
            yield "order_states", ("meant", "types"), f"meant: there is no incident type {t}"
    for index, entry in enumerate(pack.indicators):
        for name in {entry.past, entry.feared} - {None} - indicators:
            yield "indicators", ("indicators", index), f"{entry.id}: there is no indicator {name}"
    for index, rule in enumerate(pack.warnings):
        for sentence in names_in(rule.when):
            yield "warnings", ("warnings", index, "when"), f"{rule.id}: there is {sentence}"
        for settle in rule.settles:
            path = ("warnings", index, "settles")
            if settle.fact not in facts:
                yield "warnings", path, f"{rule.id}: there is no confirmation {settle.fact}"
            for name in set(settle.said_by) - said_by:
                yield "warnings", path, f"{rule.id}: nobody called {name} in said_by of the gates"
            for name in set(settle.confirmed_by) - checks:
                yield "warnings", path, f"{rule.id}: no check called {name} in how_checked of the gates"
        for name in set(rule.settled_by_reply) - questions:
            yield "warnings", ("warnings", index), f"{rule.id}: there is no question {name}"
    for index, entry in enumerate(pack.indicators):
        for natural in sorted(set(entry.types) - types):
            yield (
                "indicators",
                ("indicators", index, "types"),
                f"{entry.id}: there is no incident type {natural}",
            )
    warnings = {entry.id for entry in pack.warnings}
    wordings = {entry.wording for entry in pack.manners}
    for name in ("offences", "referrals"):
        for index, entry in enumerate(getattr(pack, name)):
            for sentence in names_in(entry.when):
                yield name, (name, index, "when"), f"{entry.id}: there is {sentence}"
    for index, question in enumerate(pack.questions):
        for key, condition in (("when", question.when), ("moot", question.moot)):
            for sentence in names_in(condition) if condition else ():
                yield "questions", ("questions", index, key), f"{question.id}: there is {sentence}"
        for name in (s for s in question.serves if s not in warnings):
            yield "questions", ("questions", index, "serves"), f"{question.id}: there is no warning {name}"
        for name in (a for a in question.asks if a not in wordings):
            yield (
                "questions",
                ("questions", index, "asks"),
                f"{question.id}: no manner uses the wording {name}",
            )
        for reply, indicator in question.tells.items():
            if indicator not in indicators:
                yield (
                    "questions",
                    ("questions", index, "tells"),
                    f"{question.id}: {reply} tells no known {indicator}",
                )


def _follow_on(pack: Pack) -> Iterator[Fault]:
    """Signposts lead somewhere: each names a service that every area of the scheme has."""
    for index, referral in enumerate(pack.referrals):
        if (referral.kind == "signpost") != (referral.signpost is not None):
            yield (
                "referrals",
                ("referrals", index),
                f"{referral.id}: a signpost names its service under signpost, and nothing else does",
            )
        for area in pack.scheme.areas if referral.signpost else ():
            if referral.signpost not in {c.service for c in area.contacts}:
                yield (
                    "scheme",
                    ("areas",),
                    f"{area.name} has no contact for {referral.signpost}, which {referral.id} asks for",
                )
    for name in ("offences", "referrals"):
        for index, entry in enumerate(getattr(pack, name)):
            if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
                yield name, (name, index, "valid_to"), f"{entry.id}: ends before it begins"
    for what in ("id", "name"):
        for value, times in Counter(getattr(area, what) for area in pack.scheme.areas).items():
            if times > 1:
                yield "scheme", ("areas",), f"two areas have the same {what}: {value}"


def _unsafe(pack: Pack) -> Iterator[Fault]:
    for index, rule in enumerate(pack.warnings):
        for word in _not_under_a_floor(rule.when) if rule.floor else ():
            yield (
                "warnings",
                ("warnings", index, "when"),
                f"{rule.id}: a warning that sets a floor may not use {word}; adding a concern could then lower the floor",
            )
        if not (
            rule.settles
            or rule.settled_by_follow_up
            or rule.settled_by_response
            or rule.settled_by_reply
            or rule.settled_by_change
        ):
            yield (
                "warnings",
                ("warnings", index),
                f"{rule.id}: says nothing that settles it; it could never end",
            )
        if rule.settled_by_change and (rule.floor or not any(p.word in STATES for p in rule.when.walk())):
            yield (
                "warnings",
                ("warnings", index),
                f"{rule.id}: settled_by_change belongs to a rule without a floor that holds a word about how things stand",
            )
        for fault in filling_faults(rule.sentence, PLACEHOLDERS):
            yield "warnings", ("warnings", index, "sentence"), f"{rule.id}: {fault}"


def _questions(pack: Pack) -> Iterator[Fault]:
    """A question is needless only for a known reason, and never while it could settle something."""
    settling = {q for rule in pack.warnings for q in (*rule.settled_by_reply, *_asked_about(rule.when))}
    for index, question in enumerate(pack.questions):
        path = ("questions", index, "moot")
        if question.id in KEPT_IDS:
            yield (
                "questions",
                ("questions", index, "id"),
                f"{question.id} is kept for {KEPT_IDS[question.id]}",
            )
        if question.moot is None:
            continue
        if question.id in settling:
            yield "questions", path, f"{question.id}: a warning waits for its answer, so it is never needless"
        for part in question.moot.walk():
            if part.unknown is not None or part.not_ is not None:
                yield "questions", path, f"{question.id}: not knowing makes no question needless"
            if part.replied and part.replied.reply not in (Reply.YES, Reply.NO):
                yield "questions", path, f"{question.id}: only a plain yes or no makes a question needless"


def _asked_about(condition: Condition) -> Iterator[str]:
    for part in condition.walk():
        if part.unknown is not None:
            yield from part.unknown.questions


def _scheme(pack: Pack) -> Iterator[Fault]:
    grades = pack.scheme.grades
    for what in ("id", "rank", "key"):
        for value, times in Counter(getattr(grade, what) for grade in grades).items():
            if times > 1:
                yield "scheme", ("grades",), f"two grades have the same {what}: {value}"
    if [grade.rank for grade in grades] != sorted(grade.rank for grade in grades):
        yield "scheme", ("grades",), "grades are written most urgent first"
    if "immediate" not in {grade.band for grade in grades}:
        yield "scheme", ("grades",), "a scheme needs a grade in the band immediate"


def _not_under_a_floor(condition: Condition) -> Iterator[str]:
    """The words that something told later may make untrue.

    Warnings latch, so such a floor would stay once it was set. But had the answer, or the unit's being sent, come first,
    it would never have been set: one more fact would have meant a lower floor. So none of them may hold one up.
    """
    for part in condition.walk():
        if part.not_ is not None:
            yield "not"
        if part.unknown is not None:
            yield "unknown"
        if part.response is not None and "none" in part.response.states:
            yield "response with none"
        if part.clock is not None and part.clock.of == "no_contact":
            yield "the clock no_contact"
        if part.word in NEVER_UNDER_A_FLOOR:
            yield part.word
