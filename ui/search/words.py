"""What is shown of somebody, a place, a number or an incident that was opened from a search: headings with lines."""

from callhandler.model.birth import born_in_words
from callhandler.model.incident import Incident
from callhandler.model.order import OrderStanding
from callhandler.model.people import PlaceTie
from callhandler.model.picture import Picture
from callhandler.rules import linked
from callhandler.services.searching import Opened
from ui.common import words
from ui.common.happened import what_happened
from ui.common.words import tr
from ui.models.rows import HistoryRow, Row

Parts = list[tuple[str, str, list[str]]]


def title(opened: Opened) -> str:
    """What was opened, in a few words."""
    picture = opened.picture
    if opened.subject == "person":
        person = picture.person(opened.subject_id)
        if person is None:
            return tr("Nobody known any more")
        said = (
            tr("{name}, born {born}").format(name=person.name, born=born_in_words(person.born))
            if person.born
            else person.name
        )
        return (
            tr("{who} · also {names}").format(who=said, names=", ".join(person.also)) if person.also else said
        )
    if opened.subject == "place":
        place = picture.place(opened.subject_id)
        return (
            ", ".join(dict.fromkeys(filter(None, (place.label, place.address, place.postcode))))
            if place
            else ""
        )
    if opened.subject == "number":
        return ", ".join(words.number(n.e164) for n in picture.numbers if n.id == opened.subject_id)
    assert picture.incident is not None
    number = picture.incident.reference.partition(" · ")[0] or tr("An incident")
    return f"{number} · {picture.incident.opened.spoken()}"


def parts(opened: Opened, whose: bool = True) -> Parts:
    """Headings with lines; what is unknown is not said to be none. `whose` says of each tie to a place whose it is."""
    return _of_incident(opened) if opened.subject == "incident" else _of_subject(opened, whose)


def _of_subject(opened: Opened, whose: bool) -> Parts:
    picture, own = opened.picture, opened.subject_id
    mine = picture.records_of(own) if opened.subject == "person" else {
        t.person_id for t in picture.number_ties if t.number_id == own and opened.subject == "number"
    }  # fmt: skip
    markers = [
        f"{m.text or m.code} ({m.since.spoken_day()})"
        for m in picture.markers
        if (m.subject == "person" and m.subject_id in mine)
        or (m.subject == opened.subject and m.subject_id == own)
    ]
    warned = [
        f"{w.kind.replace('-', ' ').replace('_', ' ').capitalize()}: {w.terms} ({w.given.spoken_day()})"
        for w in picture.police_warnings
        if w.person_id in mine
    ]
    here = [
        t
        for t in picture.place_ties
        if t.person_id in mine or (opened.subject == "place" and t.place_id == own)
    ]
    return [
        (tr("Orders"), "serious", [line for o in opened.orders if (line := _order(o, picture, mine))]),
        (tr("Markers"), "serious", [*markers, *warned]),
        (tr("Used by"), "accent", [picture.name_of(p) for p in mine] if opened.subject == "number" else []),
        (tr("Related"), "accent", _related(picture, mine)),
        (
            tr("Lives, works or stays"),
            "accent",
            [_tied(picture, t, whose) for t in here],
        ),
        (
            tr("Numbers"),
            "accent",
            [
                words.number(n.e164)
                for n in picture.numbers
                if any(t.number_id == n.id and t.person_id in mine for t in picture.number_ties)
            ],
        ),
        (
            tr("Vehicles"),
            "accent",
            [f"{v.registration} {v.description}".strip() for v in picture.vehicles if v.person_id in mine],
        ),
        (
            tr("Records"),
            "muted",
            [f"{r.kind.replace('_', ' ').capitalize()}: {r.text}" for r in picture.records if r.person_id in mine],
        ),
    ]  # fmt: skip


def _order(standing: OrderStanding, picture: Picture, mine: set[int]) -> str:
    made = standing.order
    if not mine & {made.protected_id, made.respondent_id}:
        return ""
    whom = tr("against {who}, for {her}").format(
        who=picture.name_of(made.respondent_id), her=picture.name_of(made.protected_id)
    )
    return f"{standing.name}: {words.order_state(standing)}, {whom}"


