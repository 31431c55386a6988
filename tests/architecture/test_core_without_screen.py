"""The core needs no screen: it imports, reads its policy and plays a scenario where PySide6 cannot be imported at all."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BLOCKED = """
import importlib, pkgutil, sys

class NoScreen:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "ui"):
            raise ImportError(f"{name} may not be imported from the core")

sys.meta_path.insert(0, NoScreen())
import callhandler
names = [m.name for m in pkgutil.walk_packages(callhandler.__path__, "callhandler.")]
for name in names:
    if ".migrations." not in name:
        importlib.import_module(name)
from callhandler import cli
assert cli.main(["replay", "ordinary-call", "--json"]) == 0
assert not [m for m in sys.modules if m.split(".")[0] in ("PySide6", "shiboken6", "ui")]
print(len(names))
"""


def test_the_core_imports_and_plays_without_a_screen(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCKED],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CALLHANDLER_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    replayed, count = done.stdout.splitlines()
    assert replayed.startswith('{"header"')
    assert int(count) > 40
