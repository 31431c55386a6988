"""Looking up by words in another writing: shown as possible, with why, and on record as consulted."""

import pytest
from sqlalchemy import text

from callhandler.errors import BadInput
from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk

WHY = "enquiry"


def consulted(desk: Desk) -> list[tuple[str, str]]:
    with reading(desk.app.office.engine) as connection:
        rows = connection.execute(text("SELECT what, purpose FROM consultation ORDER BY id"))
        return [(r.what, r.purpose) for r in rows]


def test_a_name_and_an_address_in_another_writing_are_possible_with_why(desk: Desk) -> None:
    desk.call(name="Katarzyna Nowak", place="12 Larkmoor Street, Dudley DY1 2AB")
    before = len(consulted(desk))
    found = desk.app.lookup.possible(desk.handler, WHY, name="Nowak, Kasia", place="12 Larkmor St")
    (person,), (place,) = found.people.candidates, found.places.candidates
    assert not person.confirmed
    assert person.why == ("Kasia is a form of Katarzyna",)
    assert not place.confirmed and "the street is written otherwise" in place.why
    assert found.people.names[person.id] == "Katarzyna Nowak"
    assert consulted(desk)[before:] == [("shown as possible", WHY)] * 2


def test_nothing_found_is_nothing_and_nothing_asked_is_refused(desk: Desk) -> None:
    found = desk.app.lookup.possible(desk.handler, WHY, name="Martha Quill")
    assert found.people.candidates == found.places.candidates == ()
    with pytest.raises(BadInput, match="a name or a place"):
        desk.app.lookup.possible(desk.handler, WHY, name="  ")
    with pytest.raises(BadInput, match="purpose"):
        desk.app.lookup.possible(desk.handler, " ", name="Joan Hill")


@pytest.mark.parametrize(
    ("number", "said"),
    [("496 0999", "no area code"), ("07700 90041", "lacks digits"), ("withheld", "withheld")],
)
def test_what_is_no_number_is_told_apart(desk: Desk, number: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        desk.app.lookup.picture(desk.handler, WHY, number=number)
