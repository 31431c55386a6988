"""Whoever is taken by a name or a number alone may be somebody else: said before the call is recorded, or after."""

from dataclasses import replace

import pytest

from callhandler.model.people import Role
from callhandler.services.calls import CallIn
from tests.unit.conftest import Desk

NUMBER = "07700 900555"


@pytest.fixture
def known(desk: Desk) -> tuple[int, int]:
    """The only bearer of a name and a number, with an order: her incident and her record."""
    incident = desk.call("Katarzyna Nowak", place="Flat 1", type="domestic-abuse", number=NUMBER)
    (her,) = desk.view(incident).records.with_role(Role.CALLER)
    desk.app.orders.declare(desk.handler, incident, "nmo", her, "The respondent")
    desk.later(60 * 24 * 30)
    return incident, her


@pytest.mark.parametrize(
    ("told", "by_what"),
    [
        (CallIn(number=NUMBER), "the only one known to use this number"),
        (CallIn(name="Katarzyna Nowak"), "the only one known by this name"),
    ],
)
def test_before_it_is_recorded(desk: Desk, known: tuple[int, int], told: CallIn, by_what: str) -> None:
    _, her = known
    who = desk.app.calls.who(desk.handler, told)
    assert (who.by_itself, who.by_what, who.names[her]) == (her, by_what, "Katarzyna Nowak")
    taken = desk.app.calls.take(desk.handler, replace(told, somebody_else=True, join="no"))
    view = desk.view(taken.incident_id)
    (caller,) = view.picture.with_role(Role.CALLER)
    assert caller != her and not view.orders
    assert [e.text for e in view.picture.log] == ["The caller is not Katarzyna Nowak, says Handler 12."]
    # What leads there by the number is only possible from now on, and neither is taken by itself again.
    assert {r.via.value for reasons in view.links.values() for r in reasons} <= {"number"}
    assert desk.app.calls.who(desk.handler, told).by_itself is None
    assert desk.app.custody.prove().findings == ()


def test_of_two_who_share_the_number_the_name_tells_and_of_two_by_the_number_none_is_taken(
    desk: Desk, known: tuple[int, int]
) -> None:
    desk.call("Jan Nowak", number=NUMBER, join="no")
    assert desk.app.calls.who(desk.handler, CallIn(number=NUMBER)).by_itself is None
    by_name = desk.app.calls.who(desk.handler, CallIn(number=NUMBER, name="Katarzyna Nowak"))
    assert by_name.by_itself == known[1]
    assert desk.app.calls.who(desk.handler, CallIn(name="Nobody known")).by_itself is None


def test_after_it_her_call_goes_on_in_an_incident_of_its_own_and_nothing_is_lowered(
    desk: Desk, known: tuple[int, int]
) -> None:
    _, her = known
    told = CallIn(number=NUMBER, heard=("suspect-present",), join="no")
    taken = desk.app.calls.take(desk.handler, told)
    first = desk.view(taken.incident_id)
    assert first.picture.with_role(Role.CALLER) == (her,) and "order-breach-now" in desk.codes(
        taken.incident_id
    )
    again = replace(told, name="Anna Lis", somebody_else=True, instead_of=taken.incident_id)
    other = desk.app.calls.take(desk.handler, again)
    view = desk.view(other.incident_id)
    assert other.incident_id != taken.incident_id and not view.orders
    assert [p.name for p in view.picture.people if p.id in view.picture.with_role(Role.CALLER)] == [
        "Anna Lis"
    ]
    before = desk.view(taken.incident_id)
    assert before.assessment.floor_rank == first.assessment.floor_rank
    assert {w.code for w in first.assessment.standing} <= desk.codes(taken.incident_id)
    reference = view.picture.incident.reference if view.picture.incident else ""
    assert before.picture.log[-1].text == (
        "The caller is not whom she was taken for here, says Handler 12. "
        f"Her call goes on in {reference}. What is known here stays."
    )
    closing = desk.app.incidents.close(desk.handler, taken.incident_id, "Taken for another.")
    assert not closing.accepted, "what stands there is not shed by the slip"
    assert desk.app.custody.prove().findings == ()
