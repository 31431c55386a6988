"""Change the rules in small ways and see whether the tests notice: `python3 packaging/mutate.py [PATTERN...]`.

Needs mutmut beside the project's test requirements (`python3 -m pip install "mutmut>=3.8"`). Works on a copy of the
checked-in files, in a folder that is kept for a second look; prints for each file how many changes were noticed, and the
names of those that were not. A pattern names functions: `callhandler.rules.guard*`. All of them take hours; `--sample 60`
tries so many of each file, drawn by `--seed`. What each change was: `python3 packaging/mutate.py --show FOLDER NAME`.

The judge is `tests/unit/rules`, without the property tests: they would find more, and take an hour longer. Others are
named by `--judge`; for the guard, `tests/unit/rules/test_guard.py`, `tests/unit/rules/test_contact.py`,
`tests/unit/services/test_routes.py` and `tests/journeys/test_every_route.py`, which CALLHANDLER_ROUTES bounds.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = """
[tool.mutmut]
source_paths = ["callhandler"]
only_mutate = ["callhandler/rules/*"]
also_copy = ["resources", "ui", "packaging", "pyproject.toml", "tests"]
pytest_add_cli_args_test_selection = {judges}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
"""
JUDGES = ["tests/unit/rules", "--ignore=tests/unit/rules/test_properties.py"]
NOTICED, UNNOTICED, NO_TEST, UNTRIED = "noticed", "not noticed", "no test runs it", "not tried"


def copy(folder: Path, judges: list[str]) -> None:
    """Put a copy of what is checked in there, with mutmut's settings."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS.format(judges=json.dumps(judges or JUDGES)))


def outcome(code: int | None) -> str:
    """What mutmut's exit code of a change means: a test that fails, hangs or breaks has noticed it."""
    return {None: UNTRIED, 0: UNNOTICED, 33: NO_TEST, 5: NO_TEST}.get(code, NOTICED)


def results(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each file with the outcome of each of its changes, by name."""
    rules = folder / "mutants" / "callhandler" / "rules"
    for meta in sorted(rules.rglob("*.py.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        if codes:
            name = meta.relative_to(rules).as_posix().removesuffix(".meta")
            yield name, {key: outcome(code) for key, code in codes.items()}


def drawn(folder: Path, most: int, seed: int, patterns: list[str]) -> list[str]:
    """The names of at most so many fitting changes of each file, always the same for a seed."""
    random = Random(seed)
    names = []
    for _, found in results(folder):
        fitting = sorted(name for name in found if any(fnmatch(name, pattern) for pattern in patterns))
        names += random.sample(fitting, min(most, len(fitting)))
    return names


def tell(folder: Path) -> None:
    """Print the table, and the changes that no test noticed."""
    whole: Counter[str] = Counter()
    left = []
    print(f"{'file':28} {'changes':>8} {'noticed':>8} {'not':>6} {'no test':>8} {'score':>7}")
    for name, found in results(folder):
        counts = Counter(found.values())
        whole += counts
        left += [key for key, what in found.items() if what in (UNNOTICED, NO_TEST)]
        row(name, counts)
    row("all", whole)
    if whole[UNTRIED]:
        print(f"{whole[UNTRIED]} changes were not tried.")
    print(*(f"  not noticed: {key}" for key in left), sep="\n")


def row(name: str, counts: Counter[str]) -> None:
    """One line of the table; changes that were not tried are not in it."""
    tried = sum(counts.values()) - counts[UNTRIED]
    if tried:
        score = f"{100 * counts[NOTICED] / tried:.1f} %"
        print(f"{name:28} {tried:8} {counts[NOTICED]:8} {counts[UNNOTICED]:6} {counts[NO_TEST]:8} {score:>7}")


def main() -> int:
    """Copy, change, judge, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    parser.add_argument("--children", type=int, default=2, help="how many changes are judged at once")
    parser.add_argument("--sample", type=int, help="so many changes of each file, drawn by chance")
    parser.add_argument(
        "--judge", action="append", default=[], help="tests that judge, in the place of the usual"
    )
    parser.add_argument("--seed", type=int, default=1, help="what the sample is drawn by")
    parser.add_argument("--folder", type=Path, help="go on in the folder of an earlier run")
    parser.add_argument("--show", action="store_true", help="FOLDER NAME...: print what those changes were")
    given = parser.parse_args()
    mutmut = [sys.executable, "-m", "mutmut"]
    if given.show:
        folder, *names = given.patterns
        return max(subprocess.run([*mutmut, "show", n], cwd=folder, check=False).returncode for n in names)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="callhandler-mutants-")) / "copy"
    if not folder.exists():
        copy(folder, given.judge)
    print(f"In {folder}", flush=True)
    patterns = given.patterns
    if given.sample:
        # mutmut makes the changes when it runs; a pattern that fits none makes them and tries nothing.
        subprocess.run([*mutmut, "run", "none"], cwd=folder, check=False)
        patterns = drawn(folder, given.sample, given.seed, given.patterns or ["*"])
    run = [*mutmut, "run", "--max-children", str(given.children), *patterns]
    done = subprocess.run(run, cwd=folder, check=False)
    tell(folder)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
