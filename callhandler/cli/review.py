"""The commands about review, for who has no screen: the queue, one item, the figures. Each signs in, and reads only."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from callhandler.cli.options import AsJson, Database, PassphraseFile, Scheme, Who
from callhandler.cli.signing_in import signed_in
from callhandler.model.review import QueueLine, Series
from callhandler.model.review_figures import Agreement
from callhandler.model.when import LONDON
from callhandler.rules.clocks import minutes_spoken
from callhandler.services.reviews.opening import Opened

commands = typer.Typer(
    help="Decisions looked at again: the queue, an item, the figures.", no_args_is_help=True
)


@commands.command("list")
def list_(
    who: Who = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
    as_json: AsJson = False,
) -> None:
    """The queue, riskiest first: who waits for agreement now, then what is to be reviewed."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        lines, now = opened.reviews.queue(actor), opened.office.clock.now()
        if as_json:
            typer.echo(json.dumps([asdict(line) for line in lines], default=str, ensure_ascii=False))
            return
        head = opened.reviews.header(actor, lines=lines)
        typer.echo(
            f"{head.asking_now} ask for agreement now; {head.open_items} to be reviewed, {head.unowned} of nobody, "
            f"{head.overdue} overdue."
        )
        for line in lines:
            typer.echo(_line(line, now))


@commands.command("show")
def show(
    item: Annotated[int, typer.Argument(help="The number of an item, as the list gives it.")],
    purpose: Annotated[str, typer.Option(help="Why it is opened; it is recorded.")] = "review",
    who: Who = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
) -> None:
    """One item: what the handler saw then and its proof, what was decided, what was missed, what followed."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        for text in _told(opened.reviews.open(actor, item, purpose), opened.office.clock.now()):
            typer.echo(text)


@commands.command("figures")
def figures(
    days: Annotated[int, typer.Option(help="So many days back, today's among them.")] = 30,
    who: Who = "",
    passphrase_file: PassphraseFile = "",
    database: Database = "",
    scheme: Scheme = "",
    as_json: AsJson = False,
) -> None:
    """Lowerings by day, hour, ground and what followed; agreement of blind second grades. Never of single people."""
    with signed_in(who, passphrase_file, database, scheme) as (opened, actor):
        found = opened.reviews.figures(actor, days)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    typer.echo(f"{found.span}\n")
    for series in (found.by_day, found.by_hour, found.by_ground, found.by_followed):
        typer.echo("\n".join(_series(series)))
    typer.echo(f"{found.basis}\n  {_agreement(found.agreement)}")
    for group in (*found.by_type, *found.by_role):
        typer.echo(f"  {group.name}: {_agreement(group.agreement)}")
    typer.echo(found.agreement.method)


def _line(line: QueueLine, now: datetime) -> str:
    what = "grade hidden" if line.hidden else f"{line.was or 'first grade'} to {line.to}"
    number = "waits" if line.item_id is None else str(line.item_id)
    owner = line.owner or "nobody has it"
    late = ", overdue" if line.overdue(now) else ""
    facts = f"{line.critical} critical, floor {line.floor or 'none'}, {owner}"
    return f"{number:>8}  {line.reference}  {what}  {minutes_spoken(line.age(now))}{late}  {'; '.join(line.why)}. {facts}"


def _told(opened: Opened, now: datetime) -> Iterator[str]:
    yield _line(opened.line, now)
    view = opened.view
    yield f"As the handler saw it at {view.picture.as_of.astimezone(LONDON):%d %b %Y %H:%M:%S}: {opened.proof.sentence}"
    for fault in opened.proof.faults:
        yield f"  {fault.kind} {fault.seq}: {fault.sentence}"
    for warning in view.assessment.standing:
        yield f"  {warning.tier.value}: {warning.sentence}"
    if opened.decision is not None:
        yield f"{opened.decision.author}: {opened.decision.shown}. {opened.decision.text}".strip()
        for answer in opened.decision.request.answers if opened.decision.request else ():
            yield f"  {answer.warning}: {answer.what_changed} ({answer.said_by}, {answer.how_checked})"
    yield "Missed by then:" if opened.missed else "Nothing was found missed."
    yield from (f"  {m.name}: {m.state}" for m in opened.missed)
    if opened.followed:
        yield "What followed:"
        yield from (f"  {f.at.astimezone(LONDON):%d %b %Y %H:%M} {f.sentence}" for f in opened.followed)
    yield from (f"{o.author}: {o.result.value}. {o.reason}" for o in opened.outcomes)


def _series(series: Series) -> Iterator[str]:
    yield f"{series.title}: {', '.join(series.parts)}"
    yield from (f"  {p.label}: {', '.join(map(str, p.parts))}" for p in series.points if any(p.parts))


def _agreement(found: Agreement) -> str:
    def spoken(value: float | None, interval: Any, digits: int) -> str:
        if value is None:
            return "cannot be told"
        around = f" ({interval[0]:.{digits}f} to {interval[1]:.{digits}f})" if interval else ""
        return f"{value:.{digits}f}{around}"

    return (
        f"{found.agreed} of {found.n} agreed, {spoken(found.percent, found.percent_interval, 0)} %; "
        f"kappa {spoken(found.kappa, found.kappa_interval, 2)}"
    )
