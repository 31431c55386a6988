"""The commands about exercises, for who has no screen: list, check, score a sitting, give out its record."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from callhandler import app
from callhandler.cli.options import AsJson
from callhandler.errors import BadInput, BadInputs
from callhandler.intake.exercise import read_exercise
from callhandler.model.scoring import Area, Profile, State
from callhandler.policy.pack import Policy
from callhandler.services import backtest_output
from callhandler.services.papers import as_file
from callhandler.services.training import checked, comparing, results, scored, sitting
from callhandler.settings import Settings, from_environment, resources

commands = typer.Typer(help="Exercises: list, check, score.", no_args_is_help=True)
Folder = Annotated[str, typer.Argument(help="The folder of a sitting.")]


@commands.command("list")
def list_() -> None:
    """The shipped exercises, and the sittings kept on this machine."""
    for path in sorted(app.exercises_folder().glob("*.yaml")):
        typer.echo(f"{path.stem:<28} {read_exercise(path).title}")
    for folder, kept in sitting.sittings(app.sittings_folder(from_environment())):
        typer.echo(f"{kept.began}  {kept.exercise}  {kept.trainee}  {kept.cohort}  {folder}")


@commands.command("check")
def check(files: Annotated[list[str], typer.Argument(help="Exercises, by file or shipped name.")]) -> None:
    """Read exercises and hold them against the policy; every fault at file and line."""
    faults = 0
    for name in files:
        path = app.find_exercise(name)
        try:
            exercise = read_exercise(path)
            found = list(checked.against_policy(exercise, path, _policy(exercise.scheme)))
        except BadInputs as error:
            found = list(error.faults)
        for fault in found:
            typer.echo(str(fault))
        faults += len(found)
        if not found:
            calls = len(exercise.lines)
            typer.echo(f"{path.name}: {calls} calls, {len(exercise.key)} moments in the key, no fault.")
    if faults:
        raise typer.Exit(1)


@commands.command("score")
def score(folder: Folder, as_json: AsJson = False) -> None:
    """The profile of a sitting: what was done against what could be known, with reasons. No verdict."""
    found = _profile(Path(folder))
    if as_json:
        typer.echo(scored.profile_as_json(found), nl=False)
        return
    for text in told(found):
        typer.echo(text)


@commands.command("debrief")
def debrief(folder: Folder, out: Annotated[str, typer.Argument(help="A new .pdf, .html or .txt.")]) -> None:
    """Write the debrief of a sitting: what was done, what could be known, what the key says. No verdict."""
    target = Path(out)
    if target.exists():
        raise BadInput(f"{target.name} exists already; nothing was written over.", "out")
    with app.looking_at_sitting(from_environment(), Path(folder)) as (_, run):
        target.write_bytes(as_file(scored.debrief_of(run), target.suffix))
    typer.echo(f"Written: {target}")


@commands.command("watch")
def watch(folder: Folder) -> None:
    """Where a desk stands now, for who has no screen. Nothing is written."""
    watched = app.watch_sitting(from_environment(), Path(folder))
    try:
        seen, zone = watched.look(), watched.exercise.zone
    finally:
        watched.close()
    typer.echo(
        f"{seen.now.astimezone(zone):%H:%M:%S}, pace {seen.pace:g}" + (", over" if seen.stopped else "")
    )
    typer.echo(f"grade {seen.standing.grade or 'none'}, floor {seen.standing.floor or 'none'}")
    for heard in [h for h in seen.heard if h.text][-8:]:
        typer.echo(f"{heard.at.astimezone(zone):%H:%M:%S} {heard.who or heard.kind.value}: {heard.text}")


@commands.command("results")
def results_(
    folder: Annotated[str, typer.Argument(help="A folder of sittings; this machine's without it.")] = "",
    by: Annotated[results.By, typer.Option(help="How they are put together.")] = results.By.TRAINEE,
    as_json: AsJson = False,
    plot: Annotated[str, typer.Option(help="Draw them into this new SVG file.")] = "",
) -> None:
    """Results over time: what was met by area, and the kappa with the key. Counts; no total and no rank."""
    settings = from_environment()
    root = Path(folder) if folder else app.sittings_folder(settings)
    found = results.results(root, lambda scheme: app.load_policy(replace(settings, scheme=scheme)))
    groups = results.together(found, by)
    if plot:
        drawn = backtest_output.require_svg(plot)
        backtest_output.write(drawn, results.as_svg(groups))
    if as_json:
        typer.echo(json.dumps(results.for_programs(groups, by), ensure_ascii=False, indent=1))
        return
    if not groups:
        typer.echo(f"No sitting was begun below {root}.")
    for group in groups:
        kappa = group.agreement.kappa
        said = f", kappa {kappa:.2f}" if kappa is not None else ""
        grades = f"grades as the key: {group.agreement.agreed} of {group.agreement.n}{said}"
        typer.echo(
            f"{group.name}: {group.sittings} {'sitting' if group.sittings == 1 else 'sittings'}; {grades}"
        )
        for area, counts in group.counts.items():
            if any(counts):
                parts = zip(counts, results.PARTS, strict=True)
                typer.echo(f"  {area.value:<9} " + ", ".join(f"{n} {part}" for n, part in parts))
    for result in found:
        if result.fault:
            typer.echo(f"{result.folder}: {result.fault}")


@commands.command("compare")
def compare(
    folder: Folder,
    against: Annotated[str, typer.Option(help="The folder of another policy.")],
    as_json: AsJson = False,
) -> None:
    """Judge what was recorded in a sitting by the policy in force and by another: which warnings and floors differ, when."""
    settings, where = from_environment(), Path(folder)
    kept = sitting.sitting_of(where)
    own = replace(settings, scheme=kept.scheme)
    ours, other = app.load_policy(own), app.load_policy(replace(own, policy_folder=Path(against)))
    found = comparing.compare(where, ours, other)
    if as_json:
        typer.echo(json.dumps(comparing.for_programs(found), ensure_ascii=False, indent=1))
        return
    for line in comparing.in_words(found, sitting.exercise_of(where).zone):
        typer.echo(line)


def told(found: Profile) -> list[str]:
    """A profile in lines for people."""
    lines = []
    for moment in found.moments:
        lines.append(
            f"{moment.id}: graded {moment.grade or 'not at all'}; least that can be defended {moment.least}"
        )
        lines += [f"  {_MARK[i.state]} {i.what}" for i in moment.items]
    for area in Area:
        counts = found.counts(area)
        if counts:
            lines.append(
                f"{area.value}: " + ", ".join(f"{n} {s.value.replace('_', ' ')}" for s, n in counts.items())
            )
    kappa = found.agreement.kappa
    lines.append(
        f"grades as the key: {found.agreement.agreed} of {found.agreement.n}"
        + (f", kappa {kappa:.2f}" if kappa is not None else "")
    )
    return lines


_MARK = {
    State.MET: "+",
    State.PARTLY: "~",
    State.LATE: "~",
    State.MISSED: "-",
    State.BELOW: "-",
    State.OVER: "^",
    State.SHOWN: " ",
    State.NOT_REACHED: "·",
}


def _profile(folder: Path) -> Profile:
    with app.looking_at_sitting(from_environment(), folder) as (opened, run):
        return scored.score(run.exercise, scored.trace_of(run), opened.policy)


def _policy(scheme: str) -> Policy:
    return app.load_policy(Settings(database="", scheme=scheme, policy_folder=resources() / "policy"))
