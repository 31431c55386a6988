"""What a proof of a store found wrong, so much of it that somebody may read it."""

from collections import Counter
from collections.abc import Iterable

from callhandler.store.verify import Finding

MOST = 1_000
"""So many findings of one table are named; how many more there are is said."""


class Findings:
    """What is wrong, `MOST` of each table: of a store in ruins every record would be named, and be held in memory."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def __iadd__(self, found: Iterable[Finding]) -> "Findings":
        for finding in found:
            self._counts[finding.kind] += 1
            if self._counts[finding.kind] <= MOST:
                self._kept.append(finding)
        return self

    def told(self) -> tuple[Finding, ...]:
        """All that were kept, and of which kinds there are more."""
        more = {kind: n - MOST for kind, n in self._counts.items() if n > MOST}
        return (*self._kept, *(Finding(0, kind, f"and {n:,} more like these") for kind, n in more.items()))
