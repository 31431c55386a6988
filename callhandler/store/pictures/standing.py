"""What stands from before: markers, police warnings, records, counts."""

from callhandler.model.facts import HistoryCount, Marker, PersonRecord, PoliceWarning
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, when

new_history_count = quickly(HistoryCount)
new_marker = quickly(Marker)
new_person_record = quickly(PersonRecord)
new_police_warning = quickly(PoliceWarning)


MARKERS = Statement(
    "SELECT m.id, m.subject, m.subject_id, m.code, m.text, m.set_by, m.told, m.happened_at, m.happened_precision "
    "FROM marker m WHERE ((m.subject = 'person' AND m.subject_id IN :people) OR (m.subject = 'place' "
    "AND m.subject_id IN :places) OR (m.subject = 'number' AND m.subject_id IN :numbers) OR "
    "(m.subject = 'vehicle' AND m.subject_id IN (SELECT v.id FROM vehicle v WHERE v.person_id IN :owners AND {known:v}))) "
    "AND {known:m} ORDER BY m.happened_at, m.id"
)


def markers(read: Reader, people: Many, places: Many, numbers: Many, owners: Many) -> tuple[Marker, ...]:
    """What was set on these people, places and numbers, and on the vehicles of these owners."""
    rows = read.rows(MARKERS, people=people, places=places, numbers=numbers, owners=owners)
    return tuple(
        new_marker(id_, subject, subject_id, code, text, set_by, told, when(at, precision))
        for id_, subject, subject_id, code, text, set_by, told, at, precision in rows
    )


POLICE_WARNINGS = Statement(
    "SELECT w.id, w.person_id, w.incident_id, w.kind, w.terms, w.happened_at, w.happened_precision "
    "FROM police_warning w WHERE w.person_id IN :people AND {known:w} ORDER BY w.happened_at, w.id"
)


def police_warnings(read: Reader, people: Many) -> tuple[PoliceWarning, ...]:
    """The warnings that police gave to these people."""
    rows = read.rows(POLICE_WARNINGS, people=people)
    return tuple(
        new_police_warning(id_, person, incident, kind, terms, when(at, precision))
        for id_, person, incident, kind, terms, at, precision in rows
    )


RECORDS = Statement(
    "SELECT r.id, r.person_id, r.kind, r.text, r.happened_at, r.happened_precision FROM person_record r "
    "WHERE r.person_id IN :people AND {known:r} ORDER BY r.happened_at, r.id"
)


def records(read: Reader, people: Many) -> tuple[PersonRecord, ...]:
    """What is on record of these people."""
    rows = read.rows(RECORDS, people=people)
    return tuple(
        new_person_record(id_, person, kind, text, when(at, precision))
        for id_, person, kind, text, at, precision in rows
    )


COUNTS = Statement(
    "SELECT c.id, c.subject, c.subject_id, c.number, c.counted, c.span, c.source, c.known_at FROM history_count c "
    "WHERE ((c.subject = 'person' AND c.subject_id IN :people) OR (c.subject = "
    "'place' AND c.subject_id IN :places) OR (c.subject = 'number' AND c.subject_id IN :numbers)) AND {known:c} "
    "ORDER BY c.id"
)


def counts(read: Reader, people: Many, places: Many, numbers: Many) -> tuple[HistoryCount, ...]:
    """How often something was counted for these people, places and numbers."""
    rows = read.rows(COUNTS, people=people, places=places, numbers=numbers)
    return tuple(
        new_history_count(id_, subject, subject_id, number, counted, span, source, from_micros(known))
        for id_, subject, subject_id, number, counted, span, source, known in rows
    )
