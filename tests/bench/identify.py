"""Precision and recall on the labelled names and places, by language and kind: `python -m tests.bench.identify`."""

from collections import defaultdict

from callhandler.rules.identify.names.candidates import KnownName, candidates
from callhandler.rules.identify.places.compare import compared as place_compared
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


def places_found(part: str) -> dict[str, list[tuple[bool, bool]]]:
    """For all, and each kind, whether two writings are one place and whether they were found to be."""
    out: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case in rows("places"):
        if case["part"] == part:
            pair = (case["relation"] == "same", place_compared(case["a"], case["b"]).alike)
            for group in ("all", f"{case['relation']}: {case['kind']}"):
                out[group].append(pair)
    return dict(out)


def relations_right(part: str) -> dict[str, tuple[int, int]]:
    """For each relation of two places, how many were told rightly, sure or possible as labelled, of how many."""
    out: dict[str, tuple[int, int]] = {}
    for case in rows("places"):
        if case["part"] == part:
            how = place_compared(case["a"], case["b"])
            right = how.relation == case["relation"] and case["surety"] in ("", how.surety)
            before = out.get(case["relation"], (0, 0))
            out[case["relation"]] = (before[0] + right, before[1] + 1)
    return out


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
    print("\nPlaces, held out")
    print(report(places_found("held")))
    print("\nHow one place stands to another, held out: told rightly")
    for relation, (right, of) in sorted(relations_right("held").items()):
        print(f"{relation:36}{right:6} of {of}")


if __name__ == "__main__":
    main()
