"""What an import leaves beside the history: who brought a file in, and which of the force's own ids became which record."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table

from callhandler.store.tables.making import fact, index, metadata, ref, text

import_act = fact(
    "import_act",
    ref("file_id", "import_file"),
    ref("user_id", "desk_user"),
    text("mapping"),
    text("source"),
)
"""Who began to bring a file in, by the mapping of which name, with ids of which system."""
# Derived, outside the journal, only ever added to: without it the same file would come in twice.
import_key = Table(
    "import_key",
    metadata,
    text("source"),
    text("kind"),
    text("key"),
    Column("id", BigInteger, nullable=False),
    PrimaryKeyConstraint("source", "kind", "key"),
    sqlite_with_rowid=False,
)

index(import_act, "file_id")
