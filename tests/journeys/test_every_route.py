"""All services in any order, on both engines: urgency never falls without what must stand beside it.

How long it looks is bounded here; CALLHANDLER_ROUTES=40x60 asks for so many examples of so many steps instead.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from callhandler.clock import ScenarioClock
from callhandler.policy.pack import Policy
from callhandler.services.custody import Custody
from callhandler.services.office import Office
from tests.journeys.ledger import Ledger
from tests.journeys.machine import Routes, people_of
from tests.stores import NOW, Store

EXAMPLES, STEPS = (int(n) for n in os.environ.get("CALLHANDLER_ROUTES", "6x30").split("x"))


@pytest.mark.timeout(120 if "CALLHANDLER_ROUTES" not in os.environ else 7200)
def test_urgency_never_falls_without_its_gate(store: Store, policy: Policy, tmp_path: Path) -> None:
    custody = Custody.opening(store.database, ScenarioClock(NOW))
    custody.keep_policy(policy, "national")
    office = Office(custody.engine, ScenarioClock(NOW), policy, custody.kind)
    ledger = Ledger(office.engine)

    class Here(Routes):
        pass

    Here.office, Here.people, Here.ledger = office, people_of(office), ledger
    try:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize="CALLHANDLER_ROUTES" not in os.environ,
                database=None,
                # A store goes on from example to example, so a failing one cannot be made smaller by playing it again.
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert ledger.lowered, "nothing was lowered at all: then nothing was shown"
        proof = Custody(office.engine, office.clock, office.kind).prove()
        assert [str(f) for f in proof.findings] == []
    except BaseException:
        # A store goes on, so playing a failing example again fails otherwise: what was found first is what is told.
        assert ledger.wrong == []
        raise
    finally:
        office.engine.dispose()
