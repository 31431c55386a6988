"""Who and where the open incidents of the last hours are, for a call that may belong to one of them.

It starts from those incidents, which are few, and never from a number, a place or a relative, which may have thousands.
"""

from datetime import datetime

from callhandler.model.people import HOMES
from callhandler.model.when import to_micros
from callhandler.store.open_now import OPEN_NOW
from callhandler.store.pictures.reader import Many, Reader, Statement

_MERGED = "m.verdict = 'same' AND m.id = (SELECT max(x.id) FROM incident_merge x WHERE x.incident_id = m.incident_id)"
# By when they began: of those that are live there are years, as nothing is changed where one is closed.
_PARTS = Statement(
    "WITH RECURSIVE recent(id) AS ("
    "SELECT i.id FROM incident i WHERE +i.live = 1 AND i.happened_at >= :since "
    f"UNION SELECT m.into_id FROM recent r JOIN incident_merge m ON m.incident_id = r.id WHERE {_MERGED}), "
    f"worked(id) AS (SELECT n.id FROM recent r JOIN incident n ON n.id = r.id WHERE {OPEN_NOW}), "
    "whole(top, id) AS (SELECT w.id, w.id FROM worked w UNION "
    f"SELECT w.top, m.incident_id FROM whole w JOIN incident_merge m ON m.into_id = w.id WHERE {_MERGED}) "
    "SELECT w.top, 'person', p.person_id FROM whole w JOIN party p ON p.incident_id = w.id "
    "UNION SELECT w.top, 'place', i.place_id FROM whole w JOIN incident i ON i.id = w.id WHERE i.place_id IS NOT NULL "
    "UNION SELECT w.top, 'place', m.place_id FROM whole w JOIN move m ON m.incident_id = w.id "
    "UNION SELECT w.top, 'number', c.number_id FROM whole w JOIN call c ON c.incident_id = w.id "
    "WHERE c.number_id IS NOT NULL ORDER BY 1, 2, 3"
)
Part = tuple[int, tuple[str, int]]


async def parts(read: Reader, since: datetime) -> list[Part]:
    """Each open incident that began since an instant, with each person, place and number of it, by kind and record.

    One into which such an incident was merged is among them, and what was merged into one counts as its own. One statement.
    """
    rows = await read.ask(_PARTS, since=to_micros(since))
    return [(incident, (kind, id_)) for incident, kind, id_ in rows]


_RELATIVES = Statement("SELECT t.a, t.b FROM person_tie t WHERE t.a IN :people OR t.b IN :people")


async def relatives(read: Reader, people: Many) -> list[tuple[int, int]]:
    """The two ends of every tie of these people to another. One statement."""
    return [(a, b) for a, b in await read.ask(_RELATIVES, people=people)] if people else []


_HOMES = Statement(
    "SELECT t.person_id, t.place_id FROM {each:people} e JOIN place_tie t ON t.person_id = e.value "
    f"WHERE t.tie IN ({', '.join(repr(tie.value) for tie in HOMES)})"
)


async def homes(read: Reader, people: Many) -> list[tuple[int, int]]:
    """Where each of these people lives or stays, as far as is known. One statement."""
    return [(who, where) for who, where in await read.ask(_HOMES, people=people)] if people else []


_NAMED_LIKE = Statement(
    "SELECT n.place_id, n.name FROM {each:places} e JOIN place_name n ON n.place_id = e.value "
    "WHERE EXISTS (SELECT 1 FROM place_key k WHERE k.key IN :keys AND k.name_id = n.id)"
)


async def named_like(read: Reader, places: Many, keys: Many) -> list[tuple[int, str]]:
    """Of these places the names that share a key with what was told. One statement."""
    if not (places and keys):
        return []
    return [(place, name) for place, name in await read.ask(_NAMED_LIKE, places=places, keys=keys)]
