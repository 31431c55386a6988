"""What is said and what the network gives, compared: far, near, wide, old, another flat, two of one name; never decided."""

import pytest

from callhandler.model.facts import Reply
from callhandler.model.location import FixKind, Point
from callhandler.model.people import Place
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.policy.words_course import Doubt
from callhandler.rules import history
from callhandler.rules.location import Whereabouts, metres, where
from callhandler.rules.match import match
from tests.unit.pictures import ELSEWHERE, HOME, Build, at

HERE_LAT, HERE_LON = 52.4130, -1.7780
NORTH_1KM = HERE_LAT + 0.0090


def whereabouts(b: Build, policy: Policy, minutes: float = 1) -> Whereabouts:
    return where(history.read(b.picture(minutes), policy), policy.scheme.locating)


def doubts(b: Build, policy: Policy) -> set[Doubt]:
    return {f.doubt for f in whereabouts(b, policy).findings}


def near(b: Build, lat: float = HERE_LAT, radius: int | None = 30, **more: object) -> Build:
    b.fix(point=Point(lat, HERE_LON), radius_m=radius, at=at(0), **more)
    return b


def test_a_degree_is_as_long_as_it_is() -> None:
    assert Point(52, 0).metres_to(Point(53, 0)) == pytest.approx(111_195, rel=0.001)
    assert Point(52, 0).metres_to(Point(52, 1)) == pytest.approx(68_460, rel=0.001)
    assert Point(52, 0).metres_to(Point(52, 0)) == 0


def test_without_anything_from_the_network_nothing_is_in_doubt(policy: Policy) -> None:
    assert doubts(Build().people(), policy) == set()


def test_no_place_is_said_to_be_none(policy: Policy) -> None:
    assert doubts(Build(place=None).people(), policy) == {Doubt.NO_PLACE}


def test_near_is_no_doubt_but_nobody_said_it_yet(policy: Policy) -> None:
    b = near(Build().people().lies(HOME, HERE_LAT, HERE_LON))
    assert doubts(b, policy) == {Doubt.NOT_SAID}


def test_far_is_told_with_distance_radius_time_and_source(policy: Policy) -> None:
    b = near(Build().people().lies(HOME, HERE_LAT, HERE_LON), NORTH_1KM)
    found = next(f for f in whereabouts(b, policy).findings if f.doubt is Doubt.FAR_APART)
    assert found.words == "The network has her 1.0 km from Her flat"
    assert found.evidence[0].line == "network: within 30 m, 20:00 (handset)"


@pytest.mark.parametrize(("radius", "far"), [(30, True), (700, True), (900, False), (5_000, False)])
def test_a_circle_that_holds_the_place_is_not_far(radius: int, far: bool, policy: Policy) -> None:
    b = near(Build().people().lies(HOME, HERE_LAT, HERE_LON), NORTH_1KM, radius)
    assert (Doubt.FAR_APART in doubts(b, policy)) is far


def test_a_wide_circle_and_an_old_fix_say_how_little_they_tell(policy: Policy) -> None:
    b = Build().people()
    b.fix(12, point=Point(HERE_LAT, HERE_LON), radius_m=2_400, at=at(0))
    said = {f.doubt: f.words for f in whereabouts(b, policy).findings}
    assert said[Doubt.WIDE].endswith("radius 2.4 km")
    assert "12 min old" in said[Doubt.OLD_FIX]
    assert Doubt.WIDE in doubts(near(Build().people(), radius=None), policy), "no radius is not a small one"


def test_a_place_whose_point_is_not_known_is_never_far(policy: Policy) -> None:
    assert Doubt.FAR_APART not in doubts(near(Build().people(), NORTH_1KM), policy)


