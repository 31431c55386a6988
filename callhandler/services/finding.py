"""Who or where may be meant, by another writing of a name or address than the one on record; and the keys that find them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callhandler.model.candidates import Candidate, Surety
from callhandler.services.office import Office, Work, work
from callhandler.store import keys, subjects
from callhandler.store.engine import Connection
from callhandler.store.unit_of_work import reading

if TYPE_CHECKING:
    from callhandler.rules.identify.places.candidates import Around

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """Who or what may be meant, the likeliest first, each with its name. `complete` says that all were weighed."""

    candidates: tuple[Candidate, ...]
    names: dict[int, str]
    complete: bool = True


NOTHING = Found((), {})


def people_like(connection: Connection, told: str, born: str = "") -> Found:
    """The people who may be meant by a name and a date of birth as told. Two statements, whatever is on record."""
    if not told.strip():
        return NOTHING
    # What compares names is imported when somebody is first looked for, not when the desk starts.
    from callhandler.rules.identify.names.candidates import KnownName, candidates

    rows, complete = _by_name(connection, told, born)
    found = candidates(told, born, (KnownName(r.subject_id, r.name, r.born) for r in rows))
    return _found(found, rows, complete)


def _by_name(connection: Connection, told: str, born: str) -> tuple[list[keys.NameRow], bool]:
    from callhandler.rules.identify.names.keys import wanted_names, wanted_words

    words = keys.words_like(connection, sorted(wanted_words(told)))
    rows = keys.names_by(connection, sorted(wanted_names(told, born, words)))
    seen = sum(len(found) for found in words.values())
    return rows, len(rows) < keys.MOST and seen < keys.MOST_WORDS


def who_rings(connection: Connection, told: str, number_id: int | None) -> Found:
    """Who may be ringing: by the name as told, and by the number, all of whose users are shown. Four statements at most."""
    users = subjects.people_of_number(connection, number_id) if number_id is not None else ()
    if not told.strip():
        rows = keys.names_of(connection, users)
        surety = Surety.CONFIRMED if len(users) == 1 else Surety.POSSIBLE
        how = (
            "the only one known to use this number" if len(users) == 1 else f"one of {len(users)} who use it"
        )
        return _found(tuple(Candidate(u, surety, (how,)) for u in users), rows)
    from callhandler.rules.identify.names.candidates import KnownName, candidates

    rows, complete = _by_name(connection, told, "")
    rows += keys.names_of(connection, users) if users else []
    known = (KnownName(r.subject_id, r.name, r.born) for r in rows)
    found = candidates(told, "", known, otherwise=dict.fromkeys(users, "has used this number"))
    return _found(found, rows, complete)


def places_like(connection: Connection, told: str) -> Found:
    """The places that may be meant by words. One statement, whatever is on record."""
    if not told.strip():
        return NOTHING
    from callhandler.rules.identify.places.candidates import KnownPlace, candidates
    from callhandler.rules.identify.places.keys import keys_of_place

    rows = keys.places_by(connection, sorted(keys_of_place(told)))
    found = candidates(told, (KnownPlace(r.subject_id, r.name) for r in rows))
    return _found(found, rows, len(rows) < keys.MOST)


def places_around(connection: Connection, place_id: int) -> "tuple[tuple[Around, str], ...]":
    """What is known around a place: its building, the flats in it, those above and below, next door; each with its name.

    Their history is theirs. Two statements, whatever is on record.
    """
    from callhandler.rules.identify.places.candidates import KnownPlace, around
    from callhandler.rules.identify.places.keys import keys_of_place

    own = keys.names_of_place(connection, place_id)
    wanted = {key for row in own for key in keys_of_place(row.name)}
    rows = keys.places_by(connection, sorted(wanted)) if wanted else []
    called = {row.subject_id: row.called for row in rows}
    known = [KnownPlace(r.subject_id, r.name) for r in rows]
    found: dict[int, Around] = {}
    for row in own:
        for one in around(place_id, row.name, known):
            found.setdefault(one.place_id, one)
    return tuple((one, called[one.place_id]) for one in found.values())


def _found(found: tuple[Candidate, ...], rows: list[keys.NameRow], complete: bool = True) -> Found:
    names = {row.subject_id: f"{row.called}, born {row.born}" if row.born else row.called for row in rows}
    return Found(found, {c.id: names[c.id] for c in found}, complete)


def keep_keys(within: Work) -> int:
    """Give the oldest names without keys theirs, in this transaction, `BATCH` at most of each; how many were given."""
    from callhandler.rules.identify.names.keys import keys_of_name, keys_of_word, words_of
    from callhandler.rules.identify.places.keys import keys_of_place

    connection = within.uow.connection
    names = keys.unkeyed_names(connection, BATCH)
    words = {word: keys_of_word(word) for row in names for word in words_of(row.name)}
    keys.write_names(connection, {r.id: keys_of_name(r.name, r.born) for r in names}, words)
    places = keys.unkeyed_places(connection, BATCH)
    keys.write_places(connection, {r.id: keys_of_place(r.name) for r in places})
    return len(names) + len(places)


def keep_all_keys(office: Office) -> int:
    """Give every name that has none its keys: those of before there were any, or that were brought in; how many were given.

    Each batch is a transaction of its own, so that a stop on the way loses nothing and other desks go on.
    """
    with reading(office.engine) as connection:
        if not keys.unkeyed_names(connection, 1) and not keys.unkeyed_places(connection, 1):
            return 0
    given = 0
    while True:
        with work(office) as w:
            now = keep_keys(w)
        if not now:
            return given
        given += now
