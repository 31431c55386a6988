"""What an understood row adds to the store: each record with the key by which it is known again, and what it points to."""

from datetime import datetime

from callhandler.intake.importing.records import (
    IncidentSeen,
    MarkerSeen,
    OrderSeen,
    PersonNamed,
    PersonSeen,
    PlaceSeen,
    RelationSeen,
    Understood,
    VehicleSeen,
)
from callhandler.intake.importing.rejects import WITHOUT_IT
from callhandler.intake.importing.rows import Rejected
from callhandler.model.incident import LogKind
from callhandler.model.order import IMPORTED, Learned
from callhandler.model.when import Precision, When, from_micros, to_micros
from callhandler.rules.identify import NumberKind
from callhandler.rules.linked import plate_spoken
from callhandler.services.imports.expanded import (
    Called,
    Expanded,
    Ref,
    Rings,
    Values,
    digest,
    folded_once,
    number_once,
)
from callhandler.services.telling import LONGEST_PLATE

NO_NUMBER = (NumberKind.NOTHING, NumberKind.WITHHELD)


def expand(seen: Understood, author: str, now: int) -> Expanded:
    """Everything that a row adds. `author` is the system that it comes from, as shown to people.

    What does not say when it was recorded was recorded by `now`, in microseconds UTC: nothing is known before its time.
    """
    made = Expanded(seen.row)
    made.said = seen.said
    of: Ref | None = None
    known = now if seen.known_at is None else to_micros(seen.known_at)
    opened: When | None = None
    if seen.incident is not None:
        made.incident = seen.incident
        known, opened = to_micros(seen.incident.known_at), seen.incident.opened
        of = _incident(made, seen.incident, known, author)
    elif seen.of_incident:
        of = Ref("incident", seen.of_incident)
        made.needs.append((of, f"No incident {seen.of_incident} has come in before this row."))
    if seen.undated:
        made.said += ("undated",)
    labels: dict[str, Ref] = {}
    for person in seen.persons:
        ref = _person(made, person, of, known, opened)
        if person.label:
            labels[person.label] = ref
    for place in seen.places:
        _place(made, place, known)
    for vehicle in seen.vehicles:
        _vehicle(made, vehicle, labels, of, known, opened, author)
    for relation in seen.relations:
        _relation(made, relation, labels, known)
    for order in seen.orders:
        _order(made, order, labels, of, known, author)
    for marker in seen.markers:
        _marker(made, marker)
    return made


def _incident(made: Expanded, seen: IncidentSeen, known: int, author: str) -> Ref:
    place = _place(made, seen.place, known) if seen.place else None
    number = _number(made, seen.number, known)
    of = made.add(
        Ref("incident", seen.key),
        "incident",
        known,
        reference=seen.reference,
        type=seen.type,
        **_happened(seen.opened),
        place_id=place,
        number_id=number,
        summary=seen.summary,
        outcome=seen.outcome,
        undone=seen.undone,
        target_met=seen.target_met,
        live=0,
        source=author,
    )
    if number is not None:
        made.piece(
            "call", known, incident_id=of, number_id=number, direction="in", outcome="answered", speaker="",
            happened_at=to_micros(seen.opened.at),
        )  # fmt: skip
    for note in seen.notes:
        at = to_micros((note.at or seen.opened).at)
        _log(made, of, max(known, at), at, note.kind, note.text, note.author or author)
    return of


def place_key(place: PlaceSeen) -> Called:
    """How a place that has no id of its own is known again: by its words and postcode."""
    words, postcode = folded_once(place.address), "".join(place.postcode.upper().split())
    return Called(Ref("place", f"={words}|{postcode}"), words, postcode)


