"""The words of what is recorded, kept so that a search need not read it: derived, outside the journal, only added to.

Full text by each engine's own: FTS5 without a copy of the text on SQLite, `tsvector` with a GIN index on PostgreSQL, both
over words folded alike. An index holds a row for every row of its sources, in the order of receipt, so the newest one in
it says how far it has got; what was brought in past the unit of work is read in batches (`behind`, `add_next`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, text

from callhandler.model.words import words_of
from callhandler.store import beside, plainly

Row = tuple[int, str]
MOST_POSITIONS = 16_000
"""PostgreSQL keeps no place beyond this in a text; a line of the log has fewer words."""


@dataclass(frozen=True)
class Index:
    """One index: its name, the tables and columns it reads, how many letters of a beginning it keeps, and how to spell."""

    name: str
    sources: tuple[tuple[str, tuple[str, ...]], ...]
    prefixes: str = ""
    spell: Callable[[str], Iterable[str]] = words_of


def digits_turned(e164: str) -> list[str]:
    """A number's digits from its end: by them it is found when only the last are known."""
    return ["".join(c for c in reversed(e164) if c.isdigit())]


def plate(words: str) -> str:
    """A registration as it is looked for: no spaces, and letters that look like digits as digits."""
    return "".join(c for c in words.casefold() if c.isascii() and c.isalnum()).translate(_LOOKS)


def plate_parts(line: str) -> list[str]:
    """The endings of a registration, so that any part of it is a beginning; then the words of the vehicle's description."""
    registration, _, description = line.partition("\n")
    whole = plate(registration)
    return [*(whole[i:] for i in range(max(1, len(whole) - 1)) if whole), *words_of(description)]


_LOOKS = str.maketrans("oi", "01")

TEXTS = Index(
    "text_words",
    (
        ("log_entry", ("text",)),
        ("incident", ("summary", "outcome", "undone")),
        ("disclosure", ("words",)),
        ("answer", ("words",)),
        ("order_fact", ("words",)),
        ("order_term", ("text",)),
    ),
    "2 3 4 5 6",
)
REFERENCES = Index("reference_words", (("incident", ("reference",)),))
NAMES = Index("name_words", (("person_name", ("name",)),), "1 2 3")
PLACES = Index("place_words", (("place_name", ("name",)),), "1 2 3")
NUMBERS = Index("number_words", (("number", ("e164",)),), spell=digits_turned)
VEHICLES = Index("vehicle_words", (("vehicle", ("registration", "description")),), spell=plate_parts)
INDEXES = (TEXTS, REFERENCES, NAMES, PLACES, NUMBERS, VEHICLES)

_OF_TABLE = {
    table: [(i, columns) for i in INDEXES for name, columns in i.sources if name == table]
    for table in {name for i in INDEXES for name, _columns in i.sources}
}


def made(index: Index, dialect: str) -> tuple[str, ...]:
    """The statements that make an index, for its migration."""
    if dialect == "sqlite":
        prefix = f", prefix = '{index.prefixes}'" if index.prefixes else ""
        return (
            f"CREATE VIRTUAL TABLE {index.name} USING fts5(words, content = '', tokenize = 'ascii'{prefix})",
        )
    return (
        f"CREATE TABLE {index.name} (id BIGINT NOT NULL, words TSVECTOR NOT NULL, "
        f"CONSTRAINT pk_{index.name} PRIMARY KEY (id))",
        f"CREATE INDEX ix_{index.name}_words ON {index.name} USING gin (words)",
    )


def is_ours(table: str) -> bool:
    """Whether a table is one of these, or one in which SQLite keeps it."""
    return any(table == i.name or table.startswith(f"{i.name}_") for i in INDEXES)


def rows_of(table: str, row: Mapping[str, Any]) -> list[tuple[Index, Row]]:
    """What one recorded row adds to the indexes."""
    return [
        (index, (row["id"], "\n".join(row[c] for c in columns)))
        for index, columns in _OF_TABLE.get(table, ())
    ]


def add(connection: Connection, index: Index, rows: Sequence[Row]) -> None:
    """Add the words of rows, oldest first. The caller holds the journal's head, so nobody adds the same."""
    if not rows:
        return
    spelt = ((i, list(index.spell(line))) for i, line in rows)
    if connection.dialect.name == "sqlite":
        plainly.put(connection, index.name, ("rowid", "words"), [(i, " ".join(words)) for i, words in spelt])
        return
    # All in one statement: a statement for each row takes the server longer than its words.
    statement = (
        f"INSERT INTO {index.name} (id, words) "
        "SELECT n.id, CAST(n.words AS tsvector) FROM unnest(%s::bigint[], %s::text[]) n(id, words)"
    )
    given = [(i, vector(words)) for i, words in spelt]
    connection.exec_driver_sql(statement, ([i for i, _ in given], [words for _, words in given]))


