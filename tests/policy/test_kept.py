"""What is kept of a policy is used only for the very files it was read from; anything else is read anew."""

from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.policy import kept, loader
from callhandler.policy.kept import load_kept

TYPES = "core/types.yaml"


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reading is that of a new process."""
    monkeypatch.setattr(kept, "_known", {})


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often YAML was read."""
    told: list[str] = []
    usual = loader.load

    def load(folder: Path, scheme: str):  # type: ignore[no-untyped-def]
        told.append(scheme)
        return usual(folder, scheme)

    monkeypatch.setattr(loader, "load", load)
    return told


def again(pack: Path, keep: Path):  # type: ignore[no-untyped-def]
    kept._known.clear()
    return load_kept(pack, "national", keep)


def test_the_second_start_reads_no_yaml_and_has_the_same_policy(
    pack: Path, tmp_path: Path, readings: list[str]
) -> None:
    first, second = again(pack, tmp_path / "keep"), again(pack, tmp_path / "keep")
    assert readings == ["national"]
    assert second.digest == first.digest and second.pack == first.pack


def test_a_changed_letter_is_read_anew(pack: Path, tmp_path: Path, readings: list[str]) -> None:
    before = again(pack, tmp_path)
    path = pack / TYPES
    path.write_text(path.read_text(encoding="utf-8").replace('name: "Violence"', 'name: "Violent"', 1))
    after = again(pack, tmp_path)
    assert len(readings) == 2
    assert after.digest != before.digest and after.types["violence"].name == "Violent"


def test_a_fault_is_told_however_good_the_kept_one_was(pack: Path, tmp_path: Path) -> None:
    again(pack, tmp_path)
    path = pack / TYPES
    path.write_text(path.read_text(encoding="utf-8").replace('name: "Violence"', "name: 55", 1))
    with pytest.raises(BadInputs, match=r"types\.yaml"):
        again(pack, tmp_path)


@pytest.mark.parametrize("damage", [b"", b"x", b"\xff\xfe\n{}"])
def test_a_damaged_copy_is_done_without(
    pack: Path, tmp_path: Path, readings: list[str], damage: bytes
) -> None:
    again(pack, tmp_path)
    file = tmp_path / "policy-national.kept"
    file.write_bytes(damage or file.read_bytes()[:-40])
    assert again(pack, tmp_path).warnings
    assert len(readings) == 2
    assert again(pack, tmp_path).warnings and len(readings) == 2


def test_where_nothing_can_be_kept_it_is_read_each_time(
    pack: Path, tmp_path: Path, readings: list[str]
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    for _ in range(2):
        assert again(pack, blocked).warnings
    assert len(readings) == 2
