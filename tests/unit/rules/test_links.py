"""The graph and the genogram of a picture: everything in it, nothing guessed, nothing silently left out."""

from dataclasses import replace
from datetime import timedelta

from callhandler.model.facts import Stance
from callhandler.model.incident import Party
from callhandler.model.people import Person, Relation, Role, Vehicle, VehicleNamed
from callhandler.model.picture import Apart, Cut, Rejected
from callhandler.model.sameness import PERSON, PLACE, Cluster
from callhandler.model.when import When
from callhandler.rules.links import genogram_of, graph_of
from callhandler.rules.links.values import EdgeKind, NodeKind
from tests.pictures_large import (
    C1,
    C2,
    EARLIER,
    HER,
    HIM,
    MAN,
    MOTHER,
    NIECE,
    NOW,
    SISTER,
    STEP,
    large,
    one_more,
)
from tests.unit.pictures import CHILD, Build
from tests.unit.pictures import HER as SHE
from tests.unit.pictures import HIM as HE


def test_every_person_place_number_vehicle_order_and_incident_is_in_the_graph():
    picture = large()
    graph = graph_of(picture)
    kinds = [n.kind for n in graph.nodes]
    assert kinds.count(NodeKind.PERSON) == len(picture.people) == 25
    assert kinds.count(NodeKind.PLACE) == len(picture.places)
    assert kinds.count(NodeKind.NUMBER) == len(picture.numbers)
    assert kinds.count(NodeKind.VEHICLE) == len(picture.vehicles)
    assert kinds.count(NodeKind.ORDER) == len(picture.orders)
    told = [i for n in graph.nodes for i in n.incidents]
    assert sorted(told) == sorted(i.id for i in picture.linked) and len(told) == 60


def test_incidents_of_one_kind_between_the_same_people_are_one_bundle_until_it_is_unfolded():
    picture = large()
    graph = graph_of(picture)
    bundles = [n for n in graph.nodes if n.kind is NodeKind.BUNDLE]
    most = max(bundles, key=lambda n: len(n.incidents))
    assert len(most.incidents) == 14 and most.first.at < most.last.at
    whose = {e.b: e for e in graph.of(most.key) if e.kind is EdgeKind.PARTY}
    assert set(whose) == {f"person:{HER}", f"person:{HIM}"}
    assert len(whose[f"person:{HIM}"].reasons) == 14
    unfolded = graph_of(picture, {most.key})
    assert unfolded.node(most.key) is None
    assert sum(len(n.incidents) for n in unfolded.nodes) == 60
    assert len(unfolded.nodes) == len(graph.nodes) + 13
    # One more of them leaves the key as it was.
    assert graph_of(one_more(picture)).node(most.key) == most


def test_an_edge_says_why_and_since_when_it_is_known():
    graph = graph_of(large())
    (edge,) = [
        e for e in graph.of(f"person:{HIM}") if e.kind is EdgeKind.RELATION and f"person:{HER}" in (e.a, e.b)
    ]
    assert [r.relation for r in edge.reasons] == [Relation.PARTNER, Relation.EX_PARTNER]
    assert edge.since == When(NOW - timedelta(days=900))
    roles = {r.role for e in graph.of("incident:1") for r in e.reasons if e.b == f"person:{HER}"}
    assert roles == {Role.CALLER, Role.AT_RISK}
    orders = {e.kind: e.b for e in graph.of("order:801")}
    assert orders == {EdgeKind.PROTECTED: f"person:{HER}", EdgeKind.RESPONDENT: f"person:{HIM}"}


def test_hops_begin_at_this_incident_and_what_nothing_joins_is_there_too():
    picture = large()
    stranger = Person(99, "Nobody's")
    graph = graph_of(replace(picture, people=(*picture.people, stranger), missing_sources=("orders",)))
    assert graph.hops["incident:1"] == 0 and graph.hops[f"person:{HER}"] == 1
    assert graph.of("person:99") == () and graph.hops["person:99"] > max(
        h for k, h in graph.hops.items() if k != "person:99"
    )
    assert graph.missing == ("orders",)
    assert graph_of(picture) == graph_of(large())


def test_the_genogram_puts_parents_over_children_and_partners_beside_each_other():
    genogram = genogram_of(large())
    row = {m.person_id: m.generation for m in genogram.members}
    assert row[MOTHER] == row[STEP] == 0 and row[HER] == row[HIM] == row[SISTER] == row[EARLIER] == 1
    assert row[C1] == row[C2] == row[NIECE] == 2
    assert not genogram.contradicting
    couples = {(c.a, c.b): c for c in genogram.couples}
    theirs = couples[f"person:{HIM}", f"person:{HER}"]
    assert theirs.relation is Relation.EX_PARTNER and theirs.children == (f"person:{C1}", f"person:{C2}")
    mothers = couples[f"person:{MOTHER}", ""]
    assert mothers.children == (f"person:{HER}", f"person:{SISTER}")
    step = next(c for c in genogram.couples if f"person:{STEP}" in (c.a, c.b))
    assert step.relation is Relation.PARTNER and step.children == ()


