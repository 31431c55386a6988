"""What is held around a place: told apart from its own, quiet where nothing is held, and recorded once as shown."""

from sqlalchemy import text

from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk


def shown(desk: Desk) -> int:
    with reading(desk.app.office.engine) as connection:
        asked = text(
            "SELECT count(*) FROM consultation WHERE purpose = 'what is held around the place of a call'"
        )
        return int(connection.execute(asked).scalar_one())


def test_the_flat_below_next_door_and_the_building_are_told_apart_each_with_its_own_history(
    desk: Desk,
) -> None:
    end = "Larkmoor Street, Dudley DY1 2AB"
    for name, place in (
        ("A", f"Ground floor flat, 9 {end}"),
        ("B", f"9 {end}"),
        ("C", f"11 {end}"),
        ("C", f"11 {end}"),
        ("D", f"95 {end}"),
    ):
        desk.call(name=name, place=place, join="no")
        desk.later(5)
    here = desk.call(name="E", place=f"First floor flat, 9 {end}", join="no")
    place_id = desk.view(here).picture.incident.place_id
    near = desk.app.surroundings.around(desk.handler, here, place_id)
    assert [(n.relation, n.incidents) for n in near] == [
        ("the building it is in", 1),
        ("the flat below", 1),
        ("next door", 2),
    ]
    assert shown(desk) == 3
    assert desk.app.surroundings.around(desk.handler, here, place_id) == near
    assert shown(desk) == 3


def test_where_nothing_is_held_around_nothing_is_shown_or_recorded(desk: Desk) -> None:
    here = desk.call(place="1 Quiet Lane, Dudley DY1 2AB")
    assert desk.app.surroundings.around(desk.handler, here, desk.view(here).picture.incident.place_id) == ()
    assert shown(desk) == 0
