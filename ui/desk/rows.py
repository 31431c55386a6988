"""What the lists of the desk show of a view: rows made once per reading, nothing decided here."""

from collections.abc import Iterable
from datetime import datetime

from callhandler.model.assessment import Tier, Warning
from callhandler.model.facts import Assessed
from callhandler.model.incident import Direction, Incident
from callhandler.model.picture import Rejected
from callhandler.model.strength import Reason, Strength
from callhandler.rules import linked
from callhandler.services.board import OpenIncident
from callhandler.services.desk import View
from ui.board.rows import short, waits
from ui.common import words
from ui.common.happened import what_happened
from ui.common.labels import one_line
from ui.common.words import tr
from ui.models.rows import BoardRow, HistoryRow, LogRow, Row, WarningRow


def newest_call(view: View) -> datetime | None:
    """When the call that is on now came in, if it is not the first."""
    inbound = [
        c.at for c in view.picture.calls if c.incident_id == view.picture.here and c.direction is Direction.IN
    ]
    return inbound[-1] if len(inbound) > 1 else None


def warning_rows(view: View, tiers: Iterable[Tier]) -> list[Row]:
    """The standing warnings of these tiers."""
    since = newest_call(view)
    wanted = set(tiers)
    held = view.stands_since
    return [_warning(w, since, held.get(w.code, "")) for w in view.assessment.standing if w.tier in wanted]


def _warning(warning: Warning, call: datetime | None, stands_since: str) -> WarningRow:
    """`stands_since` says that it was raised while records were read as one that are so no longer."""
    lines = list(dict.fromkeys(one_line(e.line) for e in warning.evidence))
    new = call is not None and warning.since >= call
    when = words.clock(warning.since)
    aside = tr("{records} · warned {time}").format(
        records=words.counted(len(lines), tr("record"), tr("records")), time=when
    )
    if stands_since:
        lines.insert(0, tr("{why}: it stands until it is settled").format(why=stands_since))
        aside = tr("undone since · warned {time}").format(time=when)
    spoken = f"{tr(warning.tier.value.capitalize())}: {warning.sentence.rstrip('.')}. {aside}."
    if stands_since:
        spoken += f" {lines[0]}."
    return WarningRow(
        key=warning.code,
        spoken=f"{spoken} {tr('New since the last call.')}" if new else spoken,
        tip="\n".join([warning.sentence, *lines[:8]]),
        tier=warning.tier.value,
        sentence=warning.sentence,
        detail=" · ".join(lines),
        aside=aside,
        new=new,
    )


def history_rows(view: View) -> list[Row]:
    """The linked incidents, newest first; then what is only possible, and what was taken off, each said to be so."""
    picture = view.picture

    def newest(incidents: Iterable[Incident]) -> list[Incident]:
        return sorted(incidents, key=lambda i: i.opened.at, reverse=True)

    off = {r.incident.id: r for r in picture.rejected}
    return [
        *(_past(view, i) for i in newest(picture.linked)),
        *(_past(view, i, tr("Possible")) for i in newest(picture.apart.incidents)),
        *(_taken_off(view, off[i.id]) for i in newest(r.incident for r in off.values())),
    ]


def assessed_words(view: View, incident: Incident) -> str:
    """How risk was assessed in a past incident, in words; not done is said, never left out."""
    named = {
        Assessed.WITH_HER: tr("with her"),
        Assessed.WITHOUT_HER: tr("without her"),
        Assessed.NOT_DONE: tr("not done"),
    }
    every = (*view.picture.risk_assessments, *view.picture.apart.risk_assessments)
    own = [a for a in every if a.incident_id == incident.id]
    said = [
        f"{a.level.capitalize()}, {named[a.done]}" if a.level else named[a.done].capitalize() for a in own
    ]
    return "; ".join(dict.fromkeys(said)) or tr("No assessment held")


