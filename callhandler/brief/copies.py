"""The same paper as plain text and as HTML, for a screen reader and for a desk without a PDF viewer."""

from collections.abc import Iterator
from html import escape

from callhandler.brief.content import Line, Paper, Part
from callhandler.brief.look import NO_ROWS, more_line
from callhandler.brief.sheet import marking
from callhandler.brief.times import with_utc

_STYLE = (
    "body{font:16px/1.45 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#000;background:#fff}"
    "h2{font-size:1.05em;border-top:1px solid #666;padding-top:.4em}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;vertical-align:top;border-top:1px solid #999;padding:.2em .5em .2em 0}"
    "small{color:#333}.marking{font-weight:bold;text-align:center}"
)


def text(paper: Paper) -> str:
    """The paper in plain lines."""
    return "\n".join(_lines(paper)) + "\n"


def html(paper: Paper) -> str:
    """The paper as one HTML page with headings, lists and tables; every letter of it escaped."""
    body = "\n".join(_blocks(paper))
    title = escape(f"{paper.title}, {paper.reference}")
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _lines(paper: Paper) -> Iterator[str]:
    yield marking(paper)
    yield f"{paper.title}, {paper.reference}"
    yield _rests_on(paper)
    yield from paper.banner
    for part in paper.parts:
        yield ""
        yield part.heading.upper()
        yield from (_line(line) for line in part.lines)
        if part.table is not None:
            for row in part.table.rows:
                yield "; ".join(
                    f"{head}: {cell}" for head, cell in zip(part.table.heads, row, strict=True) if cell
                )
        if part.table is not None and not part.table.rows:
            yield NO_ROWS
        if part.more:
            yield more_line(part)
    yield ""
    yield f"SHA-256 of what this says: {paper.digest}"
    yield marking(paper)


def _line(line: Line) -> str:
    said = " ".join(filter(None, (line.mark, line.label, line.text)))
    return f"{said} ({line.rest})" if line.rest else said


def _blocks(paper: Paper) -> Iterator[str]:
    yield f'<p class="marking">{escape(marking(paper))}</p>'
    yield f"<h1>{escape(f'{paper.title}, {paper.reference}')}</h1>"
    yield f"<p>{escape(_rests_on(paper))}</p>"
    for said in paper.banner:
        yield f"<p><strong>{escape(said)}</strong></p>"
    for part in paper.parts:
        yield f"<h2>{escape(part.heading)}</h2>"
        yield from _of_part(part)
    yield f"<p><small>SHA-256 of what this says: {paper.digest}</small></p>"
    yield f'<p class="marking">{escape(marking(paper))}</p>'


def _of_part(part: Part) -> Iterator[str]:
    if part.lines:
        yield f"<ul>{''.join(f'<li>{_item(line)}</li>' for line in part.lines)}</ul>"
    if part.table is not None:
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in part.table.heads)
        rows = "".join(
            f"<tr>{''.join(f'<td>{_broken(cell)}</td>' for cell in row)}</tr>" for row in part.table.rows
        )
        if not part.table.rows:
            yield f"<p>{NO_ROWS}</p>"
            return
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    if part.more:
        yield f"<p><small>{escape(more_line(part))}</small></p>"


def _item(line: Line) -> str:
    label = f"<strong>{escape(line.label)}</strong> " if line.label else ""
    said = f"<strong>{_broken(line.text)}</strong>" if line.strong else _broken(line.text)
    rest = f" <small>({_broken(line.rest)})</small>" if line.rest else ""
    return f"{escape(line.mark)} {label}{said}{rest}".strip()


def _broken(said: str) -> str:
    # Each piece turns by its own letters: an Arabic name does not turn the English round it.
    return f"<bdi>{escape(said).replace(chr(10), '<br>')}</bdi>"


def _rests_on(paper: Paper) -> str:
    return (
        f"As of {with_utc(paper.as_of, paper.zone)}. Times are local ({paper.zone}) unless they say UTC. "
        f"Rests on journal record {paper.position}."
    )
