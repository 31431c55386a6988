"""The board of open incidents: grade, response, whose each is, and what waits for somebody; overdue first."""

from collections.abc import Iterator
from dataclasses import dataclass

from callhandler.model.assessment import Request
from callhandler.model.incident import ARRIVED, OwnerAct, ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.model.safety import Promise, SafetyPlan, Way
from callhandler.policy.entries import Grade
from callhandler.rules import escalate, promised, response, waiting
from callhandler.rules.clocks import Clocks, grade_named
from callhandler.rules.escalate import HANDOVER
from callhandler.rules.waiting import Waiting
from callhandler.services.office import Office


@dataclass(frozen=True)
class OpenIncident:
    """One line of the board.

    `owner` is empty while nobody has it; `responder` is what was noted of who goes, empty while nobody does; `lost` says
    that the response was diverted, stood down, handed back or met nobody. `unacknowledged` are the roles that were told
    and have not answered, each once; `unlisted` that the next shift has not taken it over; `unreceived` the rooms and
    forces that have not acknowledged it.
    """

    incident_id: int
    reference: str
    title: str
    grade: Grade | None
    clocks: Clocks
    request: Request | None
    waiting: Waiting | None = None
    owner: str = ""
    parked: bool = False
    responder: str = ""
    lost: bool = False
    suspect: ResponseState | None = None
    plan: SafetyPlan | None = None
    promise: Promise | None = None
    unacknowledged: tuple[str, ...] = ()
    unlisted: bool = False
    unreceived: tuple[str, ...] = ()


def waiting_request(picture: Picture) -> Request | None:
    """The newest request that is neither decided nor answered by a supervisor's keep, and not overtaken by a decision."""
    newest = picture.requests[-1] if picture.requests else None
    if newest is None or newest.decided or newest.withdrawn or newest.refused_by_supervisor:
        return None
    standing = picture.standing
    return newest if standing is None or newest.id > standing.id else None


def on_board(picture: Picture, clocks: Clocks, office: Office) -> OpenIncident:
    """An open incident as a line of the board."""
    assert picture.incident
    policy, standing, owner = office.policy, picture.standing, picture.owner
    callers = [picture.name_of(p.person_id) for p in picture.parties if p.incident_id == picture.here]
    name = policy.types.get(picture.incident.type)
    told = [t for t in picture.tasks if not t.done and escalate.is_escalation(t)]
    running = promised.running(picture)
    return OpenIncident(
        incident_id=picture.here,
        reference=picture.incident.reference,
        title=", ".join(dict.fromkeys(callers[:1])) or (name.name if name else picture.incident.type),
        grade=grade_named(policy.scheme, standing.grade) if standing else None,
        clocks=clocks,
        request=waiting_request(picture),
        waiting=waiting.read(picture, policy.scheme),
        owner=owner.owner if owner else "",
        parked=owner is not None and owner.act is OwnerAct.PARK,
        responder=_responder(picture, clocks),
        lost=response.reopened(picture, policy.responses) is not None,
        suspect=clocks.suspect_state,
        plan=picture.plans[-1] if picture.plans and clocks.state not in ARRIVED else None,
        promise=running[0] if running else None,
        unacknowledged=tuple(dict.fromkeys(t.owner for t in told if not t.code.startswith(HANDOVER))),
        unlisted=any(t.code.startswith(HANDOVER) for t in told),
        unreceived=tuple(dict.fromkeys(_unreceived(picture))),
    )


def urgency(line: OpenIncident) -> tuple[int, int, int]:
    """Overdue first, the longest first; then by grade, then the oldest."""
    overdue = -1 if line.clocks.overdue is None else line.clocks.overdue
    return (-overdue, line.grade.rank if line.grade else 0, line.incident_id)


def _responder(picture: Picture, clocks: Clocks) -> str:
    if clocks.state not in (ResponseState.ASSIGNED, ResponseState.AT_SCENE):
        return ""
    newest = response.newest(picture.responses, Target.AT_RISK)
    return (newest.note or newest.author) if newest else ""


def _unreceived(picture: Picture) -> Iterator[str]:
    yield from (m.room for m in picture.moves if m.room and not m.acknowledged)
    yield from (t.peer for t in picture.transfers if t.way is Way.OUT and t.received_at is None)
