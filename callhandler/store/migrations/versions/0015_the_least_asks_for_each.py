"""The least asks for each person at risk, for a reason behind a result, and for answers not older than what was told

No table changes: every trigger is installed anew after a migration, and a store of before is brought to them by this one.
"""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing but the triggers, which follow every migration."""


def downgrade() -> None:
    """Nothing but the triggers."""
