"""Strips of paper: rows of cells with lines of text, which pages are filled with; and filling pages with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from callhandler.brief.setting import Canvas, SetLine, Span, Style, draw, lines_of

PAD = 2.0


@dataclass(frozen=True)
class Ink:
    """One line of a cell: `dx` points in from the cell's edge."""

    line: SetLine
    style: Style
    dx: float = 0.0


@dataclass(frozen=True)
class Cell:
    """Lines one below another, `x` points in from the left margin."""

    x: float
    inks: tuple[Ink, ...]

    @property
    def height(self) -> float:
        """In points."""
        return sum(ink.style.leading for ink in self.inks)


@dataclass(frozen=True)
class Strip:
    """Cells side by side. `above` is space before it, `fill` a grey behind it, `rule` a thin line over it.

    A `keeps` strip is never the last on a page. A `head` is drawn again on every page that the strips `under` it reach.
    """

    cells: tuple[Cell, ...]
    above: float = 0.0
    fill: float | None = None
    rule: bool = False
    keeps: bool = False
    head: bool = False
    under: bool = False

    @property
    def height(self) -> float:
        """In points, without the space before it."""
        return max((cell.height for cell in self.cells), default=0.0) + 2 * PAD

    def split(self, height: float) -> tuple["Strip", "Strip"] | None:
        """The strip cut so that the first part is at most so high; None when not one line fits."""
        first, rest = [], []
        for cell in self.cells:
            taken, used = 0, 2 * PAD
            for ink in cell.inks:
                if used + ink.style.leading > height:
                    break
                used += ink.style.leading
                taken += 1
            first.append(replace(cell, inks=cell.inks[:taken]))
            rest.append(replace(cell, inks=cell.inks[taken:]))
        if not any(cell.inks for cell in first):
            return None
        return replace(self, cells=tuple(first)), replace(self, cells=tuple(rest), above=0.0)


@dataclass(frozen=True)
class Placed:
    """A strip on a page, its top so many points below the top of the body."""

    strip: Strip
    top: float


def inks(text: str, style: Style, width: float, dx: float = 0.0) -> tuple[Ink, ...]:
    """The lines of a text in a cell."""
    return tuple(Ink(line, style, dx) for line in lines_of((Span(text),), style, width - dx))


def pages_of(strips: Iterable[Strip], height: float) -> tuple[tuple[Placed, ...], ...]:
    """The strips on pages whose body is so high, in points. Never empty."""
    return tuple(tuple(page) for page in _paged(list(strips), height)) or ((),)


def _paged(strips: list[Strip], height: float) -> Iterator[list[Placed]]:
    page: list[Placed] = []
    top = 0.0
    head: Strip | None = None
    queue = strips[::-1]
    while queue:
        strip = queue.pop()
        if strip.head:
            head = strip
        elif not strip.under:
            head = None
        above = strip.above if page else 0.0
        needs = above + strip.height + _company(strip, queue)
        if top + needs > height and page:
            cut = None if strip.keeps or strip.head else strip.split(height - top - above)
            if cut and height - top > 60:
                page.append(Placed(cut[0], top + above))
                queue.append(cut[1])
            else:
                queue.append(strip)
            yield page
            page, top = [], 0.0
            if head is not None and head is not strip:
                page.append(Placed(head, 0.0))
                top = head.height
            continue
        if strip.height > height - top and (cut := strip.split(height - top)):
            strip = cut[0]
            queue.append(cut[1])
        page.append(Placed(strip, top + above))
        top += above + strip.height
    if page:
        yield page


def _company(strip: Strip, queue: list[Strip]) -> float:
    """What must come on the same page: the beginning of what a heading is the heading of."""
    needed = 0.0
    for following in reversed(queue):
        if not (strip.keeps or strip.head):
            break
        needed += following.above + min(following.height, 40.0)
        strip = following
    return needed


def draw_strip(canvas: Canvas, strip: Strip, left: float, top: float, width: float) -> None:
    """Draw a strip whose top left corner is here; `top` counts up from the foot of the page."""
    if strip.fill is not None:
        canvas.setFillGray(strip.fill)
        canvas.rect(left - 3, top - strip.height, width + 6, strip.height, stroke=0, fill=1)
    if strip.rule:
        canvas.setStrokeGray(0.55)
        canvas.setLineWidth(0.5)
        canvas.line(left - 3, top, left + width + 3, top)
    for cell in strip.cells:
        y = top - PAD
        for ink in cell.inks:
            y -= ink.style.leading
            draw(canvas, left + cell.x + ink.dx, y + ink.style.leading * 0.26, ink.line, ink.style)
