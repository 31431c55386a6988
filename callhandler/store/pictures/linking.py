"""Why each past incident is in the picture, what was cut, and which records are read as one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from callhandler.model.facts import MANNER
from callhandler.model.incident import Incident
from callhandler.model.people import VehicleNamed
from callhandler.model.picture import Cut, Link, Rejected, Via
from callhandler.model.sameness import Cluster, SameAs, Sameness, clusters_of
from callhandler.model.when import from_micros
from callhandler.store.pictures.caps import APART, AT_LEAST, COUNTED, IN_ALL
from callhandler.store.pictures.links import LINKS
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Rows, Statement, by_value

new_link = quickly(Link)
new_same_as = quickly(SameAs)

VIA, VERDICT = by_value(Via), by_value(Sameness)
_OF_PEOPLE = frozenset((Via.PERSON.value, Via.SUSPECT.value))
"""Through whom an incident is read however many there are in all."""
_SUBJECT = {
    Via.PERSON: "person",
    Via.SUSPECT: "person",
    Via.NUMBER: "number",
    Via.PLACE: "place",
    Via.VEHICLE: "vehicle",
    Via.KEEPER: "vehicle",
    Via.RELATION: "relatives",
}
_POSSIBLE = (Via.KEEPER, Via.RELATION)
_ORDER = tuple(Via)
_RANK = {via.value: rank for rank, via in enumerate(_ORDER)}
_POSSIBLE_RANKS = frozenset(_RANK[via] for via in _POSSIBLE)


_SAMENESS = """
    WITH RECURSIVE reach(kind, id) AS (
      SELECT 'person' AS kind, p.id FROM person p WHERE p.id IN :people
      UNION SELECT 'person', n.person_id FROM number_tie n WHERE n.number_id IN :users AND {known:n}
      UNION SELECT 'place', q.id FROM place q WHERE q.id IN :places
      UNION SELECT r.kind, CASE WHEN s.a = r.id THEN s.b ELSE s.a END FROM reach r JOIN same_as s
        ON (s.a = r.id OR s.b = r.id) AND s.kind = r.kind WHERE s.verdict = 'same' AND {known:s}
    )
    SELECT DISTINCT j.id, j.kind, j.a, j.b, j.verdict, j.incident_id, j.reason, j.author, j.known_at
    FROM reach x JOIN same_as j ON (j.a = x.id OR j.b = x.id) AND j.kind = x.kind WHERE {known:j} ORDER BY j.id
    """
SAMENESS = Statement(_SAMENESS)
_NAMED = "p.id IN (SELECT n.person_id FROM person_name n WHERE n.id IN :names)"
SAMENESS_OF_NAMED = Statement(_SAMENESS.replace("p.id IN :people", _NAMED))
"""The same of whoever bears these names."""


def sameness(read: Reader, people: Many, places: Many, users_of: Many = ()) -> tuple[SameAs, ...]:
    """Every judgement that bears on these records, on whoever uses these numbers, and on all that they lead to."""
    rows = read.rows(SAMENESS, people=people, places=places, users=users_of)
    return (*_judged(rows), *read.supposing)


def _judged(rows: Rows) -> tuple[SameAs, ...]:
    return tuple(
        new_same_as(id_, kind, a, b, VERDICT[verdict], incident, reason, author, from_micros(known))
        for id_, kind, a, b, verdict, incident, reason, author, known in rows
    )


async def read_as_one(read: Reader, people: Many, places: Many = ()) -> tuple[Cluster, ...]:
    """Which of these records, and of all that they lead to, are read as one. One statement."""
    if not (people or places):
        return ()
    return clusters_of(_judged(await read.ask(SAMENESS, people=people, places=places, users=())))


async def named_read_as_one(read: Reader, names: Many) -> tuple[Cluster, ...]:
    """Which records of whoever bears these names, and of all that they lead to, are read as one. One statement."""
    return clusters_of(_judged(await read.ask(SAMENESS_OF_NAMED, names=names, places=(), users=())))


@dataclass(frozen=True)
class Found:
    """The reasons of what the rules read and of what is only possible, and what was cut."""

    links: tuple[Link, ...]
    possible: tuple[Link, ...]
    cuts: tuple[Cut, ...]

    @property
    def linked(self) -> list[int]:
        """The incidents that the rules read, each once."""
        return list(dict.fromkeys(x.incident_id for x in self.links))

    @property
    def apart(self) -> list[int]:
        """The incidents that are only possible, each once."""
        return list(dict.fromkeys(x.incident_id for x in self.possible))


def links(
    read: Reader,
    here: int,
    people: Many,
    suspects: Many,
    places: Many,
    numbers: Many,
    relatives: Many,
    rejected: Many,
) -> Found:
    """Why each past incident is shown; those judged not linked are left out.

    Through each subject the newest, and of what is older whatever bears risk.
    """
    rows = read.rows(
        LINKS,
        here=here,
        people=people,
        suspects=suspects,
        places=places,
        numbers=numbers,
        relatives=relatives,
        drivers=[*people, *suspects],
        rejected=[*rejected, here],
        manner=MANNER,
    )
    return _kept(rows)


def _kept(rows: Sequence[Sequence[Any]]) -> Found:
    """What of it is kept, and what was cut: through one subject, of all that rules read, of what is only possible."""
    found = sorted({(at, incident, _RANK[via], subject) for incident, via, subject, _, _, at, _ in rows})
    cuts = list(_cut_by_subject(rows))
    read = {incident for _, incident, via, _ in found if via not in _POSSIBLE_RANKS}
    kept = read
    if len(read) > IN_ALL:
        kept = _first(rows)
        if len(kept) < len(read):
            cuts.append(Cut("incidents", "all", 0, len(kept), len(read), more=bool(cuts)))
    possible = list(dict.fromkeys(i for _, i, *_ in reversed(found) if i not in read))
    if len(possible) > APART:
        cuts.append(Cut("possible", "all", 0, APART, len(possible)))
    apart = set(possible[:APART])
    return Found(
        tuple([new_link(i, _ORDER[via], subject) for _, i, via, subject in found if i in kept]),
        tuple([new_link(i, _ORDER[via], subject) for _, i, via, subject in found if i in apart]),
        tuple(cuts),
    )


def _first(rows: Sequence[Sequence[Any]]) -> set[int]:
    """The incidents that are kept when there are too many in all.

    Hers, his and whatever bears risk; then, until it is full, the newest through each place, number and vehicle in turn.
    """
    kept = {incident for incident, via, _, _, _, _, bears in rows if bears or via in _OF_PEOPLE}
    left = [
        (at, incident, via, of)
        for incident, via, _, of, _, at, _ in rows
        if incident not in kept and via not in _POSSIBLE
    ]
    taken: Counter[tuple[str, int]] = Counter()
    turns: dict[int, tuple[int, int]] = {}
    for at, incident, via, of in sorted(left, reverse=True):
        taken[via, of] += 1
        turns[incident] = min((taken[via, of], -at), turns.get(incident, (taken[via, of], -at)))
    room = max(IN_ALL - len(kept), AT_LEAST)
    return kept | set(sorted(turns, key=lambda i: (turns[i], -i))[:room])


def _cut_by_subject(rows: Sequence[Sequence[Any]]) -> Iterable[Cut]:
    """What is held through one subject and not shown, and since when all of it is."""
    through: dict[tuple[str, int, int], dict[int, tuple[int, bool]]] = {}
    for incident, via, _, of, total, at, bears in rows:
        shown = through.setdefault((via, of, total), {})
        shown[incident] = (at, bool(bears) and shown.get(incident, (at, True))[1])
    for (word, subject, total), every in through.items():
        if total <= len(every):
            continue
        via = VIA[word]
        newest = [at for at, bears in every.values() if not bears]
        yield Cut(
            "possible" if via in _POSSIBLE else "incidents",
            _SUBJECT[via],
            subject,
            len(newest),
            min(total, COUNTED),
            total > COUNTED,
            len(every) - len(newest),
            from_micros(min(newest)),
        )


JUDGED_LINKS = Statement(
    "SELECT j.linked_id, j.verdict, j.reason, j.author, j.known_at FROM link_judgement j "
    "WHERE j.incident_id = :here AND {known:j} ORDER BY j.id"
)


def judged_links(read: Reader, here: int) -> dict[int, tuple[bool, str, str, int]]:
    """The newest judgement of each past incident: whether it belongs here, why, by whom, when in microseconds."""
    rows = read.rows(JUDGED_LINKS, here=here)
    return {
        linked: (verdict == "linked", reason, author, known)
        for linked, verdict, reason, author, known in rows
    }


def rejected(
    incidents: Sequence[Incident], judged: dict[int, tuple[bool, str, str, int]]
) -> tuple[Rejected, ...]:
    """The past incidents that were judged not to belong here, each with its reason."""
    return tuple(
        Rejected(i, judged[i.id][1], judged[i.id][2], from_micros(judged[i.id][3]))
        for i in incidents
        if i.id in judged and not judged[i.id][0]
    )


VEHICLES_NAMED = Statement(
    "SELECT v.id, v.incident_id, v.registration, v.description, v.author FROM vehicle_named v "
    "WHERE v.incident_id IN :ids AND {known:v} ORDER BY v.id"
)


def vehicles_named(read: Reader, incidents: Many) -> tuple[VehicleNamed, ...]:
    """The vehicles that were named in these incidents."""
    rows = read.rows(VEHICLES_NAMED, ids=incidents)
    return tuple(VehicleNamed(*row) for row in rows)
