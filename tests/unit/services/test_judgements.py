"""Two records judged to be one, or not: what comes along, what undoing takes away, and through which gate."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callhandler.errors import BadInput, Refused
from callhandler.model.assessment import Assessment, Gate
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import SameAs, Sameness, clusters_of
from callhandler.rules import history
from callhandler.services import naming
from callhandler.services.door import Outcome
from callhandler.services.office import work
from callhandler.services.telling import Told
from tests.unit.conftest import Desk
from tests.unit.pictures import START


def past(desk: Desk, name: str, words: str = "He will kill me.") -> tuple[int, int]:
    """An earlier incident of somebody, with a threat told; the incident and her record."""
    incident = desk.call(name, place=f"Home of {name}", type="domestic-abuse")
    desk.app.telling.tell(desk.handler, incident, Told("threat-to-kill", words, name, "The suspect", name))
    (her,) = desk.view(incident).picture.with_role(Role.CALLER)
    return incident, her


@pytest.fixture
def two(desk: Desk) -> tuple[int, int, int]:
    """An incident of somebody whose three earlier ones are under another record: incident, her record, the other."""
    for _ in range(3):
        _, other = past(desk, "A. One")
        desk.later(60 * 24 * 10)
    incident = desk.call("Adult 1", place="Flat 1", type="general-enquiry")
    (her,) = desk.view(incident).picture.with_role(Role.CALLER)
    return incident, her, other


@pytest.fixture
def man(desk: Desk) -> tuple[int, int, int]:
    """Somebody whom nobody could name is suspected; the threat before was by one with a name: incident and both records."""
    there, _ = past(desk, "Adult 1")
    (him,) = {d.about_id for d in desk.view(there).picture.disclosures}
    desk.later(60 * 24 * 30)
    incident = desk.call("Adult 1", place="Flat 1", type="general-enquiry")
    desk.app.telling.name_party(desk.handler, incident, "A man in a red coat", Role.SUSPECT)
    (unnamed,) = desk.view(incident).picture.with_role(Role.SUSPECT)
    assert him
    return incident, unnamed, him


def same(desk: Desk, incident: int, one: int, other: int, reason: str = "Same tattoo.") -> object:
    return desk.app.judgements.same(desk.handler, incident, "person", one, other, reason)


def newest(desk: Desk, incident: int) -> SameAs:
    return desk.view(incident).picture.sameness[-1]


def test_judged_the_same_her_earlier_incidents_are_read_and_warned_of(
    desk: Desk, two: tuple[int, int, int]
) -> None:
    incident, her, other = two
    desk.app.telling.tell(desk.handler, incident, Told("fear", "I am afraid.", "Adult 1"))
    assert "incidents-frequent" not in desk.codes(incident)
    assert isinstance(same(desk, incident, her, other), Assessment)
    view = desk.view(incident)
    assert len(view.picture.linked) == 3 and "incidents-frequent" in desk.codes(incident)
    seen = history.read(view.picture, desk.app.policy)
    assert seen.at_risk == {her} and len(seen.hers) == 3
    assert "Judged to be the same" in view.picture.log[-1].text
    (reason, *_) = view.links[view.picture.linked[0].id]
    assert reason.why == "judged to be the same as Adult 1 by Handler 12 on 5 Apr 2024: Same tattoo."


def test_undoing_it_takes_history_away_and_goes_through_the_guard(
    desk: Desk, man: tuple[int, int, int]
) -> None:
    incident, unnamed, him = man
    assert "threat-to-kill-open" not in desk.codes(incident)
    same(desk, incident, unnamed, him)
    assert "threat-to-kill-open" in desk.codes(incident)
    judged = newest(desk, incident)
    outcome = desk.app.judgements.undo(desk.handler, incident, judged.id, "Another man.")
    assert isinstance(outcome, Outcome) and not outcome.accepted
    assert outcome.ruling.gate is Gate.AGREEMENT
    assert "threat-to-kill-open" in {w.code for w in outcome.ruling.lost}
    assert len(desk.view(incident).picture.clusters) == 1, "it stays until it is agreed"
    assert desk.view(incident).needs, "what it needs is shown at the desk"


def test_undoing_what_loses_nothing_needs_its_reason_and_no_more(desk: Desk) -> None:
    desk.call("A. One", place="Elsewhere", type="general-enquiry")
    incident = desk.call("Adult 1", place="Flat 1", type="general-enquiry")
    with work(desk.app.office) as w:
        other = naming.person(w, "A. One")
    (her,) = desk.view(incident).picture.with_role(Role.CALLER)
    same(desk, incident, her, other, "")
    judged = newest(desk, incident)
    refused = desk.app.judgements.undo(desk.handler, incident, judged.id, "")
    assert isinstance(refused, Outcome) and [n.code for n in refused.needs] == ["reason"]
    undone = desk.app.judgements.undo(desk.handler, incident, judged.id, "Another A. One.")
    assert isinstance(undone, Outcome) and undone.accepted
    picture = desk.view(incident).picture
    assert picture.linked == () and picture.clusters == ()
    assert [j.verdict for j in picture.sameness] == [Sameness.SAME, Sameness.WITHDRAWN]
    with pytest.raises(BadInput, match="does not count"):
        desk.app.judgements.undo(desk.handler, incident, judged.id, "Again.")
    assert desk.app.custody.prove().findings == ()


def test_not_the_same_is_kept_with_its_reason_and_can_be_undone_freely(
    desk: Desk, two: tuple[int, int, int]
) -> None:
    incident, her, other = two
    outcome = desk.app.judgements.not_same(
        desk.handler, incident, "person", her, other, "Born 20 years apart."
    )
    assert outcome.accepted and outcome.ruling.gate is Gate.REASON
    judged = newest(desk, incident)
    assert (judged.verdict, judged.reason) == (Sameness.NOT_SAME, "Born 20 years apart.")
    assert isinstance(desk.app.judgements.undo(desk.handler, incident, judged.id, "A slip."), Assessment)


def test_she_and_the_suspect_are_not_made_one(desk: Desk) -> None:
    there, her = past(desk, "Adult 1")
    desk.app.telling.name_party(desk.handler, there, "The suspect", Role.SUSPECT)
    (him,) = desk.view(there).picture.with_role(Role.SUSPECT)
    elsewhere = desk.call("A neighbour", place="Another street", type="general-enquiry")
    for incident in (there, elsewhere):
        with pytest.raises(Refused, match="Adult 1 would no longer be read as at risk"):
            same(desk, incident, her, him)
    assert desk.view(there).picture.clusters == ()


def test_two_records_of_one_kind_are_asked_for(desk: Desk, two: tuple[int, int, int]) -> None:
    incident, her, _ = two
    for one, other in ((her, her), (her, 999_999)):
        with pytest.raises(BadInput, match="record"):
            same(desk, incident, one, other)


def test_a_vehicle_named_here_links_the_incident_in_which_it_was_named_before(desk: Desk) -> None:
    there = desk.call("A neighbour", place="Another street", type="general-enquiry")
    desk.app.telling.name_vehicle(desk.handler, there, "ab12 cde", "A silver car")
    here = desk.call("Adult 1", place="Flat 1", type="domestic-abuse")
    assert desk.view(here).picture.linked == ()
    desk.app.telling.name_vehicle(desk.handler, here, "AB12CDE")
    view = desk.view(here)
    assert [i.id for i in view.picture.linked] == [there] and view.reasons[there] == "vehicle AB12 CDE"
    assert view.picture.log[-1].text == "Vehicle: AB12 CDE."
    for bad in ("AB12-CDE!", "A" * 13):
        with pytest.raises(BadInput, match="no registration"):
            desk.app.telling.name_vehicle(desk.handler, here, bad)
    with pytest.raises(BadInput, match="description is empty"):
        desk.app.telling.name_vehicle(desk.handler, here, " ")


# --- judging, then unjudging, restores the picture -------------------------------------------


JUDGED = ("same", "not_same", "withdrawn")


def without_judgements(picture: Picture) -> Picture:
    """The picture apart from the rows of judgements themselves."""
    return replace(picture, sameness=(), upto=0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(JUDGED)), min_size=1, max_size=6)
)
def test_judging_then_unjudging_restores_the_picture(
    four: tuple[Desk, int, list[int]], judged: list[tuple[int, int, str]]
) -> None:
    desk, incident, records = four
    from callhandler.store import pictures
    from callhandler.store.unit_of_work import reading

    with reading(desk.app.office.engine) as connection:

        def gathered(made: tuple[SameAs, ...]) -> Picture:
            return pictures.of_incident(connection, incident, START, 10**9, made)

        def row(n: int, one: int, other: int, verdict: str) -> SameAs:
            a, b = sorted((records[one], records[other]))
            return SameAs(10**6 + n, "person", a, b, Sameness(verdict), incident, "Why.", "X", START)

        before = gathered(())
        made = tuple(row(n, *each) for n, each in enumerate(judged) if each[0] != each[1])
        undone = tuple(
            row(100 + n, *each[:2], "withdrawn") for n, each in enumerate(judged) if each[0] != each[1]
        )
        assert without_judgements(gathered((*made, *undone))) == without_judgements(before)
        assert clusters_of((*made, *undone)) == ()
        both_ways = gathered(made)
        assert {i.id for i in before.linked} <= {i.id for i in both_ways.linked}


@pytest.fixture
def four(desk: Desk) -> tuple[Desk, int, list[int]]:
    """Four records, each with an incident, and the incident of the first that is looked at."""
    found = [past(desk, f"Adult {n}", f"He told {n}.") for n in range(4)]
    desk.clock.move_to(START)
    return desk, found[0][0], [record for _, record in found]
