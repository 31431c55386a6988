"""Every job that needs no screen: replay, verify, backup, restore, users, policy. Nothing of Qt is imported from here."""

import getpass
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from callhandler import __version__, app, log
from callhandler.cli import (
    backtest,
    exercise,
    generate,
    importing,
    lines,
    linking,
    papers,
    policy,
    review,
    scenario,
    transfer,
)
from callhandler.cli.options import Database, Scheme
from callhandler.cli.signing_in import passphrase
from callhandler.cli.working import working
from callhandler.clock import SystemClock
from callhandler.errors import BadInput, CallhandlerError, Environment
from callhandler.log_file import NAME, why_not
from callhandler.model.actor import Right
from callhandler.services import backups, custody
from callhandler.services.replay_output import event_out, header, in_words
from callhandler.settings import from_environment

cli = typer.Typer(
    name="callhandler",
    help="What a police call handler must see, and what may not happen silently, while a call runs.",
    epilog="With a screen: callhandler (the desk), callhandler demo (the night), callhandler demo --as supervisor. "
    "What failed, without personal data, is written to callhandler.log; callhandler version --log says where.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
user = typer.Typer(help="The people who may use a database.", no_args_is_help=True)
cli.add_typer(user, name="user")
cli.add_typer(policy.commands, name="policy")
cli.add_typer(review.commands, name="review")
cli.add_typer(transfer.commands, name="transfer")
cli.add_typer(papers.commands, name="paper")
cli.add_typer(exercise.commands, name="exercise")
cli.add_typer(scenario.commands, name="scenario")
policy.commands.command("backtest")(backtest.command)
policy.commands.command("lines")(lines.command)
cli.command("generate")(generate.command)
cli.command("import")(importing.command)
cli.command("link-records")(linking.command)


def main(argv: list[str]) -> int:
    """Run one command; the exit code: 0 done, 1 refused or not intact, 2 wrong use."""
    log.set_up(from_environment().log_folder)
    try:
        result = cli(args=argv, standalone_mode=False)
    except CallhandlerError as error:
        if isinstance(error, Environment):
            log.outside(error, "command")
        typer.echo(str(error), err=True)
        return 1
    except typer.Exit as error:
        return error.exit_code
    except typer.Abort:
        typer.echo("Stopped; nothing was changed.", err=True)
        return 1
    except Exception as error:
        if hasattr(error, "format_message"):
            typer.echo(f"{error.format_message()}\nTry: callhandler --help", err=True)
            return 2
        log.fault(error, "command")
        typer.echo(f"A fault of this program, told without personal data in {log.file()}:", err=True)
        raise
    return int(result or 0)


@cli.command()
def words(database: Database = "") -> None:
    """Make everything searchable that was brought in without its words; desks may go on meanwhile."""
    settings = from_environment(database)
    opened = app.open_app(settings)
    try:
        done = 0
        while more := opened.searching.add_words():
            done += more
            typer.echo(f"\r{done:,} rows", nl=False, err=True)
        typer.echo(
            f"\r{done:,} rows were made searchable; everything is." if done else "Everything is searchable."
        )
    finally:
        opened.close()


@cli.command()
def version(
    where: Annotated[bool, typer.Option("--log", help="Also where the program's own log is.")] = False,
) -> None:
    """Print the version."""
    typer.echo(__version__)
    if where:
        file = from_environment().log_folder / NAME
        why = why_not(file.parent)
        typer.echo(f"{file}: cannot be written, as {why}" if why else f"{file}")


@cli.command()
def replay(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Scenario files, or names of shipped ones: night.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the contract: one JSON object a file, one a line.")
    ] = False,
    until: Annotated[str, typer.Option(help="Stop after the event of this id.")] = "",
    keep: Annotated[str, typer.Option(help="Keep the store that was played on in this new file.")] = "",
) -> None:
    """Play scenarios, each on a fresh store, and print what was seen, what stood and what was refused at each event."""
    settings = from_environment()
    if keep and len(files) > 1:
        raise BadInput("--keep holds one store; play one file at a time with it.", "keep")
    for name in files:
        path = app.find_scenario(name)
        with app.replaying(path, settings, Path(keep) if keep else None) as run:
            known = {e.id for e in run.scenario.events}
            if until and until not in known:
                raise BadInput(f"{path.name} has no event {until}.", "until")
            events = []
            if not as_json:
                typer.echo(f"{run.scenario.title}\n")
            for step in run.play_until(until) if until else run.play():
                if as_json:
                    events.append(event_out(step, run))
                else:
                    typer.echo(in_words(step, run))
            if as_json:
                typer.echo(json.dumps({"header": header(run), "events": events}, ensure_ascii=False))


