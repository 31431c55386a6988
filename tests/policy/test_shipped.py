"""The shipped policy: both schemes load, it is enough for the night, and every rule says what a handler needs of it."""

import re
from itertools import pairwise
from typing import get_args

import pytest

from callhandler.errors import BadInputs
from callhandler.model.assessment import Tier
from callhandler.model.facts import Reply
from callhandler.policy.entries import Part, WarningRule
from callhandler.policy.loader import load, scheme_names
from callhandler.policy.pack import Pack, policy_of
from callhandler.settings import Settings

FOLDER = Settings(database="").policy_folder
SHIPPED = load(FOLDER, "national")
SCHEMES = scheme_names(FOLDER)


def test_both_schemes_are_there() -> None:
    assert SCHEMES == ("national", "west-midlands")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_loads_with_enough_of_everything(scheme: str) -> None:
    policy = load(FOLDER, scheme)
    assert len(policy.warnings) >= 15
    assert len(policy.questions) >= 20
    assert {"nmo", "oo", "dvpn", "dapo", "spo"} <= set(policy.orders)
    assert policy.scheme.grades[0].target_minutes == 15


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_policy_is_the_same_when_read_back_from_its_own_bytes(scheme: str) -> None:
    policy = load(FOLDER, scheme)
    kept = policy_of(Pack.from_canonical(policy.pack.canonical()))
    assert kept.digest == policy.digest
    assert kept.pack == policy.pack


def test_two_schemes_are_two_policies() -> None:
    assert len({load(FOLDER, scheme).digest for scheme in SCHEMES}) == len(SCHEMES)


def test_a_scheme_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInputs, match=r"nowhere\.yaml: this file is missing"):
        load(FOLDER, "nowhere")


@pytest.mark.parametrize("code", SHIPPED.warnings)
def test_every_warning_says_what_to_do_what_ends_it_and_what_does_not(code: str) -> None:
    rule = SHIPPED.warnings[code]
    assert rule.do
    assert all(len(step) <= 90 for step in rule.do), "a step is read during a call"
    assert len(rule.do) <= 4
    ways = (rule.settles, rule.settled_by_follow_up, rule.settled_by_response, rule.settled_by_reply)
    assert any(ways) or rule.settled_by_change
    assert rule.not_settled_by, "the false comforts are shown beside it"
    assert re.search(r"\d", rule.reference), "a reference names a paragraph, a row or a section"


@pytest.mark.parametrize("code", [c for c, w in SHIPPED.warnings.items() if w.tier is Tier.CRITICAL])
def test_a_critical_warning_holds_the_grade(code: str) -> None:
    assert SHIPPED.warnings[code].floor == "immediate"


@pytest.mark.parametrize("code", [c for c, w in SHIPPED.warnings.items() if w.floor])
def test_a_floor_ends_only_by_what_somebody_there_confirms(code: str) -> None:
    """No floor ends by an answer in the call, and none by the word of the suspect, his family or nobody."""
    rule: WarningRule = SHIPPED.warnings[code]
    assert not rule.settled_by_reply
    never = {"suspect", "suspect-family", "unknown", "nobody", "caller-overheard"}
    unsure = {"overheard", "not-checked", "not-seen", "not-asked", "not-repeated", "no-answer", "no-trace"}
    for settle in rule.settles:
        assert not never & set(settle.said_by)
        assert not unsure & set(settle.confirmed_by)


def test_every_question_says_why_and_is_asked_in_a_place_of_its_own() -> None:
    orders = [q.order for q in SHIPPED.pack.questions]
    assert len(set(orders)) == len(orders)
    for question in SHIPPED.pack.questions:
        assert question.ask.endswith("?")
        assert question.when is not None, f"{question.id} would be asked in every call"


def test_there_are_questions_of_every_part_and_far_more_than_are_up_at_once() -> None:
    assert len(SHIPPED.questions) >= 100
    assert {q.part for q in SHIPPED.pack.questions} == set(get_args(Part))


