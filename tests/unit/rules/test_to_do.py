"""What to do now: critical first, but who acts when nobody can go before all; a step taken is not asked again."""

from dataclasses import replace

from callhandler.model.incident import ResponseState, Task
from callhandler.policy.pack import Policy
from callhandler.rules.to_do import STEP, to_do_now
from tests.unit.pictures import Build, at


def test_what_to_do_now_puts_the_critical_first_each_step_once(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    b.told("threat-to-kill")
    steps = to_do_now(b.judge(policy), policy)
    assert len(steps) == 6
    assert len({s.text for s in steps}) == 6
    assert policy.warnings[steps[0].warning].tier == "critical"


def test_notes_and_settled_warnings_give_nothing_to_do(policy: Policy) -> None:
    b = Build(type="theft")
    b.decide(1)
    b.call(0)
    late = b.judge(policy, 30)
    assert {w.code for w in late.standing} == {"delay-not-told-other", "target-overdue-other"}
    assert to_do_now(late, policy) == ()
    d = Build(type="domestic-abuse")
    d.decide(1)
    d.call(0)
    assert "delay-not-told" in {s.warning for s in to_do_now(d.judge(policy, 30), policy)}
    d.confirm("caller-told", "call-handler", "acknowledged-on-log", minutes=31)
    assert "delay-not-told" not in {s.warning for s in to_do_now(d.judge(policy, 32), policy)}


def test_who_acts_when_nobody_can_go_comes_before_every_other_step(policy: Policy) -> None:
    b = Build().people()
    b.decide(1)
    b.call(0)
    b.told("violence-now")
    b.told("weapon-feared")
    b.respond(ResponseState.UNRESOURCED)
    steps = to_do_now(b.judge(policy, 40), policy)
    assert {steps[0].warning, steps[1].warning} == {"unresourced", "target-overdue"}
    assert policy.warnings[steps[2].warning].tier == "critical"


def taken(warning: str, step: str, minutes: float, done: str = "told") -> Task:
    return Task(900, 1, f"{STEP}{warning}", step, "Handler 12", None, done, at(minutes))


def test_a_step_taken_gives_way_to_the_next_one_of_its_warning(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    judged = b.judge(policy)
    steps = policy.warnings["assault-suspect-free"].do
    first = to_do_now(judged, policy)
    after = to_do_now(judged, policy, [taken("assault-suspect-free", steps[0], 10)])
    assert steps[0] in {s.text for s in first}
    assert steps[0] not in {s.text for s in after}
    assert after[0].text == steps[1]


def test_a_step_taken_before_the_warning_rose_is_asked_again(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    judged = b.judge(policy)
    steps = policy.warnings["assault-suspect-free"].do
    early = [taken("assault-suspect-free", steps[0], -60)]
    assert steps[0] in {s.text for s in to_do_now(judged, policy, early)}
    open_still = [replace(taken("assault-suspect-free", steps[0], 10), done="")]
    assert steps[0] in {s.text for s in to_do_now(judged, policy, open_still)}
