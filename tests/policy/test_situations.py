"""The shipped situations: enough of them, half quiet, each rule tried from both sides, and all as expected."""

from pathlib import Path

import pytest

from callhandler.model.assessment import Tier
from callhandler.policy.loader import load, scheme_names
from callhandler.services.situations import Outcome, coverage, folder_of, run_all, without_twin
from callhandler.settings import Settings

FOLDER = Settings(database="").policy_folder
SHIPPED = load(FOLDER, "national")
OUTCOMES = run_all(folder_of(FOLDER), SHIPPED)
ORDINARY = [o for o in OUTCOMES if o.case.situation.ordinary]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda o: o.case.situation.id)
def test_it_comes_out_as_expected(outcome: Outcome) -> None:
    assert outcome.reasons == (), outcome.case.where


@pytest.mark.parametrize("scheme", [s for s in scheme_names(FOLDER) if s != "national"])
def test_they_hold_in_every_other_scheme_too(scheme: str) -> None:
    failed = {
        o.case.situation.id: o.reasons
        for o in run_all(folder_of(FOLDER), load(FOLDER, scheme))
        if not o.holds
    }
    assert failed == {}


def test_there_are_enough_and_half_of_them_are_ordinary() -> None:
    assert len(OUTCOMES) >= 200
    assert len(ORDINARY) >= len(OUTCOMES) / 2
    near = [o for o in ORDINARY if o.case.situation.near]
    assert len(near) >= len(ORDINARY) / 3


def test_an_ordinary_call_raises_no_critical_warning_and_allows_a_low_grade() -> None:
    for outcome in ORDINARY:
        assert outcome.standing(Tier.CRITICAL) == (), outcome.case.where
        scheduled = min(g.rank for g in SHIPPED.scheme.grades if g.band == "scheduled")
        assert outcome.assessment.floor_rank >= scheduled, outcome.case.where


def test_each_near_miss_has_a_twin() -> None:
    assert [c.situation.id for c in without_twin(OUTCOMES)] == []


def test_each_warning_is_raised_by_a_situation_and_nearly_by_another() -> None:
    tried = coverage(OUTCOMES)
    standing = {w.code for o in OUTCOMES for w in o.assessment.standing}
    assert set(SHIPPED.warnings) - standing == set(), "no situation raises it"
    assert {c for c in SHIPPED.warnings if not tried.get(c, (0, 0))[1]} == set(), "nothing nearly raises it"


def test_a_situation_says_where_it_comes_from_and_names_nobody() -> None:
    for outcome in OUTCOMES:
        assert any(c.isdigit() for c in outcome.case.situation.reference), outcome.case.where
    for path in Path(folder_of(FOLDER)).glob("*.yaml"):
        assert "07700" not in path.read_text(encoding="utf-8"), path.name
