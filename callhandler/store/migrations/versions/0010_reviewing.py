"""Reviewing decisions: the queue, its owners, second grades, outcomes and feedback; the domestic abuse reviewer's role"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = ("handler", "dispatcher", "supervisor", "reviewer", "trainer", "administrator")
ROLES = (
    "handler",
    "dispatcher",
    "supervisor",
    "reviewer",
    "domestic_abuse_reviewer",
    "trainer",
    "administrator",
)
TABLES = ("review_item", "review_owner", "review_grade", "review_outcome", "review_feedback", "feedback_seen")
INDEXES = (
    ("review_item", ("incident_id", "id")),
    ("review_owner", ("item_id", "id")),
    ("review_outcome", ("item_id", "id")),
    ("review_outcome", ("incident_id",)),
    ("review_feedback", ("to_id", "id")),
    ("refusal", ("request_id",)),
)


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


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _big(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, sql: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}"))


def _roles(roles: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    if op.get_bind().dialect.name == "sqlite":
        # A table that a trigger reads cannot be made anew; every trigger comes back after the migration.
        op.execute("DROP TRIGGER IF EXISTS keep_agreement_right")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_role_grant_role"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_role_grant_role"), f"role IN ({listed})")


def upgrade() -> None:
    _roles(ROLES)
    _fact(
        "review_item",
        _big("incident_id"),
        _text("decision_uuid"),
        _text("entered_by"),
        _big("blind"),
        _big("specialist"),
        _big("due_at"),
        _big("likeness", null=True),
        _to("review_item", "incident_id", "incident"),
        _unique("review_item", "decision_uuid"),
        _check("review_item", "says_why", "length(entered_by) > 0"),
        _check("review_item", "blind", "blind BETWEEN 0 AND 1"),
    )
    _fact(
        "review_owner",
        _big("item_id"),
        _big("incident_id"),
        _text("act"),
        _big("user_id", null=True),
        _text("reason"),
        _big("author_id"),
        _to("review_owner", "item_id", "review_item"),
        _to("review_owner", "incident_id", "incident"),
        _to("review_owner", "user_id", "desk_user"),
        _to("review_owner", "author_id", "desk_user"),
        _check("review_owner", "act", "act IN ('claim', 'hand_on', 'give_back')"),
    )
    _fact(
        "review_grade",
        _big("item_id"),
        _big("incident_id"),
        _text("grade"),
        _big("rank"),
        _big("blind"),
        _text("reason"),
        _big("author_id"),
        _to("review_grade", "item_id", "review_item"),
        _to("review_grade", "incident_id", "incident"),
        _to("review_grade", "author_id", "desk_user"),
        _unique("review_grade", "item_id", "author_id"),
        _check("review_grade", "rank", "rank BETWEEN 1 AND 99"),
        _check("review_grade", "blind", "blind BETWEEN 0 AND 1"),
    )
    _fact(
        "review_outcome",
        _text("uuid"),
        _big("item_id"),
        _big("incident_id"),
        _text("result"),
        _text("grade"),
        _text("reason"),
        _big("author_id"),
        _to("review_outcome", "item_id", "review_item"),
        _to("review_outcome", "incident_id", "incident"),
        _to("review_outcome", "author_id", "desk_user"),
        _unique("review_outcome", "uuid"),
        _check("review_outcome", "result", "result IN ('upheld', 'otherwise', 'learning', 'reopen')"),
        _check("review_outcome", "says_why", "length(trim(reason)) > 0"),
    )
    _fact(
        "review_feedback",
        _big("outcome_id"),
        _big("incident_id"),
        _big("to_id"),
        _text("text"),
        _big("author_id"),
        _to("review_feedback", "outcome_id", "review_outcome"),
        _to("review_feedback", "incident_id", "incident"),
        _to("review_feedback", "to_id", "desk_user"),
        _to("review_feedback", "author_id", "desk_user"),
        _check("review_feedback", "says_something", "length(trim(text)) > 0"),
    )
    _fact(
        "feedback_seen",
        _big("feedback_id"),
        _text("answer"),
        _big("author_id"),
        _to("feedback_seen", "feedback_id", "review_feedback"),
        _to("feedback_seen", "author_id", "desk_user"),
        _unique("feedback_seen", "feedback_id"),
    )
    for table, columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)


def downgrade() -> None:
    for table, columns in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table_name=table)
    for table in reversed(TABLES):
        op.drop_table(table)
    _roles(BEFORE)