def _related(picture: Picture, mine: set[int]) -> list[str]:
    found = []
    for tie in picture.person_ties:
        if tie.b in mine and tie.a not in mine:
            found.append(f"{picture.name_of(tie.a)}: {words.relation(tie.relation, True)}")
        elif tie.a in mine and tie.b not in mine:
            found.append(f"{picture.name_of(tie.b)}: {words.relation(tie.relation, False)}")
    return list(dict.fromkeys(found))


def _tied(picture: Picture, tie: PlaceTie, whose: bool) -> str:
    said = f"{_place(picture, tie.place_id)} ({tie.tie.value.replace('_', ' ')})"
    return f"{picture.name_of(tie.person_id)}: {said}" if whose else said


def _place(picture: Picture, place_id: int | None) -> str:
    place = picture.place(place_id)
    return (
        ", ".join(dict.fromkeys(filter(None, (place.label, place.address))))
        if place
        else tr("a place not named")
    )


def _of_incident(opened: Opened) -> Parts:
    picture, view = opened.picture, opened.view
    incident = picture.incident
    assert incident is not None and view is not None
    here = incident.id
    told = [
        f"{d.teller}: {d.words}" + (tr(" (denied)") if d.stance.value == "denied" else "")
        for d in picture.disclosures
        if d.incident_id == here
    ]
    into = [i.reference for i in picture.linked if i.id == picture.merged_into]
    merged = [tr("Merged into {reference}").format(reference=", ".join(into) or tr("another incident"))]
    grade = view.standing_grade.name if view.standing_grade else tr("No grade recorded here")
    return [
        (tr("Merged"), "serious", merged if picture.merged_into is not None else []),
        (tr("What happened"), "accent", [what_happened(picture, opened.type_names, incident)]),
        (tr("What came of it"), "accent", [incident.outcome] if incident.outcome else []),
        (tr("Left undone"), "serious", [incident.undone] if incident.undone else []),
        (tr("Grade"), "accent", [grade]),
        (tr("Where"), "accent", [_place(picture, incident.place_id)] if incident.place_id else []),
        (
            tr("Who"),
            "accent",
            [f"{picture.name_of(p.person_id)}: {words.role(p.role)}" for p in picture.parties if p.incident_id == here],
        ),
        (tr("Told"), "accent", told),
        (
            tr("Log"),
            "muted",
            [f"{words.clock(e.at)} {e.author}: {e.text}" for e in picture.log if e.incident_id == here],
        ),
    ]  # fmt: skip


def history_rows(opened: Opened) -> list[Row]:
    """The linked incidents, newest first, each with why it is linked."""
    found = sorted(opened.picture.linked, key=lambda i: i.opened.at, reverse=True)
    return [_past(opened, i) for i in found]


def _past(opened: Opened, incident: Incident) -> HistoryRow:
    date, why = incident.opened.spoken_day(), opened.reasons.get(incident.id, "")
    happened = what_happened(opened.picture, opened.type_names, incident)
    spoken = f"{date}: {happened} {incident.undone} {tr('Linked by')}: {why}."
    tip = "\n".join(t for t in (date, happened, incident.outcome, incident.undone, why) if t)
    return HistoryRow(
        f"incident:{incident.id}",
        spoken,
        tip,
        date,
        happened,
        incident.undone,
        incident.reference,
        why,
    )


def history_heading(opened: Opened) -> str:
    """How many incidents are linked; none held is not the same as none."""
    many = len(opened.picture.linked)
    if not many:
        return tr("No incident is linked here. That is not the same as nothing happened.")
    said = words.counted(many, tr("incident linked; Enter opens it"), tr("incidents linked; Enter opens one"))
    picture = opened.picture
    return "; ".join((said, *(linked.cut_in_words(cut, picture) for cut in picture.cuts)))
