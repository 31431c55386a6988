"""Fits a one-page paper to its page: what gives way, in which order, and that each thing left out is counted."""

from collections.abc import Callable
from dataclasses import replace

from callhandler.brief.content import Line, Paper, Part
from callhandler.brief.sheet import fits

LONGEST = 240
"""Letters of one line of a one-page paper; the rest of it is in the log, and the line says so."""

SHORTEST = 90
MOST = 40
"""Lines of one part that are tried at all."""


def fitted(paper: Paper) -> Paper:
    """The paper as it fits one page. What does not is counted where it is missing: nothing is cut silently."""
    tried = paper
    for longest in (LONGEST, SHORTEST):
        tried = replace(
            paper,
            banner=tuple(_short(text, longest) for text in paper.banner),
            parts=tuple(_few(_shortened(part, longest)) for part in paper.parts),
        )
        for spare in (_its_least, _one_line, _none):
            while not fits(tried) and (fewer := _one_less(tried, spare)) is not None:
                tried = fewer
            if fits(tried):
                return tried
    return tried


def _its_least(part: Part) -> int:
    return part.least


def _one_line(part: Part) -> int:
    return 1


def _none(part: Part) -> int:
    return 0


def _one_less(paper: Paper, spare: Callable[[Part], int]) -> Paper | None:
    """The paper with one line less, from the part that gives way first; None when each has only what it is spared."""
    can = [
        (part.yields, len(part.lines), index)
        for index, part in enumerate(paper.parts)
        if len(part.lines) > spare(part)
    ]
    if not can:
        return None
    parts = list(paper.parts)
    index = max(can)[2]
    parts[index] = replace(parts[index], lines=parts[index].lines[:-1], more=parts[index].more + 1)
    return replace(paper, parts=tuple(parts))


def _few(part: Part) -> Part:
    over = max(0, len(part.lines) - MOST)
    return replace(part, lines=part.lines[:MOST], more=part.more + over)


def _shortened(part: Part, most: int) -> Part:
    return replace(part, lines=tuple(_short_line(line, most) for line in part.lines))


def _short_line(line: Line, most: int) -> Line:
    return replace(line, text=_short(line.text, most), rest=_short(line.rest, most))


def _short(text: str, most: int) -> str:
    """A text of one paragraph, at most so long; where something is missing, how much."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    kept = whole[: most - 30].rsplit(" ", 1)[0]
    return f"{kept} … ({len(whole) - len(kept)} more letters in the log)"
