"""What each word of the vocabulary rests on: records that exist, each with the line that a handler reads."""

import pytest

from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.assess import assess
from callhandler.rules.match import match, opened_of
from tests.unit.pictures import HER, OTHER, Build
from tests.unit.rules.test_match import CASES

RECORDS = {
    "disclosure": lambda p: p.disclosures,
    "incident": lambda p: (p.incident, *p.linked),
    "civil_order": lambda p: p.orders,
    "call": lambda p: p.calls,
    "response": lambda p: p.responses,
    "answer": lambda p: p.answers,
    "marker": lambda p: p.markers,
    "place_tie": lambda p: p.place_ties,
    "risk_assessment": lambda p: p.risk_assessments,
    "enquiry": lambda p: p.enquiries,
    "police_warning": lambda p: p.police_warnings,
    "history_count": lambda p: p.counts,
    "person": lambda p: p.people,
    "party": lambda p: p.parties,
    "person_record": lambda p: p.records,
    "log_entry": lambda p: p.log,
    "decision": lambda p: p.decisions,
    "task": lambda p: p.tasks,
    "move": lambda p: p.moves,
    "ownership": lambda p: p.ownerships,
    "order_term": lambda p: [term for order in p.orders for term in order.terms],
}
"""Where the records of each kind of evidence are; a clock and a question that was not asked have none."""

