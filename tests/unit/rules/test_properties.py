"""What holds for any call: no concern, no unknown and no denial lowers a floor, and nothing lowers a grade but its gate."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.assessment import CLOSED_RANK, Act, Gate, Request, Tier
from callhandler.model.facts import Reply, Stance
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess
from callhandler.rules.guard import Situation, rule
from tests.shipped import shipped
from tests.unit.pictures import HER, HIM, OTHER, START, Build, assessment, codes, warning

SHIPPED = shipped("national")
BOUNDED = settings(max_examples=150, deadline=None, derandomize=True)

RANKS = st.sampled_from([1, 2, 3, 4, CLOSED_RANK])
URGENCY = {
    "violence-now",
    "threat-of-harm",
    "fear",
    "suspect-present",
    "weapon-feared",
    "will-wait",
    "cancel-request",
}


@dataclass(frozen=True)
class Fact:
    """Something told, or a reply, with everything that a caller may leave open."""

    indicator: str = ""
    stance: Stance = Stance.TOLD
    about: int | None = HIM
    harmed: int | None = HER
    source: str = "call"
    question: str = ""
    reply: Reply = Reply.NOT_KNOWN

    def into(self, b: Build) -> None:
        if self.question:
            b.answer(self.question, self.reply)
        else:
            b.told(
                self.indicator, stance=self.stance, about=self.about, harmed=self.harmed, source=self.source
            )


DISCLOSURES = st.builds(
    Fact,
    indicator=st.one_of(st.sampled_from(sorted(URGENCY)), st.sampled_from(sorted(SHIPPED.indicators))),
    stance=st.sampled_from(Stance),
    about=st.sampled_from([HIM, None]),
    harmed=st.sampled_from([HER, OTHER, None]),
    source=st.sampled_from(["call", "third_party", "officer"]),
)
ANSWERS = st.builds(Fact, question=st.sampled_from(sorted(SHIPPED.questions)), reply=st.sampled_from(Reply))
UNKNOWNS = st.one_of(
    st.builds(
        Fact,
        question=st.sampled_from(sorted(SHIPPED.questions)),
        reply=st.sampled_from([Reply.NOT_KNOWN, Reply.DECLINED, Reply.LATER, Reply.NO]),
    ),
    st.builds(
        Fact,
        indicator=st.sampled_from(sorted(SHIPPED.indicators)),
        stance=st.just(Stance.DENIED),
        about=st.just(HER),
    ),
    st.builds(
        Fact,
        indicator=st.sampled_from(
            ["will-wait", "cancel-request", "retraction", "denial-by-other", "other-answered"]
        ),
    ),
)
TYPES = st.sampled_from(sorted(SHIPPED.types))


def build(kind: str, facts: list[Fact]) -> Build:
    b = Build(type=kind).people()
    b.call(0)
    b.order() if any(f.indicator == "order-obtained" for f in facts) else None
    for one in facts:
        one.into(b)
    return b


@BOUNDED
@given(TYPES, st.lists(st.one_of(DISCLOSURES, ANSWERS), max_size=6), st.one_of(DISCLOSURES, ANSWERS))
def test_one_thing_more_never_lowers_the_floor(kind: str, facts: list[Fact], more: Fact) -> None:
    before = assess(build(kind, facts).picture(), SHIPPED)
    after = assess(build(kind, [*facts, more]).picture(), SHIPPED)
    assert after.floor_rank <= before.floor_rank


@BOUNDED
@given(TYPES, st.lists(DISCLOSURES, min_size=1, max_size=5), st.lists(UNKNOWNS, max_size=5))
def test_unknowns_denials_and_weariness_leave_every_floor_and_every_critical_warning(
    kind: str, facts: list[Fact], unknowns: list[Fact]
) -> None:
    before = assess(build(kind, facts).picture(), SHIPPED)
    after = assess(build(kind, [*facts, *unknowns]).picture(), SHIPPED)
    assert after.floor_rank <= before.floor_rank
    assert {w.code for w in before.critical_below} <= {w.code for w in after.critical_below}


@BOUNDED
@given(TYPES, st.lists(DISCLOSURES, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_neither_warnings_nor_floor(
    kind: str, facts: list[Fact], random: object
) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (assess(build(kind, told).picture(), SHIPPED) for told in (facts, shuffled))
    assert codes(one) == codes(other)
    assert one.floor_rank == other.floor_rank


@BOUNDED
@given(st.lists(st.tuples(TYPES, st.one_of(DISCLOSURES, ANSWERS, UNKNOWNS)), min_size=2, max_size=6))
def test_as_a_call_goes_on_no_warning_is_ever_dropped(steps: list[tuple[str, Fact]]) -> None:
    b = build("domestic-abuse", [])
    seen: set[str] = set()
    floor = CLOSED_RANK
    for minute, (kind, one) in enumerate(steps):
        b.type = kind
        one.into(b)
        found = b.judge(SHIPPED, minute)
        assert seen <= {w.code for w in found.warnings}
        for settled in (SHIPPED.warnings[w.code] for w in found.warnings if not w.standing):
            assert settled.settled_by_reply or settled.settled_by_change
            assert settled.floor is None
        assert found.floor_rank <= floor
        seen, floor = {w.code for w in found.warnings}, found.floor_rank


def told_by(question: str, reply: Reply) -> list[Fact]:
    """What the desk records for a reply: the answer, and what it tells."""
    indicator = SHIPPED.questions[question].tells.get(reply)
    return [Fact(question=question, reply=reply), *([Fact(indicator)] if indicator else [])]


REPLIES = st.lists(
    st.tuples(st.sampled_from(sorted(SHIPPED.questions)), st.sampled_from(Reply)),
    min_size=2,
    max_size=6,
    unique_by=lambda given: given[0],
)


@BOUNDED
@given(TYPES, st.lists(DISCLOSURES, max_size=3), REPLIES, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_neither_warnings_nor_floor(
    kind: str, facts: list[Fact], replies: list[tuple[str, Reply]], random: object
) -> None:
    shuffled = list(replies)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (
        assess(build(kind, [*facts, *(f for q, r in order for f in told_by(q, r))]).picture(), SHIPPED)
        for order in (replies, shuffled)
    )
    assert codes(one) == codes(other)
    assert one.floor_rank == other.floor_rank


@BOUNDED
@given(
    TYPES,
    st.lists(DISCLOSURES, max_size=4),
    st.sampled_from(sorted(SHIPPED.questions)),
    st.sampled_from([Reply.NOT_KNOWN, Reply.DECLINED, Reply.LATER]),
)
def test_not_known_declined_and_later_leave_every_warning_as_not_asked_does(
    kind: str, facts: list[Fact], question: str, reply: Reply
) -> None:
    before = assess(build(kind, facts).picture(), SHIPPED)
    after = assess(build(kind, [*facts, Fact(question=question, reply=reply)]).picture(), SHIPPED)
    assert codes(before) == codes(after)
    assert before.floor_rank == after.floor_rank


@BOUNDED
@given(
    TYPES,
    st.sampled_from(sorted(SHIPPED.questions)),
    st.lists(st.sampled_from(Reply), min_size=2, max_size=4),
)
def test_changing_an_answer_to_not_known_takes_nothing_back(
    kind: str, question: str, replies: list[Reply]
) -> None:
    b = build(kind, [])
    floor = CLOSED_RANK
    for minute, reply in enumerate([*replies, Reply.NOT_KNOWN]):
        for fact in told_by(question, reply):
            fact.into(b)
        found = b.judge(SHIPPED, minute)
        assert found.floor_rank <= floor
        floor = found.floor_rank


@BOUNDED
@given(TYPES, st.lists(DISCLOSURES, min_size=1, max_size=5), st.lists(TYPES, min_size=1, max_size=3))
def test_another_type_sheds_no_warning_and_lowers_no_floor(
    kind: str, facts: list[Fact], types: list[str]
) -> None:
    b = build(kind, facts)
    first = b.judge(SHIPPED)
    for minute, other in enumerate(types, start=1):
        b.type, b.qualifiers = other, SHIPPED.types[other].qualifiers[:1]
        after = b.judge(SHIPPED, minute)
        assert {w.code for w in first.warnings} <= {w.code for w in after.warnings}
        gone = {w.code for w in first.standing} - {w.code for w in after.standing}
        assert gone <= {"type-does-not-fit"}, (
            "only what says that the type does not fit is answered by a type"
        )
        assert after.floor_rank <= first.floor_rank


CONFIRMED = st.tuples(
    st.sampled_from(sorted(SHIPPED.confirmations)),
    st.sampled_from([c.id for c in SHIPPED.gates.said_by]),
    st.sampled_from([c.id for c in SHIPPED.gates.how_checked]),
    st.sampled_from([HER, HIM, None]),
)


@BOUNDED
@given(st.lists(DISCLOSURES, min_size=1, max_size=4), st.lists(CONFIRMED, max_size=6))
def test_settling_may_lower_the_floor_and_never_the_grade(
    facts: list[Fact], confirmed: list[tuple[str, str, str, int | None]]
) -> None:
    b = build("domestic-abuse", facts)
    decision = b.decide(1)
    b.judge(SHIPPED)
    for code, said_by, how, about in confirmed:
        b.confirm(code, said_by, how, about)
    found = b.judge(SHIPPED, 5)
    picture = b.picture(5)
    assert picture.standing == decision
    situation = Situation(decision, found, 1, 2, nothing_open=True, supervisor_signed_in=True)
    for grade in SHIPPED.scheme.grades[1:]:
        assert rule(Act.GRADE, grade.id, grade.rank, situation, SHIPPED.gates).gate is not Gate.NONE


WARNINGS = st.lists(
    st.builds(
        warning,
        tier=st.sampled_from(Tier),
        floor=st.sampled_from([None, 1, 2, 3]),
        code=st.sampled_from(["one", "two", "three"]),
        settled_by=st.sampled_from([None, None, 5]),
    ),
    max_size=3,
    unique_by=lambda w: w.code,
)
REQUESTS = st.one_of(
    st.none(),
    st.builds(
        lambda reason, ground: Request(1, 1, Act.GRADE, "x", 4, 7, 1, "Handler 12", START, ground, reason),
        st.sampled_from(["", "  ", "a reason"]),
        st.sampled_from(["", "suspect-detained", "no-units", "nonsense"]),
    ),
)


@settings(BOUNDED, max_examples=300)
@given(
    WARNINGS,
    st.one_of(st.none(), RANKS),
    RANKS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 60),
    REQUESTS,
)
def test_nothing_ranks_below_grade_and_floor_without_its_gate(
    warnings: list,
    standing: int | None,
    rank: int,
    same: bool,
    idle: bool,
    present: bool,
    minutes: int,
    request: Request | None,
) -> None:
    decision = None if standing is None else Build().decide(standing, call=5)
    judged = assessment(*warnings, minutes=minutes)
    situation = Situation(decision, judged, 1, 5 if same else 6, idle, present)
    act = Act.CLOSE if rank == CLOSED_RANK else Act.GRADE

    found = rule(act, "x", rank, situation, SHIPPED.gates, request)

    below_floor = rank > judged.floor_rank
    below_standing = standing is not None and rank > standing
    assert found.lowers is (below_floor or below_standing)
    assert found.allowed_now is (not found.needs)
    if not found.lowers:
        assert (found.gate, found.needs) == (Gate.NONE, ())
    if below_floor:
        assert found.gate is (Gate.AGREEMENT if judged.critical_below else Gate.RATIONALE)
        if judged.critical_below:
            assert not found.allowed_now, "nobody agreed"
        if request is None or not request.reason.strip() or request.ground != "suspect-detained":
            assert not found.allowed_now
    weighty = any(w.tier is not Tier.NOTE for w in judged.standing)
    if below_standing and weighty and (request is None or not request.reason.strip()):
        assert not found.allowed_now


def test_the_policy_of_these_properties_is_the_shipped_one(policy: Policy) -> None:
    assert policy.digest == SHIPPED.digest
