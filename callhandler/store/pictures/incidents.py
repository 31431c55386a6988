"""Incidents and what hangs on them: parties, calls, moves, log, responses, tasks, owners."""

from dataclasses import replace

from callhandler.model.incident import (
    Call,
    CallOutcome,
    Direction,
    Incident,
    LogEntry,
    LogKind,
    Move,
    OwnerAct,
    Ownership,
    Party,
    Response,
    ResponseState,
    Target,
    Task,
)
from callhandler.model.people import Role
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value, instant, when

new_call = quickly(Call)
new_incident = quickly(Incident)
new_log_entry = quickly(LogEntry)
new_move = quickly(Move)
new_ownership = quickly(Ownership)
new_party = quickly(Party)
new_response = quickly(Response)
new_task = quickly(Task)

ROLE, DIRECTION, OUTCOME = by_value(Role), by_value(Direction), by_value(CallOutcome)
LOG_KIND, TARGET, STATE, OWNER_ACT = (
    by_value(LogKind),
    by_value(Target),
    by_value(ResponseState),
    by_value(OwnerAct),
)


INCIDENTS = Statement(
    "SELECT i.id, i.uuid, i.reference, i.type, t.type, t.id, i.happened_at, i.happened_precision, i.known_at, "
    "i.place_id, i.summary, i.outcome, i.undone, i.target_met, i.live FROM incident i LEFT JOIN incident_type t "
    "ON t.id = (SELECT max(n.id) FROM incident_type n WHERE n.incident_id = i.id AND {known:n}) "
    "WHERE i.id IN :ids AND {known:i} ORDER BY i.happened_at, i.id"
)


def incidents(read: Reader, ids: Many) -> tuple[Incident, ...]:
    """These incidents, by when they happened; the type is the newest that was given."""
    rows = read.rows(INCIDENTS, ids=ids)
    return tuple(
        new_incident(
            id_,
            uuid,
            reference,
            retyped or type_,
            when(at, precision),
            from_micros(known),
            place,
            summary,
            outcome,
            undone,
            met,
            bool(live),
            (),
            typed_by or 0,
        )
        for (
            id_,
            uuid,
            reference,
            type_,
            retyped,
            typed_by,
            at,
            precision,
            known,
            place,
            summary,
            outcome,
            undone,
            met,
            live,
        ) in rows
    )


QUALIFIED = Statement(
    "SELECT q.qualifier FROM type_qualifier q WHERE q.incident_id = :here AND q.type_id = :typed_by "
    "AND {known:q} ORDER BY q.id"
)


def qualified(read: Reader, own: Incident) -> Incident:
    """The incident with the qualifiers that were given together with its present type."""
    rows = read.rows(QUALIFIED, here=own.id, typed_by=own.typed_by)
    return replace(own, qualifiers=tuple(qualifier for (qualifier,) in rows))


PARTIES = Statement(
    "SELECT p.id, p.incident_id, p.person_id, p.role FROM party p WHERE p.incident_id IN :ids AND {known:p} "
    "ORDER BY p.id"
)


def parties(read: Reader, ids: Many) -> tuple[Party, ...]:
    """Who had a part in these incidents."""
    rows = read.rows(PARTIES, ids=ids)
    return tuple(new_party(id_, incident, person, ROLE[role]) for id_, incident, person, role in rows)


CALLS = Statement(
    "SELECT c.id, c.incident_id, c.direction, c.outcome, c.happened_at, c.number_id, c.speaker FROM call c "
    "WHERE c.incident_id IN :ids AND {known:c} ORDER BY c.id"
)


def calls(read: Reader, ids: Many) -> tuple[Call, ...]:
    """The calls of these incidents."""
    rows = read.rows(CALLS, ids=ids)
    return tuple(
        new_call(id_, incident, DIRECTION[direction], OUTCOME[outcome], from_micros(at), number, speaker)
        for id_, incident, direction, outcome, at, number, speaker in rows
    )


MOVES = Statement(
    "SELECT m.id, m.incident_id, m.place_id, m.kind, m.room, m.known_at, "
    "(SELECT count(*) FROM receipt r WHERE r.move_id = m.id AND {known:r}) "
    "FROM move m WHERE m.incident_id IN :ids AND {known:m} ORDER BY m.id"
)


def moves(read: Reader, ids: Many) -> tuple[Move, ...]:
    """Where incidents were sent, and whether it arrived."""
    rows = read.rows(MOVES, ids=ids)
    return tuple(
        new_move(id_, incident, place, kind, room, from_micros(known), bool(received))
        for id_, incident, place, kind, room, known, received in rows
    )


LOG = Statement(
    "SELECT l.id, l.incident_id, l.happened_at, l.kind, l.author, l.text FROM log_entry l "
    "WHERE l.incident_id = :here AND {known:l} ORDER BY l.id"
)


def log(read: Reader, here: int) -> tuple[LogEntry, ...]:
    """An incident's log."""
    rows = read.rows(LOG, here=here)
    return tuple(
        new_log_entry(id_, incident, from_micros(at), LOG_KIND[kind], author, text)
        for id_, incident, at, kind, author, text in rows
    )


RESPONSES = Statement(
    "SELECT r.id, r.incident_id, r.target, r.state, r.known_at, r.note, r.author FROM response r "
    "WHERE r.incident_id = :here AND {known:r} ORDER BY r.id"
)


def responses(read: Reader, here: int) -> tuple[Response, ...]:
    """How the response to an incident went."""
    rows = read.rows(RESPONSES, here=here)
    return tuple(
        new_response(id_, incident, TARGET[target], STATE[state], from_micros(known), note, author)
        for id_, incident, target, state, known, note, author in rows
    )


TASKS = Statement(
    "SELECT t.id, t.incident_id, t.code, t.text, t.owner, t.due_at, "
    "d.outcome, t.known_at, d.author, d.known_at FROM task t "
    "LEFT JOIN task_done d ON d.task_id = t.id AND {known:d} "
    "WHERE t.incident_id = :here AND {known:t} ORDER BY t.id"
)


def tasks(read: Reader, here: int) -> tuple[Task, ...]:
    """An incident's tasks, done or not."""
    rows = read.rows(TASKS, here=here)
    return tuple(
        new_task(
            id_,
            incident,
            code,
            text,
            owner,
            instant(due),
            done or "",
            from_micros(known),
            done_by or "",
            instant(done_at),
        )
        for id_, incident, code, text, owner, due, done, known, done_by, done_at in rows
    )


OWNERSHIPS = Statement(
    "SELECT o.id, o.incident_id, o.act, o.user_id, u.display, o.reason, w.display, o.known_at "
    "FROM ownership o JOIN desk_user u ON u.id = o.user_id "
    "JOIN desk_user w ON w.id = o.author_id WHERE o.incident_id = :here AND {known:o} ORDER BY o.id"
)


def ownerships(read: Reader, here: int) -> tuple[Ownership, ...]:
    """Who took, gave or let go of an incident."""
    rows = read.rows(OWNERSHIPS, here=here)
    return tuple(
        new_ownership(id_, incident, OWNER_ACT[act], user, owner, reason, author, from_micros(known))
        for id_, incident, act, user, owner, reason, author, known in rows
    )
