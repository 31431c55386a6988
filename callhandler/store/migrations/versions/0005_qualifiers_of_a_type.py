"""The qualifiers of an incident's type"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "type_qualifier",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("type_id", sa.BigInteger(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_type_qualifier_incident_id")),
        sa.ForeignKeyConstraint(["type_id"], ["incident_type.id"], name=op.f("fk_type_qualifier_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_type_qualifier")),
    )
    with op.batch_alter_table("type_qualifier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_type_qualifier_incident_id"), ["incident_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("type_qualifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_type_qualifier_incident_id"))

    op.drop_table("type_qualifier")
