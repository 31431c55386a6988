"""What a row of the queue says: which change, why it is here, about whom, how long it waits; and which filter keeps it."""

from datetime import datetime
from enum import StrEnum

from callhandler.model.assessment import AUTHORISED, CLOSING, Act
from callhandler.model.review import QueueLine
from callhandler.rules.clocks import minutes_spoken
from ui.common.words import counted, tr
from ui.review.queue_row import QueueRow


class Which(StrEnum):
    """The filters of the queue, in order."""

    ALL = "all"
    ASKING = "asking"
    LOWERED = "lowered"
    COPIED = "copied"
    SAMPLE = "sample"
    DOMESTIC = "domestic"
    MINE = "mine"


def names() -> dict[Which, str]:
    """The filters by name."""
    return {
        Which.ALL: tr("all"),
        Which.ASKING: tr("asking now"),
        Which.LOWERED: tr("lowered"),
        Which.COPIED: tr("rationale copied"),
        Which.SAMPLE: tr("sample"),
        Which.DOMESTIC: tr("domestic abuse"),
        Which.MINE: tr("mine"),
    }


def kept(line: QueueLine, which: Which, user_id: int) -> bool:
    """Whether a filter keeps a line. A blind one never tells by a filter that it was lowered."""
    match which:
        case Which.ALL:
            return True
        case Which.ASKING:
            return line.waiting
        case Which.LOWERED:
            return not line.hidden and "lowered" in line.by
        case Which.COPIED:
            return not line.hidden and "like-rationale" in line.by
        case Which.SAMPLE:
            return line.blind
        case Which.DOMESTIC:
            return line.specialist
        case Which.MINE:
            return line.owner_id == user_id


def change(line: QueueLine) -> str:
    """Which change it is, in few words; a blind one says only that a grade is wanted."""
    if line.hidden:
        return tr("grade it first")
    if line.act in (*AUTHORISED, *CLOSING):
        return f"{line.was}, {acts()[line.act]}" if line.was else acts()[line.act].capitalize()
    if not line.was:
        return tr("First grade {to}").format(to=line.to)
    return tr("{was} to {to}").format(was=line.was, to=line.to)


def acts() -> dict[Act, str]:
    """Acts that are no choice of a grade, by name."""
    return {
        Act.CLOSE: tr("closing"),
        Act.CANCEL: tr("cancelled on request"),
        Act.MERGE: tr("merging"),
        Act.RESULT: tr("resulting"),
        Act.RETYPE: tr("another type"),
        Act.RETRACT: tr("a disclosure taken back"),
        Act.REJECT_LINK: tr("a link rejected"),
        Act.LOWER_RISK: tr("a risk level lowered"),
        Act.PART_RECORDS: tr("records judged the same or not"),
    }


def clock_of(line: QueueLine, now: datetime) -> str:
    """How long agreement is waited for, in minutes and seconds."""
    seconds = max(0, int((now - line.since).total_seconds()))
    if seconds >= 3600:
        return minutes_spoken(seconds // 60)
    return f"{seconds // 60}:{seconds % 60:02d}"


def row_of(line: QueueLine, now: datetime, user_id: int) -> QueueRow:
    """One line as a row."""
    number = line.reference.partition(" · ")[0]
    title = f"{number} · {change(line)}"
    if line.waiting:
        short = clock_of(line, now)
        tier, age = "critical", tr("asking now {clock}").format(clock=short)
        waited = tr("asking now, {n}").format(n=counted(line.age(now), tr("minute"), tr("minutes")))
        why = tr("{critical}. Floor {floor}").format(
            critical=counted(line.critical, tr("critical warning stands"), tr("critical warnings stand")),
            floor=line.floor or tr("none"),
        )
    else:
        late = line.overdue(now)
        tier = "note" if line.blind and not late else "serious"
        short = minutes_spoken(line.age(now))
        age = tr("late {age}").format(age=short) if late else short
        age = tr("sample {age}").format(age=age) if line.blind else age
        waited = age
        # By which lot it came would say how it was graded.
        why = tr("By lot; your grade comes first") if line.hidden else " · ".join(line.why)
        if line.likeness is not None and "like-rationale" in line.by and not line.hidden:
            why = tr("Rationale {n} % like an earlier one · {why}").format(n=line.likeness, why=why)
    owner = tr("nobody's") if not line.owner else tr("yours") if line.owner_id == user_id else line.owner
    about = " · ".join(part for part in (line.who, line.handler, "" if line.waiting else owner) if part)
    # Read out by the minute: a reader would be told of every second.
    spoken = f"{title}, {waited}. {why}. {about}"
    return QueueRow(
        key=key_of(line),
        spoken=spoken,
        tip=f"{line.reference} · {change(line)}\n{age}\n{why}\n{about}",
        tier=tier,
        title=title,
        why=why,
        about=about,
        age=age,
        short=short,
    )


def key_of(line: QueueLine) -> str:
    """What stays the same of a line: its item, or its request."""
    return f"item:{line.item_id}" if line.item_id is not None else f"request:{line.request_id}"


def empty_words(read: bool, which: Which, held: int) -> str:
    """Why nothing is listed: not read yet, nothing there, or nothing of this kind."""
    if not read:
        return tr("The queue is not yet read.")
    if not held:
        return tr("The queue is empty: nobody asks for agreement now, and nothing waits for review.")
    return tr("None of the {n} in the queue is here under “{which}”.").format(n=held, which=names()[which])
