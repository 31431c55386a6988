"""A paper as PDF: A4, marking at head and foot, page n of m, on each page the digest and the record that it rests on."""

from dataclasses import replace
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas as PdfCanvas

from callhandler.brief.content import ONE_PAGE, Paper
from callhandler.brief.faces import foreign_scripts
from callhandler.brief.look import BODY_WIDTH, strips_of
from callhandler.brief.setting import Canvas, Span, Style, draw, lines_of
from callhandler.brief.strips import draw_strip, pages_of
from callhandler.brief.times import with_utc

WIDTH, HEIGHT = A4
LEFT = (WIDTH - BODY_WIDTH) / 2
TOP, BOTTOM = HEIGHT - 52, 66
BODY_HEIGHT = TOP - BOTTOM

_MARKING = Style(10, 12, bold=True)
_FOOT = Style(7, 9)


def pdf(paper: Paper) -> bytes:
    """The paper's PDF; the same paper always gives the same bytes. Raises ValueError when one page does not hold it."""
    pages = pages_of(strips_of(paper), BODY_HEIGHT)
    if paper.kind in ONE_PAGE and len(pages) > 1:
        raise ValueError("this paper is one page; it has to be fitted first")
    out = BytesIO()
    canvas = PdfCanvas(out, pagesize=A4, invariant=1, pageCompression=1, lang="en-GB")
    canvas.setTitle(f"{paper.title}, {paper.reference}")
    canvas.setSubject(marking(paper))
    canvas.setAuthor("callhandler")
    canvas.setCreator("callhandler")
    canvas.setKeywords(paper.digest)
    foreign = ", ".join(foreign_scripts(repr(paper)))
    for number, page in enumerate(pages, 1):
        # In the order in which it is read, so that a reader of the file reads it so.
        _head(canvas, paper)
        for placed in page:
            draw_strip(canvas, placed.strip, LEFT, TOP - placed.top, BODY_WIDTH)
        _foot(canvas, paper, number, len(pages), foreign)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fits(paper: Paper) -> bool:
    """True when the paper is on one page."""
    return len(pages_of(strips_of(paper), BODY_HEIGHT)) == 1


def marking(paper: Paper) -> str:
    """What stands at head and foot."""
    return f"{paper.marking} · TRAINING, not a real incident" if paper.training else paper.marking


def digest_in_groups(digest: str) -> str:
    """A digest that can be read out: groups of eight."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))


def _head(canvas: Canvas, paper: Paper) -> None:
    _centred(canvas, marking(paper), HEIGHT - 30)
    _line(canvas, HEIGHT - 38)


def _foot(canvas: Canvas, paper: Paper, number: int, of: int, foreign: str) -> None:
    _line(canvas, 58)
    at = with_utc(paper.as_of, paper.zone)
    _at_left(canvas, f"{paper.title} · {paper.reference} · as of {at}, times local ({paper.zone})", 48)
    _at_left(canvas, f"Rests on record {paper.position} · SHA-256 {digest_in_groups(paper.digest)}", 38)
    if foreign:
        _at_left(
            canvas,
            f"Between ‹ and › stand letters that no typeface here has, in Latin letters: {foreign}.",
            29,
        )
    page = lines_of((Span(f"Page {number} of {of}"),), _FOOT, BODY_WIDTH)[0]
    draw(canvas, LEFT + BODY_WIDTH - page.width, 48, page, _FOOT)
    _centred(canvas, marking(paper), 15)


def _line(canvas: Canvas, y: float) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.8)
    canvas.line(LEFT - 3, y, LEFT + BODY_WIDTH + 3, y)


def _at_left(canvas: Canvas, text: str, y: float) -> None:
    """One line, in smaller letters where it would not fit: none of it is cut."""
    style = _FOOT
    while len(lines := lines_of((Span(text),), style, BODY_WIDTH - 60)) > 1 and style.size > 2:
        style = replace(style, size=style.size - 0.5)
    draw(canvas, LEFT, y, lines[0], style)


def _centred(canvas: Canvas, text: str, y: float) -> None:
    line = lines_of((Span(text, True),), _MARKING, BODY_WIDTH)[0]
    draw(canvas, LEFT + (BODY_WIDTH - line.width) / 2, y, line, _MARKING)
