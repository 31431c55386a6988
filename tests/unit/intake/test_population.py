"""Made-up calls: read strictly, always the same for a seed, in any part, and true to their figures."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.intake.made_up import Block, MadeUp, blocks, calls_of
from callhandler.intake.population import Population, read_population
from callhandler.model.people import Role
from callhandler.settings import resources

SHIPPED = resources() / "population"
POPULATION = read_population(SHIPPED)


def made(calls: int, seed: int = 1, size: int = 250) -> list[MadeUp]:
    return [
        call for block in blocks(POPULATION, seed, calls, size) for call in calls_of(POPULATION, seed, block)
    ]


MANY = made(6000)


def test_exactly_as_many_calls_are_made_as_were_asked_for() -> None:
    assert [len(made(n)) for n in (1, 7, 251)] == [1, 7, 251]


def test_a_seed_makes_the_same_calls_whatever_the_size_of_the_blocks() -> None:
    assert made(300) == made(300, size=11)
    assert made(300) != made(300, seed=2)


def test_a_block_is_made_without_those_before_it() -> None:
    first, second = islice(blocks(POPULATION, 1, 600), 2)
    whole = made(600)
    assert list(calls_of(POPULATION, 1, second)) == whole[first.calls : first.calls + second.calls]
    assert (
        list(calls_of(POPULATION, 1, Block(second.first, second.households, 3))) == whole[first.calls :][:3]
    )


def test_kinds_come_as_often_as_their_weights_say() -> None:
    """Those who ring again must not tilt the mix: each kind's share is that of its weight, give or take a fifth."""
    whole = sum(kind.weight for kind in POPULATION.kinds)
    counted = Counter(call.kind for call in MANY)
    for kind in POPULATION.kinds:
        expected = len(MANY) * kind.weight / whole
        if expected > 200:
            assert counted[kind.id] == pytest.approx(expected, rel=0.2), kind.id


def test_a_call_sees_the_history_before_it_and_nothing_after_it() -> None:
    with_history = [call for call in MANY if call.looks[0].linked]
    assert 0.2 < len(with_history) / len(MANY) < 0.6
    for call in with_history:
        for picture in call.looks:
            assert picture.incident is not None
            assert all(i.opened.at <= picture.as_of for i in picture.linked)
            assert all(c.at <= picture.as_of for c in picture.calls)
            known = {p.id for p in picture.people}
            assert {p.person_id for p in picture.parties} <= known


def test_what_is_told_in_this_call_is_never_followed_up_yet() -> None:
    here = [d for c in MANY for d in c.looks[0].disclosures if d.incident_id == c.looks[0].here]
    before = [d for c in MANY for d in c.looks[0].disclosures if d.incident_id != c.looks[0].here]
    assert here
    assert all(d.open for d in here)
    assert 0.4 < sum(d.open for d in before) / len(before) < 0.6


def test_near_misses_are_taken_down_in_ordinary_calls_too() -> None:
    """A population in which only the endangered say grave words would flatter every policy."""
    grave = {"weapon-at-hand", "weapon-seen", "threat-to-kill", "attempted-entry", "screaming-heard"}
    ordinary = [c for c in MANY if not c.danger and grave & {d.indicator for d in c.looks[0].disclosures}]
    assert len(ordinary) > 20


def test_a_second_look_comes_later_and_only_where_somebody_is_sent() -> None:
    for call in MANY:
        assert (len(call.looks) == 1) == (call.band == "resolve")
        assert all(a.as_of < b.as_of for a, b in zip(call.looks, call.looks[1:], strict=False))


def test_a_reporter_is_not_taken_for_the_one_at_risk() -> None:
    reported = [c for c in MANY if c.kind == "noise"]
    assert reported
    assert all(not c.looks[0].with_role(Role.AT_RISK) for c in reported)


def test_every_figure_says_where_it_comes_from_and_whether_it_was_read() -> None:
    for name in type(POPULATION.figures).model_fields:
        figure = getattr(POPULATION.figures, name)
        assert figure.verified != figure.source.startswith(("Assumed", "Reckoned")), name
    for kind in POPULATION.kinds:
        assert kind.verified != kind.reference.startswith("Assumed"), kind.id


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("    hours: evening", "    hours: dusk", r"kinds\.yaml:\d+: there are no hours dusk"),
        ("share: 0.3\n", "share: 0.2\n", r"kinds\.yaml:\d+: .*do not add up to 1"),
        ("grading: urgent", "grading: swift", r"there is no grading swift"),
        ("id: violence\n", "id: domestic\n", r"the kind domestic is written twice"),
        ("chance: 0.95", "chance: 9", r"kinds\.yaml:\d+: .*less than or equal to 1"),
        ("value: 0.24", "value: 24", r"figures\.yaml:\d+: .*domestic_again is a chance"),
        ("value: 12\n", "value: 0.5\n", r"premises_calls is a mean"),
        ("span_days: 730", "spam_days: 730", r"figures\.yaml:\d+: .*spam_days"),
    ],
)
def test_a_fault_is_named_at_file_and_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    changed = False
    for name in ("figures.yaml", "kinds.yaml"):
        text = (SHIPPED / name).read_text(encoding="utf-8")
        changed = changed or old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert changed
    with pytest.raises(BadInputs, match=complaint):
        read_population(tmp_path)


def test_both_files_are_complained_of_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInputs) as caught:
        read_population(tmp_path)
    assert [f.where for f in caught.value.faults] == ["figures.yaml", "kinds.yaml"]


def test_a_population_is_a_value() -> None:
    assert isinstance(POPULATION, Population)
    assert read_population(SHIPPED) == POPULATION


def test_an_incident_is_its_takers_and_some_callers_are_told_of_the_wait() -> None:
    waited = [c.looks[1] for c in MANY if len(c.looks) > 1]
    assert all(p.owner is not None and p.owner.incident_id == p.here for p in waited)
    told = sum(bool(p.confirmations) for p in waited) / len(waited)
    assert 0.4 < told < 0.6
    assert not any(c.looks[0].confirmations for c in MANY)
