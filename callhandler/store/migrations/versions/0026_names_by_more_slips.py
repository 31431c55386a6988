"""Words of names are found by two slips of the finger too, and "Ben" and "Al" are names: the keys of names are made anew"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _made_anew()


def downgrade() -> None:
    _made_anew()


def _made_anew() -> None:
    # Derived from the names: they are filled when the store is opened next.
    for table in ("name_key", "word_key"):
        op.drop_table(table)
    op.create_table(
        "name_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("born", sa.BigInteger(), nullable=False),
        sa.Column("name_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["name_id"], ["person_name.id"], name=op.f("fk_name_key_name_id")),
        sa.PrimaryKeyConstraint("key", "born", "name_id", name=op.f("pk_name_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "word_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_word_key")),
        sqlite_with_rowid=False,
    )
