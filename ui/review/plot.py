"""What a plot shows, before any of it is painted: bars of a few parts, and the same figures as rows of words."""

from dataclasses import dataclass

from callhandler.model.review import Point, Series
from callhandler.model.review_figures import Agreement, Figures, Group
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
    def fills(self) -> tuple[int, ...]:
        """Of each part its filling: 0 full, 1 hollow, 2 hatched. What is not agreed is always the hatched one."""
        parts = len(self.series.parts)
        last = 2 if parts and self.series.parts[-1].startswith(tr("not ")) else parts - 1
        return (*range(parts - 1), last)

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


def plots_of(figures: Figures) -> tuple[Plot, ...]:
    """Every way to count, in the order in which they are turned through."""
    series = (
        figures.by_day,
        figures.by_ground,
        figures.by_hour,
        figures.by_followed,
        _second(tr("Second grades that agreed, by type"), figures.by_type, figures),
        _second(tr("Second grades that agreed, by role"), figures.by_role, figures),
    )
    return tuple(Plot(each) for each in series)


def _second(title: str, groups: tuple[Group, ...], figures: Figures) -> Series:
    points = tuple(
        Point(group.name, (group.agreement.agreed, group.agreement.n - group.agreement.agreed))
        for group in groups
    )
    return Series(title, figures.basis, figures.span, (tr("agreed"), tr("not agreed")), points)


def kappa_words(agreement: Agreement) -> str:
    """Cohen's kappa with its interval; nothing where it cannot be told."""
    if agreement.kappa is None:
        return ""
    said = tr("kappa {kappa:.2f}").format(kappa=agreement.kappa)
    if agreement.kappa_interval is None:
        return said
    low, high = agreement.kappa_interval
    return tr("{said} ({low:.2f} to {high:.2f})").format(said=said, low=low, high=high)
