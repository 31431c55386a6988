"""Keeping the record: opening and migrating a store, keeping its policies, proving it, backing it up and restoring it."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from callhandler.clock import Clock
from callhandler.errors import BadInput, Environment
from callhandler.model.when import from_micros
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.rules.assess import assess
from callhandler.store import pictures, schema, verify
from callhandler.store.engine import Engine, make_engine, shown
from callhandler.store.tables import policy_activation, policy_pack
from callhandler.store.unit_of_work import reading, writing
from callhandler.store.verify import Finding


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
        if not schema.exists(engine):
            schema.create(engine, kind, clock.now())
        return cls(engine, clock, schema.require_usable(engine))

    @classmethod
    def existing(cls, database: str, clock: Clock) -> "Custody":
        """Open a database that must be there, for proving or copying it; nothing is made.

        Missing protections do not stop this: they are what `prove` reports.
        """
        engine = make_engine(database)
        if not schema.exists(engine):
            raise BadInput(f"There is no callhandler database {shown(engine)}.", "database")
        return cls(engine, clock, "")

    def keep_policy(self, policy: Policy, scheme: str) -> None:
        """Keep the policy's bytes by digest and put it in force, unless it is in force already."""
        with reading(self.engine) as connection:
            if verify.policy_active(connection) == policy.digest:
                return
            kept = verify.policy_bytes(connection, policy.digest) is not None
        with writing(self.engine, self._clock.now()) as uow:
            if not kept:
                uow.append(policy_pack, digest=policy.digest, content=policy.pack.canonical().decode())
            uow.append(policy_activation, digest=policy.digest, scheme=scheme, author="desk")
            uow.commit()

    def prove(self, checkpoint: Path | None = None) -> Proof:
        """Check the chain, every row, the triggers, a checkpoint kept elsewhere, and judge every assessment again."""
        findings: list[Finding] = []
        with reading(self.engine) as connection:
            findings += verify.chain(connection)
            last, head = verify.head_of(connection)
            judged = 0
            policies: dict[str, Policy | None] = {}
            for assessment_id, incident_id, known_at, upto, floor, digest in verify.assessments(connection):
                judged += 1
                if digest not in policies:
                    kept = verify.policy_bytes(connection, digest)
                    policies[digest] = policy_of(Pack.from_canonical(kept)) if kept else None
                policy = policies[digest]
                if policy is None:
                    findings.append(Finding(assessment_id, "assessment", "its policy is not kept"))
                    continue
                if policy.digest != digest:
                    findings.append(
                        Finding(assessment_id, "policy_pack", "the kept policy has another digest")
                    )
                picture = pictures.of_incident(connection, incident_id, from_micros(known_at), upto)
                again = assess(picture, policy)
                recorded = verify.warnings_of(connection, assessment_id)
                if again.floor_rank != floor:
                    sentence = f"the floor was recorded as rank {floor}; the policy of that moment gives {again.floor_rank}"
                    findings.append(Finding(assessment_id, "assessment", sentence))
                elif {(w.code, w.floor_rank, w.settled_by) for w in again.warnings} != recorded:
                    findings.append(
                        Finding(assessment_id, "assessment", "its warnings are not those of its policy")
                    )
            if checkpoint is not None:
                findings += self._against(checkpoint, verify.link_at(connection, _checkpoint(checkpoint)[0]))
        return Proof(last, head, judged, tuple(findings))

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

    def backup(self, target: Path) -> str:
        """Copy the database, while it is in use, into a new file; returns the SHA-256 of the copy."""
        if target.exists():
            raise BadInput(f"{target.name} exists already; a backup never overwrites.", "backup")
        if self.engine.url.get_backend_name() == "sqlite":
            try:
                with (
                    closing(sqlite3.connect(str(self.engine.url.database))) as source,
                    closing(sqlite3.connect(target)) as copy,
                ):
                    source.backup(copy)
            except sqlite3.Error as error:
                target.unlink(missing_ok=True)
                raise Environment(f"The backup could not be written to {target.name}: {error}.") from error
        else:
            self._pg("pg_dump", "--format=custom", f"--file={target}")
        return hashlib.sha256(target.read_bytes()).hexdigest()

    def _pg(self, program: str, *arguments: str) -> None:
        found = shutil.which(program)
        if found is None:
            raise Environment(f"{program} is not installed here; it comes with PostgreSQL's client programs.")
        url = self.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        done = subprocess.run(
            [found, *arguments, f"--dbname={url}"], capture_output=True, text=True, check=False
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
    if schema.exists(engine):
        raise BadInput(f"{shown(engine)} exists already; restore into a new place.", "restore")
    if engine.url.get_backend_name() == "sqlite":
        target = Path(database)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, target)
    else:
        Custody(engine, clock, "")._pg("pg_restore", "--no-owner", "--exit-on-error", str(backup))
    try:
        proof = Custody(engine, clock, schema.require_usable(engine)).prove()
        fault = "" if proof.intact else proof.findings[0].sentence
    except Environment as error:
        proof, fault = None, str(error)
    if fault or proof is None:
        engine.dispose()
        if engine.url.get_backend_name() == "sqlite":
            for suffix in ("", "-wal", "-shm"):
                Path(database + suffix).unlink(missing_ok=True)
        raise BadInput(f"This backup is not intact and was not restored: {fault}", backup.name)
    engine.dispose()
    return proof


def migrate(database: str, backup: Path, clock: Clock) -> str:
    """Back a database up, then bring it to this version's tables; returns the version reached."""
    engine = make_engine(database)
    if not schema.exists(engine):
        raise BadInput(f"{shown(engine)} is not a callhandler database.", "migrate")
    Custody(engine, clock, "").backup(backup)
    schema.upgrade(engine)
    return schema.newest_version()


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
