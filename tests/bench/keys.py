"""Keys and seconds from the ring to the first grade, in a real window driven by keys alone.

The fewest possible: one key to answer and one to grade; for a form, the characters of what is said and one key for each
field that is filled in, one to open it and one for the grade. Seconds are the program's, until the decision is durable: the
keys come as fast as a machine sends them.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.e2e.hands import Hands
from tests.e2e.journal import Journal
from tests.e2e.screen import OPENING, Screen, lacks

CALL = (
    "07700 900151",
    "Caller B",
    "12 Foxmarigold Square",
    "Domestic abuse",
    "My husband hit me, he is outside.",
)


def measured(hands: Hands, what: str, fewest: int, act: Callable[[], object]) -> None:
    """Do something that ends in a decision, and print what it cost."""
    hands.window.pressed, begun = 0, time.monotonic()
    hands.journal.recorded("decision", act)
    seconds, keys = time.monotonic() - begun, hands.window.pressed
    print(f"{what:44} {keys:5} {fewest:7} {keys / fewest:6.2f} {seconds:8.2f}")


def full_form(hands: Hands) -> None:
    """A call typed in whole, then Immediate."""
    hands.form("call", "ctrl+n", "Number", *CALL)
    hands.window.press("F1")


def main() -> int:
    """Print the figures; returns 1 where there is nothing to measure with."""
    if missing := lacks():
        print(f"This machine lacks {', '.join(missing)}.")
        return 1
    with tempfile.TemporaryDirectory(prefix="callhandler-keys-") as name, Screen(Path(name)) as screen:
        window = screen.open("demo", "--by-hand")
        window.find("No incident open", seconds=OPENING)
        hands = Hands(window, Journal(screen))
        print(f"{'':44} {'keys':>5} {'fewest':>7} {'ratio':>6} {'seconds':>8}")
        hands.ring()
        measured(hands, "ring to Immediate", 2, lambda: hands.answer("F1"))
        fewest = sum(len(text) for text in CALL) + len(CALL) + 2
        measured(hands, "new call, every field, then Immediate", fewest, lambda: full_form(hands))
        measured(hands, "raising again", 1, lambda: window.press("F1"))
        hands.journal.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
