"""What the rules cover: every row of the review map, every group of the issue, every section of the thresholds brief.

Each list names rules; a rule that is renamed or taken out fails here, and so does a row for which nothing serves.
"""

import re

import pytest

from callhandler.intake.situation import Given
from callhandler.intake.situation_picture import picture_of
from callhandler.model.assessment import Tier
from callhandler.rules.assess import assess
from tests.shipped import shipped

SHIPPED = shipped("national")

REVIEW_MAP = {
    "A1": ["count-only-history", "many-reports-from-number", "incidents-frequent"],
    "A2": ["incidents-frequent", "again-within-two-days", "told-again"],
    "A3": ["nameless-history", "names-wanted", "type-does-not-fit", "crime-that-may-be-his"],
    "A4": ["suspect-harmed-others", "known-for-violence", "place-is-his"],
    "A5": ["marker-not-told", "known-for-violence"],
    "A6": ["threat-to-kill-open", "denial-is-not-safety", "control-told-before", "said-and-not-recorded"],
    "A7": ["risk-level-lowered", "enquiries-left", "grave-level-before", "closed-without-contact"],
    "A8": ["incidents-frequent", "incidents-clustered", "severity-rising", "gaps-shortening"],
    "A9": ["returned-after-warning", "conditions-broken", "through-others", "again-within-two-days"],
    "A10": ["cancel-not-consent", "covert-call-now", "closed-without-contact"],
    "A11": ["assessed-without-her", "questions-without-answer", "does-not-want-to-say"],
    "A12": [
        "call-back-unanswered",
        "third-party-not-seen",
        "caller-may-be-at-risk",
        "told-by-professional-or-third",
        "called-back-in-vain",
    ],
    "A13": ["nobody-has-it", "tasks-past-their-time", "closed-without-contact"],
    "A14": ["order-breach-now", "order-copy-wanted", "order-task-waits"],
    "A15": ["order-breach-now", "order-not-known-to-him", "order-place-in-play"],
    "A16": ["waiting-repeat-calls", "no-word-since", "follows-her-places"],
    "A17": ["move-unacknowledged", "place-changed", "place-not-known"],
    "A18": ["weapon-feared", "drink-or-drugs", "new-since-last-call"],
    "A19": ["place-he-may-know", "place-unchecked", "harm-to-protector", "going-to-a-place-with-history"],
    "A20": ["unresourced", "graded-below-what-is-told"],
    "A21": ["unresourced", "place-unchecked"],
    "A22": ["tasks-past-their-time", "place-changed", "move-unacknowledged"],
    "A23": [
        "keys-and-access",
        "weapon-feared",
        "child-whereabouts",
        "he-can-find-her",
        "shares-or-cannot-lock",
    ],
    "A24": ["control-told", "control-of-several-kinds", "said-and-not-recorded"],
    # A25, signposting by where the caller lives, is a look-up and no warning.
    "A26": ["enquiries-left", "count-only-history", "again-within-two-days"],
    "A27": ["noise-with-history", "sounds-of-harm", "nuisance-at-place", "type-does-not-fit"],
    "A28": ["honour-or-relatives", "honour-danger-now", "family-reports-missing", "several-at-risk"],
    "A29": ["separation-recent", "order-raises-risk", "leaving-and-control"],
    "A30": ["suicide-threat-suspect", "abused-and-despairing"],
    "A31": ["suspect-not-looked-for", "assault-suspect-free"],
    "A32": ["earlier-targets-missed", "waited-before", "cancel-not-consent"],
    "A33": [
        "target-overdue",
        "unit-diverted",
        "no-reply-is-no-result",
        "nobody-has-it",
        "parked-with-danger",
    ],
}
NO_WARNING_SERVES = {"A25"}

