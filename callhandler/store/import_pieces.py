"""Records that hang on another and have no id of their own: which of them are on record, by what they say."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from callhandler.store.import_keys import listed, one_of

SAME = {
    "person_name": ("person_id", "name"),
    "place_name": ("place_id", "name"),
    "place_point": ("place_id", "lat_micro", "lon_micro"),
    "number_tie": ("person_id", "number_id"),
    "place_tie": ("person_id", "tie", "place_id"),
    "person_tie": ("a", "relation", "b"),
    "call": ("incident_id", "number_id", "happened_at"),
    "log_entry": ("incident_id", "happened_at", "text"),
    "party": ("incident_id", "person_id", "role"),
    "order_fact": ("order_id", "kind", "at"),
    "vehicle_named": ("incident_id", "registration", "description"),
}
"""What makes a record of each table the same again; first the column of what it hangs on, which has an index."""

Piece = tuple[str | int, ...]
"""A table's name, then the values of its columns in `SAME`."""


def on_record(connection: Connection, wanted: Iterable[Piece]) -> set[Piece]:
    """Those of these that are on record. One statement for each table; what else hangs there is read past, not kept."""
    by_table: dict[str, set[Piece]] = defaultdict(set)
    for piece in wanted:
        by_table[str(piece[0])].add(piece)
    found: set[Piece] = set()
    for table, some in sorted(by_table.items()):
        columns = SAME[table]
        owners = sorted({int(piece[1]) for piece in some})
        statement = f"SELECT '{table}', {', '.join(columns)} FROM {table} WHERE {columns[0]} {one_of(connection, 'bigint')}"
        rows = connection.exec_driver_sql(statement, (listed(connection, owners),))
        found.update(piece for row in rows if (piece := tuple(row)) in some)
    return found