def _past(view: View, incident: Incident, how: str = "") -> HistoryRow:
    date, reasons = incident.opened.spoken_day(), view.links.get(incident.id, ())
    why = strength_words(reasons[0]) if reasons else view.reasons.get(incident.id, "")
    if len(reasons) > 1:
        why += tr(" and {n} more").format(n=len(reasons) - 1)
    whole = [strength_words(r, whole=True) for r in reasons]
    assessed, undone = assessed_words(view, incident), incident.undone
    happened = what_happened(view.picture, view.type_names, incident)
    summary = f"{how}: {happened}" if how else happened
    through = "; ".join(whole) or why
    spoken = f"{date}: {summary} {undone} {tr('Assessment')}: {assessed}. {tr('Linked by')}: {through}."
    tip = "\n".join(t for t in (date, summary, incident.outcome, undone, *(whole or [why])) if t)
    return HistoryRow(f"incident:{incident.id}", spoken, tip, date, summary, undone, assessed, why)


def _taken_off(view: View, off: Rejected) -> HistoryRow:
    incident, date = off.incident, off.incident.opened.spoken_day()
    why = tr("taken off by {who}: {reason}").format(who=off.author, reason=off.reason)
    summary = tr("Not linked: {summary}").format(
        summary=what_happened(view.picture, view.type_names, incident)
    )
    assessed = assessed_words(view, incident)
    spoken = f"{date}: {summary}. {why}. {tr('Insert: it belongs here after all.')}"
    tip = "\n".join((date, summary, why, tr("Insert: it belongs here after all.")))
    return HistoryRow(f"incident:{incident.id}", spoken, tip, date, summary, why, assessed, tr("taken off"))


def strength_words(reason: Reason, *, whole: bool = False) -> str:
    """A reason with its strength first, in words; with `whole`, why it is no stronger, or since when it is."""
    strength = {
        Strength.CONFIRMED: tr("confirmed"),
        Strength.LIKELY: tr("likely"),
        Strength.POSSIBLE: tr("possible"),
    }[reason.strength]
    return f"{strength}: {reason.words}" + (f" ({reason.why})" if whole and reason.why else "")


def history_heading(view: View) -> str:
    """How many are held; how many more are only possible; how many were counted elsewhere and are not held."""
    held = len(view.picture.linked)
    parts = [tr("{n} held").format(n=held)]
    for count in view.picture.counts:
        opened = (
            sum(1 for i in view.picture.linked if i.place_id == count.subject_id)
            if count.subject == "place"
            else 0
        )
        parts.append(tr("{n} logged, {opened} opened").format(n=count.number, opened=opened))
    return "; ".join(parts)


def cut_line(view: View) -> str:
    """What is held and not shown here, in one line; empty when all is shown."""
    return "; ".join(linked.cut_in_words(cut, view.picture) for cut in view.picture.cuts)


def log_rows(view: View) -> list[Row]:
    """The log of this incident, oldest first."""
    return [
        LogRow(
            f"log:{e.id}",
            f"{words.clock(e.at)} {e.author}: {e.text}",
            f"{words.clock(e.at, seconds=True)} {e.author}\n{e.text}",
            words.clock(e.at),
            e.author,
            e.text,
        )
        for e in view.picture.log
        if e.incident_id == view.picture.here
    ]


def board_rows(board: Iterable[OpenIncident], here: int | None) -> list[Row]:
    """The open incidents, as the desk sorts them: overdue first."""
    lines = list(board)
    references = [line.reference for line in lines]
    return [_on_board(line, words.short_reference(line.reference, references), here) for line in lines]


def _on_board(line: OpenIncident, number: str, here: int | None) -> BoardRow:
    standing, tone = short(line)
    whose = tr("owner: {owner}").format(owner=line.owner or tr("nobody"))
    more = [whose, *waits(line)]
    grade = line.grade.name if line.grade else tr("No grade")
    title = f"{number} {line.title}"
    return BoardRow(
        key=f"incident:{line.incident_id}",
        spoken=", ".join([grade, title, standing, *more]),
        tip="\n".join([line.reference, line.title, standing, *more]),
        incident_id=line.incident_id,
        grade=grade,
        band=line.grade.band if line.grade else "",
        title=title,
        standing=standing,
        tone=tone,
        here=line.incident_id == here,
    )
