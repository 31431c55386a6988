"""Who uses a number: everybody known to, the one who rang from it last first, and how sure each is."""

from callhandler.model.candidates import Candidate, Surety
from callhandler.model.incident import Call, Direction
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.when import Precision, When


def users_of_number(picture: Picture, number_id: int) -> tuple[Candidate, ...]:
    """Everybody who is known to have used a number.

    The only one known to is sure. Of several none is: each is possible, since a number alone never says
    which of them speaks.
    """
    people = list(dict.fromkeys(t.person_id for t in picture.number_ties if t.number_id == number_id))
    last = {p: _last_call(picture, number_id, p) for p in people}
    people.sort(key=lambda p: _when(last[p]), reverse=True)
    surety = Surety.CONFIRMED if len(people) == 1 else Surety.POSSIBLE
    how = "the only one known to use this number" if len(people) == 1 else f"one of {len(people)} who use it"
    return tuple(Candidate(p, surety, (how, *_rang(last[p]))) for p in people)


def _when(call: Call | None) -> float:
    return call.at.timestamp() if call else float("-inf")


def _last_call(picture: Picture, number_id: int, person_id: int) -> Call | None:
    own = {
        p.incident_id
        for p in picture.parties
        if p.person_id == person_id and p.role in (Role.CALLER, Role.REPORTER)
    }
    calls = [
        c
        for c in picture.calls
        if c.number_id == number_id and c.direction is Direction.IN and c.incident_id in own
    ]
    return max(calls, key=lambda c: c.at, default=None)


def _rang(call: Call | None) -> tuple[str, ...]:
    return () if call is None else (f"rang from it on {When(call.at, Precision.DAY).spoken()}",)
