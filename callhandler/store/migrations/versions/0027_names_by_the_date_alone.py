"""Whoever was born on a day is found by that day alone, whatever her name: keys are added, none is made anew"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A whole date stands beside other keys of a name already. The key is `keys.BORN_THEN`.
    op.execute(
        "INSERT INTO name_key (key, born, name_id) SELECT DISTINCT 1, k.born, k.name_id FROM name_key k "
        "WHERE k.key <> 1 AND k.born % 100 <> 0 AND k.born / 100 % 100 <> 0 ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    """A key more is in nobody's way, and keys are only ever added."""
