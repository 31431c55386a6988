"""Records judged to be of the same person or place, vehicles named in incidents, and indexes for the newest of a hub"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = ("retype", "retract", "reject_link", "lower_risk", "merge", "result")
AUTHORISED = (*BEFORE[:4], "part_records", *BEFORE[4:])
DECIDING = ("grade", "close", "receive", "appoint", "cancel", "transfer")
ASKED_BEFORE = (*DECIDING, "merge", "result", "retype", "retract", "reject_link", "lower_risk")


def _in(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


def _acts(table: str, acts: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_act"), _in("act", acts))


def _fact(name: str, *items: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        *items,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _check(table: str, name: str, condition: str) -> sa.Constraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _drop_index(table: str, *columns: str) -> None:
    op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)


def upgrade() -> None:
    _acts("request", (*ASKED_BEFORE, "part_records"))
    _acts("authority", AUTHORISED)
    _fact(
        "same_as",
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        *_texts("kind"),
        sa.Column("a", sa.BigInteger(), nullable=False),
        sa.Column("b", sa.BigInteger(), nullable=False),
        *_texts("verdict", "reason", "author"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_same_as_incident_id")),
        _check("same_as", "kind", _in("kind", ("person", "place"))),
        _check("same_as", "verdict", _in("verdict", ("same", "not_same", "withdrawn"))),
        _check("same_as", "older_first", "a < b"),
        _check("same_as", "says_why", "verdict = 'same' OR length(trim(reason)) > 0"),
    )
    _fact(
        "vehicle_named",
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        *_texts("registration", "description", "author"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_vehicle_named_incident_id")),
        _check("vehicle_named", "says_something", "length(registration) > 0 OR length(description) > 0"),
    )
    for column in ("a", "b", "incident_id"):
        _index("same_as", column)
    for column in ("incident_id", "registration"):
        _index("vehicle_named", column)
    _index("link_judgement", "incident_id")
    _index("vehicle", "registration")
    _drop_index("incident", "place_id", "happened_at")
    _index("incident", "place_id", "happened_at", "known_at", "id")
    _drop_index("place_tie", "place_id")
    _index("place_tie", "place_id", "id")


def downgrade() -> None:
    _drop_index("place_tie", "place_id", "id")
    _index("place_tie", "place_id")
    _drop_index("incident", "place_id", "happened_at", "known_at", "id")
    _index("incident", "place_id", "happened_at")
    _drop_index("vehicle", "registration")
    _drop_index("link_judgement", "incident_id")
    op.drop_table("vehicle_named")
    op.drop_table("same_as")
    _acts("authority", BEFORE)
    _acts("request", ASKED_BEFORE)
