"""The small world that the other tests attack is itself whole."""

from callhandler.clock import ScenarioClock
from callhandler.services.custody import Custody
from tests.stores import NOW, Store


def test_every_table_holds_a_row_and_nothing_is_wrong(world: Store) -> None:
    custody = Custody.opening(world.database, ScenarioClock(NOW))
    proof = custody.prove()
    custody.engine.dispose()
    assert proof.findings == ()
    assert proof.assessments == 12
