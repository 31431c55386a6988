"""What was decided of the offences, referrals, orders and signposts that an incident suggests"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_decision",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_in", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('offence', 'order', 'referral', 'signpost')", name=op.f("ck_proposal_decision_kind")
        ),
        sa.CheckConstraint(
            "decided IN ('taken', 'not_taken', 'passed_on')", name=op.f("ck_proposal_decision_decided")
        ),
        sa.CheckConstraint(
            "consent IN ('given', 'refused', 'not_asked', 'not_needed')",
            name=op.f("ck_proposal_decision_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_proposal_decision_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_in"], ["incident.id"], name=op.f("fk_proposal_decision_recorded_in")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_decision")),
        sa.UniqueConstraint("uuid", name=op.f("uq_proposal_decision_uuid")),
    )
    with op.batch_alter_table("proposal_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_decision_incident_id_id"), ["incident_id", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("proposal_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_decision_incident_id_id"))

    op.drop_table("proposal_decision")
