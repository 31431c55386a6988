"""Ways to a quiet screen that are no route of their own: what they would have hidden stands, or is said."""

import json
from datetime import timedelta

import pytest

from callhandler.errors import BadInput
from callhandler.model.actor import Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.model.people import Role
from callhandler.services import wanted
from callhandler.services.contacts import Met
from callhandler.services.order_told import Checked
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

SEEN = ("person-seen-safe", "officer-at-scene", "seen-in-person")


def person(desk: Desk, incident: int, name: str) -> int:
    return next(p.id for p in desk.view(incident).picture.people if p.name == name)


def hit(desk: Desk, name: str = "Adult 1", words: str = "He hit me.") -> Told:
    return Told("violence-now", words, name, "The suspect", name)


@pytest.fixture
def assault(desk: Desk) -> int:
    """She was hit, and the incident is immediate."""
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, hit(desk))
    assert desk.app.incidents.grade(desk.handler, incident, "I").accepted
    return incident


def unseen(desk: Desk, incident: int) -> tuple[str, ...]:
    return desk.app.incidents.would(desk.handler, incident, wanted.close()).unseen


def test_who_was_at_risk_in_a_merged_incident_is_still_to_be_seen_and_her_clock_runs_on(
    desk: Desk, assault: int
) -> None:
    due = desk.view(assault).clocks.due
    desk.later(30)
    middle = desk.call(name="Adult 6", type="theft")
    other = desk.call(name="Adult 7", type="theft")
    for into in (middle, other):
        assert desk.app.incidents.grade(desk.handler, into, "I").accepted
    assert desk.app.merges.merge(desk.handler, assault, middle, "The same.").accepted
    assert desk.app.merges.merge(desk.handler, middle, other, "The same.").accepted
    seven = person(desk, other, "Adult 7")
    desk.app.progress.confirm(desk.handler, other, *SEEN, seven)
    desk.app.contacts.record(
        desk.handler, other, Met(seven, "seen", "document", "yes", "yes", "officer", "4123")
    )
    assert "Adult 1" in unseen(desk, other)
    assert "assault-suspect-free" in desk.codes(other)
    assert desk.view(other).clocks.due == due
    assert desk.view(other).clocks.waiting == 30
    desk.app.merges.part(desk.handler, middle, "Not the same.")
    assert "Adult 1" not in unseen(desk, other)


def test_the_suspect_of_a_merged_incident_is_still_to_be_held(desk: Desk, assault: int) -> None:
    other = desk.call(name="Adult 7", type="theft")
    desk.app.telling.name_party(desk.handler, other, "Adult 8", Role.SUSPECT)
    assert desk.app.incidents.grade(desk.handler, other, "I").accepted
    assert desk.app.merges.merge(desk.handler, assault, other, "The same.").accepted
    held = person(desk, other, "Adult 8")
    desk.app.progress.confirm(
        desk.handler, other, "suspect-detained", "custody-officer", "custody-record", held
    )
    assert "assault-suspect-free" in desk.codes(other)


def test_accusing_her_does_not_take_her_out_of_those_to_be_seen(desk: Desk, assault: int) -> None:
    desk.app.telling.name_party(desk.handler, assault, person(desk, assault, "Adult 1"), Role.SUSPECT)
    desk.app.progress.confirm(desk.handler, assault, *SEEN)
    assert "assault-suspect-free" in desk.codes(assault)
    assert unseen(desk, assault) == ("Adult 1",)


def test_what_is_told_in_a_closed_incident_brings_it_back(desk: Desk) -> None:
    incident = desk.call(type="theft")
    assert desk.app.incidents.grade(desk.handler, incident, "R").accepted
    assert desk.app.incidents.close(desk.handler, incident).accepted
    open_now = lambda: {line.incident_id for line in desk.app.desk.board(desk.handler)}  # noqa: E731
    desk.app.telling.write(desk.handler, incident, "Filed.")
    assert incident not in open_now()
    desk.app.telling.tell(desk.handler, incident, hit(desk))
    assert incident in open_now()


