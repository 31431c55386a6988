"""The page about situations is enough to write one: every key that the reader takes is in it, and its examples run."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from callhandler.intake import situation
from callhandler.model.incident import ResponseState
from callhandler.services.situations import run_all
from callhandler.settings import resources
from tests.shipped import shipped

PAGE = (resources() / "help" / "situations.md").read_text(encoding="utf-8")
SHIPPED = shipped("national")
ENTRIES = [
    kind
    for kind in vars(situation).values()
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__module__ == situation.__name__
]


@pytest.mark.parametrize("kind", ENTRIES, ids=lambda k: k.__name__)
def test_every_key_is_on_the_page(kind: type[BaseModel]) -> None:
    keys = [field.alias or name for name, field in kind.model_fields.items() if name != "given"]
    missing = [key for key in keys if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", PAGE)]
    assert missing == []


def test_every_response_state_may_be_written(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    listed = ", ".join(f"{{state: {s}, ago: {i}}}" for i, s in enumerate(ResponseState))
    path.write_text(
        f'situations:\n  - {{id: one, say: "All of them", reference: "test 1", response: [{listed}]}}\n',
        "utf-8",
    )
    (found,) = run_all(path, SHIPPED)
    assert found.holds


def test_the_examples_of_the_page_run_as_they_stand(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    whole = [b for b in blocks if b.startswith(("situations:", "  - id:"))]
    assert len(whole) == 3
    path = tmp_path / "page.yaml"
    path.write_text("".join(whole), encoding="utf-8")
    outcomes = run_all(path, SHIPPED)
    assert {o.case.situation.id: o.reasons for o in outcomes if not o.holds} == {}
    assert len(outcomes) == 4
