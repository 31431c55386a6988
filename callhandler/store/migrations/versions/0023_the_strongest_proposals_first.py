"""Proposals of linking, the strongest first from an index; and two records are kept apart outside every incident"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLE = "same_as_proposal"


def upgrade() -> None:
    """The index. What the database refuses of a judgement follows every migration, as all triggers do."""
    op.drop_index(op.f(f"ix_{TABLE}_run_likely"), TABLE)
    op.create_index(op.f(f"ix_{TABLE}_likely_a_b"), TABLE, ["likely", "a", "b"])


def downgrade() -> None:
    op.drop_index(op.f(f"ix_{TABLE}_likely_a_b"), TABLE)
    op.create_index(op.f(f"ix_{TABLE}_run_likely"), TABLE, ["run", "likely"])
