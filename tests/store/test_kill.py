"""A desk is killed at a hundred random moments: every entry that it was told is kept is there, and so is every draft."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from callhandler.clock import ScenarioClock
from callhandler.policy.pack import Policy
from callhandler.services.custody import Custody
from callhandler.services.drafts import Drafts
from callhandler.services.office import Office
from callhandler.store import verify
from callhandler.store.engine import make_engine
from callhandler.store.unit_of_work import reading
from tests.stores import NOW, Store

MOMENTS = 50
"""On each engine, so a hundred in all."""

LONGEST = 0.5
"""Seconds that a desk may live."""

ROOT = Path(__file__).parents[2]


@dataclass
class Told:
    """What desks said was kept, and how many were killed."""

    drafts: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    killed: int = 0

    def hear(self, line: str) -> None:
        """Take down one line of a desk."""
        what, _, uuid = line.partition(" ")
        {"draft": self.drafts, "entry": self.entries}.get(what, set()).add(uuid)


def kill_desks(store: Store, drafts: Path, incident: int, seed: int) -> Told:
    """Start a desk and kill it, again and again; returns what they said."""
    chance = random.Random(seed)
    told = Told()
    command = [sys.executable, "-m", "tests.store.killed_desk", store.database, str(drafts), str(incident)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as desks:
        assert desks.stdin
        assert desks.stdout
        assert desks.stdout.readline() == "ready\n"
        for _ in range(MOMENTS):
            desks.stdin.write("next\n")
            desks.stdin.flush()
            for line in desks.stdout:
                what, _, rest = line.strip().partition(" ")
                if what == "desk":
                    moment = chance.uniform(0.0, LONGEST)
                    timer = threading.Timer(moment, os.kill, (int(rest), signal.SIGKILL))
                    timer.start()
                elif what == "dead":
                    timer.join()
                    told.killed += 1
                    break
                else:
                    told.hear(line.strip())
        desks.stdin.close()
        assert desks.wait(10) == 0
    return told


@pytest.mark.timeout(240)
def test_nothing_that_was_acknowledged_is_lost(world: Store, policy: Policy, tmp_path: Path) -> None:
    with world.plain() as plain:
        incident = plain.one("SELECT max(id) FROM incident")
    drafts_file = tmp_path / "drafts.sqlite"
    started = time.monotonic()
    told = kill_desks(world, drafts_file, incident, seed=20180826)
    assert told.killed == MOMENTS
    assert len(told.entries) > MOMENTS

    engine = make_engine(world.database)
    with reading(engine) as connection:
        found = connection.execute(text("SELECT uuid FROM log_entry")).scalars().all()
        assert list(verify.chain(connection)) == []
    assert len(found) == len(set(found))
    assert told.entries <= set(found)

    # A draft is gone only where its entry is recorded; then recovery drops it too.
    office = Office(engine, ScenarioClock(NOW), policy, "TRAINING")
    left = {draft.uuid for draft in Drafts(drafts_file).recover(office)}
    assert told.drafts <= left | set(found)
    assert not left & set(found)
    engine.dispose()

    custody = Custody.existing(world.database, ScenarioClock(NOW))
    assert custody.prove().findings == ()
    custody.engine.dispose()
    assert time.monotonic() - started < 120
