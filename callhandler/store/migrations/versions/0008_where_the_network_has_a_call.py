"""Where the network has a call, and where a place lies"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "network_fix",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lat_micro", sa.BigInteger(), nullable=True),
        sa.Column("lon_micro", sa.BigInteger(), nullable=True),
        sa.Column("radius_m", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("fixed_at", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('aml', 'cell', 'installation', 'telephone')", name=op.f("ck_network_fix_kind")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_network_fix_call_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_network_fix_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_fix")),
    )
    with op.batch_alter_table("network_fix", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_network_fix_incident_id_id"), ["incident_id", "id"], unique=False
        )
    op.create_table(
        "place_point",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("lat_micro", sa.BigInteger(), nullable=False),
        sa.Column("lon_micro", sa.BigInteger(), nullable=False),
        sa.Column("radius_m", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_place_point_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_point")),
    )
    with op.batch_alter_table("place_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_point_place_id"), ["place_id"], unique=False)
    with op.batch_alter_table("place_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_name_place_id"), ["place_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("place_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_name_place_id"))
    op.drop_table("place_point")
    op.drop_table("network_fix")
