"""Warnings on a picture: which stand, what settles them and what does not, that they latch, and the floor that follows."""

from dataclasses import replace

import pytest

from callhandler.model.assessment import CLOSED_RANK, StandingWarning, Tier
from callhandler.model.facts import Reply, Stance
from callhandler.model.incident import CallOutcome, Direction, OwnerAct, ResponseState, Target
from callhandler.model.people import Relation, Role
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess, floor_of
from callhandler.rules.settling import ending
from tests.unit.pictures import CHILD, HER, HIM, HOME, OTHER, START, Build, at, codes, warning


def assault() -> Build:
    b = Build().people()
    b.call(0)
    b.told("violence-now", 0)
    return b


def test_an_assault_raises_and_sets_the_floor(policy: Policy) -> None:
    found = assault().judge(policy)
    by_code = {w.code: w for w in found.warnings}
    assert by_code["assault-suspect-free"].tier is Tier.CRITICAL
    assert by_code["assault-suspect-free"].interrupts
    assert "her words" in by_code["assault-suspect-free"].sentence
    assert found.floor_rank == 1


def test_the_same_three_always_give_the_same(policy: Policy) -> None:
    picture = assault().picture(5)
    assert assess(picture, policy) == assess(picture, policy)


def test_a_confirmed_fact_settles_and_the_warning_is_kept_with_what_settled_it(policy: Policy) -> None:
    b = assault()
    b.judge(policy)
    fact = b.confirm("suspect-detained", "custody-officer", "custody-record", HIM, 5)
    found = b.judge(policy, 6)
    settled = next(w for w in found.warnings if w.code == "assault-suspect-free")
    assert settled.settled_by == fact.id
    assert not settled.interrupts
    assert "assault-suspect-free" not in codes(found)


@pytest.mark.parametrize(
    ("code", "said_by", "how", "about"),
    [
        ("suspect-detained", "caller-alone", "custody-record", HIM),
        ("suspect-detained", "custody-officer", "not-seen", HIM),
        ("suspect-detained", "custody-officer", "custody-record", OTHER),
        ("suspect-detained", "custody-officer", "custody-record", None),
        ("person-seen-safe", "officer-at-scene", "seen-in-person", OTHER),
        ("caller-told", "call-handler", "acknowledged-on-log", HER),
    ],
    ids=["wrong sayer", "wrong check", "another man", "about nobody", "another woman", "another fact"],
)
def test_what_does_not_settle(code: str, said_by: str, how: str, about: int | None, policy: Policy) -> None:
    b = assault()
    b.judge(policy)
    b.confirm(code, said_by, how, about, 5)
    assert "assault-suspect-free" in codes(b.judge(policy, 6))


def test_each_person_at_risk_must_have_been_seen(policy: Policy) -> None:
    b = assault()
    b.told("harm-to-protector", harmed=OTHER)
    b.judge(policy)
    b.confirm("person-seen-safe", "officer-at-scene", "seen-in-person", HER, 5)
    assert "assault-suspect-free" in codes(b.judge(policy, 6))
    b.confirm("person-seen-safe", "officer-at-scene", "seen-in-person", OTHER, 7)
    assert "assault-suspect-free" not in codes(b.judge(policy, 8))


def test_something_newer_raises_a_settled_warning_again(policy: Policy) -> None:
    b = assault()
    b.judge(policy)
    b.confirm("suspect-detained", "custody-officer", "custody-record", HIM, 5)
    b.judge(policy, 6)
    b.told("violence-now", 9)
    again = next(w for w in b.judge(policy, 10).warnings if w.code == "assault-suspect-free")
    assert again.standing
    assert again.since == at(10)


def test_a_warning_latches_when_its_condition_is_gone(policy: Policy) -> None:
    b = Build().people()
    b.type = "child-protection"
    b.told("child-harmed")
    assert "child-not-cared-for" in codes(b.judge(policy))
    b.type = "general-enquiry"
    found = next(w for w in b.judge(policy, 5).warnings if w.code == "child-not-cared-for")
    assert found.standing
    assert found.latched
    assert found.since == at(0)


def test_what_settled_a_latched_warning_still_does(policy: Policy) -> None:
    b = Build(type="theft").people()
    b.decide(1, 0)
    b.call(0)
    assert "target-overdue-other" in codes(b.judge(policy, 20))
    b.respond(ResponseState.AT_SCENE, 21)
    assert "target-overdue-other" not in codes(b.judge(policy, 22))
    b.type = "lost-property"
    b.respond(ResponseState.AWAITING, 23)
    found = {w.code: w for w in b.judge(policy, 24).warnings}
    assert not found["target-overdue-other"].standing


