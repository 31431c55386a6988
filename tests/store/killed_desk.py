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
from callhandler.services.drafts import Drafts
from callhandler.services.office import Office
from callhandler.services.telling import Telling
from callhandler.settings import Settings
from callhandler.store.engine import make_engine

ACTOR = Actor(1, 1, "desk", "Desk", frozenset({Right.HANDLER}), "desk 1")
TEXT = "He is at the door and says that he will not go away. "


def say(line: str) -> None:
    """One whole line at once: a kill never leaves half of one."""
    os.write(1, f"{line}\n".encode())


def work(office: Office, drafts_file: Path, incident: int, turn: int) -> None:
    """Keep drafts and record entries until killed."""
    chance = random.Random(turn)
    telling, drafts = Telling(office), Drafts(drafts_file)
    for number in count():
        uuid = str(uuid7())
        drafts.keep("desk", str(incident), f"line {turn}.{number}", TEXT * chance.randint(1, 40), uuid)
        say(f"draft {uuid}")
        if chance.random() < 0.7:
            telling.write(ACTOR, incident, TEXT * chance.randint(1, 40), uuid=uuid)
            say(f"entry {uuid}")
            if chance.random() < 0.5:
                drafts.landed(uuid)


def main(database: str, drafts_file: str, incident: str) -> None:
    """Start a desk for every line, one at a time; the next line comes when it is dead."""
    policy = load(Settings(database="").policy_folder, "national")
    office = Office(make_engine(database), SystemClock(), policy, "TRAINING")
    # What is compiled once serves every desk; connections do not live through a fork.
    Telling(office).write(ACTOR, int(incident), "First line.")
    office.engine.dispose()
    say("ready")
    for turn, _line in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            work(office, Path(drafts_file), int(incident), turn)
        say(f"desk {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main(*sys.argv[1:])
