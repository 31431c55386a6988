"""Signing in for one command: a user name and a passphrase, and signed out when the command ends."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from callhandler import app
from callhandler.app import App
from callhandler.clock import SystemClock
from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.services.custody import Custody
from callhandler.settings import from_environment


@contextmanager
def signed_in(who: str, passphrase_file: str, database: str, scheme: str) -> Iterator[tuple[App, Actor]]:
    """An open store and whoever signed in; without a name it is asked for. Raises what opening and signing in raise.

    The store must be there, and its own scheme is used unless another is named: one command changes no store's rules.
    """
    found = Custody.existing(from_environment(database).database, SystemClock())
    try:
        own = found.scheme_in_force()
    finally:
        found.engine.dispose()
    opened = app.open_app(from_environment(database, scheme, own))
    try:
        actor = opened.identity.sign_in(who or typer.prompt("User name"), passphrase(passphrase_file))
        try:
            yield opened, actor
        finally:
            opened.identity.sign_out(actor)
    finally:
        opened.close()


def passphrase(file: str, asked: str = "Passphrase: ") -> str:
    """A passphrase from a file, or as somebody types it. Raises BadInput where neither is there."""
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadInput(f"the passphrase cannot be read: {error.strerror}", file) from error
    if not sys.stdin.isatty():
        raise BadInput("Nobody is there to type a passphrase; give --passphrase-file.", "passphrase")
    return getpass.getpass(asked)
