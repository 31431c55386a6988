"""The labelled sets of `tests/data/identify`: what each spelling or pair must give, and where it comes from."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "identify"


def rows(name: str) -> list[dict[str, str]]:
    """Every row of one set."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
