"""The newest calls of a number and its newest users, and who had a part in what, are read from an index alone"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BEFORE_AND_AFTER = (
    ("party", ("incident_id", "person_id"), ("incident_id", "person_id", "role", "known_at", "id")),
    ("party", ("person_id", "incident_id"), ("person_id", "incident_id", "known_at", "id")),
    ("call", ("number_id",), ("number_id", "happened_at", "known_at", "id", "incident_id")),
    ("number_tie", ("number_id",), ("number_id", "id")),
)


def upgrade() -> None:
    for table, before, after in BEFORE_AND_AFTER:
        _exchange(table, before, after)


def downgrade() -> None:
    for table, before, after in reversed(BEFORE_AND_AFTER):
        _exchange(table, after, before)


def _exchange(table: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    op.drop_index(op.f(f"ix_{table}_{'_'.join(old)}"), table)
    op.create_index(op.f(f"ix_{table}_{'_'.join(new)}"), table, list(new))
