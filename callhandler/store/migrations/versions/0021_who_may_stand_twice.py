"""Who may stand twice in the history"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "link_run",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("proposed", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["desk_user.id"], name=op.f("fk_link_run_author_id")),
        sa.CheckConstraint("engine IN ('duckdb', 'spark')", name=op.f("ck_link_run_engine")),
        sa.CheckConstraint("length(settings) = 64", name=op.f("ck_link_run_settings")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_link_run_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_run")),
        sa.UniqueConstraint("uuid", name=op.f("uq_link_run_uuid")),
    )
    op.create_table(
        "same_as_proposal",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=False),
        sa.Column("b", sa.BigInteger(), nullable=False),
        sa.Column("likely", sa.BigInteger(), nullable=False),
        sa.Column("agree", sa.Text(), nullable=False),
        sa.Column("differ", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["person.id"], name=op.f("fk_same_as_proposal_a")),
        sa.ForeignKeyConstraint(["b"], ["person.id"], name=op.f("fk_same_as_proposal_b")),
        sa.CheckConstraint("a < b", name=op.f("ck_same_as_proposal_older_first")),
        sa.CheckConstraint("likely BETWEEN 0 AND 1000000", name=op.f("ck_same_as_proposal_likely")),
        sa.PrimaryKeyConstraint("run", "a", "b", name=op.f("pk_same_as_proposal")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_same_as_proposal_a"), "same_as_proposal", ["a"])
    op.create_index(op.f("ix_same_as_proposal_b"), "same_as_proposal", ["b"])
    op.create_index(op.f("ix_same_as_proposal_run_likely"), "same_as_proposal", ["run", "likely"])


def downgrade() -> None:
    op.drop_table("same_as_proposal")
    op.drop_table("link_run")
