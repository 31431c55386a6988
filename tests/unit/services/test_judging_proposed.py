"""A proposed pair looked at and judged outside every incident: what it brings in open ones, and what it may not take."""

import pytest

from callhandler.errors import Refused
from callhandler.model.actor import Actor, Right
from callhandler.model.people import Role
from callhandler.model.sameness import Sameness
from callhandler.services.telling import Told
from tests.proposing import AGREE, propose
from tests.unit.conftest import Desk
from tests.unit.services.test_judgements import past


@pytest.fixture
def sup(desk: Desk) -> Actor:
    return desk.sign_in("supervisor", Right.SUPERVISOR)


@pytest.fixture
def pair(desk: Desk, sup: Actor) -> tuple[int, int, int]:
    """An open incident of somebody whose three earlier ones, with threats, are under another record, and both records."""
    for _ in range(3):
        _, other = past(desk, "A. One")
        desk.later(60 * 24 * 10)
    incident = desk.call("Adult 1", place="Flat 1", type="general-enquiry")
    (her,) = desk.view(incident).picture.with_role(Role.CALLER)
    desk.app.telling.tell(desk.handler, incident, Told("fear", "I am afraid.", "Adult 1"))
    propose(desk.app.office, sup.user_id, [(her, other, 0.99)])
    return incident, other, her


def test_a_look_says_what_each_record_is_and_what_joining_would_bring(
    desk: Desk, sup: Actor, pair: tuple[int, int, int]
) -> None:
    incident, other, her = pair
    look = desk.app.proposed.look(sup, other, her)
    assert (look.a.record, look.b.record, look.pair.agree) == (other, her, tuple(AGREE.split("; ")))
    assert (look.a.names, look.a.tally.incidents, look.b.tally.incidents) == (("A. One",), 3, 1)
    assert dict(look.a.tally.parts) == {Role.CALLER: 3, Role.AT_RISK: 3}
    first, last = look.a.tally.first, look.a.tally.last
    assert first and last and (last.at - first.at).days == 20
    touched = {each.incident_id: each for each in look.would_bring}
    assert touched[incident].warnings and not touched[incident].refused
    assert not look.read_as_one and look.together == ()
    assert desk.view(incident).picture.clusters == (), "looking joins nothing"
    assert "incidents-frequent" not in desk.codes(incident)


def test_joined_every_open_incident_of_theirs_is_judged_anew_and_its_log_says_why(
    desk: Desk, sup: Actor, pair: tuple[int, int, int]
) -> None:
    incident, other, her = pair
    reference = desk.view(incident).picture.incident.reference  # type: ignore[union-attr]
    given = desk.app.proposed.judge(sup, other, her, Sameness.SAME)
    assert given.recorded and reference in given.judged_anew
    assert "incidents-frequent" in desk.codes(incident)
    said = desk.view(incident).picture.log[-1]
    assert said.author == "Supervisor" and "Judged to be the same" in said.text and "As proposed" in said.text
    assert desk.app.proposed.look(sup, other, her).read_as_one
    assert desk.app.custody.prove().findings == ()


def test_undone_in_an_open_incident_it_goes_through_its_door_and_waits_there(desk: Desk, sup: Actor) -> None:
    there, _ = past(desk, "Adult 1")
    (him,) = {d.about_id for d in desk.view(there).picture.disclosures}
    desk.later(60 * 24 * 30)
    incident = desk.call("Adult 1", place="Flat 1", type="general-enquiry")
    desk.app.telling.name_party(desk.handler, incident, "A man in a red coat", Role.SUSPECT)
    (unnamed,) = desk.view(incident).picture.with_role(Role.SUSPECT)
    assert him
    propose(desk.app.office, sup.user_id, [(him, unnamed, 0.99)])
    assert desk.app.proposed.judge(sup, him, unnamed, Sameness.SAME).recorded
    assert "threat-to-kill-open" in desk.codes(incident)
    given = desk.app.proposed.undo(sup, him, unnamed, "Another man.")
    assert not given.recorded and given.incident_id == incident and given.waits_for
    assert desk.view(incident).needs, "what it needs is shown at the desk"
    assert len(desk.view(incident).picture.clusters) == 1, "it stays until it is agreed"


def test_she_and_the_suspect_of_an_open_incident_are_not_made_one(desk: Desk, sup: Actor) -> None:
    there, her = past(desk, "Adult 1")
    desk.app.telling.name_party(desk.handler, there, "The suspect", Role.SUSPECT)
    (him,) = desk.view(there).picture.with_role(Role.SUSPECT)
    propose(desk.app.office, sup.user_id, [(her, him, 0.99)])
    look = desk.app.proposed.look(sup, her, him)
    assert look.would_bring[0].refused == "the two have different parts in it"
    (both,) = look.together
    roles = dict(zip(sorted((her, him)), (both.a, both.b), strict=True))
    assert Role.CALLER in roles[her] and roles[him] == (Role.SUSPECT,)
    with pytest.raises(Refused, match="no longer be read as at risk"):
        desk.app.proposed.judge(sup, her, him, Sameness.SAME)
    assert desk.app.proposed.count(sup) == 1
