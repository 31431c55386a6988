"""What the lists of the desk show of a view: rows made once per reading, nothing decided here."""

from collections.abc import Iterable
from datetime import datetime

from callhandler.model.assessment import Tier, Warning
from callhandler.model.facts import Assessed, Reply
from callhandler.model.incident import Direction, Incident, ResponseState
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.rules.clocks import minutes_spoken
from callhandler.services.desk import OpenIncident, View
from ui.common import words
from ui.common.labels import one_line
from ui.common.words import tr
from ui.models.rows import BoardRow, EntryRow, HistoryRow, LogRow, Row, WarningRow

GOING_CODE = "place-he-may-know"


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
    return [_warning(w, since) for w in view.assessment.standing if w.tier in wanted]


def _warning(warning: Warning, call: datetime | None) -> WarningRow:
    lines = list(dict.fromkeys(one_line(e.line) for e in warning.evidence))
    new = call is not None and warning.since >= call
    when = words.clock(warning.since)
    aside = tr("{records} · since {time}").format(
        records=words.counted(len(lines), tr("record"), tr("records")), time=when
    )
    spoken = f"{tr(warning.tier.value.capitalize())}: {warning.sentence}. {aside}."
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


def people_rows(view: View) -> list[Row]:
    """Those with a role in this incident, then those known from its history."""
    picture = view.picture
    roles: dict[int, list[Role]] = {}
    for party in picture.parties:
        if party.incident_id == picture.here:
            roles.setdefault(party.person_id, []).append(party.role)
    order = (Role.CALLER, Role.AT_RISK, Role.SUSPECT, Role.CHILD, Role.WITNESS, Role.REPORTER)
    here = sorted(roles, key=lambda p: min(order.index(r) for r in roles[p]))
    rows: list[Row] = [_person(view, p, roles[p]) for p in here]
    rows += [_person(view, p.id, []) for p in picture.people if p.id not in roles]
    return rows


def _person(view: View, person_id: int, roles: list[Role]) -> EntryRow:
    picture = view.picture
    person = picture.person(person_id)
    born = f" · {person.born}" if person and person.born else ""
    said = [words.role(r) for r in roles if r is not Role.CALLER or len(roles) == 1]
    if Role.SUSPECT in roles:
        sought = view.clocks.suspect_state
        said.append(tr("not looked for") if sought is None else tr("search: ") + words.state(sought).lower())
    elif person_id in {p.person_id for p in picture.parties if p.role is Role.SUSPECT}:
        said.append(tr("suspect in earlier incidents"))
    said += _assessed(picture, person_id) if Role.SUSPECT not in roles else []
    shape, tone = "plain", "muted"
    if Role.SUSPECT in roles:
        shape, tone = "critical", "critical"
    elif {Role.AT_RISK, Role.CHILD} & set(roles):
        shape, tone = "note", "serious"
    elif roles:
        shape, tone = "note", "accent"
    sub = " · ".join(said)
    title = f"{picture.name_of(person_id)}{born}"
    return EntryRow(f"person:{person_id}", f"{title}: {sub}", f"{title}\n{sub}", shape, tone, title, sub)


def _assessed(picture: Picture, person_id: int) -> list[str]:
    own = [a for a in picture.risk_assessments if a.person_id == person_id]
    if not own:
        return []
    with_her = sum(1 for a in own if a.done is Assessed.WITH_HER)
    return [tr("assessed {some}/{all} with her").format(some=with_her, all=len(own))]


def now_at(view: View) -> str:
    """Where the person at risk is now."""
    picture = view.picture
    moves = [m.place_id for m in picture.moves if m.kind == "at"]
    place = picture.place(moves[-1] if moves else picture.incident.place_id if picture.incident else None)
    return place.label if place else tr("not known")


def going_to(view: View) -> str:
    """Where the person at risk is going, if that was told last."""
    moves = view.picture.moves
    if not moves or moves[-1].kind != "going_to":
        return ""
    place = view.picture.place(moves[-1].place_id)
    return place.label if place else ""


