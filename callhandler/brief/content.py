"""What a paper says, apart from how it looks: parts with lines and tables, and a digest that names exactly this."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from callhandler.model.paper import PaperKind, TrainingPaper


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part. `mark` is a sign before it, `label` a word or two in bold, `rest` is smaller, after the text."""

    text: str
    label: str = ""
    mark: str = ""
    rest: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `shares` are the columns' widths against each other. Long tables go over pages with their heads."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what belongs under it, the weightiest line first.

    Where a paper has only one page, the part with the greatest `yields` gives up its last lines first, down to `least`;
    `more` says how many went and `where` they are found. Parts that stand `beside` are stacked next to the first that
    does not, on their `share` of the width.
    """

    heading: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    least: int = 1
    yields: int = 0
    more: int = 0
    where: str = "in the log"
    beside: bool = False
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `position` is the journal record it rests on, `as_of` its instant (UTC), `zone` that of its local times.

    `banner` is what is read first: a large line, then smaller ones.
    """

    kind: PaperKind | TrainingPaper
    title: str
    reference: str
    marking: str
    training: bool
    as_of: datetime
    zone: str
    position: int
    banner: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of everything that the paper says."""
        said = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


ONE_PAGE = frozenset({PaperKind.BRIEFING})
"""Papers that are one page, whatever there is to say; what does not fit is counted on it."""
