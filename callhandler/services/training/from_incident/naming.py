"""Which incident is meant, by its reference or its number in the store."""

from callhandler.errors import BadInput
from callhandler.model.search import Term
from callhandler.model.words import words_of
from callhandler.services.office import Office
from callhandler.store import beside, search
from callhandler.store.unit_of_work import reading


def incident_named(office: Office, told: str) -> int:
    """The incident that a reference, or a number in the store, names. Raises BadInput for none and for several."""
    words = words_of(told)
    if not words:
        raise BadInput("Name an incident by its reference, or by its number in the store.", "incident")
    with reading(office.engine) as connection:
        asked = search.incidents_by_reference(connection, tuple(Term((word,)) for word in words))
        found = beside.at_once(connection, asked)
    if not found and told.strip().isdigit():
        return int(told)
    if not found:
        raise BadInput("There is no incident of this reference.", "incident")
    if len(found) > 1:
        raise BadInput(
            f"{len(found)} incidents have this in their reference; say the day with it.", "incident"
        )
    return found[0]
