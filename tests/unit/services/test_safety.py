"""Offers, plans and promises at a desk: recorded, shown, and never a way to a lower grade."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Right
from callhandler.model.safety import Alone, Ended, Offered
from callhandler.services.telling import Told
from tests.unit.conftest import Desk


def danger(desk: Desk) -> int:
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He slapped me."))
    desk.app.incidents.grade(desk.handler, incident, "Immediate")
    return incident


def test_a_station_is_offered_only_with_its_distance_way_in_and_who_meets_her(desk: Desk) -> None:
    incident = danger(desk)
    with pytest.raises(BadInput, match="Distance, way in and parking, who will meet her"):
        desk.app.safety.offer(desk.handler, incident, "station", Offered.OFFERED)
    details = "11 miles, no parking, front desk until 22:00, nobody meets her"
    desk.app.safety.offer(desk.handler, incident, "station", Offered.REFUSED, "Too far in the dark.", details)
    (offer,) = desk.view(incident).picture.offers
    assert (offer.code, offer.outcome, offer.details, offer.words) == (
        "station",
        Offered.REFUSED,
        details,
        "Too far in the dark.",
    )
    assert desk.view(incident).picture.log[-1].text == (
        f"An open police station: refused. {details}. Too far in the dark"
    )


def test_a_refusal_says_why(desk: Desk) -> None:
    incident = danger(desk)
    with pytest.raises(BadInput, match="reason"):
        desk.app.safety.offer(desk.handler, incident, "locked-car", Offered.REFUSED)
    with pytest.raises(BadInput, match="nothing of this kind"):
        desk.app.safety.offer(desk.handler, incident, "nowhere", Offered.OFFERED)
    assert desk.view(incident).picture.offers == ()


def test_a_plan_says_what_with_whom_alone_or_not_until_when(desk: Desk) -> None:
    incident = danger(desk)
    desk.app.safety.plan(
        desk.handler, incident, "45 min", "In the locked car outside.", "Adult 1", Alone.UNKNOWN
    )
    (plan,) = desk.view(incident).picture.plans
    assert (plan.agreed, plan.with_whom, plan.alone) == (
        "In the locked car outside.",
        "Adult 1",
        Alone.UNKNOWN,
    )
    assert (plan.until - plan.at).total_seconds() == 45 * 60
    assert "not asked" in desk.view(incident).picture.log[-1].text


@pytest.mark.parametrize("until", ["", "soon", "0 min", "25:00", "99999"])
def test_a_time_that_is_none_is_refused_with_how_to_write_it(desk: Desk, until: str) -> None:
    incident = danger(desk)
    with pytest.raises(BadInput) as refused:
        desk.app.safety.plan(desk.handler, incident, until, "In the car.", "Adult 1", Alone.YES)
    assert "Write it like" in refused.value.sentence or "ahead" in refused.value.sentence
    assert desk.view(incident).picture.plans == ()


def test_a_promise_takes_its_time_from_its_words(desk: Desk) -> None:
    incident = danger(desk)
    desk.app.safety.promise(desk.handler, incident, "Officers within the hour")
    (promise,) = desk.view(incident).picture.promises
    assert (promise.until - promise.at).total_seconds() == 3600
    desk.app.safety.end_promise(
        desk.handler, incident, promise.id, Ended.CHANGED, "Rang: not before midnight, and why."
    )
    (promise,) = desk.view(incident).picture.promises
    assert promise.ended is Ended.CHANGED
    with pytest.raises(BadInput, match="not running"):
        desk.app.safety.end_promise(desk.handler, incident, promise.id, Ended.KEPT, "again")


def test_who_may_only_review_records_nothing(desk: Desk) -> None:
    incident = danger(desk)
    reviewer = desk.sign_in("reviewer", Right.REVIEWER)
    with pytest.raises(NotAllowed):
        desk.app.safety.promise(reviewer, incident, "Officers within the hour")


acts = st.lists(st.sampled_from(["plan", "promise", "kept", "offer", "refuse"]), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_nothing_of_this_lowers_a_floor_settles_a_warning_or_moves_a_grade(
    desk: Desk, order: list[str]
) -> None:
    incident = danger(desk)
    before = desk.view(incident)
    for act in order:
        safety, me = desk.app.safety, desk.handler
        if act == "plan":
            safety.plan(me, incident, "30 min", "At her mother's; the door is locked.", "Adult 1", Alone.YES)
        elif act == "promise":
            safety.promise(me, incident, "Officers within the hour")
        elif act == "kept":
            for promise in desk.view(incident).picture.promises:
                if promise.ended is None:
                    safety.end_promise(me, incident, promise.id, Ended.KEPT, "They are there.")
        else:
            outcome = Offered.ACCEPTED if act == "offer" else Offered.REFUSED
            safety.offer(me, incident, "locked-car", outcome, "Her words.")
    after = desk.view(incident)
    assert after.assessment.floor_rank <= before.assessment.floor_rank
    assert {w.code for w in before.assessment.standing} <= {w.code for w in after.assessment.standing}
    assert after.standing_grade == before.standing_grade
