"""Looking somebody up without a call: by number, name or place; and the record that it was done, by whom and why."""

from dataclasses import dataclass, replace

from callhandler.errors import BadInput
from callhandler.model.actor import Actor, Right
from callhandler.model.picture import Picture
from callhandler.rules.identify import NumberKind, folded, number_given
from callhandler.rules.joined import joined
from callhandler.services.entries import consulted
from callhandler.services.finding import NOTHING, Found, people_like, places_like
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.services.unseen import Kept, kept_from
from callhandler.store import pictures, subjects


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
            for person_id in dict.fromkeys(opened):
                consulted(w, actor, "linked history", why, person_id=person_id)
            for place_id in places:
                consulted(w, actor, "linked history", why, place_id=place_id)
            kept = kept_from(connection, actor)
        return kept.out_of_all(joined(picture))

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
            kept = kept_from(connection, actor)
            places = _seen(places, kept)
            for person in people.candidates:
                consulted(w, actor, "shown as possible", why, person_id=person.id)
            for there in places.candidates:
                consulted(w, actor, "shown as possible", why, place_id=there.id)
        return Possible(people, places)


def _seen(places: Found, kept: Kept) -> Found:
    """Without the places that whoever looks may not find."""
    shown = tuple(one for one in places.candidates if not kept.hides(one.id))
    return replace(places, candidates=shown, names={one.id: places.names[one.id] for one in shown})
