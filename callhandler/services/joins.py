"""Which open incident a call belongs to: what it is held against is read in a few statements, whatever is on record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from callhandler.model.sameness import PERSON, PLACE, records_of
from callhandler.rules.identify import Join, OpenNow, incident_to_join
from callhandler.services.as_one import called_as_one
from callhandler.store import beside, joining, keys, pictures
from callhandler.store.engine import Connection
from callhandler.store.pictures import incidents, linking
from callhandler.store.pictures.reader import Reader


@dataclass(frozen=True, slots=True)
class Rings:
    """Who rings, from which places and numbers, by the records that they are known under.

    `told` are the words for the place, if any; `prefer` is the incident that was shown as the one it may belong to.
    """

    people: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    told: str = ""
    prefer: int = 0


def join_of(connection: Connection, rings: Rings, since: datetime) -> Join | None:
    """The open incident, begun since an instant, that a call belongs to; None where it belongs to none.

    Eleven statements at most and two where nothing is open, whatever is on record.
    """
    known = beside.at_once(connection, _open_now(connection, rings, since))
    found = incident_to_join(known, rings.people, rings.places, rings.numbers, rings.prefer)
    if found is None:
        return None
    (incident,) = incidents.incidents(pictures.every_record(connection), [found.incident_id])
    name = called_as_one(connection, found.person_id) if found.person_id is not None else ""
    return Join(incident, found.how.format(name=name), found.sure)


async def _open_now(connection: Connection, rings: Rings, since: datetime) -> OpenNow:
    read = pictures.every_record(connection)
    parts, hers = await beside.together(
        joining.parts(read, since), linking.read_as_one(read, rings.people, rings.places)
    )
    if not parts:
        return OpenNow(())
    of: dict[str, set[int]] = {PERSON: set(), PLACE: set()}
    for _, (kind, id_) in parts:
        of.setdefault(kind, set()).add(id_)
    people = records_of(hers, PERSON, rings.people)
    theirs, relatives, lives = await beside.together(
        linking.read_as_one(read, of[PERSON]), joining.relatives(read, people), joining.homes(read, people)
    )
    everybody = records_of(theirs, PERSON, of[PERSON])
    homes, houses, around = await beside.together(
        joining.homes(read, everybody),
        linking.read_as_one(read, (), {place for _, place in lives}),
        _around(read, of[PLACE], _words(connection, rings, records_of(hers, PLACE, rings.places))),
    )
    return OpenNow(
        parts=parts,
        relatives=relatives,
        homes={*lives, *homes},
        around=around,
        clusters=tuple(dict.fromkeys((*hers, *theirs, *houses))),
    )


def _words(connection: Connection, rings: Rings, places: Collection[int]) -> set[str]:
    """How the place is called: as it was told, and by every record of it."""
    told = {rings.told} if rings.told.strip() else set()
    return told.union(row.name for row in keys.names_of_place(connection, places))


async def _around(read: Reader, places: Collection[int], words: Collection[str]) -> set[int]:
    """Of these places those that are the building of one called so, or a flat in it. One statement.

    A neighbour's flat is not: it is shown beside the place, with its own history.
    """
    if not (places and words):
        return set()
    # What compares places is imported when one is first told, not when the desk starts.
    from callhandler.rules.identify.places.candidates import KnownPlace, around
    from callhandler.rules.identify.places.compare import Relation
    from callhandler.rules.identify.places.keys import keys_of_place

    wanted = frozenset[int]().union(*(keys_of_place(each) for each in words))
    known = [KnownPlace(*row) for row in await joining.named_like(read, places, wanted)]
    of_it = (Relation.BUILDING, Relation.FLAT_OF_IT)
    return {one.place_id for each in words for one in around(-1, each, known) if one.relation in of_it}
