"""Learn the weights of `callhandler/rules/identify/names/weights.py` anew: `python -m tests.bench.name_weights`.

Logistic regression by plain gradient descent on the part "tune" of the labelled names, always the same for one set.
Prints what to write into the module, and how RapidFuzz's scorers do alone, each with the threshold best on that part.
"""

import math
from collections import defaultdict
from collections.abc import Callable
from random import Random

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from callhandler.rules.identify.names.compare import Compared, compared
from tests.labelled import rows

ROUNDS, STEP, SHRINK = 400, 0.15, 0.004
SCORERS: dict[str, Callable[[str, str], float]] = {
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "WRatio": fuzz.WRatio,
    "Jaro-Winkler": JaroWinkler.similarity,
}


def features(found: Compared) -> list[str]:
    """What weighs of a comparison, by name."""
    out = [
        f"worst {found.worst.name}",
        f"second {found.second.name}",
        f"missing {min(found.missing, 2)}",
        f"parts {min(len(found.parts), 3)}",
        f"telling {min(found.telling, 2)}",
        f"births {found.births.name}",
    ]
    return [*out, "turned"] if found.turned else out


def learn(data: list[tuple[list[str], int]]) -> tuple[float, dict[str, float]]:
    """The start and the weight of each feature."""
    random, start, weights = Random(1), 0.0, defaultdict[str, float](float)
    for turn in range(ROUNDS):
        step = STEP / (1 + turn / 60)
        random.shuffle(data)
        for names, same in data:
            total = start + sum(weights[n] for n in names)
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - same
            start -= step * wrong
            for name in names:
                weights[name] -= step * (wrong + SHRINK * weights[name])
    return start, dict(weights)


def measured(scores: list[float], same: list[bool], least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of "at least so much is a match"."""
    said = [s >= least for s in scores]
    right = sum(a and b for a, b in zip(said, same, strict=True))
    precision, recall = right / (sum(said) or 1), right / (sum(same) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def best_threshold(scores: list[float], same: list[bool]) -> float:
    """Where F1 is highest."""
    return max((measured(scores, same, t)[2], t) for t in {round(s, 3) for s in scores})[1]


def main() -> None:
    """Learn, and print the weights and the measurements."""
    cases = rows("names")
    found = [compared(c["a"], c["b"], c["born_a"], c["born_b"]) for c in cases]
    same = [c["same"] == "1" for c in cases]
    tune = [n for n, c in enumerate(cases) if c["part"] == "tune"]
    held = [n for n, c in enumerate(cases) if c["part"] == "held"]
    start, weights = learn([(features(found[n]), int(same[n])) for n in tune])
    print(f"start {start:.2f}")
    for name, weight in sorted(weights.items()):
        print(f"{name}: {weight:.2f}")
    ways: dict[str, list[float]] = {
        "learnt weights": [start + sum(weights.get(x, 0.0) for x in features(f)) for f in found]
    }
    for name, scorer in SCORERS.items():
        ways[f"RapidFuzz {name}"] = [
            scorer(anyascii(c["a"]).lower(), anyascii(c["b"]).lower()) for c in cases
        ]
    print(f"{'':30}{'threshold':>10}{'precision':>11}{'recall':>8}{'F1':>7}   (held out)")
    for name, scores in ways.items():
        least = best_threshold([scores[n] for n in tune], [same[n] for n in tune])
        precision, recall, f1 = measured([scores[n] for n in held], [same[n] for n in held], least)
        print(f"{name:30}{least:10.2f}{precision:11.3f}{recall:8.3f}{f1:7.3f}")


if __name__ == "__main__":
    main()
