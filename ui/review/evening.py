"""The evening as marks on one line: calls, calls back, moves, and since when the target was missed. No Qt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callhandler.model.incident import CallOutcome, Direction
from callhandler.model.when import LONDON
from callhandler.services.desk import View
from ui.common.words import clock, ordinal, short_reference, tr

EVENING, MORNING = 17, 6


class MarkKind(StrEnum):
    """What stands on the line; each has a shape of its own."""

    CALL = "call"
    RANG_BACK = "rang_back"
    NO_ANSWER = "no_answer"
    MOVE = "move"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class EveningMark:
    """One thing on the line: its labels go from long to short."""

    kind: MarkKind
    at: datetime
    labels: tuple[str, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class Evening:
    """From the first call to the instant that is looked at. `past` is when the target was missed; None when it was not."""

    start: datetime
    end: datetime
    marks: tuple[EveningMark, ...]
    past: datetime | None

    @property
    def late(self) -> bool:
        """Whether it began in an evening or a night, by the local clock."""
        hour = self.start.astimezone(LONDON).hour
        return hour >= EVENING or hour < MORNING

    @property
    def told(self) -> str:
        """All of it in words, in order of time."""
        parts = [mark.spoken for mark in self.marks]
        if self.past is not None:
            parts.append(tr("past its target from {time}").format(time=clock(self.past)))
        return "; ".join(parts)


def evening_of(view: View, asked: datetime | None = None, what: str = "") -> Evening | None:
    """The evening of a view; None where no call and no move is recorded. `asked` is when the lowering was asked for."""
    picture = view.picture
    marks: list[EveningMark] = []
    inbound = 0
    for call in picture.calls:
        if call.incident_id != picture.here:
            continue
        time = clock(call.at)
        if call.direction is Direction.IN:
            inbound += 1
            said = tr("call {n}").format(n=inbound)
            marks.append(
                EveningMark(
                    MarkKind.CALL,
                    call.at,
                    (f"{time} {said}", time),
                    tr("{nth} call {time}").format(nth=ordinal(inbound), time=time),
                )
            )
        elif call.outcome is CallOutcome.NO_ANSWER:
            said = tr("{time} no answer").format(time=time)
            marks.append(EveningMark(MarkKind.NO_ANSWER, call.at, (said, time), tr("rang back ") + said))
        else:
            said = tr("{time} rang back").format(time=time)
            marks.append(EveningMark(MarkKind.RANG_BACK, call.at, (said, time), said))
    marks += _moves(view)
    if asked is not None:
        said = f"{clock(asked)} {what or tr('asked')}"
        marks.append(EveningMark(MarkKind.ASKED, asked, (said,), said))
    if not marks:
        return None
    marks.sort(key=lambda mark: mark.at)
    overdue = view.clocks.overdue
    past = view.clocks.due if overdue is not None else None
    end = max(picture.as_of, marks[-1].at)
    if end - marks[0].at < timedelta(minutes=1):
        end = marks[0].at + timedelta(minutes=1)
    return Evening(marks[0].at, end, tuple(marks), past)


def _moves(view: View) -> list[EveningMark]:
    """Where she went, is going, and which room it was sent to; what was recorded in one minute is one mark.

    So it is of whoever waits in an incident merged into this one.
    """
    picture = view.picture
    together: dict[tuple[str, bool, int], list[tuple[datetime, str]]] = {}
    moves = [*picture.moves, *(move for other in picture.beside for move in other.moves)]
    others = {b.incident.id: short_reference(b.incident.reference) for b in picture.beside}
    inside = {picture.here, *picture.inside}
    for move in sorted(moves, key=lambda m: (m.at, m.id)):
        if move.incident_id in inside:
            place = picture.place(move.place_id)
            names = [place.label if place is not None else "", move.room]
            key = clock(move.at), move.kind == "going_to", move.incident_id
            together.setdefault(key, []).extend((move.at, name) for name in names if name)
    found = []
    for (time, going, incident_id), places in together.items():
        where = ", ".join(dict.fromkeys(name for _, name in places))
        long = tr("{time} going to {where}") if going else tr("{time} moved to {where}")
        short = tr("{time} going") if going else tr("{time} moved")
        said = long.format(time=time, where=where)
        if incident_id in others:
            said += tr(", told in {reference}").format(reference=others[incident_id])
        at = places[0][0] if places else picture.as_of
        found.append(EveningMark(MarkKind.MOVE, at, (said, short.format(time=time)), said))
    return found
