"""The lines of the board: what each says in its columns, and to a screen reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from callhandler.model.incident import ARRIVED
from callhandler.rules.clocks import minutes_spoken
from callhandler.services.board import OpenIncident
from ui.common import words
from ui.common.words import tr
from ui.models.rows import Row


@dataclass(frozen=True)
class Cell:
    """One column of a line: its words, and the tone that they are told in."""

    text: str
    tone: str = "text"


@dataclass(frozen=True)
class WideRow(Row):
    """An open incident: two lines of columns say how it stands and who goes, a third what waits, where anything does."""

    incident_id: int
    grade: str
    band: str
    first: tuple[Cell, Cell, Cell, Cell]
    second: tuple[Cell, Cell, Cell, Cell]
    third: tuple[Cell, ...]
    here: bool


def wide_rows(board: Iterable[OpenIncident], here: int | None) -> list[Row]:
    """The open incidents as the desk sorts them: overdue first."""
    lines = list(board)
    references = [line.reference for line in lines]
    return [_row(line, words.short_reference(line.reference, references), here) for line in lines]


def short(line: OpenIncident) -> tuple[str, str]:
    """Where an incident stands, in a few words, and their tone: the weightiest only."""
    clocks = line.clocks
    if line.lost:
        return tr("{state}, nobody has it").format(state=words.state(clocks.state).lower()), "serious"
    if clocks.unresourced is not None:
        return tr("unresourced {time}").format(time=minutes_spoken(clocks.unresourced)), "serious"
    if clocks.overdue is not None:
        return tr("over by {time}").format(time=minutes_spoken(clocks.overdue)), "serious"
    if line.unreceived:
        return tr("not received"), "serious"
    if line.unacknowledged:
        return tr("not acknowledged"), "serious"
    if line.request is not None:
        return tr("lower asked for"), "serious"
    calm = clocks.state in ARRIVED
    return words.state(clocks.state).lower(), "calm" if calm else "muted"


def waits(line: OpenIncident) -> list[str]:
    """What waits for somebody: who was told and has not answered, who has not received it, the next shift."""
    found = []
    if line.unacknowledged:
        found.append(tr("not acknowledged: {roles}").format(roles=", ".join(line.unacknowledged)))
    if line.unreceived:
        found.append(tr("not received: {rooms}").format(rooms=", ".join(line.unreceived)))
    return [*found, tr("not taken over at the change of shift")] if line.unlisted else found


def _row(line: OpenIncident, number: str, here: int | None) -> WideRow:
    clocks = line.clocks
    grade = line.grade.name if line.grade else tr("No grade")
    stands, tone = short(line)
    since = tr("since {time}").format(time=words.clock(clocks.state_since)) if clocks.state_since else ""
    waiting = line.waiting.minutes if line.waiting else clocks.waiting
    waited = tr("waiting {time}").format(time=minutes_spoken(waiting)) if waiting is not None else ""
    over = tr("over by {time}").format(time=minutes_spoken(clocks.overdue)) if clocks.overdue else ""
    whose = line.owner or tr("nobody")
    arrived = clocks.state in ARRIVED
    there = tr("there: {who}") if arrived else tr("goes: {who}")
    goes = there.format(who=line.responder) if line.responder else "" if arrived else tr("nobody goes")
    sought = tr("suspect: {state}").format(state=words.search(line.suspect).lower()) if line.suspect else ""
    first = (
        Cell(f"{number} {line.title}"),
        Cell(stands, tone),
        Cell(over, "critical_text"),
        Cell(tr("owner: {owner}").format(owner=whose), "text" if line.owner else "serious"),
    )
    second = (
        Cell(sought, "muted"),
        Cell(" · ".join(part for part in (goes, since) if part), "muted" if line.responder else tone),
        Cell(waited, "muted"),
        Cell(tr("parked") if line.parked else "", "serious"),
    )
    third = tuple(Cell(told, "serious") for told in waits(line))
    if line.promise:
        third += (Cell(tr("promised {time}").format(time=words.clock(line.promise.until)), "muted"),)
    if line.plan:
        third += (Cell(tr("plan until {time}").format(time=words.clock(line.plan.until)), "muted"),)
    said = [grade, *(c.text for c in (*first, *second, *third) if c.text)]
    return WideRow(
        key=f"incident:{line.incident_id}",
        spoken=", ".join(said),
        tip="\n".join([line.reference, *said[1:]]),
        incident_id=line.incident_id,
        grade=grade,
        band=line.grade.band if line.grade else "",
        first=first,
        second=second,
        third=third,
        here=line.incident_id == here,
    )
