"""Copies of a store: backing it up while it is in use, putting one in place, a copy before its tables are changed."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from callhandler.clock import Clock
from callhandler.errors import BadInput, Environment
from callhandler.services.custody import Custody, Proof, let_go_on_error
from callhandler.store import schema
from callhandler.store.engine import Engine, make_engine, shown

PAGES_A_STEP = 2_000

Say = Callable[[str, float], None]
"""Told of a step: the sentence, and how far the whole is, from 0 to 1."""


def back_up(engine: Engine, target: Path, far: Callable[[float], None] | None = None) -> str:
    """Copy a database, while it is in use, into a new file; returns the SHA-256 of the copy.

    `far` is told how far it is, from 0 to 1.
    """

    def page(_status: int, left: int, all_pages: int) -> None:
        if far is not None and all_pages:
            far(1 - left / all_pages)

    if target.exists():
        raise BadInput(f"{target.name} exists already; a backup never overwrites.", "backup")
    if engine.url.get_backend_name() == "sqlite":
        try:
            with (
                closing(sqlite3.connect(str(engine.url.database))) as source,
                closing(sqlite3.connect(target)) as copy,
            ):
                source.backup(copy, pages=PAGES_A_STEP, progress=page)
        except sqlite3.Error as error:
            target.unlink(missing_ok=True)
            raise Environment(f"The backup could not be written to {target.name}: {error}.") from error
    else:
        _pg(engine, "pg_dump", "--format=custom", f"--file={target}")
    with target.open("rb") as copied:
        return hashlib.file_digest(copied, "sha256").hexdigest()


def restore(backup: Path, database: str, clock: Clock) -> Proof:
    """Put a backup in place as a new database, and prove it before anybody may use it.

    Raises BadInput when the target exists, or when the backup is not intact: then nothing is left behind.
    """
    if not backup.is_file():
        raise BadInput(f"There is no backup {backup}.", "restore")
    engine = make_engine(database)
    with let_go_on_error(engine):
        if schema.taken(engine):
            raise BadInput(f"{shown(engine)} exists already; restore into a new place.", "restore")
    if engine.url.get_backend_name() != "sqlite":
        return _restore_shared(backup, engine, clock)
    part = Path(f"{database}.restoring")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, part)
        proof = _proved(backup, make_engine(str(part)), clock)
        part.rename(database)
    except OSError as error:
        raise Environment(f"{backup.name} cannot be restored: {error.strerror}.") from error
    finally:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{part}{suffix}").unlink(missing_ok=True)
    return proof


def _restore_shared(backup: Path, engine: Engine, clock: Clock) -> Proof:
    try:
        # In one transaction: a copy that is not whole leaves nothing.
        _pg(engine, "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", str(backup))
        try:
            proof = _proved(backup, engine, clock)
        except BadInput:
            schema.remove(engine)
            raise
        schema.grant_all(engine)
        return proof
    finally:
        engine.dispose()


def _proved(backup: Path, engine: Engine, clock: Clock) -> Proof:
    try:
        proof = Custody(engine, clock, schema.require_usable(engine)).prove()
        fault = "" if proof.intact else proof.findings[0].sentence
    except Environment as error:
        fault = str(error)
    finally:
        engine.dispose()
    if fault:
        raise BadInput(f"This backup is not intact and was not restored: {fault}", backup.name)
    return proof


def migrate(database: str, backup: Path, clock: Clock, say: Say = lambda _sentence, _far: None) -> str:
    """Back a database up, then bring it to this version's tables; returns the version reached."""
    custody = Custody.existing(database, clock)
    try:
        first = f"This database is of an earlier version. First it is copied to {backup.name}"
        say(first, 0.0)
        back_up(custody.engine, backup, lambda far: say(first, 0.6 * far))
        say(f"Copied to {backup.name}. Now its tables are brought to this version; leave it to its end", 0.6)
        try:
            schema.upgrade(
                custody.engine, say=lambda what: say(f"{what}. With much history this takes minutes", 0.8)
            )
        except Exception as error:
            raise Environment(
                f"The database could not be brought to this version, and is as it was: {type(error).__name__}. "
                f"The copy made before is {backup.name}, beside it."
            ) from error
        say("The tables are of this version now", 1.0)
    finally:
        custody.engine.dispose()
    return schema.newest_version()


def bring_up_to_date(database: str, clock: Clock, say: Say) -> Path | None:
    """Migrate a file of an earlier version, after a copy beside it; returns the copy, None when nothing was to be done.

    A shared database is left to whoever looks after it: opening it says what is needed.
    """
    path = Path(database)
    if "://" in database or not path.is_file():
        return None
    engine = make_engine(database)
    try:
        found = schema.older_version(engine)
    finally:
        engine.dispose()
    if found is None:
        return None
    backup = path.with_name(
        f"{path.stem}-before-{schema.newest_version()}-{clock.now():%Y%m%d-%H%M%S}.sqlite"
    )
    migrate(database, backup, clock, say)
    return backup


def _pg(engine: Engine, program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise Environment(f"{program} is not installed here; it comes with PostgreSQL's client programs.")
    # The password goes by the environment: anybody on the machine can read a command line.
    url = engine.url.set(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run(
        [found, *arguments, f"--dbname={url}"],
        env={**os.environ, "PGPASSWORD": engine.url.password or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Environment(
            f"{program} did not finish: {done.stderr.strip().splitlines()[-1] if done.stderr else ''}"
        )
