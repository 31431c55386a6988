"""The pages: marking, digest and number on each; long logs flow with their heads; a briefing is one page, always."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from callhandler.brief import copies, sheet
from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.brief.fitting import fitted
from callhandler.brief.look import BODY_WIDTH, strips_of
from callhandler.brief.sheet import BODY_HEIGHT
from callhandler.brief.strips import pages_of as placed_pages
from callhandler.model.paper import PaperKind
from tests.brief.conftest import Night, pages_of, words_of
from tests.unit.pictures import START

HEADS = ("Record", "Local time (GMT)", "By", "Line")


def paper_of(
    kind: PaperKind, *parts: Part, banner: tuple[str, ...] = ("Immediate",), training: bool = False
) -> Paper:
    return Paper(
        kind=kind,
        title="A paper",
        reference="0001",
        marking="OFFICIAL-SENSITIVE",
        training=training,
        as_of=START,
        zone="Europe/London",
        position=4711,
        banner=banner,
        parts=parts,
    )


def log_of(lines: int, text: str = "A line of the log that says what was said and by whom.") -> Part:
    rows = tuple((str(n), "6 Mar 20:00:00", "Handler 12", f"{n}: {text}") for n in range(lines))
    return Part("The log", table=Table(HEADS, (9, 17, 16, 58), rows))


def test_two_thousand_lines_flow_and_none_is_lost() -> None:
    pdf = sheet.pdf(paper_of(PaperKind.BUNDLE, log_of(2_000)))
    reader = PdfReader(io.BytesIO(pdf))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 20
    for text in texts:
        for head in HEADS:
            assert head in text
    said = re.findall(r"(\d+): A line", " ".join(texts))
    assert sorted(map(int, said)) == list(range(2_000))


def test_marking_digest_number_and_position_are_on_every_page() -> None:
    paper = paper_of(PaperKind.BUNDLE, log_of(200), training=True)
    pages = PdfReader(io.BytesIO(sheet.pdf(paper))).pages
    for number, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert text.count("OFFICIAL-SENSITIVE · TRAINING, not a real incident") == 2
        assert f"Page {number} of {len(pages)}" in text
        assert sheet.digest_in_groups(paper.digest) in text
        assert "Rests on record 4711" in text


def test_a_long_reference_cuts_nothing_off_the_foot() -> None:
    paper = replace(
        paper_of(PaperKind.BUNDLE, log_of(2)), reference="A long reference of another force, " * 4
    )
    text = words_of(sheet.pdf(paper))
    assert "times local (Europe/London)" in text
    assert "Rests on record 4711" in text


def test_a_live_paper_does_not_say_training() -> None:
    assert "TRAINING" not in words_of(sheet.pdf(paper_of(PaperKind.BUNDLE, log_of(2))))


def test_a4_and_named_in_its_own_language() -> None:
    reader = PdfReader(io.BytesIO(sheet.pdf(paper_of(PaperKind.BUNDLE, log_of(2)))))
    assert [round(float(x)) for x in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "A paper, 0001"


def test_a_row_higher_than_a_page_goes_on_over_pages() -> None:
    long = " ".join(f"word{n}" for n in range(3_000))
    pdf = sheet.pdf(paper_of(PaperKind.BUNDLE, log_of(3, long)))
    text = words_of(pdf)
    assert pages_of(pdf) > 3
    assert text.count("word2999") == 3


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    for size in range(40, 60):
        parts = (log_of(size), Part("After", (Line("What comes after."),)))
        for page in placed_pages(strips_of(paper_of(PaperKind.BUNDLE, *parts)), BODY_HEIGHT):
            assert not page[-1].strip.keeps and not page[-1].strip.head


def test_no_strip_is_placed_below_the_foot() -> None:
    for page in placed_pages(strips_of(paper_of(PaperKind.BUNDLE, log_of(333))), BODY_HEIGHT):
        for placed in page:
            assert placed.top + placed.strip.height <= BODY_HEIGHT + 0.01
            for cell in placed.strip.cells:
                assert all(cell.x + ink.dx + ink.line.width <= BODY_WIDTH + 0.01 for ink in cell.inks)


def test_one_word_more_is_another_digest() -> None:
    one, two = paper_of(PaperKind.BUNDLE, log_of(2)), paper_of(PaperKind.BUNDLE, log_of(2, "Another."))
    assert one.digest != two.digest
    assert one.digest == paper_of(PaperKind.BUNDLE, log_of(2)).digest


# --- one page ---------------------------------------------------------------------------------

TEXTS = st.text(st.characters(categories=("L", "N", "P", "Z")), max_size=600)
LINES = st.builds(
    Line, TEXTS, label=st.sampled_from(["", "Told:"]), mark=st.sampled_from(["", "◆"]), rest=TEXTS
)
PARTS = st.builds(
    Part,
    heading=st.sampled_from(["At risk", "Suspect", "Warnings"]),
    lines=st.lists(LINES, max_size=60).map(tuple),
    least=st.integers(0, 12),
    yields=st.integers(0, 7),
    beside=st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=11), st.lists(TEXTS, max_size=4))
def test_a_briefing_is_one_page_and_counts_what_it_leaves_out(parts, banner) -> None:
    paper = paper_of(PaperKind.BRIEFING, *parts, banner=tuple(banner))
    short = fitted(paper)
    assert pages_of(sheet.pdf(short)) == 1
    for before, after in zip(paper.parts, short.parts, strict=True):
        assert len(after.lines) + after.more == len(before.lines)
    text = copies.text(short)
    for part in short.parts:
        if part.more:
            assert f"{part.more} {'more ' if part.lines else ''}in the log" in text


def test_what_gives_way_first_is_what_yields_most() -> None:
    many = tuple(Line(f"line {n}") for n in range(60))
    short = fitted(
        paper_of(
            PaperKind.BRIEFING, Part("First", many, least=30, yields=1), Part("Last", many, least=3, yields=7)
        )
    )
    assert len(short.parts[0].lines) > len(short.parts[1].lines) >= 3
    assert [line.text for line in short.parts[1].lines[:3]] == ["line 0", "line 1", "line 2"]


def test_a_line_that_is_shortened_says_by_how_much() -> None:
    short = fitted(paper_of(PaperKind.BRIEFING, Part("Told", (Line("word " * 4_000),))))
    (line,) = short.parts[0].lines
    assert re.search(r"… \([\d]+ more letters in the log\)$", line.text)


def test_a_briefing_that_was_not_fitted_is_refused() -> None:
    many = tuple(Line(f"line {n}") for n in range(200))
    with pytest.raises(ValueError, match="one page"):
        sheet.pdf(paper_of(PaperKind.BRIEFING, Part("Told", many)))


# --- copies -----------------------------------------------------------------------------------


def test_the_copies_say_all_that_the_page_says(nights: dict[str, Night]) -> None:
    for made in (nights["00:26"].briefing, nights["00:26"].decision, nights["00:26"].referral):
        for part in made.content.parts:
            for line in part.lines:
                assert line.text.replace("\n", " ") in made.text().replace("\n", " ")
        assert made.digest in made.html() and made.digest in made.text()


def test_what_was_typed_is_no_html() -> None:
    page = copies.html(
        paper_of(PaperKind.BUNDLE, Part("<i>", (Line("<script>x</script>", label="<b>"),)), log_of(1, "<td>"))
    )
    assert "<script>" not in page and "<i>" not in page and "<b>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
