"""Two records judged to be one are one wherever a handler looks; before the judgement, and after it is undone, two."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import SameAs, Sameness
from callhandler.model.search import Group, Hit
from callhandler.rules.joined import joined
from callhandler.rules.links import graph_of
from callhandler.services.calls import CallIn
from callhandler.services.contacts import Met
from callhandler.services.telling import Told
from callhandler.store import pictures
from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk
from tests.unit.pictures import START


@pytest.fixture
def two(desk: Desk) -> tuple[int, int, int, int]:
    """A call of last year by one name and one today by another: both incidents, then both records."""
    there = desk.call("Anna Kowalska", place="Flat 9", type="domestic-abuse", number="07700 900111")
    desk.app.telling.tell(
        desk.handler, there, Told("threat-to-kill", "He will.", "Anna Kowalska", "The suspect")
    )
    (old,) = desk.view(there).picture.with_role(Role.CALLER)
    desk.later(60 * 24 * 200)
    here = desk.call("Ann Kowal", place="Flat 1", type="general-enquiry", number="07700 900222")
    (her,) = desk.view(here).picture.with_role(Role.CALLER)
    desk.app.judgements.same(desk.handler, here, "person", her, old, "She says so.")
    return there, here, old, her


def names(desk: Desk, incident: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(p.name, p.also) for p in desk.view(incident).picture.people if p.named]


def test_the_view_has_one_person_by_the_older_name_with_the_other_beside_it(
    desk: Desk, two: tuple[int, int, int, int]
) -> None:
    there, here, old, her = two
    for incident, mine in ((here, her), (there, old)):
        picture = desk.view(incident).picture
        assert ("Anna Kowalska", ("Ann Kowal",)) in names(desk, incident)
        assert [p.id for p in picture.people if "Kowal" in p.name] == [mine]
        assert picture.name_of(old) == picture.name_of(her) == "Anna Kowalska"
    records = desk.view(here).records
    assert {old, her} <= {p.id for p in records.people}, "what is judged of records still names each"
    people = [n.label for n in graph_of(records).nodes if n.key.startswith("person:")]
    assert people.count("Anna Kowalska") == 1 and "Ann Kowal" not in people


def test_the_board_and_a_looked_up_number_say_the_same_name(
    desk: Desk, two: tuple[int, int, int, int]
) -> None:
    assert {line.title for line in desk.app.desk.board(desk.handler)} == {"Anna Kowalska"}
    picture = desk.app.lookup.picture(desk.handler, "a check", number="07700 900222")
    assert [p.name for p in picture.people if p.named and "Kowal" in p.name] == ["Anna Kowalska"]
    assert {i.id for i in picture.linked} == {two[0], two[1]}


def found(desk: Desk, asked: str, group: Group) -> tuple[Hit, ...]:
    groups = desk.app.searching.find(desk.handler, asked).groups
    return next((g.hits for g in groups if g.group is group), ())


def test_a_search_for_either_name_or_number_finds_one_person_with_both(
    desk: Desk, two: tuple[int, int, int, int]
) -> None:
    for asked in ("ann kowal", "kowalska"):
        (hit,) = found(desk, asked, Group.PEOPLE)
        assert (hit.title, hit.subject_id) == ("Anna Kowalska", two[2])
        assert hit.line == "also recorded as Ann Kowal · in 2 incidents"
    (number,) = found(desk, "07700 900222", Group.NUMBERS)
    assert number.line == "used by Ann Kowal"
    opened = desk.app.searching.open(desk.handler, "a check", "person", two[3])
    assert opened.subject_id == two[2] and {i.id for i in opened.picture.linked} == {two[0], two[1]}


def test_one_who_rings_is_one_candidate_with_both_names_and_joins_her_incident_by_either(
    desk: Desk, two: tuple[int, int, int, int]
) -> None:
    _, here, old, _ = two
    by_number = desk.app.calls.who(desk.handler, CallIn(number="07700 900222"))
    assert [(c.id, c.confirmed) for c in by_number.candidates] == [(old, True)]
    for name in ("Anna Kowalsky", "Ana Kowalska", "Ann Kowall"):
        like = desk.app.calls.who(desk.handler, CallIn(name=name))
        assert [like.names[c.id] for c in like.candidates] == ["Anna Kowalska (also Ann Kowal)"]
    for name in ("Anna Kowalska", "Ann Kowal"):
        join = desk.app.calls.offer(desk.handler, CallIn(name=name))
        assert join is not None and join.sure and join.incident.id == here


def test_two_who_bear_one_name_and_were_judged_to_be_one_are_taken_and_not_guessed(desk: Desk) -> None:
    desk.app.calls.take(desk.handler, CallIn(name="Jan Nowak", born="1980-03-04", join="no"))
    last = desk.app.calls.take(desk.handler, CallIn(name="Jan Nowak", born="1991-12-25", join="no"))
    like = desk.app.calls.who(desk.handler, CallIn(name="Jan Nowak"))
    one, other = (c.id for c in like.candidates)
    assert not any(c.confirmed for c in like.candidates)
    desk.app.judgements.same(desk.handler, last.incident_id, "person", one, other, "A slip in the date.")
    like = desk.app.calls.who(desk.handler, CallIn(name="Jan Nowak"))
    assert [(c.id, c.confirmed) for c in like.candidates] == [(min(one, other), True)]
    join = desk.app.calls.offer(desk.handler, CallIn(name="Jan Nowak"))
    assert join is not None and join.sure


def test_whoever_was_met_was_met_under_each_record_and_is_said_once(
    desk: Desk, two: tuple[int, int, int, int]
) -> None:
    _, here, old, her = two
    for person in (old, her):
        desk.app.telling.name_party(desk.handler, here, person, Role.AT_RISK)
    view = desk.view(here)
    (shown,) = view.picture.with_role(Role.AT_RISK)
    met = Met(shown, "seen", "document", "yes", "yes", "police-officer", "PC 4412")
    table = desk.app.policy.pack.contacts
    met = replace(met, identified=table.identified[0].id, seen_by=table.seen_by[0].id)
    desk.app.contacts.record(desk.handler, here, met)
    view = desk.view(here)
    assert len(view.picture.contacts) == 1
    assert {c.person_id for c in view.records.contacts} == {old, her}, (
        "the store asks for each who is put down"
    )


def test_no_hindsight_before_the_judgement_and_after_it_is_undone_they_are_two(
    desk: Desk, two: tuple[int, int, int, int]
) -> None:
    _, here, _, her = two
    judged = desk.view(here).records.sameness[-1]

    def at(upto: int) -> Picture:
        with reading(desk.app.office.engine) as connection:
            return joined(pictures.of_incident(connection, here, desk.clock.now(), upto))

    assert [p.id for p in at(judged.id).people if "Kowal" in p.name] == [her]
    before = at(judged.id - 1)
    assert [p.name for p in before.people if "Kowal" in p.name] == ["Ann Kowal"] and not before.linked
    earlier = judged.at - timedelta(microseconds=1)
    with reading(desk.app.office.engine) as connection:
        then = joined(pictures.of_incident(connection, here, earlier))
    assert not then.clusters
    outcome = desk.app.judgements.undo(desk.handler, here, judged.id, "Another woman.")
    assert not isinstance(outcome, tuple)
    if getattr(outcome, "accepted", True):
        assert [p.name for p in desk.view(here).picture.people if "Kowal" in p.name] == ["Ann Kowal"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5))
def test_joining_twice_is_joining_once_and_nobody_of_a_cluster_stands_twice(
    four: tuple[Desk, int, list[int]], pairs: set[tuple[int, int]]
) -> None:
    desk, incident, records = four
    made = tuple(
        SameAs(
            10**6 + n, "person", *sorted((records[a], records[b])), Sameness.SAME, incident, "", "X", START
        )
        for n, (a, b) in enumerate(sorted(pairs))
        if a != b
    )
    with reading(desk.app.office.engine) as connection:
        gathered = pictures.of_incident(connection, incident, START, 10**9, made)
    once = joined(gathered)
    assert joined(once) == once
    for cluster in once.clusters:
        assert sum(p.id in cluster.ids for p in (*once.people, *once.apart.people)) <= 1
    assert {n for p in once.people for n in (p.name, *p.also)} == {p.name for p in gathered.people}
    assert not made or len(once.people) <= len(gathered.people)


@pytest.fixture
def four(desk: Desk) -> tuple[Desk, int, list[int]]:
    """Four people, each with an incident, and the incident of the first that is looked at."""
    found = []
    for n in range(4):
        incident = desk.call(f"Adult {n}", place=f"Home {n}", type="domestic-abuse")
        found.append((incident, desk.view(incident).picture.with_role(Role.CALLER)[0]))
    desk.clock.move_to(START)
    return desk, found[0][0], [record for _, record in found]
