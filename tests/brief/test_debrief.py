"""The debrief of an exercise: everything with its reason, the same bytes each time, TRAINING on each page."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from callhandler.errors import BadInput
from callhandler.services.papers import as_file
from callhandler.services.training.scored import debrief_of
from tests.journeys.night_players import Player, better


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory):
    player = Player(tmp_path_factory.mktemp("night"))
    better(player)
    made = debrief_of(player.run)
    player.app.close()
    return made


def test_it_says_the_same_in_three_forms_and_the_same_each_time(paper, tmp_path: Path):
    assert as_file(paper, ".pdf") == as_file(paper, ".pdf")
    (tmp_path / "d.pdf").write_bytes(as_file(paper, ".pdf"))
    pages = [page.extract_text() for page in PdfReader(tmp_path / "d.pdf").pages]
    assert all("TRAINING, not a real incident" in page for page in pages)
    text, html = as_file(paper, ".txt").decode(), as_file(paper, ".html").decode()
    for said in ("He said that he will kill me.", "What it teaches", "Not a verdict"):
        forms = (text, html, "".join(pages))
        assert all(said.casefold() in form.casefold() for form in forms)
    assert "{" not in text
    with pytest.raises(BadInput, match=r"\.docx"):
        as_file(paper, ".docx")


def test_what_was_asked_stands_before_what_was_answered(paper):
    table = next(part.table for part in paper.parts if part.table and len(part.table.heads) == 4)
    rows = [(heard, desk) for _, heard, desk, _ in table.rows]
    asked = rows.index(("", "Said to the caller: Has he said what he will do, to her or to anybody?"))
    assert rows[asked + 1] == ("Adult 1: He said that he will kill me.", "")
    assert len({row for row in rows if row[1].startswith("Recorded")}) == sum(
        r[1].startswith("Recorded") for r in rows
    )
