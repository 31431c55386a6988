"""What papers need beyond the picture: withheld addresses, how a decision came about and its proof, papers made and read."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, text

from callhandler.model.assessment import Evidence, StandingWarning, Tier
from callhandler.model.paper import PaperKind, PaperMade, PaperRead, Withheld
from callhandler.model.proof import AnswerGiven, Grounds, Judged, Refused, RowProof
from callhandler.model.when import from_micros
from callhandler.store import beside, blocks

_WITHHELD_NOW = (
    "SELECT w.id, w.place_id, w.person_id, w.state, w.said_by, w.reason, w.author, w.known_at FROM withheld w "
    "WHERE w.id = (SELECT max(v.id) FROM withheld v WHERE v.place_id = w.place_id) "
    "AND w.state = 'withheld' ORDER BY w.place_id"
)


def withheld_now(connection: Connection) -> tuple[Withheld, ...]:
    """Every place whose address is withheld, as last recorded: what is withheld today is on no paper about yesterday."""
    return beside.at_once(connection, withheld(connection))


async def withheld(connection: Connection) -> tuple[Withheld, ...]:
    """The same, beside what else is read."""
    rows = await beside.ask(connection, _WITHHELD_NOW, ())
    return tuple(
        Withheld(i, place, person, state, said_by, reason, author, from_micros(at))
        for i, place, person, state, said_by, reason, author, at in rows
    )


# Judged to be one place with another, it is kept under that record too, whoever keeps a third apart from the two.
_KEPT = (
    "WITH RECURSIVE kept(id) AS (SELECT w.place_id FROM (SELECT max(v.id) AS id FROM withheld v GROUP BY v.place_id) n "
    "JOIN withheld w ON w.id = n.id WHERE w.state = 'withheld' "
    "UNION SELECT CASE WHEN s.a = k.id THEN s.b ELSE s.a END FROM kept k JOIN same_as s ON (s.a = k.id OR s.b = k.id) "
    "WHERE s.kind = 'place' AND s.verdict = 'same' AND s.id = "
    "(SELECT max(j.id) FROM same_as j WHERE j.kind = 'place' AND j.a = s.a AND j.b = s.b)) "
)
_WRITTEN = (
    f"{_KEPT}SELECT p.label AS written FROM kept k JOIN place p ON p.id = k.id "
    "UNION SELECT p.address FROM kept k JOIN place p ON p.id = k.id "
    "UNION SELECT p.postcode FROM kept k JOIN place p ON p.id = k.id "
    "UNION SELECT n.name FROM kept k JOIN place_name n ON n.place_id = k.id"
)


async def withheld_places(connection: Connection) -> tuple[int, ...]:
    """The places whose address is withheld now, under whichever record. One statement."""
    return tuple(row[0] for row in await beside.ask(connection, f"{_KEPT}SELECT id FROM kept", ()))


async def withheld_written(connection: Connection) -> tuple[str, ...]:
    """Every way in which the places whose address is withheld now are written here. One statement."""
    return tuple(row[0] for row in await beside.ask(connection, _WRITTEN, ()) if row[0])


def written_of(connection: Connection, places: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Every way in which these places are written here: label, address, postcode, and the names they were given."""
    statement = text(
        "SELECT p.id, p.label AS written FROM place p WHERE p.id IN :ids "
        "UNION SELECT p.id, p.address FROM place p WHERE p.id IN :ids "
        "UNION SELECT p.id, p.postcode FROM place p WHERE p.id IN :ids "
        "UNION SELECT n.place_id, n.name FROM place_name n WHERE n.place_id IN :ids ORDER BY 1, 2"
    ).bindparams(bindparam("ids", expanding=True))
    found: dict[int, list[str]] = {}
    for place_id, written in connection.execute(statement, {"ids": list(places)}):
        found.setdefault(place_id, []).append(written)
    return {place_id: tuple(filter(None, names)) for place_id, names in found.items()}


def judged(connection: Connection, assessment_id: int) -> Judged:
    """An assessment with its warnings, as recorded."""
    row = connection.execute(
        text("SELECT id, upto, floor_rank, policy_digest, known_at FROM assessment WHERE id = :a"),
        {"a": assessment_id},
    ).one()
    rows = connection.execute(
        text(
            "SELECT id, assessment_id, code, tier, sentence, evidence, floor_rank, since, settled_by "
            "FROM assessment_warning WHERE assessment_id = :a ORDER BY id"
        ),
        {"a": assessment_id},
    )
    warnings = tuple(
        StandingWarning(
            w.id,
            w.assessment_id,
            w.code,
            Tier(w.tier),
            w.sentence,
            tuple(Evidence(*item) for item in json.loads(w.evidence)),
            w.floor_rank,
            from_micros(w.since),
            w.settled_by,
        )
        for w in rows
    )
    return Judged(row.id, row.upto, row.floor_rank, row.policy_digest, from_micros(row.known_at), warnings)


