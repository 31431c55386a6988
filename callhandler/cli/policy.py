"""The commands about the policy: check it, list it, explain a rule, run its situations."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from callhandler import app
from callhandler.cli.options import AsJson, Scheme
from callhandler.errors import BadInput, BadInputs
from callhandler.policy.loader import scheme_names
from callhandler.policy.pack import Policy
from callhandler.services import explaining, situations
from callhandler.settings import Settings, from_environment

commands = typer.Typer(help="The policy: rules, questions, orders, gates, schemes.", no_args_is_help=True)

Kind = Literal[
    "warnings",
    "questions",
    "indicators",
    "orders",
    "terms",
    "confirmations",
    "types",
    "sayers",
    "checks",
    "markers",
    "records",
    "warned",
]
Folder = Annotated[str, typer.Option(help="The policy's folder; the shipped one without it.")]


@commands.command("check")
def check(folder: Folder = "", scheme: Scheme = "", as_json: AsJson = False) -> None:
    """Read a policy strictly; every fault is named at file and line."""
    where = _folder(folder)
    names = [scheme] if scheme else list(scheme_names(where))
    if not names:
        raise BadInput(f"{where} holds no schemes folder with a scheme in it.", "policy")
    faults: dict[tuple[str, str], BadInput] = {}
    good: list[tuple[str, Policy]] = []
    for name in names:
        try:
            good.append((name, _load(where, name)))
        except BadInputs as error:
            faults |= {(f.where, f.sentence): f for f in error.faults}
        except BadInput as error:
            faults[error.where, error.sentence] = error
    if as_json:
        typer.echo(json.dumps(_checked(good, list(faults.values())), ensure_ascii=False))
    else:
        for name, found in good:
            pack = found.pack
            typer.echo(
                f"{name}: {len(pack.warnings)} warnings, {len(pack.questions)} questions, "
                f"{len(pack.indicators)} indicators, {len(pack.orders)} order types. Digest {found.digest[:16]}"
            )
        for fault in faults.values():
            typer.echo(str(fault), err=True)
    if faults:
        raise typer.Exit(1)


@commands.command("list")
def list_entries(
    what: Annotated[Kind, typer.Argument(help="What to list.")] = "warnings",
    folder: Folder = "",
    scheme: Scheme = "",
    as_json: AsJson = False,
) -> None:
    """List the entries of a policy, each in one line."""
    entries = explaining.listed(_load(_folder(folder), scheme), what)
    if as_json:
        typer.echo(
            json.dumps([{"id": e.id, "kind": e.kind, "text": e.text} for e in entries], ensure_ascii=False)
        )
        return
    for entry in entries:
        typer.echo(f"{entry.id:<34} {entry.kind:<10} {entry.text}".rstrip())


@commands.command("explain")
def explain(
    code: Annotated[str, typer.Argument(help="The id of a warning or a question: keys-and-access.")],
    folder: Folder = "",
    scheme: Scheme = "",
) -> None:
    """Say all about one warning or question: when, what to do, what settles it, its reference, its situations."""
    where = _folder(folder)
    found = _load(where, scheme)
    cases = situations.folder_of(where)
    outcomes = situations.run_all(cases, found) if cases.is_dir() else ()
    for line in explaining.explained(code, found, outcomes):
        typer.echo(line)


@commands.command("situations")
def run_situations(
    file: Annotated[
        str, typer.Argument(help="A file or folder of situations; the policy's own without it.")
    ] = "",
    folder: Folder = "",
    scheme: Scheme = "",
    as_json: AsJson = False,
    show: Annotated[str, typer.Option("--show", help="Print what follows from this situation.")] = "",
) -> None:
    """Run situations and print each that does not come out as expected, with the reasons."""
    where = _folder(folder)
    found = _load(where, scheme)
    outcomes = situations.run_all(Path(file) if file else situations.folder_of(where), found)
    failed = [o for o in outcomes if not o.holds]
    if show:
        for line in explaining.shown(explaining.named(show, outcomes)):
            typer.echo(line)
        return
    if as_json:
        rows = [
            {"id": o.case.situation.id, "where": o.case.where, "holds": o.holds, "reasons": list(o.reasons)}
            for o in outcomes
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for outcome in failed:
            typer.echo(f"{outcome.case.where}: {outcome.case.situation.line()}")
            for reason in outcome.reasons:
                typer.echo(f"  {reason}")
        typer.echo(explaining.summary(outcomes))
    if failed:
        raise typer.Exit(1)


def _folder(folder: str) -> Path:
    return Path(folder) if folder else from_environment().policy_folder


def _load(where: Path, scheme: str) -> Policy:
    shipped = from_environment(scheme=scheme)
    return app.load_policy(Settings(database="", scheme=shipped.scheme, policy_folder=where))


def _checked(good: list[tuple[str, Policy]], faults: list[BadInput]) -> dict[str, object]:
    return {
        "valid": not faults,
        "schemes": [
            {
                "scheme": name,
                "digest": found.digest,
                **{kind: len(getattr(found.pack, kind)) for kind in explaining.KINDS},
            }
            for name, found in good
        ],
        "faults": [_fault(fault) for fault in faults],
    }


def _fault(fault: BadInput) -> dict[str, object]:
    file, _, line = fault.where.rpartition(":")
    if not line.isdigit():
        file, line = fault.where, ""
    return {"file": file, "line": int(line) if line else None, "sentence": fault.sentence}
