"""Pages against kept pictures, of contents that were kept with them: the night's, as it was when it was looked at.

To keep both anew, from the night as it is now: --new-pictures. Then look at every picture.
"""

import io
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from callhandler.brief import sheet
from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.model.paper import PaperKind
from tests.brief.conftest import PICTURES, Night

SCALE = 0.75
"""Fifty-four dots an inch: small enough to keep, large enough that a line that moved is seen."""

FAR = 40
"""Grey levels by which a dot may differ before it counts as another."""

SHARE = 0.004
"""Share of dots that may be others: what rounding does to edges, far less than one line of text."""

KEPT = {
    "briefing-0026": 0,
    "briefing-end": 0,
    "decision-0026": 0,
    "decision-end": -1,
    "referral-0026": 0,
    "bundle-end": 1,
    "names": 0,
}
"""The kept pictures, and of which page each is."""

NAMES = (
    "محمد علی خان",
    "علی (بھائی)، گلی ۱۲",
    "ਸਿਮਰਨ ਕੌਰ",
    "রহিমা বেগম",
    "लक्ष्मी",
    "Łukasz Żółć",
    "Gŵyneth Llŷr",
    "王小明",
    "Ольга",
)


def read(kept: dict[str, Any]) -> Paper:
    """A paper from its kept content."""
    parts = tuple(
        Part(
            **{
                **part,
                "lines": tuple(Line(**line) for line in part["lines"]),
                "table": Table(
                    tuple(part["table"]["heads"]),
                    tuple(part["table"]["shares"]),
                    tuple(tuple(row) for row in part["table"]["rows"]),
                )
                if part["table"]
                else None,
            }
        )
        for part in kept["parts"]
    )
    as_of = datetime.fromisoformat(kept["as_of"])
    return Paper(
        **{
            **kept,
            "kind": PaperKind(kept["kind"]),
            "as_of": as_of,
            "banner": tuple(kept["banner"]),
            "parts": parts,
        }
    )


def names() -> Paper:
    """One line for each script, in a sentence, alone, and in a table."""
    lines = tuple(Line(f"told of {name}, at 22:34", label=f"{name}:", mark="◆", rest=name) for name in NAMES)
    table = Table(("Name", "Said"), (1, 3), tuple((name, f"“{name}” <b>") for name in NAMES))
    return Paper(
        kind=PaperKind.BUNDLE,
        title="Names",
        reference="0001",
        marking="OFFICIAL-SENSITIVE",
        training=True,
        as_of=datetime.fromisoformat("2024-03-06T20:00:00+00:00"),
        zone="Europe/London",
        position=7,
        banner=(NAMES[0],),
        parts=(Part("Lines", lines), Part("Rows", table=table)),
    )


def keep(nights: dict[str, Night]) -> None:
    """Keep the contents as they are now, and the pictures of their pages."""
    for name, number in KEPT.items():
        if name == "names":
            paper = names()
        else:
            kind, moment = name.split("-")
            paper = getattr(nights["00:26" if moment == "0026" else moment], kind).content
        said = json.dumps(asdict(paper), ensure_ascii=False, default=str, indent=0)
        (PICTURES / f"{name}.json").write_text(said + "\n", encoding="utf-8")
        # Sixteen levels of grey are enough to see by, and small.
        page = page_of(sheet.pdf(paper), number).point(lambda level: level // 16 * 17)
        page.save(PICTURES / f"{name}.png", optimize=True)


def page_of(pdf: bytes, number: int) -> Image.Image:
    """One page as a picture in grey; -1 is the last."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    page = document[number % len(document)]
    return page.render(scale=SCALE, grayscale=True).to_pil().convert("L")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ by more than rounding."""
    apart = ImageChops.difference(one, other).point(lambda level: 255 if level > FAR else 0)
    return float(ImageStat.Stat(apart).mean[0]) / 255


@pytest.fixture(scope="module", autouse=True)
def kept_anew(request: pytest.FixtureRequest) -> None:
    """Keep everything anew where that was asked for."""
    if request.config.getoption("--new-pictures"):
        keep(request.getfixturevalue("nights"))


@pytest.mark.parametrize("name", KEPT)
def test_a_page_looks_as_it_was_looked_at(name: str) -> None:
    paper = read(json.loads((PICTURES / f"{name}.json").read_text(encoding="utf-8")))
    found = page_of(sheet.pdf(paper), KEPT[name])
    wanted = Image.open(PICTURES / f"{name}.png").convert("L")
    assert found.size == wanted.size
    assert differing(found, wanted) <= SHARE


def test_a_line_that_moved_would_be_seen() -> None:
    page = Image.open(PICTURES / "briefing-0026.png").convert("L")
    assert differing(page, ImageChops.offset(page, 0, 8)) > SHARE * 5


@pytest.mark.parametrize("kind", ["briefing", "decision", "referral", "bundle"])
def test_the_night_of_today_is_readable_in_grey(nights: dict[str, Night], kind: str) -> None:
    pdf = getattr(nights["00:26"], kind).pdf()
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=SCALE).to_pil().convert("RGB")
    red, green, blue = page.split()
    assert ImageChops.difference(red, green).getbbox() is None
    assert ImageChops.difference(green, blue).getbbox() is None
    darkest, lightest = page.convert("L").getextrema()
    assert (darkest < 60, lightest) == (True, 255)


def test_every_kept_picture_is_looked_for() -> None:
    assert {path.stem for path in Path(PICTURES).iterdir()} == set(KEPT)
