"""What holds until somebody comes; and how far the response has got in the live incidents beside this one."""

from callhandler.model.assessment import Decision
from callhandler.model.incident import Incident, Move, Response
from callhandler.model.picture import Beside
from callhandler.model.safety import Alone, Ended, Offered, Promise, SafetyOffer, SafetyPlan, Transfer, Way
from callhandler.model.when import from_micros
from callhandler.store.pictures.deciding import ACT, GATE
from callhandler.store.pictures.incidents import STATE, TARGET
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value, instant

new_decision = quickly(Decision)
new_response = quickly(Response)
new_beside = quickly(Beside)
new_promise = quickly(Promise)
new_safety_offer = quickly(SafetyOffer)
new_safety_plan = quickly(SafetyPlan)
new_transfer = quickly(Transfer)

OFFERED, ALONE, ENDED, WAY = by_value(Offered), by_value(Alone), by_value(Ended), by_value(Way)


OFFERS = Statement(
    "SELECT o.id, o.incident_id, o.code, o.outcome, o.details, o.words, o.author, o.known_at FROM safety_offer o "
    "WHERE o.incident_id = :here AND {known:o} ORDER BY o.id"
)


def offers(read: Reader, here: int) -> tuple[SafetyOffer, ...]:
    """What was offered while nobody could go."""
    rows = read.rows(OFFERS, here=here)
    return tuple(
        new_safety_offer(id_, incident, code, OFFERED[outcome], details, words, author, from_micros(known))
        for id_, incident, code, outcome, details, words, author, known in rows
    )


PLANS = Statement(
    "SELECT p.id, p.incident_id, p.until_at, p.agreed, p.with_whom, p.alone, p.author, p.known_at "
    "FROM safety_plan p WHERE p.incident_id IN :ids AND {known:p} ORDER BY p.id"
)


def plans(read: Reader, ids: Many) -> tuple[SafetyPlan, ...]:
    """The interim safety plans of these incidents, the newest last: of each it is the one that holds."""
    rows = read.rows(PLANS, ids=ids)
    return tuple(
        new_safety_plan(
            id_, incident, from_micros(until), agreed, whom, ALONE[alone], author, from_micros(known)
        )
        for id_, incident, until, agreed, whom, alone, author, known in rows
    )


PROMISES = Statement(
    "SELECT p.id, p.incident_id, p.words, p.until_at, p.author, p.known_at, e.ended, e.known_at FROM promise p "
    "LEFT JOIN promise_end e ON e.promise_id = p.id AND {known:e} "
    "WHERE p.incident_id = :here AND {known:p} ORDER BY p.id"
)


def promises(read: Reader, here: int) -> tuple[Promise, ...]:
    """What was promised to the caller, and how each ended."""
    rows = read.rows(PROMISES, here=here)
    return tuple(
        new_promise(
            id_,
            incident,
            words,
            from_micros(until),
            author,
            from_micros(known),
            ENDED[ended] if ended else None,
            instant(ended_at),
        )
        for id_, incident, words, until, author, known, ended, ended_at in rows
    )


TRANSFERS = Statement(
    "SELECT t.id, t.incident_id, t.way, t.peer, t.grade, t.reference, t.due_at, t.author, t.known_at, r.named, "
    "r.known_at, r.grade FROM transfer t LEFT JOIN transfer_receipt r ON r.transfer_id = t.id AND {known:r} "
    "WHERE t.incident_id = :here AND {known:t} ORDER BY t.id"
)


def transfers(read: Reader, here: int) -> tuple[Transfer, ...]:
    """To whom an incident was passed or from whom it came, and who acknowledged it."""
    rows = read.rows(TRANSFERS, here=here)
    return tuple(
        new_transfer(
            id_,
            incident,
            WAY[way],
            peer,
            grade,
            reference,
            instant(due),
            author,
            from_micros(known),
            named or "",
            instant(received),
            theirs or "",
        )
        for id_, incident, way, peer, grade, reference, due, author, known, named, received, theirs in rows
    )


RESPONSES_BESIDE = Statement(
    "SELECT r.id, r.incident_id, r.target, r.state, r.known_at, r.note, r.author FROM response r "
    "WHERE r.incident_id IN :ids AND {known:r} ORDER BY r.id"
)
DECISIONS_BESIDE = Statement(
    "SELECT d.id, d.incident_id, d.act, d.grade, d.rank, d.target_minutes, d.gate, d.known_at FROM decision d "
    "WHERE d.incident_id IN :ids AND {known:d} ORDER BY d.id"
)


def beside(read: Reader, linked: tuple[Incident, ...], moves: tuple[Move, ...] = ()) -> tuple[Beside, ...]:
    """Live incidents with their response and decisions: the same person may wait in two of them, or in one merged here."""
    live = {i.id: i for i in linked if i.live}
    responses: dict[int, list[Response]] = {}
    for id_, incident, target, state, known, note, author in read.rows(RESPONSES_BESIDE, ids=live):
        found = new_response(id_, incident, TARGET[target], STATE[state], from_micros(known), note, author)
        responses.setdefault(incident, []).append(found)
    decisions: dict[int, list[Decision]] = {}
    for id_, incident, act, grade, rank, minutes, gate, known in read.rows(DECISIONS_BESIDE, ids=live):
        decided = new_decision(
            id_,
            incident,
            ACT[act],
            grade,
            rank,
            minutes,
            GATE[gate],
            0,
            None,
            None,
            0,
            "",
            from_micros(known),
            "",
        )
        decisions.setdefault(incident, []).append(decided)
    return tuple(
        new_beside(
            i,
            tuple(responses.get(i.id, ())),
            tuple(decisions.get(i.id, ())),
            tuple(m for m in moves if m.incident_id == i.id),
        )
        for i in live.values()
    )
