"""What a backtest found: tables for people, JSON and CSV for programs, a picture as SVG. Counts and shares, no more."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from callhandler.errors import BadInput, Environment
from callhandler.policy.pack import Policy
from callhandler.services.backtest import Result
from callhandler.services.tally import Tally, Truth

VERSION = 1
CHANGES = {
    "floor-more-urgent": "floor more urgent",
    "floor-less-urgent": "floor less urgent",
    "critical-gained": "sees a critical warning, and did not",
    "critical-lost": "sees none, and did",
    "held-more": "more gradings held",
    "held-fewer": "fewer gradings held",
}


@dataclass(frozen=True)
class Report:
    """A result with what it was made from. `source` says it in words; `policies` are in the order of the tallies."""

    source: str
    policies: tuple[Policy, ...]
    result: Result

    @property
    def tally(self) -> Tally:
        """The counts of the policy that was asked about."""
        return self.result.tallies[0]

    @property
    def truths(self) -> tuple[Truth, ...]:
        """The truths that are in it: of recorded incidents none is known."""
        known: tuple[Truth, ...] = ("ordinary", "danger")
        return known if any(self.tally.of("calls", truth=t) for t in known) else ()


def for_people(report: Report) -> RenderableType:
    """Everything as tables for the terminal."""
    legend = "Ordinary: in truth nobody is in danger; in danger: somebody is. The rules do not see it."
    parts: list[RenderableType] = [
        report.source,
        *([legend] if report.truths else []),
        _summary(report),
        _rules(report),
        _kinds(report),
    ]
    if len(report.policies) > 1:
        parts.append(_changes(report))
    return Group(*parts)


def for_programs(report: Report) -> dict[str, Any]:
    """Everything as plain values."""
    return {
        "version": VERSION,
        "source": report.source,
        "policies": [
            {"digest": policy.digest, **_plain(tally, policy)}
            for policy, tally in zip(report.policies, report.result.tallies, strict=True)
        ],
        "changes": {name: _split(report.result.changes, name) for name in CHANGES}
        if len(report.policies) > 1
        else None,
    }


def as_csv(report: Report) -> str:
    """One row for each rule of the first policy: in how many calls it stood, by truth."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["rule", "tier", "floor", "calls", "share", "ordinary", "danger", "against"])
    other = report.result.tallies[1] if len(report.policies) > 1 else None
    for rule in report.policies[0].pack.warnings:
        count = report.tally.of("rule", rule.id)
        rows.writerow(
            [
                rule.id,
                rule.tier.value,
                rule.floor or "",
                count,
                round(count / report.tally.of("calls"), 5),
                report.tally.of("rule", rule.id, "ordinary"),
                report.tally.of("rule", rule.id, "danger"),
                "" if other is None else other.of("rule", rule.id),
            ]
        )
    return out.getvalue()


