"""A policy is read once in a process, and anew when a letter of its files has changed; a fault is always told."""

from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.policy import known
from callhandler.policy.known import load_once

TYPES = "core/types.yaml"


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_known", {})


def test_the_same_files_give_the_same_policy_unread(pack: Path) -> None:
    assert load_once(pack, "national") is load_once(pack, "national")


def test_a_changed_letter_is_read_anew(pack: Path) -> None:
    before = load_once(pack, "national")
    path = pack / TYPES
    path.write_text(path.read_text(encoding="utf-8").replace('name: "Violence"', 'name: "Violent"', 1))
    after = load_once(pack, "national")
    assert after.digest != before.digest and after.types["violence"].name == "Violent"


def test_a_fault_is_told_however_good_it_was_before(pack: Path) -> None:
    load_once(pack, "national")
    path = pack / TYPES
    path.write_text(path.read_text(encoding="utf-8").replace('name: "Violence"', "name: 55", 1))
    for _ in range(2):
        with pytest.raises(BadInputs, match=r"types\.yaml"):
            load_once(pack, "national")


def test_two_schemes_are_two_policies(pack: Path) -> None:
    assert load_once(pack, "national").digest != load_once(pack, "west-midlands").digest
