"""Gives what an import brings in its keys and words as it goes: for a long file, in a second process beside this one.

The second process works with a connection of its own, by the same steps and in the same transactions as this one would; what
it has not done when it ends, or when somebody ends it, is done here. It ends when this process does, however that ends.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from callhandler import log
from callhandler.clock import SystemClock
from callhandler.errors import CallhandlerError
from callhandler.policy.pack import Policy
from callhandler.services.imports.report import Report
from callhandler.services.indexing import add_words
from callhandler.services.keying import keep_keys, keys_made
from callhandler.services.office import Office, work
from callhandler.store.engine import URL, make_engine, roomy

KEYED = 20_000
"""Names that get the keys by which they are found in one step: more at once write each page of the keys fewer times."""
WORDED = 10_000
"""Rows of each kind that get their words in one step, more than a block makes."""
FEWEST = 50_000
"""Rows of a source that are worth a second process: it takes a second of a processor to begin, and 130 MiB."""
WORDS, KEYS, END = "words", "keys", ""


class Deriving:
    """Keeps up with the blocks of a run. Entered before the first; left, it has ended whatever it began."""

    def __init__(self, office: Office, rows: int) -> None:
        self._office = office
        self._long = rows >= FEWEST and (os.cpu_count() or 1) > 1
        self._named = 0
        self._tell: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def __enter__(self) -> Self:
        if self._long:
            engine = self._office.engine
            context = multiprocessing.get_context("spawn")
            heard, self._tell = context.Pipe(duplex=False)
            file = log.file()
            given = (engine.url, self._office.policy, self._office.kind)
            folder = file.parent if file else None
            self._process = context.Process(
                target=_keep_up, args=(given, heard, folder, KEYED), name="callhandler-derived", daemon=True
            )
            self._process.start()
            heard.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Whoever stops a run may be the window: what the second process is at, it ends by itself.
        self._end(wait=False)

    def follow(self, report: Report) -> bool:
        """A block came in; as it comes in, so that a desk's own new names and lines do not wait for the end of a long run.

        True when this process was busy with its keys: somebody may want to know how far it is.
        """
        due = report.names >= self._named + KEYED
        if due:
            self._named = report.names
        if self._asked(KEYS if due else WORDS):
            return False
        with uncollected():
            add_words(self._office, WORDED)
        if due:
            find_by_keys(self._office, KEYED, whole=True)
        return due

    def next_file(self) -> None:
        """The counts of the next file begin at nought."""
        self._named = 0

    def rest(self) -> Iterator[None]:
        """All that still lacks its words or keys, step by step."""
        self._end()
        while add_words(self._office, WORDED) or find_by_keys(self._office, KEYED):
            yield

    def _asked(self, what: str) -> bool:
        """Whether the second process took this over."""
        if self._tell is None:
            return False
        try:
            self._tell.send(what)
        except OSError:
            # It has ended before its time; all goes on here.
            self._end()
            return False
        return True

    def _end(self, wait: bool = True) -> None:
        if self._tell is not None:
            with suppress(OSError):
                self._tell.send(END)
            self._tell.close()
            self._tell = None
        if wait and self._process is not None:
            self._process.join()


def _keep_up(
    store: tuple[URL, Policy, str], heard: Connection, folder: Path | None, most: int = KEYED
) -> None:
    """The second process: what is asked for is done until there is nothing more to hear."""
    # Ctrl+C is for the first process, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log.set_up(folder)
    gc.disable()
    url, policy, kind = store
    office = Office(roomy(make_engine(url)), SystemClock(), policy, kind)
    try:
        # Asked several times meanwhile, it does it once. Whoever asks has ended where there is an end of the line.
        while END not in (asked := _heard(heard)):
            while add_words(office, WORDED):
                pass
            while KEYS in asked and find_by_keys(office, most, whole=True):
                pass
    except EOFError:
        pass
    except CallhandlerError as error:
        log.outside(error, "import_derived")
    except Exception as error:
        log.fault(error, "import_derived")
    finally:
        office.engine.dispose()


def _heard(heard: Connection) -> set[str]:
    found = {heard.recv()}
    while heard.poll():
        found.add(heard.recv())
    return found


def find_by_keys(office: Office, most: int, whole: bool = False) -> int:
    """Give names and places the keys by which they are found; `whole`, only where there are `most` of a kind."""
    with uncollected():
        made = keys_made(office, most, whole)
        with work(office) as w:
            return keep_keys(w, most, made, whole)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for circles: a block makes none, and a fifth of the time went into looking for them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
