"""The command that looks through a whole history for people who stand in it twice, and lists what it proposes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from callhandler.cli.options import Database, PassphraseFile, Scheme, Who
from callhandler.cli.signing_in import signed_in
from callhandler.errors import BadInput, Refused
from callhandler.services.linking import engines
from callhandler.services.linking.service import MEMORY_MB, LinkRecords


def command(
    engine: Annotated[
        str, typer.Option(help="duckdb, on this machine; spark, for what outgrows it.")
    ] = "duckdb",
    memory: Annotated[int, typer.Option(help="The most memory for comparing, in MB.")] = MEMORY_MB,
    folder: Annotated[
        str, typer.Option("--work", help="A folder with room for what does not fit in memory.")
    ] = "",
    settings: Annotated[
        str, typer.Option(help="A folder with another people.yaml than the shipped one.")
    ] = "",
    listing: Annotated[
        bool, typer.Option("--list", help="List what is proposed, and compare nothing.")
    ] = False,
    most: Annotated[int, typer.Option(help="So many of the list at most.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    accept: Annotated[bool, typer.Option("--accept", hidden=True)] = False,
    who: Who = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
) -> None:
    """Propose which records of people may be one person. A proposal waits until somebody accepts it at the desk."""
    if accept:
        raise Refused(
            "Nothing is accepted unattended: two women taken for one is worse than two records apart. "
            "Each proposal is looked at and accepted, or not, at the desk."
        )
    if memory < 200:
        raise BadInput(f"{memory} MB is too little to compare in; give at least 200.", "memory")
    if not listing:
        engines.require(engine)
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        linking = LinkRecords(opened.office, Path(settings) if settings else None)
        if listing:
            proposed = linking.proposals(actor, most)
            if as_json:
                typer.echo(json.dumps([asdict(p) for p in proposed], ensure_ascii=False))
                return
            typer.echo(f"{linking.count(actor):,} pairs may be one person each; the likeliest first.")
            for p in proposed:
                typer.echo(f"{p.a} {p.a_called}\n{p.b} {p.b_called}\n    {p.reasons}")
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, transient=True) as shown:
            task = shown.add_task("Reading", total=1.0)
            done = linking.run(
                actor,
                cast("engines.Engine", engine),
                memory,
                Path(folder) if folder else None,
                lambda sentence, share: shown.update(task, description=sentence, completed=share),
            )
    typer.echo(
        f"{done.people:,} people compared in {done.seconds:,.0f} s: {done.found:,} pairs may be one person, "
        f"{done.proposed:,} of them not proposed before. Nothing is joined: each waits for somebody to accept it "
        "(callhandler link-records --list)."
    )
