"""Review on both engines: its statements are few however long the queue is, and what is counted is what was recorded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from callhandler.clock import ScenarioClock
from callhandler.errors import NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.model.review import Result
from callhandler.model.sameness import PERSON, Sameness
from callhandler.model.when import to_micros
from callhandler.rules import review
from callhandler.services.as_one import records_as_one
from callhandler.services.calls import CallIn, Calls
from callhandler.services.incidents import Incidents
from callhandler.services.judgements import Judgements
from callhandler.services.office import Office
from callhandler.services.reviews import Reviews
from callhandler.services.telling import Telling, Told
from callhandler.store.reviews import followed
from callhandler.store.tables.identity import SYSTEM_ROLES
from callhandler.store.unit_of_work import reading
from tests.store.linking_rows import Rows, rows_in
from tests.store.world import sign_in
from tests.stores import NOW, Store

HELD = RationaleAnswer(
    "assault-suspect-free", "He is in a cell since eight o'clock", "custody-officer", "custody-record"
)


@pytest.fixture(autouse=True)
def nothing_by_lot(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the lot would draw differs from run to run; a test that wants something drawn says so."""
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 999)


@pytest.fixture
def rows(store: Store) -> Iterator[Rows]:
    with rows_in(store) as made:
        yield made


@pytest.fixture
def handler(office: Office) -> Actor:
    return sign_in(office, "handler", Right.HANDLER)


@pytest.fixture
def supervisor(office: Office) -> Actor:
    return sign_in(office, "supervisor", Right.SUPERVISOR)


@pytest.fixture
def reviewer(office: Office) -> Actor:
    return sign_in(office, "reviewer", Right.REVIEWER)


def at(office: Office, **later: float) -> Office:
    """The same office some time later."""
    return replace(office, clock=ScenarioClock(NOW + timedelta(**later)))


def lower(office: Office, handler: Actor, supervisor: Actor, number: int, verdict: Verdict) -> int:
    """An assault, immediate, asked to be lowered, and answered so; the incident."""
    calls, incidents = Calls(office), Incidents(office)
    incident = calls.take(handler, CallIn(name=f"Adult {number}", type="domestic-abuse")).incident_id
    Telling(office).tell(
        handler, incident, Told("violence-now", "He hit me.", f"Adult {number}", "He", f"Adult {number}")
    )
    incidents.grade(handler, incident, "I")
    asked = incidents.grade(handler, incident, "S", "He is held.").request_id
    assert asked is not None
    incidents.give_rationale(handler, incident, asked, "suspect-detained", "He is held.", [HELD])
    incidents.agree(supervisor, incident, asked, verdict, "As seen.")
    return incident


