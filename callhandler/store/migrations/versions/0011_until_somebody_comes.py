"""What holds until somebody comes: offers, interim safety plans, promises, transfers"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text(), nullable=False)


def _big(name: str, *, null: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _fact(
    name: str, index: list[str], *items: Any, refs: dict[str, str], unique: str, check: str = ""
) -> None:
    column, _, words = check.partition(" ")
    checks = [sa.CheckConstraint(f"{column} IN ({words})", name=op.f(f"ck_{name}_{column}"))] if check else []
    keys = [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
        for column, table in refs.items()
    ]
    op.create_table(
        name,
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        _text("salt"),
        _big("known_at"),
        *items,
        *checks,
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(unique, name=op.f(f"uq_{name}_{unique}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_{'_'.join(index)}"), index, unique=False)


def upgrade() -> None:
    here = {"incident_id": "incident"}
    listed = ["incident_id", "id"]
    _fact(
        "safety_offer",
        listed,
        _text("uuid"),
        _big("incident_id"),
        *map(_text, ("code", "outcome", "details", "words", "author")),
        refs=here,
        unique="uuid",
        check="outcome 'offered', 'accepted', 'refused'",
    )
    _fact(
        "safety_plan",
        listed,
        _text("uuid"),
        _big("incident_id"),
        _big("until_at"),
        *map(_text, ("agreed", "with_whom", "alone", "author")),
        refs=here,
        unique="uuid",
        check="alone 'yes', 'no', 'unknown'",
    )
    _fact(
        "promise",
        listed,
        _text("uuid"),
        _big("incident_id"),
        _big("call_id", null=True),
        _text("words"),
        _big("until_at"),
        _text("author"),
        refs={**here, "call_id": "call"},
        unique="uuid",
    )
    _fact(
        "promise_end",
        ["incident_id"],
        _big("incident_id"),
        _big("promise_id"),
        *map(_text, ("ended", "words", "author")),
        refs={**here, "promise_id": "promise"},
        unique="promise_id",
        check="ended 'kept', 'changed'",
    )
    _fact(
        "transfer",
        listed,
        _text("uuid"),
        _big("incident_id"),
        *map(_text, ("way", "peer", "grade", "reference", "content")),
        _big("due_at", null=True),
        _text("author"),
        refs=here,
        unique="uuid",
        check="way 'out', 'in'",
    )
    _fact(
        "transfer_receipt",
        ["incident_id"],
        _big("incident_id"),
        _big("transfer_id"),
        *map(_text, ("named", "reference", "grade", "author")),
        refs={**here, "transfer_id": "transfer"},
        unique="transfer_id",
    )


def downgrade() -> None:
    for name in ("transfer_receipt", "transfer", "promise_end", "promise", "safety_plan", "safety_offer"):
        op.drop_table(name)
