"""The debrief of an exercise: what was done beside what could be known and what experts hold to be right. No verdict."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.model.paper import TrainingPaper
from callhandler.model.scoring import Area, EveningRow, MomentProfile, Profile, State

MARKS = {
    State.MET: "✓",
    State.PARTLY: "~",
    State.LATE: "~",
    State.MISSED: "✗",
    State.BELOW: "✗",
    State.OVER: "^",
    State.SHOWN: "·",
    State.NOT_REACHED: "·",
}
AREAS = {
    Area.GRADE: "Grade",
    Area.TIME: "Time",
    Area.ASKED: "Asked",
    Area.RECORDED: "Recorded",
    Area.WARNINGS: "Warnings",
    Area.ACTS: "Done",
    Area.SAID: "Said",
    Area.LOG: "Log",
}


def debrief(
    profile: Profile,
    rows: Sequence[EveningRow],
    *,
    title: str,
    trainee: str,
    marking: str,
    zone: str,
    as_of: datetime,
    position: int,
    teaching: Sequence[tuple[str, str]],
    grades: dict[str, str],
) -> Paper:
    """The whole paper. `grades` are the names of the scheme's grades by id, `teaching` points with their sources."""
    return Paper(
        kind=TrainingPaper.DEBRIEF,
        title="Debrief",
        reference=profile.exercise,
        marking=marking,
        training=True,
        as_of=as_of,
        zone=zone,
        position=position,
        banner=(title, f"{trainee}. What was done, what could be known, what the key says. Not a verdict."),
        parts=(
            _short(profile),
            *(_moment(m, grades) for m in profile.moments),
            _evening(rows, zone),
            Part(
                "What it teaches",
                tuple(Line(point, rest=source, mark="▸") for point, source in teaching),
            ),
        ),
    )


def _short(profile: Profile) -> Part:
    rows = []
    for area in Area:
        counts = profile.counts(area)
        if counts:
            told = [f"{n} {s.value.replace('_', ' ')}" for s, n in counts.items()]
            rows.append((AREAS[area], ", ".join(told)))
    agreed = profile.agreement
    kappa = f", kappa {agreed.kappa:.2f}" if agreed.kappa is not None else ""
    rows.append(("Grades as the key", f"{agreed.agreed} of {agreed.n}{kappa}"))
    return Part("In short", table=Table(("What", "How often"), (1, 4), tuple(rows)))


def _moment(moment: MomentProfile, grades: dict[str, str]) -> Part:
    given = grades.get(moment.grade, "not graded")
    least = grades.get(moment.least, moment.least)
    head = Line(moment.why, rest=moment.reference, label=f"{given}; least that can be defended {least}.")
    return Part(moment.id.replace("-", " ").capitalize(), (head, *_items(moment)))


def _items(moment: MomentProfile) -> Iterator[Line]:
    for area in Area:
        for item in moment.of(area):
            yield Line(
                item.what,
                label=AREAS[area],
                mark=MARKS[item.state],
                rest=item.why if item.state is not State.MET else "",
            )


def _evening(rows: Sequence[EveningRow], zone: str) -> Part:
    local = ZoneInfo(zone)
    table = tuple(
        (
            f"{row.at.astimezone(local):%H:%M:%S}",
            row.heard,
            row.desk,
            " ".join(t for t in (row.key, row.knowable) if t),
        )
        for row in rows
    )
    heads = ("Time", "Heard", "At the desk", "Key, and what could have been asked")
    return Part("The whole of it", table=Table(heads, (0.6, 2.2, 2.2, 2), table))
