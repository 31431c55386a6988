"""The command `callhandler`: windows and ringing calls here, the rest to `callhandler.cli` before Qt is imported."""

import sys
from collections.abc import Sequence

WINDOWS = ("desk", "demo", "train", "exercises", "station")
LINK = "callhandler:"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and (arguments[0] == "ring" or arguments[0].startswith(LINK)):
        from ui.ring.ring_command import run_ring

        return run_ring(arguments)
    if arguments and arguments[0] not in WINDOWS:
        from callhandler import cli

        return cli.main(arguments)
    from ui import launch

    return launch.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
