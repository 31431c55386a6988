"""Withheld addresses on a screen: a desk sends people there and is told so; nobody else finds or sees them."""

from dataclasses import dataclass
from typing import TypeVar

from callhandler.brief.withheld import Withheld
from callhandler.model.actor import Actor, Right
from callhandler.services.office import DESK
from callhandler.store import beside, papers
from callhandler.store.engine import Connection

T = TypeVar("T")
SAID = "address withheld: never told to anybody"


@dataclass(frozen=True)
class Kept:
    """Which places' addresses are withheld, how they are written, and whether whoever asks may see them."""

    places: frozenset[int]
    written: Withheld
    may_see: bool

    @classmethod
    async def read(cls, connection: Connection, may_see: bool) -> "Kept":
        """As withheld now, under whichever record. Two statements at most, which a shared database answers in one wait."""
        if may_see:
            written: tuple[str, ...] = ()
            withheld = await papers.withheld_places(connection)
        else:
            withheld, written = await beside.together(
                papers.withheld_places(connection), papers.withheld_written(connection)
            )
        return cls(frozenset(withheld), Withheld.of(written), may_see)

    def hides(self, place_id: int | None) -> bool:
        """Whether a place may not be found."""
        return not self.may_see and place_id in self.places

    def out_of(self, text: str) -> str:
        """A text without what may not be seen."""
        return text if self.may_see else self.written.out_of(text)

    def out_of_all(self, value: T) -> T:
        """A picture, or a view once it is judged, without what may not be seen, in whatever words it stands."""
        return value if self.may_see or not self.places else self.written.out_of_all(value)

    def noted(self, place_id: int | None) -> tuple[str, ...]:
        """What must be known of a place before its address is said."""
        return (SAID,) if place_id in self.places else ()


def kept_from(connection: Connection, actor: Actor, also: tuple[Right, ...] = ()) -> Kept:
    """What whoever looks may not see: nothing, for whoever works at a desk or holds a right that may see it `also`."""
    return beside.at_once(connection, Kept.read(connection, bool(actor.rights & {*DESK, *also})))
