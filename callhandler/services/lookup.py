"""Looking somebody up without a call: by number, name or place; and the record that it was done, by whom and why."""

from dataclasses import dataclass

from callhandler.errors import BadInput
from callhandler.model.actor import Actor, Right
from callhandler.model.picture import Picture
from callhandler.rules.identify import NumberKind, folded, number_given
from callhandler.rules.joined import joined
from callhandler.services.finding import NOTHING, Found, people_like, places_like
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import pictures, subjects, tables


@dataclass(frozen=True, slots=True)
class Possible:
    """The people and places that words may mean, each with why, sure and possible apart; their history is not opened."""

    people: Found
    places: Found


class Lookup:
    """The picture of people, places and numbers, as of now."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def picture(
        self, actor: Actor, purpose: str, *, number: str = "", name: str = "", place: str = ""
    ) -> Picture:
        """The picture of everybody a number, name or place leads to, whoever was judged to be one as one.

        What was opened, by whom and why is recorded first. An empty picture means that nothing is recorded under these
        words here; it does not mean that nothing happened.
        Raises BadInput when nothing to look for, or no purpose, is given.
        """
        require(actor, *DESK, Right.REVIEWER)
        given = number_given(number)
        form = given.e164
        if not form and given.kind is not NumberKind.NOTHING:
            raise BadInput(given.sentence, "number")
        if not (form or name.strip() or place.strip()):
            raise BadInput("Give a number, a name or a place to look for.", "lookup")
        why = line(purpose, "The purpose")
        with work(self._office) as w:
            connection = w.uow.connection
            found = subjects.number_id(connection, form) if form else None
            numbers = [found] if found is not None else []
            people = list(subjects.people_named(connection, folded(name))) if name.strip() else []
            places = list(subjects.places_called(connection, folded(place))) if place.strip() else []
            picture = pictures.of_people(
                connection, w.uow.now, people=people, places=places, numbers=numbers, upto=w.uow.last
            )
            opened = people + [t.person_id for t in picture.number_ties if t.number_id in numbers]
            looked_at: list[tuple[int | None, int | None]] = [
                *((person_id, None) for person_id in dict.fromkeys(opened)),
                *((None, place_id) for place_id in places),
            ]
            for person_id, place_id in looked_at:
                w.uow.append(
                    tables.consultation,
                    user_id=actor.user_id,
                    person_id=person_id,
                    place_id=place_id,
                    incident_id=None,
                    what="linked history",
                    purpose=why,
                )
        return joined(picture)

    def possible(
        self, actor: Actor, purpose: str, *, name: str = "", born: str = "", place: str = ""
    ) -> Possible:
        """Who and where a name, a date of birth and a place in any writing may mean. Whoever was shown is recorded, and why.

        Raises BadInput when nothing to look for, or no purpose, is given.
        """
        require(actor, *DESK, Right.REVIEWER)
        if not (name.strip() or place.strip()):
            raise BadInput("Give a name or a place to look for.", "lookup")
        why = line(purpose, "The purpose")
        with work(self._office) as w:
            connection = w.uow.connection
            people = people_like(connection, name, born) if name.strip() else NOTHING
            places = places_like(connection, place) if place.strip() else NOTHING
            for found, column in ((people, "person_id"), (places, "place_id")):
                for candidate in found.candidates:
                    ids = {"person_id": None, "place_id": None, "incident_id": None, column: candidate.id}
                    w.uow.append(
                        tables.consultation,
                        user_id=actor.user_id,
                        what="shown as possible",
                        purpose=why,
                        **ids,
                    )
        return Possible(people, places)
