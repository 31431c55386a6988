"""Taking calls: who joins what, whose place counts, and that what comes in never lowers anything."""

from dataclasses import replace

import pytest

from callhandler.errors import BadInput
from callhandler.model.facts import Stance
from callhandler.model.incident import CallOutcome, ResponseState
from callhandler.model.people import Role
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

HIS_NUMBER, HER_NUMBER = "07700 900777", "07700 900418"


@pytest.fixture
def assault(desk: Desk) -> int:
    """She rings from a cafe: he hit her."""
    incident = desk.call(place="The cafe", number=HER_NUMBER, type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    desk.app.incidents.grade(desk.handler, incident, "I")
    return incident


def test_she_rings_from_another_number_and_place_and_the_incident_goes_with_her(
    desk: Desk, assault: int
) -> None:
    desk.later(5)
    assert desk.call(place="Her flat", number="07700 900999") == assault
    assert desk.place(assault) == "Her flat"
    assert desk.view(assault).clocks.calls_in == 2


def test_he_rings_and_it_stays_where_she_is(desk: Desk, assault: int) -> None:
    desk.later(5)
    (him,) = desk.view(assault).picture.with_role(Role.SUSPECT)
    assert desk.call(name="", person=him, place="His shop", number=HIS_NUMBER) == assault
    assert desk.place(assault) == "The cafe"


def test_a_witness_rings_and_it_stays_where_she_is(desk: Desk, assault: int) -> None:
    desk.app.telling.name_party(desk.handler, assault, "A waiter", Role.WITNESS)
    desk.later(5)
    assert desk.call(name="A waiter", place="The street") == assault
    assert desk.place(assault) == "The cafe"


def test_somebody_new_at_the_same_place_is_offered_and_not_joined(desk: Desk, assault: int) -> None:
    desk.later(5)
    assert desk.call(name="Adult 9", place="The cafe") != assault


def test_the_handlers_key_joins_it_and_moves_nothing(desk: Desk, assault: int) -> None:
    desk.later(5)
    assert desk.call(name="A waiter", place="The cafe", join="yes") == assault
    assert desk.call(name="A waiter", place="The street", number=HER_NUMBER, join="yes") == assault
    assert "The suspect" in {p.name for p in desk.view(assault).picture.people}


def test_the_handlers_no_keeps_a_call_apart(desk: Desk, assault: int) -> None:
    desk.later(5)
    assert desk.call(place="Her flat", join="no") != assault


def test_a_call_a_day_later_is_an_incident_of_its_own(desk: Desk, assault: int) -> None:
    desk.later(25 * 60)
    assert desk.call(place="Her flat") != assault


def test_a_denial_is_a_further_disclosure_and_takes_nothing_back(desk: Desk, assault: int) -> None:
    before = desk.view(assault)
    desk.app.telling.tell(
        desk.handler,
        assault,
        Told("violence-now", "Nothing happened.", "The suspect", "Adult 1", stance=Stance.DENIED),
    )
    after = desk.view(assault)
    assert after.assessment.floor_rank == before.assessment.floor_rank
    assert {w.code for w in before.assessment.standing} <= desk.codes(assault)
    assert "denial-is-not-safety" in desk.codes(assault)


def test_she_who_is_accused_in_turn_does_not_become_the_suspect(desk: Desk, assault: int) -> None:
    desk.app.telling.tell(
        desk.handler,
        assault,
        Told("violence-now", "She hit me first.", "The suspect", "Adult 1", "The suspect"),
    )
    picture = desk.view(assault).picture
    suspects = {picture.name_of(p) for p in picture.with_role(Role.SUSPECT)}
    assert suspects == {"The suspect"}


def test_asking_to_cancel_lowers_nothing(desk: Desk, assault: int) -> None:
    desk.app.telling.tell(desk.handler, assault, Told("cancel-request", "Do not come any more.", "Adult 1"))
    view = desk.view(assault)
    assert view.standing_grade is not None
    assert (view.standing_grade.id, view.assessment.floor_rank) == ("I", 1)
    assert "cancel-not-consent" in desk.codes(assault)


def test_a_move_is_owed_an_acknowledgement_and_having_it_is_a_fact(desk: Desk, assault: int) -> None:
    desk.app.whereabouts.move(desk.handler, assault, to="Her flat", room="Second room")
    desk.later(3)
    desk.app.incidents.tick(assault)
    assert "move-unacknowledged" in desk.codes(assault)
    desk.app.whereabouts.acknowledge(desk.handler, assault, "Second room")
    assert "move-unacknowledged" not in desk.codes(assault)
    desk.later(10)
    desk.app.whereabouts.move(desk.handler, assault, to="The street", room="Third room")
    desk.later(3)
    assert "move-unacknowledged" in desk.codes(assault)


def test_nothing_to_acknowledge_is_said(desk: Desk, assault: int) -> None:
    with pytest.raises(BadInput, match="No move"):
        desk.app.whereabouts.acknowledge(desk.handler, assault, "Second room")


def test_a_silent_call_is_an_incident_and_no_more_where_nothing_is_known(desk: Desk) -> None:
    incident = desk.call(name="", number=HER_NUMBER, outcome=CallOutcome.SILENT)
    view = desk.view(incident)
    assert view.picture.incident is not None
    assert view.picture.incident.type == "silent-or-abandoned"
    assert not {w.tier for w in view.assessment.standing} & {"critical"}


def test_several_users_of_one_number_are_not_guessed(desk: Desk) -> None:
    first = desk.call(name="Adult 1", number=HER_NUMBER)
    second = desk.call(name="Adult 2", number=HER_NUMBER)
    third = desk.call(name="", number=HER_NUMBER)
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("grade", ["I", "P", "S", "R"])
def test_a_senders_lower_grade_does_not_lower_ours(grade: str, desk: Desk, assault: int) -> None:
    outcome = desk.app.incidents.receive(desk.handler, assault, "A neighbouring force", grade, "Passed on.")
    assert outcome.accepted
    standing = desk.view(assault).standing_grade
    assert standing is not None
    assert standing.id == "I"


def test_a_new_type_sheds_no_warning(desk: Desk, assault: int) -> None:
    before = desk.codes(assault)
    desk.app.corrections.retype(desk.handler, assault, "theft", "Taken down wrongly")
    assert before <= desk.codes(assault)


def test_a_slip_is_put_right_at_once_and_not_an_hour_later(desk: Desk) -> None:
    incident = desk.call(name="Adult 3", type="theft")
    assert desk.app.incidents.grade(desk.handler, incident, "P").accepted
    assert desk.app.incidents.grade(desk.handler, incident, "R").accepted
    assert desk.app.incidents.grade(desk.handler, incident, "P").accepted
    desk.later(30)
    late = desk.app.incidents.grade(desk.handler, incident, "R")
    assert not late.accepted
    assert [n.code for n in late.needs] == ["reason"]


def test_unresourced_keeps_the_grade(desk: Desk, assault: int) -> None:
    desk.app.progress.respond(desk.handler, assault, ResponseState.UNRESOURCED, note="All committed.")
    view = desk.view(assault)
    assert view.standing_grade is not None
    assert view.standing_grade.id == "I"
    assert any(t.code == "tell-caller" and not t.done for t in view.picture.tasks)


def test_a_misspelt_name_is_possible_joins_nothing_by_itself_and_one_acceptance_joins_it(
    desk: Desk, assault: int
) -> None:
    her = desk.call(name="Katarzyna Nowak", number="07700 900321")
    desk.later(5)
    told = CallIn(name="Kasia Nowack", number="07700 900654")
    (found,) = desk.app.calls.who(desk.handler, told).candidates
    assert not found.confirmed and "Kasia is a form of Katarzyna" in found.reasons
    assert desk.app.calls.offer(desk.handler, told) is None
    other = desk.call(name="Kasia Nowack", number="07700 900654")
    assert other != her
    # By the new spelling there is somebody now; the first stays possible, and is taken only when she is accepted.
    found = next(
        c for c in desk.app.calls.who(desk.handler, CallIn(name="Kasia Novak")).candidates if c.id == found.id
    )
    accepted = CallIn(name="Kasia Novak", person=found.id)
    offered = desk.app.calls.offer(desk.handler, accepted)
    assert offered is not None and offered.sure
    assert desk.app.calls.take(desk.handler, accepted).incident_id == her
    log = [e.text for e in desk.view(her).picture.log]
    assert "The caller is taken to be Katarzyna Nowak. Kasia Novak was told." in log
    assert desk.app.calls.who(desk.handler, CallIn(name="kasia NOVAK")).candidates[0].confirmed


def test_everybody_who_uses_a_number_is_shown_and_one_name_is_enough_among_them(desk: Desk) -> None:
    for name in ("Katarzyna Nowak", "Jan Nowak"):
        desk.call(name=name, number="07700 900321", join="no")
    shared = desk.app.calls.who(desk.handler, CallIn(number="07700900321"))
    assert [c.reasons for c in shared.candidates] == ["one of 2 who use it"] * 2
    assert set(shared.names.values()) == {"Katarzyna Nowak", "Jan Nowak"}
    (found,) = desk.app.calls.who(desk.handler, CallIn(number="07700900321", name="Kasia")).candidates
    assert "has used this number" in found.reasons and not found.confirmed
    assert not desk.app.calls.who(desk.handler, CallIn(name="Kasia")).candidates


def test_of_two_people_of_one_name_neither_is_taken_by_the_name(desk: Desk) -> None:
    first = desk.call(name="Joan Hill")
    desk.app.calls.take(desk.handler, CallIn(name="Jone Hill", join="no"))
    second = desk.app.calls.who(desk.handler, CallIn(name="Jone Hill")).candidates[0].id
    desk.call(name="Joan Hill", person=second, join="no")
    desk.later(5)
    assert desk.app.calls.offer(desk.handler, CallIn(name="Joan Hill")) is None
    assert desk.call(name="Joan Hill") != first


def test_nobody_of_that_record_is_said_so(desk: Desk) -> None:
    with pytest.raises(BadInput, match="nobody of this record"):
        desk.call(name="Joan Hill", person=999_999)


def test_of_two_places_of_one_name_neither_is_taken_until_the_handler_says_which(desk: Desk) -> None:
    for town in ("Dudley DY1 2AB", "Walsall WS1 1AA"):
        desk.call(name=f"Caller of {town[:6]}", place=f"9 Larkmoor Street, {town}", join="no")
        desk.later(5)
    told = CallIn(place="9 Larkmoor Street", join="no")
    found = desk.app.calls.where(desk.handler, told)
    assert len(found.candidates) == 2 and not any(c.confirmed for c in found.candidates)
    assert all("one of 2" in c.reasons for c in found.candidates)
    assert desk.app.calls.offer(desk.handler, replace(told, join="own")) is None
    dudley = found.candidates[0].id
    unsaid = desk.view(desk.app.calls.take(desk.handler, told).incident_id).picture.incident
    assert unsaid is not None and unsaid.place_id not in {c.id for c in found.candidates}
    said = desk.view(desk.app.calls.take(desk.handler, replace(told, place_id=dudley)).incident_id).picture
    assert said.incident is not None and dudley in said.records_of_place(said.incident.place_id)
    assert any(e.text.startswith("The place is taken to be") for e in said.log)


def test_a_date_of_birth_tells_two_of_one_name_apart_and_is_kept_as_told(desk: Desk) -> None:
    first = desk.call(name="Joan Hill", born="1 Feb 1980")
    desk.later(5)
    # Somebody of another date of birth is somebody else, and joins nothing of hers.
    assert desk.app.calls.offer(desk.handler, CallIn(name="Joan Hill", born="30.11.1955")) is None
    other = desk.call(name="Joan Hill", born="30.11.1955")
    assert other != first
    offered = desk.app.calls.offer(desk.handler, CallIn(name="Joan Hill", born="01/02/80"))
    assert offered is not None and offered.incident.id == first
    (hers, *_) = desk.app.calls.who(desk.handler, CallIn(name="Jone Hill", born="1980")).candidates
    assert "the date of birth agrees as far as it is known" in hers.reasons
    assert "Date of birth or age of the caller as told: 30.11.1955." in [
        e.text for e in desk.view(other).picture.log
    ]


def test_an_age_is_kept_as_the_years_it_may_mean_and_finds_her_by_a_name_she_has_no_longer(
    desk: Desk,
) -> None:
    desk.call(name="Martha Quill", number="07700 900123")
    desk.later(5)
    found = desk.app.calls.who(desk.handler, CallIn(number="07700 900123")).candidates[0].id
    year = desk.app.office.clock.now().year
    desk.call(name="Martha Quill", person=found, born="41")
    assert (
        desk.app.calls.who(desk.handler, CallIn(number="07700 900123"))
        .names[found]
        .endswith(f"born {year - 42} or {year - 41}")
    )
