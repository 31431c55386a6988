"""The command `callhandler`: the window's own commands here, all others to `callhandler.cli` before Qt is imported."""

import sys
from collections.abc import Sequence

WINDOWS = ("desk", "demo")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] not in WINDOWS:
        from callhandler import cli

        return cli.main(arguments)
    from ui import launch

    return launch.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
