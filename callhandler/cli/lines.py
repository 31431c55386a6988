"""`callhandler policy lines`: how well the word suggestions do on labelled log lines."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from callhandler import app
from callhandler.policy.lines import Half, folder_of, read_lines
from callhandler.rules.suggest_measure import Measured, Score, measure
from callhandler.settings import Settings, from_environment


class Which(StrEnum):
    """Which lines to measure."""

    UNTOUCHED = "untouched"
    TUNING = "tuning"
    ALL = "all"


def command(
    file: Annotated[
        str, typer.Argument(help="A folder of labelled lines; the policy's own without it.")
    ] = "",
    half: Annotated[Which, typer.Option(help="Which half of them.")] = Which.UNTOUCHED,
    errors: Annotated[
        bool, typer.Option("--errors", help="Print every line that differs; not for the untouched half.")
    ] = False,
    folder: Annotated[str, typer.Option(help="The policy's folder; the shipped one without it.")] = "",
    scheme: Annotated[str, typer.Option("--scheme", help="The force's scheme of grades.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Offer for each labelled line; print precision and recall, in all and by weight class, of the untouched half first."""
    shipped = from_environment(scheme=scheme)
    where = Path(folder) if folder else shipped.policy_folder
    policy = app.load_policy(Settings(database="", scheme=shipped.scheme, policy_folder=where))
    lines = read_lines(Path(file) if file else folder_of(where))
    chosen = [entry for entry in lines if half is Which.ALL or entry.half is Half(half.value)]
    found = measure(policy, chosen)
    if as_json:
        typer.echo(json.dumps(_as_json(found, half), ensure_ascii=False))
        return
    typer.echo(
        f"{found.lines} lines ({half.value}); {found.quiet} tell nothing, {found.disturbed} of them got an offer."
    )
    typer.echo(_row("told", found.told))
    for weight, score in found.by_weight.items():
        typer.echo(_row(f"  {weight}", score))
    typer.echo(_row("denied", found.denied))
    for one in found.errors if errors else ():
        missed = f" missed: {', '.join(one.missed)}" if one.missed else ""
        wrong = f" not wanted: {', '.join(one.wrong)}" if one.wrong else ""
        typer.echo(f"{one.line!r}{missed}{wrong}")


def _row(name: str, score: Score) -> str:
    return (
        f"{name:<10} precision {score.precision:.3f}  recall {score.recall:.3f}  "
        f"({score.right} right, {score.wrong} not wanted, {score.missed} missed)"
    )


def _as_json(found: Measured, half: Which) -> dict[str, object]:
    def scored(score: Score) -> dict[str, float]:
        return {"precision": round(score.precision, 4), "recall": round(score.recall, 4)}

    return {
        "half": half.value,
        "lines": found.lines,
        "told": scored(found.told),
        "by_weight": {weight: scored(score) for weight, score in found.by_weight.items()},
        "denied": scored(found.denied),
        "quiet": found.quiet,
        "disturbed": found.disturbed,
    }
