"""Keys of names and places are numbers, with the date of birth beside a name's; a date of birth told later is kept"""

import sqlalchemy as sa
from alembic import op

from callhandler.store.tables.making import ROW_ID

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEYS = {"name_key": "person_name", "place_key": "place_name"}


def upgrade() -> None:
    for table in (*KEYS, "word_key"):
        # Derived from the names: they are made anew when the store is opened next.
        op.drop_table(table)
    for name, of in KEYS.items():
        dated = [sa.Column("born", sa.BigInteger(), nullable=False)] if name == "name_key" else []
        op.create_table(
            name,
            sa.Column("key", sa.BigInteger(), nullable=False),
            *dated,
            sa.Column("name_id", sa.BigInteger(), nullable=False),
            sa.ForeignKeyConstraint(["name_id"], [f"{of}.id"], name=op.f(f"fk_{name}_name_id")),
            sa.PrimaryKeyConstraint("key", *[c.name for c in dated], "name_id", name=op.f(f"pk_{name}")),
            sqlite_with_rowid=False,
        )
    _words()
    op.create_table(
        "person_birth",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("born", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_birth_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_birth")),
    )
    with op.batch_alter_table("person_birth", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_birth_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("person_birth")
    for table in (*KEYS, "word_key"):
        op.drop_table(table)
    for name, of in KEYS.items():
        op.create_table(
            name,
            sa.Column("key", sa.Text(), nullable=False),
            sa.Column("name_id", sa.BigInteger(), nullable=False),
            sa.ForeignKeyConstraint(["name_id"], [f"{of}.id"], name=op.f(f"fk_{name}_name_id")),
            sa.PrimaryKeyConstraint("key", "name_id", name=op.f(f"pk_{name}")),
            sqlite_with_rowid=False,
        )
    _words()


def _words() -> None:
    op.create_table(
        "word_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_word_key")),
        sqlite_with_rowid=False,
    )
