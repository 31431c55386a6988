"""What finds a name or a place by another writing of it: derived from the facts, outside the journal, only ever added to.

A row of these records nothing. All can be made again from the names; which names have theirs is said by a row of their own.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, PrimaryKeyConstraint, Table

from callhandler.store.tables.making import metadata, text


def _keys(name: str, of: str) -> Table:
    return Table(
        name,
        metadata,
        text("key"),
        Column("name_id", BigInteger, ForeignKey(f"{of}.id"), nullable=False),
        PrimaryKeyConstraint("key", "name_id"),
        sqlite_with_rowid=False,
    )


name_key = _keys("name_key", "person_name")
place_key = _keys("place_key", "place_name")
# Each distinct word of names by what it sounds and looks like: a query is corrected, never the table.
word_key = Table(
    "word_key",
    metadata,
    text("key"),
    text("word"),
    PrimaryKeyConstraint("key", "word"),
    sqlite_with_rowid=False,
)
