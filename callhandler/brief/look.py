"""How a paper's content becomes strips: banner, parts with their headings, tables. Black on white, readable in grey."""

from collections.abc import Iterator, Sequence

from callhandler.brief.content import ONE_PAGE, Line, Paper, Part, Table
from callhandler.brief.setting import SetLine, Span, Style, lines_of
from callhandler.brief.strips import Cell, Ink, Strip, inks
from callhandler.brief.times import with_utc

BODY_WIDTH = 523.0
GAP = 12.0
MARGIN = 76.0
"""Width of the column that holds the headings of a one-page paper."""

TITLE = Style(15, 18, bold=True)
LARGE = Style(13, 16, bold=True)
HEADING = Style(9.5, 12, bold=True)
TEXT = Style(9, 11)
STRONG = Style(9, 11, bold=True)
SMALL = Style(7.5, 9.5, grey=0.25)
HEAD = Style(8, 10, bold=True)
ROW = Style(8, 10)
SPACE = Style(3, 3)

NO_ROWS = "None is recorded."
"""What stands under a table's heads when it has no rows."""


def strips_of(paper: Paper) -> Iterator[Strip]:
    """Every strip of a paper, in order."""
    yield from _top(paper)
    one_page = paper.kind in ONE_PAGE
    parts = list(paper.parts)
    while parts:
        part = parts.pop(0)
        if part.beside and parts:
            left = [part]
            while parts[0].beside and len(parts) > 1:
                left.append(parts.pop(0))
            yield _pair(left, parts.pop(0))
        elif one_page and part.table is None:
            yield from _with_margin(part)
        else:
            yield from _under_heading(part)


def more_line(part: Part) -> str:
    """What a part says of the lines that did not fit."""
    return (
        f"{part.more} more in the log." if part.lines else f"{part.more} in the log, none of them fits here."
    )


def _top(paper: Paper) -> Iterator[Strip]:
    half = BODY_WIDTH / 2
    right = inks(f"As of {with_utc(paper.as_of, paper.zone)}", SMALL, half)
    right += inks(paper.reference, STRONG, half)
    moved = tuple(Ink(i.line, i.style, half - i.line.width) for i in right)
    yield Strip((Cell(0, inks(paper.title, TITLE, half + 40)), Cell(half, moved)), keeps=True)
    large, *smaller = paper.banner or ("",)
    if large:
        yield Strip((Cell(0, inks(large, LARGE, BODY_WIDTH)),), above=2, fill=0.88, keeps=bool(smaller))
    for text in smaller:
        yield Strip((Cell(0, inks(text, STRONG, BODY_WIDTH)),), fill=0.88)


def _with_margin(part: Part) -> Iterator[Strip]:
    heading = Cell(0, inks(part.heading, HEADING, MARGIN - 8))
    yield Strip((heading, Cell(MARGIN, _body(part, BODY_WIDTH - MARGIN))), above=3, rule=True)


def _pair(left: Sequence[Part], right: Part) -> Strip:
    first = (BODY_WIDTH - GAP) * left[0].share
    second = BODY_WIDTH - GAP - first
    stacked: tuple[Ink, ...] = ()
    for part in left:
        gap = inks("", SPACE, first) if stacked else ()
        stacked += gap + inks(part.heading, HEADING, first) + _body(part, first)
    beside = inks(right.heading, HEADING, second) + _body(right, second)
    return Strip((Cell(0.0, stacked), Cell(first + GAP, beside)), above=3, rule=True)


def _under_heading(part: Part) -> Iterator[Strip]:
    yield Strip((Cell(0, inks(part.heading, HEADING, BODY_WIDTH)),), above=8, rule=True, keeps=True)
    for line in part.lines:
        yield Strip((Cell(0, _line(line, BODY_WIDTH)),))
    if part.more:
        yield Strip((Cell(0, inks(more_line(part), SMALL, BODY_WIDTH)),))
    if part.table is not None:
        yield from _table(part.table)


def _body(part: Part, width: float) -> tuple[Ink, ...]:
    found: tuple[Ink, ...] = ()
    for line in part.lines:
        found += _line(line, width, True)
    if part.more:
        found += inks(more_line(part), SMALL, width)
    return found


def _line(line: Line, width: float, dense: bool = False) -> tuple[Ink, ...]:
    """A line with its sign and label. What is smaller stands below it, or runs on where the paper is `dense`."""
    indent = 11.0 if line.mark else 0.0
    spans = [Span(f"{line.label} ", True)] if line.label else []
    spans.append(Span(line.text, line.strong))
    if dense and line.rest:
        spans.append(Span(f"  {line.rest}"))
    text = tuple(Ink(found, TEXT, indent) for found in lines_of(tuple(spans), TEXT, width - indent))
    if line.mark:
        text = (_over(inks(line.mark, TEXT, indent)[0], text[0]), *text[1:])
    return text + (inks(line.rest, SMALL, width, indent) if line.rest and not dense else ())


def _over(sign: Ink, first: Ink) -> Ink:
    """The sign and the first line as one line: the sign hangs in the indent."""
    *before, (run, width) = sign.line.runs
    signed = (*before, (run, width + first.dx - sign.line.width))
    return Ink(SetLine((*signed, *first.line.runs), first.dx + first.line.width), first.style)


def _table(table: Table) -> Iterator[Strip]:
    whole = sum(table.shares)
    room = BODY_WIDTH - 6 * (len(table.heads) - 1)
    widths = [share / whole * room for share in table.shares]
    starts = [sum(widths[:i]) + 6 * i for i in range(len(widths))]

    def cells(texts: tuple[str, ...], style: Style) -> tuple[Cell, ...]:
        columns = zip(starts, widths, texts, strict=True)
        return tuple(Cell(x, inks(text, style, width)) for x, width, text in columns)

    yield Strip(cells(table.heads, HEAD), fill=0.88, head=True)
    for row in table.rows:
        yield Strip(cells(row, ROW), rule=True, under=True)
    if not table.rows:
        yield Strip((Cell(0, inks(NO_ROWS, ROW, BODY_WIDTH)),), under=True)
