"""An incident's type and qualifiers: recorded each time, never overwritten; they answer a misfit and lower nothing."""

import pytest

from callhandler.errors import BadInput
from callhandler.services.telling import Told
from callhandler.store import tables
from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk


@pytest.fixture
def noise(desk: Desk) -> int:
    """A complaint of noise, in which a scream is heard."""
    incident = desk.call(name="Adult 1", type="noise-nuisance")
    desk.app.telling.tell(desk.handler, incident, Told("screaming-heard", "Somebody is screaming."))
    return incident


def kind(desk: Desk, incident: int) -> tuple[str, tuple[str, ...]]:
    found = desk.view(incident).picture.incident
    assert found is not None
    return found.type, found.qualifiers


def test_a_type_is_given_with_its_qualifiers(desk: Desk, noise: int) -> None:
    desk.app.corrections.retype(
        desk.handler, noise, "domestic-abuse", "A scream.", ["in progress", "CHILD present"]
    )
    assert kind(desk, noise) == ("domestic-abuse", ("in progress", "child present"))
    assert (
        desk.view(noise).picture.log[-1].text
        == "Type: Domestic abuse (in progress, child present). A scream."
    )


def test_an_empty_type_keeps_the_present_one_and_part_of_a_qualifier_will_do(desk: Desk, noise: int) -> None:
    desk.app.corrections.retype(desk.handler, noise, "", qualifiers=["crash", " "])
    assert kind(desk, noise) == ("noise-nuisance", ("crashing",))


def test_qualifiers_belong_to_the_type_they_were_given_with(desk: Desk, noise: int) -> None:
    desk.app.corrections.retype(desk.handler, noise, "", qualifiers=["music"])
    desk.app.corrections.retype(desk.handler, noise, "violence")
    assert kind(desk, noise) == ("violence", ())


def test_nothing_recorded_before_is_overwritten(desk: Desk, noise: int) -> None:
    desk.app.corrections.retype(desk.handler, noise, "", qualifiers=["music"])
    desk.later(1)
    desk.app.corrections.retype(desk.handler, noise, "violence", qualifiers=["in progress"])
    with reading(desk.app.office.engine) as connection:
        types = [r.type for r in connection.execute(tables.incident_type.select())]
        qualifiers = [r.qualifier for r in connection.execute(tables.type_qualifier.select())]
    assert types == ["noise-nuisance", "violence"]
    assert qualifiers == ["music", "in progress"]


@pytest.mark.parametrize("wrong", ["with elephants", "in"])
def test_a_qualifier_that_the_type_has_not_or_that_may_mean_two_is_refused(
    desk: Desk, noise: int, wrong: str
) -> None:
    with pytest.raises(BadInput, match="has no qualifier"):
        desk.app.corrections.retype(desk.handler, noise, "", qualifiers=[wrong])
    assert kind(desk, noise) == ("noise-nuisance", ())


def test_a_type_that_does_not_fit_is_said_and_a_fitting_one_answers_it(desk: Desk, noise: int) -> None:
    assert "type-does-not-fit" in desk.codes(noise)
    desk.app.corrections.retype(desk.handler, noise, "violence")
    assert "type-does-not-fit" not in desk.codes(noise)
    kept = next(w for w in desk.view(noise).assessment.warnings if w.code == "type-does-not-fit")
    assert kept.settled_by, "it is settled by a record, not dropped"


def test_another_type_lowers_neither_floor_nor_grade_and_opens_no_way_round_the_gate(
    desk: Desk, noise: int
) -> None:
    desk.app.incidents.grade(desk.handler, noise, "I")
    before = desk.view(noise).assessment
    for other in ("lost-property", "general-enquiry", "noise-nuisance"):
        desk.app.corrections.retype(desk.handler, noise, other, "Taken down wrongly")
        after = desk.view(noise).assessment
        assert after.floor_rank <= before.floor_rank
        assert {w.code for w in before.critical_below} <= {w.code for w in after.critical_below}
    standing = desk.view(noise).standing_grade
    assert standing is not None
    assert standing.id == "I"
    assert not desk.app.incidents.grade(desk.handler, noise, "R", "Only lost property.").accepted
    assert not desk.app.incidents.close(desk.handler, noise, "Only lost property.").accepted
