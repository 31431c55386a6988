"""Who rings is accepted to be somebody on record: read as her at once, under a record of its own, and parted again whole."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import SameAs
from callhandler.model.when import LONDON
from callhandler.rules import history
from callhandler.services.calls import CallIn, Taken
from callhandler.services.door import Outcome
from callhandler.services.reviews.moment import moment_of
from callhandler.services.telling import Told
from callhandler.store import keys, pictures, verify
from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk

HERS, OTHERS = "07700 900333", "07700 900444"


def on_record(
    desk: Desk, name: str = "Katarzyna Nowak", *, number: str = HERS, order: bool = True
) -> tuple[int, int]:
    """An earlier incident of somebody, with an order that protects her: the incident and her record."""
    incident = desk.call(name, place=f"Home of {name}", type="domestic-abuse", number=number, join="no")
    (her,) = desk.view(incident).records.with_role(Role.CALLER)
    if order:
        desk.app.orders.declare(desk.handler, incident, "nmo", her, f"The respondent of {name}")
    desk.later(60 * 24 * 30)
    return incident, her


def accept(desk: Desk, person: int, name: str = "Kasia Novak", number: str = OTHERS, **more: object) -> Taken:
    call = CallIn(name=name, number=number, person=person, join="no", why="Kasia is a form of Katarzyna")
    return desk.app.calls.take(desk.handler, replace(call, **more))  # type: ignore[arg-type]


def newest(desk: Desk, incident: int) -> SameAs:
    return desk.view(incident).records.sameness[-1]


def known_of(desk: Desk, person: int) -> object:
    """What is on record of a person by herself: her names, her date of birth, and which numbers say that she used them."""
    with reading(desk.app.office.engine) as connection:
        used = text("SELECT number_id FROM number_tie WHERE person_id = :p ORDER BY id")
        return keys.names_of(connection, [person]), connection.execute(used, {"p": person}).scalars().all()


def test_accepting_makes_a_record_of_its_own_and_a_judgement_and_leaves_hers_alone(desk: Desk) -> None:
    there, her = on_record(desk)
    before = known_of(desk, her)
    taken = accept(desk, her, born="4 May 1990", heard=("suspect-present",))
    assert (taken.taken_to_be, taken.apart) == ("Katarzyna Nowak", "")
    view = desk.view(taken.incident_id)
    judged = newest(desk, taken.incident_id)
    (caller,) = view.picture.with_role(Role.CALLER)
    assert {judged.a, judged.b} == {her, caller} and caller != her
    assert judged.reason == "Accepted on the call: Kasia is a form of Katarzyna"
    assert known_of(desk, her) == before, "nothing was written on hers"
    # Read as one at once: the picture, the rules, the names.
    assert [i.id for i in view.picture.linked] == [there]
    assert "order-breach-now" in desk.codes(taken.incident_id)
    assert history.read(view.picture, desk.app.policy).at_risk == {caller}
    person = view.picture.person(caller)
    assert person is not None and (person.name, person.also) == ("Katarzyna Nowak", ("Kasia Novak",))
    log = [e.text for e in view.picture.log]
    assert "The caller is taken to be Katarzyna Nowak. Kasia Novak was told." in log
    assert any(
        line.startswith(
            f"Judged to be the same: Katarzyna Nowak (record {her}) and Kasia Novak (record {caller})"
        )
        for line in log
    )
    assert desk.app.custody.prove().findings == ()


def test_by_the_number_alone_the_record_says_which_and_she_is_called_by_her_name(desk: Desk) -> None:
    _, her = on_record(desk)
    on_record(desk, "Jan Nowak")
    taken = accept(desk, her, name="", number=HERS, why="one of 2 who use it")
    view = desk.view(taken.incident_id)
    (caller,) = view.picture.with_role(Role.CALLER)
    assert view.picture.name_of(caller) == "Katarzyna Nowak"
    assert view.records.name_of(caller) == "Caller from 07700 900 333"
    who = desk.app.calls.who(desk.handler, CallIn(number=HERS))
    assert [who.names[c.id] for c in who.candidates] == ["Katarzyna Nowak", "Jan Nowak"]


def test_ringing_again_by_the_same_words_keeps_the_record_and_the_judgement(desk: Desk) -> None:
    _, her = on_record(desk)
    first = accept(desk, her)
    again = accept(desk, her, join="own")
    assert again.incident_id == first.incident_id
    view = desk.view(first.incident_id)
    assert len(view.records.with_role(Role.CALLER)) == 1 and len(view.records.sameness) == 1
    other = accept(desk, her, name="Kate Nowak", join="own")
    view = desk.view(other.incident_id)
    assert len(view.records.with_role(Role.CALLER)) == 2 and len(view.picture.with_role(Role.CALLER)) == 1


def test_whoever_is_named_by_her_record_is_called_by_her_name_in_the_log(desk: Desk) -> None:
    _, her = on_record(desk, order=False)
    here = desk.call("Adult 9", place="A cafe", type="asb", number=OTHERS, join="no")
    desk.app.telling.name_party(desk.handler, here, her, Role.WITNESS)
    assert [e.text for e in desk.view(here).picture.log][-1] == "Katarzyna Nowak: witness."


def test_a_call_is_recorded_also_where_the_two_cannot_be_read_as_one(desk: Desk) -> None:
    there = desk.call("Adult 1", place="Flat 1", type="domestic-abuse", number=HERS)
    desk.app.telling.name_party(desk.handler, there, "The suspect", Role.SUSPECT)
    (him,) = desk.view(there).records.with_role(Role.SUSPECT)
    her = desk.view(there).records.with_role(Role.CALLER)[0]
    taken = desk.app.calls.take(desk.handler, CallIn(name="Adult 1", person=him, number=HERS, join="yes"))
    assert taken.taken_to_be == "The suspect"
    view = desk.view(taken.incident_id)
    assert him in view.records.with_role(Role.SUSPECT)
    assert her in history.read(view.picture, desk.app.policy).at_risk
    assert "would no longer be read as at risk" in taken.apart
    assert f"Not judged to be the same. {taken.apart}" in [e.text for e in view.picture.log]
    assert not view.picture.clusters


def undo(desk: Desk, supervisor: Actor, incident: int, judged: SameAs) -> bool:
    """Undo by its door, with whatever that needs; whether anything stood before it."""
    outcome = desk.app.judgements.undo(desk.handler, incident, judged.id, "Another woman.")
    assert isinstance(outcome, Outcome)
    if outcome.accepted:
        return False
    grades = [d.grade for d in desk.view(incident).picture.decisions]
    request = outcome.request_id
    assert request is not None and len(desk.view(incident).picture.clusters) == 1
    answers = [
        RationaleAnswer(
            n.warning, "She gave another date of birth at the door", "custody-officer", "custody-record"
        )
        for n in outcome.needs
        if n.warning
    ]
    ground = desk.app.policy.gates.grounds[0].id
    given_ = desk.app.incidents.give_rationale(desk.handler, incident, request, ground, "Another.", answers)
    if not given_.accepted:
        done = desk.app.incidents.agree(supervisor, incident, request, Verdict.AGREE, "I read both.")
        assert done.accepted, done.needs
    assert [d.grade for d in desk.view(incident).picture.decisions] == grades, "no grade moved"
    return True


def test_undoing_says_beforehand_what_it_takes_away_and_goes_through_the_guard(desk: Desk) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    there, her = on_record(desk)
    taken = accept(desk, her, heard=("suspect-present",))
    desk.app.incidents.grade(desk.handler, taken.incident_id, "I")
    judged = newest(desk, taken.incident_id)
    found = desk.app.judgements.parting(desk.handler, taken.incident_id, judged.id)
    assert [i.id for i in found.incidents] == [there]
    assert "order-breach-now" in {w.code for w in found.ruling.lost} and found.ruling.needs
    assert newest(desk, taken.incident_id) == judged, "asking writes nothing"
    assert undo(desk, supervisor, taken.incident_id, judged)
    view = desk.view(taken.incident_id)
    assert [p.name for p in view.picture.people] == ["Kasia Novak"] and not view.picture.linked
    assert view.standing_grade is not None and view.standing_grade.id == "I"
    assert "order-breach-now" in desk.codes(taken.incident_id), "what stood stays until it is settled"
    at = newest(desk, taken.incident_id).at.astimezone(LONDON)
    told = f"Raised while Katarzyna Nowak was taken to be the caller; undone at {at:%H:%M}"
    assert view.stands_since["order-breach-now"] == told
    # What her own words raise is hers, and what was raised afterwards is not of that time.
    desk.later(60 * 24)
    desk.app.telling.tell(desk.handler, taken.incident_id, Told("weapon-seen", "A knife.", "Kasia Novak"))
    later = desk.view(taken.incident_id)
    assert set(later.stands_since) <= {w.code for w in later.assessment.standing if w.latched}
    assert later.stands_since["order-breach-now"].endswith(f"; undone {at.day} {at:%b} at {at:%H:%M}")
    assert desk.app.custody.prove().findings == ()


def test_another_open_incident_of_hers_is_judged_anew_and_its_log_says_why_both_ways(desk: Desk) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    _, her = on_record(desk)
    first = accept(desk, her, place="Flat 1", heard=("suspect-present",)).incident_id
    desk.app.incidents.grade(desk.handler, first, "I")
    desk.later(5)
    second = accept(desk, her, name="Kate Nowak", number="07700 900555", place="Flat 2").incident_id
    assert second in {i.id for i in desk.view(first).picture.linked}
    assert "Kate Nowak" in desk.view(first).picture.log[-1].text
    warned, floor = desk.codes(first), desk.view(first).assessment.floor_rank
    undo(desk, supervisor, second, newest(desk, second))
    view = desk.view(first)
    assert second not in {i.id for i in view.picture.linked}
    assert (
        view.picture.log[-1].text.startswith("No longer judged:")
        and "Another woman." in view.picture.log[-1].text
    )
    assert warned <= desk.codes(first) and view.assessment.floor_rank <= floor
    assert view.standing_grade is not None and view.standing_grade.id == "I"
    assert desk.app.custody.prove().findings == ()


def test_a_review_shows_each_moment_as_it_was_seen_then_and_proves_it_whole(desk: Desk) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    _, her = on_record(desk)
    here = accept(desk, her, heard=("suspect-present",)).incident_id
    desk.later(1)
    undo(desk, supervisor, here, newest(desk, here))
    seen = []
    with reading(desk.app.office.engine) as connection:
        for recorded in verify.assessments(connection):
            if recorded.incident_id == here:
                moment = moment_of(desk.app.office, connection, recorded, desk.handler.user_id)
                picture = moment.view.picture
                caller = picture.person(picture.with_role(Role.CALLER)[0])
                assert (
                    caller is not None and not moment.proof.faults and moment.proof.rows == moment.proof.held
                )
                seen.append((caller.name, caller.also, len(picture.linked)))
    two, one = ("Kasia Novak", (), 0), ("Katarzyna Nowak", ("Kasia Novak",), 1)
    assert list(dict.fromkeys(seen)) == [two, one] and seen[0] == seen[-1] == two


# --- accepting, then undoing, leaves everything as it was ------------------------------------

TOLD = ("Kasia Novak", "Katarzyna Nowak", "Katazyna Nowak", "")
_JOURNAL = ("log", "sameness", "standing_warnings", "authorities", "requests", "reviews")
"""What the acts themselves leave in the journal."""
_numbered = count(1)


def apart_from_the_journal(picture: Picture) -> Picture:
    return replace(picture, upto=0, **{name: () for name in _JOURNAL})


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.sampled_from(TOLD),
    met_again=st.booleans(),
    shared=st.booleans(),
    born=st.sampled_from(("", "4 May 1990")),
    order=st.booleans(),
)
def test_accepting_then_undoing_leaves_every_picture_as_it_was(
    both: tuple[Desk, Actor], told: str, met_again: bool, shared: bool, born: str, order: bool
) -> None:
    desk, supervisor = both
    n = next(_numbered)
    hers, others = f"07700 900{n:03d}", f"07700 901{n:03d}"
    there, her = on_record(desk, f"Katarzyna Nowak {n}", number=hers, order=order)
    # Somebody else rang about it before: what she told is there whoever this caller is.
    desk.call("", place=f"Flat {n}", type="domestic-abuse", heard=("suspect-present",) if met_again else ())
    before = known_of(desk, her)
    name, number = f"{told} {n}" if told else "", hers if shared else others
    taken = desk.app.calls.take(
        desk.handler, CallIn(name=name, number=number, born=born, person=her, place=f"Flat {n}", join="yes")
    )
    judged = newest(desk, taken.incident_id)
    assert {i.id for i in desk.view(taken.incident_id).picture.linked} >= {there}
    undo(desk, supervisor, taken.incident_id, judged)

    with reading(desk.app.office.engine) as connection:

        def at(incident: int, upto: int | None) -> Picture:
            return apart_from_the_journal(pictures.of_incident(connection, incident, desk.clock.now(), upto))

        for incident in (there, taken.incident_id):
            assert at(incident, None) == at(incident, judged.id - 1)
    assert known_of(desk, her) == before


@pytest.fixture
def both(desk: Desk) -> tuple[Desk, Actor]:
    """A desk with a supervisor signed in beside the handler."""
    return desk, desk.sign_in("supervisor", Right.SUPERVISOR)
