"""What the mutation run tells: each file's score from mutmut's own results, and every change that no test noticed."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "mutate.py"


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def results(folder: Path, name: str, codes: dict[str, int | None]) -> None:
    path = folder / "mutants" / "callhandler" / "rules" / f"{name}.meta"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"exit_code_by_key": codes}), encoding="utf-8")


def test_scores_are_of_the_changes_tried_and_the_unnoticed_are_named(
    mutate: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results(tmp_path, "guard.py", {"g1": 1, "g2": 0, "g3": 36, "g4": None})
    results(tmp_path, "match/told.py", {"m1": 33, "m2": 1})
    results(tmp_path, "ask.py", {})
    mutate.tell(tmp_path)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "file changes noticed not no test score",
        "guard.py 3 2 1 0 66.7 %",
        "match/told.py 2 1 0 1 50.0 %",
        "all 5 3 1 1 60.0 %",
        "1 changes were not tried.",
        "not noticed: g2",
        "not noticed: m1",
    ]


def test_a_sample_takes_some_of_each_file_and_is_the_same_for_a_seed(
    mutate: ModuleType, tmp_path: Path
) -> None:
    results(tmp_path, "guard.py", {f"g{n}": None for n in range(50)})
    results(tmp_path, "ask.py", {"a1": 0, "a2": None})
    found = mutate.drawn(tmp_path, 3, 7, ["*"])
    assert len(found) == len(set(found)) == 5
    assert {"a1", "a2"} < set(found)
    assert mutate.drawn(tmp_path, 3, 7, ["*"]) == found != mutate.drawn(tmp_path, 3, 8, ["*"])
    assert set(mutate.drawn(tmp_path, 3, 7, ["a1", "b*"])) == {"a1"}


def test_the_settings_name_folders_that_exist(mutate: ModuleType) -> None:
    named = mutate.SETTINGS + " ".join(mutate.JUDGES)
    for name in ("callhandler/rules", "tests/unit/rules", "tests/unit/rules/test_properties.py", "resources"):
        assert name in named
        assert (mutate.ROOT / name).exists()
