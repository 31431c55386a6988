"""The one search over a slow line to a shared database: from a key to painted results, typed as people type.

    slow_line.py DATABASE [--ms 0 5 20] [--keys 8] [--turns 3] [--json FILE]

A process of its own stands between desk and server and holds every message back so many ms, half of them each way. Lines
are typed at so many keys a second, whether or not what was found is there yet; a key that is overtaken paints nothing.
DATABASE is a desk's address on TCP, of a store with something in it (`search.py --postgresql` makes one).
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import machine
from search import TYPED
from sqlalchemy import make_url


@dataclass
class Typed:
    """One delay: of the keys that painted, from the key; of each line's last key; and how many were overtaken; in ms."""

    ms: float
    keys: int
    painted: int
    each: float
    each_p95: float
    last: float
    last_p95: float

    def said(self) -> str:
        """As one line of the table."""
        return (
            f"{self.ms:5.1f} ms there and back: {self.painted:4} of {self.keys:4} keys painted, p50 {self.each:7.1f} "
            f"p95 {self.each_p95:7.1f}; the last key of a line p50 {self.last:7.1f} p95 {self.last_p95:7.1f} ms"
        )


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hold: float) -> None:
    """Hand on what comes, each part so many seconds after it came."""
    loop = asyncio.get_running_loop()
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, part = await on_the_way.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            if not part:
                writer.close()
                return
            writer.write(part)
            await writer.drain()

    delivering = asyncio.create_task(deliver())
    with contextlib.suppress(ConnectionError):
        while part := await reader.read(1 << 16):
            on_the_way.put_nowait((loop.time() + hold, part))
    on_the_way.put_nowait((loop.time() + hold, b""))
    await delivering


def _stand_between(host: str, port: int, hold: float, ready: Any) -> None:
    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, port)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(_carry(reader, back, hold), _carry(there, writer, hold))

    async def serve() -> None:
        server = await asyncio.start_server(met, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def slow(database: str, ms: float) -> Iterator[str]:
    """The same database through a line that takes so many ms there and back."""
    url = make_url(database)
    here, there = multiprocessing.Pipe()
    given = (url.host or "127.0.0.1", url.port or 5432, ms / 2000, there)
    between = multiprocessing.get_context("spawn").Process(target=_stand_between, args=given)
    between.start()
    yield url.set(host="127.0.0.1", port=here.recv()).render_as_string(hide_password=False)
    between.terminate()
    between.join()


def typed(database: str, ms: float, keys: float, turns: int) -> Typed:
    """Type every line some times; once first, so that all is prepared."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    from callhandler.app import open_app
    from callhandler.errors import CallhandlerError
    from callhandler.model.actor import Right
    from callhandler.settings import Settings
    from ui.common import theme
    from ui.search.controller import SearchController
    from ui.search.page import SearchPage
    from ui.tasks import Reads, Writes

    qt = QApplication.instance() or QApplication([])
    theme.apply(qt, 13)
    app = open_app(Settings(database=database, data_folder=Path("/")))
    try:
        actor = app.identity.open_session("bench")
    except CallhandlerError:
        app.identity.add_user("bench", "Bench", None, (Right.HANDLER,), granted_by="bench")
        actor = app.identity.open_session("bench")
    window = QMainWindow()
    reads, writes = Reads(window), Writes(window)
    served: Any = SimpleNamespace(searching=SimpleNamespace(find=app.searching.find, settled=lambda *_: None))
    desk: Any = SimpleNamespace(
        app=served, actor=actor, writes=writes, reads=reads, view=None, incident_id=None
    )
    page = SearchPage(SearchController(desk, window))
    window.setCentralWidget(page)
    window.resize(1366, 768)
    window.show()
    pressed: dict[str, float] = {}
    painted: dict[str, float] = {}
    loop = QEventLoop()
    wanted = ""

    def came(found: Any) -> None:
        if found is None:
            return
        page.repaint()
        line = found.asked.line
        painted[line] = (time.perf_counter() - pressed[line]) * 1000
        if line == wanted:
            loop.quit()

    page.search.found.connect(came)
    each: list[float] = []
    last: list[float] = []
    count = 0
    for turn in range(turns + 1):
        for whole in TYPED:
            wanted = whole
            pressed.clear()
            painted.clear()
            for end in range(1, len(whole) + 1):
                line = whole[:end]
                QTimer.singleShot(int(1000 * (end - 1) / keys), lambda line=line: press(line))

            def press(line: str) -> None:
                pressed[line] = time.perf_counter()
                page.line.setText(line)

            loop.exec()
            page.line.setText("")
            if turn:
                count += len(whole)
                each += painted.values()
                last.append(painted[whole])
    reads.finish()
    writes.finish()
    window.close()
    app.close()
    late = [statistics.quantiles(times, n=20)[-1] for times in (each, last)]
    return Typed(ms, count, len(each), statistics.median(each), late[0], statistics.median(last), late[1])


def main() -> None:
    """Measure each delay, print, keep as JSON."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("database", help="a desk's address of a shared database on TCP")
    words.add_argument(
        "--ms", type=float, nargs="+", default=[0, 5, 20], help="delays there and back (0 5 20)"
    )
    words.add_argument("--keys", type=float, default=8, help="keys a second (8)")
    words.add_argument("--turns", type=int, default=3, help="how often each line is typed (3)")
    words.add_argument("--json", type=Path, help="keep what was measured in this file")
    given = words.parse_args()
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}; {given.keys:g} keys a second")
    found = []
    for ms in given.ms:
        with slow(given.database, ms) as database:
            found.append(typed(database, ms, given.keys, given.turns))
        print(found[-1].said(), flush=True)
    if given.json:
        kept = {"machine": machine(), "load": os.getloadavg()[0], "typed": [asdict(one) for one in found]}
        given.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
