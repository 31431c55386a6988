"""Every trigger refuses its attack, and where it is dropped the very same attack succeeds: none is idle, none may go."""

import pytest

from callhandler.store import triggers
from tests.store.attacks import Attack, attacks_on
from tests.stores import Store

ATTACKS = [(engine, attack) for engine in ("sqlite", "postgresql") for attack in attacks_on(engine)]


@pytest.mark.parametrize(
    ("stores", "attack"), ATTACKS, indirect=["stores"], ids=[f"{engine}-{a.name}" for engine, a in ATTACKS]
)
def test_the_trigger_refuses_and_nothing_else_would(shared_world: Store, attack: Attack) -> None:
    refuses = next(t.refuses for t in triggers.triggers_for(shared_world.engine) if t.name == attack.trigger)
    with shared_world.plain(owner=True) as plain:
        statement, values = attack.prepare(plain)
        assert refuses in plain.refusal(statement, **values)
        attack.drop(plain, shared_world.engine)
        assert plain.refusal(statement, **values) == ""


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_trigger_is_without_its_attack(engine: str) -> None:
    attacked = {attack.trigger for attack in attacks_on(engine)}
    assert attacked == {t.name for t in triggers.triggers_for(engine)}
