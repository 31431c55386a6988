"""The program's own log: what failed and where in the code, never who or what a call was about.

Only the names of events and of exception classes, counts and ids of records are written. Text that a person typed,
names, numbers and addresses are not: `without_personal_data` drops every value that is not on its short list.
"""

import logging
import re
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "incident_id",
        "count",
        "seconds",
        "error",
        "where",
        "version",
        "command",
        "kind",
    }
)
# Six digits in a row may be a telephone number.
CODE = re.compile(r"(?!.*\d{6})[A-Za-z0-9_.:]{1,80}")
SIMPLE = (int, float, bool, type(None))


def without_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep only the listed keys; a value that is neither a number nor a plain code word is left out."""
    kept: dict[str, Any] = {}
    for key, value in event.items():
        if key in ALLOWED:
            plain = isinstance(value, SIMPLE) or key in ("level", "timestamp") or _is_code(value)
            kept[key] = value if plain else "left out"
    return kept


def _is_code(value: Any) -> bool:
    """True for a name of our own, such as `write_lane:desk`; false for anything that a person may have typed."""
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def set_up(folder: Path | None = None) -> None:
    """Send the log to a rotating file in `folder`, or nowhere without one."""
    handlers: list[logging.Handler] = [logging.NullHandler()]
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handlers = [
                RotatingFileHandler(
                    folder / "callhandler.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
                )
            ]
        except OSError:
            # A desk that cannot write its log still takes calls.
            pass
    logging.basicConfig(level=logging.INFO, handlers=handlers, format="%(message)s", force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_personal_data,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def fault(error: BaseException, where: str) -> None:
    """Log a fault of ours: its class and the place in our code, not its message, which may hold what was typed."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    at = f"{Path(frame.tb_frame.f_code.co_filename).stem}:{frame.tb_lineno}" if frame else "unknown"
    structlog.get_logger("callhandler").error("fault", error=type(error).__name__, where=f"{where}:{at}")
