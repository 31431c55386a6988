"""One search waits for the shared database as often whatever is held; who rings and where, not so often."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from callhandler.model.actor import Actor, Right
from callhandler.policy.pack import Policy
from callhandler.services import finding, naming
from callhandler.services.calls import CallIn, Calls
from callhandler.services.office import Office, work
from callhandler.services.searching import Searching
from callhandler.services.telling import Telling
from callhandler.services.withholding import Withholding
from callhandler.store import plainly, subjects, tables
from callhandler.store.pictures.reader import Reader
from callhandler.store.unit_of_work import reading
from tests.store.world import open_office, sign_in
from tests.stores import PostgresStores

SEARCH, WHO, WHERE = 4, 3, 2
TYPED = (
    "joan hill", "jone hil", "12 larkmoor street", "DY1 2AB", "07700 900123", "0123", "ab10", "silver van", "0001",
    "broken door", '"broken door"', "domestic yesterday", "today", "door today", "j hill",
)  # fmt: skip


@contextmanager
def waited() -> Iterator[list[int]]:
    """How often an answer of the database is waited for, by any of the ways in which a search asks."""
    times = [0]

    def counting(asks: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:
            times[0] += 1
            return asks(*given)

        return counted

    with (
        patch.object(plainly, "fetched", counting(plainly.fetched)),
        patch.object(plainly, "fetched_together", counting(plainly.fetched_together)),
        patch.object(Reader, "_run", counting(Reader._run)),
    ):
        yield times


def put(office: Office, handler: Actor, more: int) -> int | None:
    """Joan Hill twice, judged to be one, her addresses, number and vehicle, and more of everything; her number's id."""
    calls, telling = Calls(office), Telling(office)
    asked = CallIn(
        "07700 900123",
        name="Joan Hill",
        place="12 Larkmoor Street, Dudley DY1 2AB",
        words="A door is broken.",
    )
    incident = calls.take(handler, asked).incident_id
    with work(office) as w:
        her = naming.person(w, "Joan Hill")
        for n in range(more):
            other = naming.new_person(w, f"Joan Hill{'e' * (n % 3)}")
            if n < 2:
                row = {"kind": "person", "verdict": "same", "reason": "", "author": "A", "incident_id": None}
                w.uow.append(tables.same_as, a=her, b=other, **row)
            w.uow.append(
                tables.vehicle, registration=f"AB10 K{n:02d}", description="silver van", person_id=other
            )
            naming.place(w, f"{n} Larkmoor Street, Dudley DY1 2AB")
            number = w.uow.append(tables.number, e164=f"+4477008{n:05d}", as_given="")
            w.uow.append(tables.number_tie, person_id=other, number_id=number)
    for _ in range(more):
        telling.write(handler, incident, "A broken door, the door was broken before.")
    if more:
        Withholding(office).withhold(handler, "12 Larkmoor Street, Dudley DY1 2AB", "Joan Hill", "She hides.")
    with reading(office.engine) as connection:
        return subjects.number_id(connection, "+447700900123")


def test_a_search_waits_as_often_whatever_is_held(
    postgresql_stores: PostgresStores, tmp_path: Path, policy: Policy
) -> None:
    most: list[int] = []
    others: list[tuple[int, ...]] = []
    for more in (0, 90):
        (folder := tmp_path / str(more)).mkdir()
        store = postgresql_stores.new(folder)
        office = open_office(store, policy)
        handler = sign_in(office, "handler", Right.HANDLER)
        reviewer = sign_in(office, "reviewer", Right.REVIEWER)
        number = put(office, handler, more)
        searching = Searching(office)
        took = []
        for typed in (line[:end] for line in TYPED for end in (2, len(line))):
            for actor in (handler, reviewer):
                with waited() as times:
                    searching.find(actor, typed)
                took.append(times[0])
        most.append(max(took))
        with reading(office.engine) as connection:
            looks: tuple[Callable[[], object], ...] = (
                lambda c=connection: finding.people_like(c, "Jone Hill", "1980-02-01"),  # type: ignore[misc]
                lambda c=connection, n=number: finding.who_rings(c, "Jone Hill", n),  # type: ignore[misc]
                lambda c=connection, n=number: finding.who_rings(c, "", n),  # type: ignore[misc]
                lambda c=connection: finding.places_like(c, "12 Larkmore St, Dudley"),  # type: ignore[misc]
            )
            of_each = []
            for look in looks:
                with waited() as times:
                    look()
                of_each.append(times[0])
        others.append(tuple(of_each))
        office.engine.dispose()
        postgresql_stores.discard(store)
    assert most == [SEARCH, SEARCH]
    assert others == [(WHO, WHO, WHO, WHERE)] * 2
