"""Keeping the record: opening and migrating a store, keeping its policies, proving it, backing it up and restoring it."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from callhandler.clock import Clock
from callhandler.errors import BadInput, Environment
from callhandler.model.assessment import CLOSED_RANK
from callhandler.policy.pack import Policy
from callhandler.services.derived import compared
from callhandler.services.findings import Findings
from callhandler.services.how_far import HowFar
from callhandler.services.judged_again import in_no_queue, judged_again
from callhandler.store import schema, verify
from callhandler.store.engine import Engine, make_engine, shown
from callhandler.store.tables import policy_activation, policy_pack, scheme_grade
from callhandler.store.unit_of_work import reading, writing
from callhandler.store.verify import Finding

PAGES_A_STEP = 2_000

Say = Callable[[str, float], None]
"""Told of a step: the sentence, and how far the whole is, from 0 to 1."""


@dataclass(frozen=True)
class Proof:
    """What `verify` found: how much it checked, and everything that is wrong."""

    links: int
    head: str
    assessments: int
    findings: tuple[Finding, ...]

    @property
    def intact(self) -> bool:
        """True when nothing is wrong."""
        return not self.findings


class Custody:
    """One opened database."""

    def __init__(self, engine: Engine, clock: Clock, kind: str) -> None:
        self.engine = engine
        self.kind = kind
        self._clock = clock

    @classmethod
    def opening(cls, database: str, clock: Clock, kind: str = "LIVE") -> "Custody":
        """Open a database, or make a new one of `kind` when there is none.

        Raises Environment when it cannot be made, read or written; StoreTooNew or StoreTampered when it may not be used.
        """
        if "://" not in database:
            try:
                Path(database).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Environment(
                    f"The folder for {Path(database).name} cannot be made: {error.strerror}."
                ) from error
        engine = make_engine(database)
        with _let_go_on_error(engine):
            if not schema.taken(engine):
                schema.create(engine, kind, clock.now())
            return cls(engine, clock, schema.require_usable(engine))

    @classmethod
    def existing(cls, database: str, clock: Clock) -> "Custody":
        """Open a database that must be there, for proving or copying it; nothing is made.

        Missing protections do not stop this: they are what `prove` reports.
        """
        engine = make_engine(database)
        with _let_go_on_error(engine):
            if not schema.exists(engine):
                raise BadInput(f"There is no callhandler database {shown(engine)}.", "database")
            return cls(engine, clock, "")

    def scheme_in_force(self) -> str:
        """The scheme that the database was last worked with; empty when there was none."""
        with reading(self.engine) as connection:
            return verify.scheme_active(connection)

    def keep_policy(self, policy: Policy, scheme: str) -> None:
        """Keep the policy's bytes by digest and put it in force, unless it is in force already."""
        with reading(self.engine) as connection:
            if verify.policy_active(connection) == policy.digest:
                return
            kept = verify.policy_bytes(connection, policy.digest) is not None
        with writing(self.engine, self._clock.now()) as uow:
            if not kept:
                uow.append(policy_pack, digest=policy.digest, content=policy.pack.canonical().decode())
                for grade, rank, minutes in (
                    *((g.id, g.rank, g.target_minutes) for g in policy.scheme.grades),
                    ("close", CLOSED_RANK, None),
                ):
                    uow.append(
                        scheme_grade, digest=policy.digest, grade=grade, rank=rank, target_minutes=minutes
                    )
            uow.append(policy_activation, digest=policy.digest, scheme=scheme, author="desk")
            uow.commit()

    def prove(
        self,
        checkpoint: Path | None = None,
        wanted: Callable[[], bool] = lambda: True,
        far: Callable[[str], None] = lambda _: None,
    ) -> Proof:
        """Check the chain, every row, the triggers, a checkpoint kept elsewhere, and judge and decide everything again.

        `far` is told how far it is, in a sentence. Raises Environment when it is no longer `wanted`, asked between two
        judgements and after some thousand records at most.
        """
        with reading(self.engine) as connection:
            last, head = verify.head_of(connection)
            findings = Findings()

            def at(done: int) -> None:
                if not wanted():
                    raise Environment("The check was left before its end.")
                how.at(done)

            how = HowFar(far, "Records read", last)
            findings += verify.chain(connection, at)
            many = verify.assessed(connection)
            how = HowFar(far, "Assessments judged again", many)
            policies: dict[str, Policy | None] = {}
            for number, assessment in enumerate(verify.assessments(connection)):
                at(number)
                try:
                    findings += judged_again(connection, assessment, policies)
                except (
                    Exception
                ) as error:  # whatever somebody wrote into the rows, the proof goes on and says so
                    sentence = f"it cannot be judged again: {type(error).__name__}"
                    findings += [Finding(assessment.id, "assessment", sentence)]
            findings += in_no_queue(connection, policies)
            if checkpoint is not None:
                findings += self._against(checkpoint, verify.link_at(connection, _checkpoint(checkpoint)[0]))
        return Proof(last, head, many, findings.told())

    def compare_derived(self, far: Callable[[str], None] = lambda _: None) -> tuple[Finding, ...]:
        """Compare what is searched and linked by with the records that it is made of; `far` is told what comes next."""
        with reading(self.engine) as connection:
            return tuple(compared(connection, far))

    def _against(self, checkpoint: Path, found: str | None) -> Iterator[Finding]:
        seq, kept = _checkpoint(checkpoint)
        if found is None:
            yield Finding(seq, "journal", f"ends before the checkpoint at {seq}: its end was cut off")
        elif found != kept:
            yield Finding(seq, "journal", f"differs from the checkpoint at {seq}")

    def write_checkpoint(self, path: Path) -> int:
        """Write the newest link to a file to be kept elsewhere; returns its place in the order of receipt."""
        with reading(self.engine) as connection:
            last, head = verify.head_of(connection)
        _write(path, json.dumps({"seq": last, "hash": head}) + "\n")
        return last

    def backup(self, target: Path, far: Callable[[float], None] | None = None) -> str:
        """Copy the database, while it is in use, into a new file; returns the SHA-256 of the copy.

        `far` is told how far it is, from 0 to 1.
        """

        def page(_status: int, left: int, all_pages: int) -> None:
            if far is not None and all_pages:
                far(1 - left / all_pages)

        if target.exists():
            raise BadInput(f"{target.name} exists already; a backup never overwrites.", "backup")
        if self.engine.url.get_backend_name() == "sqlite":
            try:
                with (
                    closing(sqlite3.connect(str(self.engine.url.database))) as source,
                    closing(sqlite3.connect(target)) as copy,
                ):
                    source.backup(copy, pages=PAGES_A_STEP, progress=page)
            except sqlite3.Error as error:
                target.unlink(missing_ok=True)
                raise Environment(f"The backup could not be written to {target.name}: {error}.") from error
        else:
            self._pg("pg_dump", "--format=custom", f"--file={target}")
        with target.open("rb") as copied:
            return hashlib.file_digest(copied, "sha256").hexdigest()

    def _pg(self, program: str, *arguments: str) -> None:
        found = shutil.which(program)
        if found is None:
            raise Environment(f"{program} is not installed here; it comes with PostgreSQL's client programs.")
        # The password goes by the environment: anybody on the machine can read a command line.
        url = self.engine.url.set(drivername="postgresql", password=None).render_as_string()
        done = subprocess.run(
            [found, *arguments, f"--dbname={url}"],
            env={**os.environ, "PGPASSWORD": self.engine.url.password or ""},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Environment(
                f"{program} did not finish: {done.stderr.strip().splitlines()[-1] if done.stderr else ''}"
            )


def restore(backup: Path, database: str, clock: Clock) -> Proof:
    """Put a backup in place as a new database, and prove it before anybody may use it.

    Raises BadInput when the target exists, or when the backup is not intact: then nothing is left behind.
    """
    if not backup.is_file():
        raise BadInput(f"There is no backup {backup}.", "restore")
    engine = make_engine(database)
    with _let_go_on_error(engine):
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
        custody = Custody(engine, clock, "")
        custody._pg("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", str(backup))
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
        custody.backup(backup, lambda far: say(first, 0.6 * far))
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


@contextmanager
def _let_go_on_error(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _checkpoint(path: Path) -> tuple[int, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return int(kept["seq"]), str(kept["hash"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput("this is not a checkpoint written by callhandler", path.name) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Environment(f"{path.name} cannot be written: {error.strerror}.") from error
