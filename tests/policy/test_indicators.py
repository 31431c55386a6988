"""The vocabulary of disclosures: nothing that was ever an id is gone, and each says what it is, why, and in which words."""

import re

import pytest

from callhandler.policy.entries import Indicator
from tests.shipped import shipped

SHIPPED = shipped("national").indicators

FIRST = [
    "violence-now",
    "violence-before",
    "injury",
    "strangulation",
    "sexual-violence",
    "child-harmed",
    "harm-to-protector",
    "harm-to-others",
    "third-party-injury-seen",
    "threat-to-kill",
    "threat-of-harm",
    "threat-to-return",
    "threat-by-gesture",
    "honour-threat",
    "relatives-threat",
    "forced-marriage",
    "weapon-seen",
    "weapon-feared",
    "weapon-at-hand",
    "firearm-access",
    "suspect-present",
    "attempted-entry",
    "forced-entry",
    "stones-thrown",
    "damage",
    "keys-held",
    "following",
    "watching",
    "found-her",
    "unwanted-contact",
    "place-known",
    "going-elsewhere",
    "place-of-safety-claimed",
    "control-of-money",
    "control-of-movement",
    "documents-taken",
    "phone-taken",
    "isolation",
    "jealousy",
    "separation",
    "order-obtained",
    "fear",
    "suspect-suicide-threat",
    "suspect-self-harm",
    "suspect-drunk",
    "drugs",
    "own-suicide-threat",
    "pregnancy",
    "child-present",
    "child-whereabouts-unknown",
    "child-used",
    "cancel-request",
    "retraction",
    "will-wait",
    "denial-by-other",
    "other-answered",
    "mutual-allegation",
    "screaming-heard",
    "distress-heard",
    "noise-complaint",
    "missing-person",
    "medical-emergency",
    "theft-report",
    "lost-property",
    "general-enquiry",
]
"""The ids of the first policy that was in use: old records name them."""

AREAS = {
    "violence": "violence-now violence-before escalation injury head-injury child-harmed harm-to-others fire-or-acid",
    "threats": "threat-to-kill threat-to-return threat-by-gesture threat-of-harm threat-both-die fear-for-life",
    "strangulation": "strangulation",
    "weapons": "weapon-seen weapon-feared weapon-at-hand firearm-access explosive",
    "sexual violence": "sexual-violence indecent-act intimate-images",
    "stalking": "stalking watching following tracking unwanted-contact contact-through-others found-her online-abuse",
    "entry": "forced-entry attempted-entry keys-held shared-home home-not-secure place-known comes-for-things",
    "separation": "separation leaving-planned order-obtained family-court new-partner",
    "control": "control-of-money documents-taken phone-taken control-of-movement held-against-will rules-of-daily-life",
    "isolation": "isolation immigration-used care-withheld",
    "fear": "fear fear-for-life",
    "pregnancy and children": "pregnancy child-present child-used child-left child-calls stepchild",
    "suicide and self-harm": "suspect-suicide-threat suspect-self-harm own-suicide-threat own-self-harm suicide-begun",
    "drink and drugs": "suspect-drunk drugs caller-drink-or-drugs",
    "jealousy": "jealousy",
    "honour": "honour-threat forced-marriage relatives-threat taken-abroad disclosure-discovered",
    "those who protect or report": "harm-to-protector threat-to-reporter",
    "counter-allegation": "mutual-allegation suspect-rings-first",
    "another answers": "other-answered denial-by-other explained-away kept-from-police",
    "duress": "cannot-speak-freely covert-call told-to-cancel",
    "taking back": "cancel-request retraction declines-to-say will-wait",
    "the line": "distress-heard screaming-heard line-cut silent-call pressed-55 call-back-unanswered",
    "hate": "hate-race hate-religion hate-disability hate-sexual-orientation hate-transgender hate-perceived-vulnerability",
    "nuisance": "noise-complaint sounds-of-harm repeat-targeting cuckooing exploitation modern-slavery fgm",
    "missing": "missing-person missing-child missing-at-risk found-confused concern-for-welfare absconded-patient",
    "mental distress": "acute-mental-distress suspect-mental-state vulnerable-person",
    "medical": "medical-emergency overdose death-found ambulance-delayed",
    "who reports": "third-party-report professional-report child-calls",
    "location": "location-unconfirmed location-moved location-misheard",
    "the log": "adverse-note log-unowned log-diverted log-parked closing-without-contact not-in-log caller-not-told",
    "everyday": "fire-or-gas animal-harm road-collision collision-danger impaired-driving burglary-now robbery fight"
    " suspicious-person offender-held theft-now alarm-sounding bogus-caller danger-on-road",
}


def test_the_ids_of_the_first_policy_are_all_there() -> None:
    assert len(FIRST) == 65
    assert not set(FIRST) - set(SHIPPED)


def test_there_are_enough_and_not_of_domestic_abuse_alone() -> None:
    assert len(SHIPPED) >= 100


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_its_indicators(area: str) -> None:
    assert not set(AREAS[area].split()) - set(SHIPPED)


@pytest.mark.parametrize("entry", SHIPPED.values(), ids=lambda e: e.id)
def test_an_indicator_says_what_it_is_where_it_comes_from_and_how_it_is_said(entry: Indicator) -> None:
    assert len(entry.definition) >= 25 and entry.definition.endswith(".")
    assert len(entry.name) <= 50, "a name is read on a chip"
    assert re.search(r"\d", entry.reference), "a reference names a paragraph, a row or a section"
    assert len(entry.words) >= 4
    assert len({w.casefold() for w in entry.words}) == len(entry.words)


def test_no_two_indicators_have_one_name() -> None:
    assert len({e.name.casefold() for e in SHIPPED.values()}) == len(SHIPPED)
