"""Who or where may be meant, by another writing of a name or address than the one on record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from callhandler.model.birth import born_in_words
from callhandler.model.candidates import Candidate, Surety
from callhandler.model.words import words_of
from callhandler.services.as_one import Records, ids_as_one, people_as_one, places_as_one
from callhandler.store import beside, keys, pictures, subjects
from callhandler.store.engine import Connection
from callhandler.store.pictures import linking

if TYPE_CHECKING:
    from callhandler.rules.identify.names.wanted import Wanted
    from callhandler.rules.identify.places.candidates import Around

WEIGHED = 32
"""So many names are compared part by part, the likeliest by their keys; ten are shown."""
FURTHER = 2.0
"""None so many slips further by her keys than the likeliest: by the names themselves she is not shown beside her."""
WIDELY = 36
"""So many where somebody is looked for outright."""
BORN_THEN_WEIGHED = 12
"""So many of those born on the day that was told, the likest by the letters of their names."""
FEW = 100
"""So many are looked at of whom only one name is right and the other begins as it was told."""
AROUND = 300
"""So many names of places are compared for what lies around one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Who or what may be meant, the likeliest first, each with its name. `complete` says that all were weighed.

    `less_likely` are those who are not counted among them, where somebody is looked for outright. `by_itself` is whoever is
    taken to be ringing unless somebody says otherwise, and `by_what` why.
    """

    candidates: tuple[Candidate, ...]
    names: dict[int, str]
    complete: bool = True
    less_likely: tuple[Candidate, ...] = ()
    by_itself: int | None = None
    by_what: str = ""


NOTHING = Found((), {})


def get_ready() -> None:
    """Import what compares names and places, and read its lists, before somebody is first looked for. Asks no database."""
    from callhandler.rules.identify.names.candidates import KnownName, candidates
    from callhandler.rules.identify.names.wanted import wanted_words
    from callhandler.rules.identify.places.candidates import KnownPlace
    from callhandler.rules.identify.places.candidates import candidates as places
    from callhandler.rules.identify.places.keys import keys_of_place
    from callhandler.rules.identify.places.read_as import read_as

    # A name and an address of nobody: each list is read when it is first asked.
    wanted_words("Żaneta Beispiel")
    candidates("Kate", "", (KnownName(0, "Żaneta Beispiel"),))
    keys_of_place(read_as("one Example Road"))
    places("1 Example Road", (KnownPlace(0, "Example House, 2 Example Road"),))


def people_like(connection: Connection, told: str, born: str = "") -> Found:
    """The people who may be meant by a name and a date of birth as told, each once under whichever record.

    Four statements, whatever is on record; one more where records are read as one. A shared database is waited for thrice.
    """
    return beside.at_once(connection, asking_people(connection, Records(connection), told, born))


async def asking_people(connection: Connection, records: Records, told: str, born: str = "") -> Found:
    """The same, beside what else is read."""
    if not told.strip():
        return NOTHING
    # What compares names is imported when somebody is first looked for, not when the desk starts.
    from callhandler.rules.identify.names.candidates import KnownName, candidates

    rows, complete = await _by_name(connection, records, told, born)
    rows, _ = await people_as_one(records, rows)
    found = candidates(told, born, (KnownName(r.subject_id, r.name, r.born) for r in rows))
    return _found(found, rows, complete)


def people_widely(connection: Connection, told: str, born: str = "", most: int = 10) -> Found:
    """The same people in the same order, where somebody is looked for outright; and to so many in all those less likely.

    Five statements, whatever is on record; one more where records are read as one. A shared database is waited for thrice.
    """
    return beside.at_once(connection, asking_widely(connection, Records(connection), told, born, most))


async def asking_widely(
    connection: Connection, records: Records, told: str, born: str = "", most: int = 10
) -> Found:
    """The same, beside what else is read."""
    if not told.strip():
        return NOTHING
    from callhandler.rules.identify.names.candidates import KnownName, candidates
    from callhandler.rules.identify.names.keys import BORN_THEN
    from callhandler.rules.identify.names.less_likely import less_likely
    from callhandler.rules.identify.names.wanted import wanted_names, wanted_words
    from callhandler.rules.identify.names.widely import wider

    words, every_word = await keys.words_like(connection, wanted_words(told))
    wanted = wanted_names(told, born, words)
    further = wider(told, wanted)
    (rows, every_name), (more, every_day) = await beside.together(
        _found_by(connection, wanted),
        keys.found_widely(connection, list(further.words), list(further.dated)),
    )
    wanted.weigh(rows)
    near = frozenset(wanted.ranked(WEIGHED, FURTHER))
    wanted.words = further.words
    wanted.weigh(row for row in more if row[0] != BORN_THEN)
    far = wanted.ranked(WIDELY)
    born_then = {name_id for key, _, name_id in more if key == BORN_THEN}
    named = await _with_likest(connection, records, told, near.union(far), born_then.difference(near, far))
    named, _ = await people_as_one(records, named)
    known = [(r.id in near, KnownName(r.subject_id, r.name, r.born)) for r in named]
    found = candidates(told, born, (one for is_near, one in known if is_near))
    beside_them = {c.id for c in found}
    others = less_likely(
        told, born, (one for _, one in known if one.person_id not in beside_them), most - len(found)
    )
    every = _found((*found, *others), named, every_word and every_name and every_day)
    return replace(every, candidates=found, less_likely=others)


async def _with_likest(
    connection: Connection, records: Records, told: str, ids: frozenset[int], many: set[int]
) -> list[keys.NameRow]:
    """These names, and of many others those that are likest by their letters. A shared database is waited for once."""
    from callhandler.rules.identify.names.widely import likest_of

    if not records.shared:
        # In a file a name is read in a third of the time of all that is read with it.
        likest = likest_of(told, await keys.names_written(connection, [*many]), BORN_THEN_WEIGHED)
        return await keys.names_by_id(connection, [*ids, *likest])
    every = [*ids, *many]
    named, _ = await beside.together(keys.names_by_id(connection, every), records.ahead(every))
    likest = likest_of(told, ((r.id, r.name) for r in named if r.id in many), BORN_THEN_WEIGHED)
    return [r for r in named if r.id in ids or r.id in likest]


async def _users_of(
    connection: Connection, records: Records, number_id: int | None
) -> tuple[tuple[int, ...], list[keys.NameRow]]:
    """Who uses a number, and their names."""
    if number_id is None:
        return (), []
    users = await subjects.users_of(connection, number_id)
    if not users:
        return (), []
    every = await keys.every_name(connection, users)
    rows = sorted((row for of in every.values() for row in of), key=lambda row: row.id)
    await records.ahead([row.id for row in rows])
    return users, rows


async def _by_name(
    connection: Connection, records: Records, told: str, born: str
) -> tuple[list[keys.NameRow], bool]:
    if not told.strip():
        return [], True
    from callhandler.rules.identify.names.wanted import wanted_names, wanted_words

    words, every_word = await keys.words_like(connection, wanted_words(told))
    wanted = wanted_names(told, born, words)
    rows, every_name = await _found_by(connection, wanted)
    wanted.weigh(rows)
    likeliest = wanted.ranked(WEIGHED, FURTHER)
    named, _ = await beside.together(keys.names_by_id(connection, likeliest), records.ahead(likeliest))
    return named, every_word and every_name


async def _found_by(connection: Connection, wanted: "Wanted") -> tuple[Sequence[tuple[int, int, int]], bool]:
    """What is found by the keys that are to be probed, and whether that is all."""
    most = keys.MOST if wanted.initial else FEW
    return await keys.found_by(connection, list(wanted.keys), list(wanted.spans), list(wanted.dated), most)


def who_rings(connection: Connection, told: str, number_id: int | None, born: str = "") -> Found:
    """Who may be ringing: by the name as told, and by the number, all of whose users are shown.

    Six statements at most; one more where records are read as one. A shared database is waited for thrice.
    """
    return beside.at_once(connection, _who_rings(connection, Records(connection), told, number_id, born))


async def _who_rings(
    connection: Connection, records: Records, told: str, number_id: int | None, born: str
) -> Found:
    (users, rows), (named, complete) = await beside.together(
        _users_of(connection, records, number_id), _by_name(connection, records, told, born)
    )
    if not told.strip():
        rows, read_as = await people_as_one(records, rows)
        users = tuple(dict.fromkeys(read_as.get(u, u) for u in users))
        surety = Surety.CONFIRMED if len(users) == 1 else Surety.POSSIBLE
        how = (
            "the only one known to use this number" if len(users) == 1 else f"one of {len(users)} who use it"
        )
        return _found(tuple(Candidate(u, surety, (how,)) for u in users), rows)
    from callhandler.rules.identify.names.candidates import KnownName, candidates

    # "Caller from 07700 ..." is no name, and is like nobody's.
    nameless = {r.id for r in rows if not r.named and r.name == r.called}
    rows, read_as = await people_as_one(records, named + rows)
    known = (KnownName(r.subject_id, r.name, r.born) for r in rows if r.id not in nameless)
    by_number = {read_as.get(u, u): "has used this number" for u in users}
    found = candidates(told, born, known, otherwise=by_number)
    return _found(found, rows, complete)


def places_like(connection: Connection, told: str) -> Found:
    """The places that may be meant by words, each once under whichever record. Two statements, whatever is on record."""
    return beside.at_once(connection, asking_places(connection, told))


async def asking_places(connection: Connection, told: str) -> Found:
    """The same, beside what else is read; where the words may be read otherwise, those too, as possible and said so."""
    if not told.strip():
        return NOTHING
    from callhandler.rules.identify.places.read_as import read_as

    found, other = await _places(connection, told), read_as(told)
    if not other:
        return found
    further = await _places(connection, other)
    here = {c.id for c in found.candidates}
    others = tuple(
        Candidate(c.id, Surety.POSSIBLE, (f"read as {other}", *c.why))
        for c in further.candidates
        if c.id not in here
    )
    complete = found.complete and further.complete
    return Found((*found.candidates, *others), further.names | found.names, complete)


async def _places(connection: Connection, told: str) -> Found:
    from callhandler.rules.identify.places.candidates import KnownPlace, candidates
    from callhandler.rules.identify.places.keys import keys_of_place

    rows, complete = await keys.places_by(connection, keys_of_place(told), words=frozenset(words_of(told)))
    read = pictures.every_record(connection)
    read_as = ids_as_one(await linking.read_as_one(read, (), {r.subject_id for r in rows}))
    found = candidates(told, (KnownPlace(read_as.get(r.subject_id, r.subject_id), r.name) for r in rows))
    # By its fullest name: two places of one name are told apart by their town or postcode. The oldest record's goes first.
    fullest = sorted(
        rows, key=lambda r: (r.subject_id == read_as.get(r.subject_id, r.subject_id), len(r.name))
    )
    full = {read_as.get(row.subject_id, row.subject_id): row.name for row in fullest}
    return Found(found, {c.id: full[c.id] for c in found}, complete)


def places_around(connection: Connection, place_id: int) -> "tuple[tuple[Around, str, frozenset[int]], ...]":
    """What is known around a place: its building, the flats in it, those above and below, next door.

    Each is there once, under the oldest of its records, with its name and all of them; none is there as which the place
    itself is read. Their history is theirs. Four statements, whatever is on record.
    """
    from callhandler.rules.identify.places.candidates import KnownPlace, around
    from callhandler.rules.identify.places.keys import keys_of_place

    here = places_as_one(connection, [place_id])
    own = sorted(keys.names_of_place(connection, here), key=lambda r: r.subject_id)
    wanted = {key for row in own for key in keys_of_place(row.name)}
    rows, _ = beside.at_once(connection, keys.places_by(connection, wanted, AROUND))
    rows = [row for row in rows if row.subject_id not in here]
    clusters = pictures.read_as_one(connection, (), {row.subject_id for row in rows})
    read_as = ids_as_one(clusters)
    records = {min(cluster.ids): cluster.ids for cluster in clusters}
    called: dict[int, str] = {}
    for row in sorted(rows, key=lambda r: r.subject_id):
        called.setdefault(read_as.get(row.subject_id, row.subject_id), row.called)
    known = [KnownPlace(read_as.get(r.subject_id, r.subject_id), r.name) for r in rows]
    found: dict[int, Around] = {}
    for row in own:
        for one in around(place_id, row.name, known):
            found.setdefault(one.place_id, one)
    return tuple(
        (one, called[one.place_id], records.get(one.place_id, frozenset((one.place_id,))))
        for one in found.values()
    )


def _found(found: tuple[Candidate, ...], rows: list[keys.NameRow], complete: bool = True) -> Found:
    # Of several dates of birth the one on record stands first.
    names = {row.subject_id: row.called for row in rows}
    names |= {r.subject_id: f"{r.called}, born {born_in_words(r.born)}" for r in reversed(rows) if r.born}
    return Found(found, {c.id: names[c.id] for c in found}, complete)
