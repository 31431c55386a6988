"""Names in any script are set right: joined, ordered, never a box; nothing typed is markup."""

import io

import pypdfium2
import pytest

from callhandler.brief import sheet
from callhandler.brief.content import Line, Paper, Part
from callhandler.brief.faces import LATIN, face, foreign_scripts, settable
from callhandler.brief.setting import Run, SetLine, Span, Style, lines_of, places_of
from callhandler.model.paper import PaperKind
from tests.brief.conftest import words_of
from tests.unit.pictures import START

STYLE = Style(10, 12)
WIDE = 500.0


def line_of(text: str, width: float = WIDE) -> SetLine:
    (line,) = lines_of((Span(text),), STYLE, width)
    return line


def glyphs_of(text: str) -> list[tuple[str, float]]:
    """Every glyph of a line with its x, from left to right as drawn."""
    found: list[tuple[str, float]] = []
    x = 0.0
    for run, width in line_of(text).runs:
        found += places_of(run, STYLE.size, x)
        x += width
    return found


def paper_of(*texts: str) -> Paper:
    return Paper(
        kind=PaperKind.BUNDLE,
        title="Names",
        reference="0001",
        marking="OFFICIAL-SENSITIVE",
        training=False,
        as_of=START,
        zone="Europe/London",
        position=7,
        banner=("Names",),
        parts=(Part("Names", tuple(Line(text) for text in texts)),),
    )


# --- from the right ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["محمد علی", "فاطمہ خان", "گلزار ہمدانی", "שרה כהן"])
def test_the_first_letter_is_the_one_furthest_right(name: str) -> None:
    (run, _) = line_of(name).runs[0]
    assert run.backwards
    own = face(run.face)
    glyphs, advance = own.shape(name, True)
    first, _ = own.shape(name.split(maxsplit=1)[0], True)
    second, width_of_second = own.shape(name.split()[1], True)
    # The second word is drawn first, from the left edge; the first word ends at the right edge.
    assert [g.code for g in glyphs[: len(second)]] == [g.code for g in second]
    assert [g.code for g in glyphs[-len(first) :]] == [g.code for g in first]
    assert max(g.x for g in glyphs[: len(second)]) < width_of_second < min(g.x for g in glyphs[-len(first) :])
    assert advance == pytest.approx(own.width(name, 1000, True))


def test_letters_are_joined() -> None:
    """A letter at the beginning, in the middle, at the end and alone is four glyphs."""
    own = face("NotoSansArabic-Regular")
    word = [g.code for g in own.shape("ععع", True)[0]]
    alone = own.shape("ع", True)[0][0].code
    assert len({*word, alone}) == 4


def test_urdu_has_its_own_letters() -> None:
    for letter in "ٹڈڑےںھہگکچپ":
        assert ord(letter) in face("NotoSansArabic-Regular").letters


def test_a_name_from_the_right_leaves_the_sentence_as_it_reads() -> None:
    runs = [run for run, _ in line_of("Told by محمد علی, at 22:34.").runs]
    assert [run.text for run in runs if not run.backwards] == ["Told by ", ", at 22:34."]
    (name,) = [run for run in runs if run.backwards]
    assert name.text[::-1] == "محمد علی"


def test_a_label_and_what_follows_do_not_turn_each_other() -> None:
    (line,) = lines_of((Span("علی: ", True), Span("محمد said so in plain words")), STYLE, WIDE)
    assert [run.text[::-1].strip() for run, _ in line.runs if run.backwards] == ["علی", "محمد"]


def test_a_label_is_not_joined_to_what_follows() -> None:
    (line,) = lines_of((Span("علی", True), Span("محمد and more words")), STYLE, WIDE)
    assert [run.text[::-1].strip() for run, _ in line.runs if run.backwards] == ["علی", "محمد"]


def test_brackets_round_a_turned_word_open_where_it_begins() -> None:
    assert [run.text.strip() for run, _ in line_of("علی (بھائی)").runs if not run.backwards] == ["(", ")"]
    marks = [run.text for run, _ in line_of("She (علی) left").runs if not run.backwards]
    assert marks == ["She (", ") left"]


def test_numbers_in_a_turned_line_read_from_the_left() -> None:
    assert "۱۲" in [run.text.strip() for run, _ in line_of("گلی ۱۲").runs]


