"""Who sits at a desk now: sessions whose window was heard of lately.

A window that was killed signs nobody out. So each desk renews its presence, and one that fell silent is nobody to ask. The
time is the database's own: desks whose clocks differ agree on it, and a scenario's clock, which jumps, does not touch it.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from callhandler.model.actor import Right
from callhandler.model.when import to_micros

SESSION_HOURS = 14
"""A session that never ended counts as open for one long shift and no longer."""

SILENT_SECONDS = 90
"""A desk not heard of for so long is taken to have nobody at it."""

_NOW = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
}


def begin_played(connection: Connection, session_id: int) -> None:
    """A scenario's person, whom no window renews, is there until the scenario signs them out."""
    connection.execute(
        text("INSERT INTO presence (session_id, heard_at) VALUES (:s, NULL)"), {"s": session_id}
    )


def renew(connection: Connection, session_id: int) -> None:
    """The window of this session runs."""
    now = _NOW[connection.dialect.name]
    connection.execute(
        text(
            f"INSERT INTO presence (session_id, heard_at) VALUES (:s, {now}) "
            "ON CONFLICT (session_id) DO UPDATE SET heard_at = excluded.heard_at"
        ),
        {"s": session_id},
    )


def signed_in(connection: Connection, right: Right, now: datetime, *, other_than: int) -> bool:
    """True when somebody else who holds the right has a session that has not ended, and was heard of lately.

    `now` is the office's instant: by it roles are in force and shifts end.
    """
    row = connection.execute(
        text(
            "SELECT 1 FROM desk_session s JOIN role_grant g ON g.user_id = s.user_id "
            "JOIN presence p ON p.session_id = s.id WHERE g.role = :role "
            "AND s.user_id <> :me AND g.from_at <= :now AND (g.until_at IS NULL OR g.until_at > :now) "
            "AND s.known_at >= :since AND NOT EXISTS (SELECT 1 FROM session_end e WHERE e.session_id = s.id) "
            f"AND (p.heard_at IS NULL OR p.heard_at > {_NOW[connection.dialect.name]} - :silent) LIMIT 1"
        ),
        {
            "role": right.value,
            "me": other_than,
            "now": to_micros(now),
            "since": to_micros(now - timedelta(hours=SESSION_HOURS)),
            "silent": SILENT_SECONDS * 1_000_000,
        },
    ).first()
    return row is not None