@pytest.mark.parametrize(
    ("said", "given", "doubt"),
    [
        ("12 Brackenfoil Street", "Flat 4, 12 Brackenfoil Street", Doubt.FLAT_MISSING),
        ("Flat 3, 12 Brackenfoil Street", "Flat 4, 12 Brackenfoil Street", Doubt.ADDRESS_DIFFERS),
        ("12 Brackenfoil Street", "14 Brackenfoil Street", Doubt.ADDRESS_DIFFERS),
        ("12 Brackenfoil Street, B91 1AA", "12 Brackenfoil Street, B12 1AA", Doubt.ADDRESS_DIFFERS),
        ("12 Brackenfoil Street", "12 Foxmarigold Square", Doubt.ADDRESS_DIFFERS),
        ("Flat 4, 12 Brackenfoil Street, Solihull", "flat 4, 12 BRACKENFOIL STREET", None),
        ("12 Brackenfoil Street B91 1AA", "12 Brackenfoil Street", None),
    ],
)
def test_addresses_are_compared_part_by_part(
    said: str, given: str, doubt: Doubt | None, policy: Policy
) -> None:
    b = Build(place=30)
    b.add("places", Place(30, said.split(",", maxsplit=1)[0], said))
    b.fix(kind=FixKind.INSTALLATION, address=given)
    assert doubts(b, policy) - {Doubt.NOT_SAID} == ({doubt} if doubt else set())


def test_two_places_of_one_name_are_both_offered_and_neither_is_taken(policy: Policy) -> None:
    b = Build().people()
    b.add("namesakes", Place(40, "Her flat", "Mill Lane, Birmingham"))
    found = whereabouts(b, policy)
    assert [f.doubt for f in found.findings] == [Doubt.TWO_OF_ONE_NAME]
    assert "Mill Lane, Birmingham" in found.findings[0].words
    assert [c.key for c in found.candidates] == [f"place:{HOME}", "place:40"]


def test_places_within_the_circle_and_the_networks_address_are_offered(policy: Policy) -> None:
    b = Build().people().lies(HOME, HERE_LAT, HERE_LON).lies(ELSEWHERE, NORTH_1KM, HERE_LON)
    near(b, NORTH_1KM, address="9 Foxmarigold Square")
    fix = b.parts["fixes"][0]
    assert [c.key for c in whereabouts(b, policy).candidates] == [
        f"place:{HOME}",
        f"place:{ELSEWHERE}",
        f"fix:{fix.id}",
    ]


@pytest.mark.parametrize("reply", Reply)
def test_only_that_she_says_it_ends_that_she_did_not(reply: Reply, policy: Policy) -> None:
    b = near(Build().people())
    b.answer("address-said", reply)
    assert (Doubt.NOT_SAID in doubts(b, policy)) is (reply is not Reply.YES)


def test_saying_the_address_does_not_make_the_network_agree(policy: Policy) -> None:
    b = near(Build().people().lies(HOME, HERE_LAT, HERE_LON), NORTH_1KM)
    b.answer("address-said", Reply.YES)
    assert doubts(b, policy) == {Doubt.FAR_APART}
    b.answer("place-chosen", Reply.YES)
    assert doubts(b, policy) == set()


def test_a_newer_location_or_a_move_brings_the_doubt_back(policy: Policy) -> None:
    b = near(Build().people().lies(HOME, HERE_LAT, HERE_LON), NORTH_1KM)
    b.answer("place-chosen", Reply.YES)
    near(b, NORTH_1KM + 0.02)
    assert {Doubt.FAR_APART, Doubt.NOT_SAID} <= doubts(b, policy)
    b.answer("place-chosen", Reply.YES)
    b.move(ELSEWHERE)
    assert Doubt.NOT_SAID in doubts(b, policy)


def test_an_earlier_choice_settles_nothing_about_a_later_location(policy: Policy) -> None:
    b = Build().people().lies(HOME, HERE_LAT, HERE_LON)
    b.answer("place-chosen", Reply.YES)
    assert Doubt.FAR_APART in doubts(near(b, NORTH_1KM), policy)


def test_a_rule_may_ask_for_a_doubt_and_gets_its_words(policy: Policy) -> None:
    b = near(Build().people().lies(HOME, HERE_LAT, HERE_LON), NORTH_1KM)
    condition = Condition.model_validate({"location": {"doubts": ["far_apart"]}})
    found = match(condition, history.read(b.picture(1), policy))
    assert found is not None
    assert found.values["words"] == "The network has her 1.0 km from Her flat"
    assert found.evidence[0].kind == "network_fix"
    other = Condition.model_validate({"location": {"doubts": ["flat_missing"]}})
    assert match(other, history.read(b.picture(1), policy)) is None


def test_distances_are_said_as_people_say_them() -> None:
    assert [metres(d) for d in (None, 7.4, 640, 3_240)] == ["not known", "7 m", "640 m", "3.2 km"]
