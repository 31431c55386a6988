"""An import in the words of the screen."""

from callhandler.intake.importing.records import PersonSeen, Understood
from callhandler.services.imports import Progress
from callhandler.services.imports.jobs import Shown
from ui.common.words import role, tr

HEADS = (
    tr("File"),
    tr("Row"),
    tr("When"),
    tr("Kind"),
    tr("What"),
    tr("Where"),
    tr("Who"),
    tr("Does not come in because"),
)
REJECTED = (tr("File"), tr("Row"), tr("Column"), tr("Value"), tr("Why"))


def progress(far: Progress) -> str:
    """How far it is, in a sentence."""
    left = "" if far.left is None else tr(" · {time} left").format(time=duration(far.left))
    return tr("{file}: {read} of about {about} rows · {rate} a second{left} · {rejected} rejected").format(
        file=far.file,
        read=f"{far.read:,}",
        about=f"{far.about:,}",
        rate=f"{far.rate:,.0f}",
        left=left,
        rejected=f"{far.rejected:,}",
    )


def duration(seconds: float) -> str:
    """A time that is left, never more exact than it is known."""
    if seconds < 60:
        return tr("less than a minute")
    minutes = round(seconds / 60)
    return tr("{n} min").format(n=minutes) if minutes < 120 else tr("{n} hours").format(n=round(minutes / 60))


def shown(row: Shown) -> tuple[str, ...]:
    """One of the first rows, cell by cell."""
    if row.rejected is not None:
        bad = row.rejected
        why = f"{bad.column}: {bad.reason}" if bad.column else bad.reason
        return (row.file, str(row.row), "", "", bad.value, "", "", why)
    found = row.understood
    assert found is not None
    return (row.file, str(row.row), *_understood(found), "")


def _understood(row: Understood) -> tuple[str, str, str, str, str]:
    who = "; ".join(_person(p) for p in row.persons)
    incident = row.incident
    if incident is None:
        parts = (
            (tr("person"), row.persons),
            (tr("place"), row.places),
            (tr("vehicle"), row.vehicles),
            (tr("relation"), row.relations),
            (tr("order"), row.orders),
            (tr("marker"), row.markers),
        )
        kind = ", ".join(name for name, made in parts if made)
        places = [p.place for p in row.persons if p.place is not None]
        details = [
            *(f"{v.registration} {v.description}".strip() for v in row.vehicles),
            *(r.relation.value.replace("_", "-") for r in row.relations),
            *(o.type for o in row.orders),
            *(f"{m.code}: {m.text}" for m in row.markers),
        ]
        of = tr("of incident {id}").format(id=row.of_incident) if row.of_incident else ""
        where = "; ".join(p.address for p in (*places, *row.places))
        return ("", kind, "; ".join(filter(None, (*details, of))), where, who)
    what = "; ".join(filter(None, (incident.summary, incident.outcome)))
    where = incident.place.address if incident.place else ""
    if incident.number:
        who = "; ".join(filter(None, (incident.number, who)))
    return (incident.opened.spoken(), incident.type, what, where, who)


def _person(person: PersonSeen) -> str:
    name = person.name or person.key or person.number
    return f"{name} ({role(person.role)})" if person.role is not None else name
