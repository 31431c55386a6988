"""Proposals read a part at a time, the strongest first, and what the database refuses of a judgement upon one."""

from itertools import pairwise

import pytest
from sqlalchemy import text

from callhandler.errors import BadInput, NotAllowed, Refused
from callhandler.model.actor import Actor, Right
from callhandler.model.proposed import Proposed, Which
from callhandler.model.sameness import Sameness
from callhandler.services import naming
from callhandler.services.calls import CallIn, Calls
from callhandler.services.linking.judging import ProposedPairs
from callhandler.services.linking.service import LinkRecords
from callhandler.services.office import Office, work
from callhandler.store import tables
from callhandler.store.unit_of_work import reading
from tests.proposing import propose
from tests.store.test_link_records import ROAD, living
from tests.store.world import sign_in


@pytest.fixture
def sup(office: Office) -> Actor:
    return sign_in(office, "supervisor", Right.SUPERVISOR)


def people(office: Office, many: int) -> list[int]:
    with work(office) as w:
        return [naming.new_person(w, f"Petra Fenwick {n}", born="1961-03-04") for n in range(many)]


def chain(office: Office, sup: Actor, many: int) -> list[int]:
    """So many people, each proposed to be the next; the first pair is the strongest."""
    found = people(office, many)
    propose(office, sup.user_id, [(a, b, 0.999 - n / 1000) for n, (a, b) in enumerate(pairwise(found))])
    return found


def keys(pairs: tuple[Proposed, ...]) -> list[tuple[int, int]]:
    return [(p.a, p.b) for p in pairs]


def written(office: Office, sql: str) -> list[tuple[object, ...]]:
    with reading(office.engine) as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_it_is_read_in_parts_none_twice_and_none_left_out(office: Office, sup: Actor) -> None:
    found = chain(office, sup, 24)
    # Two as likely as each other, and one that another run proposed as well.
    propose(office, sup.user_id, [(found[0], found[5], 0.995), (found[0], found[6], 0.995)], "second")
    propose(office, sup.user_id, [(found[0], found[1], 0.97)], "third")
    propose(office, sup.user_id, [(found[0], found[9], 0.99)], "broken off", done=False)
    pairs = ProposedPairs(office)
    part = pairs.list(sup, most=7)
    assert part.counted == 26 and part.runs == 3 and keys(part.pairs)[0] == (found[0], found[1])
    seen = list(part.pairs)
    while len((part := pairs.list(sup, after=seen[-1], most=7)).pairs):
        assert part.counted is None
        seen += part.pairs
    assert len(seen) == 26 and len(set(keys(tuple(seen)))) == 25
    assert [p.likely for p in seen] == sorted((p.likely for p in seen), reverse=True)
    strong, weaker = pairs.list(sup, Which.STRONG), pairs.list(sup, Which.WEAKER)
    assert (strong.counted, weaker.counted) == (12, 14)
    assert all(p.strong for p in strong.pairs) and not any(p.strong for p in weaker.pairs)


def test_what_is_judged_leaves_the_list_and_comes_back_when_it_is_undone(office: Office, sup: Actor) -> None:
    a, b, c, d = chain(office, sup, 4)
    pairs = ProposedPairs(office)
    assert pairs.judge(sup, a, b, Sameness.SAME).recorded
    assert pairs.judge(sup, b, c, Sameness.NOT_SAME, "Born a year apart, both seen.").recorded
    assert keys(pairs.list(sup).pairs) == [(c, d)] and pairs.count(sup) == 1
    judged, many = pairs.judged(sup)
    assert many == 2 and [(j.pair.a, j.pair.b, j.verdict, j.author) for j in judged] == [
        (b, c, Sameness.NOT_SAME, "Supervisor"),
        (a, b, Sameness.SAME, "Supervisor"),
    ]
    assert judged[1].reason.startswith("As proposed: the same given name; the same date of birth")
    with pytest.raises(Refused, match="Supervisor judged these two meanwhile"):
        pairs.judge(sup, a, b, Sameness.NOT_SAME, "No.")
    with pytest.raises(BadInput, match="empty"):
        pairs.undo(sup, a, b, " ")
    for one, other in ((a, b), (b, c)):
        assert pairs.undo(sup, one, other, "A slip.").recorded
    assert keys(pairs.list(sup).pairs) == [(a, b), (b, c), (c, d)] and pairs.judged(sup) == ((), 0)
    with pytest.raises(BadInput, match="Nothing stands"):
        pairs.undo(sup, a, b, "Again.")
    verdicts = written(office, "SELECT verdict FROM same_as ORDER BY id")
    assert verdicts == [("same",), ("not_same",), ("withdrawn",), ("withdrawn",)], "every judgement is kept"