def test_an_empty_phrase_follows_nothing_up(desk: Desk, assault: int) -> None:
    told = desk.view(assault).picture.disclosures[-1].id
    with pytest.raises(BadInput, match="follows nothing up"):
        desk.app.progress.follow_up(desk.handler, assault, [told], "Not mentioned tonight")
    desk.app.progress.follow_up(desk.handler, assault, [told], "A crime is recorded")


def test_nobody_told_her_is_not_told(desk: Desk, assault: int) -> None:
    desk.later(30)
    with pytest.raises(BadInput, match="count as told"):
        desk.app.progress.confirm(desk.handler, assault, "caller-told", "nobody", "not-checked")
    assert desk.view(assault).clocks.untold_delay == 15


@pytest.mark.parametrize("raised", ["by type", "by a new call"])
def test_a_result_answers_only_what_stood_then(desk: Desk, raised: str) -> None:
    number = "07700900123"
    incident = desk.call(type="theft", number=number)
    desk.app.incidents.grade(desk.handler, incident, "R")
    assert desk.app.endings.result(desk.handler, incident).accepted
    desk.later(10)
    if raised == "by type":
        desk.app.corrections.retype(desk.handler, incident, "domestic-abuse")
    else:
        assert desk.call(number=number, heard=("violence-now",)) == incident
    assert unseen(desk, incident)
    assert desk.app.incidents.grade(desk.handler, incident, "I").accepted
    desk.later(60)
    assert desk.view(incident).clocks.overdue
    assert "target-overdue" in desk.codes(incident)


