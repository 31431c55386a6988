"""What an act would take away, read twice: with and without; and which warnings rest on one disclosure alone."""

import pytest

from callhandler.model.acts import Change
from callhandler.policy.pack import Policy
from callhandler.rules import changes
from callhandler.rules.assess import assess
from callhandler.services.telling import Told
from tests.unit.conftest import Desk


@pytest.fixture
def incident(desk: Desk) -> int:
    found = desk.call(type="theft")
    desk.app.telling.tell(
        desk.handler, found, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    return found


def lost(desk: Desk, incident: int, disclosure: int) -> Change:
    picture = desk.view(incident).picture
    return changes.of_retraction(picture, disclosure, assess(picture, desk.app.policy), desk.app.policy)


def test_what_only_one_disclosure_raised_is_lost_with_it(desk: Desk, incident: int, policy: Policy) -> None:
    picture = desk.view(incident).picture
    found = lost(desk, incident, picture.disclosures[0].id)
    assert "assault-suspect-free" in {w.code for w in found.lost_critical}
    assert found.before < found.after
    assert found.lost_floor


def test_what_another_disclosure_raises_too_is_not_lost(desk: Desk, incident: int) -> None:
    first = desk.view(incident).picture.disclosures[0].id
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me again.", "Adult 1", "The suspect", "Adult 1")
    )
    assert "assault-suspect-free" not in {w.code for w in lost(desk, incident, first).lost}


def test_a_warning_already_settled_is_not_lost_again(desk: Desk, incident: int) -> None:
    picture = desk.view(incident).picture
    suspect = next(p.id for p in picture.people if p.name == "The suspect")
    desk.app.progress.confirm(
        desk.handler, incident, "suspect-detained", "custody-officer", "custody-record", suspect
    )
    assert "assault-suspect-free" not in desk.codes(incident)
    told = desk.view(incident).picture.disclosures[0].id
    assert "assault-suspect-free" not in {w.code for w in lost(desk, incident, told).lost}


def test_nothing_is_lost_with_what_is_not_there(desk: Desk, incident: int) -> None:
    found = lost(desk, incident, 999_999)
    assert (found.lost, found.lost_floor) == ((), False)


def test_a_picture_without_a_link_holds_nothing_of_it(desk: Desk) -> None:
    first = desk.call(type="domestic-abuse", number="07700 900123")
    desk.app.telling.tell(
        desk.handler, first, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    second = desk.call(type="theft", number="07700 900123", join="no")
    picture = desk.view(second).picture
    assert first in {i.id for i in picture.linked}
    changed = changes.without_link(picture, first)
    for kind in ("links", "parties", "calls", "disclosures", "confirmations", "risk_assessments"):
        assert first not in {getattr(record, "incident_id", None) for record in getattr(changed, kind)}, kind
    assert first not in {i.id for i in changed.linked}


def test_a_level_replaces_only_higher_ones_of_the_same_person(desk: Desk, incident: int) -> None:
    person = desk.view(incident).picture.people[0].id
    other = desk.view(incident).picture.people[-1].id
    for who, level in ((person, "medium"), (person, "high"), (other, "high")):
        desk.app.corrections.risk_level(desk.handler, incident, who, level)
    picture = desk.view(incident).picture
    assert changes.level_of(picture, person) == "high"
    changed = changes.at_level(picture, person, "medium")
    assert [(a.person_id, a.level) for a in changed.risk_assessments] == [
        (person, "medium"),
        (other, "high"),
        (person, "medium"),
    ]
