"""Whoever is named in a call and taken by the name alone has a record of its own, and may be said to be somebody else."""

import pytest

from callhandler.model.actor import Right
from callhandler.model.people import Role
from callhandler.model.sameness import Sameness, counting
from callhandler.services.telling import Told
from tests.unit.conftest import Desk
from tests.unit.services.test_accepting import undo

HIM = "Marek Nowak"


@pytest.fixture
def taken(desk: Desk) -> tuple[int, int, int]:
    """A suspect with a grave past, and a call a month later that names somebody so: both incidents, and his record."""
    before = desk.call("Adult 1", place="Flat 1", type="domestic-abuse")
    desk.app.telling.tell(desk.handler, before, Told("strangulation", "He held my throat.", "Adult 1", HIM))
    (him,) = desk.view(before).picture.with_role(Role.SUSPECT)
    desk.app.orders.declare(desk.handler, before, "nmo", "Adult 1", him)
    desk.later(60 * 24 * 30)
    here = desk.call("Adult 2", place="Flat 2", type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, here, Told("suspect-present", "He is outside.", "Adult 2", HIM, "Adult 2")
    )
    return before, here, him


def suspect(desk: Desk, incident: int) -> int:
    (found,) = desk.view(incident).picture.with_role(Role.SUSPECT)
    return found


def test_what_is_known_of_him_is_shown_and_nothing_is_written_on_his_record(
    desk: Desk, taken: tuple[int, int, int]
) -> None:
    before, here, him = taken
    view = desk.view(here)
    own = suspect(desk, here)
    assert own != him and {own, him} == view.records.records_of(own)
    assert before in {i.id for i in view.picture.linked}
    assert [p.name for p in view.picture.people].count(HIM) == 1
    (judged,) = view.records.sameness
    assert judged.taken and judged.author == "Handler 12"
    # In this incident he is known from then on: no further record.
    desk.app.telling.tell(desk.handler, here, Told("threat-to-kill", "He will.", "Adult 2", HIM))
    desk.app.telling.name_party(desk.handler, here, HIM, Role.SUSPECT)
    assert suspect(desk, here) == own and len(desk.view(here).records.sameness) == 1


def test_somebody_else_is_parted_through_the_guard_and_stays_so_and_can_be_taken_back(
    desk: Desk, taken: tuple[int, int, int]
) -> None:
    before, here, him = taken
    own = suspect(desk, here)
    first = desk.view(here)
    (judged,) = first.records.sameness
    parting = desk.app.judgements.parting(desk.handler, here, judged.id)
    assert before in {i.id for i in parting.incidents}
    assert parting.ruling.needs, "his history warns here: what that needs is asked for"
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    assert undo(desk, supervisor, here, judged)
    view = desk.view(here)
    (standing,) = counting(view.records.sameness).values()
    assert standing.verdict is Sameness.NOT_SAME and standing.reason
    assert suspect(desk, here) == own and before not in {i.id for i in view.picture.linked}
    assert {w.code for w in first.assessment.standing} <= desk.codes(here), "what stands stays"
    assert view.stands_since
    for why in view.stands_since.values():
        assert why.startswith(f"Raised while {HIM} was taken to be the one on record; undone at")
    assert any(e.text.startswith(f"Judged not to be the same: {HIM}") for e in view.picture.log)
    # Named again here, it is the one of this incident; what was there before is as it was.
    desk.app.telling.name_party(desk.handler, here, HIM, Role.SUSPECT)
    assert suspect(desk, here) == own and suspect(desk, before) == him
    desk.app.judgements.same(desk.handler, here, "person", him, own, "The one on record after all.")
    assert before in {i.id for i in desk.view(here).picture.linked}
    assert desk.app.custody.prove().findings == ()


def test_a_name_that_is_in_every_other_incident_gets_no_further_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from callhandler.services import naming

    monkeypatch.setattr(naming, "MANY", 2)
    found = []
    for n in range(4):
        incident = desk.call(f"Adult {n}", place=f"Flat {n}", join="no")
        desk.app.telling.name_party(desk.handler, incident, "The doorman", Role.SUSPECT)
        found.append(suspect(desk, incident))
    assert len(set(found)) == 3 and found[3] == found[0]