def test_a_warning_of_a_rule_that_is_gone_is_never_shed(policy: Policy) -> None:
    b = Build(type="theft").people()
    b.latched = (StandingWarning(5, 4, "an-old-rule", Tier.CRITICAL, "It stood.", (), 1, START, None),)
    found = b.judge(policy, 30)
    assert codes(found) == {"an-old-rule"}
    assert found.floor_rank == 1
    assert found.warnings[0].since == START


def test_an_order_that_she_tells_of_stands_until_the_court_says_otherwise(policy: Policy) -> None:
    b = assault()
    b.order()
    found = {w.code: w for w in b.judge(policy).warnings}
    assert found["order-breach-now"].sentence.startswith("Non-molestation order, declared unverified")
    b.confirm("order-ended-verified", "suspect", "document-seen", minutes=3)
    assert "order-breach-now" in codes(b.judge(policy, 4))
    b.confirm("order-ended-verified", "court-or-solicitor", "court-record", minutes=5)
    assert "order-breach-now" not in codes(b.judge(policy, 6))


def test_a_threat_long_told_stands_until_its_follow_up_is_recorded(policy: Policy) -> None:
    b = Build().people()
    b.past(901, 140)
    told = b.told("threat-to-kill", -140 * 24 * 60, incident=901)
    b.told("threat-to-kill", -140 * 24 * 60, incident=901, stance=Stance.DENIED)
    found = {w.code: w for w in b.judge(policy).warnings}
    assert "told 140 days ago" in found["threat-to-kill-open"].sentence
    b.parts["disclosures"] = [replace(told, followed_by=b.next())]
    assert "threat-to-kill-open" not in codes(b.judge(policy, 5))


def test_a_childs_whereabouts_are_settled_by_a_plain_reply_only(policy: Policy) -> None:
    b = Build().people().tie(CHILD, Relation.CHILD, HER)
    assert "child-whereabouts" in codes(b.judge(policy))
    for reply in (Reply.NOT_KNOWN, Reply.LATER, Reply.DECLINED):
        b.answer("children-where", reply, 1)
        assert "child-whereabouts" in codes(b.judge(policy, 2))
    b.answer("children-where", Reply.YES, 3)
    assert "child-whereabouts" not in codes(b.judge(policy, 4))


def test_a_call_back_without_answer_raises_concern(policy: Policy) -> None:
    b = Build().people()
    b.call(0)
    before = b.judge(policy)
    b.call(5, CallOutcome.NO_ANSWER, Direction.OUT)
    after = b.judge(policy, 6)
    assert codes(after) - codes(before) == {"call-back-unanswered"}


def test_unresourced_ends_when_a_unit_is_sent_and_rises_when_it_is_taken_away(policy: Policy) -> None:
    b = assault()
    b.respond(ResponseState.UNRESOURCED, 1)
    assert "unresourced" in codes(b.judge(policy, 2))
    b.respond(ResponseState.ASSIGNED, 3)
    assert "unresourced" not in codes(b.judge(policy, 4))
    b.respond(ResponseState.UNRESOURCED, 5)
    assert "unresourced" in codes(b.judge(policy, 6))


def test_what_was_told_of_no_owner_ends_when_somebody_takes_it_after_that(policy: Policy) -> None:
    b = assault()
    b.parts["ownerships"] = []
    b.told("log-unowned", 1)
    assert "nobody-has-it" in codes(b.judge(policy, 2))
    owned = b.owned(OwnerAct.CLAIM, 3)
    found = next(w for w in b.judge(policy, 4).warnings if w.code == "nobody-has-it")
    assert found.settled_by == owned.id
    b.told("threat-of-harm", 5)
    assert "nobody-has-it" not in codes(b.judge(policy, 5))
    b.told("log-unowned", 6)
    assert "nobody-has-it" in codes(b.judge(policy, 7))


def test_an_owner_from_before_does_not_answer_what_was_told_after(policy: Policy) -> None:
    b = assault()
    b.owned(OwnerAct.CLAIM, 1)
    b.told("log-unowned", 2)
    assert "nobody-has-it" in codes(b.judge(policy, 3))
    b.type = "harassment-stalking"
    assert "nobody-has-it" in codes(b.judge(policy, 4))


