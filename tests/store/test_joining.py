"""Which open incident a call joins: the same as if every record of one person or place were one record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callhandler.model.sameness import PERSON, PLACE, SameAs, Sameness, clusters_of
from callhandler.rules.identify import Join
from callhandler.services.joins import Rings, join_of
from callhandler.store import tables
from tests.store.linking_rows import Rows, rows_in
from tests.stores import NOW, Store

SINCE = NOW - timedelta(hours=24)
PEOPLE, PLACES, NUMBERS, INCIDENTS = 4, 3, 1, 2
Pair = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """Who and where is in which incident, who is tied to whom, what was judged; all by their place in a list."""

    parties: frozenset[Pair]
    at: frozenset[Pair]
    moved: frozenset[Pair]
    rang: frozenset[Pair]
    ties: frozenset[Pair]
    homes: frozenset[Pair]
    judged: tuple[tuple[str, int, int, Sameness], ...]
    who: int | None
    where: int | None
    number: int | None

    def as_one(self) -> "Known":
        """The same with the records of one put together: nothing is judged any more."""
        made = tuple(
            SameAs(n, kind, min(a, b), max(a, b), verdict, None, "", "X", NOW)
            for n, (kind, a, b, verdict) in enumerate(self.judged)
            if a != b
        )
        read_as = {(c.kind, each): min(c.ids) for c in clusters_of(made) for each in c.ids}

        def one(kind: str, each: int) -> int:
            return read_as.get((kind, each), each)

        return replace(
            self,
            parties=frozenset((i, one(PERSON, p)) for i, p in self.parties),
            at=frozenset((i, one(PLACE, p)) for i, p in self.at),
            moved=frozenset((i, one(PLACE, p)) for i, p in self.moved),
            ties=frozenset((one(PERSON, a), one(PERSON, b)) for a, b in self.ties),
            homes=frozenset((one(PERSON, a), one(PLACE, b)) for a, b in self.homes),
            judged=(),
            who=None if self.who is None else one(PERSON, self.who),
            where=None if self.where is None else one(PLACE, self.where),
        )


def pairs(first: int, second: int, most: int, least: int = 0) -> st.SearchStrategy[frozenset[Pair]]:
    each = st.tuples(st.integers(0, first - 1), st.integers(0, second - 1))
    return st.frozensets(each, min_size=least, max_size=most)


def maybe(many: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, many - 1)


SAME_MOSTLY = st.sampled_from([Sameness.SAME] * 4 + [Sameness.NOT_SAME, Sameness.WITHDRAWN])
JUDGED = st.one_of(
    *(
        st.tuples(st.just(kind), st.integers(0, many - 1), st.integers(0, many - 1), SAME_MOSTLY)
        for kind, many in ((PERSON, PEOPLE), (PLACE, PLACES))
    )
)
NOBODY: st.SearchStrategy[frozenset[Pair]] = st.just(frozenset())
TIES = st.sampled_from(
    [(NOBODY, pairs(PEOPLE, PLACES, 4, 2)), (pairs(PEOPLE, PEOPLE, 2, 1), NOBODY), (NOBODY, NOBODY)]
)
KNOWN = TIES.flatmap(
    lambda tied: st.builds(
        Known,
        parties=pairs(INCIDENTS, PEOPLE, 2),
        at=pairs(INCIDENTS, PLACES, 1),
        moved=pairs(INCIDENTS, PLACES, 1),
        rang=NOBODY | pairs(INCIDENTS, NUMBERS, 1),
        ties=tied[0],
        homes=tied[1],
        judged=st.lists(JUDGED, min_size=1, max_size=4).map(tuple),
        who=maybe(PEOPLE),
        where=st.none() | maybe(PLACES),
        number=st.none() | maybe(NUMBERS),
    )
)
"""Little of each, so that what is known through another record is often all that there is."""


@pytest.fixture
def rows(store: Store) -> Iterator[Rows]:
    with rows_in(store) as made:
        yield made


@pytest.fixture
def held(rows: Rows) -> Callable[[Known], Join | None]:
    """What is found where so much is known; nothing of it is kept."""
    people = [rows.person(f"Adult {n}") for n in range(PEOPLE)]
    places = [rows.place(f"Home {n}") for n in range(PLACES)]
    numbers = [rows.add(tables.number, e164=f"+44770090010{n}") for n in range(NUMBERS)]

    def found(known: Known) -> Join | None:
        undone = rows.connection.begin_nested()
        try:
            # An incident is at one place first; where it is at two it has moved.
            first = {i: places[p] for i, p in sorted(known.at, reverse=True)}
            incidents = [rows.incident(first.get(n), days=0, live=1) for n in range(INCIDENTS)]
            for i, p in known.parties:
                rows.add(tables.party, incident_id=incidents[i], person_id=people[p], role="caller")
            for i, p in known.at | known.moved:
                rows.add(tables.move, incident_id=incidents[i], place_id=places[p], kind="going_to")
            for i, n in known.rang:
                rows.add(tables.call, incident_id=incidents[i], number_id=numbers[n])
            for a, b in known.ties:
                rows.add(tables.person_tie, a=people[a], b=people[b], relation="parent")
            for who, where in known.homes:
                rows.add(tables.place_tie, person_id=people[who], place_id=places[where], tie="stays")
            for kind, a, b, verdict in known.judged:
                ids = people if kind == PERSON else places
                if a != b:
                    rows.judge(kind, ids[a], ids[b], verdict.value)
            rings = Rings(
                people=() if known.who is None else (people[known.who],),
                places=() if known.where is None else (places[known.where],),
                numbers=() if known.number is None else (numbers[known.number],),
            )
            join = join_of(rows.connection, rings, SINCE)
            return join and replace(
                join, incident=replace(join.incident, id=incidents.index(join.incident.id))
            )
        finally:
            undone.rollback()

    return found


NOTHING = Known(*[frozenset[Pair]()] * 6, (), None, None, None)
PERSONS, HOUSES = (PERSON, 2, 3, Sameness.SAME), (PLACE, 1, 2, Sameness.SAME)
IN_IT = {"parties": frozenset({(1, 2)}), "judged": (PERSONS,)}


@pytest.mark.parametrize(
    ("why", "known"),
    [
        ("is in it", replace(NOTHING, **IN_IT, who=3)),
        ("same household or family", replace(NOTHING, **IN_IT, ties=frozenset({(0, 3)}), who=0)),
        (
            "same household or family",
            replace(
                NOTHING,
                parties=frozenset({(1, 0)}),
                judged=(PERSONS,),
                ties=frozenset({(2, 0)}),
                who=3,
            ),
        ),
        ("home of somebody in it", replace(NOTHING, **IN_IT, homes=frozenset({(3, 0)}), where=0)),
        (
            "lives where somebody in it lives",
            replace(NOTHING, **IN_IT, homes=frozenset({(3, 0), (1, 0)}), who=1),
        ),
        (
            "lives where somebody in it lives",
            replace(
                NOTHING,
                parties=frozenset({(1, 0)}),
                judged=(PERSONS, HOUSES),
                homes=frozenset({(0, 1), (2, 2)}),
                who=3,
            ),
        ),
        ("same place", replace(NOTHING, at=frozenset({(1, 1)}), judged=(HOUSES,), where=2)),
        ("same place", replace(NOTHING, moved=frozenset({(1, 1)}), judged=(HOUSES,), where=2)),
        (
            "it is where the caller lives",
            replace(
                NOTHING,
                at=frozenset({(1, 1)}),
                judged=(PERSONS, HOUSES),
                homes=frozenset({(2, 2)}),
                who=3,
            ),
        ),
    ],
)
def test_what_is_known_by_another_record_is_found(
    held: Callable[[Known], Join | None], why: str, known: Known
) -> None:
    join = held(known)
    assert join is not None and join.why.endswith(why)
    assert (join.incident.id, join.sure) == (1, why == "is in it")
    assert held(replace(known, judged=())) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KNOWN)
def test_what_is_found_by_records_read_as_one_is_found_where_they_are_one_record(
    held: Callable[[Known], Join | None], known: Known
) -> None:
    apart, one = held(known), held(known.as_one())
    assert (apart is None) == (one is None)
    if apart and one:
        assert (apart.incident.id, apart.sure) == (one.incident.id, one.sure)
        assert apart.why == one.why or (apart.sure and apart.why.endswith("is in it"))


def test_an_old_a_closed_and_a_past_incident_are_not_joined(rows: Rows) -> None:
    her = rows.person()
    rows.add(tables.person_name, person_id=her, name="Adult 1", folded="adult 1")
    rows.incident(None, (her, "caller"), days=0, live=0)
    rows.incident(None, (her, "caller"), days=1.1, live=1)
    assert join_of(rows.connection, Rings(people=(her,)), SINCE) is None
    now = rows.incident(None, (her, "caller"), days=0.1, live=1)
    join = join_of(rows.connection, Rings(people=(her,)), SINCE)
    assert join is not None and (join.incident.id, join.why, join.sure) == (now, "Adult 1 is in it", True)