def counted(office: Office, act: object) -> int:
    """How many SELECT statements an act runs."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        act()  # type: ignore[operator]
    finally:
        event.remove(office.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_statements_do_not_grow_with_the_queue(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    reviews = Reviews(office)
    lower(office, handler, supervisor, 1, Verdict.AGREE)
    asks = (
        lambda: reviews.queue(reviewer),
        lambda: reviews.header(reviewer),
        lambda: reviews.figures(reviewer),
    )
    one = [counted(office, ask) for ask in asks]
    for number in range(2, 6):
        lower(office, handler, supervisor, number, Verdict.AGREE)
    assert len(reviews.queue(reviewer)) == 5
    assert [counted(office, ask) for ask in asks] == one
    assert one == [2, 4, 2]


def test_opening_proves_the_snapshot_by_the_policy_of_that_day(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    lower(office, handler, supervisor, 1, Verdict.AGREE)
    item = Reviews(office).queue(reviewer)[0].item_id
    assert item is not None
    pack = office.policy.pack
    fewer = replace(
        office.policy, digest="another", pack=pack.model_copy(update={"warnings": ()}), warnings={}
    )
    opened = Reviews(replace(office, policy=fewer)).open(reviewer, item)
    assert opened.proof.intact, opened.proof.faults
    assert opened.policy.digest == office.policy.digest
    assert "assault-suspect-free" in {w.code for w in opened.view.assessment.standing}


def test_figures_count_what_was_lowered_how_and_what_followed(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    incident = lower(office, handler, supervisor, 1, Verdict.AGREE)
    lower(office, handler, supervisor, 2, Verdict.KEEP)
    later = at(office, hours=1)
    Incidents(later).grade(handler, incident, "I")
    found = Reviews(at(office, days=31)).figures(reviewer, days=40)
    assert [p for p in found.by_day.points if any(p.parts)] == [
        replace(found.by_day.points[8], label="26 Aug", parts=(1, 0, 1))
    ]
    assert len(found.by_day.points) == 40
    assert [(p.label, p.parts) for p in found.by_hour.points if any(p.parts)] == [("22", (1, 0, 1))]
    assert [(p.label, p.parts) for p in found.by_ground.points] == [("The suspect is detained", (1, 0, 1))]
    assert [(p.label, p.parts) for p in found.by_followed.points if any(p.parts)] == [
        ("Raised again", (1, 0))
    ]
    assert found.span == "18 Aug 2018 to 26 Sep 2018, 40 days"
    assert Reviews(at(office, days=31)).figures(reviewer, days=3).by_ground.points == ()


def test_nothing_yet_is_too_soon_to_say(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    lower(office, handler, supervisor, 1, Verdict.AGREE)
    for days, label in ((2, "Too soon to say"), (31, "Nothing recorded")):
        found = Reviews(at(office, days=days)).figures(reviewer, days=40)
        assert [p.label for p in found.by_followed.points if any(p.parts)] == [label]


def test_another_report_about_her_is_what_followed(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    lower(office, handler, supervisor, 1, Verdict.AGREE)
    Calls(at(office, days=3)).take(handler, CallIn(name="Adult 1", type="burglary"))
    found = Reviews(at(office, days=4)).figures(reviewer)
    assert [p.label for p in found.by_followed.points if any(p.parts)] == ["Another report about her"]


def test_the_figures_count_a_report_under_another_record_of_hers(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    lower(office, handler, supervisor, 1, Verdict.AGREE)
    later = at(office, days=3)
    again = Calls(later).take(handler, CallIn(name="Woman at the door", type="burglary")).incident_id
    with reading(office.engine) as connection:
        names = "SELECT id FROM person WHERE name IN ('Adult 1', 'Woman at the door') ORDER BY id"
        one, other = connection.execute(text(names)).scalars()
    Judgements(later).same(handler, again, PERSON, one, other, "She says that it was her.")
    found = Reviews(at(office, days=4)).figures(reviewer)
    assert [p.label for p in found.by_followed.points if any(p.parts)] == ["Another report about her"]


def test_blind_second_grades_are_compared_and_others_are_not(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 0)
    reviews, incidents, calls = Reviews(office), Incidents(office), Calls(office)
    for number in range(4):
        taken = calls.take(handler, CallIn(name=f"Adult {number}", type="burglary"))
        incidents.grade(handler, taken.incident_id, "P")
    second = sign_in(office, "second", Right.REVIEWER)
    for line, own in zip(reviews.queue(reviewer), ("P", "P", "P", "S"), strict=True):
        assert line.item_id is not None
        reviews.grade(reviewer, line.item_id, own)
    head = reviews.header(reviewer)
    assert (head.agreed, head.compared, head.open_items, head.unowned) == (3, 4, 4, 0)
    assert (head.asking_now, head.lowered_today) == (0, 0)
    lower(office, handler, supervisor, 9, Verdict.AGREE)
    seen = next(line for line in reviews.queue(second) if not line.blind)
    assert seen.item_id is not None
    reviews.grade(second, seen.item_id, "I")
    found = reviews.figures(reviewer)
    assert (found.agreement.n, found.agreement.agreed, found.agreement.percent) == (4, 3, 75)
    assert [(g.name, g.agreement.n) for g in found.by_type] == [("Others, fewer than 5 each", 4)]
    assert reviews.header(reviewer).lowered_today == 1


def test_an_outcome_sent_twice_is_kept_once(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    lower(office, handler, supervisor, 1, Verdict.AGREE)
    reviews = Reviews(office)
    item = reviews.queue(reviewer)[0].item_id
    assert item is not None
    first = reviews.answer(reviewer, item, Result.UPHELD, "Right.", uuid="one")
    assert reviews.answer(reviewer, item, Result.UPHELD, "Right.", uuid="one") == first
    assert len(reviews.open(reviewer, item).outcomes) == 1


def test_a_domestic_abuse_reviewer_has_hers_first_and_no_leave_to_agree(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    specialist = sign_in(office, "specialist", Right.DOMESTIC_ABUSE_REVIEWER)
    reviews, incidents = Reviews(office), Incidents(office)
    first = Calls(office).take(handler, CallIn(name="Adult 8", type="burglary")).incident_id
    Telling(office).tell(handler, first, Told("weapon-seen", "A knife.", "Adult 8", "He", "Adult 8"))
    incidents.grade(handler, first, "I")
    asked = incidents.grade(handler, first, "S", "He is held.")
    answers = [replace(HELD, warning=need.warning) for need in asked.needs if need.warning]
    assert asked.request_id is not None
    incidents.give_rationale(handler, first, asked.request_id, "suspect-detained", "He is held.", answers)
    incidents.agree(supervisor, first, asked.request_id, Verdict.AGREE, "As seen.")
    second = lower(office, handler, supervisor, 1, Verdict.AGREE)
    assert {line.specialist for line in reviews.queue(reviewer)} == {True, False}
    assert [line.incident_id for line in reviews.queue(specialist)] == [second, first]
    third = lower(office, handler, supervisor, 2, Verdict.KEEP)
    again = incidents.grade(handler, third, "S", "He is held still.").request_id
    assert again is not None
    with pytest.raises(NotAllowed, match="supervisor"):
        incidents.agree(specialist, third, again, Verdict.AGREE, "Yes.")


def test_every_right_is_a_role_that_the_database_knows() -> None:
    assert {right.value for right in Right} == set(SYSTEM_ROLES)


def test_a_rationale_given_before_enters_by_its_likeness_and_is_told_as_of_then(
    office: Office, handler: Actor, supervisor: Actor, reviewer: Actor
) -> None:
    reviews = Reviews(office)
    for number in (1, 2):
        lower(office, handler, supervisor, number, Verdict.AGREE)
    first, second = sorted(reviews.queue(reviewer), key=lambda line: line.incident_id)
    assert (first.likeness, second.likeness) == (0, 100)
    assert "like-rationale" not in first.by
    assert "like-rationale" in second.by
    assert first.item_id is not None
    assert second.item_id is not None
    found = reviews.open(reviewer, second.item_id).likeness
    assert found is not None
    assert (found.percent, found.count, found.incidents) == (100, 1, (first.incident_id,))


PEOPLE = 4
JUDGED = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.integers(0, PEOPLE - 1),
        st.sampled_from([Sameness.SAME] * 4 + [Sameness.NOT_SAME, Sameness.WITHDRAWN]),
    ).filter(lambda each: each[0] != each[1]),
    max_size=5,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(judged=JUDGED)
@example(judged=[(0, 1, Sameness.SAME)])
@example(judged=[(0, 1, Sameness.SAME), (1, 2, Sameness.SAME)])
@example(judged=[(0, 1, Sameness.SAME), (0, 1, Sameness.WITHDRAWN)])
@example(judged=[(0, 1, Sameness.SAME), (1, 2, Sameness.SAME), (0, 2, Sameness.NOT_SAME)])
def test_a_report_under_another_record_of_hers_is_one_about_her(
    rows: Rows, judged: list[tuple[int, int, Sameness]]
) -> None:
    undone = rows.connection.begin_nested()
    try:
        people = [rows.person(f"Adult {n}") for n in range(PEOPLE)]
        first = rows.incident(None, (people[0], "caller"), live=1)
        decision = next(rows.ids)
        later = [rows.incident(None, (each, "at_risk"), live=1) for each in people]
        for a, b, verdict in judged:
            rows.judge(PERSON, people[a], people[b], verdict.value)
        found = {r.incident_id for r in followed(rows.connection, first, decision, 3, to_micros(NOW))}
        hers = records_as_one(rows.connection, [people[0]])
        assert found >= {later[people.index(each)] for each in hers}
        if all(verdict is not Sameness.NOT_SAME for _, _, verdict in judged):
            assert found == {later[people.index(each)] for each in hers}
        apart = {(min(a, b), max(a, b)): verdict for a, b, verdict in judged}
        assert not any(later[n] in found for n in range(1, PEOPLE) if apart.get((0, n)) is Sameness.NOT_SAME)
    finally:
        undone.rollback()
