"""A copy of the shipped policy that a test may break; a file that is not changed is read once for all tests."""

import shutil
from pathlib import Path

import pytest

from callhandler.policy import loader
from callhandler.settings import Settings
from callhandler.yaml_source import Source, parse_yaml


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder like resources/policy, to be changed at will."""
    return Path(shutil.copytree(Settings(database="").policy_folder, tmp_path / "policy"))


@pytest.fixture(autouse=True)
def unchanged_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading YAML takes most of the time; what is in the file decides, not where it lies."""

    def read(path: Path) -> Source:
        key = (path.name, path.read_bytes() if path.is_file() else b"")
        if key not in PARSED:
            PARSED[key] = parse_yaml(path)
        return PARSED[key]

    monkeypatch.setattr(loader, "parse_yaml", read)


PARSED: dict[tuple[str, bytes], Source] = {}
