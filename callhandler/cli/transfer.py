"""The commands about transfers: write the message of an incident that is passed on, and receive one from another force."""

from pathlib import Path
from typing import Annotated

import typer

from callhandler.cli.options import Database, Named, PassphraseFile, Scheme
from callhandler.cli.signing_in import signed_in
from callhandler.errors import BadInput
from callhandler.services.transfers import read_file, write_new

commands = typer.Typer(help="Incidents passed to another force, and received from one.", no_args_is_help=True)


@commands.command("export")
def export(
    incident: Annotated[int, typer.Argument(help="The incident's id.")],
    target: Annotated[str, typer.Argument(metavar="FILE", help="A new file for the message.")],
    to: Annotated[str, typer.Option(help="To whom: the force's name.")],
    name: Named,
    why: Annotated[str, typer.Option(help="Why it is passed on.")] = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
) -> None:
    """Pass an incident to another force: the message is written to a new file. It stays ours until they acknowledge it."""
    path = Path(target)
    if path.exists():
        raise BadInput("This file is there already; it is not overwritten.", str(path))
    with signed_in(name, passphrase_file, database, scheme) as (opened, actor):
        text = opened.transfers.send(actor, incident, to, why)
        if not text:
            raise BadInput(f"{to} is a room of this scheme and shares this database; nothing to send.", "to")
        write_new(path, text)
    typer.echo(f"Written to {path}. It stays ours until somebody named there has acknowledged it.")


@commands.command("receive")
def receive(
    source: Annotated[str, typer.Argument(metavar="FILE", help="The message.")],
    name: Named,
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
) -> None:
    """Receive an incident from another force: it is opened with their clock, words and warnings, and graded no lower."""
    text = read_file(Path(source))
    with signed_in(name, passphrase_file, database, scheme) as (opened, actor):
        incident_id = opened.transfers.receive(actor, text)
        view = opened.desk.view(actor, incident_id)
    reference = view.picture.incident.reference if view.picture.incident else str(incident_id)
    grade = view.standing_grade.name if view.standing_grade else "not graded"
    typer.echo(f"Received as {reference}, {grade}. Acknowledge it to them by name.")