@cli.command()
def verify(
    database: Database = "",
    checkpoint: Annotated[str, typer.Option(help="A checkpoint kept elsewhere, to compare with.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Prove a database: every row and what it points to, every link, every protection; judge every assessment again.

    Each is judged by its own policy. Then what is searched and linked by is compared with the records that it is made of.
    """
    found = _existing(database)
    with working() as far:
        proof = found.prove(Path(checkpoint) if checkpoint else None, far=far)
        proof = replace(proof, findings=(*proof.findings, *found.compare_derived(far)))
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "intact": proof.intact,
                    "links": proof.links,
                    "head": proof.head,
                    "assessments": proof.assessments,
                    "findings": [
                        {"seq": f.seq, "kind": f.kind, "sentence": f.sentence} for f in proof.findings
                    ],
                }
            )
        )
    else:
        for finding in proof.findings:
            typer.echo(f"{finding.kind} {finding.seq or ''}: {finding.sentence}")
        what = "intact" if proof.intact else f"NOT INTACT: {len(proof.findings)} findings"
        typer.echo(f"{proof.links} records, {proof.assessments} assessments judged again: {what}.")
    if not proof.intact:
        raise typer.Exit(1)


@cli.command()
def checkpoint(
    target: Annotated[str, typer.Argument(help="A new file, to be kept elsewhere.")], database: Database = ""
) -> None:
    """Write the newest link of the journal to a file; a journal cut off later is caught against it."""
    seq = _existing(database).write_checkpoint(Path(target))
    typer.echo(f"Checkpoint at record {seq} written to {target}. Keep it on another machine.")


@cli.command()
def backup(target: Annotated[str, typer.Argument(help="A new file.")], database: Database = "") -> None:
    """Copy a database into a new file while it is in use."""
    digest = backups.back_up(_existing(database).engine, Path(target))
    typer.echo(f"Backed up to {target}\nSHA-256 {digest}")


@cli.command()
def restore(source: Annotated[str, typer.Argument(help="A backup.")], database: Database = "") -> None:
    """Put a backup in place as a new database, after proving it."""
    settings = from_environment(database)
    proof = backups.restore(Path(source), settings.database, SystemClock())
    typer.echo(f"Restored {proof.links} records, all proved.")


@cli.command()
def migrate(
    target: Annotated[
        str, typer.Argument(metavar="BACKUP", help="A new file for the backup that is made first.")
    ],
    database: Database = "",
) -> None:
    """Back a database up, then bring its tables to this version."""
    with working() as far:
        settings = from_environment(database)
        reached = backups.migrate(settings.database, Path(target), SystemClock(), lambda what, _: far(what))
    typer.echo(f"Backed up to {target}; the database is now at version {reached}.")


@user.command("add")
def user_add(
    name: str,
    display: Annotated[str, typer.Option(help="The name shown, such as Handler 12.")] = "",
    role: Annotated[list[Right], typer.Option(help="A role; give it again for another.")] = [],  # noqa: B006
    database: Database = "",
    scheme: Scheme = "",
    passphrase_file: Annotated[
        str, typer.Option(help="Read the passphrase from a file instead of asking.")
    ] = "",
) -> None:
    """Add a user. The first one of a database becomes its administrator; later ones need an administrator's passphrase."""
    settings = from_environment(database, scheme)
    opened = app.open_app(settings)
    try:
        first = not opened.identity.has_users()
        rights = set(role) | ({Right.ADMINISTRATOR} if first else set())
        if not rights:
            raise BadInput("A user needs at least one role: --role handler", "role")
        by = None
        if not first:
            admin = typer.prompt("Administrator's user name")
            by = opened.identity.sign_in(admin, passphrase("", "Administrator's passphrase: "))
        secret = _new_passphrase(passphrase_file)
        if by is None:
            opened.identity.add_user(
                name, display or name, secret, rights, granted_by="command line, first user"
            )
        else:
            opened.identity.add_user_by(by, name, display or name, secret, rights)
            opened.identity.sign_out(by)
        roles = ", ".join(sorted(r.value for r in rights))
        typer.echo(f"{name} may now sign in as {roles}.")
    finally:
        opened.close()


def _existing(database: str) -> custody.Custody:
    settings = from_environment(database)
    return custody.Custody.existing(settings.database, SystemClock())


def _new_passphrase(file: str) -> str:
    first = passphrase(file, "New passphrase: ")
    if not file and first != getpass.getpass("The same again: "):
        raise BadInput("The two passphrases differ; nobody was added.", "passphrase")
    return first