GROUPS = {
    "violence": ["assault-suspect-free", "violence-told", "told-again", "violent-crime-now"],
    "threats": ["threat-now", "threat-to-kill-open"],
    "strangulation": ["strangulation-told", "grave-harm-before"],
    "weapons": ["weapon-feared", "gun-within-reach", "explosive-told"],
    "sexual": ["sexual-harm-told", "sexual-harm-told-before"],
    "stalking, tracking, third-party contact": [
        "contact-repeated",
        "two-ways-of-contact",
        "he-can-find-her",
        "through-others",
    ],
    "entry and keys": ["entry-attempt-now", "keys-and-access", "shares-or-cannot-lock"],
    "separation": ["separation-recent", "leaving-and-control", "ex-collects-things"],
    "control and isolation": ["control-told", "control-told-before", "control-of-several-kinds", "held-now"],
    "fear": ["threat-now", "suspect-near"],
    "pregnancy and children": [
        "pregnancy-harm",
        "child-unaccounted",
        "child-whereabouts",
        "child-saw-or-heard",
        "child-tells",
    ],
    "suicide of any party": ["own-life-at-risk", "suicide-threat-suspect", "abused-and-despairing"],
    "drink and drugs": ["drink-or-drugs", "note-against-caller", "impaired-driving"],
    "jealousy": ["jealousy-told", "new-partner-or-stepchild"],
    "honour, forced marriage, FGM": [
        "honour-or-relatives",
        "honour-danger-now",
        "fgm-told",
        "family-reports-missing",
    ],
    "harm to protectors": ["harm-to-protector", "harmed-protector-before", "witness-threatened"],
    "counter-allegation": ["two-accounts", "roles-turned-round", "accused-rings-first"],
    "another answering": ["denial-is-not-safety", "cut-off-no-answer"],
    "duress and covert": ["covert-call-now", "denial-is-not-safety"],
    "cancelling and retracting": ["cancel-not-consent", "does-not-want-to-say"],
    "distress, line cut, silent, abandoned, 55": [
        "distress-on-line",
        "silent-marked-number",
        "silent-with-history",
        "silent-not-cleared",
        "cut-off-no-answer",
        "covert-call-now",
    ],
    "hate by ground": ["hate-told", "hate-repeated"],
    "nuisance that hides": ["noise-with-history", "sounds-of-harm", "nuisance-at-place"],
    "repeated targeting": ["targeted-again", "hate-repeated"],
    "cuckooing": ["home-taken-over"],
    "slavery": ["exploited", "child-not-cared-for"],
    "missing": ["missing-in-danger", "missing-with-history", "missing-again", "not-asked-why-missing"],
    "mental distress": ["distress-of-mind", "patient-gone", "state-of-mind"],
    "medical": ["life-now-medical", "ambulance-not-confirmed", "death-and-history"],
    "third-party, professional and child reports": [
        "told-by-professional-or-third",
        "third-party-not-seen",
        "child-tells",
    ],
    "location unconfirmed, moved, misheard": ["place-not-known", "place-changed", "move-unacknowledged"],
    "adverse note about the caller": ["note-against-caller"],
    "log unowned, diverted, parked": ["nobody-has-it", "unit-diverted", "parked-with-danger"],
    "closing without contact": ["closed-without-contact"],
    "a fact said and not in the log": ["said-and-not-recorded"],
}

THRESHOLDS = {
    0: ["violent-crime-now", "explosive-told", "somebody-held-for-police", "road-danger"],
    1: ["missing-in-danger", "missing-again", "not-asked-why-missing", "patient-gone"],
    2: ["own-life-at-risk", "distress-of-mind", "ambulance-not-confirmed"],
    3: ["life-now-medical", "ambulance-not-confirmed", "death-and-history"],
    4: ["hate-told", "hate-repeated", "targeted-again", "nuisance-at-place"],
    5: ["noise-with-history", "sounds-of-harm", "home-taken-over"],
    6: ["silent-marked-number", "silent-with-history", "silent-not-cleared", "cut-off-no-answer"],
    7: ["covert-call-now", "child-tells", "words-of-another"],
    8: ["impaired-driving", "ex-collects-things", "bogus-and-frail", "violent-crime-now"],
    9: ["honour-danger-now", "fgm-told", "exploited", "child-not-cared-for"],
    10: ["roles-turned-round", "accused-rings-first", "no-reply-is-no-result", "note-against-caller"],
    11: ["place-not-known", "place-changed", "told-by-professional-or-third"],
    12: ["unit-diverted", "nobody-has-it", "parked-with-danger", "many-reports-from-number"],
}


def test_there_are_rules_enough() -> None:
    assert len(SHIPPED.warnings) >= 90


@pytest.mark.parametrize("row", [f"A{n}" for n in range(1, 34)])
def test_every_row_of_the_review_map_has_its_rules(row: str) -> None:
    if row in NO_WARNING_SERVES:
        assert row not in REVIEW_MAP
        return
    missing = [code for code in REVIEW_MAP[row] if code not in SHIPPED.warnings]
    assert not missing


@pytest.mark.parametrize("row", REVIEW_MAP)
def test_a_rule_of_a_row_says_so_in_its_reference(row: str) -> None:
    said = [c for c in REVIEW_MAP[row] if re.search(rf"\b{row}\b", SHIPPED.warnings[c].reference)]
    assert said, f"no rule names {row}"


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_its_rules(group: str) -> None:
    assert GROUPS[group]
    assert [code for code in GROUPS[group] if code not in SHIPPED.warnings] == []


@pytest.mark.parametrize("section", range(13))
def test_every_section_of_the_thresholds_has_its_rules(section: int) -> None:
    assert [code for code in THRESHOLDS[section] if code not in SHIPPED.warnings] == []


def test_most_rules_are_derived_and_do_not_restate_one_thing_told() -> None:
    """A rule restates when one indicator, told in an otherwise empty call that has no type, raises it by itself."""
    restating = set()
    for indicator in SHIPPED.indicators:
        given = Given.model_validate({"told": [{"tells": indicator, "words": "so"}], "owner": "held"})
        restating |= {w.code for w in assess(picture_of(given, SHIPPED), SHIPPED).warnings}
    derived = set(SHIPPED.warnings) - restating
    assert len(derived) > len(SHIPPED.warnings) / 2, f"{len(derived)} of {len(SHIPPED.warnings)}"


def test_few_rules_interrupt() -> None:
    critical = [w for w in SHIPPED.pack.warnings if w.tier is Tier.CRITICAL]
    assert len(critical) <= 20
