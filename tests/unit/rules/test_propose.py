"""What may follow: by facts and by the law of the day; older ones pass on; a decision stands until more is told."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from callhandler.model.facts import Stance
from callhandler.model.people import Place, Role
from callhandler.model.proposal import Consent, Decided, Proposal, ProposalDecision, ProposalKind
from callhandler.model.when import When
from callhandler.policy.pack import Policy
from callhandler.policy.proposals import Area, Contact
from callhandler.rules import history
from callhandler.rules.propose import areas_of_home, proposals_for, undecided
from tests.unit.pictures import HERE, HIM, HOME, OTHER, START, Build, at


def found(b: Build, policy: Policy) -> dict[tuple[str, bool], Proposal]:
    return {(p.code, p.older): p for p in proposals_for(history.read(b.picture(), policy), policy)}


def decide(b: Build, code: str, decided: Decided = Decided.NOT_TAKEN, incident: int = HERE) -> None:
    b.add(
        "proposal_decisions",
        ProposalDecision(
            b.next(), incident, ProposalKind.OFFENCE, code, decided, "Handler 12", Consent.NOT_NEEDED,
            "the officers will record it", "Handler 12", at(1),
        ),
    )  # fmt: skip


def test_what_is_told_suggests_its_offence_and_says_on_what_it_rests(policy: Policy) -> None:
    b = Build().people()
    told = b.told("violence-now", words="He slapped me.")
    proposal = found(b, policy)["assault", False]
    assert proposal.open
    assert [e.id for e in proposal.evidence] == [told.id]
    assert "Criminal Justice Act 1988" in proposal.source


def test_a_denial_suggests_no_offence(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now", stance=Stance.DENIED)
    assert ("assault", False) not in found(b, policy)


def test_an_ordinary_call_suggests_nothing(policy: Policy) -> None:
    for kind in ("theft", "lost-property", "general-enquiry", "noise-nuisance", "road-collision"):
        b = Build(type=kind)
        b.call(0)
        assert not found(b, policy), kind


def test_the_law_is_that_of_the_day_of_the_event(policy: Policy) -> None:
    now = Build().people()
    now.told("strangulation")
    assert ("strangulation-now-an-offence", False) in found(now, policy)
    assert ("attempt-to-choke", False) not in found(now, policy)
    then = Build().people()
    then.past(2, 1000)  # June 2021, before the offence of its own
    then.told("strangulation", incident=2)
    older = found(then, policy)
    assert ("attempt-to-choke", True) in older
    assert ("strangulation-now-an-offence", True) not in older


def test_what_earlier_reports_left_undecided_passes_on_and_names_them(policy: Policy) -> None:
    b = Build().people()
    b.past(2, 40)
    b.past(3, 20)
    b.told("threat-to-kill", incident=2)
    b.told("threat-to-kill", incident=3)
    proposal = found(b, policy)["threat-to-kill", True]
    assert proposal.incidents == (2, 3)
    assert ("threat-to-kill", False) not in found(b, policy)
    decide(b, "threat-to-kill", Decided.TAKEN, incident=2)
    assert found(b, policy)["threat-to-kill", True].incidents == (3,)


def test_only_this_incident_s_offences_hold_up_its_closing(policy: Policy) -> None:
    b = Build().people()
    b.past(2, 40)
    b.told("threat-to-kill", incident=2)
    b.told("violence-now")
    assert {p.code for p in undecided(history.read(b.picture(), policy), policy)} == {"assault"}
    decide(b, "assault")
    assert not undecided(history.read(b.picture(), policy), policy)


def test_not_taken_is_open_again_when_more_is_told_and_taken_stays(policy: Policy) -> None:
    for decided, open_again in ((Decided.NOT_TAKEN, True), (Decided.PASSED_ON, True), (Decided.TAKEN, False)):
        b = Build().people()
        b.told("violence-now")
        decide(b, "assault", decided)
        assert not found(b, policy)["assault", False].open
        b.told("violence-now", 5, words="He hit me again.")
        assert found(b, policy)["assault", False].open is open_again


def area(name: str, *words: str, postcodes: tuple[str, ...] = ()) -> Area:
    contact = Contact(service="legal-help", name="Legal help", reach="0121 496 0000", reference="test 1")
    return Area(id=name.lower(), name=name, words=words, postcodes=postcodes, contacts=(contact,))


def homes(policy: Policy, areas: tuple[Area, ...], **place: Any) -> list[str]:
    b = Build().people()
    b.parts["places"] = [Place(HOME, "Her flat", **{"address": "", **place})]
    return [a.name for a in areas_of_home(history.read(b.picture(), policy), areas)]


def test_the_signpost_is_by_where_she_lives_and_never_guessed(policy: Policy) -> None:
    areas = (area("Solihull", "Solihull", postcodes=("B91",)), area("Birmingham", "Birmingham"))
    assert homes(policy, areas, address="2 Birmingham Road, Solihull") == ["Solihull"]
    assert homes(policy, areas, postcode="B91 3ZZ", address="Birmingham") == ["Solihull"]
    assert homes(policy, areas, postcode="B912 3ZZ") == []
    assert homes(policy, areas, address="The flat") == []


def test_without_a_home_the_signpost_says_to_ask(policy: Policy) -> None:
    b = Build()
    b.people()
    b.parts["place_ties"] = []
    b.told("violence-now")
    contacts = found(b, policy)["women-s-aid", False].contacts
    assert contacts == ("Where she lives is not known here: ask, before a number is given.",)


def test_every_offence_and_referral_is_reached_by_some_picture(policy: Policy) -> None:
    """An entry whose words nothing can ever fulfil would be a promise that is not kept."""
    reached: set[str] = set()
    for day in (datetime(2015, 3, 1, tzinfo=UTC), START):
        b = Build().people()
        b.past(2, 30)
        b.past(3, 20)
        b.past(4, 10, people=((OTHER, Role.AT_RISK), (HIM, Role.SUSPECT)))
        b.order()
        for indicator in policy.indicators:
            b.told(indicator, source="third_party")
        picture = b.picture()
        assert picture.incident is not None
        dated = replace(picture, incident=replace(picture.incident, opened=When(day)))
        reached |= {p.code for p in proposals_for(history.read(dated, policy), policy)}
    assert not ({*policy.offences, *policy.referrals} - reached)
