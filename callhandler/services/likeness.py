"""How like a rationale is to earlier ones, as a reviewer is told it."""

from datetime import datetime, timedelta

from callhandler.model.assessment import Request
from callhandler.model.likeness import Likeness
from callhandler.policy.pack import Policy
from callhandler.rules import likeness
from callhandler.store import rationales
from callhandler.store.engine import Connection


def likeness_of(connection: Connection, request: Request, now: datetime, policy: Policy) -> Likeness:
    """How like a request's rationale is to those given for other incidents in the days before `now`."""
    gates = policy.gates
    since = now - timedelta(days=gates.likeness_within_days)
    earlier = rationales.earlier(connection, request.incident_id, since, now)
    return likeness.likeness(likeness.text_of(request), earlier, gates.likeness_from)
