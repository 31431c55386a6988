"""Finds or makes the people, places and numbers that a handler names, inside one transaction."""

from uuid6 import uuid7

from callhandler.errors import BadInput
from callhandler.model.people import AS_TOLD, Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import BY_NAME, PERSON, Sameness
from callhandler.rules.identify import e164, folded
from callhandler.services.as_one import one_each, one_place_each, records_as_one
from callhandler.services.finding import places_like
from callhandler.services.keying import keep_birth, keep_keys
from callhandler.services.office import Work, line
from callhandler.store import keys, subjects, tables
from callhandler.store.engine import Connection

MANY_USERS = 20
"""A number that more people use is a switchboard's or a hostel's: it tells no two people of one name apart."""


def number(work: Work, given: str) -> int | None:
    """The id of a number in any UK spelling; None when it is withheld or not a number."""
    form = e164(given)
    if not form:
        return None
    found = subjects.number_id(work.uow.connection, form)
    return found or work.uow.append(tables.number, e164=form, as_given=line(given, "The number"))


def place(work: Work, words: str, *, label: str = "", postcode: str = "", kind: str = "") -> int:
    """The id of the place known by these words, or surely the same address in other words; else a new place.

    Of several places of one name none is taken: it would be a guess. The words stand for themselves then, and may be any.
    """
    words = line(words, "The place")
    meant = place_meant(work.uow.connection, words)
    if meant is not None:
        return meant
    place_id = work.uow.append(
        tables.place,
        uuid=str(uuid7()),
        label=label or words.split(",")[0],
        address=words,
        postcode=postcode,
        kind=kind,
    )
    for name in dict.fromkeys((words, label or words.split(",")[0])):
        work.uow.append(tables.place_name, place_id=place_id, name=name, folded=folded(name))
    keep_keys(work)
    return place_id


def place_meant(connection: Connection, words: str) -> int | None:
    """The one place on record that these words mean without asking; None where there is none, or several."""
    if not words.strip():
        return None
    found = one_place_each(connection, subjects.places_called(connection, folded(words)))
    if found:
        return found[0] if len(found) == 1 else None
    return next((c.id for c in places_like(connection, words).candidates if c.confirmed), None)


def place_called(work: Work, place_id: int) -> str:
    """What a place that is on record is called. Raises BadInput when there is no such place."""
    names = keys.names_of_place(work.uow.connection, [place_id])
    if not names:
        raise BadInput("There is no place of this record here any more.", "place")
    return names[0].called


def place_told(work: Work, picture: Picture | None, accepted: int, told: str) -> int:
    """The record of the place as told where one on record is accepted to be meant: its own, never the other's.

    What hangs on it can then be parted again. One that was made for these words in
    this incident, and is read as one with what is accepted, is kept; nothing is made where no words were told.
    """
    if not told.strip():
        return accepted
    words = line(told, "The place")
    if picture is not None and picture.incident is not None:
        here = {picture.incident.place_id, *(m.place_id for m in picture.moves)}
        mine = (picture.records_of_place(accepted) & here) - {accepted}
        kept = sorted(mine.intersection(subjects.places_called(work.uow.connection, folded(words))))
        if kept:
            return kept[0]
    place_id = work.uow.append(
        tables.place, uuid=str(uuid7()), label=words, address=words, postcode="", kind=AS_TOLD
    )
    work.uow.append(tables.place_name, place_id=place_id, name=words, folded=folded(words))
    keep_keys(work)
    return place_id


MANY = 20
"""Records of one person beyond which a further one says nothing: a name such as "the doorman" is in every other incident."""


def person(
    work: Work, who: int | str, picture: Picture | None = None, *, born: str = "", author: str = ""
) -> int:
    """The id of a person by id or by name: somebody in the incident first, then known, then new.

    Of several known by the name none is taken: it would be a guess. Nor is the only one who is known by no more than a
    given name, or by words such as "her partner".

    With an `author` whoever is known, and neither in the incident nor in its history yet, has a record of its own for it,
    read as one with the one on record: the two can be parted again where it is somebody else of the name.
    """
    if isinstance(who, int):
        return who
    from callhandler.rules.identify.names.whole import names_somebody

    name = line(who, "The name")
    known = known_as(work.uow.connection, name, born)
    if picture is not None:
        here = {p.person_id for p in picture.parties if p.incident_id == picture.here}
        # Under whichever of her records she is in this incident.
        mine = [r for p in known for r in sorted(picture.records_of(p) & here)]
        if mine:
            return mine[0]
    # "The suspect" of what happened there last year is not this one.
    near = (
        [p for p in known if any(p == q.id for q in picture.people)]
        if picture is not None and names_somebody(name)
        else []
    )
    once = one_each(work.uow.connection, near)
    if len(once) == 1:
        return once[0]
    one = the_one(work.uow.connection, name, known, None, born)
    if one is None:
        return new_person(work, name, born=born)
    return _taken(work, picture, one, name, author) if picture is not None and author else one


