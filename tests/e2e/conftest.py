"""The display of these tests, one a module; without its programs they are skipped, and fail where CI is set."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.screen import Screen, lacks


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A display with a window manager, a bus and a screen reader."""
    missing = lacks()
    if missing:
        told = f"NOT TESTED ON A REAL WINDOW: this machine lacks {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    folder: Path = tmp_path_factory.mktemp("screen")
    with Screen(folder) as opened:
        yield opened
