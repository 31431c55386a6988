"""Make the locked requirement files again: `python3 packaging/lock.py [--upgrade]` (needs uv on the PATH).

Each requirement is pinned by version and hash, for every platform and Python the project supports, and
no download address is written: pip takes the packages from whichever index the reader's machine uses.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "requirements"
HEADER = """\
# What callhandler needs to {purpose}: every version pinned, every file known by its hash.
# Made from pyproject.toml by "python3 packaging/lock.py" (--upgrade for newer versions); not edited by hand.
"""


def build_requirements() -> str:
    """Return what pyproject.toml says is needed to build, one requirement a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return "\n".join(project["build-system"]["requires"]) + "\n"


def compile_lock(uv: str, name: str, purpose: str, options: list[str]) -> None:
    """Write one lock. What is pinned already stays as it is unless `--upgrade` is among the options."""
    lock = LOCKS / name
    command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    # The folder of the project is the working directory, so that only relative paths are ever at hand.
    # "-" is the build requirements: the project itself is installed without build isolation.
    command += [*options, "--output-file", str(lock.relative_to(ROOT)), "pyproject.toml", "-"]
    subprocess.run(command, cwd=ROOT, input=build_requirements(), text=True, check=True)
    lock.write_text(HEADER.format(purpose=purpose) + lock.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> int:
    """Make both locks; the test lock holds the run lock's versions and more."""
    if sys.argv[1:] not in ([], ["--upgrade"]):
        print(__doc__)
        return 2
    uv = shutil.which("uv")
    if uv is None:
        print("packaging/lock.py needs uv; install it with: python3 -m pip install uv")
        return 1
    LOCKS.mkdir(parents=True, exist_ok=True)
    upgrade = sys.argv[1:]
    compile_lock(uv, "run.txt", "run", upgrade)
    run = str((LOCKS / "run.txt").relative_to(ROOT))
    compile_lock(uv, "test.txt", "be tested", [*upgrade, "--extra", "dev", "--constraint", run])
    return 0


if __name__ == "__main__":
    sys.exit(main())
