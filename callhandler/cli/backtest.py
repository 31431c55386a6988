"""`callhandler policy backtest`: what a rule costs, over made-up calls or over recorded incidents."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from callhandler import app
from callhandler.errors import BadInput
from callhandler.intake.population import read_population
from callhandler.policy.pack import Policy
from callhandler.services import backtest, backtest_output
from callhandler.services.backtest_output import Report
from callhandler.settings import Settings, from_environment


def command(
    calls: Annotated[int, typer.Option(min=1, help="How many made-up calls.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same calls.")] = 1,
    population: Annotated[str, typer.Option(help="A population's folder; the shipped one without it.")] = "",
    database: Annotated[
        str, typer.Option("--database", "-d", help="Judge the incidents of this database instead.")
    ] = "",
    folder: Annotated[str, typer.Option(help="The policy's folder; the shipped one without it.")] = "",
    scheme: Annotated[str, typer.Option(help="The force's scheme of grades.")] = "",
    against: Annotated[str, typer.Option(help="Another policy's folder, to compare with.")] = "",
    processes: Annotated[int, typer.Option(min=0, help="How many processes; 0: one for each core.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    csv: Annotated[str, typer.Option(help="Write the rules' counts to this file.")] = "",
    plot: Annotated[str, typer.Option(help="Draw the rules' counts into this SVG file.")] = "",
) -> None:
    """Judge a history by a policy: how often each rule fires, what ordinary calls see, which gradings it would have held."""
    drawn = backtest_output.require_svg(plot) if plot else None
    settings = from_environment(database, scheme)
    policies = tuple(_policies(settings, folder, against))
    source: backtest.Source
    if database:
        source = backtest.RecordedIncidents(settings.database)
        said = f"{source.count():,} recorded incidents, each as it was known whenever it was judged"
    else:
        made_up = read_population(Path(population) if population else app.population_folder())
        if unknown := made_up.indicators() - set(policies[0].indicators):
            raise BadInput(
                f"The population tells of what this policy does not know: {', '.join(sorted(unknown))}.",
                "population",
            )
        source = backtest.MadeUpCalls(made_up, seed, calls)
        said = f"{calls:,} made-up calls, {made_up.name}, seed {seed}"
    with _bar() as say:
        result = backtest.backtest(source, policies, processes, say)
    report = Report(said, policies, result)
    if csv:
        backtest_output.write(Path(csv), backtest_output.as_csv(report))
    if drawn:
        backtest_output.write(drawn, backtest_output.as_svg(report))
    if as_json:
        typer.echo(json.dumps(backtest_output.for_programs(report), ensure_ascii=False))
    else:
        Console().print(backtest_output.for_people(report))


def _policies(settings: Settings, folder: str, against: str) -> Iterator[Policy]:
    first = replace(settings, policy_folder=Path(folder)) if folder else settings
    yield app.load_policy(first)
    if against:
        yield app.load_policy(replace(settings, policy_folder=Path(against)))


@contextmanager
def _bar() -> Iterator[backtest.Say]:
    """A bar on the error stream, so that what is printed stays clean; none where nobody looks."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Judging", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
