"""Flats, parts of a town and halves of a postcode are read otherwise: the keys of places are made anew"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _made_anew()


def downgrade() -> None:
    _made_anew()


def _made_anew() -> None:
    # Derived from the names: they are filled when the store is opened next.
    op.drop_table("place_key")
    op.create_table(
        "place_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("name_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["name_id"], ["place_name.id"], name=op.f("fk_place_key_name_id")),
        sa.PrimaryKeyConstraint("key", "name_id", name=op.f("pk_place_key")),
        sqlite_with_rowid=False,
    )
