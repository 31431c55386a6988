"""What acts that are no grade left in an incident: authorities, retractions, merges; and who was seen or spoken to."""

from collections import defaultdict

from callhandler.model.acts import Authority, Contact, Merge, Retraction
from callhandler.model.assessment import Act, Gate
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Reader, Statement, by_value

new_authority = quickly(Authority)
new_contact = quickly(Contact)
new_merge = quickly(Merge)
new_retraction = quickly(Retraction)

ACT, GATE = by_value(Act), by_value(Gate)


AUTHORITIES = Statement(
    "SELECT a.id, a.incident_id, a.act, a.subject, a.subject_id, a.rank_before, a.rank_after, a.gate, "
    "a.assessment_id, a.request_id, a.author_id, u.display, a.known_at, a.text FROM authority a "
    "JOIN desk_user u ON u.id = a.author_id WHERE a.incident_id = :here AND {known:a} ORDER BY a.id"
)


def authorities(read: Reader, here: int) -> tuple[Authority, ...]:
    """The leave given in an incident for acts that are no grade."""
    rows = read.rows(AUTHORITIES, here=here)
    return tuple(
        new_authority(
            id_,
            incident,
            ACT[act],
            subject,
            subject_id,
            before,
            after,
            GATE[gate],
            assessment,
            request,
            author,
            display,
            from_micros(known),
            text,
        )
        for (
            id_,
            incident,
            act,
            subject,
            subject_id,
            before,
            after,
            gate,
            assessment,
            request,
            author,
            display,
            known,
            text,
        ) in rows
    )


RETRACTIONS = Statement(
    "SELECT r.id, r.disclosure_id, r.incident_id, r.authority_id, r.reason, r.author, r.known_at, w.code "
    "FROM retraction r LEFT JOIN authority_warning w ON w.authority_id = r.authority_id "
    "WHERE r.incident_id = :here AND {known:r} ORDER BY r.id, w.id"
)


def retractions(read: Reader, here: int) -> tuple[Retraction, ...]:
    """What was taken back in an incident, each with the warnings that rested on it alone."""
    rows = read.rows(RETRACTIONS, here=here)
    settles: dict[int, set[str]] = defaultdict(set)
    for id_, *_, code in rows:
        settles[id_].update([code] if code else ())
    found = {row[0]: row for row in rows}
    return tuple(
        new_retraction(
            id_, disclosure, incident, authority, reason, author, from_micros(known), frozenset(settles[id_])
        )
        for id_, disclosure, incident, authority, reason, author, known, _ in found.values()
    )


MERGES = Statement(
    "SELECT m.id, m.incident_id, m.into_id, m.verdict, m.reason, m.author, m.known_at FROM incident_merge m "
    "WHERE (m.incident_id = :here OR m.into_id = :here) AND {known:m} ORDER BY m.id"
)


def merges(read: Reader, here: int) -> tuple[Merge, ...]:
    """Every judgement that this incident is, or is not after all, the same as another."""
    rows = read.rows(MERGES, here=here)
    return tuple(
        new_merge(id_, incident, into, verdict == "same", reason, author, from_micros(known))
        for id_, incident, into, verdict, reason, author, known in rows
    )


_SAME = (
    "m.verdict = 'same' AND {known:m} AND m.id = (SELECT max(n.id) FROM incident_merge n "
    "WHERE n.incident_id = m.incident_id AND {known:n})"
)
INSIDE = Statement(
    "WITH RECURSIVE inside(id) AS (SELECT m.incident_id FROM incident_merge m WHERE m.into_id = :here AND "
    f"{_SAME} UNION SELECT m.incident_id FROM incident_merge m JOIN inside x ON m.into_id = x.id WHERE {_SAME}) "
    "SELECT id FROM inside ORDER BY id"
)


def inside(read: Reader, here: int) -> tuple[int, ...]:
    """Every incident that is worked on in this one: merged into it, or into one that was, and not parted again."""
    rows = read.rows(INSIDE, here=here)
    return tuple(id_ for (id_,) in rows if id_ != here)


CONTACTS = Statement(
    "SELECT c.id, c.incident_id, c.person_id, c.how, c.identified, c.alone, c.free, c.seen_by, c.by_name, c.words, "
    "c.counts, c.why_not, c.author, c.known_at FROM contact c WHERE c.incident_id = :here AND {known:c} ORDER BY c.id"
)


def contacts(read: Reader, here: int) -> tuple[Contact, ...]:
    """Who was seen or spoken to in an incident, and how."""
    rows = read.rows(CONTACTS, here=here)
    return tuple(
        new_contact(
            id_,
            incident,
            person,
            how,
            identified,
            alone,
            free,
            seen_by,
            by_name,
            words,
            bool(counts),
            why_not,
            author,
            from_micros(known),
        )
        for (
            id_,
            incident,
            person,
            how,
            identified,
            alone,
            free,
            seen_by,
            by_name,
            words,
            counts,
            why_not,
            author,
            known,
        ) in rows
    )
