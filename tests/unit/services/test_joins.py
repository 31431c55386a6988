"""A further call about an open incident finds it: by another record, a relative, the home, the building."""

import random
from dataclasses import replace

import pytest

from callhandler.model.people import Role
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

HER, OTHER = "07700 900111", "07700 900222"


@pytest.fixture
def hers(desk: Desk) -> int:
    """Her open incident, in which she was taken to be somebody on record by another name."""
    before = desk.call("Anna Kowalska", place="3 Brackenfoil Street, Dudley DY1 2AB", number=HER)
    (old,) = desk.view(before).picture.with_role(Role.CALLER)
    desk.later(60 * 24 * 90)
    incident = desk.call("Ann Kowal", number=OTHER, place="The park", person=old, why="sounds alike")
    assert incident != before
    desk.later(5)
    return incident


@pytest.mark.parametrize(
    "call",
    [
        CallIn(name="Anna Kowalska"),
        CallIn(name="Ann Kowal"),
        CallIn(number=HER),
        CallIn(name="Anna Kowalska", number="07700 900999"),
    ],
)
def test_she_joins_her_incident_for_sure_under_either_record(desk: Desk, hers: int, call: CallIn) -> None:
    join = desk.app.calls.offer(desk.handler, call)
    assert join is not None and (join.incident.id, join.sure) == (hers, True)
    assert join.why == "Anna Kowalska (also Ann Kowal) is in it"
    taken = desk.app.calls.take(desk.handler, call)
    assert taken.incident_id == hers and "also Ann Kowal" in taken.joined


def test_the_building_of_a_flat_is_offered_and_never_taken_and_a_neighbouring_flat_is_not(desk: Desk) -> None:
    incident = desk.call("Adult 1", place="Flat 3, 12 Brackenfoil Street, Dudley DY1 2AB")
    desk.later(5)
    whole = CallIn(name="A neighbour", place="12 Brackenfoil Street, Dudley DY1 2AB")
    join = desk.app.calls.offer(desk.handler, whole)
    assert join is not None and (join.incident.id, join.sure, join.why) == (incident, False, "same building")
    flat = replace(whole, place="Flat 4, 12 Brackenfoil Street, Dudley DY1 2AB")
    assert desk.app.calls.offer(desk.handler, flat) is None
    other = desk.app.calls.take(desk.handler, whole).incident_id
    assert other != incident
    join = desk.app.calls.offer(desk.handler, flat)
    assert join is not None and join.incident.id == other


def test_an_address_in_another_writing_is_offered_as_the_place_that_it_will_be(desk: Desk) -> None:
    incident = desk.call("Adult 1", place="12 Brackenfoil Street, Dudley DY1 2AB")
    desk.later(5)
    call = CallIn(name="A neighbour", place="12, Brackenfoil St., Dudley, DY12AB")
    join = desk.app.calls.offer(desk.handler, call)
    assert join is not None and (join.incident.id, join.why) == (incident, "same place")
    assert (
        desk.app.calls.take(desk.handler, replace(call, join="yes", shown=incident)).incident_id == incident
    )


def test_what_was_shown_is_joined_or_nothing_where_it_is_open_no_longer(desk: Desk) -> None:
    first = desk.call("Adult 1", number=HER, join="no")
    second = desk.call("Adult 2", number=HER, join="no")
    call = CallIn(name="Adult 3", number=HER, join="yes")
    join = desk.app.calls.offer(desk.handler, call)
    assert join is not None and join.incident.id == second
    assert desk.app.calls.take(desk.handler, replace(call, shown=first)).incident_id == first
    assert desk.app.incidents.close(desk.handler, first, "A slip.").accepted
    taken = desk.app.calls.take(desk.handler, replace(call, name="Adult 4", shown=first)).incident_id
    assert taken not in (first, second)


def test_whoever_is_in_what_was_merged_joins_the_incident_that_it_is_worked_on_in(desk: Desk) -> None:
    old = desk.call("Adult 2")
    desk.later(60 * 20)
    between, hers = desk.call("Adult 3", join="no"), desk.call("Adult 1", join="no")
    assert desk.app.merges.merge(desk.handler, hers, between, "The same quarrel.").accepted
    assert desk.app.merges.merge(desk.handler, between, old, "The same quarrel.").accepted

    def joins(name: str) -> int | None:
        join = desk.app.calls.offer(desk.handler, CallIn(name=name))
        assert join is None or join.sure
        return join and join.incident.id

    desk.later(60 * 5)
    # That it began a day ago counts for nothing while what began since is worked on in it.
    assert [joins(f"Adult {n}") for n in (1, 2, 3)] == [old, old, old]
    desk.app.merges.part(desk.handler, between, "Another quarrel.")
    assert [joins(f"Adult {n}") for n in (1, 2, 3)] == [between, None, between]


def test_whoever_gets_a_name_later_joins_under_it(desk: Desk) -> None:
    incident = desk.call("", number="", place="The park", words="A woman shouts for help.")
    desk.app.telling.tell(desk.handler, incident, Told("threat-to-kill", "He will.", about="Unnamed woman"))
    desk.app.telling.name_party(desk.handler, incident, "Unnamed woman", Role.AT_RISK)
    nameless = desk.view(incident).picture.with_role(Role.AT_RISK)[0]
    earlier = desk.call("Joan Hill", place="Elsewhere", join="no")
    (known,) = desk.view(earlier).picture.with_role(Role.CALLER)
    assert desk.app.incidents.close(desk.handler, earlier, "A slip.").accepted
    assert desk.app.calls.offer(desk.handler, CallIn(name="Joan Hill")) is None
    desk.app.judgements.same(desk.handler, incident, "person", nameless, known, "The officers say so.")
    join = desk.app.calls.offer(desk.handler, CallIn(name="Joan Hill"))
    assert join is not None and (join.incident.id, join.sure) == (incident, True)


def test_what_the_line_says_while_it_is_typed_is_what_becomes_of_the_call(desk: Desk) -> None:
    chance = random.Random(20)
    names = ("", "Anna Kowalska", "Ann Kowal", "Joan Hill", "Jone Hill")
    numbers = ("", HER, OTHER, "07700 900333", "not a number")
    places = (
        "",
        "3 Brackenfoil Street, Dudley DY1 2AB",
        "3 brackenfoil st dudley",
        "Flat 2, 3 Brackenfoil Street, Dudley DY1 2AB",
        "The park",
    )
    joined = 0
    for _ in range(30):
        call = CallIn(number=chance.choice(numbers), name=chance.choice(names), place=chance.choice(places))
        call = replace(call, join=chance.choice(("own", "own", "yes", "no")))
        found = desk.app.calls.who(desk.handler, call)
        join = desk.app.calls.offer(desk.handler, call)
        if chance.random() < 0.3 and found.candidates:
            call = replace(call, person=found.candidates[-1].id)
            join = desk.app.calls.offer(desk.handler, call)
        taken = desk.app.calls.take(desk.handler, replace(call, shown=join and join.incident.id))
        into = bool(join) and call.join != "no" and (join.sure or call.join == "yes")
        assert bool(taken.joined) == into
        if join and into:
            assert (taken.incident_id, taken.joined) == (join.incident.id, join.why)
            joined += 1
        parties = desk.view(taken.incident_id).picture.with_role(Role.CALLER)
        by_itself = found.by_itself
        assert (
            by_itself is None
            or call.person
            or by_itself in {r for p in parties for r in desk.view(taken.incident_id).records.records_of(p)}
        )
        desk.later(chance.choice((5, 60, 60 * 20)))
    assert joined > 5