def as_svg(report: Report) -> str:
    """The warnings that stood, as bars, most frequent first: the share of calls in per cent, a panel for each truth."""
    import leather

    names = report.tally.names("rule")
    truths: tuple[Truth, ...] = report.truths or ("unknown",)
    leather.theme.tick_color = leather.theme.title_color = "#222222"
    shares = {truth: _shares(report.tally, names, truth) for truth in truths}
    # One scale for both panels, so that a longer bar is more.
    most = max((share for panel in shares.values() for share in panel), default=0.0)
    grid = leather.Grid()
    for truth in truths:
        calls = report.tally.of("calls", truth=truth)
        chart = leather.Chart(f"Per cent of {calls:,} calls, {_TRUTHS[truth]}")
        chart.add_x_scale(0, 10 * (most // 10 + 1))
        bars = list(zip(shares[truth], names, strict=True)) or [(0.0, "none")]
        chart.add_bars(bars, fill_color=_COLOURS[truth])
        grid.add_one(chart)
    drawn: str = grid.to_svg(width=720 * len(truths), height=160 + 24 * len(names))
    return drawn


def _shares(tally: Tally, names: list[str], truth: Truth) -> list[float]:
    calls = tally.of("calls", truth=truth)
    return [100 * tally.of("rule", name, truth) / calls if calls else 0.0 for name in names]


def write(path: Path, content: str | bytes) -> None:
    """Write a file that somebody asked for. Raises Environment when it cannot be written."""
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise Environment(f"{path.name} cannot be written: {error.strerror}.") from error


def require_svg(name: str) -> Path:
    """The path of a picture to be. Raises BadInput for another kind of file, before anything is judged."""
    if name and Path(name).suffix.lower() != ".svg":
        raise BadInput("A plot is written as SVG: give a name that ends with .svg.", "plot")
    return Path(name)


_TRUTHS: dict[str, str] = {
    "ordinary": "ordinary",
    "danger": "in danger",
    "unknown": "recorded",
}
_COLOURS = {"ordinary": "#2f6f9f", "danger": "#b03a2e", "unknown": "#2f6f9f"}
_SUMMARY = (
    ("calls", "calls"),
    ("critical", "see a critical warning"),
    ("weighty", "see a critical or serious one"),
    ("quiet", "see nothing at all"),
)


def _summary(report: Report) -> Table:
    table = Table(title=f"Policy {report.policies[0].digest[:16]}", title_justify="left")
    table.add_column("", no_wrap=True)
    table.add_column("all", justify="right")
    for truth in report.truths:
        table.add_column(_TRUTHS[truth], justify="right")
    tally = report.tally
    for what, says in _SUMMARY:
        cells = [_of(tally.of(what), tally.of("calls"))]
        cells += [_of(tally.of(what, truth=t), tally.of("calls", truth=t)) for t in report.truths]
        table.add_row(says, *(cell.split(" ")[0] if what == "calls" else cell for cell in cells))
    cells = [_of(tally.of("held"), tally.of("graded"))]
    cells += [_of(tally.of("held", truth=t), tally.of("graded", truth=t)) for t in report.truths]
    table.add_row("gradings held: below floor", *cells)
    return table


def _rules(report: Report) -> Table:
    table = Table(title="Warnings, and the calls in which each stood", title_justify="left")
    table.add_column("warning", no_wrap=True)
    table.add_column("tier")
    table.add_column("calls", justify="right")
    for truth in report.truths:
        table.add_column(_TRUTHS[truth], justify="right")
    more = len(report.policies) > 1
    if more:
        table.add_column("against", justify="right")
    tiers = {rule.id: rule.tier.value for policy in report.policies for rule in policy.pack.warnings}
    for name in _names(report):
        cells = [_of(report.tally.of("rule", name), report.tally.of("calls"))]
        cells += [
            _of(report.tally.of("rule", name, t), report.tally.of("calls", truth=t)) for t in report.truths
        ]
        other = [str(report.result.tallies[1].of("rule", name))] if more else []
        table.add_row(name, tiers.get(name, ""), *cells, *other)
    return table


def _names(report: Report) -> list[str]:
    names = report.tally.names("rule")
    for tally in report.result.tallies[1:]:
        names += [name for name in tally.names("rule") if name not in names]
    return names


def _kinds(report: Report) -> Table:
    table = Table(title="Kinds of call, and how many of each see a critical warning", title_justify="left")
    table.add_column("kind", no_wrap=True)
    table.add_column("calls", justify="right")
    table.add_column("critical", justify="right")
    for truth in report.truths:
        table.add_column(_TRUTHS[truth], justify="right")
    tally = report.tally
    for name in tally.names("kind"):
        cells = [_of(tally.of("kind-critical", name), tally.of("kind", name))]
        cells += [_of(tally.of("kind-critical", name, t), tally.of("kind", name, t)) for t in report.truths]
        table.add_row(name, str(tally.of("kind", name)), *cells)
    return table


def _changes(report: Report) -> Table:
    table = Table(title=f"Against {report.policies[1].digest[:16]}", title_justify="left")
    table.add_column("calls with")
    table.add_column("all", justify="right")
    for truth in report.truths:
        table.add_column(_TRUTHS[truth], justify="right")
    for name, says in CHANGES.items():
        split = _split(report.result.changes, name)
        table.add_row(says, str(split["all"]), *(str(split[truth]) for truth in report.truths))
    return table


def _plain(tally: Tally, policy: Policy) -> dict[str, Any]:
    return {
        **{what: _split(tally, what) for what, _ in _SUMMARY},
        "graded": _split(tally, "graded"),
        "held": _split(tally, "held"),
        "rules": {rule.id: _split(tally, "rule", rule.id) for rule in policy.pack.warnings},
        "kinds": {
            name: {"calls": _split(tally, "kind", name), "critical": _split(tally, "kind-critical", name)}
            for name in sorted(tally.names("kind"))
        },
        "floors": {rank: _split(tally, "floor", rank) for rank in sorted(tally.names("floor"), key=int)},
    }


def _split(tally: Tally, what: str, name: str = "") -> dict[str, int]:
    return {"all": tally.of(what, name), **dict(_by_truth(tally, what, name))}


def _by_truth(tally: Tally, what: str, name: str) -> Iterator[tuple[Truth, int]]:
    truths: tuple[Truth, ...] = ("ordinary", "danger", "unknown")
    for truth in truths:
        yield truth, tally.of(what, name, truth)


def _of(count: int, whole: int) -> str:
    return f"{count} {100 * count / whole:5.1f} %" if whole else "0"
