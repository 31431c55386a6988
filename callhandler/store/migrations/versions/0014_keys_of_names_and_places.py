"""What finds a name or a place by another writing of it"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, of in (("name_key", "person_name"), ("place_key", "place_name")):
        op.create_table(
            name,
            sa.Column("key", sa.Text(), nullable=False),
            sa.Column("name_id", sa.BigInteger(), nullable=False),
            sa.ForeignKeyConstraint(["name_id"], [f"{of}.id"], name=op.f(f"fk_{name}_name_id")),
            sa.PrimaryKeyConstraint("key", "name_id", name=op.f(f"pk_{name}")),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "word_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_word_key")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("word_key")
    op.drop_table("place_key")
    op.drop_table("name_key")
