"""How many typed questions a caller answers rightly. What it measured: tests/data/training/README.md.

python -m tests.bench.typed            # the half that is tuned on, with every line that goes wrong
python -m tests.bench.typed --kept     # and the counts of the half that is kept
"""

import sys

from tests.typed import KEPT, TUNED, answered, came_out, measured, questions


def main(arguments: list[str]) -> None:
    """Print the counts, and what went wrong in the half that is tuned on."""
    for half in (TUNED, KEPT) if "--kept" in arguments else (TUNED,):
        found = measured(half)
        total = found.total()
        shares = ", ".join(f"{n} {what} ({n / total:.1%})" for what, n in sorted(found.items()))
        print(f"{half}: {total} questions: {shares}")
    for typed in questions():
        if typed.half == TUNED and (what := came_out(typed)) != "right":
            answer = answered(typed)
            wanted = " or ".join(typed.wanted) or "nothing"
            print(f"  {what:15}{answer.near:4}  {typed.words}  [{wanted}] {answer.known}")


if __name__ == "__main__":
    main(sys.argv[1:])