def test_a_long_line_is_broken_before_it_is_turned() -> None:
    words = [f"{word}{number}" for number, word in enumerate(["گھر", "ماں", "رات", "گلی"] * 5)]
    lines = lines_of((Span(" ".join(words)),), STYLE, 120)
    assert len(lines) > 2
    assert all(line.width <= 120 for line in lines)
    first = "".join(run.text for run, _ in lines[0].runs)
    last = "".join(run.text for run, _ in lines[-1].runs)
    assert "گھر"[::-1] in first and "0" in first
    assert "19" in last


# --- other scripts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "setter"),
    [
        ("ਸਿਮਰਨ ਕੌਰ", "NotoSansGurmukhi-Regular"),
        ("রহিমা বেগম", "NotoSansBengali-Regular"),
        ("लक्ष्मी", "NotoSansDevanagari-Regular"),
        ("સરિતા", "NotoSansGujarati-Regular"),
        ("சரஸ்வதி", "NotoSansTamil-Regular"),
        ("Żółć Łukasz", LATIN),
        ("Gŵyneth Llŷr", LATIN),
        ("Ольга", LATIN),
    ],
)
def test_each_script_has_a_face_and_no_box(name: str, setter: str) -> None:
    line = line_of(name)
    assert {run.face for run, _ in line.runs} == {setter}
    assert settable(name) == name
    if setter != LATIN:
        own = face(setter)
        assert own.shape("\U0010ffff", False)[0][0].code not in {g.code for g in own.shape(name, False)[0]}


def test_a_vowel_that_is_written_before_its_letter_is_drawn_before_it() -> None:
    own = face("NotoSansGurmukhi-Regular")
    letter = own.shape("ਸ", False)[0][0].code
    vowel, drawn = own.shape("ਸਿ", False)[0]
    assert drawn.code == letter
    assert vowel.x < drawn.x


def test_two_consonants_join_into_one_glyph() -> None:
    own = face("NotoSansBengali-Regular")
    assert len(own.shape("ক্ষ", False)[0]) == 1


def test_a_script_without_a_face_is_written_in_latin_letters_and_said() -> None:
    assert settable("王小明 rang") == "‹WangXiaoMing› rang"
    assert foreign_scripts("王小明 and สมชาย") == ("CJK", "Thai")
    pdf = sheet.pdf(paper_of("王小明 rang"))
    assert "‹WangXiaoMing› rang" in words_of(pdf)
    assert "Between ‹ and › stand letters that no typeface here has, in Latin letters: CJK." in words_of(pdf)


def test_what_turns_lines_round_unseen_is_gone() -> None:
    assert settable("a\u202eb\u200fc\x00d") == "abcd"


def test_a_letter_and_its_mark_are_one() -> None:
    assert settable("Z\u0307o\u0301") == "Żó"


# --- plain text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["<b>unclosed", "a < b & c > d", "</para>", "<font name=x>", "&lt;&nbsp;", "%PDF ) ( \\"]
)
def test_nothing_typed_is_markup(typed: str) -> None:
    assert typed.replace("  ", " ") in words_of(sheet.pdf(paper_of(typed)))


def test_a_word_too_long_for_a_line_is_cut_and_none_of_it_is_lost() -> None:
    word = "x" * 400
    lines = lines_of((Span(word),), STYLE, 100)
    assert all(line.width <= 100 for line in lines)
    assert "".join(run.text for line in lines for run, _ in line.runs) == word


def test_an_empty_text_is_one_empty_line() -> None:
    assert lines_of((Span(""),), STYLE, WIDE) == (SetLine((), 0.0),)


def test_what_is_copied_out_is_the_name_as_it_was_written() -> None:
    name = "محمد علی"
    page = pypdfium2.PdfDocument(io.BytesIO(sheet.pdf(paper_of(f"Told by {name}."))))[0]
    text = page.get_textpage().get_text_range()
    assert all(letter in text for letter in set(name) - {" "})


def test_the_same_paper_gives_the_same_bytes_whatever_was_set_before() -> None:
    paper = paper_of("محمد علی", "রহিমা", "ਸਿਮਰਨ", "王小明", "Łukasz")
    first = sheet.pdf(paper)
    sheet.pdf(paper_of("فاطمہ خان", "ক্ষ", "ਕੌਰ"))
    assert sheet.pdf(paper) == first


def test_a_run_keeps_its_order_for_measuring() -> None:
    assert places_of(Run("Abc", LATIN), 10)[0][1] == 0.0
    assert [code for code, _ in glyphs_of("Abc")] == ["A", "b", "c"]