def _place(made: Expanded, seen: PlaceSeen, known: int) -> Ref:
    if not seen.address:
        ref = Ref("place", seen.key)
        made.needs.append((ref, f"No place {seen.key} has come in before this row."))
        return ref
    if seen.key:
        ref = Ref("place", seen.key)
    else:
        called = place_key(seen)
        made.places.append(called)
        ref = called.ref
    label = seen.label or seen.address.split(",")[0].strip()
    made.add(ref, "place", known, label=label, address=seen.address, postcode=seen.postcode, kind=seen.kind)
    for name in dict.fromkeys((seen.address, label)):
        made.name(ref, "place_name", "place_id", name, known)
    if seen.point is not None:
        made.piece(
            "place_point", known, place_id=ref, lat_micro=seen.point[0], lon_micro=seen.point[1],
            radius_m=seen.within_metres, source="import", author="import",
        )  # fmt: skip
    return ref


def _number(made: Expanded, given: str, known: int) -> Ref | None:
    told = number_once(given)
    if not told.e164:
        if told.kind not in NO_NUMBER:
            why = Rejected(made.row, "", given, f"{told.sentence}{WITHOUT_IT}")
            # The incident's number is often its caller's as well: one cell is told of once.
            made.without += [] if why in made.without else [why]
        return None
    ref = Ref("number", told.e164)
    made.add(ref, "number", known, e164=told.e164, as_given=given)
    return ref


def _person(made: Expanded, seen: PersonSeen, of: Ref | None, known: int, opened: When | None) -> Ref:
    when = _micros(seen.known_at) or known
    number = _number(made, seen.number, when) if seen.number else None
    ref = _who(made, seen, of, number)
    if seen.key and not seen.name:
        made.needs.append((ref, f"No person {seen.key} has come in before this row."))
    else:
        shown = seen.name or f"Unnamed {seen.role.value.replace('_', ' ') if seen.role else 'person'}"
        made.add(ref, "person", when, name=shown, born=seen.born, named=int(bool(seen.name)))
        for name in dict.fromkeys((shown, *seen.aliases)):
            made.name(ref, "person_name", "person_id", name, when)
    if number is not None:
        made.piece("number_tie", when, person_id=ref, number_id=number)
    if seen.place is not None:
        place = _place(made, seen.place, when)
        since = opened or When(from_micros(when), Precision.UNKNOWN)
        made.piece(
            "place_tie", when, person_id=ref, place_id=place, tie=seen.tie.value, **_happened(since),
        )  # fmt: skip
    if of is not None and seen.role is not None:
        made.piece("party", when, incident_id=of, person_id=ref, role=seen.role.value)
    return ref


def _who(made: Expanded, seen: PersonSeen, of: Ref | None, number: Ref | None) -> Ref:
    """The same id is the same person; without one, the same number and name are, and date of birth where it is told.

    Nothing less is: a father and a son may share both, and "Caller" or "unknown male" is nobody's name.
    """
    if seen.key:
        return Ref("person", seen.key)
    # What compares names is imported when something is brought in, not when the desk starts.
    from callhandler.rules.identify.names.whole import names_somebody

    if number is not None and seen.name and names_somebody(seen.name):
        name = folded_once(seen.name)
        if seen.born:
            return Ref("person", f"={number.key}|{name}|{seen.born}")
        ref = Ref("person", f"={number.key}|{name}")
        made.people.append(Rings(ref, number.key, name))
        return ref
    own = digest(seen.name, seen.born, seen.number, *seen.aliases, seen.place.address if seen.place else "")
    return Ref("person", f"~{of.key if of else ''}/{seen.nth}/{own}")


def _named(made: Expanded, named: PersonNamed, labels: dict[str, Ref]) -> Ref | None:
    if named.label:
        return labels.get(named.label)
    ref = Ref("person", named.key)
    made.needs.append((ref, f"No person {named.key} has come in before this row."))
    return ref


