"""Whether a desk's window still runs"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column(
            "session_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("heard_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["desk_session.id"], name=op.f("fk_presence_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_presence")),
    )


def downgrade() -> None:
    op.drop_table("presence")