def newest(connection: Connection, index: Index) -> int:
    """The newest row whose words are kept; 0 when none is."""
    key = _key(connection)
    found = connection.execute(text(f"SELECT {key} FROM {index.name} ORDER BY {key} DESC LIMIT 1")).scalar()
    return found or 0


def add_newest(connection: Connection, index: Index, rows: Sequence[Row]) -> None:
    """Add the words of rows that were just recorded, unless others before or between them still lack theirs.

    Those wait for their turn, and these with them: an index is filled in the order of receipt. Two statements at most.
    """
    given = (rows[-1][0], len(rows) + 1) * len(index.sources)
    if connection.exec_driver_sql(_lacking(index, connection.dialect.name), given).scalar_one() == len(rows):
        add(connection, index, rows)


@cache
def _lacking(index: Index, dialect: str) -> str:
    """How many rows up to a place lack their words, each table counted no further than is asked."""
    key, mark = ("rowid", "?") if dialect == "sqlite" else ("id", "%s")
    counted_ = (
        f"(SELECT count(*) FROM (SELECT 1 FROM {table} x WHERE x.id <= {mark} AND x.id > "
        f"coalesce((SELECT {key} FROM {index.name} ORDER BY {key} DESC LIMIT 1), 0) LIMIT {mark}) AS {table}_)"
        for table, _ in index.sources
    )
    return f"SELECT {' + '.join(counted_)}"


def all_behind(connection: Connection) -> tuple[Index, ...]:
    """The indexes in which something still lacks its words. One statement."""
    return beside.at_once(connection, asking_behind(connection))


async def newest_of_all(connection: Connection) -> int:
    """The newest row that is recorded at all: while it is the same, nothing more lacks its words."""
    ((last,),) = await beside.ask(connection, "SELECT last FROM head WHERE id = 1", ())
    return int(last)


async def asking_behind(connection: Connection) -> tuple[Index, ...]:
    """The indexes in which something lacks its words, beside what else is read."""
    (row,) = await beside.ask(connection, _all_behind(_key(connection)), ())
    return tuple(index for index, some in zip(INDEXES, row, strict=True) if some)


@cache
def _all_behind(key: str) -> str:
    # The newest of each are compared: to ask whether any row is beyond one, PostgreSQL would read the table from its start.
    asked = (
        " OR ".join(
            f"(SELECT max(x.id) FROM {table} x) > "
            f"coalesce((SELECT {key} FROM {index.name} ORDER BY {key} DESC LIMIT 1), 0)"
            for table, _ in index.sources
        )
        for index in INDEXES
    )
    return "SELECT " + ", ".join(f"({some})" for some in asked)


def add_next(connection: Connection, index: Index, most: int) -> int:
    """Add the words of the oldest rows that lack them; how many had none. Within a writing."""
    parts = (
        f"SELECT id, line FROM (SELECT id, {_joined(columns)} AS line FROM {table} WHERE id > :after "
        f"ORDER BY id LIMIT :most) AS {table}_"
        for table, columns in index.sources
    )
    statement = " UNION ALL ".join(parts) + " ORDER BY 1 LIMIT :most"
    given = {"after": newest(connection, index), "most": most}
    rows = [(id_, line) for id_, line in connection.execute(text(statement), given).all()]
    add(connection, index, rows)
    return len(rows)


def counted(connection: Connection, index: Index) -> tuple[int, int]:
    """How many rows have their words, and how many there are. It reads both through: not for every key."""
    kept = f"{index.name}_docsize" if connection.dialect.name == "sqlite" else index.name
    every = " + ".join(f"(SELECT count(*) FROM {table})" for table, _ in index.sources)
    row = connection.execute(text(f"SELECT (SELECT count(*) FROM {kept}), {every}")).one()
    return row[0], row[1]


def empty(connection: Connection, index: Index) -> None:
    """Take an index away and make it anew, without a row: its owner's only. `add_next` fills it again."""
    connection.exec_driver_sql(f"DROP TABLE {index.name}")
    for statement in made(index, connection.dialect.name):
        connection.exec_driver_sql(statement)


def _key(connection: Connection) -> str:
    return "rowid" if connection.dialect.name == "sqlite" else "id"


def _joined(columns: tuple[str, ...]) -> str:
    return " || '\n' || ".join(columns)


def vector(words: list[str]) -> str:
    """Words as PostgreSQL keeps them, each with its places."""
    return " ".join(f"{word}:{min(place, MOST_POSITIONS)}" for place, word in enumerate(words, start=1))
