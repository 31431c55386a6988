"""Start callhandler from a checkout: install what is missing into .venv, then run.

    python3 packaging/start.py                  play the demonstration
    python3 packaging/start.py test [args]      run every check; args go to pytest

Needs Python 3.11 or newer and nothing else. Python packages come from packaging/requirements, each checked
by its hash. System libraries come from apt where there is one and we are root; otherwise the one command
that installs them is printed.
"""

import ctypes
import hashlib
import importlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# Before anything below is defined, so that an older Python says this and not something about syntax.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "callhandler needs Python 3.11 or newer, and this is Python {}.{}. "
        "Start it with a newer one, for example: python3.12 packaging/start.py".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "requirements"
VENV = ROOT / ".venv"
STAMP = VENV / "callhandler-stamp.json"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")

# Shared objects that Qt loads, each with the Debian package that holds it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
# Programs that the tests of a real window use, each with its Debian package. With them goes a reader of what a
# screen reader would meet, in the system's own Python.
SCREEN_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
}
SCREEN_READER = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
NO_SCREEN = "the tests of a real window are skipped"

CHECKS: dict[str, list[str]] = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports", "--no-logo"],
    "pytest": ["pytest", "-n", "auto", "--dist", "loadfile"],
}


class Lack(NamedTuple):
    """Something of the system that is not here."""

    what: str
    package: str
    needed: bool  # without it nothing runs


def say(text: str) -> None:
    """Print at once, so that our lines and those of the programs we run keep their order."""
    print(text, flush=True)


# --- the system ------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Tell whether a shared object can be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lacking_libraries(environ: Mapping[str, str], job: str) -> list[Lack]:
    """List the shared objects that Qt would miss; those for a window count only where there is a screen."""
    lacks = [Lack(name, package, True) for name, package in QT_LIBRARIES.items() if not loads(name)]
    screen: dict[str, str] = {}
    if job == "demo" and environ.get("WAYLAND_DISPLAY"):
        screen |= WAYLAND_LIBRARIES
    if job == "demo" and environ.get("DISPLAY"):
        screen |= X11_LIBRARIES
    return lacks + [Lack(name, package, False) for name, package in screen.items() if not loads(name)]


def lacking_venv() -> list[Lack]:
    """List Python's own venv module where Debian's Python came without it."""
    importlib.invalidate_caches()
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return []
    major, minor = sys.version_info[:2]
    return [Lack("Python's venv module", f"python{major}.{minor}-venv", True)]


def lacking_postgresql(environ: Mapping[str, str]) -> list[Lack]:
    """List the PostgreSQL server that the store's tests start for themselves, unless one is named."""
    if environ.get("CALLHANDLER_TEST_PG_URL") or shutil.which("initdb"):
        return []
    # Debian keeps the server's programs off the PATH.
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return []
    return [Lack("a PostgreSQL server (its tests are skipped)", "postgresql", False)]


def lacking_screen() -> list[Lack]:
    """List what the tests of a real window would miss: a display, keys, a bus and a screen reader."""
    lacks = [Lack(n, p, False) for n, p in SCREEN_PROGRAMS.items() if shutil.which(n) is None]
    lacks += [Lack(name, package, False) for name, package in X11_LIBRARIES.items() if not loads(name)]
    if not any(
        Path(folder, "at-spi-bus-launcher").exists() for folder in ("/usr/libexec", "/usr/lib/at-spi2-core")
    ):
        lacks.append(Lack("at-spi-bus-launcher", "at-spi2-core", False))
    python = "/usr/bin/python3"
    reads = (
        os.access(python, os.X_OK)
        and not subprocess.run([python, "-c", SCREEN_READER], capture_output=True, check=False).returncode
    )
    if not reads:
        lacks += [Lack("the Atspi bindings", p, False) for p in ("python3-gi", "gir1.2-atspi-2.0")]
    return [lack._replace(what=f"{lack.what} ({NO_SCREEN})") for lack in lacks]


def lacking(job: str, environ: Mapping[str, str], new_venv: bool) -> list[Lack]:
    """List all that the system lacks for this job."""
    lacks = lacking_venv() if new_venv else []
    if sys.platform == "linux":
        lacks += lacking_libraries(environ, job)
    if job == "test":
        lacks += lacking_postgresql(environ)
    if job == "test" and sys.platform == "linux":
        lacks += lacking_screen()
    return lacks


def is_root() -> bool:
    """Tell whether we may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_command(lacks: Sequence[Lack]) -> list[str]:
    """Return the apt command that installs what is lacking."""
    packages = sorted({lack.package for lack in lacks})
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def run_apt(lacks: Sequence[Lack]) -> None:
    """Install system packages; whether it worked is seen by looking again."""
    say("Installing system packages: " + " ".join(apt_command(lacks)[4:]))
    # dpkg refuses to work without these two on the PATH, and a bare environment has neither.
    path = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin"
    environ = dict(os.environ, PATH=path, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update", "-qq"], apt_command(lacks)):
        done = subprocess.run(
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            say(f"{shlex.join(command)} failed:\n{done.stderr.strip()}")


def advice(lacks: Sequence[Lack], debian: bool) -> str:
    """Say what is lacking and the one command that helps."""
    text = "Missing on this machine: " + ", ".join(dict.fromkeys(lack.what for lack in lacks)) + ".\n"
    if debian:
        return text + f"To install: sudo apt-get update && sudo {shlex.join(apt_command(lacks))}"
    return text + "Install it with your system's package manager."


def prepare_system(job: str, new_venv: bool) -> bool:
    """Install or name what the system lacks; tell whether what is there suffices."""
    debian = shutil.which("apt-get") is not None
    lacks = lacking(job, os.environ, new_venv)
    if lacks and debian and is_root():
        run_apt(lacks)
        lacks = lacking(job, os.environ, new_venv)
    if not lacks:
        return True
    say(advice(lacks, debian))
    if any(lack.needed for lack in lacks):
        return False
    say("Going on without it.")
    return True


# --- the environment -------------------------------------------------------------------------


def digest(path: Path) -> str:
    """Return the SHA-256 of a text file, whatever its line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def wanted_stamp(job: str) -> dict[str, str]:
    """Return what the stamp of an environment that is ready for this job says."""
    stamp = {
        # A copied or moved environment still points at where it was made.
        "folder": str(ROOT),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "run": digest(LOCKS / "run.txt"),
        "project": digest(ROOT / "pyproject.toml"),
    }
    if job == "test":
        stamp["test"] = digest(LOCKS / "test.txt")
    return stamp


