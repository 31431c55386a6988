"""Where she is: what the network gives is kept beside what is said, and a place is chosen, never taken."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from callhandler.errors import BadInput
from callhandler.model.location import FixKind, Located, PlaceBasis, Point
from callhandler.policy.words_course import Doubt
from callhandler.services.calls import CallIn
from callhandler.store.unit_of_work import reading

FLAT = "Flat 4, 12 Brackenfoil Street, Solihull"
CAFE = "9 Foxmarigold Square, Birmingham"
NUMBER = "07700 900177"


def aml(lat: float = 52.4130, radius: int = 30, **more: object) -> Located:
    return Located(FixKind.AML, Point(lat, -1.7780), radius, **more)  # type: ignore[arg-type]


def doubts(desk, incident: int) -> set[Doubt]:
    return {f.doubt for f in desk.app.desk.view(desk.handler, incident).where.findings}


def ring(desk, place: str = FLAT, **more: object) -> int:
    call = CallIn(number=NUMBER, name="Adult 9", place=place, place_said=False, **more)  # type: ignore[arg-type]
    return desk.app.calls.take(desk.handler, call).incident_id


def test_what_the_network_gave_is_kept_with_the_call(desk) -> None:
    at = desk.app.office.clock.now() - timedelta(minutes=1)
    incident = ring(desk, located=aml(at=at, address=FLAT))
    fix = desk.app.desk.view(desk.handler, incident).picture.fixes[0]
    assert fix.located == aml(at=at, address=FLAT)
    assert fix.call_id is not None
    assert doubts(desk, incident) == {Doubt.NOT_SAID}


def test_a_place_that_nobody_said_moves_no_live_incident(desk) -> None:
    incident = ring(desk)
    again = ring(desk, CAFE, located=Located(FixKind.INSTALLATION, address=CAFE))
    assert again == incident
    view = desk.app.desk.view(desk.handler, incident)
    assert view.where.place.address == FLAT, "neither overwrites the other"
    assert view.picture.moves == ()
    assert Doubt.ADDRESS_DIFFERS in doubts(desk, incident)
    assert CAFE in {c.label for c in view.where.candidates}


def test_chosen_with_her_word_it_is_settled_and_the_place_learns_where_it_lies(desk) -> None:
    incident = ring(desk, located=aml())
    place = desk.app.desk.view(desk.handler, incident).where.place
    desk.app.whereabouts.choose(desk.handler, incident, f"place:{place.id}", PlaceBasis.THERE)
    assert doubts(desk, incident) == set()
    desk.app.whereabouts.located(desk.handler, incident, aml(52.4330))
    view = desk.app.desk.view(desk.handler, incident)
    assert "2.2 km" in next(f.words for f in view.where.findings if f.doubt is Doubt.FAR_APART)


def test_somebody_who_rings_from_elsewhere_teaches_no_point(desk) -> None:
    incident = ring(desk, located=aml())
    place = desk.app.desk.view(desk.handler, incident).where.place
    desk.app.whereabouts.choose(desk.handler, incident, f"place:{place.id}", PlaceBasis.ABOUT)
    assert desk.app.desk.view(desk.handler, incident).picture.place_points == ()
    assert doubts(desk, incident) == set()


def test_assumed_moves_it_and_leaves_every_doubt(desk) -> None:
    incident = ring(desk, located=Located(FixKind.INSTALLATION, address=CAFE))
    fix = desk.app.desk.view(desk.handler, incident).picture.fixes[0]
    desk.app.whereabouts.choose(desk.handler, incident, f"fix:{fix.id}", PlaceBasis.ASSUMED)
    view = desk.app.desk.view(desk.handler, incident)
    assert view.where.place.address == CAFE
    assert doubts(desk, incident) == {Doubt.NOT_SAID}
    assert view.picture.log[-1].text == f"Place assumed, nobody said it: {CAFE}."


def test_two_places_of_one_name_are_said_to_be_two(desk) -> None:
    from callhandler.services import naming
    from callhandler.services.office import work

    with work(desk.app.office) as w:
        naming.place(w, "Mill Lane, Solihull")
        naming.place(w, "Mill Lane, Birmingham")
    call = CallIn(number=NUMBER, name="Adult 9", place="Mill Lane")
    incident = desk.app.calls.take(desk.handler, call).incident_id
    view = desk.app.desk.view(desk.handler, incident)
    assert doubts(desk, incident) == {Doubt.TWO_OF_ONE_NAME}
    other = next(c for c in view.where.candidates if c.label == "Mill Lane, Birmingham")
    desk.app.whereabouts.choose(desk.handler, incident, other.key, PlaceBasis.THERE)
    assert doubts(desk, incident) == set()
    assert desk.app.desk.view(desk.handler, incident).where.place.address == "Mill Lane, Birmingham"


@pytest.mark.parametrize("key", ["", "place:9999", "fix:9999"])
def test_what_was_not_offered_is_refused(desk, key: str) -> None:
    incident = ring(desk, located=aml())
    with pytest.raises(BadInput, match="Choose one of the places offered"):
        desk.app.whereabouts.choose(desk.handler, incident, key, PlaceBasis.THERE)


def test_a_location_without_point_or_address_is_refused(desk) -> None:
    incident = ring(desk)
    with pytest.raises(BadInput, match="needs a point, or an address"):
        desk.app.whereabouts.located(desk.handler, incident, Located(FixKind.CELL))


# --- taken from the search -------------------------------------------------------------------


def place_of(desk, incident: int) -> int:
    return desk.app.desk.view(desk.handler, incident).where.place.id


def test_a_place_that_was_found_is_taken_as_one_that_was_typed(desk) -> None:
    cafe = place_of(desk, ring(desk, CAFE))
    desk.later(3 * 24 * 60)
    incident = ring(desk, FLAT)
    desk.app.whereabouts.take(desk.handler, incident, cafe)
    picture = desk.app.desk.view(desk.handler, incident).picture
    assert [(m.place_id, m.kind) for m in picture.moves] == [(cafe, "at")]
    assert "is now at 9 Foxmarigold Square" in picture.log[-1].text
    with reading(desk.app.office.engine) as connection:
        opened = (
            "SELECT place_id FROM consultation WHERE what = 'history of the place' AND incident_id = :here"
        )
        assert cafe in connection.execute(text(opened), {"here": incident}).scalars().all()
    flat = picture.incident.place_id
    desk.app.whereabouts.take(desk.handler, incident, flat, "going_to")
    assert [m.kind for m in desk.app.desk.view(desk.handler, incident).picture.moves] == ["at", "going_to"]


def test_which_flat_and_whether_she_said_it_are_still_asked_of_a_place_that_was_found(desk) -> None:
    building = place_of(desk, ring(desk, "12 Brackenfoil Street, Solihull"))
    desk.later(3 * 24 * 60)
    incident = desk.app.calls.take(desk.handler, CallIn(number="07700 900178", place=CAFE)).incident_id
    desk.app.whereabouts.located(desk.handler, incident, aml(address=FLAT))
    desk.app.whereabouts.take(desk.handler, incident, building)
    view = desk.app.desk.view(desk.handler, incident)
    assert view.where.place.id == building
    assert {Doubt.FLAT_MISSING, Doubt.NOT_SAID} <= doubts(desk, incident)


def test_a_place_she_is_at_or_that_is_none_is_not_taken(desk) -> None:
    incident = ring(desk)
    here = place_of(desk, incident)
    with pytest.raises(BadInput, match="already"):
        desk.app.whereabouts.take(desk.handler, incident, here)
    with pytest.raises(BadInput, match="no place of this record"):
        desk.app.whereabouts.take(desk.handler, incident, 10**9)
    desk.app.whereabouts.take(desk.handler, incident, here, "going_to")
    with pytest.raises(BadInput, match="already"):
        desk.app.whereabouts.take(desk.handler, incident, here, "going_to")
