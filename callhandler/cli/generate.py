"""`callhandler generate`: a made-up force of any size as a training database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from callhandler import app
from callhandler.errors import BadInput
from callhandler.services.generating import Say, generate


def command(
    out: Annotated[str, typer.Option(help="The new database: a file, or a postgresql:// address.")],
    incidents: Annotated[int, typer.Option(min=100, help="How many past incidents.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same force.")] = 1,
    truth: Annotated[
        str, typer.Option(help="Where to write which records are one person's; OUT.truth.csv without it.")
    ] = "",
    keys: Annotated[bool, typer.Option(help="Make the keys that find names and addresses, too.")] = True,
    population: Annotated[str, typer.Option(help="A population's folder; the shipped one without it.")] = "",
) -> None:
    """Make up a force: people, households, addresses, numbers, orders, markers and incidents; nobody in it is real."""
    if not truth and "://" in out:
        raise BadInput("Say with --truth where the file of the truth goes.", "truth")
    folder = Path(population) if population else app.population_folder()
    beside = Path(truth or f"{out}.truth.csv")
    with _bar() as say:
        made = generate(out, beside, incidents, seed, folder, say)
        given = app.keep_keys_of(out) if keys else 0
    typer.echo(f"{made.rows:,} rows, digest {made.digest}")
    if given:
        typer.echo(f"{given:,} names and addresses have their keys.")
    typer.echo(f"Which records are one person's is in {beside.name}.")


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


@contextmanager
def _bar() -> Iterator[Say]:
    """A bar for each step on the error stream, with the rate and the time left; none where nobody looks."""
    columns = (
        TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn(),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def say(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=of or None)
            progress.update(tasks[what], completed=done)

        yield say
