"""`callhandler import`: try a force's own files, then bring them in; after a stop it goes on when it is run again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from callhandler.cli.options import Database, Named, PassphraseFile, Scheme
from callhandler.cli.signing_in import signed_in
from callhandler.errors import BadInput
from callhandler.intake.importing.rows import Rejected
from callhandler.services.imports import Report
from callhandler.services.imports.counting import Say
from callhandler.settings import resources

SHOWN = 20


def command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="The files, or the folder of the files that the mapping names."
        ),
    ],
    mapping: Annotated[
        str, typer.Option("--mapping", "-m", help="A mapping file, or the name of a shipped one: records.")
    ],
    name: Named,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read everything and write nothing; say what would come in.")
    ] = False,
    rejects: Annotated[
        str, typer.Option(help="The folder for rejected rows; beside each file without it.")
    ] = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
) -> None:
    """Bring a force's own history in from CSV, JSON Lines or Parquet, by a mapping file: see the help page on importing."""
    with signed_in(name, passphrase_file, database, scheme) as (opened, actor):
        imports = opened.imports
        job = imports.prepare(found(mapping), [Path(f) for f in files], Path(rejects) if rejects else None)
        for sentence in job.said:
            typer.echo(sentence)
        with _bar() as say:
            reports = imports.dry_run(job, say) if dry_run else imports.run(actor, job, say)
    for report in reports:
        _print(report)


def found(mapping: str) -> Path:
    """The mapping file of this path, or the shipped one of this name. Raises BadInput with the names that there are."""
    path = Path(mapping)
    shipped = resources() / "imports" / f"{mapping}.yaml"
    if path.is_file():
        return path
    if shipped.is_file():
        return shipped
    names = ", ".join(sorted(p.stem for p in shipped.parent.glob("*.yaml")))
    raise BadInput(f"There is no mapping file {mapping}; shipped are {names}.", "mapping")


def _print(report: Report) -> None:
    for line in report.lines():
        typer.echo(line)
    if report.seconds and not report.before:
        typer.echo(
            f"{report.seconds:,.1f} seconds, {report.read / max(report.seconds, 1e-6):,.0f} rows a second."
        )
    if report.examples:
        Console().print(_table(report.examples[:SHOWN]))
        more = report.rejected + report.without - SHOWN
        if more > 0:
            typer.echo(f"And {more:,} more" + (f", all in {report.rejects.name}." if report.rejects else "."))


def _table(rows: list[Rejected]) -> Table:
    table = Table("Row", "Column", "Value", "Why")
    for row in rows:
        table.add_row(str(row.row), row.column, row.value[:40], row.reason)
    return table


@contextmanager
def _bar() -> Iterator[Say]:
    """A bar on the error stream, so that what is printed stays clean; none where nobody looks."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rows, {task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Importing", total=None, rate="")
        yield lambda far: progress.update(
            task,
            description=far.file,
            completed=far.read,
            total=far.about,
            rate=f"{far.rate:,.0f} a second, {far.rejected:,} rejected",
        )