def _vehicle(
    made: Expanded,
    seen: VehicleSeen,
    labels: dict[str, Ref],
    of: Ref | None,
    known: int,
    opened: When | None,
    author: str,
) -> None:
    """Whose it is, where that is told; and that it was named in the row's incident, as a handler would record it."""
    plate, when = "".join(seen.registration.upper().split()), _micros(seen.known_at) or known
    person = _named(made, seen.person, labels) if seen.person is not None else None
    if person is not None:
        key = seen.key or f"={plate}|{'' if plate else folded_once(seen.description)}|{person.key}"
        made.add(
            Ref("vehicle", key), "vehicle", when,
            registration=plate, description=seen.description, person_id=person,
        )  # fmt: skip
    if of is not None:
        told = seen.description
        if not (plate.isalnum() and len(plate) <= LONGEST_PLATE):
            plate, told = "", ", ".join(filter(None, (seen.registration, told)))
        made.piece("vehicle_named", when, incident_id=of, registration=plate, description=told, author=author)
        said = ", ".join(filter(None, (plate_spoken(plate), told)))
        at = to_micros(opened.at) if opened else when
        _log(made, of, max(when, at), at, LogKind.SYSTEM, f"Vehicle: {said}.", author)


def _relation(made: Expanded, seen: RelationSeen, labels: dict[str, Ref], known: int) -> None:
    a, of = _named(made, seen.a, labels), _named(made, seen.of, labels)
    if a is not None and of is not None:
        when = _micros(seen.known_at) or known
        made.piece("person_tie", when, a=a, b=of, relation=seen.relation.value)


def _order(
    made: Expanded, seen: OrderSeen, labels: dict[str, Ref], of: Ref | None, known: int, author: str
) -> None:
    protected = _named(made, seen.protected, labels) if seen.protected else None
    respondent = _named(made, seen.respondent, labels) if seen.respondent else None
    when = _micros(seen.known_at) or known
    own = digest(seen.type, protected, respondent, seen.court, seen.made and seen.made.at, seen.expires)
    ref = made.add(
        Ref("order", seen.key or f"={own}"), "civil_order", when,
        type=seen.type, incident_id=of, protected_id=protected, respondent_id=respondent,
        source="police" if seen.from_records else f"{IMPORTED}: {author}",
        court=seen.court, without_notice=seen.without_notice,
        made_at=to_micros(seen.made.at) if seen.made else None,
        made_precision=(seen.made.precision if seen.made else Precision.UNKNOWN).value,
        expires_at=_micros(seen.expires), until_further_order=0, author=author,
    )  # fmt: skip
    if seen.discharged is not None:
        # The old system says so; nobody has checked it here, and only a checked end ends an order.
        made.piece(
            "order_fact", when, order_id=ref, incident_id=of, kind=Learned.DISCHARGED.value,
            at=_micros(seen.discharged), verified=0, said_by=author, words="", author=author,
        )  # fmt: skip


def _marker(made: Expanded, seen: MarkerSeen) -> None:
    if seen.on == "number":
        told = number_once(seen.subject)
        ref = Ref("number", told.e164)
        if told.e164:
            made.add(ref, "number", to_micros(seen.known_at), e164=told.e164, as_given=seen.subject)
        else:
            made.needs.append((ref, told.sentence))
    else:
        ref = Ref(seen.on, seen.subject)
        made.needs.append((ref, f"No {seen.on} {seen.subject} has come in before this row."))
    own = digest(seen.on, seen.subject, seen.code, seen.text, seen.since.at)
    made.add(
        Ref("marker", seen.key or f"={own}"), "marker", to_micros(seen.known_at),
        subject=seen.on, subject_id=ref, code=seen.code, text=seen.text, set_by=seen.set_by, told="unknown",
        **_happened(seen.since),
    )  # fmt: skip


def _log(made: Expanded, of: Ref, known: int, at: int, kind: LogKind, text: str, author: str) -> None:
    made.piece(
        "log_entry", known, incident_id=of, call_id=None, kind=kind.value, text=text, author=author, happened_at=at
    )  # fmt: skip


def _happened(when: When) -> Values:
    return {"happened_at": to_micros(when.at), "happened_precision": when.precision.value}


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else to_micros(instant)