KINDS = {
    "domestic abuse": "hurt-before",
    "stalking": "stalk-how-often",
    "missing": "missing-last-seen",
    "crisis": "crisis-happening",
    "right care, life": "rcrp-life",
    "right care, serious harm": "rcrp-serious-harm",
    "right care, crime": "rcrp-crime",
    "medical": "awake-breathing",
    "hate": "hate-why",
    "nuisance": "asb-effect",
    "noise": "noise-who",
    "silent": "silent-help",
    "covert": "covert-order",
    "no reply": "back-no-reply",
    "burglary": "burglary-inside",
    "robbery": "robbery-taken",
    "fight": "fight-parted",
    "weapon": "weapon-what",
    "collision": "road-blocked",
    "drink driving": "driving-now",
    "alarm": "alarm-witness",
    "shop": "shop-held",
    "neighbours": "neighbour-quarrel",
    "cuckooing": "cuckoo-resident",
    "slavery": "slavery-control",
    "cutting": "fgm-girl",
    "honour": "honour-alone",
    "children": "child-used-crime",
    "both accuse": "both-who-afraid",
    "withdrawal": "cancel-what-changed",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_call_has_its_questions(kind: str) -> None:
    assert KINDS[kind] in SHIPPED.questions


@pytest.mark.parametrize("question", SHIPPED.questions)
def test_a_question_is_short_and_so_are_its_wordings(question: str) -> None:
    own = SHIPPED.questions[question]
    assert len(own.ask) <= 80
    assert len(own.why) <= 130
    for wording in own.asks.values():
        assert wording.endswith("?")
        assert len(wording.split()) <= 11, "she may be able to hear it only once"
    first = own.asks.get("yes-no", "Is").split()[0]
    assert first not in {"What", "Why", "How", "When", "Which", "Who", "Where"}, "yes or no must answer it"


@pytest.mark.parametrize("question", [q for q, own in SHIPPED.questions.items() if own.tells])
def test_a_reply_that_tells_something_is_yes_or_no(question: str) -> None:
    assert set(SHIPPED.questions[question].tells) <= {Reply.YES, Reply.NO}, "not known tells nothing"


def test_each_manner_says_how_to_speak_and_has_a_key_of_its_own() -> None:
    manners = SHIPPED.pack.manners
    assert {"yes-no", "taps", "interpreter", "child", "simple"} <= set(SHIPPED.manners)
    assert len({m.key for m in manners}) == len(manners)
    for manner in manners:
        assert all(len(line) <= 90 for line in manner.speak)
        assert re.search(r"\d", manner.reference)
        fit = [q for q in SHIPPED.pack.questions if q.in_manner(manner)]
        assert len(fit) >= 50, "enough can be asked in every manner"


def test_no_fault_of_units_is_an_accepted_ground() -> None:
    refused = {g.id for g in SHIPPED.gates.grounds if not g.accepted}
    assert {
        "no-units",
        "caller-will-wait",
        "order-not-held",
        "he-has-left",
        "likely-place-of-safety",
    } <= refused
    for group in (SHIPPED.gates.grounds, SHIPPED.gates.said_by, SHIPPED.gates.how_checked):
        assert all(c.accepted or c.why_not for c in group), "what is not accepted says why"


def test_every_order_type_says_what_power_there_is_and_whether_a_copy_is_needed() -> None:
    for order in SHIPPED.pack.orders:
        for power in order.powers:
            assert power.power
            assert power.copy_needed
        spans = sorted((p.valid_from, p.valid_to) for p in order.powers)
        for (_, until), (start, _) in pairwise(spans):
            assert until is not None
            assert until < start, "two powers for one day"


def test_no_telephone_number_is_in_the_policy() -> None:
    for path in FOLDER.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b07\d{3} ?\d{6}\b|\+44 ?\d{10}", text), path.name