def place_rows(view: View) -> list[Row]:
    """The places of the picture, with what is marked on each."""
    picture = view.picture
    here, going = now_at(view), going_to(view)
    doubtful = any(w.code == GOING_CODE for w in view.assessment.standing)
    rows: list[Row] = []
    for place in picture.places:
        notes = []
        if place.label == here:
            notes.append(tr("Now here"))
        if place.label == going:
            notes.append(tr("Going here; he may know it") if doubtful else tr("Going here"))
        held = sum(1 for i in picture.linked if i.place_id == place.id)
        if held:
            notes.append(words.counted(held, tr("incident held"), tr("incidents held")))
        marked = [m for m in picture.markers if m.subject == "place" and m.subject_id == place.id]
        if marked:
            notes.append(tr("marker ") + marked[-1].since.spoken_day())
        worried = place.label == going and doubtful
        shape, tone = (
            ("serious", "serious") if worried else ("note" if place.label == here else "plain", "accent")
        )
        sub = ", ".join(notes) or place.address
        tip = "\n".join([place.label, place.address, *notes, *[m.text for m in marked]])
        spoken = f"{place.label}: {sub}"
        rows.append(
            EntryRow(
                f"place:{place.id}",
                spoken,
                tip,
                shape,
                tone,
                place.label,
                sub,
                "serious" if worried else "muted",
            )
        )
    rows.sort(key=lambda r: (going not in r.tip if going else True, here not in r.tip))
    return rows


def history_rows(view: View) -> list[Row]:
    """The linked incidents, newest first."""
    found = sorted(view.picture.linked, key=lambda i: i.opened.at, reverse=True)
    return [_past(view, i) for i in found]


def assessed_words(view: View, incident: Incident) -> str:
    """How risk was assessed in a past incident, in words; not done is said, never left out."""
    named = {
        Assessed.WITH_HER: tr("with her"),
        Assessed.WITHOUT_HER: tr("without her"),
        Assessed.NOT_DONE: tr("not done"),
    }
    own = [a for a in view.picture.risk_assessments if a.incident_id == incident.id]
    said = [
        f"{a.level.capitalize()}, {named[a.done]}" if a.level else named[a.done].capitalize() for a in own
    ]
    return "; ".join(dict.fromkeys(said)) or tr("No assessment held")


def _past(view: View, incident: Incident) -> HistoryRow:
    date, why = incident.opened.spoken_day(), view.reasons.get(incident.id, "")
    assessed = assessed_words(view, incident)
    undone = incident.undone
    spoken = f"{date}: {incident.summary} {undone} {tr('Assessment')}: {assessed}. {tr('Linked by')}: {why}."
    tip = "\n".join(t for t in (date, incident.summary, incident.outcome, undone, why) if t)
    return HistoryRow(f"incident:{incident.id}", spoken, tip, date, incident.summary, undone, assessed, why)


def history_heading(view: View) -> str:
    """How many are held; how many more were counted elsewhere and are not held."""
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
    return [_on_board(line, here) for line in board]


def _on_board(line: OpenIncident, here: int | None) -> BoardRow:
    clocks = line.clocks
    standing, tone = words.state(clocks.state).lower(), "muted"
    if clocks.unresourced is not None:
        standing, tone = tr("unresourced {time}").format(time=minutes_spoken(clocks.unresourced)), "serious"
    elif clocks.overdue is not None:
        standing, tone = tr("over by {time}").format(time=minutes_spoken(clocks.overdue)), "serious"
    elif clocks.state in (ResponseState.AT_SCENE, ResponseState.RESULTED):
        tone = "calm"
    if line.request is not None:
        since = clocks.waiting if clocks.waiting is not None else 0
        standing, tone = tr("asks · {time}").format(time=minutes_spoken(since)), "serious"
    grade = line.grade.name if line.grade else tr("No grade")
    title = f"{line.reference.split(' ')[0]} {line.title}"
    return BoardRow(
        key=f"incident:{line.incident_id}",
        spoken=f"{grade}, {title}, {standing}",
        tip=f"{line.reference}\n{line.title}\n{standing}",
        incident_id=line.incident_id,
        grade=grade,
        band=line.grade.band if line.grade else "",
        title=title,
        standing=standing,
        tone=tone,
        here=line.incident_id == here,
    )


def reply_words(reply: Reply) -> str:
    """A reply in words."""
    return {
        Reply.YES: tr("Yes"),
        Reply.NO: tr("No"),
        Reply.NOT_KNOWN: tr("Not known"),
        Reply.LATER: tr("Later"),
        Reply.DECLINED: tr("Declined"),
    }[reply]


def answer_to(view: View, *questions: str) -> str:
    """The newest answers to some questions, in words; not asked is said as such."""
    found = [a.answer for a in view.questions if a.question.id in questions and a.answer]
    return ", ".join(reply_words(a.reply) for a in found) if found else tr("not asked")
