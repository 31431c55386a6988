"""An incident is found by its reference without reading all of them"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_incident_reference"), "incident", ["reference"])


def downgrade() -> None:
    op.drop_index(op.f("ix_incident_reference"), "incident")