def grounds_of(connection: Connection, request_id: int, upto: int) -> tuple[Grounds, ...]:
    """The grounds and reasons given for a request, oldest first."""
    rows = _of_request(connection, "SELECT id, ground, reason, known_at FROM rationale", request_id, upto)
    return tuple(Grounds(r.id, r.ground, r.reason, from_micros(r.known_at)) for r in rows)


def answers_of(connection: Connection, request_id: int, upto: int) -> tuple[AnswerGiven, ...]:
    """Every answer given for a request, counted or not, oldest first."""
    columns = "id, warning, what_changed, said_by, how_checked, accepted, why_not, known_at"
    rows = _of_request(connection, f"SELECT {columns} FROM rationale_answer", request_id, upto)
    return tuple(
        AnswerGiven(
            r.id,
            r.warning,
            r.what_changed,
            r.said_by,
            r.how_checked,
            bool(r.accepted),
            r.why_not,
            from_micros(r.known_at),
        )
        for r in rows
    )


def refusals_of(connection: Connection, request_id: int, upto: int) -> tuple[Refused, ...]:
    """Every refused attempt of a request, oldest first."""
    rows = _of_request(connection, "SELECT id, needs, known_at FROM refusal", request_id, upto)
    return tuple(Refused(r.id, r.needs, from_micros(r.known_at)) for r in rows)


def proofs(connection: Connection, seqs: Iterable[int]) -> tuple[RowProof, ...]:
    """The links of the journal at these places, in order; for a row of history, the link of its block."""
    statement = text(
        "SELECT seq, kind, digest, prev, hash FROM journal WHERE seq IN :s ORDER BY seq"
    ).bindparams(bindparam("s", expanding=True))
    wanted = set(seqs)
    found = {row.seq: RowProof(*row) for row in connection.execute(statement, {"s": list(wanted)})}
    of_blocks = {batch.id for seq in wanted - set(found) if (batch := blocks.holding(connection, seq))}
    if of_blocks - set(found):
        found |= {row.seq: RowProof(*row) for row in connection.execute(statement, {"s": list(of_blocks)})}
    return tuple(found[seq] for seq in sorted(found))


def made_of(connection: Connection, incident_id: int) -> tuple[PaperMade, ...]:
    """The papers made of an incident, oldest first, each with who read it."""
    rows = connection.execute(
        text(
            "SELECT p.id, p.incident_id, p.kind, p.subject, p.as_of, p.upto, p.digest, p.purpose, u.display, p.known_at "
            "FROM paper p JOIN desk_user u ON u.id = p.author_id WHERE p.incident_id = :i ORDER BY p.id"
        ),
        {"i": incident_id},
    ).all()
    reads = connection.execute(
        text(
            "SELECT r.paper_id, r.id, r.reader, u.display, r.known_at FROM paper_read r "
            "JOIN paper p ON p.id = r.paper_id JOIN desk_user u ON u.id = r.author_id "
            "WHERE p.incident_id = :i ORDER BY r.id"
        ),
        {"i": incident_id},
    ).all()
    by: dict[int, list[PaperRead]] = {}
    for paper_id, id_, reader, author, at in reads:
        by.setdefault(paper_id, []).append(PaperRead(id_, reader, author, from_micros(at)))
    return tuple(
        PaperMade(
            r[0], r[1], PaperKind(r[2]), r[3], from_micros(r[4]), r[5], r[6], r[7], r[8], from_micros(r[9]),
            tuple(by.get(r[0], ())),
        )
        for r in rows
    )  # fmt: skip


def incidents_called(connection: Connection, said: str) -> tuple[int, ...]:
    """The incidents with this record number or reference."""
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 18 else -1
    rows = connection.execute(
        text("SELECT id FROM incident WHERE id = :n OR reference = :said ORDER BY id"),
        {"n": number, "said": said},
    )
    return tuple(r.id for r in rows)


def _of_request(connection: Connection, select: str, request_id: int, upto: int) -> Sequence[Any]:
    return connection.execute(
        text(f"{select} WHERE request_id = :r AND id <= :upto ORDER BY id"), {"r": request_id, "upto": upto}
    ).all()
