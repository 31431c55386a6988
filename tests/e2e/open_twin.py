"""Opens the demonstration with another shipped scenario in the place of the night: open_twin.py SCENARIO ARGUMENTS..."""

import sys
from pathlib import Path

from callhandler import app as core
from callhandler.app import played

SHIPPED = core.find_scenario(sys.argv[1])


def only_this(_name: str) -> Path:
    """The scenario of this run, whatever is asked for."""
    return SHIPPED


# Once where its events are looked up for the command, once where it is played.
core.find_scenario = played.find_scenario = only_this

from ui.__main__ import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(["demo", *sys.argv[2:]]))
