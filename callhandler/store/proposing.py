"""What bulk linking reads of people, and the proposals that it writes: in batches, whatever is on record."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from callhandler.model.people import Tie


@dataclass(slots=True)
class PersonFacts:
    """What is on record of one person: every name, date of birth as told, homes as address and postcode, numbers."""

    id: int
    born: str
    names: list[str] = field(default_factory=list)
    homes: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


_PEOPLE = text("SELECT id, born FROM person WHERE id > :after AND named <> 0 ORDER BY id LIMIT :most")
_OF = " BETWEEN :first AND :last"
_NAMES = text(f"SELECT person_id, name FROM person_name WHERE person_id{_OF} ORDER BY person_id, id")
_HOMES = text(
    "SELECT t.person_id, p.address, p.postcode FROM place_tie t JOIN place p ON p.id = t.place_id "
    f"WHERE t.person_id{_OF} AND t.tie IN (:lives, :family, :stays) ORDER BY t.person_id, t.id"
)
_NUMBERS = text(
    "SELECT t.person_id, n.e164 FROM number_tie t JOIN number n ON n.id = t.number_id "
    f"WHERE t.person_id{_OF} ORDER BY t.person_id, t.id"
)
_LIVES = {"lives": Tie.LIVES.value, "family": Tie.FAMILY_HOME.value, "stays": Tie.STAYS.value}
_ALREADY = "SELECT s.a, s.b FROM same_as_proposal s JOIN link_run r ON r.uuid = s.run WHERE s.a BETWEEN :first AND :last"


def people_after(connection: Connection, after: int, most: int) -> list[PersonFacts]:
    """The next so many named people beyond an id, with all that linking compares. Four statements."""
    found = {
        r.id: PersonFacts(r.id, r.born) for r in connection.execute(_PEOPLE, {"after": after, "most": most})
    }
    if not found:
        return []
    span = {"first": min(found), "last": max(found)}
    for person_id, name in connection.execute(_NAMES, span):
        if person_id in found:
            found[person_id].names.append(name)
    for person_id, address, postcode in connection.execute(_HOMES, {**span, **_LIVES}):
        if person_id in found:
            found[person_id].homes.append((address, postcode))
    for person_id, e164 in connection.execute(_NUMBERS, span):
        if person_id in found and e164:
            found[person_id].numbers.append(e164)
    return list(found.values())


def count_people(connection: Connection) -> int:
    """How many named people there are."""
    return int(connection.execute(text("SELECT count(*) FROM person WHERE named <> 0")).scalar_one())


def proposed_before(connection: Connection, first: int, last: int) -> set[tuple[int, int]]:
    """The pairs whose elder lies between two ids and that a finished run has proposed."""
    return {(a, b) for a, b in connection.execute(text(_ALREADY), {"first": first, "last": last})}


def write(connection: Connection, run: str, rows: Iterable[tuple[int, int, int, str, str]]) -> None:
    """Add proposals of a run: the two, how likely in millionths, what agrees and what does not."""
    statement = text(
        "INSERT INTO same_as_proposal (a, b, run, likely, agree, differ) VALUES (:a, :b, :run, :likely, :agree, :differ)"
    )
    values = [
        {"a": a, "b": b, "run": run, "likely": likely, "agree": agree, "differ": differ}
        for a, b, likely, agree, differ in rows
    ]
    if values:
        connection.execute(statement, values)


def digested(row: tuple[int, int, int, str, str]) -> bytes:
    """A proposal as it goes into its run's digest."""
    return ("\x1f".join(map(str, row)) + "\n").encode()


def last_record(connection: Connection) -> int:
    """The newest record of the store."""
    return int(connection.execute(text("SELECT last FROM head WHERE id = 1")).scalar_one())
