"""Records that were judged to be of one person or place, where somebody is looked for: found once, with every name."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from callhandler.model.sameness import PERSON, PLACE, Cluster, records_of
from callhandler.store import beside, keys, pictures, search_rows, subjects
from callhandler.store.engine import Connection
from callhandler.store.pictures import linking


def ids_as_one(clusters: Iterable[Cluster]) -> dict[int, int]:
    """By record, the oldest of those that it is read as one with. A record by itself is left out."""
    return {each: min(cluster.ids) for cluster in clusters for each in cluster.ids}


def by_subject(clusters: Iterable[Cluster], ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """These people, or places, in their order, each once under the oldest of its records, with all of them."""
    of = {each: tuple(sorted(cluster.ids)) for cluster in clusters for each in cluster.ids}
    found = (of.get(each, (each,)) for each in ids)
    return {records[0]: records for records in found}


class Records:
    """Of whom records are and how she is called, within one reading. On a shared database it is read ahead.

    There each further look is a wait: so the records of names that were found are read together, before it is known
    which of them are asked for. In a file only what is asked for is read.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read = pictures.every_record(connection)
        self._clusters: tuple[Cluster, ...] = ()
        self._ahead: dict[int, list[keys.NameRow]] = {}

    @property
    def shared(self) -> bool:
        """Whether each further look is a wait."""
        return self._read.shared

    async def ahead(self, names: list[int]) -> None:
        """Read the records of whoever bears these names, of a shared database."""
        if not (names and self._read.shared):
            return
        clusters, names_of = await beside.together(
            linking.named_read_as_one(self._read, names), keys.every_name_reached(self._connection, names)
        )
        self._clusters = tuple(dict.fromkeys((*self._clusters, *clusters)))
        self._ahead |= names_of

    async def read_as_one(self, people: Collection[int]) -> tuple[Cluster, ...]:
        """Which of these records, and of all that they lead to, are read as one."""
        if self._ahead.keys() >= set(people):
            return self._clusters
        return await linking.read_as_one(self._read, people)

    async def names_of(self, people: Collection[int]) -> dict[int, list[keys.NameRow]]:
        """Every name of each of these people, the oldest first."""
        if self._ahead.keys() >= set(people):
            return {each: self._ahead[each] for each in people}
        return await keys.every_name(self._connection, people)

    async def called(self, people: Collection[int]) -> dict[int, list[str]]:
        """What each of these people is called, the oldest name first."""
        if self._ahead.keys() >= set(people):
            return {each: [row.name for row in self._ahead[each]] for each in people}
        return await search_rows.names_of(self._read, people)


async def people_as_one(
    records: Records, rows: list[keys.NameRow]
) -> tuple[list[keys.NameRow], dict[int, int]]:
    """Names on record, each under the oldest record of whoever bears it, with all of her names; and who is read as whom.

    One statement, and one more where any of them is read as one with another.
    """
    clusters = await records.read_as_one({row.subject_id for row in rows})
    if not clusters:
        return rows, {}
    read_as = ids_as_one(clusters)
    every = await records.names_of(read_as)
    called = {
        min(cluster.ids): _called([row for each in sorted(cluster.ids) for row in every.get(each, ())])
        for cluster in clusters
    }

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
    return _oldest(own, pictures.read_as_one(connection, own)) if len(own) > 1 else own


def one_place_each(connection: Connection, places: Iterable[int]) -> tuple[int, ...]:
    """Of these records the oldest of each place, in their order. One statement where there are several."""
    own = tuple(dict.fromkeys(places))
    return _oldest(own, pictures.read_as_one(connection, (), own)) if len(own) > 1 else own


def _oldest(own: Iterable[int], clusters: Iterable[Cluster]) -> tuple[int, ...]:
    read_as = ids_as_one(clusters)
    first: dict[int, int] = {}
    for each in own:
        one = read_as.get(each, each)
        first[one] = min(each, first.get(one, each))
    return tuple(first.values())


def called_of(connection: Connection, records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What each of these records is called by itself, by kind and record. Two statements."""
    wanted = set(records)
    people, places = ([id_ for kind, id_ in wanted if kind == of] for of in (PERSON, PLACE))
    rows = {PERSON: keys.names_of(connection, people), PLACE: keys.names_of_place(connection, places)}
    return {(kind, row.subject_id): row.called for kind, of in rows.items() for row in of}


def called_as_one(connection: Connection, person_id: int) -> str:
    """What somebody is called by all of her records, the oldest name first. Two statements."""
    records = records_as_one(connection, [person_id])
    every = beside.at_once(connection, keys.every_name(connection, records))
    rows = [row for each in sorted(records) for row in every.get(each, ())]
    return _called(rows)[0] if rows else "somebody"


def open_incidents_of(connection: Connection, kind: str, records: Iterable[int]) -> tuple[int, ...]:
    """Every open incident that bears on these records of one kind, under whichever record.

    Of people, those in which one has a part; of places, those that are or were there, and those of whoever lives there.
    """
    if kind == PERSON:
        return subjects.open_with(connection, records_as_one(connection, records))
    places = places_as_one(connection, records)
    return subjects.open_at(
        connection, places, records_as_one(connection, subjects.living_at(connection, places))
    )


def _called(rows: list[keys.NameRow]) -> tuple[str, str]:
    """What somebody is called by all of her records, the oldest first; and when she was born."""
    named = [row for row in rows if row.named] or rows
    names = list({row.called.casefold(): row.called for row in reversed(named)}.values())[::-1]
    born = next((row.born for row in rows if row.born), "")
    also = f" (also {', '.join(names[1:])})" if len(names) > 1 else ""
    return f"{names[0]}{also}", born
