"""Whom an order protects her from, and who was suspected in her reports, is gathered though nobody named him here."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from callhandler.model.picture import Cut, Via
from callhandler.model.strength import Strength
from callhandler.rules import linked
from callhandler.store import tables
from callhandler.store.pictures import caps
from tests.store.linking_rows import Rows, rows_in
from tests.stores import NOW, Store


@pytest.fixture
def rows(shared_world: Store) -> Iterator[Rows]:
    with rows_in(shared_world) as found:
        yield found


def order(rows: Rows, her: int, him: int, **given: object) -> int:
    written = {"source": "import", "made_at": NOW - timedelta(days=10), "made_precision": "day"} | given
    return rows.add(tables.civil_order, type="nmo", protected_id=her, respondent_id=him, **written)


def test_his_incidents_markers_warnings_records_vehicles_and_other_orders_are_there(rows: Rows) -> None:
    her, him, another = rows.person(), rows.person("He"), rows.person("Another")
    order(rows, her, him)
    theirs = order(rows, another, him)
    his = rows.incident(rows.place("A pub"), (him, "suspect"), (another, "at_risk"))
    told = rows.add(
        tables.disclosure, incident_id=his, indicator="threat-to-kill", about_id=him, harmed_id=another
    )
    marker = rows.add(tables.marker, subject="person", subject_id=him, code="weapons", text="A knife")
    warned = rows.add(tables.police_warning, person_id=him, incident_id=None, kind="bail")
    record = rows.add(tables.person_record, person_id=him, kind="conviction")
    vehicle = rows.add(tables.vehicle, person_id=him)
    picture = rows.picture(rows.incident(rows.place(), (her, "caller")))
    assert [i.id for i in picture.linked] == [his]
    assert [(k.via, k.subject_id) for k in picture.links] == [(Via.SUSPECT, him)]
    assert [d.id for d in picture.disclosures] == [told]
    assert [m.id for m in picture.markers] == [marker]
    assert [w.id for w in picture.police_warnings] == [warned]
    assert [r.id for r in picture.records] == [record]
    assert [v.id for v in picture.vehicles] == [vehicle]
    assert theirs in {o.id for o in picture.orders}


def test_why_it_is_shown_is_the_order_and_its_date(rows: Rows) -> None:
    her, him = rows.person(), rows.person("He")
    order(rows, her, him)
    his = rows.incident(rows.place("A pub"), (him, "suspect"))
    picture = rows.picture(rows.incident(rows.place(), (her, "at_risk")))
    (found,) = linked.reasons(picture)[his]
    assert found.strength is Strength.LIKELY and found.why == "nobody named him here"
    assert found.words == "He as suspect, respondent of the order for Adult 1, made 16 Aug 2018"


def test_what_is_held_under_another_record_of_his_is_his(rows: Rows) -> None:
    her, him, alias = rows.person(), rows.person("He"), rows.person("He, by another name")
    order(rows, her, him)
    rows.judge("person", him, alias)
    his = rows.incident(rows.place("A pub"), (alias, "suspect"))
    assert [i.id for i in rows.picture(rows.incident(rows.place(), (her, "caller"))).linked] == [his]


def test_what_protects_a_suspect_leads_to_nobody(rows: Rows) -> None:
    her, him, third = rows.person(), rows.person("He"), rows.person("A third")
    order(rows, him, third)
    rows.incident(rows.place("A pub"), (third, "suspect"))
    picture = rows.picture(rows.incident(rows.place(), (her, "at_risk"), (him, "suspect")))
    assert picture.linked == ()


def test_an_order_made_later_or_received_later_leads_to_nobody_yet(rows: Rows) -> None:
    her, him = rows.person(), rows.person("He")
    known = {"known_at": NOW + timedelta(minutes=1)}
    order(rows, her, him, **known)
    rows.incident(rows.place("A pub"), (him, "suspect"))
    assert rows.picture(rows.incident(rows.place(), (her, "caller"))).linked == ()


def test_of_more_respondents_than_are_read_the_newest_are_and_it_is_said(rows: Rows) -> None:
    her = rows.person()
    men = [rows.person(f"Man {n}") for n in range(caps.RESPONDENTS + 2)]
    for man in men:
        order(rows, her, man)
    latest = [rows.incident(rows.place("A pub"), (man, "suspect")) for man in men]
    picture = rows.picture(rows.incident(rows.place(), (her, "caller")))
    assert [i.id for i in picture.linked] == latest[2:]
    (cut,) = picture.cuts
    assert cut == Cut("respondents", "all", 0, caps.RESPONDENTS, caps.RESPONDENTS + 2)
    assert linked.cut_in_words(cut, picture) == "20 newest of 22 people whom her orders are against shown"


def test_what_else_the_suspects_of_her_reports_are_in_is_shown_and_why(rows: Rows) -> None:
    her, him, another = rows.person(), rows.person("He"), rows.person("Another")
    hers = rows.incident(rows.place("Own flat"), (her, "at_risk"), (him, "suspect"), days=20)
    his = rows.incident(rows.place("A pub"), (him, "suspect"), (another, "at_risk"), days=200)
    picture = rows.picture(rows.incident(rows.place(), (her, "caller")))
    assert {i.id for i in picture.linked} == {hers, his}
    (found,) = linked.reasons(picture)[his]
    assert found.strength is Strength.POSSIBLE and found.why == "nobody named him here"
    assert found.words == "He as suspect, Another at risk there, suspect of the report of 6 Aug 2018"


def test_who_is_suspected_where_she_only_rang_leads_nowhere(rows: Rows) -> None:
    her, him = rows.person(), rows.person("A shoplifter")
    hers = rows.incident(rows.place("A shop"), (her, "caller"), (her, "reporter"), (him, "suspect"))
    rows.incident(rows.place("Another shop"), (him, "suspect"))
    assert [i.id for i in rows.picture(rows.incident(rows.place(), (her, "caller"))).linked] == [hers]


def test_of_many_suspects_those_of_the_newest_reports_are_looked_for_and_it_is_said(rows: Rows) -> None:
    her, another = rows.person(), rows.person("Another")
    men = [rows.person(f"Man {n}") for n in range(caps.ACCUSED + 2)]
    for days, man in enumerate(men, 10):
        rows.incident(rows.place("Own flat"), (her, "at_risk"), (man, "suspect"), days=days)
    others = [rows.incident(rows.place("A pub"), (man, "suspect"), (another, "at_risk")) for man in men]
    picture = rows.picture(rows.incident(rows.place(), (her, "caller")))
    assert {i.id for i in picture.linked} & set(others) == set(others[: caps.ACCUSED])
    assert picture.cuts == (Cut("suspected", "all", 0, caps.ACCUSED, caps.ACCUSED + 2),)
