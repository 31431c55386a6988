"""Records that were judged to be of one person or place, where somebody is looked for: found once, with every name."""

from collections.abc import Iterable
from dataclasses import replace

from callhandler.model.sameness import PERSON, PLACE, Cluster, records_of
from callhandler.store import keys, pictures, subjects
from callhandler.store.engine import Connection


def ids_as_one(clusters: Iterable[Cluster]) -> dict[int, int]:
    """By record, the oldest of those that it is read as one with. A record by itself is left out."""
    return {each: min(cluster.ids) for cluster in clusters for each in cluster.ids}


def by_person(clusters: Iterable[Cluster], people: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """These people in their order, each once under the oldest of her records, with all of them."""
    of = {each: tuple(sorted(cluster.ids)) for cluster in clusters for each in cluster.ids}
    found = (of.get(each, (each,)) for each in people)
    return {records[0]: records for records in found}


def people_as_one(
    connection: Connection, rows: list[keys.NameRow]
) -> tuple[list[keys.NameRow], dict[int, int]]:
    """Names on record, each under the oldest record of whoever bears it, with all of her names; and who is read as whom.

    One statement, and two more where any of them is read as one with another.
    """
    clusters = pictures.read_as_one(connection, {row.subject_id for row in rows})
    if not clusters:
        return rows, {}
    read_as = ids_as_one(clusters)
    every = keys.names_of(connection, read_as)
    nameless = subjects.unnamed(connection, read_as)
    called = {cluster_id: _called(of, nameless) for cluster_id, of in _by_person(every, read_as).items()}

    def one(row: keys.NameRow) -> keys.NameRow:
        if row.subject_id not in read_as:
            return row
        whole, born = called[read_as[row.subject_id]]
        return replace(row, subject_id=read_as[row.subject_id], called=whole, born=row.born or born)

    return [one(row) for row in rows], read_as


def records_as_one(connection: Connection, people: Iterable[int]) -> frozenset[int]:
    """These people's records, and every one that is read as one with any of them. One statement."""
    own = set(people)
    return frozenset(records_of(pictures.read_as_one(connection, own), PERSON, own))


def places_as_one(connection: Connection, places: Iterable[int]) -> frozenset[int]:
    """These places' records, and every one that is read as one with any of them. One statement."""
    own = set(places)
    return frozenset(records_of(pictures.read_as_one(connection, (), own), PLACE, own))


def one_each(connection: Connection, people: Iterable[int]) -> tuple[int, ...]:
    """Of these records the oldest of each person, in their order. One statement where there are several."""
    own = tuple(dict.fromkeys(people))
    if len(own) < 2:
        return own
    read_as = ids_as_one(pictures.read_as_one(connection, own))
    first: dict[int, int] = {}
    for each in own:
        one = read_as.get(each, each)
        first[one] = min(each, first.get(one, each))
    return tuple(first.values())


def _by_person(rows: list[keys.NameRow], read_as: dict[int, int]) -> dict[int, list[keys.NameRow]]:
    found: dict[int, list[keys.NameRow]] = {}
    for row in sorted(rows, key=lambda r: (r.subject_id, r.id)):
        found.setdefault(read_as[row.subject_id], []).append(row)
    return found


def _called(rows: list[keys.NameRow], nameless: set[int]) -> tuple[str, str]:
    """What somebody is called by all of her records, the oldest first; and when she was born."""
    named = [row for row in rows if row.subject_id not in nameless] or rows
    names = list({row.called.casefold(): row.called for row in reversed(named)}.values())[::-1]
    born = next((row.born for row in rows if row.born), "")
    also = f" (also {', '.join(names[1:])})" if len(names) > 1 else ""
    return f"{names[0]}{also}", born
