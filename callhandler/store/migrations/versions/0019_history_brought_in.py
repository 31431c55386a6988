"""Who brought a file in, and which of a force's own ids became which record"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "import_act",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["import_file.id"], name=op.f("fk_import_act_file_id")),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_import_act_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_act")),
    )
    op.create_index(op.f("ix_import_act_file_id"), "import_act", ["file_id"])
    op.create_table(
        "import_key",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "key", name=op.f("pk_import_key")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("import_key")
    op.drop_table("import_act")
