"""What a trainer's station shows, as rows and lines for people."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from callhandler.brief.debrief import AREAS, MARKS
from callhandler.intake.exercise.injects import Inject
from callhandler.model.assessment import Tier
from callhandler.model.exercise import HeardKind
from callhandler.model.scoring import Area, Item, MomentProfile, State
from callhandler.services.training.station import Offer, Seat, Under
from callhandler.services.training.watching import Watched
from ui.common.words import tr
from ui.models.rows import EntryRow, LogRow, Row
from ui.training.words import lasted

WORDS = {
    State.MET: tr("met"),
    State.PARTLY: tr("partly"),
    State.LATE: tr("late"),
    State.MISSED: tr("not done"),
    State.BELOW: tr("below the least"),
    State.OVER: tr("more urgent than the limit"),
    State.SHOWN: tr("shown"),
    State.NOT_REACHED: tr("could not be reached"),
}
_LOOK = {
    State.MET: ("done", "muted"),
    State.PARTLY: ("note", "accent"),
    State.LATE: ("note", "accent"),
    State.OVER: ("note", "accent"),
    State.MISSED: ("serious", "serious"),
    State.BELOW: ("critical", "critical"),
}


def state_words(state: State) -> str:
    """How one thing came out: a sign and a word."""
    return f"{MARKS[state]} {WORDS[state]}"


def offer_row(offer: Offer) -> Row:
    """An exercise to choose."""
    if offer.fault:
        return EntryRow(
            str(offer.file), offer.fault, offer.fault, "serious", "serious", offer.title, offer.fault
        )
    sub = tr("{calls} calls, {moments} moments in the key").format(calls=offer.calls, moments=offer.moments)
    taught = "\n".join(point for point, _ in offer.teaching)
    return EntryRow(
        str(offer.file),
        f"{offer.title}. {sub}",
        f"{offer.title}\n{taught}",
        "note",
        "accent",
        offer.title,
        sub,
    )


def seat_row(seat: Seat) -> Row:
    """A sitting: who, where it is, at which exercise, when begun."""
    under = {Under.WAY: tr("under way"), Under.LEFT: tr("left"), Under.OVER: tr("over")}[seat.under]
    began = datetime.fromisoformat(seat.sitting.began).astimezone().strftime("%d %b %H:%M")
    title = f"{seat.sitting.trainee} · {under}"
    sub = " · ".join(p for p in (seat.sitting.exercise, began, seat.sitting.cohort) if p)
    shape, tone = ("note", "accent") if seat.under is Under.WAY else ("plain", "muted")
    return EntryRow(
        str(seat.folder), f"{title}, {sub}", f"{title}\n{sub}\n{seat.folder}", shape, tone, title, sub
    )


def inject_row(inject: Inject) -> Row:
    """Something that can be let happen, and what is said then unless other words are typed."""
    return EntryRow(
        inject.id,
        f"{inject.title}. {inject.words}",
        f"{inject.title}\n{inject.words}",
        "plain",
        "muted",
        inject.title,
        inject.words,
    )


def transcript(seen: Watched, names: dict[str, str], zone: ZoneInfo) -> list[Row]:
    """All that was said, heard and done at a desk, a row each."""
    rows: list[Row] = []
    for place, heard in enumerate(seen.heard):
        told = _told(heard.kind, heard.text, heard.mark)
        if told:
            local = heard.at.astimezone(zone)
            who = _who(heard.kind, heard.who, names)
            spoken = f"{local:%H:%M:%S} {who}: {told}"
            rows.append(LogRow(f"seen:{place}", spoken, spoken, f"{local:%H:%M}", who, told))
    return rows


def _told(kind: HeardKind, text: str, mark: str) -> str:
    match kind:
        case HeardKind.SAID | HeardKind.ASKED | HeardKind.FAULT | HeardKind.HAPPENED:
            return text
        case HeardKind.RANG:
            return tr("[rings] {number}").format(number=text or tr("number withheld"))
        case HeardKind.ANSWERED:
            return tr("[the call is answered] {text}").format(text=text).strip()
        case HeardKind.SOUND | HeardKind.ENDED:
            return f"[{text}]"
        case HeardKind.MARKED if ":graded-" in mark:
            return tr("[graded {grade}]").format(grade=mark.partition(":graded-")[2])
        case HeardKind.MARKED if mark.endswith(":requested"):
            return tr("[a lowering is asked for]")
        case HeardKind.INJECTED if text:
            return f"◆ {text}"
        case HeardKind.STOPPED:
            return tr("[the exercise is over] {text}").format(text=text).strip()
    return ""


def _who(kind: HeardKind, who: str, names: dict[str, str]) -> str:
    match kind:
        case HeardKind.ASKED | HeardKind.ANSWERED | HeardKind.MARKED:
            return tr("Desk")
        case HeardKind.INJECTED | HeardKind.STOPPED:
            return tr("Trainer") if who == "trainer" else tr("Exercise")
        case HeardKind.FAULT:
            return tr("Could not be")
        case HeardKind.SAID:
            return names.get(who, who)
    name = names.get(who, who)
    return name[:1].upper() + name[1:] if who else tr("Line")


def who_line(seen: Watched, names: dict[str, str]) -> str:
    """Who is on the line, how they seem, for how long, and since when nothing was heard."""
    if seen.stopped:
        return tr("The exercise is over.")
    if not seen.open_line or seen.answered_at is None:
        return tr("Nobody is on the line.")
    parts = [names.get(seen.speaker, seen.speaker), seen.demeanour, lasted(seen.now - seen.answered_at)]
    if not seen.safe:
        parts.append(tr("cannot speak freely"))
    if seen.since_heard is not None:
        parts.append(tr("last heard {time} ago").format(time=lasted(seen.since_heard)))
    return " · ".join(p for p in parts if p)


def standing_line(seen: Watched) -> str:
    """Where the grade stands, and its floor."""
    standing = seen.standing
    if not seen.incident:
        return tr("No call is taken down yet.")
    grade = tr("Closed") if standing.closed else standing.grade or tr("Not graded")
    parts = [grade]
    if standing.graded_at is not None:
        parts[0] += tr(", {time} ago").format(time=lasted(seen.now - standing.graded_at))
    parts.append(tr("floor {grade}").format(grade=standing.floor) if standing.floor else tr("no floor"))
    weighty = [sentence for tier, sentence in standing.warnings if tier is Tier.CRITICAL]
    if weighty:
        parts.append(tr("{n} critical: {first}").format(n=len(weighty), first=weighty[0]))
    if standing.asked_to_lower:
        parts.append(tr("a lowering waits"))
    return " · ".join(parts)


def expected(moment: MomentProfile | None, grades: dict[str, str], open_line: bool) -> list[Row]:
    """What the key wants of the call that is up, what is open first, each with a sign, a word and why."""
    if moment is None:
        return []
    least = grades.get(moment.least, moment.least)
    head = tr("At least {grade}").format(grade=least)
    rows: list[Row] = [
        EntryRow("least", f"{head}. {moment.why}", moment.reference, "note", "accent", head, moment.why)
    ]
    items = sorted(enumerate(moment.items), key=lambda each: (each[1].state is State.MET, each[0]))
    return rows + [_item(place, item, open_line) for place, item in items]


def _item(place: int, item: Item, open_line: bool) -> Row:
    waits = item.state is State.MISSED and open_line
    state = tr("not yet") if waits else WORDS[item.state]
    title = f"{AREAS[item.area]}: {item.what}"
    shape, tone = ("open", "accent") if waits else _LOOK.get(item.state, ("plain", "muted"))
    sub = f"{state}. {item.why}".strip()
    return EntryRow(
        f"item:{place}", f"{state}. {title}. {item.why}", f"{title}\n{sub}", shape, tone, title, sub
    )


def looked_at(moments: Sequence[MomentProfile], grades: dict[str, str]) -> list[tuple[str, ...]]:
    """Everything looked at, moment by moment: the moment, how it came out, the area, what, why."""
    rows: list[tuple[str, ...]] = []
    for moment in moments:
        name = moment.id.replace("-", " ").capitalize()
        given = grades.get(moment.grade, tr("not graded"))
        least = grades.get(moment.least, moment.least)
        told = tr("{given}; least that can be defended: {least}").format(given=given, least=least)
        rows.append((name, "", "", told, f"{moment.why} ({moment.reference})"))
        for area in Area:
            for item in moment.of(area):
                rows.append((name, state_words(item.state), AREAS[area], item.what, item.why))
    return rows
