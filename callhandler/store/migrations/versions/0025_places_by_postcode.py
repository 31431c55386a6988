"""Places are found by their postcode"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_place_postcode"), "place", ["postcode"])


def downgrade() -> None:
    op.drop_index(op.f("ix_place_postcode"), "place")
