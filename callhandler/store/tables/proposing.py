"""People who may stand twice in the history, as proposed by a run of bulk linking. A proposal judges nothing.

A run is recorded and journalled, with a digest over the proposals that it wrote. The proposals themselves are derived,
outside the journal, and only added to: there may be a million, nothing follows from one, and a judgement made upon one
carries its own reason and author. Those of a run that was broken off have no run's row, and are never shown.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from callhandler.store.tables.making import big, fact, metadata, one_of, ref, text

link_run = fact(
    "link_run",
    text("uuid"),
    text("engine"),
    text("settings"),
    big("upto"),
    big("records"),
    big("found"),
    big("proposed"),
    text("digest"),
    ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    one_of("engine", ("duckdb", "spark")),
    CheckConstraint("length(settings) = 64", name="settings"),
    CheckConstraint("length(digest) = 64", name="digest"),
)
same_as_proposal = Table(
    "same_as_proposal",
    metadata,
    text("run"),
    Column("a", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("b", BigInteger, ForeignKey("person.id"), nullable=False),
    # In millionths: the tables hold whole numbers and text only.
    big("likely"),
    text("agree"),
    text("differ"),
    PrimaryKeyConstraint("run", "a", "b"),
    CheckConstraint("a < b", name="older_first"),
    CheckConstraint("likely BETWEEN 0 AND 1000000", name="likely"),
    sqlite_with_rowid=False,
)
Index(None, same_as_proposal.c.a)
Index(None, same_as_proposal.c.b)
# The strongest first, whichever run proposed them.
Index(None, same_as_proposal.c.likely, same_as_proposal.c.a, same_as_proposal.c.b)