def test_who_shares_a_child_is_not_taken_for_a_partner_and_the_unnamed_stay_unnamed():
    genogram = genogram_of(large())
    parents = [c for c in genogram.couples if c.b and c.relation is None]
    assert [c.known for c in parents] == [None]
    man = next(m for m in genogram.members if m.person_id == MAN)
    assert not man.named and man.past_roles == (Role.SUSPECT,) and man.key in genogram.apart
    homes = {h.label: len(h.members) for h in genogram.households}
    assert homes == {
        "Her flat": 3,
        "His parents' house": 4,
        "Mother's house": 2,
        "Sister's house": 4,
        "The earlier partner's flat": 3,
    }


def test_relations_that_contradict_each_other_are_told_and_still_drawn():
    build = Build().people()
    build.tie(SHE, Relation.PARENT, CHILD).tie(CHILD, Relation.PARENT, SHE)
    genogram = genogram_of(build.picture())
    assert set(genogram.contradicting) == {f"person:{SHE}", f"person:{CHILD}"}
    assert sum(len(c.children) for c in genogram.couples) == 2


def test_told_harm_is_drawn_and_a_denial_takes_nothing_back():
    build = Build().people()
    build.call()
    build.told("assault")
    build.told("assault", stance=Stance.DENIED, about=SHE, harmed=HE)
    assert genogram_of(build.picture()).harm == ((f"person:{HE}", f"person:{SHE}"),)


def test_nothing_is_shown_that_the_picture_does_not_hold():
    build = Build().people()
    build.tie(SHE, Relation.SIBLING, 777)
    graph, genogram = graph_of(build.picture()), genogram_of(build.picture())
    assert graph.node("person:777") is None and all("777" not in e.a + e.b for e in graph.edges)
    assert genogram.ties == ()


def test_what_is_possible_is_apart_and_what_is_held_and_not_shown_is_said():
    picture = large()
    aside = replace(picture.linked[0], id=7_001, uuid="x")
    cousin = Person(701, "A relative's neighbour")
    picture = replace(
        picture,
        apart=Apart(
            incidents=(aside, replace(aside, id=7_002), replace(aside, id=7_003)),
            people=(cousin,),
            parties=tuple(Party(7_100 + i, i, 701, Role.SUSPECT) for i in (7_001, 7_002, 7_003)),
            vehicles=(Vehicle(399, "AB12CDE", "", 701),),
        ),
        vehicles_named=(
            VehicleNamed(1, picture.linked[3].id, "AB12CDE", "", "Handler 1"),
            VehicleNamed(2, picture.linked[4].id, "ZZ99ZZZ", "blue estate", "Handler 1"),
        ),
        cuts=(Cut("incidents", "person", HIM, 60, 1_000, True),),
        rejected=(Rejected(replace(aside, id=7_009), "Another of the same name.", "Handler 1", NOW),),
    )
    graph = graph_of(picture)
    possible = {n.key: n for n in graph.nodes if n.possible}
    assert set(possible) == {"person:701", "vehicle:399", "bundle:possible-domestic-abuse:701"}
    assert possible["bundle:possible-domestic-abuse:701"].incidents == (7_001, 7_002, 7_003)
    assert graph.cut == (
        "60 newest of more than 1,000 incidents of The former partner shown",
        "judged not to belong here, and not drawn: 1",
    )
    assert 7_009 not in [i for n in graph.nodes for i in n.incidents]
    # A registration that somebody here is known to have is that vehicle; another is a vehicle of its own.
    named = {e.b for n in graph.nodes for e in graph.of(n.key) if e.kind is EdgeKind.NAMED}
    assert named == {"vehicle:301", "named:ZZ99ZZZ"}


def test_records_judged_to_be_of_one_person_are_one_node():
    picture = large()
    twin = Person(801, "", named=False)
    incident = picture.linked[0].id
    picture = replace(
        picture,
        people=(*picture.people, twin),
        parties=(*picture.parties, Party(8_001, incident, 801, Role.SUSPECT)),
        clusters=(Cluster(PERSON, frozenset({HIM, 801})), Cluster(PLACE, frozenset({107, 108}))),
    )
    graph, genogram = graph_of(picture), genogram_of(picture)
    assert graph.node("person:801") is None and "person:801" not in [m.key for m in genogram.members]
    # And those of one place.
    assert len(graph.nodes) == len(graph_of(large()).nodes) - 1
    assert {e.kind for e in graph.of("place:107")} == {EdgeKind.AT} and graph.node("place:108") is None
