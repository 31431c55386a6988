"""What the pages for readers name is there: every file and folder, and every command that is shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "resources").rglob("*.md"),
        *(ROOT / "tests").rglob("*.md"),
    ]
)
UNDER = ("", "callhandler", "resources", "tests", "resources/policy", "resources/policy/core")
"""Where a page may begin a path: at the root, beside the page itself, or in one of these."""

ENDS = re.compile(r"\.(py|md|yaml|json|csv|png|toml)$")
OURS = ("callhandler/", "ui/", "resources/", "tests/", "packaging/", ".ci/")
QUOTED = re.compile(r"`([^`\n]+)`|\]\(([^)#\s]+)\)")


def paths_of(page: Path) -> Iterator[str]:
    """Every path that a page quotes or links to; not what stands for a name of the reader's own."""
    for found in QUOTED.finditer(page.read_text(encoding="utf-8")):
        for word in re.split(r"[\s,;:()]+", found[1] or found[2]):
            plain = word.rstrip(".")
            if "/" not in plain or "://" in plain or re.search(r"[<>*{}|=%A-Z]{2}|[<>*{}|=%]", plain):
                continue
            if plain.startswith(OURS) or (ENDS.search(plain) and not plain.startswith(("/", "~", "."))):
                yield plain


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    missing = [
        path
        for path in paths_of(page)
        if not (page.parent / path).exists() and not any((ROOT / under / path).exists() for under in UNDER)
    ]
    assert not missing


def test_the_test_would_notice() -> None:
    found = {path for page in PAGES for path in paths_of(page)}
    assert {"resources/help/policy.md", "core/warnings.yaml", "tests/store", "ui/beside.py"} <= found
