"""A display of its own with a window manager, a bus and a screen reader, and windows driven upon it by keys alone."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SYSTEM_PYTHON = "/usr/bin/python3"
PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
# Long, for a machine that is busy with other work: nothing here waits longer than it must.
SECONDS = 40.0
# The demonstration is played anew for its window, every event of it made durable.
OPENING = 150.0
# What Qt's own bridge says when a reader asks for what it does not know, or for a row that went meanwhile.
QT_ITSELF = ("qt.accessibility.atspi", "QAccessible")

Node = dict[str, Any]


def lacks() -> list[str]:
    """What this machine has not got for these tests."""
    found = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(Path(path).exists() for path in LAUNCHERS):
        found.append("at-spi-bus-launcher")
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    python = Path(SYSTEM_PYTHON)
    if (
        not python.exists()
        or subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode
    ):
        found.append("the Atspi bindings of the system's Python")
    return found


def say(line: str) -> None:
    """Print a measured figure; seen with pytest's -s."""
    sys.stdout.write(line + "\n")


def until(what: str, found: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """Wait for something to be found, and return it; say what was missing when it never is."""
    end = time.monotonic() + seconds
    while True:
        value = found()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.05)


class Screen:
    """Opened by `with`; everything it started ends with it."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1920, 1080)) -> None:
        self.folder = folder
        self._size = size
        self._stack = ExitStack()
        self.environ: dict[str, str] = {}
        self._reader: subprocess.Popen[str] | None = None
        self._spoken: list[Node] = []

    def __enter__(self) -> "Screen":
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start(self) -> None:
        home = self.folder / "home"
        runtime = self.folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        display = self._display()
        kept = ("PATH", "LANG", "LC_ALL", "PYTHONDONTWRITEBYTECODE", "CI")
        self.environ = {name: os.environ[name] for name in kept if name in os.environ} | {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "DISPLAY": display,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "CALLHANDLER_DATA": str(self.folder / "data"),
            "NO_AT_BRIDGE": "0",
        }
        bus = self.run(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
        )
        assert bus.stdout is not None
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        launcher = next(path for path in LAUNCHERS if Path(path).exists())
        self.run([launcher, "--launch-immediately"])
        self.run(["openbox", "--sm-disable"])
        self._reader = self.run(
            [SYSTEM_PYTHON, str(HERE / "reader.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        until("the screen reader", lambda: isinstance(self.ask(do="applications"), list))

    def _display(self) -> str:
        read, write = os.pipe()
        size = "{}x{}x24".format(*self._size)
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self.run(command, pass_fds=(write,), env=dict(os.environ))
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "no display could be started"
        return f":{number}"

    def run(self, command: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
        """Start a program that ends with the screen."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        options = {"env": self.environ, "cwd": ROOT} | quiet | options
        started: subprocess.Popen[Any] = subprocess.Popen(command, **options)
        self._stack.callback(_end, started)
        return started

    def ask(self, **request: Any) -> Any:
        """Ask the screen reader."""
        reader = self._reader
        assert reader is not None and reader.stdin is not None and reader.stdout is not None
        reader.stdin.write(json.dumps(request) + "\n")
        reader.stdin.flush()
        line = reader.stdout.readline()
        assert line, "the screen reader has gone"
        return json.loads(line)

    def spoken(self, pid: int) -> list[Node]:
        """All that a screen reader has spoken of one process: where the focus went, and what was announced."""
        self._spoken += self.ask(do="heard")
        return [heard for heard in self._spoken if heard["pid"] == pid]

    def open(self, *arguments: str, script: str = "") -> "Window":
        """Open a window of the program in a process of its own, and wait until it is on the screen."""
        command = [sys.executable, script] if script else [sys.executable, "-m", "ui"]
        errors = self.folder / f"window-{len(list(self.folder.glob('window-*')))}.txt"
        with errors.open("w") as out:
            process = self.run([*command, *arguments], stdout=out, stderr=out)
        window = Window(self, process, errors)
        window.appear()
        return window

    def xdotool(self, *arguments: str) -> str:
        """Press keys, or ask about windows."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return done.stdout.strip()


def _end(process: subprocess.Popen[Any]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


class Window:
    """One process with its window: keys go in, what a screen reader meets comes out."""

    def __init__(self, screen: Screen, process: subprocess.Popen[Any], errors: Path) -> None:
        self.screen = screen
        self.process = process
        self._errors = errors
        self._id = ""
        self._heard = 0
        self._marked = 0
        self.pressed = 0
        self.typed = 0

    def appear(self) -> None:
        """Wait for the window, for its keyboard and for its accessible tree."""
        pid = str(self.process.pid)

        def found() -> str:
            if self.process.poll() is not None:
                raise AssertionError(f"the window ended: {self.said_wrong()}")
            told = self.screen.xdotool(
                "search", "--all", "--onlyvisible", "--pid", pid, "--name", "callhandler"
            )
            return told.split()[0] if told else ""

        self._id = until("the window", found)
        self.activate()
        until("the accessible tree", self.tree)

    def said_wrong(self) -> str:
        """What the program wrote to its terminal."""
        lines = self._errors.read_text(encoding="utf-8").splitlines()
        return "\n".join(line for line in lines if not line.startswith(QT_ITSELF))

    def activate(self) -> None:
        """Give the keyboard to this window."""
        self.screen.xdotool("windowactivate", "--sync", self._id)

    def close(self) -> None:
        """Close the window as its owner would, and see that it ended well and said nothing wrong."""
        self.activate()
        self.screen.xdotool("key", "--clearmodifiers", "alt+F4")
        until("the window closes", lambda: self.process.poll() is not None)
        assert self.process.returncode == 0, self.said_wrong()
        assert not self.said_wrong(), self.said_wrong()

    def press(self, *keys: str) -> None:
        """Press keys, by their X11 names: ctrl+n, F1, Return."""
        self.pressed += len(keys)
        self.screen.xdotool("key", "--clearmodifiers", "--delay", "15", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.pressed += len(text)
        self.typed += len(text)
        self.screen.xdotool("type", "--clearmodifiers", "--delay", "8", text)

    def fill(self, *fields: str) -> None:
        """Type into one field after another, with Tab between."""
        for place, text in enumerate(fields):
            if place:
                self.press("Tab")
            if text:
                self.type(text)

    def hears(self, part: str) -> Node:
        """Wait until something that holds `part` is spoken, after what was heard before; and return it."""

        def found() -> Node | None:
            spoken = self.screen.spoken(self.process.pid)
            for place in range(self._heard, len(spoken)):
                if part in spoken[place]["text"]:
                    self._heard = place + 1
                    return spoken[place]
            return None

        node: Node = until(f"{part!r} is spoken; after: {self._last_spoken()}", found)
        return node

    def step(self, key: str = "Tab") -> Node:
        """Go on to the next field, and hear which it is before anything is typed into it, as whoever cannot see it does."""
        before = len(self.screen.spoken(self.process.pid))
        self.press(key)

        def found() -> Node | None:
            spoken = self.screen.spoken(self.process.pid)[before:]
            return next((heard for heard in spoken if heard["kind"] == "focus"), None)

        node: Node = until(f"a field has the focus after {key}", found)
        return node

    def mark(self) -> None:
        """From here on `has_announced` looks."""
        self._marked = len(self.screen.spoken(self.process.pid))

    def has_announced(self, part: str) -> None:
        """Wait until something that holds `part` is announced, or was since the mark: it comes when it is ready to."""

        def found() -> bool:
            spoken = self.screen.spoken(self.process.pid)[self._marked :]
            return any(h["kind"] == "announcement" and part in h["text"] for h in spoken)

        until(f"{part!r} is announced", found)

    def _last_spoken(self) -> list[str]:
        return [heard["text"] for heard in self.screen.spoken(self.process.pid)[self._heard - 1 :]]

    def tree(self) -> list[Node]:
        """Everything that shows, in the order in which a screen reader walks it."""
        told = self.screen.ask(do="tree", pid=self.process.pid)
        return told if isinstance(told, list) else []

    def names(self, role: str = "") -> list[str]:
        """The names of what shows, of one role or of all."""
        return [node["name"] for node in self.tree() if not role or node["role"] == role]

    def find(self, part: str, role: str = "", seconds: float = SECONDS) -> Node:
        """Wait for something whose name holds `part`."""

        def found() -> Node | None:
            nodes = self.tree()
            return next((n for n in nodes if part in n["name"] and role in ("", n["role"])), None)

        node: Node = until(f"{part!r} {role}; last seen: {self.names()}", found, seconds)
        return node

    def focused(self) -> Node:
        """What has the focus: a widget, or the current row of a list that has it."""
        nodes = [n for n in self.tree() if "focused" in n["states"]]
        # Qt calls the current row of every list focused, wherever the focus is, and the inner part of a text that has it.
        widgets = [n for n in nodes if n["role"] not in ("list item", "filler")]
        if not widgets:
            return {"name": "", "role": "", "states": [], "text": "", "description": ""}
        last = widgets[-1]
        rows = nodes[nodes.index(last) + 1 :] if last["role"] == "list" else []
        return rows[0] if rows else last

    def has_focus(self, part: str) -> None:
        """Wait until something whose name holds `part` has the focus."""
        until(f"focus on {part!r}", lambda: part in self.focused()["name"])