def test_filters_find_who_is_in_an_open_incident_and_who_has_an_order(office: Office, sup: Actor) -> None:
    a, b, c, d = chain(office, sup, 4)
    handler = sign_in(office, "handler", Right.HANDLER)
    Calls(office).take(handler, CallIn(name="Petra Fenwick 0", place="Flat 1", type="general-enquiry"))
    with work(office) as w:
        order = {
            "type": "non-molestation", "incident_id": None, "protected_id": d, "respondent_id": None, "source": "court",
            "court": "", "without_notice": "no", "made_at": 1, "made_precision": "day", "expires_at": None,
            "until_further_order": 1, "author": "S",
        }  # fmt: skip
        made = w.uow.append(tables.civil_order, **order)
    pairs = ProposedPairs(office)
    found = pairs.list(sup, Which.OPEN)
    assert keys(found.pairs) == [(a, b)] and found.counted == 1 and found.in_open == {a}
    found = pairs.list(sup, Which.ORDER)
    assert keys(found.pairs) == [(c, d)] and found.counted == 1 and found.with_order == {d}
    with work(office) as w:
        w.uow.append(
            tables.order_fact, order_id=made, incident_id=None, kind="discharged", at=1, verified=1, said_by="court",
            words="", author="S",
        )  # fmt: skip
    assert pairs.list(sup, Which.ORDER).pairs == (), "an end that was verified ends it"


def test_every_list_and_every_look_is_a_consultation_and_only_a_desk_may(office: Office, sup: Actor) -> None:
    a, b, _ = chain(office, sup, 3)
    pairs = ProposedPairs(office)
    pairs.shown(sup, len(pairs.list(sup).pairs), "all")
    pairs.look(sup, a, b)
    why = "judging who may stand twice"
    assert written(office, "SELECT person_id, what, purpose FROM consultation ORDER BY id") == [
        (None, "who may stand twice, 2 shown: all", why),
        (a, "linked history", why),
        (b, "linked history", why),
    ]
    with pytest.raises(BadInput, match="Nobody proposed"):
        pairs.look(sup, a, a + 10_000)
    for right in (Right.REVIEWER, Right.ADMINISTRATOR, Right.TRAINER):
        other = sign_in(office, right.value, right)
        for call in (pairs.list, pairs.count, pairs.judged):
            with pytest.raises(NotAllowed):
                call(other)
        with pytest.raises(NotAllowed):
            pairs.judge(other, a, b, Sameness.SAME)


def test_what_was_rejected_stays_so_on_the_next_run(office: Office) -> None:
    admin = sign_in(office, "admin", Right.ADMINISTRATOR)
    sup = sign_in(office, "supervisor", Right.SUPERVISOR)
    with work(office) as w:
        a, b = (living(w, "Petra Fenwick", "1961-03-04", ROAD) for _ in range(2))
    runs, pairs = LinkRecords(office), ProposedPairs(office)
    assert runs.run(admin).proposed == 1
    pairs.judge(sup, a, b, Sameness.NOT_SAME, "Cousins of one name, both spoken to.")
    assert runs.run(admin).proposed == 0 and pairs.list(sup).pairs == () and pairs.count(sup) == 0
    ((judged,), _) = pairs.judged(sup)
    assert judged.reason == "Cousins of one name, both spoken to."


def test_the_database_parts_nobody_of_an_open_incident_without_its_authority(
    office: Office, sup: Actor
) -> None:
    a, b, c = chain(office, sup, 3)
    handler = sign_in(office, "handler", Right.HANDLER)
    pairs = ProposedPairs(office)
    pairs.judge(sup, a, b, Sameness.SAME)
    taken = Calls(office).take(
        handler, CallIn(name="Petra Fenwick 1", place="Flat 1", type="general-enquiry")
    )
    row = {"incident_id": None, "kind": "person", "reason": "No.", "author": "S"}

    def add(one: int, other: int, verdict: str) -> None:
        with work(office) as w:
            w.uow.append(tables.same_as, a=one, b=other, verdict=verdict, **row)

    for verdict in ("withdrawn", "not_same"):
        with pytest.raises(Exception, match="parted only with an authority"):
            add(a, b, verdict)
    # Through another record as well: the two are read as one by it.
    add(b, c, "same")
    with pytest.raises(Exception, match="parted only with an authority"):
        add(a, c, "not_same")
    outcome = pairs.undo(sup, a, b, "Another Petra.")
    assert outcome.recorded and outcome.incident_id == taken.incident_id
    add(a, c, "not_same")
    assert written(office, "SELECT count(*) FROM authority WHERE act = 'part_records'") == [(1,)]
