"""Who works here, with which rights, and from which desk."""

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint

from callhandler.store.tables.making import ROW_ID, big, fact, index, metadata, one_of, ref, text

SYSTEM_ROLES = (
    "handler",
    "dispatcher",
    "supervisor",
    "reviewer",
    "domestic_abuse_reviewer",
    "trainer",
    "administrator",
)

desk_user = fact("desk_user", text("name"), text("display"), UniqueConstraint("name"))
credential = fact("credential", ref("user_id", "desk_user"), text("hash"))
role_grant = fact(
    "role_grant",
    ref("user_id", "desk_user"),
    text("role"),
    big("from_at"),
    big("until_at", null=True),
    text("granted_by"),
    one_of("role", SYSTEM_ROLES),
)
desk_session = fact("desk_session", ref("user_id", "desk_user"), text("workstation"))
session_end = fact("session_end", ref("session_id", "desk_session"), UniqueConstraint("session_id"))
# The one row that changes: no fact, but whether a desk's window still runs. Outside the journal.
presence = Table(
    "presence",
    metadata,
    Column("session_id", ROW_ID, ForeignKey("desk_session.id"), primary_key=True, autoincrement=False),
    big("heard_at", null=True),
)

index(role_grant, "role", "user_id")
index(role_grant, "user_id")
index(desk_session, "user_id", "known_at")
index(credential, "user_id")
