"""Ordinary calls stay quiet: the shipped policy over made-up calls, and the endangered are not the price of it."""

import pytest

from callhandler.intake.population import read_population
from callhandler.policy.pack import Policy
from callhandler.services.backtest import MadeUpCalls, backtest
from callhandler.services.tally import Tally
from callhandler.settings import resources
from tests.shipped import shipped

POPULATION = read_population(resources() / "population")
SHIPPED = shipped("national")
CALLS = 3000


@pytest.fixture(scope="module")
def tally() -> Tally:
    return backtest(MadeUpCalls(POPULATION, 1, CALLS), [SHIPPED], 1).tallies[0]


def share(tally: Tally, what: str, truth: str) -> float:
    return tally.of(what, truth=truth) / tally.of("calls", truth=truth)  # type: ignore[arg-type]


def test_every_indicator_that_is_told_exists() -> None:
    assert POPULATION.indicators() <= set(SHIPPED.indicators)
    assert {kind.type for kind in POPULATION.kinds} <= set(SHIPPED.types)


def test_at_most_one_in_twenty_ordinary_calls_sees_a_critical_warning(tally: Tally) -> None:
    """Practice brief 8, the derived budget."""
    assert share(tally, "critical", "ordinary") <= 0.05


def test_most_ordinary_calls_see_no_more_than_notes(tally: Tally) -> None:
    assert share(tally, "weighty", "ordinary") <= 0.4


def test_the_endangered_are_seen(tally: Tally) -> None:
    assert share(tally, "critical", "danger") >= 0.6
    assert share(tally, "weighty", "danger") >= 0.85


def test_taking_every_near_miss_at_its_word_still_keeps_the_budget() -> None:
    """The worst that offering indicators by words could do: each near miss is taken down as told."""
    figures = POPULATION.figures
    every = figures.near_miss_taken.model_copy(update={"value": 1.0})
    worst = POPULATION.model_copy(update={"figures": figures.model_copy(update={"near_miss_taken": every})})
    found = backtest(MadeUpCalls(worst, 1, CALLS), [SHIPPED], 1).tallies[0]
    assert share(found, "critical", "ordinary") <= 0.05


def test_the_policy_of_these_tests_is_the_shipped_one(policy: Policy) -> None:
    assert policy.digest == SHIPPED.digest