def test_an_answer_says_nothing_of_what_was_told_after_it(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    outcome = desk.app.incidents.grade(desk.handler, assault, "S", "He is held.")
    assert outcome.request_id
    answers = [
        RationaleAnswer(n.warning, "He is in a cell since eight o'clock", "custody-officer", "custody-record")
        for n in outcome.needs
        if n.warning
    ]
    desk.app.incidents.give_rationale(
        desk.handler, assault, outcome.request_id, "suspect-detained", "He is held.", answers
    )
    desk.later(5)
    desk.app.telling.tell(desk.handler, assault, hit(desk, words="He is out and hit me again."))
    late = desk.app.incidents.agree(supervisor, assault, outcome.request_id, Verdict.AGREE, "I have read it.")
    assert {n.code for n in late.needs} >= {"answer"}
    assert not late.accepted


def test_one_place_checked_says_nothing_of_the_next(desk: Desk) -> None:
    for place in ("9 Mill Lane", "4 Oak Road"):
        past = desk.call(name="Adult 2", type="theft", place=place, join="no")
        known = [p.id for p in desk.view(past).picture.people if p.name == "Adult 3"]
        desk.app.telling.name_party(desk.handler, past, known[0] if known else "Adult 3", Role.SUSPECT)
        desk.clock.move_to(desk.clock.now() + timedelta(days=3))
    incident = desk.call(name="Adult 1", type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1"))
    desk.app.whereabouts.move(desk.handler, incident, going_to="9 Mill Lane")
    suspect = person(desk, incident, "Adult 3")
    desk.app.telling.name_party(desk.handler, incident, suspect, Role.SUSPECT)
    assert "place-he-may-know" in desk.codes(incident)
    desk.app.progress.confirm(
        desk.handler, incident, "place-checked-safe", "officer-at-scene", "seen-in-person"
    )
    assert "place-he-may-know" not in desk.codes(incident)
    desk.app.whereabouts.move(desk.handler, incident, going_to="4 Oak Road")
    assert "place-he-may-know" in desk.codes(incident)


def test_the_end_of_one_order_says_nothing_of_another(desk: Desk) -> None:
    app, handler = desk.app, desk.handler
    incident = desk.call(name="Adult 1", type="domestic-abuse")
    app.orders.declare(handler, incident, "nmo", "Adult 1", "Adult 2")
    him = person(desk, incident, "Adult 2")
    app.orders.declare(handler, incident, "dvpn", person(desk, incident, "Adult 1"), him)
    app.telling.tell(handler, incident, Told("suspect-present", "He is here.", "Adult 1", him))
    for order in ("nmo", "dvpn"):
        app.progress.confirm(handler, incident, "order-ended-verified", "court-or-solicitor", "court-record")
        assert "order-breach-now" in desk.codes(incident)
        app.orders.learn(handler, incident, order, "discharged", "the court", verified=True)
    assert "order-breach-now" not in desk.codes(incident)


def test_a_message_of_a_known_name_with_other_words_is_not_lost(desk: Desk) -> None:
    first = {
        "format": "callhandler-transfer/1",
        "uuid": "a-name-of-its-own",
        "sent_at": "2024-03-06T19:00:00Z",
        "sender": "A force",
        "reference": "17",
        "grade": {"name": "Routine", "band": "resolve"},
        "people": [{"name": "Adult 1", "role": "caller"}],
    }
    incident = desk.app.transfers.receive(desk.handler, json.dumps(first))
    second = first | {
        "grade": {"name": "Immediate", "band": "immediate"},
        "disclosures": [{"indicator": "violence-now", "words": "He hit me."}],
    }
    assert desk.app.transfers.receive(desk.handler, json.dumps(second)) == incident
    standing = desk.view(incident).standing_grade
    assert standing is not None
    assert standing.id == "I"
    assert "assault-suspect-free" in desk.codes(incident)


@pytest.mark.parametrize("role", [Role.SUSPECT, Role.WITNESS])
def test_who_rang_or_told_is_still_to_be_seen_whatever_else_she_is_called(desk: Desk, role: Role) -> None:
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1", "Adult 2"))
    desk.app.telling.name_party(desk.handler, incident, person(desk, incident, "Adult 1"), role)
    desk.app.progress.confirm(desk.handler, incident, *SEEN)
    for about in (None, person(desk, incident, "Adult 2")):
        desk.app.contacts.record(
            desk.handler, incident, Met(about, "seen", "document", "yes", "yes", "officer", "4123")
        )
    assert "assault-suspect-free" in desk.codes(incident)
    assert unseen(desk, incident) == ("Adult 1",)
    her = person(desk, incident, "Adult 1")
    desk.app.contacts.record(
        desk.handler, incident, Met(her, "seen", "document", "yes", "yes", "officer", "4123")
    )
    assert unseen(desk, incident) == ()


def test_who_rings_next_does_not_stand_for_her_who_rang_before(desk: Desk) -> None:
    incident = desk.call(type="domestic-abuse", number="07700900123")
    desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1"))
    desk.app.telling.name_party(desk.handler, incident, person(desk, incident, "Adult 1"), Role.SUSPECT)
    desk.app.telling.name_party(desk.handler, incident, "Adult 7", Role.CALLER)
    assert unseen(desk, incident) == ("Adult 1", "Adult 7")


def test_the_suspect_seen_says_nothing_of_somebody_at_risk_whom_nobody_named(desk: Desk) -> None:
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He hits her.", "Adult 1", "Adult 2"))
    desk.app.telling.name_party(desk.handler, incident, person(desk, incident, "Adult 1"), Role.REPORTER)
    him = person(desk, incident, "Adult 2")
    desk.app.contacts.record(
        desk.handler, incident, Met(him, "seen", "document", "yes", "yes", "officer", "4123")
    )
    assert unseen(desk, incident) == ("the person at risk",)


def test_a_later_appointment_is_a_lowering_and_none_is_further_off_than_any_grade_allows(desk: Desk) -> None:
    appoint, now = desk.app.endings.appoint, desk.clock.now()
    incident = desk.call(type="theft")
    assert desk.app.incidents.grade(desk.handler, incident, "P").accepted
    for grade in ("", "P"):
        with pytest.raises(BadInput, match="further off than any grade allows"):
            appoint(desk.handler, incident, now + timedelta(days=400), "She asked.", grade)
    assert appoint(desk.handler, incident, now + timedelta(hours=12), "She asked.").accepted
    for grade in ("", "P"):
        later = appoint(desk.handler, incident, now + timedelta(hours=30), grade=grade)
        assert not later.accepted
        assert [n.code for n in later.needs] == ["reason"]
    assert appoint(desk.handler, incident, now + timedelta(hours=6)).accepted
    assert not appoint(desk.handler, incident, now + timedelta(hours=12)).accepted
    assert appoint(desk.handler, incident, now + timedelta(hours=12), "She asked again.").accepted


def test_a_transfer_acknowledged_without_a_grade_leaves_asking_for_it_open(desk: Desk, assault: int) -> None:
    def waits() -> list[str]:
        return [t.code for t in desk.view(assault).picture.tasks if not t.done and "transfer" in t.code]

    for grade, left in (("Immediate", []), ("", ["transfer-grade"])):
        desk.app.transfers.send(desk.handler, assault, "Force B", "She is there.")
        sent = desk.view(assault).picture.transfers[-1].id
        desk.app.transfers.acknowledge(desk.handler, assault, sent, "Handler 31", "", grade)
        assert waits() == left


def test_somebody_held_says_nothing_of_a_suspect_whom_nobody_named(desk: Desk) -> None:
    incident = desk.call(name="Adult 5", type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me.", "Adult 5", "", "Adult 5")
    )
    held = ("suspect-detained", "custody-officer", "custody-record")
    for about in ("", "Adult 9"):
        desk.app.progress.confirm(desk.handler, incident, *held, about)
        assert "assault-suspect-free" in desk.codes(incident)
    desk.app.telling.name_party(desk.handler, incident, "Adult 9", Role.SUSPECT)
    desk.app.progress.confirm(desk.handler, incident, *held, person(desk, incident, "Adult 9"))
    assert "assault-suspect-free" not in desk.codes(incident)


@pytest.mark.parametrize("who", ["he says", "The suspect", "The suspect, his solicitor told him", "a friend"])
def test_an_end_counts_as_checked_only_from_the_court_a_solicitor_or_a_document_seen(
    desk: Desk, who: str
) -> None:
    orders, handler = desk.app.orders, desk.handler
    incident = desk.call(name="Adult 1", type="domestic-abuse")
    orders.declare(handler, incident, "nmo", "Adult 1", "Adult 2")
    past, ahead = desk.clock.now() - timedelta(days=1), desk.clock.now() + timedelta(days=9)
    for fact, at, until in (
        ("discharged", None, None),
        ("dismissed", None, None),
        ("expired", None, None),
        ("main_decided", None, None),
        ("expiry", None, past),
        ("extended", None, past),
        ("made", ahead, None),
    ):
        with pytest.raises(BadInput, match="only from the court, a solicitor or a document seen"):
            orders.learn(handler, incident, "nmo", fact, who, verified=True, at=at, until=until)
        orders.learn(handler, incident, "nmo", fact, who, at=at, until=until)
    with pytest.raises(BadInput, match="a document seen"):
        orders.check(handler, incident, "nmo", Checked(who, until=past))
    (shown,) = desk.view(incident).orders
    assert shown.standing.live_for_risk


@pytest.mark.parametrize(
    "who", ["The court", "Her solicitor", "Invented Street Family Court", "A copy, seen"]
)
def test_an_end_from_the_court_a_solicitor_or_a_document_ends_it(desk: Desk, who: str) -> None:
    incident = desk.call(name="Adult 1", type="domestic-abuse")
    desk.app.orders.declare(desk.handler, incident, "nmo", "Adult 1", "Adult 2")
    desk.app.orders.learn(desk.handler, incident, "nmo", "discharged", who, verified=True)
    (shown,) = desk.view(incident).orders
    assert not shown.standing.live_for_risk
