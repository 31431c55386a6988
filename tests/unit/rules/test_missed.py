"""What a review finds missed in a log: told from the picture of then, each with its own word for how it was missed."""

from callhandler.model.facts import Reply
from callhandler.model.incident import ResponseState, Task
from callhandler.model.people import Role
from callhandler.model.review import Missed
from callhandler.model.when import When
from callhandler.policy.pack import Policy
from callhandler.rules.escalate import planned
from callhandler.rules.missed import missed
from callhandler.rules.to_do import STEP
from tests.unit.pictures import CHILD, HERE, Build, at


def found(b: Build, policy: Policy, minutes: float = 0) -> dict[str, list[Missed]]:
    by: dict[str, list[Missed]] = {}
    for item in missed(b.picture(minutes), b.judge(policy, minutes), policy):
        by.setdefault(item.code, []).append(item)
    return by


def assault() -> Build:
    b = Build().people()
    b.call()
    b.told("violence-now")
    return b


def task(b: Build, code: str, text: str, minutes: float, done: str) -> None:
    b.add("tasks", Task(b.next(), HERE, code, text, "Handler 12", None, done, at(minutes)))


def test_an_ordinary_call_missed_nothing(policy: Policy) -> None:
    b = Build(type="lost-property")
    b.call()
    assert missed(b.picture(0), b.judge(policy), policy) == ()


def test_a_child_that_nobody_asked_about_is_missed_until_the_answer_is_plain(policy: Policy) -> None:
    b = assault()
    assert "child-whereabouts" not in found(b, policy)
    b.party(CHILD, Role.CHILD)
    (item,) = found(b, policy)["child-whereabouts"]
    assert (item.name, item.state) == ("Child's whereabouts", "not asked")
    b.answer("children-where", Reply.DECLINED)
    assert "child-whereabouts" in found(b, policy), "declined is not an answer"
    b.answer("children-where", Reply.YES, words="With her aunt")
    assert "child-whereabouts" not in found(b, policy)


def test_the_duty_inspector_is_missed_until_the_step_is_taken(policy: Policy) -> None:
    b = assault()
    b.decide(1)
    assert "duty-inspector" not in found(b, policy, 5)
    (item,) = found(b, policy, 30)["duty-inspector"]
    assert (item.name, item.state, item.warning) == ("Duty inspector", "not told", "target-overdue")
    task(b, f"{STEP}target-overdue", policy.warnings["target-overdue"].do[1], 31, "rang")
    assert "duty-inspector" in found(b, policy, 40), "another step tells nobody"
    task(b, f"{STEP}target-overdue", policy.warnings["target-overdue"].do[0], 41, "told")
    assert "duty-inspector" not in found(b, policy, 42)


def test_an_escalation_acknowledged_is_the_inspector_told(policy: Policy) -> None:
    b = assault()
    b.decide(1)
    b.respond(ResponseState.UNRESOURCED, 2)
    due = next(p for p in planned(b.picture(5), policy) if p.tell == "duty-inspector" and p.at <= at(5))
    assert "duty-inspector" in found(b, policy, 5)
    task(b, due.code, due.text, 5, "")
    told = found(b, policy, 6)
    assert "duty-inspector" in told, "told is not yet heard"
    assert ("not acknowledged", due.text) in {(m.state, m.name) for m in told["task"]}
    b.parts["tasks"].clear()
    task(b, due.code, due.text, 5, "Overtaken, not acknowledged.")
    assert "duty-inspector" in found(b, policy, 6), "overtaken is not heard"
    task(b, due.code, due.text, 6, "Acknowledged by Inspector 7.")
    assert "duty-inspector" not in found(b, policy, 6)


def test_a_delay_that_she_was_not_told_of_is_not_recorded(policy: Policy) -> None:
    b = assault()
    b.decide(1)
    (item,) = found(b, policy, 30)["caller-told"]
    assert item.state == "not recorded"
    b.confirm("caller-told", "call-handler", "acknowledged-on-log", minutes=31)
    assert "caller-told" not in found(b, policy, 32)


def test_offences_tasks_and_questions_each_have_their_word(policy: Policy) -> None:
    b = assault()
    task(b, "tell-caller", "Tell the caller.", 0, "")
    task(b, "tell-caller", "Ring back.", 0, "rang")
    told = found(b, policy)
    assert {m.state for m in told["offence"]} == {"undecided"}
    assert [(m.name, m.state) for m in told["task"]] == [("Tell the caller.", "not done")]
    questions = told["question"]
    assert {m.state for m in questions} == {"not asked"}
    assert all(m.warning for m in questions), "only what bears on a standing warning"
    asked = next(q for q in policy.pack.questions if q.ask == questions[0].name)
    b.answer(asked.id, Reply.LATER)
    assert [m.state for m in found(b, policy)["question"] if m.name == asked.ask] == ["put off"]
    b.answer(asked.id, Reply.NO)
    assert asked.ask not in {m.name for m in found(b, policy)["question"]}


def test_a_grave_disclosure_is_missed_until_it_is_followed_up(policy: Policy) -> None:
    b = assault()
    assert "disclosure" not in found(b, policy), "what is told now is the questions' matter"
    before = b.past(40, 147).id
    b.told("threat-to-kill", incident=before, words="He will kill me", happened=When(at(-147 * 1440)))
    b.told("fear", incident=before)
    b.told("threat-to-return", incident=before, followed=1)
    (item,) = found(b, policy)["disclosure"]
    assert item.state == "not followed up"
    assert "open 147 days: He will kill me" in item.detail


def test_more_that_is_told_is_never_less_missed(policy: Policy) -> None:
    b = assault()
    before = missed(b.picture(0), b.judge(policy), policy)
    b.told("weapon-seen", 10)
    b.party(CHILD, Role.CHILD)
    assert len(missed(b.picture(20), b.judge(policy, 20), policy)) > len(before)
