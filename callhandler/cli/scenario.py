"""The commands that make an exercise from one of a force's own logs: make, look at what is to be passed, pass, hand on."""

from pathlib import Path
from typing import Annotated

import typer

from callhandler.cli.options import Database, PassphraseFile, Scheme, Who
from callhandler.cli.signing_in import signed_in
from callhandler.errors import BadInput
from callhandler.services.training.from_incident.making import (
    FromIncident,
    Made,
    export,
    kept,
    taken_up,
)

commands = typer.Typer(help="An exercise from a log of your own.", no_args_is_help=True)


@commands.command("from-incident")
def from_incident(
    incident: Annotated[int, typer.Argument(help="The incident's number in the store.")],
    out: Annotated[
        str, typer.Option(help="A new file for the exercise; its draft stands beside it as NAME.draft.json.")
    ],
    purpose: Annotated[str, typer.Option(help="Why the log is read; it is recorded.")],
    pass_: Annotated[
        list[str], typer.Option("--pass", help="Pass a text by its mark, after reading it; again for more.")
    ] = [],  # noqa: B006
    seed: Annotated[int, typer.Option(help="Another seed gives other stand-ins.")] = 1,
    who: Who = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
) -> None:
    """Make an exercise from a log. Everybody in it becomes somebody else; every text that may still tell who is shown,
    and nothing is handed on before each was passed."""
    target = Path(out)
    under_way = target.with_suffix(".draft.json")
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        if under_way.is_file():
            made = taken_up(under_way.read_text(encoding="utf-8"), opened.policy)
        elif pass_:
            raise BadInput(f"There is no {under_way.name} yet; make it first, without --pass.", "pass")
        else:
            made = FromIncident(opened.office).make(actor, incident, purpose, target.stem, seed)
        for digest in pass_:
            made = made.passed(digest, actor.display)
        under_way.touch(mode=0o600)
        under_way.write_text(kept(made), encoding="utf-8")
        if made.open:
            _tell(made)
            raise typer.Exit(1)
        export(made, target, opened.policy)
    under_way.unlink()
    typer.echo(f"{target}: every text was passed. Write its key, then: callhandler exercise check {target}")


def _tell(made: Made) -> None:
    for text in made.open:
        why = "; ".join(dict.fromkeys(f"“{left.words}” {left.why}" for left in text.left))
        typer.echo(f"{text.digest}  {text.text}\n                  {why}")
    n = len(made.open)
    typer.echo(
        f"{n} of {len(made.to_pass)} texts are to be read and passed: --pass MARK for each. Nothing was handed on."
    )
