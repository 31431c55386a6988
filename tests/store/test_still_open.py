"""Which incidents are open, read again only of those touched since: the same as all read anew, on both engines."""

import random
from collections.abc import Callable

import pytest

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Right
from callhandler.services.calls import CallIn, Calls
from callhandler.services.incidents import Incidents
from callhandler.services.merges import Merges
from callhandler.services.office import Office
from callhandler.services.telling import Telling, Told
from callhandler.store import still_open
from callhandler.store.still_open import StillOpen
from callhandler.store.subjects import open_incidents
from callhandler.store.unit_of_work import reading
from tests.store.world import sign_in


@pytest.mark.parametrize("many", [500, 0])
def test_it_is_what_all_read_anew_would_be(
    office: Office, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(still_open, "MANY", many)
    handler = sign_in(office, "handler", Right.HANDLER)
    calls, incidents, merges, telling = Calls(office), Incidents(office), Merges(office), Telling(office)
    kept, seldom, lot = StillOpen(), StillOpen(), random.Random(36)
    taken: list[int] = []
    merged: list[int] = []
    before: tuple[int, ...] = ()
    seen: set[str] = set()

    def take() -> None:
        name = f"Adult {len(taken)}"
        taken.append(calls.take(handler, CallIn(name=name, type="burglary")).incident_id)

    def tell() -> None:
        told = Told("violence-now", "He hit me.", "Adult", "He", "Adult")
        telling.tell(handler, lot.choice(taken), told)

    def merge() -> None:
        one, into = lot.sample(before if len(before) > 1 else taken, 2)
        if merges.merge(handler, one, into, "The same quarrel.").accepted:
            merged.append(one)

    acts: dict[str, Callable[[], object]] = {
        "take": take,
        "tell": tell,
        "grade": lambda: incidents.grade(handler, lot.choice(taken), lot.choice("IS")),
        "close": lambda: incidents.close(handler, lot.choice(taken), "It is done."),
        "merge": merge,
        "part": lambda: merges.part(handler, lot.choice(merged or taken), "They are two."),
    }
    for turn in range(50 if many else 12):
        act = "take" if turn < 4 else lot.choice(["close", "close", *acts])
        try:
            acts[act]()
        except (BadInput, NotAllowed):
            continue
        with reading(office.engine) as connection:
            now = open_incidents(connection)
            assert kept.ids(connection) == now, act
            if turn % 7 == 0:
                assert seldom.ids(connection) == now
        seen |= {f"{act}: out"} if set(before) - set(now) else set()
        seen |= {f"{act}: in"} if set(now) - set(before) else set()
        before = now
    # Those that leave and those that come back have both been met, or this has shown little.
    assert not many or seen >= {"take: in", "close: out", "merge: out", "tell: in", "part: in"}, seen
