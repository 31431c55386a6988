"""Whom her order is against: meant while nobody is named and it may be he, else shown and read by no rule."""

from dataclasses import replace

import pytest

from callhandler.model.facts import Stance
from callhandler.model.incident import TYPE_NOT_KNOWN
from callhandler.model.people import Person, Role
from callhandler.model.picture import Via
from callhandler.policy.pack import Policy
from callhandler.rules import history
from tests.unit.pictures import HER, HIM, OTHER, Build, at, codes


def bound(type: str = "violence", **order: object) -> Build:
    """Her order is against him, whom nothing else ties to her; he was the suspect of harm to another."""
    b = Build(type=type).people().party(HER, Role.CALLER)
    b.parts["parties"] = [p for p in b.parts["parties"] if p.person_id != HIM]
    b.parts["person_ties"] = []
    b.order("nmo", "court", **order)
    b.past(901, 40, people=((OTHER, Role.AT_RISK), (HIM, Role.SUSPECT)))
    b.told("threat-to-kill", incident=901, about=HIM, harmed=OTHER)
    return b.link(901, HIM, Via.SUSPECT)


def test_he_is_meant_by_the_type_by_what_is_told_and_by_what_is_denied(policy: Policy) -> None:
    by_type = history.read(bound().picture(), policy)
    assert by_type.suspects == by_type.perhaps == by_type.respondents == {HIM} and not by_type.named
    told = bound("general-enquiry")
    told.told("fear", about=None, harmed=None)
    denied = bound("general-enquiry")
    denied.told("fear", about=None, harmed=None, stance=Stance.DENIED)
    for b in (told, denied):
        assert history.read(b.picture(), policy).perhaps == {HIM}


def test_in_an_ordinary_call_his_history_is_shown_and_no_rule_reads_it(policy: Policy) -> None:
    b = bound("lost-property")
    b.told("lost-property", about=None, harmed=None)
    b.marker("person", HIM, "weapons")
    b.warned(10)
    seen = history.read(b.picture(), policy)
    assert seen.suspects == set() and seen.respondents == {HIM}
    assert [i.id for i in seen.shown.linked] == [901] and seen.picture.linked == ()
    assert not seen.told_before and not seen.picture.markers and not seen.picture.police_warnings
    assert seen.shown.markers and seen.shown.police_warnings


def test_what_is_there_through_her_as_well_is_read(policy: Policy) -> None:
    b = bound("lost-property").link(901, HER)
    b.marker("person", HIM, "weapons")
    seen = history.read(b.picture(), policy)
    assert [i.id for i in seen.picture.linked] == [901] and seen.picture.markers


def test_while_nothing_is_told_his_history_is_read_and_he_is_no_suspect(policy: Policy) -> None:
    b = bound(TYPE_NOT_KNOWN)
    seen = history.read(b.picture(), policy)
    assert seen.suspects == set() and [i.id for i in seen.picture.linked] == [901]
    assert "respondent-told-of-and-nothing-told" in codes(b.judge(policy))
    b.type = "lost-property"
    b.log("A lost purse.", minutes=1)
    assert "respondent-told-of-and-nothing-told" not in codes(b.judge(policy, 2))


@pytest.mark.parametrize("named", [True, False])
def test_somebody_named_takes_his_place_and_somebody_without_a_name_does_not(
    policy: Policy, named: bool
) -> None:
    b = bound().party(77, Role.SUSPECT)
    b.add("people", Person(77, "A man", named=named))
    seen = history.read(b.picture(), policy)
    assert seen.suspects == ({77} if named else {77, HIM})
    assert bool(seen.picture.linked) is not named


def test_an_order_that_ended_means_nobody_and_one_that_is_said_to_have_ended_does(policy: Policy) -> None:
    assert history.read(bound(expires=at(-1)).picture(), policy).respondents == set()
    said = bound(expires=at(-1))
    said.order("nmo", "the caller", expires=at(-1))
    assert history.read(said.picture(), policy).perhaps == {HIM}


def test_what_he_has_towards_others_counts_for_nobody_here(policy: Policy) -> None:
    b = bound(expires=at(-1))
    other = replace(b.order("ro", "court"), protected_id=OTHER)
    b.parts["orders"][-1] = other
    seen = history.read(b.picture(), policy)
    assert [o.order.id for o in seen.other_orders] == [other.id]
    assert other.id not in {o.order.id for o in seen.orders}


def test_that_he_is_held_settles_nothing_and_nothing_is_put_down_as_about_him(policy: Policy) -> None:
    seen = history.read(bound().picture(), policy)
    assert seen.to_be_held == set() and seen.suspects_to_name == set()
    named = history.read(bound().party(HIM, Role.SUSPECT).picture(), policy)
    assert named.to_be_held == named.suspects_to_name == {HIM} and not named.perhaps


def test_what_else_the_suspect_of_her_report_is_in_is_read_once_he_is_named(policy: Policy) -> None:
    b = Build(type="violence").people().party(HER, Role.CALLER)
    b.parts["parties"] = [p for p in b.parts["parties"] if p.person_id != HIM]
    b.parts["person_ties"] = []
    b.past(901, 20)
    b.past(902, 40, people=((OTHER, Role.AT_RISK), (HIM, Role.SUSPECT)))
    b.link(901, HER).link(901, HIM, Via.SUSPECT).link(902, HIM, Via.SUSPECT)
    seen = history.read(b.picture(), policy)
    assert [i.id for i in seen.picture.linked] == [901] and len(seen.shown.linked) == 2
    named = history.read(b.party(HIM, Role.SUSPECT).picture(), policy)
    assert [i.id for i in named.suspect_others] == [902]


def test_a_threat_to_another_is_told_with_who_told_it_and_of_whom(policy: Policy) -> None:
    found = next(w for w in bound().judge(policy).standing if w.code == "threat-to-kill-open")
    assert found.sentence.endswith("(Adult 1, of The suspect)")
