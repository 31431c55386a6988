"""The store's own: what it is, its journal, the policies it was judged by, who looked at whom."""

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

from callhandler.store.tables.making import ROW_ID, big, fact, index, metadata, one_of, ref, text

about = Table(
    "about",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=False),
    text("kind"),
    text("schema_version"),
    big("created_at"),
    one_of("kind", ("LIVE", "TRAINING")),
    CheckConstraint("id = 1", name="one_row"),
)
head = Table(
    "head",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=False),
    big("last"),
    text("hash"),
    CheckConstraint("id = 1", name="one_row"),
)
journal = Table(
    "journal",
    metadata,
    Column("seq", ROW_ID, primary_key=True, autoincrement=False),
    text("kind"),
    text("digest"),
    text("prev"),
    text("hash"),
    UniqueConstraint("prev"),
)
policy_pack = fact("policy_pack", text("digest"), text("content"), UniqueConstraint("digest"))
scheme_grade = fact(
    "scheme_grade",
    text("digest"),
    text("grade"),
    big("rank"),
    big("target_minutes", null=True),
    UniqueConstraint("digest", "grade"),
)
policy_activation = fact("policy_activation", text("digest"), text("scheme"), text("author"))
import_file = fact("import_file", text("name"), text("digest"), text("mapping"), text("zone"))
"""A file that history came from: the SHA-256 of its bytes and of the mapping it was read by, the zone of its times."""
import_batch = fact(
    "import_batch",
    ref("file_id", "import_file"),
    big("first_id"),
    big("last_id"),
    big("rows"),
    text("ended_at"),
    text("pages"),
)
"""A block of history: the one link for its rows, with a digest of each page of them; see `store.blocks`."""
consultation = fact(
    "consultation",
    ref("user_id", "desk_user"),
    ref("person_id", "person", null=True),
    ref("place_id", "place", null=True),
    ref("incident_id", "incident", null=True),
    text("what"),
    text("purpose"),
)

index(import_batch, "first_id")
index(import_batch, "file_id")
