"""Which response state may follow which, by the policy; and whether somebody has the response. Pure."""

from collections.abc import Sequence

from callhandler.model.incident import Response, ResponseState, Target
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.policy.responding import Responses

SUSPECT = "suspect-"
"""Tasks about the suspect as a target have codes that begin so."""


def newest(responses: Sequence[Response], target: Target) -> Response | None:
    """The newest response of a target."""
    return next((r for r in reversed(responses) if r.target is target), None)


def why_not(state: ResponseState, target: Target, picture: Picture, policy: Responses) -> str:
    """Why this state may not come now; empty when it may. Only what contradicts itself is refused, never urgency."""
    rule = policy.rule(state)
    if rule is None or rule.after is None or target is Target.SUSPECT:
        return ""
    now = newest(picture.responses, target)
    if (now.state if now else "none") in rule.after:
        return ""
    before = policy.rule(now.state) if now else None
    shown = before.name.lower() if before else now.state.value if now else "nobody set to it"
    names = [named.name.lower() for a in rule.after if a != "none" and (named := policy.rule(a))]
    return (
        f"{rule.name} comes after {' or '.join(names)}; recorded is: {shown}. Record what came between, "
        "or choose the state that is true now."
    )


def reopened(picture: Picture, policy: Responses) -> Response | None:
    """The response that left the person at risk without anybody, while no other has come; None when somebody has it."""
    now = newest(picture.responses, Target.AT_RISK)
    rule = policy.rule(now.state) if now else None
    return now if rule is not None and rule.reopens else None


def suspects(picture: Picture) -> tuple[int, ...]:
    """Who is a suspect here."""
    return picture.with_role(Role.SUSPECT)


def sought(picture: Picture) -> Response | None:
    """The newest state of the suspect as a target; None while nobody was ever to look for him."""
    return newest(picture.responses, Target.SUSPECT)