def test_nobody_looks_for_him_until_somebody_is_set_to_it(policy: Policy) -> None:
    b = assault()
    assert "suspect-not-looked-for" in codes(b.judge(policy))
    b.respond(ResponseState.ASSIGNED, 1)
    assert "suspect-not-looked-for" in codes(b.judge(policy, 2))
    b.respond(ResponseState.ASSIGNED, 3, Target.SUSPECT)
    assert "suspect-not-looked-for" not in codes(b.judge(policy, 4))
    b.respond(ResponseState.DIVERTED, 5, Target.SUSPECT)
    assert "suspect-not-looked-for" in codes(b.judge(policy, 6))


def test_what_came_of_a_search_answers_nothing_told_after_it(policy: Policy) -> None:
    b = assault()
    b.judge(policy)
    b.respond(ResponseState.RESULTED, 1, Target.SUSPECT)
    assert "suspect-not-looked-for" not in codes(b.judge(policy, 2))
    b.call(60)
    b.told("suspect-present", 61)
    assert "suspect-not-looked-for" in codes(b.judge(policy, 62))
    b.respond(ResponseState.ASSIGNED, 63, Target.SUSPECT)
    assert "suspect-not-looked-for" not in codes(b.judge(policy, 64))


def test_not_found_there_is_looked_for_by_nobody(policy: Policy) -> None:
    b = assault()
    b.judge(policy)
    b.respond(ResponseState.ASSIGNED, 1, Target.SUSPECT)
    assert "suspect-not-looked-for" not in codes(b.judge(policy, 2))
    b.respond(ResponseState.NO_REPLY, 3, Target.SUSPECT)
    assert "suspect-not-looked-for" in codes(b.judge(policy, 4))


def test_having_been_told_of_one_delay_does_not_settle_the_next(policy: Policy) -> None:
    b = assault()
    b.decide(1, 0)
    assert "delay-not-told" in codes(b.judge(policy, 21))
    b.confirm("caller-told", "call-handler", "acknowledged-on-log", HER, 22)
    assert "delay-not-told" not in codes(b.judge(policy, 23))
    b.respond(ResponseState.UNRESOURCED, 30)
    assert "delay-not-told" in codes(b.judge(policy, 36))


def test_an_old_acknowledgement_does_not_settle_a_new_move(policy: Policy) -> None:
    b = assault()
    first = b.move(HOME, 1, room="Second room")
    assert "move-unacknowledged" in codes(b.judge(policy, 4))
    b.parts["moves"] = [replace(first, acknowledged=True)]
    b.confirm("move-acknowledged", "receiving-room", "acknowledged-on-log", minutes=5)
    assert "move-unacknowledged" not in codes(b.judge(policy, 6))
    b.move(OTHER, 10, room="Third room")
    assert "move-unacknowledged" in codes(b.judge(policy, 13))


def test_an_ordinary_call_raises_nothing(policy: Policy) -> None:
    for kind in ("theft", "lost-property", "general-enquiry", "asb", "road-collision"):
        b = Build(type=kind)
        b.party(OTHER, Role.CALLER)
        b.call(0)
        found = b.judge(policy, 3)
        assert found.warnings == ()
        assert found.floor_rank == CLOSED_RANK


def test_a_history_alone_stays_quiet_in_an_ordinary_call(policy: Policy) -> None:
    b = Build(type="lost-property").party(HER, Role.CALLER).tie(HIM, Relation.EX_PARTNER, HER)
    for n in range(6):
        b.past(901 + n, 40 + n)
        b.told("violence-now", -60 * 24 * (40 + n), incident=901 + n)
    assert {w.tier for w in b.judge(policy).standing} <= {Tier.NOTE}


def test_words_that_look_like_a_placeholder_are_words(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now", words="He said {count} and {0} and {")
    found = next(w for w in b.judge(policy).warnings if w.code == "assault-suspect-free")
    assert found.sentence.endswith("He said {count} and {0} and {")


def test_the_floor_is_that_of_the_most_urgent_standing_warning() -> None:
    assert floor_of([]) == CLOSED_RANK
    assert floor_of([warning(floor=3), warning(floor=None), warning(floor=2)]) == 2
    assert floor_of([warning(floor=1, settled_by=5), warning(floor=3)]) == 3


def test_what_settles_is_one_sentence_with_capitals_only_where_they_belong(policy):
    said = [line for r in policy.pack.warnings for line in ending(r, policy).in_words]
    assert any("; said by the custody officer or an officer who is there; " in line for line in said)
