"""What every group of the one search looks with, and what it gives."""

from collections.abc import Iterable
from dataclasses import dataclass

from callhandler.model.search import Asked, Hit
from callhandler.policy.pack import Policy
from callhandler.services.unseen import Kept
from callhandler.store import search_rows, search_words
from callhandler.store.engine import Connection
from callhandler.store.pictures.reader import Reader

LEAST_LETTERS = 3
"""Letters of a word from which it is looked for by its sound; two sound like everybody."""
RANKED = 80
"""So many of the newest are read and ranked by how well they fit."""


@dataclass(frozen=True)
class Some:
    """The hits of one group, how many there were, and whether there were more."""

    hits: tuple[Hit, ...]
    counted: int
    more: bool


NONE = Some((), 0, False)


@dataclass
class Finder:
    """What every group looks with."""

    connection: Connection
    read: Reader
    asked: Asked
    policy: Policy
    may_see: bool
    """Whether whoever asks may see a withheld address."""
    less_likely: Some = NONE
    """People less likely meant, once those who may be are found."""
    _kept: Kept | None = None

    @property
    def kept(self) -> Kept:
        """What is withheld: read with what is asked first, so it is there once any group has an answer."""
        assert self._kept is not None
        return self._kept

    async def withheld(self) -> None:
        """Read what is withheld."""
        self._kept = await Kept.read(self.connection, self.may_see)

    @property
    def spoken(self) -> str:
        """The words without the time named among them, for comparing names."""
        return " ".join(w for t in self.asked.rest for w in t.words)

    @property
    def sounds(self) -> bool:
        """Whether there is a word that can be looked for by its sound."""
        return any(len(w) >= LEAST_LETTERS and not w.isdigit() for t in self.asked.rest for w in t.words)


def ranked(hits: list[tuple[int, Hit]], counted: int, more: bool) -> Some:
    """The first hits, the best fit first and who is sure before who may be."""
    first = [hit for _, hit in sorted(hits, key=lambda pair: (pair[0], not pair[1].sure))]
    return Some(tuple(first[: search_rows.SHOWN]), min(counted, search_words.COUNTED), more)


def recorded_as(name: str, names: Iterable[str]) -> str:
    """What the other records call it that are read as one with the one shown."""
    others = [n for n in dict.fromkeys(names) if n != name]
    return f"also recorded as {', '.join(others)} · " if others else ""
