"""Which questions are asked: much where danger is told, next to nothing in an ordinary call, the most telling first."""

import pytest

from callhandler.model.facts import Reply
from callhandler.model.incident import CallOutcome, Direction, ResponseState
from callhandler.model.people import Role
from callhandler.policy.entries import Question
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.rules import history
from callhandler.rules.ask import Asked, Weight, questions_for, up_now
from callhandler.rules.assess import assess
from callhandler.rules.manner import speaking
from tests.unit.pictures import ELSEWHERE, HER, OTHER, Build


def sheet(b: Build, policy: Policy, minutes: float = 1, manner: str = "") -> tuple[Asked, ...]:
    """The questions of a picture with its own standing warnings."""
    picture = b.picture(minutes)
    standing = assess(picture, policy).standing
    return questions_for(history.read(picture, policy), policy, standing, policy.manners.get(manner))


def asked(b: Build, policy: Policy, minutes: float = 1) -> list[str]:
    return [q.question.id for q in sheet(b, policy, minutes) if q.open]


def found(b: Build, policy: Policy, question: str, minutes: float = 1) -> Asked:
    return next(q for q in sheet(b, policy, minutes) if q.question.id == question)


@pytest.mark.parametrize(
    "kind", ["theft", "lost-property", "general-enquiry", "asb", "road-collision", "hate"]
)
def test_an_ordinary_call_is_asked_next_to_nothing(kind: str, policy: Policy) -> None:
    b = Build(type=kind).party(OTHER, Role.CALLER)
    b.call(0)
    assert len(asked(b, policy)) <= 3


@pytest.mark.parametrize("kind", ["lost-property", "general-enquiry"])
def test_lost_property_and_an_enquiry_are_asked_nothing(kind: str, policy: Policy) -> None:
    b = Build(type=kind).party(OTHER, Role.CALLER)
    b.call(0)
    assert asked(b, policy) == []


