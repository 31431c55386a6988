"""Where history came from, and the one link of the journal for a block of it"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # No version before this one wrote a row of it, so no digest of a row changes.
    with op.batch_alter_table("import_file") as batch:
        batch.drop_column("rows")
        batch.add_column(sa.Column("mapping", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("zone", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("import_file") as batch:
        batch.alter_column("mapping", server_default=None)
        batch.alter_column("zone", server_default=None)
    op.create_table(
        "import_batch",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["import_file.id"], name=op.f("fk_import_batch_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_first_id"), "import_batch", ["first_id"])
    op.create_index(op.f("ix_import_batch_file_id"), "import_batch", ["file_id"])


def downgrade() -> None:
    op.drop_table("import_batch")
    with op.batch_alter_table("import_file") as batch:
        batch.drop_column("mapping")
        batch.drop_column("zone")
        batch.add_column(sa.Column("rows", sa.BigInteger(), nullable=False, server_default="0"))
