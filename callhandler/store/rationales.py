"""Reads earlier rationales in one statement, to be compared with a new one."""

from datetime import datetime

from sqlalchemy import Connection, text

from callhandler.model.likeness import Earlier
from callhandler.model.when import from_micros, to_micros


def earlier(connection: Connection, other_than: int, since: datetime, until: datetime) -> tuple[Earlier, ...]:
    """Every rationale with a ground that was given for another incident between two instants, oldest first.

    Of a request given several the newest counts, with every answer that was accepted.
    """
    rows = connection.execute(
        text(
            "SELECT q.id, q.incident_id, u.display, r.known_at, r.reason, a.what_changed FROM rationale r "
            "JOIN request q ON q.id = r.request_id JOIN desk_user u ON u.id = q.author_id "
            "LEFT JOIN rationale_answer a ON a.request_id = q.id AND a.accepted = 1 AND a.known_at <= :until "
            "WHERE r.known_at >= :since AND r.known_at <= :until AND r.ground <> '' AND q.incident_id <> :here "
            "AND r.id = (SELECT max(n.id) FROM rationale n WHERE n.request_id = q.id AND n.known_at <= :until) "
            "ORDER BY q.id, a.id"
        ),
        {"here": other_than, "since": to_micros(since), "until": to_micros(until)},
    )
    said: dict[int, list[str]] = {}
    kept: dict[int, tuple[int, str, int]] = {}
    for id_, incident, author, known, reason, changed in rows:
        kept[id_] = incident, author, known
        said.setdefault(id_, [reason]).extend([changed] if changed else [])
    return tuple(
        Earlier(id_, incident, author, from_micros(known), " ".join(said[id_]))
        for id_, (incident, author, known) in kept.items()
    )
