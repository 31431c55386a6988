"""The program's own log: what failed and where in the code, never who or what a call was about.

Only the names of events and of exception classes, counts and ids of records are written. Text that a person typed,
names, numbers and addresses are not: `without_personal_data` drops every value that is not on its short list, and of
what a library says only which one spoke and where. Times are UTC.
"""

import logging
import re
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from callhandler import __version__
from callhandler.log_file import NAME, LogFile

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "incident_id",
        "count",
        "seconds",
        "error",
        "cause",
        "where",
        "through",
        "version",
        "process",
        "command",
        "kind",
    }
)
# Six digits in a row may be a telephone number.
CODE = re.compile(r"(?!.*\d{6})[A-Za-z0-9_.:]{1,80}")
FRAMES = re.compile(r"([A-Za-z0-9_]{1,40}:\d{1,5} ?){1,8}")
SIMPLE = (int, float, bool, type(None))
MOST_FRAMES = 6
_log = logging.getLogger("callhandler")


def without_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep only the listed keys; a value that is neither a number nor a plain code word is left out."""
    kept: dict[str, Any] = {}
    for key, value in event.items():
        if key in ALLOWED:
            plain = isinstance(value, SIMPLE) or key in ("level", "timestamp") or _is_code(key, value)
            kept[key] = value if plain else "left out"
    return kept


def _is_code(key: str, value: Any) -> bool:
    """True for a name of our own, such as `write_lane:desk`; false for anything that a person may have typed."""
    form = FRAMES if key == "through" else CODE
    return isinstance(value, str) and form.fullmatch(value) is not None


def set_up(folder: Path | None = None) -> None:
    """Send the log to the file in `folder`, or nowhere without one. Nothing is opened before there is something to write."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler, LogFile):
            if handler.folder == folder:
                return
            root.removeHandler(handler)
    if folder is None:
        root.addHandler(logging.NullHandler())
        return
    file = LogFile(folder)
    file.setFormatter(_Lines())
    root.addHandler(file)
    _log.setLevel(logging.INFO)


def file() -> Path | None:
    """The file that is written, or None when the log goes nowhere."""
    found = next((h for h in logging.getLogger().handlers if isinstance(h, LogFile)), None)
    return found.folder / NAME if found else None


class _Lines(logging.Formatter):
    """A record as one JSON object. What makes it is brought in with the first: a desk without faults never needs it."""

    _inner: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        if self._inner is None:
            import structlog

            self._inner = structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=[
                    structlog.stdlib.add_log_level,
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    _what_was_said,
                ],
                processors=[without_personal_data, structlog.processors.JSONRenderer()],
            )
        return self._inner.format(record)


def _what_was_said(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    record: logging.LogRecord = event["_record"]
    said = getattr(record, "said", None)
    if said is None:
        said = {"event": "library", "kind": record.name, "where": f"{record.module}:{record.lineno}"}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said |= _told(error)
    if again := getattr(record, "again", 0):
        said = {**said, "count": again + 1}
    return {**event, **said, "version": __version__, "process": record.process}


def note(event: str, **what: Any) -> None:
    """Log something worth knowing that is no fault of ours: a slow write, a server that went away."""
    _say(logging.INFO, {"event": event, **what})


def fault(error: BaseException, where: str) -> None:
    """Log a fault of ours: its class and the places in our code, not its message, which may hold what was typed."""
    _say(logging.ERROR, {"event": "fault", "where": where, **_told(error, where)})


def outside(error: BaseException, where: str) -> None:
    """Log what the machine or the network did: a full disk, a lost server. It has been said to whoever sits there."""
    _say(logging.INFO, {"event": "outside", "where": where, **_told(error, where)})


def _say(level: int, said: dict[str, Any]) -> None:
    plain = without_personal_data(None, "", said)
    _log.log(level, " ".join(f"{k}={v}" for k, v in plain.items()), extra={"said": plain})


def _told(error: BaseException, where: str = "") -> dict[str, Any]:
    walked = traceback.walk_tb(error.__traceback__)
    frames = [f"{_stem(frame.f_code.co_filename)}:{line}" for frame, line in walked]
    told: dict[str, Any] = {"error": type(error).__name__}
    if where:
        told["where"] = f"{where}:{frames[-1]}" if frames else where
    if frames:
        told["through"] = " ".join(frames[-MOST_FRAMES:])
    inner = error.__cause__ or error.__context__
    if inner is not None:
        told["cause"] = type(inner).__name__
    # What the database's engine calls it: SQLITE_FULL, or a number of five signs.
    engine = getattr(inner or error, "orig", inner or error)
    code = getattr(engine, "sqlite_errorname", None) or getattr(engine, "sqlstate", None)
    if code:
        told["kind"] = str(code)
    return told


def _stem(file: str) -> str:
    return re.sub(r"\W", "_", Path(file).stem)[:40]
