"""What an order forbids, with its ends and exceptions; copies of orders, kept by their content

No row of order_term was ever written before: no service did. So its new columns change no digest.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW_COLUMNS = (
    "incident_id",
    "expires_at",
    "exceptions",
    "times",
    "arrest_power",
    "arrest_until_at",
    "protected_id",
    "verified",
    "said_by",
    "author",
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


def _without_gate() -> None:
    """On SQLite a table that a trigger reads cannot be made anew; every trigger comes back after the migration."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS keep_decision_gate")


def upgrade() -> None:
    _without_gate()
    _fact(
        "order_until",
        sa.Column("fact_id", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["order_fact.id"], name=op.f("fk_order_until_fact_id")),
        sa.UniqueConstraint("fact_id", name=op.f("uq_order_until_fact_id")),
    )
    _fact(
        "order_copy",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('image/jpeg', 'image/png', 'application/pdf')",
            name=op.f("ck_order_copy_media_type"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_order_copy_sha256")),
        sa.ForeignKeyConstraint(["order_id"], ["civil_order.id"], name=op.f("fk_order_copy_order_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_order_copy_incident_id")),
    )
    with op.batch_alter_table("order_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_copy_order_id"), ["order_id"], unique=False)
    op.create_table(
        "file_content",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_content")),
    )
    with op.batch_alter_table("order_term", schema=None) as batch_op:
        batch_op.add_column(sa.Column("incident_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("expires_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("exceptions", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("times", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("arrest_power", sa.Text(), server_default="unknown", nullable=False))
        batch_op.add_column(sa.Column("arrest_until_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("protected_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("verified", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("said_by", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("author", sa.Text(), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_order_term_incident_id"), "incident", ["incident_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_order_term_protected_id"), "person", ["protected_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_term_arrest_power"), "arrest_power IN ('yes', 'no', 'unknown')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_term_place_of_a_place"), "attached <> 'person' OR place_id IS NULL"
        )
        batch_op.create_index(batch_op.f("ix_order_term_incident_id"), ["incident_id"], unique=False)


def downgrade() -> None:
    _without_gate()
    with op.batch_alter_table("order_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_term_incident_id"))
        batch_op.drop_constraint(batch_op.f("ck_order_term_place_of_a_place"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_order_term_arrest_power"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_order_term_protected_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_order_term_incident_id"), type_="foreignkey")
        for column in reversed(NEW_COLUMNS):
            batch_op.drop_column(column)
    op.drop_table("file_content")
    with op.batch_alter_table("order_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_copy_order_id"))
    op.drop_table("order_copy")
    op.drop_table("order_until")
