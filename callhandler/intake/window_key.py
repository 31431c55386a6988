"""What stands for a database where windows, rings and trays meet. Read before the first window, so it imports little."""

import hashlib
import os
from urllib.parse import urlsplit


def window_key(database: str) -> str:
    """Sixteen letters that stand for a database: a ring for one never reaches the window, or the tray, of another."""
    name = _address(database) if "://" in database else os.path.normcase(os.path.realpath(database))
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _address(database: str) -> str:
    """A server's database without who signs in to it: whoever does, it is the same database."""
    try:
        parts = urlsplit(database)
        return f"{parts.scheme}://{(parts.hostname or '').lower()}:{parts.port or 5432}{parts.path}?{parts.query}"
    except ValueError:
        return database
