"""Small look-ups: people by name or number, places by words, live incidents a call may belong to, users."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, text

from callhandler.model.actor import Right
from callhandler.model.when import to_micros
from callhandler.store import beside, plainly
from callhandler.store.open_now import OPEN_NOW


def people_named(connection: Connection, folded: str) -> tuple[int, ...]:
    """People known under this folded name, oldest record first."""
    rows = connection.execute(
        text("SELECT DISTINCT person_id FROM person_name WHERE folded = :folded ORDER BY person_id"),
        {"folded": folded},
    )
    return tuple(r.person_id for r in rows)


_USERS = {
    engine: f"SELECT DISTINCT person_id FROM number_tie WHERE number_id = {mark} ORDER BY person_id"
    for engine, mark in (("sqlite", "?"), ("postgresql", "%s"))
}


def people_of_number(connection: Connection, number_id: int) -> tuple[int, ...]:
    """People who have used a number."""
    return beside.at_once(connection, users_of(connection, number_id))


async def users_of(connection: Connection, number_id: int) -> tuple[int, ...]:
    """The same, beside what else is read."""
    rows = await beside.ask(connection, _USERS[connection.dialect.name], (number_id,))
    return tuple(row[0] for row in rows)


def number_id(connection: Connection, e164: str) -> int | None:
    """A number's id."""
    found: int | None = connection.execute(
        text("SELECT id FROM number WHERE e164 = :e"), {"e": e164}
    ).scalar()
    return found


def places_called(connection: Connection, folded: str) -> tuple[int, ...]:
    """Places known by these folded words, label or address."""
    rows = connection.execute(
        text("SELECT DISTINCT place_id FROM place_name WHERE folded = :folded ORDER BY place_id"),
        {"folded": folded},
    )
    return tuple(r.place_id for r in rows)


def incidents_at(connection: Connection, places: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many incidents are held at each of these places, and when the last began; a place without any is left out."""
    rows = connection.execute(
        text(
            "SELECT place_id, count(*) AS many, max(happened_at) AS last FROM incident WHERE place_id IN :places "
            "GROUP BY place_id"
        ).bindparams(bindparam("places", expanding=True)),
        {"places": list(places)},
    )
    return {r.place_id: (r.many, r.last) for r in rows}


def places_shown(connection: Connection, incident_id: int, purpose: str) -> frozenset[int]:
    """Places whose history was shown in an incident for a purpose, as the consultation log says."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT place_id FROM consultation WHERE incident_id = :i AND purpose = :p AND place_id IS NOT NULL"
        ),
        {"i": incident_id, "p": purpose},
    )
    return frozenset(r.place_id for r in rows)


