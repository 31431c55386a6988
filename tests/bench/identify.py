"""Precision and recall on the labelled names, by language and by kind: `python -m tests.bench.identify`."""

from collections import defaultdict

from callhandler.rules.identify.names.candidates import KnownName, candidates
from tests.labelled import rows


def names_found(part: str) -> dict[str, list[tuple[bool, bool]]]:
    """For each language, and each language's kinds, whether pairs are one person and whether they were found to be."""
    out: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case in rows("names"):
        if case["part"] == part:
            known = [KnownName(1, case["b"], case["born_b"])]
            pair = (case["same"] == "1", bool(candidates(case["a"], case["born_a"], known)))
            for group in ("all", case["language"], f"{case['language']}: {case['kind']}"):
                out[group].append(pair)
    return dict(out)


def line(name: str, pairs: list[tuple[bool, bool]]) -> str:
    """One row of the report; a dash where there is nothing to divide by."""
    same = sum(a for a, _ in pairs)
    said = sum(b for _, b in pairs)
    right = sum(a and b for a, b in pairs)
    precision = f"{right / said:.3f}" if said and same else "-"
    recall = f"{right / same:.3f}" if same else "-"
    shown = f"{said} of {len(pairs)} shown as possible" if not same else ""
    return f"{name:36}{len(pairs):6}{precision:>11}{recall:>8}   {shown}".rstrip()


def report(found: dict[str, list[tuple[bool, bool]]]) -> str:
    """The table, by language and kind."""
    head = f"{'':36}{'pairs':>6}{'precision':>11}{'recall':>8}"
    return "\n".join([head, *(line(name, pairs) for name, pairs in sorted(found.items()))])


def main() -> None:
    """Print the part that nothing was fitted on."""
    print("Names, held out")
    print(report(names_found("held")))


if __name__ == "__main__":
    main()
