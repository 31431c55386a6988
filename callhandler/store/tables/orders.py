"""Civil orders: facts, terms and copies."""

from sqlalchemy import CheckConstraint, Column, LargeBinary, Table, Text, UniqueConstraint

from callhandler.model.when import Precision
from callhandler.store.tables.making import big, fact, index, metadata, one_of, ref, text, words

COPY_TYPES = ("image/jpeg", "image/png", "application/pdf")
"""What a copy of an order may be, told by its content and not by its name."""

civil_order = fact(
    "civil_order",
    text("uuid"),
    text("type"),
    ref("incident_id", "incident", null=True),
    ref("protected_id", "person", null=True),
    ref("respondent_id", "person", null=True),
    text("source"),
    text("court"),
    text("without_notice"),
    big("made_at", null=True),
    text("made_precision"),
    big("expires_at", null=True),
    big("until_further_order"),
    text("author"),
    UniqueConstraint("uuid"),
    one_of("without_notice", ("yes", "no", "unknown")),
    words("made_precision", Precision),
)
order_fact = fact(
    "order_fact",
    ref("order_id", "civil_order"),
    ref("incident_id", "incident", null=True),
    text("kind"),
    big("at", null=True),
    big("verified"),
    text("said_by"),
    text("words"),
    text("author"),
)
order_until = fact(
    "order_until",
    ref("fact_id", "order_fact"),
    big("until_at"),
    UniqueConstraint("fact_id"),
)
order_term = fact(
    "order_term",
    ref("order_id", "civil_order"),
    text("kind"),
    text("text"),
    text("attached"),
    ref("place_id", "place", null=True),
    big("metres", null=True),
    ref("incident_id", "incident", null=True),
    big("expires_at", null=True),
    text("exceptions", ""),
    text("times", ""),
    text("arrest_power", "unknown"),
    big("arrest_until_at", null=True),
    ref("protected_id", "person", null=True),
    big("verified", default="0"),
    text("said_by", ""),
    text("author", ""),
    one_of("attached", ("person", "place")),
    one_of("arrest_power", ("yes", "no", "unknown")),
    CheckConstraint("attached <> 'person' OR place_id IS NULL", name="place_of_a_place"),
)
order_copy = fact(
    "order_copy",
    ref("order_id", "civil_order"),
    ref("incident_id", "incident", null=True),
    text("name"),
    text("media_type"),
    big("size"),
    text("sha256"),
    text("said_by"),
    text("author"),
    one_of("media_type", COPY_TYPES),
    CheckConstraint("length(sha256) = 64", name="sha256"),
)
file_content = Table(
    "file_content",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""What was attached, once for each content. Rows of the journal name it by digest; it never changes."""

index(civil_order, "protected_id")
index(civil_order, "respondent_id")
index(order_fact, "order_id")
index(order_term, "order_id")
index(order_term, "incident_id")
index(order_copy, "order_id")
