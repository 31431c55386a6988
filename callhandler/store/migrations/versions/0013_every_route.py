"""Acts that are no grade: what they are asked about, their authority, their effects; and contacts"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OLD = ("grade", "close", "receive")
DECIDING = (*OLD, "appoint", "cancel", "transfer")
AUTHORISED = ("retype", "retract", "reject_link", "lower_risk", "merge", "result")
ASKED = (*DECIDING, "merge", "result", "retype", "retract", "reject_link", "lower_risk")


def _in(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


def _fact(name: str, *items: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        *items,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _big(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _to(table: str, column: str, other: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _once(table: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, condition: str) -> sa.Constraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _acts(table: str, acts: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_act"), _in("act", acts))


def upgrade() -> None:
    _acts("request", ASKED)
    _acts("decision", DECIDING)
    _fact(
        "request_subject",
        _big("request_id"),
        *_texts("subject"),
        _big("subject_id", null=True),
        *_texts("wanted", "shown"),
        _to("request_subject", "request_id", "request"),
        _once("request_subject", "request_id"),
    )
    _fact(
        "authority",
        *_texts("uuid"),
        _big("incident_id"),
        _big("assessment_id"),
        _big("request_id", null=True),
        _big("call_id", null=True),
        *_texts("act", "subject"),
        _big("subject_id"),
        _big("rank_before"),
        _big("rank_after"),
        *_texts("gate", "text"),
        _big("author_id"),
        _to("authority", "incident_id", "incident"),
        _to("authority", "assessment_id", "assessment"),
        _to("authority", "request_id", "request"),
        _to("authority", "call_id", "call"),
        _to("authority", "author_id", "desk_user"),
        _once("authority", "uuid"),
        _once("authority", "request_id"),
        _check("authority", "act", _in("act", AUTHORISED)),
        _check("authority", "gate", _in("gate", ("none", "reason", "rationale", "rationale_and_agreement"))),
        _check("authority", "ranks", "rank_before BETWEEN 1 AND 99 AND rank_after BETWEEN 1 AND 99"),
    )
    _fact(
        "authority_warning",
        _big("authority_id"),
        *_texts("code", "tier"),
        _big("floor_rank", null=True),
        _to("authority_warning", "authority_id", "authority"),
        _once("authority_warning", "authority_id", "code"),
        _check("authority_warning", "tier", _in("tier", ("critical", "serious", "note"))),
    )
    _fact(
        "retraction",
        _big("incident_id"),
        _big("disclosure_id"),
        _big("authority_id"),
        *_texts("reason", "author"),
        _to("retraction", "incident_id", "incident"),
        _to("retraction", "disclosure_id", "disclosure"),
        _to("retraction", "authority_id", "authority"),
        _once("retraction", "disclosure_id"),
        _once("retraction", "authority_id"),
    )
    _fact(
        "incident_merge",
        _big("incident_id"),
        _big("into_id"),
        _big("authority_id", null=True),
        *_texts("verdict", "reason", "author"),
        _to("incident_merge", "incident_id", "incident"),
        _to("incident_merge", "into_id", "incident"),
        _to("incident_merge", "authority_id", "authority"),
        _once("incident_merge", "authority_id"),
        _check("incident_merge", "verdict", _in("verdict", ("same", "not_same"))),
        _check("incident_merge", "two", "incident_id <> into_id"),
        _check("incident_merge", "authorised", "verdict <> 'same' OR authority_id IS NOT NULL"),
    )
    _fact(
        "contact",
        *_texts("uuid"),
        _big("incident_id"),
        _big("person_id", null=True),
        *_texts("how", "identified", "alone", "free", "seen_by", "by_name", "words"),
        _big("counts"),
        *_texts("why_not", "author"),
        _to("contact", "incident_id", "incident"),
        _to("contact", "person_id", "person"),
        _once("contact", "uuid"),
        _check("contact", "how", _in("how", ("seen", "spoken_to"))),
        _check("contact", "alone", _in("alone", ("yes", "no", "unknown"))),
        _check("contact", "free", _in("free", ("yes", "no", "unknown"))),
        _check(
            "contact", "counts_is_whole", "counts = 0 OR (length(identified) > 0 AND length(seen_by) > 0)"
        ),
    )
    _index("authority", "incident_id", "id")
    _index("authority_warning", "authority_id")
    _index("retraction", "incident_id")
    _index("incident_merge", "incident_id", "id")
    _index("incident_merge", "into_id")
    _index("contact", "incident_id", "id")


def downgrade() -> None:
    for table in (
        "contact",
        "incident_merge",
        "retraction",
        "authority_warning",
        "authority",
        "request_subject",
    ):
        op.drop_table(table)
    _acts("decision", OLD)
    _acts("request", OLD)
