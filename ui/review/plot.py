"""What a plot shows, before any of it is painted: bars of a few parts, and the same figures as rows of words."""

from dataclasses import dataclass

from callhandler.model.review import Point, Series
from ui.common.words import tr

SHORT = 6
"""Labels of so many letters stand under bars side by side; longer ones need a line each."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A series with what it says in words."""

    series: Series

    @property
    def upright(self) -> bool:
        """True where the bars stand side by side, as days and hours do."""
        return all(len(point.label) <= SHORT for point in self.series.points)

    @property
    def most(self) -> int:
        """The longest bar; at least one, so that nothing is divided by nothing."""
        return max([1, *(sum(point.parts) for point in self.series.points)])

    @property
    def total(self) -> int:
        """All bars together."""
        return sum(sum(point.parts) for point in self.series.points)

    @property
    def basis(self) -> str:
        """What was counted, and over which span."""
        return " · ".join(part for part in (self.series.basis, self.series.span) if part)

    def parts(self, point: Point) -> str:
        """The counts of one bar in words."""
        return ", ".join(f"{n} {name}" for n, name in zip(point.parts, self.series.parts, strict=True))

    def told(self, point: Point) -> str:
        """One bar in words."""
        return f"{point.label}: {self.parts(point)}"

    @property
    def summary(self) -> str:
        """All of it in one sentence."""
        sums = tuple(
            sum(p.parts[place] for p in self.series.points) for place in range(len(self.series.parts))
        )
        return tr("{title}: {parts}. {basis}").format(
            title=self.series.title, parts=self.parts(Point("", sums)), basis=self.basis
        )