LINES: dict[str, tuple[tuple[str, str], ...]] = {
    "all": (
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
        ("civil_order", "Non-molestation order: known only from the caller"),
    ),
    "any": (("civil_order", "Non-molestation order: known only from the caller"),),
    "not, a reply": (("answer", "alone: no"),),
    "not, never asked": (("answer", "alone: no"),),
    "not, an order": (("civil_order", "verified by caller"),),
    "not, no order known": (("civil_order", "verified expiry passed"),),
    "present, here": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, in history": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, denied is not told": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, a denial": (("disclosure", "6 Mar 2024 20:00, Adult 1: denied: her words"),),
    "present, open": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, about him": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, by a third party": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, within days": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, a month may reach into the days": (("disclosure", "Feb 2024, Adult 1: her words"),),
    "count_within, incidents": (
        ("incident", "25 Feb 2024: a past report"),
        ("incident", "15 Feb 2024: a past report"),
    ),
    "count_within, hers and not another's": (("incident", "25 Feb 2024: a past report"),),
    "count_within, his with others": (("incident", "25 Feb 2024: a past report"),),
    "count_within, at her home": (("incident", "25 Feb 2024: a past report"),),
    "count_within, targets missed": (("incident", "25 Feb 2024: a past report"),),
    "count_within, calls": (
        ("call", "20:00 answered"),
        ("call", "20:01 answered"),
    ),
    "count_within, unanswered": (("call", "20:00 no_answer"),),
    "gaps": (
        ("incident", "2 Feb 2024: a past report"),
        ("incident", "4 Feb 2024: a past report"),
        ("incident", "5 Feb 2024: a past report"),
    ),
    "order, live for risk": (("civil_order", "Non-molestation order: known only from the caller"),),
    "order, of a type": (("civil_order", "Non-molestation order: known only from the caller"),),
    "order, in a state": (
        ("civil_order", "Non-molestation order: in force; that he knew of it is not established"),
    ),
    "order, that binds the suspect": (("civil_order", "Non-molestation order: known only from the caller"),),
    "clock": (("clock", "waiting: 30 min"),),
    "clock, that does not run": (("clock", "unresourced: 30 min"),),
    "place, of the suspect": (("place_tie", "The suspect: lives there"), ("move", "where she is going")),
    "place, where he was before": (("incident", "he was there: 25 Feb 2024, a past report"),),
    "place, of a relative": (
        ("place_tie", "home of A neighbour, a relative"),
        ("move", "where she is going"),
    ),
    "place, with a marker": (("marker", "marker there since 6 Mar 2024 20:00: a marker"),),
    "place, with history": (("incident", "25 Feb 2024: a past report"),),
    "place, of somebody harmed here": (("place_tie", "home of Adult 1, harmed in this incident"),),
    "unknown": (("question", "declined: weapon"),),
    "replied": (("answer", "weapon: yes"),),
    "call": (("call", "20:00 silent"),),
    "response": (("response", "20:00 unresourced: "),),
    "response, to the suspect, by nobody": (("clock", "nobody is set to the suspect"),),
    "marker": (("marker", "a marker (since 6 Mar 2024 20:00, told: unknown)"),),
    "marker, by code": (("marker", "a marker (since 6 Mar 2024 20:00, told: unknown)"),),
    "risk_assessment, without her": (("risk_assessment", "06 Mar 2024, without her, standard: "),),
    "risk_assessment, lowered": (("risk_assessment", "06 Mar 2024, with her, medium to standard: "),),
    "risk_assessment, hers": (("risk_assessment", "06 Mar 2024, not done, standard: "),),
    "enquiry": (("enquiry", "dropped: Speak with the witness"),),
    "after_police_warning": (
        ("police_warning", "4 Mar 2024: Stay away."),
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
    ),
    "after_police_warning, to him": (
        ("police_warning", "4 Mar 2024: Stay away."),
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
    ),
    "count_only": (("history_count", "2 logs, not told; an older system"),),
    "nameless": (("incident", "25 Feb 2024: a past report"),),
    "role, a child of the household": (("person", "The child: child"),),
    "suspect_harmed_others": (("incident", "25 Feb 2024: a past report"),),
    "type": (("incident", "taken down as domestic abuse"),),
    "present, of a weight": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, several": (
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
    ),
    "present, told by a child": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "present, told by an agency": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "again": (
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
    ),
    "again, of another": (
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
    ),
    "new_in_repeat_call": (("disclosure", "6 Mar 2024 20:09, Adult 1: her words"),),
    "not_answered": (
        ("answer", "declined: alone"),
        ("answer", "not known: weapon"),
    ),
    "said_not_logged": (("log_entry", "Weapon seen or used: She says that he has a knife on him."),),
    "said_not_logged, a plain no": (("log_entry", "Weapon within reach: A knife in the car, she says."),),
    "type_misfit": (("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),),
    "role, so many": (
        ("person", "Adult 1: at risk"),
        ("person", "A neighbour: at risk"),
    ),
    "nothing_told": (("incident", "no type was given, and nothing is recorded as told"),),
    "waits_elsewhere": (("incident", "open: 0002"),),
    "nobody_at_risk": (("incident", "nobody is put down as at risk"),),
    "reporter_at_risk_before": (("incident", "31 Jan 2023: a past report"),),
    "reporter_at_risk_before, by an order": (
        ("civil_order", "Non-molestation order: known only from the caller"),
    ),
    "reporter_at_risk_before, who rang of abuse": (("incident", "3 Mar 2024: a past report"),),
    "unnamed": (
        ("party", "no name: at risk"),
        ("party", "no name: suspect"),
    ),
    "rising_severity": (
        ("incident", "7 Dec 2023: a past report"),
        ("incident", "5 Feb 2024: a past report"),
        ("incident", "6 Mar 2024 20:00: "),
    ),
    "rising_severity, nothing told in between": (
        ("incident", "7 Dec 2023: a past report"),
        ("incident", "5 Feb 2024: a past report"),
        ("incident", "6 Mar 2024 20:00: "),
    ),
    "gaps_shortening": (
        ("incident", "6 Jan 2024: a past report"),
        ("incident", "5 Feb 2024: a past report"),
        ("incident", "25 Feb 2024: a past report"),
        ("incident", "6 Mar 2024 20:00: "),
    ),
    "gaps_shortening, a coarse date takes no part": (
        ("incident", "6 Jan 2024: a past report"),
        ("incident", "5 Feb 2024: a past report"),
        ("incident", "25 Feb 2024: a past report"),
        ("incident", "6 Mar 2024 20:00: "),
    ),
    "spread": (
        ("incident", "26 Feb 2024: a past report"),
        ("incident", "27 Feb 2024: a past report"),
        ("incident", "6 Mar 2024 20:00: "),
    ),
    "repeat_number": (("incident", "26 Feb 2024: a past report"),),
    "roles_reversed": (("incident", "26 Feb 2024: a past report"),),
    "record": (("person_record", "6 Mar 2024 20:00: on record"),),
    "risk_assessment, a level": (("risk_assessment", "06 Mar 2024, with her, high: "),),
    "after_police_warning, of a kind": (
        ("police_warning", "4 Mar 2024: Stay away."),
        ("disclosure", "6 Mar 2024 20:00, Adult 1: her words"),
    ),
    "clock, nobody spoken to": (("clock", "no contact: 30 min"),),
    "response, at any time": (("response", "20:00 diverted: "),),
    "qualifier": (("incident", "taken down with: child present"),),
    "owner, nobody": (("clock", "nobody has it"),),
    "owner, set aside": (("ownership", "20:05 set aside by Handler 12"),),
    "graded": (("decision", "20:00 Scheduled"),),
    "graded, closed": (("decision", "20:00 closed"),),
    "task": (("task", "obtain-order"),),
    "task, past its time": (("task", "ring"),),
    "unconfirmed": (("question", "not confirmed: Ambulance has the call, with its reference and a time"),),
    "whereabouts, not known": (("question", "no place is recorded"),),
    "whereabouts, moved": (("move", "20:00 moved"),),
    "time_of_day": (("clock", "20:30"),),
    "time_of_day, over midnight": (("clock", "20:30"),),
}


def built(name: str) -> tuple[Condition, Picture]:
    word, make, _ = CASES[name]
    b = Build().people()
    make(b)
    return Condition.model_validate(word), b.picture(30)


@pytest.mark.parametrize("name", LINES)
def test_the_lines_say_what_it_rests_on(name: str, policy: Policy) -> None:
    condition, picture = built(name)
    met = match(condition, history.read(picture, policy))
    assert met is not None
    assert tuple((e.kind, e.line) for e in met.evidence) == LINES[name]


@pytest.mark.parametrize("name", CASES)
def test_each_piece_of_evidence_is_a_record_of_the_picture(name: str, policy: Policy) -> None:
    condition, picture = built(name)
    met = match(condition, history.read(picture, policy))
    assert met is not None
    for evidence in met.evidence:
        if evidence.kind in RECORDS:
            ids = {record.id for record in RECORDS[evidence.kind](picture)}
            assert evidence.id in ids, evidence
        assert isinstance(evidence.line, str)
        assert evidence.line


def test_evidence_of_one_thing_is_that_thing_and_not_its_neighbour(policy: Policy) -> None:
    """Two of each lie in the picture; the record named is the one whose words are told."""
    b = Build().people()
    first = b.told("fear", words="the first")
    second = b.told("injury", words="the second")
    seen = history.read(b.picture(30), policy)
    for indicator, told in (("fear", first), ("injury", second)):
        condition = Condition.model_validate({"present": {"indicators": [indicator]}})
        met = match(condition, seen)
        assert met is not None
        assert [(e.id, e.line.endswith(told.words)) for e in met.evidence] == [(told.id, True)]
        assert met.values["words"] == told.words


def test_a_count_is_of_his_incidents_and_of_nobody_elses() -> None:
    b = Build().people()
    b.past(901, 3)
    picture = b.picture()
    opened = [opened_of(b.counted(5, "person", person), picture) for person in (HER, OTHER)]
    assert opened == [1, 0]


def test_something_told_without_words_is_called_by_its_indicator(policy: Policy) -> None:
    b = Build().people()
    b.told("threat-to-kill", words="")
    condition = Condition.model_validate({"present": {"indicators": ["threat-to-kill"]}})
    met = match(condition, history.read(b.picture(1), policy))
    assert met is not None
    assert met.evidence[0].line.endswith("Adult 1: threat to kill")


def test_another_fact_confirmed_confirms_not_this_one(policy: Policy) -> None:
    word, make, _ = CASES["unconfirmed"]
    b = Build().people()
    make(b)
    fact = next(c for c in policy.confirmations if c not in word["unconfirmed"]["facts"])
    b.confirm(fact, "officer-at-scene", "seen-in-person")
    assert match(Condition.model_validate(word), history.read(b.picture(30), policy)) is not None


def test_a_name_in_the_past_or_a_named_witness_is_no_name_of_those_here(policy: Policy) -> None:
    word, make, _ = CASES["unnamed"]
    b = Build().people()
    make(b)
    b.past(901, 3)
    b.party(OTHER, Role.WITNESS)
    met = match(Condition.model_validate(word), history.read(b.picture(30), policy))
    assert met is not None
    assert {e.line for e in met.evidence} == {"no name: at risk", "no name: suspect"}


def test_a_settled_warning_keeps_the_instant_since_when_it_stood(policy: Policy) -> None:
    b = Build().people()
    b.told("strangulation")
    began = next(w for w in b.judge(policy, 1).warnings if w.code == "strangulation-told").since
    b.confirm("person-seen-safe", "officer-at-scene", "seen-in-person", HER, 5)
    for minute in (6, 20):
        found = next(w for w in b.judge(policy, minute).warnings if w.code == "strangulation-told")
        assert (found.standing, found.since) == (False, began)


def test_a_warning_carries_the_evidence_of_its_condition(policy: Policy) -> None:
    b = Build().people()
    told = b.told("strangulation", harmed=HER, words="hands round my neck")
    found = assess(b.picture(2), policy)
    warning = next(w for w in found.warnings if w.code == "strangulation-told")
    assert [(e.kind, e.id) for e in warning.evidence] == [("disclosure", told.id)]
    assert "hands round my neck" in warning.sentence
