"""The commands about papers: make one, say that it was read, leave an address out of all of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from callhandler.app import App
from callhandler.cli.options import Database, PassphraseFile, Scheme, Who
from callhandler.cli.signing_in import signed_in
from callhandler.errors import BadInput, Environment
from callhandler.model.actor import Actor
from callhandler.services.papers import Made

commands = typer.Typer(
    help="Papers: briefing, decision record, referral pack, disclosure bundle.", no_args_is_help=True
)

Incident = Annotated[str, typer.Option("--incident", help="The incident's record number, or its reference.")]
Out = Annotated[str, typer.Option("--out", help="A new file; .pdf, .html or .txt decides what is written.")]
Purpose = Annotated[str, typer.Option("--purpose", help="Why; it is recorded with your name.")]
AsOf = Annotated[
    str,
    typer.Option("--as-of", help="An instant with its zone: 2018-08-27T00:26+01:00; now without it."),
]


@commands.command("briefing")
def briefing(
    incident: Incident,
    out: Out,
    purpose: Purpose = "officers sent",
    as_of: AsOf = "",
    who: Who = "",
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: PassphraseFile = "",
) -> None:
    """The officers' one-page briefing."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        number = _incident(opened, actor, incident)
        _write(out, lambda: opened.papers.briefing(actor, number, purpose, as_of=_instant(as_of)))


@commands.command("decision")
def decision(
    record: Annotated[
        int, typer.Option("--record", help="The record number of the decision, or of the request.")
    ],
    incident: Incident,
    out: Out,
    purpose: Purpose = "review",
    as_of: AsOf = "",
    who: Who = "",
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: PassphraseFile = "",
) -> None:
    """The record of one decision, with its proof in the journal."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        number = _incident(opened, actor, incident)
        _write(out, lambda: opened.papers.decision(actor, number, record, purpose, as_of=_instant(as_of)))


@commands.command("referral")
def referral(
    code: Annotated[
        str, typer.Option("--to", help="The referral, as the policy names it: children-services.")
    ],
    incident: Incident,
    out: Out,
    purpose: Purpose = "referral",
    as_of: AsOf = "",
    who: Who = "",
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: PassphraseFile = "",
) -> None:
    """The pack of one referral that was taken: only what it needs."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        number = _incident(opened, actor, incident)
        _write(out, lambda: opened.papers.referral(actor, number, code, purpose, as_of=_instant(as_of)))


@commands.command("bundle")
def bundle(
    incident: Incident,
    out: Out,
    purpose: Purpose = "disclosure",
    as_of: AsOf = "",
    who: Who = "",
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: PassphraseFile = "",
) -> None:
    """The incident's disclosure bundle."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        number = _incident(opened, actor, incident)
        _write(out, lambda: opened.papers.bundle(actor, number, purpose, as_of=_instant(as_of)))


@commands.command("read")
def read(
    digest: Annotated[
        str, typer.Option("--digest", help="The digest at the foot; its first eight letters will do.")
    ],
    by: Annotated[str, typer.Option("--by", help="Who read it, such as a unit's call sign.")],
    incident: Incident,
    who: Who = "",
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: PassphraseFile = "",
) -> None:
    """Record that a paper was read, and by whom."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        paper = opened.papers.acknowledge(actor, _incident(opened, actor, incident), digest, by)
        typer.echo(f"Recorded: {paper.kind.value} {paper.digest[:8]} read by {by}.")


@commands.command("withhold")
def withhold(
    place: Annotated[str, typer.Option("--place", help="The place by its name or address, as recorded.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it must not be disclosed.")],
    said_by: Annotated[str, typer.Option("--said-by", help="Who says so.")],
    lift: Annotated[bool, typer.Option("--lift", help="It may be on papers again.")] = False,
    who: Who = "",
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: PassphraseFile = "",
) -> None:
    """Leave an address out of every paper, or let it be on papers again."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        if lift:
            opened.withholding.lift(actor, place, said_by, reason)
            typer.echo("This address may be on papers again.")
        else:
            opened.withholding.withhold(actor, place, said_by, reason)
            typer.echo("This address is left out of every paper from now on.")


def _incident(opened: App, actor: Actor, said: str) -> int:
    """An incident by its record number or its reference."""
    return opened.papers.incident_called(actor, said)


def _instant(said: str) -> datetime | None:
    if not said.strip():
        return None
    try:
        at = datetime.fromisoformat(said.strip())
    except ValueError as error:
        raise BadInput(f"{said} is no instant; write it as 2018-08-27T00:26+01:00.", "as-of") from error
    if at.tzinfo is None:
        raise BadInput(f"{said} has no zone; write it as 2018-08-27T00:26+01:00.", "as-of")
    return at.astimezone(UTC)


def _write(out: str, make: Callable[[], Made]) -> None:
    """Write a paper into a new file. What cannot be written is found before anything is recorded."""
    target = Path(out)
    if target.suffix not in (".pdf", ".html", ".txt"):
        raise BadInput(f"{target.name} ends in neither .pdf, .html nor .txt.", "out")
    if target.exists():
        raise BadInput(f"{target.name} exists already; a paper never overwrites.", "out")
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}.", "out")
    made = make()
    try:
        target.write_bytes(made.as_file(target.suffix))
    except OSError as error:
        raise Environment(f"{target.name} cannot be written: {error.strerror}.") from error
    typer.echo(f"Written to {target}\nDigest of what it says {made.digest}")
