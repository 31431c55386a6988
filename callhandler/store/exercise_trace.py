"""Every row that came to be at a desk since an exercise began, table by table, as text. Reads only."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from callhandler.store.tables import JOURNALLED, assessment_warning, incident

_LEFT_OUT = {"id", "salt", "uuid", "known_at", "incident_id"}
_ABOUT = ("disclosure_id", "request_id", "task_id", "promise_id", "order_id", "civil_order_id")
_NOT_DONE = {"assessment", "consultation", "desk_session", "session_end", "policy_pack", "scheme_grade"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its table, id, when it was recorded (microseconds, UTC), its incident (0 for none), other columns as text."""

    id: int
    kind: str
    known_at: int
    incident_id: int
    values: tuple[tuple[str, str], ...]


def rows_since(connection: Connection, after: int) -> list[Row]:
    """Every row of what is done at a desk, beyond one row, in order of receipt. Of a warning only where it first came up
    and where it was settled."""
    found: list[Row] = []
    incidents: dict[int, int] = {}
    for table in JOURNALLED:
        if table.name in _NOT_DONE:
            continue
        columns = [c.name for c in table.c if c.name not in _LEFT_OUT]
        own = "incident_id" if "incident_id" in table.c else "id" if table is incident else ""
        for row in connection.execute(select(table).where(table.c.id > after).order_by(table.c.id)):
            values = row._mapping
            incidents[values["id"]] = values[own] if own else 0
            found.append(
                Row(
                    values["id"],
                    table.name,
                    values["known_at"],
                    values[own] if own else 0,
                    tuple(sorted((c, "" if values[c] is None else str(values[c])) for c in columns)),
                )
            )
    ordered = [_placed(row, incidents) for row in sorted(found, key=lambda r: r.id)]
    return _each_warning_once(ordered)


def _placed(row: Row, incidents: dict[int, int]) -> Row:
    """A row that names no incident, on that of the row which it is about: a reason, a follow-up, a task done."""
    if row.incident_id or row.kind == incident.name:
        return row
    about = [incidents.get(int(v), 0) for c, v in row.values if c.endswith("_id") and c in _ABOUT and v]
    return replace(row, incident_id=next((i for i in about if i), 0))


def _each_warning_once(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    seen: set[tuple[int, str, bool]] = set()
    for row in rows:
        if row.kind == assessment_warning.name:
            values = dict(row.values)
            mark = row.incident_id, values["code"], bool(values["settled_by"])
            if mark in seen:
                continue
            seen.add(mark)
        kept.append(row)
    return kept
