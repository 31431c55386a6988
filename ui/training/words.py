"""What is heard in an exercise, as rows and lines for people."""

from datetime import datetime, timedelta

from callhandler.model.exercise import Heard, HeardKind
from callhandler.model.when import LONDON
from callhandler.services.training.lines import Line
from ui.common.words import tr
from ui.models.rows import LogRow, Row

SPOKEN = (
    HeardKind.SAID,
    HeardKind.ASKED,
    HeardKind.SOUND,
    HeardKind.ANSWERED,
    HeardKind.ENDED,
    HeardKind.STOPPED,
)


def transcript(entries: tuple[Heard, ...], names: dict[str, str], titles: dict[str, str]) -> list[Row]:
    """What was said and heard, a row each, oldest first. `names` are of speakers, `titles` of calls, by id."""
    return [
        _row(index, heard, names, titles)
        for index, heard in enumerate(entries)
        if heard.kind in SPOKEN and (heard.text or heard.kind is HeardKind.ANSWERED)
    ]


def on_the_line(line: Line | None, name: str, now: datetime) -> str:
    """Who is on the line, how they seem, for how long."""
    if line is None or line.answered_at is None:
        return tr("Nobody is on the line.")
    parts = [name, line.demeanour, line.rings.number or tr("number withheld"), lasted(now - line.answered_at)]
    return " · ".join(p for p in parts if p)


def lasted(span: timedelta) -> str:
    """Minutes and seconds of a call."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def pace(now: datetime, speed: float) -> str:
    """The exercise's own time, and how fast it runs."""
    clock = now.astimezone(LONDON).strftime("%H:%M:%S")
    if speed == 0:
        return tr("{clock} · held").format(clock=clock)
    if speed == 1:
        return tr("{clock} · real speed").format(clock=clock)
    return tr("{clock} · {n} times as fast").format(clock=clock, n=f"{speed:g}")


def _row(index: int, heard: Heard, names: dict[str, str], titles: dict[str, str]) -> Row:
    clock = heard.at.astimezone(LONDON).strftime("%H:%M")
    who, text = _who(heard, names), heard.text
    if heard.kind is HeardKind.SOUND:
        text = f"[{text}]"
    elif heard.kind is HeardKind.ANSWERED:
        title = titles.get(heard.line, heard.line)
        text = tr("[{call} answered] {text}").format(call=title, text=heard.text).strip()
    elif heard.kind in (HeardKind.ENDED, HeardKind.STOPPED):
        text = f"[{text or tr('The exercise is over.')}]"
    return LogRow(f"heard:{index}", f"{clock} {who}: {text}", text, clock, who, text)


def _who(heard: Heard, names: dict[str, str]) -> str:
    if heard.kind is HeardKind.ASKED:
        return tr("You")
    if heard.kind is HeardKind.SAID:
        return names.get(heard.who, heard.who)
    return tr("The line")
