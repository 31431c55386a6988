"""A response that was stood down, or handed back"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = "'awaiting', 'unresourced', 'assigned', 'diverted', 'at_scene', 'no_reply', 'resulted'"
NOW = (
    "'awaiting', 'unresourced', 'assigned', 'diverted', 'stood_down', 'at_scene', 'no_reply', 'handed_back', "
    "'resulted'"
)


def upgrade() -> None:
    _states(NOW)


def downgrade() -> None:
    _states(BEFORE)


def _states(words: str) -> None:
    # The gate's trigger reads this table; it is installed anew after the migration, and would stand in the way of it.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS keep_decision_gate")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_response_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_response_state"), f"state IN ({words})")
