"""Withheld addresses in a search: a desk sends people there and is told so; for anybody else they are not found."""

from dataclasses import dataclass

from callhandler.brief.withheld import Withheld
from callhandler.model.picture import Picture
from callhandler.store import beside, papers
from callhandler.store.engine import Connection

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

    def out_of_picture(self, picture: Picture) -> Picture:
        """A picture without what may not be seen, in whatever words it stands."""
        return picture if self.may_see or not self.places else self.written.out_of_all(picture)

    def noted(self, place_id: int | None) -> tuple[str, ...]:
        """What must be known of a place before its address is said."""
        return (SAID,) if place_id in self.places else ()
