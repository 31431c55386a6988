"""Words to search by: full text by each engine's own, derived from what is recorded"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INDEXES = {
    "text_words": "2 3 4 5 6",
    "reference_words": "",
    "name_words": "1 2 3",
    "place_words": "1 2 3",
    "number_words": "",
    "vehicle_words": "",
}
"""Each index of words, and how many letters of a beginning SQLite keeps of it."""


def upgrade() -> None:
    for name, prefixes in INDEXES.items():
        if op.get_bind().dialect.name == "sqlite":
            prefix = f", prefix = '{prefixes}'" if prefixes else ""
            op.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5(words, content = '', tokenize = 'ascii'{prefix})"
            )
        else:
            op.execute(
                f"CREATE TABLE {name} (id BIGINT NOT NULL, words TSVECTOR NOT NULL, "
                f"CONSTRAINT pk_{name} PRIMARY KEY (id))"
            )
            op.execute(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)")
    op.create_index("ix_incident_happened_at", "incident", ["happened_at"])
    op.create_index("ix_incident_type_happened_at", "incident", ["type", "happened_at"])
    op.create_index("ix_incident_type_type_id", "incident_type", ["type", "id"])


def downgrade() -> None:
    op.drop_index("ix_incident_type_type_id", "incident_type")
    op.drop_index("ix_incident_type_happened_at", "incident")
    op.drop_index("ix_incident_happened_at", "incident")
    for name in INDEXES:
        op.execute(f"DROP TABLE {name}")
