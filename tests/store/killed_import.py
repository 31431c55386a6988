"""Imports to be killed: at every line on its input it starts one, which goes on until it is done or killed.

One process loads everything once and forks each import. Run as: python -m tests.store.killed_import DATABASE MAPPING SOURCE
"""

import os
import sys
from pathlib import Path

from callhandler.clock import ScenarioClock
from callhandler.model.actor import Actor, Right
from callhandler.policy.loader import load
from callhandler.services.imports import Imports, importing
from callhandler.services.office import Office
from callhandler.settings import Settings
from callhandler.store.engine import make_engine
from tests.stores import NOW

ROWS = 20
"""Rows in a block, here and where these imports are compared with a whole one."""


def main() -> None:
    """Fork an import for each line; say when one is done."""
    database, mapping, source, user = sys.argv[1:]
    settings = Settings(database="")
    policy = load(settings.policy_folder, "national")
    importing.ROWS = ROWS
    keeper = Actor(int(user), 1, "keeper", "Keeper", frozenset({Right.ADMINISTRATOR}), "desk 1")
    os.write(1, b"ready\n")
    for _ in sys.stdin:
        if (child := os.fork()) == 0:
            imports = Imports(Office(make_engine(database), ScenarioClock(NOW), policy, "TRAINING"))
            os.write(1, f"{os.getpid()}\n".encode())
            imports.run(keeper, imports.prepare(Path(mapping), [Path(source)]))
            os.write(1, b"done\n")
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