def test_danger_is_asked_about_the_most_telling_first(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    questions = asked(b, policy)
    assert questions[:2] == ["safe-to-talk", "is-he-there-now"]
    for question in (
        "weapon",
        "threats-tonight",
        "gesture",
        "strangled",
        "order-in-force",
        "children-where",
        "keys-and-access",
    ):
        assert question in questions


def test_a_place_she_goes_to_is_asked_about_before_all_else_but_whether_she_can_talk(policy: Policy) -> None:
    b = Build().people()
    b.told("place-of-safety-claimed")
    b.move(ELSEWHERE, 0, "going_to")
    assert asked(b, policy)[:3] == ["does-he-know-place", "safe-to-talk", "who-else-there"]


def test_five_are_up_and_the_rest_wait(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    questions = sheet(b, policy)
    assert len([q for q in questions if q.open]) > 30
    assert up_now(questions) == questions[:5]


def test_what_a_critical_warning_waits_for_comes_before_what_others_do(policy: Policy) -> None:
    b = Build(type="violence").people()
    b.told("weapon-feared")
    weights = [q.weight for q in sheet(b, policy) if q.open]
    assert weights == sorted(weights)
    assert weights[0] is Weight.PRESSING
    assert found(b, policy, "weapon-in-hand").bears_on == "weapon-feared"


def test_what_settles_a_standing_warning_comes_first_whatever_its_tier(policy: Policy) -> None:
    b = Build().people()
    b.told("place-of-safety-claimed")
    note = found(b, policy, "does-he-know-place")
    assert policy.warnings[note.bears_on].tier == "note"
    assert note.weight is Weight.PRESSING


def test_without_warnings_the_order_is_the_policys(policy: Policy) -> None:
    b = Build(type="burglary").people()
    plain = questions_for(history.read(b.picture(), policy), policy)
    assert [q.question.order for q in plain] == sorted(q.question.order for q in plain)
    assert {q.weight for q in plain} == {Weight.OTHER}


@pytest.mark.parametrize(
    ("question", "reply", "follows"),
    [
        ("weapon", Reply.YES, "weapon-what"),
        ("threats-tonight", Reply.YES, "kill-said"),
        ("strangled", Reply.YES, "strangled-after"),
        ("injuries", Reply.YES, "injured-who"),
        ("children-where", Reply.NO, "child-with-whom"),
        ("family-pressure", Reply.YES, "honour-alone"),
        ("keys-and-access", Reply.YES, "locks-changed"),
    ],
)
def test_an_answer_brings_up_what_follows_from_it(
    question: str, reply: Reply, follows: str, policy: Policy
) -> None:
    for given in Reply:
        b = Build().people()
        b.answer(question, given)
        assert (follows in asked(b, policy)) is (given is reply), given


def test_a_fact_told_makes_a_question_needless_and_it_can_still_be_gone_to(policy: Policy) -> None:
    b = Build().people()
    b.told("separation")
    assert "separated" not in asked(b, policy)
    assert found(b, policy, "separated").moot
    assert "separated" in [q.question.id for q in sheet(b, policy)]


@pytest.mark.parametrize("reply", [Reply.NOT_KNOWN, Reply.DECLINED, Reply.LATER])
def test_not_knowing_makes_nothing_needless(reply: Reply, policy: Policy) -> None:
    before = Build().people()
    before.told("violence-now")
    plain = {q.question.id for q in sheet(before, policy) if q.moot}
    for question in policy.questions:
        b = Build().people()
        b.told("violence-now")
        b.answer(question, reply)
        assert {q.question.id for q in sheet(b, policy) if q.moot} <= plain, question


def test_a_question_that_a_warning_waits_for_is_never_needless(policy: Policy) -> None:
    needless = Question.model_validate(
        {
            **policy.questions["children-where"].model_dump(by_alias=True, exclude_unset=True),
            "moot": {"present": {"indicators": ["violence-now"]}},
        }
    )
    others = [q for q in policy.pack.questions if q.id != needless.id]
    own = policy_of(Pack.model_validate({**dict(policy.pack), "questions": (*others, needless)}))
    b = Build().people().party(OTHER, Role.CHILD)
    b.told("violence-now")
    assert "child-whereabouts" in {w.code for w in assess(b.picture(), own).standing}
    assert "children-where" in asked(b, own)


def test_what_changes_is_asked_anew_in_each_call_and_what_stays_is_not(policy: Policy) -> None:
    b = Build().people()
    first = b.call(0)
    b.answer("is-he-there-now", Reply.NO, call=first.id)
    b.answer("strangled", Reply.NO, call=first.id)
    assert not {"is-he-there-now", "strangled"} & set(asked(b, policy))
    b.call(5, CallOutcome.NO_ANSWER, Direction.OUT)
    assert "is-he-there-now" not in asked(b, policy, 6), "nobody spoke"
    b.call(10)
    assert "is-he-there-now" in asked(b, policy, 11)
    assert found(b, policy, "is-he-there-now", 11).answer is not None, "what was said is still shown"
    assert "strangled" not in asked(b, policy, 11)


def test_a_changed_answer_keeps_the_one_before(policy: Policy) -> None:
    b = Build().people()
    b.answer("weapon", Reply.YES)
    b.answer("weapon", Reply.NOT_KNOWN)
    weapon = found(b, policy, "weapon")
    assert weapon.answer is not None
    assert weapon.answer.reply is Reply.NOT_KNOWN
    assert [a.reply for a in weapon.earlier] == [Reply.YES]


@pytest.mark.parametrize("manner", ["yes-no", "taps", "child", "simple"])
def test_only_what_is_fit_for_how_she_speaks_is_up(manner: str, policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    wording = policy.manners[manner].wording
    up = up_now(sheet(b, policy, manner=manner))
    assert len(up) == 5
    for one in up:
        assert one.wording == one.question.asks[wording]
    hidden = [q for q in sheet(b, policy, manner=manner) if q.open and not q.can_be_asked]
    assert hidden, "they stay open: not asked is not answered"


def test_an_interpreter_and_text_use_the_usual_wording(policy: Policy) -> None:
    b = Build().people()
    for manner in ("usual", "interpreter", "written"):
        assert all(q.wording == q.question.ask for q in sheet(b, policy, manner=manner))


def test_how_she_speaks_is_of_this_call_and_of_the_last_only_shown(policy: Policy) -> None:
    b = Build().people()
    assert speaking(b.picture(), policy).now is None
    first = b.call(0)
    b.speaks("yes-no", call=first.id)
    now = speaking(b.picture(), policy)
    assert now.now is policy.manners["yes-no"]
    assert now.before is None
    b.call(10)
    later = speaking(b.picture(11), policy)
    assert later.now is None
    assert later.before is policy.manners["yes-no"]
    b.speaks("usual", call=b.next())
    assert speaking(b.picture(12), policy).now is policy.manners["usual"]


def test_how_she_spoke_in_a_linked_incident_is_shown_too(policy: Policy) -> None:
    b = Build(type="noise-nuisance").people()
    b.past(50, 3)
    b.speaks("interpreter", incident=50)
    b.call(0)
    assert speaking(b.picture(), policy).before is None, "not linked through her"
    b.link(50, HER)
    assert speaking(b.picture(), policy).before is policy.manners["interpreter"]
    assert speaking(b.picture(), policy).now is None


def test_a_noise_report_is_asked_what_is_heard(policy: Policy) -> None:
    assert "noise-hears-what" in asked(Build(type="noise-nuisance"), policy)


def test_waiting_without_a_unit_asks_for_a_safer_place(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    assert "safer-place-now" not in asked(b, policy)
    b.respond(ResponseState.UNRESOURCED)
    assert "safer-place-now" in asked(b, policy)


def test_later_stays_open_and_every_other_reply_closes_it(policy: Policy) -> None:
    for reply, is_open in (
        (Reply.LATER, True),
        (Reply.YES, False),
        (Reply.NO, False),
        (Reply.NOT_KNOWN, False),
        (Reply.DECLINED, False),
    ):
        b = Build().people()
        b.answer("weapon", reply)
        assert ("weapon" in asked(b, policy)) is is_open


def test_an_answered_question_stays_so_that_it_can_be_changed(policy: Policy) -> None:
    b = Build(type="theft").people()
    b.answer("pregnant", Reply.NO)
    shown = {q.question.id: q for q in questions_for(history.read(b.picture(), policy), policy)}
    assert shown["pregnant"].answer is not None


def test_only_what_is_open_and_can_be_asked_comes_up(policy: Policy) -> None:
    question = policy.pack.questions[0]
    b = Build().people()
    open_and_fit = Asked(question, None, wording="Fit?")
    open_and_unfit = Asked(question, None)
    answered = Asked(question, b.answer(question.id, Reply.NO), wording="Fit?")
    assert up_now((open_and_unfit, answered, open_and_fit)) == (open_and_fit,)


def test_open_ones_come_first_then_those_put_off_then_the_answered(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    first, second = asked(b, policy)[:2]
    b.answer(first, Reply.LATER)
    b.answer(second, Reply.NO)
    stages = [2 if not q.open else 1 if q.answer is not None else 0 for q in sheet(b, policy) if not q.moot]
    assert stages == sorted(stages)
    assert set(stages) == {0, 1, 2}


def test_what_makes_a_rule_domestic_brings_no_question_forward(policy: Policy) -> None:
    """A rule is about what it looks for; whose words make the call domestic is another matter."""
    looked_for = policy.warnings["domestic-default"].when.looked_for()
    assert looked_for == set()
    assert "threat-to-kill" in policy.warnings["threat-now"].when.looked_for()
    assert "found-her" not in policy.warnings["threat-now"].when.looked_for()