def read_stamp(path: Path, python: Path) -> dict[str, str]:
    """Return the stamp left by the last complete installation, or nothing."""
    if not python.exists():
        return {}
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def steps(stamp: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """List what to do, of "environment", "packages" and "project", to get from a stamp to the wanted one."""
    everything = ["environment", "packages", "project"]
    if any(stamp.get(key) != wanted[key] for key in ("folder", "python", "run")):
        return everything
    if "test" in wanted and stamp.get("test") != wanted["test"]:
        # The test lock only adds to the run lock, so an environment that never had it is built upon.
        return everything if "test" in stamp else ["packages", "project"]
    return [] if stamp.get("project") == wanted["project"] else ["project"]


def pip(*arguments: str) -> list[str]:
    """Return a pip command of the environment that speaks only of errors."""
    return [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-qq", *arguments]


def commands(todo: Sequence[str], job: str) -> list[list[str]]:
    """Return the commands that carry out the steps."""
    lock = LOCKS / ("test.txt" if job == "test" else "run.txt")
    by_step = {
        "environment": [sys.executable, "-m", "venv", "--clear", str(VENV)],
        # Wheels only: building a package from source would fetch tools that no hash covers.
        "packages": pip("--require-hashes", "--only-binary", ":all:", "-r", str(lock)),
        "project": pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
    }
    return [by_step[step] for step in todo]


def prepare_environment(job: str, todo: Sequence[str]) -> bool:
    """Bring .venv up to the locked requirements; tell whether that worked."""
    if not todo:
        return True
    if not os.access(VENV if VENV.exists() else ROOT, os.W_OK):
        say(f"Cannot write to {VENV}. Start from a copy of the project that belongs to you.")
        return False
    if "packages" in todo:
        say(f"Installing the locked Python packages into {VENV}: about half a minute, only the first time.")
    wanted, stamp = wanted_stamp(job), read_stamp(STAMP, PYTHON)
    # Gone until all is done: what was interrupted is made again.
    STAMP.unlink(missing_ok=True)
    for command in commands(todo, job):
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
            say(f"This failed: {shlex.join(command)}")
            return False
    kept = {} if "environment" in todo else stamp
    STAMP.write_text(json.dumps(kept | wanted, indent=2) + "\n", encoding="utf-8")
    return True


def compile_sources() -> None:
    """Byte-compile our own code, for a quick start even where Python is told to write no bytecode."""
    command = [str(PYTHON), "-m", "compileall", "-q", str(ROOT / "callhandler"), str(ROOT / "ui")]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


# --- the jobs --------------------------------------------------------------------------------


def program(name: str) -> str:
    """Return the path of a program of the environment."""
    return str(SCRIPTS / (name + ".exe" if os.name == "nt" else name))


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Tell whether a window could be shown."""
    return platform != "linux" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run_demo() -> int:
    """Play the demonstration."""
    if not has_screen(sys.platform, os.environ):
        say("No display is set, so the demonstration plays in this terminal and leaves a screenshot.")
    return subprocess.run([program("callhandler"), "demo"], cwd=ROOT, check=False).returncode


def check_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for the checks: our programs first, and no window on anybody's screen."""
    path = os.pathsep.join([str(SCRIPTS), environ.get("PATH", os.defpath)])
    return dict(environ, PATH=path, VIRTUAL_ENV=str(VENV), QT_QPA_PLATFORM="offscreen")


def run_checks(pytest_arguments: Sequence[str]) -> int:
    """Run every check, whatever the ones before it said, and sum up."""
    environ = check_environ(os.environ)
    failed = []
    for name, (tool, *arguments) in CHECKS.items():
        extra = pytest_arguments if name == "pytest" else ()
        command = [program(tool), *arguments, *extra]
        say(f"\n== {shlex.join([tool, *command[1:]])}")
        if subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode:
            failed.append(name)
    say("")
    for name in CHECKS:
        say(f"{name:14}{'FAILED' if name in failed else 'passed'}")
    say(f"Failed: {', '.join(failed)}." if failed else "Every check passed.")
    return 1 if failed else 0


def main(arguments: Sequence[str]) -> int:
    """Prepare the machine, then do the job; return the exit code."""
    if arguments and arguments[0] != "test":
        say(str(__doc__).strip())
        return 0 if arguments[0] in ("-h", "--help") else 2
    job = "test" if arguments else "demo"
    todo = steps(read_stamp(STAMP, PYTHON), wanted_stamp(job))
    if not prepare_system(job, new_venv="environment" in todo):
        return 1
    if not prepare_environment(job, todo):
        return 1
    compile_sources()
    return run_checks(arguments[1:]) if job == "test" else run_demo()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
