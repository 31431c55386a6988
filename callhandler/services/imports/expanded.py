"""One row's records before they are written: which is known again by a key, which by what it says, what each points to."""

from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from callhandler.intake.importing.records import IncidentSeen
from callhandler.intake.importing.rows import Rejected
from callhandler.rules.identify import GivenNumber, folded, number_given

Values = dict[str, Any]


class Ref(NamedTuple):
    """A record by its kind and key."""

    kind: str
    key: str


class Entry(NamedTuple):
    """One record to add unless it is known. `values` hold a Ref where a column names another record.

    It is known again by its key; one without a key hangs on another record and is known by what it says (`import_pieces`).
    """

    kind: str
    key: str
    table: str
    known_at: int
    values: Values


class Called(NamedTuple):
    """A place that goes by its words alone: how it may be on record already."""

    ref: Ref
    folded: str
    postcode: str


class Rings(NamedTuple):
    """A person known by a number and a name alone: how she may be on record already."""

    ref: Ref
    e164: str
    folded: str


class Expanded:
    """One row's records in order, each after what it points to; what must be known from elsewhere; what it lacks."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.entries: list[Entry] = []
        self.needs: list[tuple[Ref, str]] = []
        self.places: list[Called] = []
        self.people: list[Rings] = []
        self.without: list[Rejected] = []
        self.incident: IncidentSeen | None = None
        self.said: tuple[str, ...] = ()
        self._said_key = ""

    @property
    def said_key(self) -> str:
        """What the incident says in this row, as a key: said again, it adds nothing."""
        if not self._said_key and (seen := self.incident) is not None:
            said = (seen.type, seen.summary, seen.outcome, seen.undone, seen.target_met, seen.opened.at)
            self._said_key = f"{seen.key}/{digest(*said, seen.place)}"
        return self._said_key

    def add(self, ref: Ref, table: str, known_at: int, **values: Any) -> Ref:
        """A record by its own key."""
        self.entries.append(Entry(ref.kind, ref.key, table, known_at, values))
        return ref

    def piece(self, table: str, known_at: int, **values: Any) -> None:
        """A record that hangs on another."""
        self.entries.append(Entry("piece", "", table, known_at, values))

    def name(self, of: Ref, table: str, column: str, name: str, known_at: int) -> None:
        """A name by which somebody or somewhere goes."""
        if name:
            self.piece(table, known_at, **{column: of, "name": name, "folded": folded_once(name)})


def digest(*parts: object) -> str:
    """A short digest of what makes a record the same again."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


@lru_cache(maxsize=50_000)
def number_once(given: str) -> GivenNumber:
    """A number told apart; the same ones come again and again."""
    return number_given(given)


@lru_cache(maxsize=50_000)
def folded_once(name: str) -> str:
    """A name folded; the same ones come again and again."""
    return folded(name)
