"""The core names acts and never their keys; whoever reads its sentences at a desk is told the key that the desk has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.settings import resources
from ui.common.act_keys import KEYS, with_key
from ui.palette.entries import keys_of
from ui.tasks import failure_of

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"\b(?:Ctrl|Alt|Shift)\+(?:(?:Ctrl|Alt|Shift)\+)*[A-Za-z0-9]+|\bF\d{1,2}\b")


def core() -> Iterator[tuple[Path, ast.AST]]:
    for path in (ROOT / "callhandler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def said(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def acts() -> set[str]:
    """Every act that the core sends somebody to."""
    found = set()
    for _, node in core():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "BadInput":
            named = [*node.args[2:3], *(k.value for k in node.keywords if k.arg == "act")]
            found |= {said(a) for a in named}
    return found


def test_the_core_names_no_key_of_the_desk():
    found = [
        f"{path.name}:{node.lineno}" for path, node in core() if re.search(r"\b(Ctrl|Alt)\+", said(node))
    ]
    assert not found


def test_every_act_that_the_core_names_has_the_key_of_its_action(window):
    assert acts() - {""} <= set(KEYS)
    shown = {keys_of(action) for _, actions in window.key_groups for action in actions}
    for act, key in KEYS.items():
        form = window.page.forms.all.get(act)
        assert form.key == key if form is not None else key in shown, act


def test_the_sentence_ends_with_the_key():
    told = failure_of(BadInput("The room needs a place. First say where she is.", "place", "move"))
    assert told.sentence.endswith("First say where she is (Ctrl+M).")
    assert with_key("Nothing more.", "") == "Nothing more."


def test_every_key_that_the_policy_names_is_one_of_the_desk(window):
    shown = {keys_of(action) for _, actions in window.key_groups for action in actions}
    for path in (resources() / "policy").rglob("*.yaml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert set(KEY.findall(line.partition("#")[0])) <= shown, f"{path.name}: {line.strip()}"
