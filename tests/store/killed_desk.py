"""Desks to be killed: at every line on its input it starts one, which works until it is killed.

A desk keeps a draft, says so, records the entry, says so, and sometimes lets the draft go. It says `draft UUID` and
`entry UUID` only when the call that keeps it has returned. One process loads everything once and forks each desk.

Run as: python -m tests.store.killed_desk DATABASE DRAFTS INCIDENT
"""

import os
import random
import sys
from itertools import count
from pathlib import Path

from uuid6 import uuid7

from callhandler.clock import SystemClock
from callhandler.model.actor import Actor, Right
from callhandler.policy.loader import load
from callhandler.policy.pack import Policy
from callhandler.services.calls import Calls
from callhandler.services.drafts import Drafts
from callhandler.services.office import Office
from callhandler.settings import Settings
from callhandler.store.engine import make_engine

TEXT = "He is at the door and says that he will not go away. "


def say(line: str) -> None:
    """One whole line at once: a kill never leaves half of one."""
    os.write(1, f"{line}\n".encode())


def work(database: str, drafts_file: Path, incident: int, policy: Policy, turn: int) -> None:
    """Keep drafts and record entries until killed."""
    chance = random.Random(turn)
    calls = Calls(Office(make_engine(database), SystemClock(), policy, "TRAINING"))
    drafts = Drafts(drafts_file)
    actor = Actor(1, 1, "desk", "Desk", frozenset({Right.HANDLER}), "desk 1")
    for number in count():
        uuid = str(uuid7())
        drafts.keep("desk", str(incident), f"line {turn}.{number}", TEXT * chance.randint(1, 40), uuid)
        say(f"draft {uuid}")
        if chance.random() < 0.7:
            calls.write(actor, incident, TEXT * chance.randint(1, 40), uuid=uuid)
            say(f"entry {uuid}")
            if chance.random() < 0.5:
                drafts.landed(uuid)


def main(database: str, drafts_file: str, incident: str) -> None:
    """Start a desk for every line, one at a time; the next line comes when it is dead."""
    policy = load(Settings(database="").policy_folder, "national")
    say("ready")
    for turn, _line in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            work(database, Path(drafts_file), int(incident), policy, turn)
        say(f"desk {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main(*sys.argv[1:])
