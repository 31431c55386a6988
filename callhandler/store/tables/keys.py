"""What finds a name or a place by another writing of it: derived from the facts, outside the journal, only ever added to.

A row of these records nothing. All can be made again from the names; a row of its own says up to which name they are made.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, PrimaryKeyConstraint, Table

from callhandler.store.tables.making import big, metadata, text

# With the date of birth in the key, the many bearers of a common name are probed by theirs alone.
name_key = Table(
    "name_key",
    metadata,
    big("key"),
    big("born"),
    Column("name_id", BigInteger, ForeignKey("person_name.id"), nullable=False),
    PrimaryKeyConstraint("key", "born", "name_id"),
    sqlite_with_rowid=False,
)
place_key = Table(
    "place_key",
    metadata,
    big("key"),
    Column("name_id", BigInteger, ForeignKey("place_name.id"), nullable=False),
    PrimaryKeyConstraint("key", "name_id"),
    sqlite_with_rowid=False,
)
# The distinct words of names by what they sound and look like, many to a row with a space between: a query is corrected by
# them, never the table.
word_key = Table(
    "word_key",
    metadata,
    text("key"),
    text("word"),
    PrimaryKeyConstraint("key", "word"),
    sqlite_with_rowid=False,
)
