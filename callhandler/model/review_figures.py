"""Figures of review: how far second grades agree, and the series that a screen draws. Never of single people."""

from dataclasses import dataclass

from callhandler.model.review import Series

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How `n` pairs of grades agree. `percent` and its interval are of a hundred; the kappas lie between -1 and 1.

    What cannot be told is None, never nought. `method` says how the intervals are made.
    """

    n: int
    agreed: int
    percent: float | None
    percent_interval: Interval | None
    kappa: float | None
    kappa_interval: Interval | None
    weighted_kappa: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Group:
    """The agreement of one group: an incident type, or the role of who graded."""

    name: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything drawn beside the queue, over one span.

    `basis` says which pairs were compared. Groups of fewer than five pairs are put together: they say nothing of a type, and
    too much of a person.
    """

    span: str
    basis: str
    by_day: Series
    by_hour: Series
    by_ground: Series
    by_followed: Series
    agreement: Agreement
    by_type: tuple[Group, ...]
    by_role: tuple[Group, ...]
