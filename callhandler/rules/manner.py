"""How the caller can speak: what was chosen in this call, and what it was the last time."""

from dataclasses import dataclass

from callhandler.model.facts import Answer
from callhandler.model.incident import CallOutcome, Direction
from callhandler.model.picture import Picture, Via
from callhandler.policy.entries import Manner
from callhandler.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Speaking:
    """`now` is what was chosen in this call, None when the caller speaks as usual; `words` what was noted with it.

    `before` is what was chosen in the last call that chose one, of this incident or of one linked by the same person or
    number. It is shown and never taken over by itself: what she can say now is not known from then.
    """

    now: Manner | None = None
    words: str = ""
    before: Manner | None = None


def speaking(picture: Picture, policy: Policy) -> Speaking:
    """How the caller of the newest call speaks. A manner that the policy does not hold is left out."""
    newest = conversation(picture)
    told = [a for a in picture.manners if a.incident_id == picture.here]
    in_call = [a for a in told if a.call_id is None or newest is None or a.call_id >= newest]
    now = in_call[-1] if in_call else None
    linked = {link.incident_id for link in picture.links if link.via in (Via.PERSON, Via.NUMBER)}
    earlier = [a for a in picture.manners if a not in in_call and a.incident_id in (*linked, picture.here)]
    before = max(earlier, key=lambda a: a.id, default=None)
    return Speaking(
        now=_manner(now, policy),
        words=_note(now),
        before=_manner(before, policy),
    )


def conversation(picture: Picture) -> int | None:
    """The newest call in which somebody may speak: one that came in, or one back that was answered; None without any."""
    spoken = [
        c.id
        for c in picture.calls
        if c.incident_id == picture.here
        and (c.direction is Direction.IN or c.outcome is CallOutcome.ANSWERED)
    ]
    return spoken[-1] if spoken else None


def _manner(chosen: Answer | None, policy: Policy) -> Manner | None:
    return policy.manners.get(chosen.words.split("\n", 1)[0]) if chosen else None


def _note(chosen: Answer | None) -> str:
    return chosen.words.partition("\n")[2] if chosen else ""
