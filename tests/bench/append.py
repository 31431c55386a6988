"""One log line, durable, against writing 4 KiB and fdatasync in the same folder."""

import os

from measure import folder, milliseconds, night, report, side_by_side

GOAL, TIMES = 1.3, 80


def main() -> None:
    """Append lines to the night's log."""
    from callhandler import app as core

    with folder() as where:
        settings, _, incident = night(where)
        app, actor = core.join_demonstration(settings, "handler")
        raw = os.open(where / "raw", os.O_WRONLY | os.O_CREAT)
        block = b"x" * 4096

        def write() -> None:
            os.write(raw, block)
            os.fdatasync(raw)

        floor, ours = side_by_side(
            lambda: milliseconds(write),
            lambda: milliseconds(lambda: app.telling.write(actor, incident, "She is waiting by the door.")),
            TIMES,
        )
        report("append of one log line", floor, ours, GOAL)
        os.close(raw)
        app.close()


if __name__ == "__main__":
    main()
