"""Fits a one-page paper to its page: what gives way, in which order, and that each thing left out is counted."""

from collections.abc import Callable, Sequence
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
    for longest in (LONGEST, SHORTEST):
        whole = replace(
            paper,
            banner=tuple(_short(text, longest) for text in paper.banner),
            parts=tuple(_shortened(part, longest) for part in paper.parts),
        )
        kept = [min(len(part.lines), MOST) for part in whole.parts]
        for spare in (_its_least, _one_line, _none):
            while not fits(_with(whole, kept)) and _take_one(whole, kept, spare):
                pass
            if fits(_with(whole, kept)):
                _put_back(whole, kept)
                return _with(whole, kept)
    return _with(whole, kept)


def _its_least(part: Part) -> int:
    return part.least


def _one_line(part: Part) -> int:
    return 1


def _none(part: Part) -> int:
    return 0


def _with(paper: Paper, kept: Sequence[int]) -> Paper:
    """The paper with the first so many lines of each part, the others counted."""
    parts = [
        replace(part, lines=part.lines[:most], more=len(part.lines) - most)
        for part, most in zip(paper.parts, kept, strict=True)
    ]
    return replace(paper, parts=tuple(parts))


def _take_one(paper: Paper, kept: list[int], spare: Callable[[Part], int]) -> bool:
    """Take one line from the part that gives way first; False when each has only what it is spared."""
    can = [(part.yields, kept[i], i) for i, part in enumerate(paper.parts) if kept[i] > spare(part)]
    if not can:
        return False
    kept[max(can)[2]] -= 1
    return True


def _put_back(paper: Paper, kept: list[int]) -> None:
    """Use what room is left: a long line that went may have made room for shorter ones of other parts."""
    for index, part in sorted(enumerate(paper.parts), key=lambda pair: pair[1].yields):
        while kept[index] < len(part.lines):
            kept[index] += 1
            if not fits(_with(paper, kept)):
                kept[index] -= 1
                break


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