def _taken(work: Work, picture: Picture, known: int, name: str, author: str) -> int:
    """A record of its own for whoever is taken by a name, read as one with the known one."""
    if len(records_as_one(work.uow.connection, [known])) > MANY:
        return known
    own = new_person(work, name)
    work.uow.append(
        tables.same_as,
        incident_id=picture.here,
        kind=PERSON,
        a=known,
        b=own,
        verdict=Sameness.SAME.value,
        reason=BY_NAME,
        author=author,
    )
    return own


def new_person(work: Work, name: str, *, named: bool = True, born: str = "") -> int:
    """A person not known before."""
    person_id = work.uow.append(tables.person, name=name, born=born, named=named)
    goes_by(work, person_id, name)
    return person_id


def called(work: Work, person_id: int) -> str:
    """What somebody who is on record is called. Raises BadInput when there is nobody of this id."""
    names = keys.names_of(work.uow.connection, [person_id])
    if not names:
        raise BadInput("There is nobody of this record here any more.", "name")
    return names[0].called


def told_of(
    work: Work, picture: Picture, accepted: int, told: str, *, number: str = "", born: str = ""
) -> int:
    """The record of whoever was told of where somebody on record is accepted to be meant: its own, never the other's.

    What is taken down then hangs on it, so that the two can be parted again. One that was made for these words in this
    incident, and is read as one with whoever is accepted, is kept; else it is new, by the name as told or by the number.
    """
    connection = work.uow.connection
    here = {p.person_id for p in picture.parties if p.incident_id == picture.here}
    mine = (picture.records_of(accepted) & here) - {accepted}
    named = bool(told.strip())
    same = subjects.people_named(connection, folded(told)) if named else subjects.unnamed(connection, mine)
    kept = sorted(mine.intersection(same))
    if kept:
        born_as_told(work, kept[0], born)
        return kept[0]
    return stranger(work, told, number=number, born=born)


def stranger(work: Work, told: str, *, number: str = "", born: str = "") -> int:
    """A record of whoever rings, by the name as told or by the number, whoever else goes by either."""
    named = bool(told.strip())
    name = line(told, "The name") if named else f"Caller from {number}" if number else "Caller not named"
    return new_person(work, name, named=named, born=born)


def born_as_told(work: Work, person_id: int, born: str) -> None:
    """Keep a person's date of birth as it was told, whole or in part, unless it is on record in these words."""
    if not born.strip():
        return
    told, connection = line(born, "The date of birth"), work.uow.connection
    names = keys.names_of(connection, [person_id])
    if told not in {row.born for row in names}:
        work.uow.append(tables.person_birth, person_id=person_id, born=told)
        keep_birth(work, [(row.id, row.name) for row in names], told)


def known_as(connection: Connection, name: str, born: str) -> tuple[int, ...]:
    """Who is known by a name: of several she whose date of birth is the one told, and nobody whose date is another."""
    known = subjects.people_named(connection, folded(name))
    if not known or not born.strip():
        return known
    from callhandler.rules.identify.names.born import Births, births

    how = {row.subject_id: births(born, row.born) for row in keys.names_of(connection, known)}
    same = tuple(p for p in known if how[p] is Births.SAME)
    return (
        same
        if len(one_each(connection, same)) == 1
        else tuple(p for p in known if how[p] is not Births.APART)
    )


def the_one(
    connection: Connection, name: str, known: tuple[int, ...], number_id: int | None, born: str
) -> int | None:
    """Whoever of those known by a name is taken to be meant by it and by the number: only where just one can be.

    A father and a son of one name share a number as well. By the name alone it must be a whole one, or her date of birth
    as told; a number that many use says nothing of who it is. "The neighbour" is whoever was called so on that number.
    """
    from callhandler.rules.identify.names.whole import names_somebody, tells_who

    if not known:
        return None
    users = subjects.people_of_number(connection, number_id) if number_id is not None else ()
    # Whoever uses it, under whichever record.
    by_number = records_as_one(connection, users) if 0 < len(users) <= MANY_USERS else frozenset()
    tied = one_each(connection, [p for p in known if p in by_number])
    one = tied or (one_each(connection, known) if names_somebody(name) else ())
    if len(one) != 1:
        return None
    return one[0] if tied or tells_who(name) or _born_so(connection, one[0], born) else None


def _born_so(connection: Connection, person_id: int, born: str) -> bool:
    """Whether somebody's date of birth on record is the one told."""
    if not born.strip():
        return False
    from callhandler.rules.identify.names.born import Births, births

    return any(births(born, row.born) is Births.SAME for row in keys.names_of(connection, [person_id]))


def goes_by(work: Work, person_id: int, name: str) -> None:
    """A name by which a person goes, beside those known."""
    work.uow.append(tables.person_name, person_id=person_id, name=name, folded=folded(name))
    keep_keys(work)


def party(work: Work, picture: Picture, person_id: int, role: Role) -> None:
    """Give a person a role in the incident unless he holds it already."""
    held = {(p.person_id, p.role) for p in picture.parties if p.incident_id == picture.here}
    if (person_id, role) not in held:
        work.uow.append(tables.party, incident_id=picture.here, person_id=person_id, role=role.value)
