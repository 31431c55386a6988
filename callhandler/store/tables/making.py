"""What every table is made of: one schema, columns by kind, and the row that records a fact."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
"""On SQLite an INTEGER primary key is the row's own address: a join needs no further index."""


def text(name: str, default: str | None = None) -> Column[str]:
    """A column of words, never NULL."""
    return Column(name, Text, nullable=False, server_default=default)


def big(name: str, *, null: bool = False, default: str | None = None) -> Column[int]:
    """A column of whole numbers; times are microseconds."""
    return Column(name, BigInteger, nullable=null, server_default=default)


def ref(name: str, table: str, *, null: bool = False) -> Column[int]:
    """A column that names a row of another table."""
    return Column(name, BigInteger, ForeignKey(f"{table}.id"), nullable=null)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A named CHECK that a text column holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def words(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """A named CHECK that a text column holds a member of `kind`."""
    return one_of(column, [member.value for member in kind])


def fact(name: str, *items: Column[int] | Column[str] | CheckConstraint | UniqueConstraint) -> Table:
    """A table of recorded facts: id from the journal's sequence, salt, when it was recorded."""
    return Table(
        name,
        metadata,
        Column("id", ROW_ID, primary_key=True, autoincrement=False),
        text("salt"),
        big("known_at"),
        *items,
    )


def index(table: Table, *columns: str) -> None:
    """An index over columns of a table."""
    Index(None, *(table.c[name] for name in columns))
