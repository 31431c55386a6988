"""What a picture is linked to: through whom and what, how much of a hub, which records as one, and as of when."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from callhandler.model.picture import Cut, Link, Picture, Via
from callhandler.model.strength import Reason, Strength
from callhandler.rules import linked
from callhandler.store import tables
from callhandler.store.pictures import caps
from tests.store.linking_rows import Rows, rows_in
from tests.stores import NOW, Store

YESTERDAY, LAST_WEEK = NOW - timedelta(days=1), NOW - timedelta(days=7)


@pytest.fixture
def rows(shared_world: Store) -> Iterator[Rows]:
    with rows_in(shared_world) as found:
        yield found


def why(picture: Picture, incident: int) -> Reason:
    """The strongest reason of an incident."""
    return linked.reasons(picture)[incident][0]


# --- through whom and what -------------------------------------------------------------------


def test_a_relatives_own_incidents_are_possible_and_no_rule_reads_them(rows: Rows) -> None:
    her, mother = rows.person(), rows.person("Adult 2")
    rows.add(tables.person_tie, a=mother, b=her, relation="parent")
    theirs = rows.incident(rows.place("Own house"), (mother, "at_risk"))
    both = rows.incident(rows.place("A shop"), (mother, "witness"), (her, "at_risk"))
    picture = rows.picture(rows.incident(rows.place(), (her, "at_risk")))
    assert [i.id for i in picture.linked] == [both] and [i.id for i in picture.apart.incidents] == [theirs]
    assert theirs not in {p.incident_id for p in picture.parties}
    found = why(picture, theirs)
    assert (found.strength, found.words) == (Strength.POSSIBLE, "Adult 2, parent of Adult 1")
    assert [r.strength for r in linked.reasons(picture)[both]] == [Strength.CONFIRMED, Strength.POSSIBLE]


def test_whom_an_order_is_against_is_named_though_nothing_else_ties_him_to_her(rows: Rows) -> None:
    her, him = rows.person(), rows.person("He")
    rows.add(tables.civil_order, type="nmo", protected_id=her, respondent_id=him, source="import")
    picture = rows.picture(rows.incident(rows.place(), (her, "caller")))
    assert [picture.name_of(o.respondent_id) for o in picture.orders] == ["He"]
    theirs = rows.picture(rows.incident(rows.place("A pub"), (him, "suspect")))
    assert [theirs.name_of(o.protected_id) for o in theirs.orders] == ["Adult 1"]


def test_who_lives_where_she_lives_is_the_household_and_only_possible(rows: Rows) -> None:
    her, lodger, home = rows.person(), rows.person("A lodger"), rows.place("Own flat")
    for person in (her, lodger):
        rows.add(tables.place_tie, person_id=person, place_id=home, tie="lives")
    rows.add(tables.marker, subject="person", subject_id=lodger, text="Has a dog")
    his = rows.incident(rows.place("A pub"), (lodger, "suspect"))
    picture = rows.picture(rows.incident(rows.place("A cafe"), (her, "at_risk")))
    assert picture.linked == () and [i.id for i in picture.apart.incidents] == [his]
    assert why(picture, his).words == "A lodger, same home as Adult 1"
    assert picture.markers == () and [m.text for m in picture.apart.markers] == ["Has a dog"]


def test_a_vehicle_named_in_another_incident_links_it_and_its_other_keeper_is_possible(rows: Rows) -> None:
    her, him, keeper = rows.person(), rows.person("He"), rows.person("A keeper")
    rows.add(tables.vehicle, registration="ab12 cde", description="A silver car", person_id=him)
    rows.add(tables.vehicle, registration="AB12 CDE", description="A car", person_id=keeper)
    seen = rows.incident(rows.place("Another street"))
    rows.add(tables.vehicle_named, incident_id=seen, registration="AB12CDE", description="", author="")
    kept = rows.incident(rows.place("A garage"), (keeper, "caller"))
    picture = rows.picture(rows.incident(rows.place(), (her, "at_risk"), (him, "suspect")))
    assert [i.id for i in picture.linked] == [seen] and [i.id for i in picture.apart.incidents] == [kept]
    assert (why(picture, seen).strength, why(picture, seen).words) == (Strength.LIKELY, "vehicle AB12 CDE")
    assert (why(picture, kept).strength, why(picture, kept).words) == (
        Strength.POSSIBLE,
        "A keeper has the vehicle",
    )


def test_his_incident_with_another_names_her_and_a_shared_number_is_only_possible(rows: Rows) -> None:
    her, him, other = rows.person(), rows.person("He"), rows.person("Adult 3")
    number = rows.add(tables.number, e164="+447700900123", as_given="07700 900123")
    for person in (her, other):
        rows.add(tables.number_tie, person_id=person, number_id=number)
    hers = rows.incident(rows.place("A house"), (him, "suspect"), (other, "at_risk"))
    rung = rows.incident(rows.place("A station"))
    here = rows.incident(rows.place(), (her, "caller"), (him, "suspect"))
    for incident in (rung, here):
        rows.add(tables.call, incident_id=incident, number_id=number)
    picture = rows.picture(here)
    assert why(picture, hers).words == "He as suspect, Adult 3 at risk there"
    assert why(picture, hers).strength is Strength.CONFIRMED
    found = why(picture, rung)
    assert (found.strength, found.why) == (Strength.POSSIBLE, "shared: 2 people are known to use it")


# --- hubs ------------------------------------------------------------------------------------


def test_of_a_hub_the_newest_are_shown_and_the_rest_is_counted(rows: Rows) -> None:
    station, her = rows.place("Police station"), rows.person()
    rows.all(tables.incident, (rows.written(station, days) for days in range(1, 5_001)))
    own = rows.incident(rows.place("Own flat"), (her, "at_risk"), days=9_000)
    picture = rows.picture(rows.incident(station, (her, "at_risk"), days=0))
    there = [i for i in picture.linked if i.place_id == station]
    assert len(there) == caps.OF_PLACE and min(i.opened.at for i in there) == NOW - timedelta(days=50)
    assert own in {i.id for i in picture.linked}
    assert picture.cuts == (Cut("incidents", "place", station, 50, 5_000),)
    assert (
        linked.cut_in_words(picture.cuts[0], picture)
        == "50 newest of 5,000 incidents at Police station shown"
    )
    assert why(picture, there[0].id).strength is Strength.POSSIBLE


def test_beyond_what_is_counted_it_says_more_than(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    station = rows.place("Police station")
    monkeypatch.setattr("callhandler.store.pictures.linking.COUNTED", 70)
    rows.all(tables.incident, (rows.written(station, days) for days in range(1, 90)))
    (cut,) = rows.picture(rows.incident(station, days=0)).cuts
    assert (cut.of, cut.more) == (70, True)


def test_her_own_history_is_kept_before_that_of_a_place(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callhandler.store.pictures.linking.IN_ALL", 3)
    monkeypatch.setattr("callhandler.store.pictures.linking.AT_LEAST", 1)
    her, home = rows.person(), rows.place()
    own = [rows.incident(rows.place("Elsewhere"), (her, "at_risk"), days=100 + n) for n in range(2)]
    there = [rows.incident(home, days=n) for n in (3, 2, 1)]
    picture = rows.picture(rows.incident(home, (her, "at_risk"), days=0))
    assert {i.id for i in picture.linked} == {*own, there[-1]}
    assert Cut("incidents", "all", 0, 3, 5) in picture.cuts


def test_a_hostel_has_its_newest_residents_and_whoever_is_related_besides(rows: Rows) -> None:
    her, brother, hostel = rows.person(), rows.person("A brother"), rows.place("Hostel")
    rows.add(tables.person_tie, a=brother, b=her, relation="sibling")
    first = rows.add(tables.place_tie, person_id=brother, place_id=hostel, tie="lives")
    others = rows.all(tables.person, ({"name": f"Resident {n}", "named": 1} for n in range(80)))
    rows.all(tables.place_tie, ({"person_id": p, "place_id": hostel, "tie": "stays"} for p in others))
    picture = rows.picture(rows.incident(hostel, (her, "at_risk")))
    assert first in {t.id for t in picture.place_ties} and len(picture.place_ties) == caps.RESIDENTS + 1
    assert Cut("people", "place", hostel, 50, 50, more=True) in picture.cuts


# --- records read as one ---------------------------------------------------------------------


def test_records_judged_the_same_bring_their_history_each_under_its_own_name(rows: Rows) -> None:
    her, unnamed, third = rows.person(), rows.person("Unnamed occupant", named=0), rows.person("A. One")
    old = rows.incident(rows.place("Old flat"), (unnamed, "at_risk"))
    older = rows.incident(rows.place("A house"), (third, "at_risk"))
    here = rows.incident(rows.place(), (her, "at_risk"))
    assert rows.picture(here).linked == ()
    rows.judge("person", unnamed, third)
    rows.judge("person", her, unnamed)
    picture = rows.picture(here)
    assert {i.id for i in picture.linked} == {old, older}
    assert Link(old, Via.PERSON, unnamed) in picture.links
    found = why(picture, old)
    assert (found.strength, found.words) == (Strength.CONFIRMED, "Unnamed occupant")
    assert found.why == "judged to be the same as Adult 1 by Sergeant B on 25 Aug 2018: Same tattoo."


def test_a_judgement_made_later_is_in_no_earlier_picture(rows: Rows) -> None:
    her, other = rows.person(known_at=LAST_WEEK), rows.person("A. One", known_at=LAST_WEEK)
    rows.incident(rows.place(), (other, "at_risk"), known_at=LAST_WEEK)
    here = rows.incident(rows.place("Own flat"), (her, "at_risk"), known_at=LAST_WEEK)
    rows.judge("person", her, other, known_at=YESTERDAY)
    assert rows.picture(here, LAST_WEEK).linked == () and rows.picture(here, LAST_WEEK).clusters == ()
    assert len(rows.picture(here).linked) == 1


def test_not_the_same_keeps_two_apart_whoever_else_is_the_same_as_both(rows: Rows) -> None:
    her, other, between = rows.person(), rows.person("A. One"), rows.person("A One")
    hers = rows.incident(rows.place("A house"), (other, "at_risk"))
    here = rows.incident(rows.place(), (her, "at_risk"))
    rows.judge("person", her, between)
    rows.judge("person", between, other)
    assert [i.id for i in rows.picture(here).linked] == [hers]
    apart = rows.judge("person", her, other, "not_same")
    picture = rows.picture(here)
    assert picture.linked == () and [c.ids for c in picture.clusters] == [frozenset({her, between})]
    assert apart in {j.id for j in picture.sameness}


def test_what_hangs_on_a_joined_record_comes_along(rows: Rows) -> None:
    her, other, him = rows.person(), rows.person("A. One"), rows.person("He")
    rows.add(tables.marker, subject="person", subject_id=other, text="Do not ring back")
    rows.add(tables.civil_order, protected_id=other, respondent_id=him, incident_id=None, type="nmo")
    rows.add(tables.person_tie, a=him, b=other, relation="ex_partner")
    old = rows.incident(rows.place("Old flat"), (other, "at_risk"))
    rows.add(tables.safety_plan, incident_id=old, agreed="Stays with her aunt")
    rows.add(tables.risk_assessment, incident_id=old, person_id=other, level="high")
    his = rows.incident(rows.place("A pub"), (him, "suspect"))
    here = rows.incident(rows.place(), (her, "at_risk"))
    rows.judge("person", her, other)
    picture = rows.picture(here)
    assert {i.id for i in picture.linked} == {old, his}
    assert [m.subject_id for m in picture.markers] == [other] and len(picture.orders) == 1
    assert [p.agreed for p in picture.plans_before] == ["Stays with her aunt"] and picture.plans == ()
    assert [a.person_id for a in picture.risk_assessments] == [other]


def test_places_judged_the_same_share_their_history(rows: Rows) -> None:
    her, home, written = rows.person(), rows.place("Own flat"), rows.place("Flat One, Brackenfoil St")
    there = rows.incident(written)
    here = rows.incident(home, (her, "at_risk"))
    assert rows.picture(here).linked == ()
    rows.judge("place", home, written)
    picture = rows.picture(here)
    assert [i.id for i in picture.linked] == [there]
    assert "judged to be the same as Own flat by Sergeant B" in why(picture, there).why


# --- rejected --------------------------------------------------------------------------------


def test_a_rejected_link_stays_rejected_whatever_else_leads_to_it_and_says_why(rows: Rows) -> None:
    her, other, home = rows.person(), rows.person("A. One"), rows.place()
    old = rows.incident(home, (her, "at_risk"), (other, "at_risk"))
    here = rows.incident(home, (her, "at_risk"))
    rows.add(
        tables.link_judgement,
        incident_id=here,
        linked_id=old,
        verdict="not_linked",
        reason="Another Adult 1.",
    )
    rows.judge("person", her, other)
    picture = rows.picture(here)
    assert picture.linked == () and picture.apart.incidents == ()
    assert [(r.incident.id, r.reason) for r in picture.rejected] == [(old, "Another Adult 1.")]
    rows.add(tables.link_judgement, incident_id=here, linked_id=old, verdict="linked", reason="")
    assert [i.id for i in rows.picture(here).linked] == [old] and rows.picture(here).rejected == ()