def known(connection: Connection, kind: str, ids: Iterable[int]) -> set[int]:
    """Which of these records there are, of people or of places."""
    table = {"person": "person", "place": "place"}[kind]
    statement = text(f"SELECT id FROM {table} WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
    return set(connection.execute(statement, {"ids": list(ids)}).scalars())


_UNNAMED = {
    "sqlite": "SELECT p.id FROM json_each(?) e JOIN person p ON p.id = e.value WHERE p.named = 0",
    "postgresql": "SELECT p.id FROM person p WHERE p.id = ANY(%s::bigint[]) AND p.named = 0",
}


def unnamed(connection: Connection, people: Iterable[int]) -> set[int]:
    """Which of these people have no name yet."""
    given = plainly.listed(connection, people)
    return {row[0] for row in plainly.fetched(connection, _UNNAMED[connection.dialect.name], (given,))}


_WITH = "SELECT p.incident_id FROM party p WHERE p.person_id IN :people"
_AT = (
    "SELECT i.id FROM incident i WHERE i.place_id IN :places UNION SELECT m.incident_id FROM move m "
    f"WHERE m.place_id IN :places UNION {_WITH}"
)


def open_with(connection: Connection, people: Iterable[int]) -> tuple[int, ...]:
    """Every open incident in which one of these records has a part, newest first."""
    return _open_among(connection, f"({_WITH})", people=list(people))


def living_at(connection: Connection, places: Iterable[int]) -> tuple[int, ...]:
    """Everybody whose home one of these records is or was."""
    statement = text(
        "SELECT DISTINCT person_id FROM place_tie WHERE place_id IN :places "
        "AND tie IN ('lives', 'family_home', 'stays') ORDER BY person_id"
    ).bindparams(bindparam("places", expanding=True))
    return tuple(connection.execute(statement, {"places": list(places)}).scalars())


def open_at(connection: Connection, places: Iterable[int], people: Iterable[int]) -> tuple[int, ...]:
    """Every open incident that is or was at one of these records of a place, or in which one of these people has a part."""
    return _open_among(connection, f"({_AT})", places=list(places), people=list(people))


def open_of(connection: Connection, incidents: Iterable[int]) -> tuple[int, ...]:
    """Those of these incidents that are open, newest first."""
    return _open_among(connection, ":ids", ids=list(incidents))


def _open_among(connection: Connection, which: str, **given: list[int]) -> tuple[int, ...]:
    statement = text(f"SELECT n.id FROM incident n WHERE n.id IN {which} AND {OPEN_NOW} ORDER BY n.id DESC")
    each: list[BindParameter[int]] = [bindparam(name, expanding=True) for name in given]
    return tuple(connection.execute(statement.bindparams(*each), given).scalars())


def open_incidents(connection: Connection) -> tuple[int, ...]:
    """Every live incident that is neither closed nor merged into another, newest first."""
    rows = connection.execute(text(f"SELECT n.id FROM incident n WHERE {OPEN_NOW} ORDER BY n.id DESC"))
    return tuple(r.id for r in rows)


def incident_known(connection: Connection, incident_id: int, at: datetime) -> bool:
    """Whether there is such an incident, recorded by then."""
    sql = text("SELECT 1 FROM incident WHERE id = :i AND known_at <= :at")
    return connection.execute(sql, {"i": incident_id, "at": to_micros(at)}).first() is not None


def incidents_since(connection: Connection, since: datetime) -> int:
    """How many live incidents were opened since an instant: the day's running number."""
    found: int = connection.execute(
        text("SELECT count(*) FROM incident WHERE live = 1 AND happened_at >= :since"),
        {"since": to_micros(since)},
    ).scalar_one()
    return found


def user_named(connection: Connection, name: str) -> tuple[int, str] | None:
    """A user's id and shown name."""
    row = connection.execute(
        text("SELECT id, display FROM desk_user WHERE name = :name"), {"name": name}
    ).first()
    return (row.id, row.display) if row else None


def any_user(connection: Connection) -> bool:
    """True when at least one user exists."""
    return connection.execute(text("SELECT 1 FROM desk_user LIMIT 1")).first() is not None


def credential_of(connection: Connection, user_id: int) -> str | None:
    """The newest passphrase hash of a user."""
    found: str | None = connection.execute(
        text("SELECT hash FROM credential WHERE user_id = :u ORDER BY id DESC LIMIT 1"), {"u": user_id}
    ).scalar()
    return found


def rights_of(connection: Connection, user_id: int, now: datetime) -> frozenset[Right]:
    """The roles granted to a user at an instant."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT role FROM role_grant WHERE user_id = :u AND from_at <= :now "
            "AND (until_at IS NULL OR until_at > :now)"
        ),
        {"u": user_id, "now": to_micros(now)},
    )
    return frozenset(Right(r.role) for r in rows)


def session_open(connection: Connection, session_id: int) -> bool:
    """True while a session has not ended."""
    row = connection.execute(
        text(
            "SELECT 1 FROM desk_session s WHERE s.id = :s AND NOT EXISTS "
            "(SELECT 1 FROM session_end e WHERE e.session_id = s.id)"
        ),
        {"s": session_id},
    ).first()
    return row is not None


def file_content(connection: Connection, sha256: str) -> bytes | None:
    """A kept file by its digest; None when it is gone or is not what the digest says."""
    found = connection.execute(
        text("SELECT content FROM file_content WHERE sha256 = :d"), {"d": sha256}
    ).scalar()
    if not isinstance(found, bytes) or hashlib.sha256(found).hexdigest() != sha256:
        return None
    return found


def entry_landed(connection: Connection, uuids: Iterable[str]) -> frozenset[str]:
    """Which of these idempotency keys are in the store already: their drafts may go."""
    statement = text(
        "SELECT uuid FROM log_entry WHERE uuid IN :u UNION ALL SELECT uuid FROM disclosure WHERE uuid IN :u "
        "UNION ALL SELECT uuid FROM answer WHERE uuid IN :u UNION ALL SELECT uuid FROM request WHERE uuid IN :u"
    ).bindparams(bindparam("u", expanding=True))
    return frozenset(r.uuid for r in connection.execute(statement, {"u": list(uuids)}))


def contact_kept(connection: Connection, uuid: str) -> int | None:
    """The contact that was kept under this idempotency key."""
    found: int | None = connection.execute(
        text("SELECT id FROM contact WHERE uuid = :u"), {"u": uuid}
    ).scalar()
    return found


def transfer_known(connection: Connection, uuid: str) -> tuple[int, str] | None:
    """The incident that a transfer of this name opened or was sent from, and its text; None when it was never seen here."""
    row = connection.execute(
        text("SELECT incident_id, content FROM transfer WHERE uuid = :u"), {"u": uuid}
    ).one_or_none()
    return (row.incident_id, row.content) if row else None
