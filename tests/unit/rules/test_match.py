"""The vocabulary of conditions: each word on a picture for which it holds, and on one that is nearly the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from callhandler.model.assessment import Act
from callhandler.model.facts import Assessed, Reply, Stance
from callhandler.model.incident import (
    TYPE_NOT_KNOWN,
    CallOutcome,
    Direction,
    Incident,
    OwnerAct,
    ResponseState,
    Target,
)
from callhandler.model.location import Point
from callhandler.model.order import Term
from callhandler.model.people import Relation, Role
from callhandler.model.picture import Beside
from callhandler.model.when import Precision, When
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.policy.words_known import GapsShortening
from callhandler.rules import history
from callhandler.rules.match import Match, match, opened_of
from callhandler.rules.match.trend import _reports, gaps_shortening
from tests.unit.pictures import CHILD, ELSEWHERE, HER, HIM, HIS_HOME, HOME, OTHER, Build, at, fact, with_facts

Make = Callable[[Build], Any]


def NOTHING(_: Build) -> None:
    """Add nothing."""


def several(*makes: Make) -> Make:
    def make(b: Build) -> None:
        for one in makes:
            one(b)

    return make


def past(days: float = 10, **more: Any) -> Make:
    return lambda b: b.past(900 + len(b.parts.get("linked", [])), days, **more)


def told_of(incident: int, indicator: str) -> Make:
    return lambda b: b.told(indicator, incident=incident)


def reported_by(person: int) -> Make:
    """Somebody reports, and nobody is put down as at risk."""

    def make(b: Build) -> None:
        b.parts["parties"] = []
        b.party(person, Role.REPORTER)

    return make


def beside(person: int) -> Make:
    """Another live incident of the same hour, in which somebody waits."""

    def make(b: Build) -> None:
        other = Incident(900, "", "0002", "domestic-abuse", When(at(-10)), at(-10), None, live=True)
        b.add("linked", other)
        b.party(person, Role.AT_RISK, 900)
        b.add("beside", Beside(other))

    return make


def nameless_here(b: Build) -> None:
    b.parts["people"] = [replace(p, named=False) for p in b.parts["people"]]


def EARLIER(b: Build) -> None:
    b.hours = -1


CONTACT = Term(7, 1, "no-contact-direct", "", "person", None, None)
ZONE = Term(8, 1, "exclusion-zone", "", "place", ELSEWHERE, 100)
WHEN_OLD = When(at(-60 * 24 * 10))
CASES: dict[str, tuple[dict[str, Any], Make, Make]] = {
    # word, holds, nearly
    "all": (
        {"all": [{"present": {"indicators": ["fear"]}}, {"order": {}}]},
        several(lambda b: b.told("fear"), lambda b: b.order()),
        lambda b: b.told("fear"),
    ),
    "any": (
        {"any": [{"present": {"indicators": ["fear"]}}, {"order": {}}]},
        lambda b: b.order(),
        lambda b: b.told("injury"),
    ),
    "not, a reply": (
        {"not": {"replied": {"question": "alone", "reply": "yes"}}},
        lambda b: b.answer("alone", Reply.NO),
        lambda b: b.answer("alone", Reply.NOT_KNOWN),
    ),
    "not, never asked": (
        {"not": {"replied": {"question": "alone", "reply": "yes"}}},
        lambda b: b.answer("alone", Reply.NO),
        NOTHING,
    ),
    "not, an order": (
        {"not": {"order": {"types": ["nmo"]}}},
        lambda b: b.add(
            "orders", with_facts(b.parts.pop("orders", [b.order()])[0], fact("discharged", verified=True))
        ),
        lambda b: b.order(),
    ),
    "not, no order known": (
        {"not": {"order": {}}},
        lambda b: b.order("nmo", "court", expires=at(-1)),
        NOTHING,
    ),
    "present, here": (
        {"present": {"indicators": ["fear"]}},
        lambda b: b.told("fear"),
        lambda b: b.told("fear", incident=901),
    ),
    "present, in history": (
        {"present": {"indicators": ["fear"], "scope": "history"}},
        lambda b: b.told("fear", incident=901),
        lambda b: b.told("fear"),
    ),
    "present, denied is not told": (
        {"present": {"indicators": ["fear"], "scope": "any"}},
        lambda b: b.told("fear"),
        lambda b: b.told("fear", stance=Stance.DENIED),
    ),
    "present, a denial": (
        {"present": {"indicators": ["fear"], "stance": "denied"}},
        lambda b: b.told("fear", stance=Stance.DENIED),
        lambda b: b.told("fear"),
    ),
    "present, open": (
        {"present": {"indicators": ["fear"], "open": True}},
        lambda b: b.told("fear"),
        lambda b: b.told("fear", followed=500),
    ),
    "present, about him": (
        {"present": {"indicators": ["fear"], "scope": "history", "by_suspect_here": True}},
        lambda b: b.told("fear", incident=901),
        lambda b: b.told("fear", incident=901, about=OTHER),
    ),
    "present, about him where nobody wrote whom, and he alone was suspect then": (
        {"present": {"indicators": ["fear"], "scope": "history", "by_suspect_here": True}},
        several(past(), lambda b: b.told("fear", incident=900, about=None)),
        several(past(people=((HER, Role.AT_RISK),)), lambda b: b.told("fear", incident=900, about=None)),
    ),
    "present, not about him whom it was told of as harmed": (
        {"present": {"indicators": ["fear"], "scope": "history", "by_suspect_here": True}},
        several(past(), lambda b: b.told("fear", incident=900, about=None)),
        several(past(), lambda b: b.told("fear", incident=900, about=None, harmed=HIM)),
    ),
    "present, about a partner": (
        {"present": {"indicators": ["fear"], "by_partner": True}},
        lambda b: b.told("fear"),
        lambda b: b.told("fear", about=OTHER),
    ),
    "present, about a partner, though each says to be at risk": (
        {"present": {"indicators": ["fear"], "by_partner": True}},
        several(lambda b: b.party(HIM, Role.AT_RISK), lambda b: b.told("fear")),
        several(lambda b: b.party(HIM, Role.AT_RISK), lambda b: b.told("fear", about=CHILD)),
    ),
    "present, in a report whose target was missed": (
        {"present": {"indicators": ["fear"], "scope": "history", "unmet": True}},
        several(past(target_met="no"), told_of(900, "fear")),
        several(past(target_met="unknown"), told_of(900, "fear")),
    ),
    "count_within, a report in which she was taken for the suspect": (
        {"count_within": {"of": "incidents", "at_least": 1, "within_days": 30}},
        past(people=((HER, Role.SUSPECT), (HIM, Role.AT_RISK))),
        past(people=((HER, Role.SUSPECT), (OTHER, Role.AT_RISK))),
    ),
    "location": (
        {"location": {"doubts": ["far_apart"]}},
        lambda b: b.lies(HOME, 52.41, -1.78).fix(point=Point(52.48, -1.90), radius_m=30),
        lambda b: b.lies(HOME, 52.41, -1.78).fix(point=Point(52.41, -1.78), radius_m=30),
    ),
    "present, by a third party": (
        {"present": {"indicators": ["fear"], "told_by_third_party": True}},
        lambda b: b.told("fear", source="third_party"),
        lambda b: b.told("fear", source="officer"),
    ),
    "present, within days": (
        {"present": {"indicators": ["fear"], "within_days": 2}},
        lambda b: b.told("fear"),
        lambda b: b.told("fear", happened=WHEN_OLD),
    ),
    "present, a month may reach into the days": (
        {"present": {"indicators": ["fear"], "within_days": 2}},
        lambda b: b.told("fear", happened=When(WHEN_OLD.at, Precision.MONTH)),
        lambda b: b.told("fear", happened=When(at(-60 * 24 * 40), Precision.MONTH)),
    ),
    "count_within, incidents": (
        {"count_within": {"of": "incidents", "at_least": 2, "within_days": 30}},
        several(past(10), past(20)),
        several(past(10), past(40)),
    ),
    "count_within, hers and not another's": (
        {"count_within": {"of": "incidents", "at_least": 1, "within_days": 30}},
        past(10),
        past(10, people=((OTHER, Role.AT_RISK),)),
    ),
    "count_within, his with others": (
        {"count_within": {"of": "incidents", "at_least": 1, "within_days": 30, "about": "suspect_others"}},
        past(10, people=((OTHER, Role.AT_RISK), (HIM, Role.SUSPECT))),
        past(10),
    ),
    "count_within, at her home": (
        {"count_within": {"of": "incidents", "at_least": 1, "within_days": 30, "about": "place"}},
        past(10, people=()),
        past(10, people=(), place=ELSEWHERE),
    ),
    "count_within, targets missed": (
        {"count_within": {"of": "targets_missed", "at_least": 1, "within_days": 30}},
        past(10, target_met="no"),
        past(10, target_met="unknown"),
    ),
    "count_within, calls": (
        {"count_within": {"of": "calls", "at_least": 2, "within_days": 1}},
        several(lambda b: b.call(0), lambda b: b.call(1)),
        several(lambda b: b.call(0), lambda b: b.call(1, direction=Direction.OUT)),
    ),
    "count_within, unanswered": (
        {"count_within": {"of": "unanswered_calls", "at_least": 1, "within_days": 1}},
        lambda b: b.call(0, CallOutcome.NO_ANSWER, Direction.OUT),
        lambda b: b.call(0, CallOutcome.ANSWERED, Direction.OUT),
    ),
    "gaps": (
        {"gaps": {"incidents": 3, "within_days": 4}},
        several(past(33), past(31), past(30)),
        several(past(34), past(31), past(30)),
    ),
    "order, live for risk": (
        {"order": {}},
        lambda b: b.order(),
        lambda b: b.order("nmo", "court", expires=at(-1)),
    ),
    "order, of a type": ({"order": {"types": ["nmo"]}}, lambda b: b.order(), lambda b: b.order("oo")),
    "order, in a state": (
        {"order": {"states": ["LIVE_UNSERVED"]}},
        lambda b: b.order("nmo", "court"),
        lambda b: b.order(),
    ),
    "order, that binds the suspect": (
        {"order": {"respondent_here": True}},
        lambda b: b.order(),
        several(
            lambda b: b.order(),
            lambda b: b.parts.update(parties=[p for p in b.parts["parties"] if p.role is not Role.SUSPECT]),
            lambda b: b.party(OTHER, Role.SUSPECT),
        ),
    ),
    "respondent_meant": (
        {"respondent_meant": {}},
        several(
            lambda b: b.order(),
            lambda b: b.parts.update(parties=[p for p in b.parts["parties"] if p.role is not Role.SUSPECT]),
        ),
        lambda b: b.order(),
    ),
    "suspect_before_meant": (
        {"suspect_before_meant": {"indicators": ["fear"], "within_days": 30}},
        several(
            lambda b: b.parts.update(parties=[p for p in b.parts["parties"] if p.role is not Role.SUSPECT]),
            past(20),
            lambda b: b.told("fear", incident=900, about=OTHER),
        ),
        several(past(20), lambda b: b.told("fear", incident=900, about=OTHER)),
    ),
    "present, about a respondent": (
        {"present": {"indicators": ["fear"], "scope": "history", "by_respondent": True}},
        several(lambda b: b.order(), past(90), lambda b: b.told("fear", incident=901)),
        several(lambda b: b.order(), past(90), lambda b: b.told("fear", incident=901, about=OTHER)),
    ),
    "clock": (
        {"clock": {"of": "waiting", "minutes": 30}},
        lambda b: b.call(0),
        lambda b: b.call(1),
    ),
    "clock, that does not run": (
        {"clock": {"of": "unresourced", "minutes": 0}},
        lambda b: b.respond(ResponseState.UNRESOURCED),
        lambda b: b.respond(ResponseState.ASSIGNED),
    ),
    "place, of the suspect": (
        {"place": {"which": "going_to", "to": ["suspect"]}},
        several(lambda b: b.lives(HIM, HIS_HOME), lambda b: b.move(HIS_HOME, 1, "going_to")),
        several(lambda b: b.lives(HIM, HIS_HOME), lambda b: b.move(ELSEWHERE, 1, "going_to")),
    ),
    "place, where he was before": (
        {"place": {"which": "here", "to": ["suspect"]}},
        past(10),
        past(10, people=((HER, Role.AT_RISK),)),
    ),
    "place, of a relative": (
        {"place": {"which": "going_to", "to": ["relative"]}},
        several(
            lambda b: b.tie(OTHER, Relation.PARENT, HER),
            lambda b: b.lives(OTHER, ELSEWHERE),
            lambda b: b.move(ELSEWHERE, 1, "going_to"),
        ),
        several(
            lambda b: b.tie(OTHER, Relation.NEIGHBOUR, HER),
            lambda b: b.lives(OTHER, ELSEWHERE),
            lambda b: b.move(ELSEWHERE, 1, "going_to"),
        ),
    ),
    "place, with a marker": (
        {"place": {"which": "here", "to": ["marker"]}},
        lambda b: b.marker("place", HOME),
        lambda b: b.marker("place", ELSEWHERE),
    ),
    "place, with history": (
        {"place": {"which": "here", "to": ["history"]}},
        past(10),
        past(10, place=ELSEWHERE),
    ),
    "place, of somebody harmed here": (
        {"place": {"which": "home", "to": ["somebody_harmed"]}},
        lambda b: b.told("violence-now"),
        lambda b: b.told("violence-now", harmed=OTHER),
    ),
    "place, that there is one": (
        {"place": {"which": "going_to"}},
        lambda b: b.move(ELSEWHERE, 1, "going_to"),
        lambda b: b.move(ELSEWHERE, 1),
    ),
    "unknown": (
        {"unknown": {"questions": ["weapon"]}},
        lambda b: b.answer("weapon", Reply.DECLINED),
        lambda b: b.answer("weapon", Reply.NO),
    ),
    "replied": (
        {"replied": {"question": "weapon", "reply": "yes"}},
        lambda b: b.answer("weapon", Reply.YES),
        several(lambda b: b.answer("weapon", Reply.YES), lambda b: b.answer("weapon", Reply.NO)),
    ),
    "call": (
        {"call": {"outcomes": ["silent"], "direction": "in"}},
        lambda b: b.call(0, CallOutcome.SILENT),
        lambda b: b.call(0, CallOutcome.SILENT, incident=901),
    ),
    "response": (
        {"response": {"states": ["unresourced"]}},
        lambda b: b.respond(ResponseState.UNRESOURCED),
        several(lambda b: b.respond(ResponseState.UNRESOURCED), lambda b: b.respond(ResponseState.ASSIGNED)),
    ),
    "response, to the suspect, by nobody": (
        {"response": {"target": "suspect", "states": ["none"]}},
        lambda b: b.respond(ResponseState.ASSIGNED),
        lambda b: b.respond(ResponseState.ASSIGNED, 0, Target.SUSPECT),
    ),
    "marker": (
        {"marker": {"on": ["place"], "told": ["unknown"]}},
        lambda b: b.marker("place", HOME),
        lambda b: b.marker("place", HOME, told="yes"),
    ),
    "marker, by code": (
        {"marker": {"codes": ["firearms"]}},
        lambda b: b.marker("person", HIM, "firearms"),
        lambda b: b.marker("person", HIM),
    ),
    "risk_assessment, without her": (
        {"risk_assessment": {"done": ["without_her"]}},
        lambda b: b.assessed(Assessed.WITHOUT_HER),
        lambda b: b.assessed(Assessed.WITH_HER),
    ),
    "risk_assessment, lowered": (
        {"risk_assessment": {"lowered": True}},
        lambda b: b.assessed(Assessed.WITH_HER, "standard", "medium"),
        lambda b: b.assessed(Assessed.WITH_HER, "high", "medium"),
    ),
    "risk_assessment, hers": (
        {"risk_assessment": {"done": ["not_done"]}},
        lambda b: b.assessed(Assessed.NOT_DONE),
        lambda b: b.assessed(Assessed.NOT_DONE, person=OTHER),
    ),
    "enquiry": (
        {"enquiry": {"states": ["dropped"]}},
        several(past(10), lambda b: b.enquiry("dropped", 900)),
        several(past(10), lambda b: b.enquiry("done", 900)),
    ),
    "after_police_warning": (
        {"after_police_warning": {"contact": ["watching"]}},
        several(lambda b: b.warned(2, 901), lambda b: b.told("watching")),
        several(lambda b: b.told("watching", happened=WHEN_OLD), lambda b: b.warned(2, 901)),
    ),
    "after_police_warning, later than it": (
        {"after_police_warning": {"contact": ["watching"]}},
        several(lambda b: b.warned(2), lambda b: b.told("watching", happened=When(at(-60 * 48 + 1)))),
        several(lambda b: b.warned(2), lambda b: b.told("watching", happened=When(at(-60 * 48)))),
    ),
    "after_police_warning, to him": (
        {"after_police_warning": {"contact": ["watching"]}},
        several(lambda b: b.warned(2), lambda b: b.told("watching")),
        several(lambda b: b.warned(2, person=OTHER), lambda b: b.told("watching")),
    ),
    "count_only": (
        {"count_only": {}},
        several(past(10), lambda b: b.counted(2)),
        several(past(10), lambda b: b.counted(1)),
    ),
    "nameless": (
        {"nameless": {}},
        past(10, people=()),
        past(10, people=((HER, Role.AT_RISK),)),
    ),
    "role, a child of the household": (
        {"role": {"role": "child", "scope": "any"}},
        lambda b: b.tie(CHILD, Relation.CHILD, HER),
        lambda b: b.tie(CHILD, Relation.CHILD, HIM),
    ),
    "suspect_harmed_others": (
        {"suspect_harmed_others": {}},
        past(10, people=((OTHER, Role.AT_RISK), (HIM, Role.SUSPECT))),
        past(10),
    ),
    "type": (
        {"type": {"types": ["domestic-abuse"]}},
        NOTHING,
        lambda b: setattr(b, "type", "theft"),
    ),
    "order_term, told": (
        {"order_term": {"kinds": ["no-contact-direct"], "which": "here"}},
        several(lambda b: b.order(terms=(CONTACT,)), lambda b: b.told("unwanted-contact")),
        several(lambda b: b.order(terms=(CONTACT,)), lambda b: b.told("fear")),
    ),
    "order_term, the place she is going to": (
        {"order_term": {"kinds": ["exclusion-zone"], "which": "going_to", "by": "place"}},
        several(lambda b: b.order(terms=(ZONE,)), lambda b: b.move(ELSEWHERE, kind="going_to")),
        several(lambda b: b.order(terms=(ZONE,)), lambda b: b.move(HIS_HOME, kind="going_to")),
    ),
    "order_term, nothing told yet": (
        {"order_term": {"by": "told"}},
        several(
            lambda b: b.order(terms=(ZONE,)), lambda b: b.move(ELSEWHERE), lambda b: b.told("suspect-present")
        ),
        several(lambda b: b.order(terms=(ZONE,)), lambda b: b.move(ELSEWHERE)),
    ),
    "present, of a weight": (
        {"present": {"weight": "grave", "natural_to": ["domestic-abuse"]}},
        lambda b: b.told("strangulation"),
        several(lambda b: b.told("fear"), lambda b: b.told("robbery")),
    ),
    "present, several": (
        {"present": {"indicators": ["isolation", "jealousy", "fear"], "at_least": 2}},
        several(lambda b: b.told("isolation"), lambda b: b.told("fear")),
        several(lambda b: b.told("isolation"), lambda b: b.told("isolation")),
    ),
    "present, told by a child": (
        {"present": {"indicators": ["fear"], "told_by": ["child"]}},
        several(lambda b: b.party(HER, Role.CHILD), lambda b: b.told("fear")),
        lambda b: b.told("fear", source="third_party"),
    ),
    "present, told by an agency": (
        {"present": {"indicators": ["fear"], "told_by": ["other_agency"]}},
        lambda b: b.told("fear", source="other_agency"),
        lambda b: b.told("fear", source="third_party"),
    ),
    "again": (
        {"again": {"weight": "serious"}},
        several(lambda b: b.told("injury", incident=901), lambda b: b.told("injury")),
        several(lambda b: b.told("injury", incident=901), lambda b: b.told("fear")),
    ),
    "again, of another": (
        {"again": {"indicators": ["injury"]}},
        several(lambda b: b.told("injury", incident=901), lambda b: b.told("injury")),
        several(lambda b: b.told("injury", incident=901, about=OTHER), lambda b: b.told("injury")),
    ),
    "new_in_repeat_call": (
        {"new_in_repeat_call": {"weight": "serious"}},
        several(
            lambda b: b.call(0),
            lambda b: b.told("fear", 1),
            lambda b: b.call(9),
            lambda b: b.told("injury", 9),
        ),
        several(
            lambda b: b.call(0),
            lambda b: b.told("injury", 1),
            lambda b: b.call(9),
            lambda b: b.told("injury", 9),
        ),
    ),
    "not_answered": (
        {"not_answered": {"at_least": 2}},
        several(lambda b: b.answer("alone", Reply.DECLINED), lambda b: b.answer("weapon", Reply.NOT_KNOWN)),
        several(lambda b: b.answer("alone", Reply.DECLINED), lambda b: b.answer("weapon", Reply.NO)),
    ),
    "said_not_logged": (
        {"said_not_logged": {"weight": "grave"}},
        lambda b: b.log("She says that he has a knife on him."),
        several(lambda b: b.log("She says that he has a knife on him."), lambda b: b.told("weapon-seen")),
    ),
    "said_not_logged, a plain no": (
        {"said_not_logged": {"weight": "grave"}},
        lambda b: b.log("A knife in the car, she says."),
        lambda b: b.log("No knife in the car, she says."),
    ),
    "type_misfit": (
        {"type_misfit": {"weight": "serious"}},
        several(lambda b: setattr(b, "type", "theft"), lambda b: b.told("strangulation")),
        several(lambda b: setattr(b, "type", "theft"), lambda b: b.told("theft-report")),
    ),
    "role, so many": (
        {"role": {"role": "at_risk", "at_least": 2}},
        lambda b: b.party(OTHER, Role.AT_RISK),
        lambda b: b.party(OTHER, Role.WITNESS),
    ),
    "nothing_told": (
        {"nothing_told": {}},
        lambda b: setattr(b, "type", TYPE_NOT_KNOWN),
        several(lambda b: setattr(b, "type", TYPE_NOT_KNOWN), lambda b: b.told("fear")),
    ),
    "waits_elsewhere": ({"waits_elsewhere": {}}, beside(HER), beside(OTHER)),
    "nobody_at_risk": (
        {"nobody_at_risk": {}},
        reported_by(HER),
        several(reported_by(OTHER), lambda b: b.told("fear", harmed=HER)),
    ),
    "reporter_at_risk_before": (
        {"reporter_at_risk_before": {}},
        several(reported_by(HER), past(400)),
        several(reported_by(OTHER), past(400)),
    ),
    "reporter_at_risk_before, by an order": (
        {"reporter_at_risk_before": {}},
        several(reported_by(HER), lambda b: b.order()),
        several(reported_by(HIM), lambda b: b.order()),
    ),
    "reporter_at_risk_before, who rang of abuse": (
        {"reporter_at_risk_before": {}},
        several(reported_by(HER), past(3, people=((HER, Role.CALLER),))),
        several(reported_by(HER), past(3, people=((HER, Role.CALLER),), type="theft")),
    ),
    "unnamed": (
        {"unnamed": {"roles": ["at_risk", "suspect"]}},
        nameless_here,
        NOTHING,
    ),
    "rising_severity": (
        {"rising_severity": {"reports": 3}},
        several(
            past(90),
            past(30),
            told_of(900, "jealousy"),
            told_of(901, "fear"),
            lambda b: b.told("strangulation"),
        ),
        several(
            past(90),
            past(30),
            told_of(900, "strangulation"),
            told_of(901, "fear"),
            lambda b: b.told("injury"),
        ),
    ),
    "rising_severity, nothing told in between": (
        {"rising_severity": {"reports": 3}},
        several(
            past(90),
            past(30),
            told_of(900, "degraded"),
            told_of(901, "fear"),
            lambda b: b.told("strangulation"),
        ),
        several(past(90), past(30), told_of(900, "degraded"), lambda b: b.told("strangulation")),
    ),
    "gaps_shortening": (
        {"gaps_shortening": {"reports": 4}},
        several(past(60), past(30), past(10)),
        several(past(60), past(30), past(2), past(1)),
    ),
    "gaps_shortening, a coarse date takes no part": (
        {"gaps_shortening": {"reports": 4}},
        several(past(60), past(30), past(10)),
        several(past(60), past(30), past(10, precision=Precision.MONTH)),
    ),
    "spread": (
        {"spread": {"places": 3}},
        several(past(9, place=ELSEWHERE), past(8, place=HIS_HOME)),
        several(past(9, place=ELSEWHERE), past(8, place=ELSEWHERE)),
    ),
    "repeat_number": (
        {"repeat_number": {"incidents": 1, "within_days": 30}},
        several(past(9), lambda b: b.call(0, incident=900, number=7), lambda b: b.call(0, number=7)),
        several(past(9), lambda b: b.call(0, incident=900, number=8), lambda b: b.call(0, number=7)),
    ),
    "roles_reversed": (
        {"roles_reversed": {}},
        past(9, people=((HER, Role.SUSPECT), (HIM, Role.AT_RISK))),
        past(9, people=((HER, Role.AT_RISK), (HIM, Role.AT_RISK))),
    ),
    "record": (
        {"record": {"kinds": ["caution"]}},
        lambda b: b.on_record("caution"),
        lambda b: b.on_record("caution", person=HER),
    ),
    "risk_assessment, a level": (
        {"risk_assessment": {"levels": ["high"]}},
        lambda b: b.assessed(Assessed.WITH_HER, "high"),
        lambda b: b.assessed(Assessed.WITH_HER, "medium", "high"),
    ),
    "after_police_warning, of a kind": (
        {"after_police_warning": {"contact": ["following"], "kinds": ["told-to-leave"]}},
        several(lambda b: b.warned(2), lambda b: b.told("following")),
        several(lambda b: b.warned(2, kind="caution"), lambda b: b.told("following")),
    ),
    "clock, nobody spoken to": (
        {"clock": {"of": "no_contact", "minutes": 20}},
        several(lambda b: b.call(0), lambda b: b.call(25, CallOutcome.NO_ANSWER, Direction.OUT)),
        several(lambda b: b.call(0), lambda b: b.call(25, direction=Direction.OUT)),
    ),
    "response, at any time": (
        {"response": {"states": ["diverted"], "ever": True}},
        several(lambda b: b.respond(ResponseState.DIVERTED), lambda b: b.respond(ResponseState.ASSIGNED, 5)),
        lambda b: b.respond(ResponseState.ASSIGNED),
    ),
    "qualifier": (
        {"qualifier": {"of": ["Child present"]}},
        lambda b: setattr(b, "qualifiers", ("child present",)),
        lambda b: setattr(b, "qualifiers", ("in progress",)),
    ),
    "owner, nobody": (
        {"owner": {"states": ["none"], "minutes": 30}},
        lambda b: b.parts.update(ownerships=[]),
        NOTHING,
    ),
    "owner, set aside": (
        {"owner": {"states": ["parked"], "minutes": 10}},
        lambda b: b.owned(OwnerAct.PARK, 5),
        several(lambda b: b.owned(OwnerAct.PARK, 5), lambda b: b.owned(OwnerAct.RESUME, 6)),
    ),
    "graded": (
        {"graded": {"bands": ["scheduled", "closed"]}},
        lambda b: b.decide(3),
        several(lambda b: b.decide(3), lambda b: b.decide(1, 5)),
    ),
    "graded, closed": (
        {"graded": {"bands": ["closed"]}},
        lambda b: b.decide(99, act=Act.CLOSE),
        lambda b: b.decide(4),
    ),
    "task": (
        {"task": {"codes": ["obtain-order"], "minutes": 30}},
        lambda b: b.task("obtain-order"),
        lambda b: b.task("obtain-order", done="got it"),
    ),
    "task, past its time": (
        {"task": {"overdue": True}},
        lambda b: b.task("ring", due=10),
        several(lambda b: b.task("ring", due=40), lambda b: b.task("look")),
    ),
    "unconfirmed": (
        {"unconfirmed": {"facts": ["ambulance-attending"], "minutes": 30}},
        NOTHING,
        lambda b: b.confirm("ambulance-attending", "health-staff", "agency-reference"),
    ),
    "whereabouts, not known": (
        {"whereabouts": {"state": "not_known"}},
        lambda b: setattr(b, "place", None),
        NOTHING,
    ),
    "whereabouts, moved": (
        {"whereabouts": {"state": "moved"}},
        lambda b: b.move(ELSEWHERE),
        lambda b: b.move(ELSEWHERE, kind="going_to"),
    ),
    "time_of_day": ({"time_of_day": {"from": "20:00", "to": "21:00"}}, NOTHING, EARLIER),
    "time_of_day, over midnight": ({"time_of_day": {"from": "20:15", "to": "06:00"}}, NOTHING, EARLIER),
}


def found(word: dict[str, Any], make: Make, policy: Policy) -> Match | None:
    b = Build().people()
    make(b)
    condition = Condition.model_validate(word)
    return match(condition, history.read(b.picture(30 + 60 * b.hours), policy))


@pytest.mark.parametrize("name", CASES)
def test_it_holds(name: str, policy: Policy) -> None:
    word, holds, _ = CASES[name]
    met = found(word, holds, policy)
    assert met is not None
    assert met.evidence or name == "place, that there is one", "what it rests on is told"


@pytest.mark.parametrize("name", CASES)
def test_it_nearly_holds(name: str, policy: Policy) -> None:
    word, _, nearly = CASES[name]
    assert found(word, nearly, policy) is None


def test_every_word_of_the_vocabulary_is_tried() -> None:
    words = {"not_" if w == "not" else w for word, _, _ in CASES.values() for w in word}
    assert words == set(Condition.model_fields)


def test_the_days_count_from_the_oldest_that_is_dated(policy: Policy) -> None:
    b = Build().people()
    b.told("fear", incident=901)
    b.told("fear", incident=902, happened=WHEN_OLD)
    b.told("fear", incident=903, happened=When(at(-60 * 24 * 300), Precision.YEAR))
    condition = Condition.model_validate({"present": {"indicators": ["fear"], "scope": "history"}})
    met = match(condition, history.read(b.picture(), policy))
    assert met is not None
    assert met.values["days"] == "10"


def test_a_disputed_disclosure_counts_and_says_that_it_is_disputed(policy: Policy) -> None:
    b = Build().people()
    told = b.told("injury")
    b.parts["disclosures"] = [replace(told, disputed=True)]
    condition = Condition.model_validate({"present": {"indicators": ["injury"]}})
    met = match(condition, history.read(b.picture(), policy))
    assert met is not None
    assert "(disputed)" in met.evidence[0].line


def test_what_is_held_behind_a_count_is_counted_by_its_subject() -> None:
    b = Build().people()
    b.past(901, 3)
    b.past(902, 4, place=ELSEWHERE)
    b.call(0, incident=902, number=7)
    picture = b.picture()
    assert [
        opened_of(b.counted(16, s, i), picture) for s, i in (("place", HOME), ("person", HER), ("number", 7))
    ] == [
        1,
        2,
        1,
    ]


@pytest.mark.parametrize(("about", "fits"), [(HIM, "Domestic abuse"), (OTHER, "Violence")])
def test_a_type_that_fits_is_domestic_only_where_it_is_about_a_partner(
    about: int, fits: str, policy: Policy
) -> None:
    b = Build(type="asb").people()
    b.told("fear-for-life", about=about)
    condition = Condition.model_validate({"type_misfit": {}})
    met = match(condition, history.read(b.picture(), policy))
    assert met is not None
    assert met.values["fits"] == fits


def test_a_report_that_came_after_this_one_stands_after_it(policy: Policy) -> None:
    """Two live incidents of one woman: read in the older one, the younger is no negative gap before it."""
    build = Build().people()
    several(past(40), past(2), past(-3))(build)
    seen = history.read(build.picture(minutes=4 * 24 * 60), policy)
    assert [i.opened.at for i in _reports(seen, 90)] == sorted(i.opened.at for i in _reports(seen, 90))
    assert gaps_shortening(GapsShortening(reports=4, within_days=90), seen) is None
