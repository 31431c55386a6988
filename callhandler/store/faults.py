"""Turns an engine's complaint into a sentence for people: what happened, that nothing was lost, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from callhandler.errors import CallhandlerError, Environment, Refused, Stale
from callhandler.store import least, least_routes

_KEPT = "What you typed is kept in the draft beside this desk."


_REFUSALS = {
    sentence
    for _, _, refused in (*least.REFUSED, *least_routes.REFUSED)
    for _, sentence in refused
    if sentence != least.NEW_SENTENCE
}
"""What the database says when it refuses an act; that something new must be read first is told otherwise."""


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Run store work; an engine's error leaves as an Environment, Refused or Stale. `where` names the database."""
    try:
        yield
    except DBAPIError as error:
        raise plain(error, where) from error
    except sqlite3.Error as error:
        raise _environment(str(error), where) from error


def plain(error: DBAPIError, where: str) -> CallhandlerError:
    """The project's own error for an engine's error."""
    said = str(error.orig)
    if "read again" in said:
        return Stale("Something new was recorded while you decided. Read it, then decide.", ["read-again"])
    if "is never" in said or any(sentence in said for sentence in _REFUSALS):
        return Refused(f"The database refuses this: {said.splitlines()[0]}.", ["gate"])
    return _environment(said, where)


def _environment(said: str, where: str) -> Environment:
    low = said.lower()
    if "disk is full" in low or "no space" in low or "disk full" in low:
        return Environment(
            f"The disk that holds {where} is full, so this could not be saved. {_KEPT} Make room, then save again."
        )
    if "readonly" in low or "read-only" in low or "permission denied" in low:
        return Environment(f"{where} may not be written by this user, so this could not be saved. {_KEPT}")
    if "unable to open" in low:
        return Environment(f"{where} cannot be opened: the folder is missing or this user may not use it.")
    if "locked" in low or "busy" in low or "lock timeout" in low:
        return Environment(f"{where} is busy with another desk's work. {_KEPT} Try again in a moment.")
    if "not a database" in low or "malformed" in low:
        return Environment(
            f"{where} is not a callhandler database, or it is damaged. Restore it from a backup."
        )
    if "connect" in low or "server closed" in low or "terminat" in low or "refused" in low:
        return Environment(f"The shared database cannot be reached. {_KEPT} Work goes on when it is back.")
    return Environment(
        f"{where} answered with an error that we do not know: {said.splitlines()[0][:200]}. {_KEPT}"
    )
