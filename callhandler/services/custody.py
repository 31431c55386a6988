"""Keeping the record: opening a store, keeping its policies, proving it. Copies of it: `backups.py`."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        with let_go_on_error(engine):
            if not schema.taken(engine):
                schema.create(engine, kind, clock.now())
            return cls(engine, clock, schema.require_usable(engine))

    @classmethod
    def existing(cls, database: str, clock: Clock) -> "Custody":
        """Open a database that must be there, for proving or copying it; nothing is made.

        Missing protections do not stop this: they are what `prove` reports.
        """
        engine = make_engine(database)
        with let_go_on_error(engine):
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


@contextmanager
def let_go_on_error(engine: Engine) -> Iterator[None]:
    """An engine of a database that may not be used holds no file and no connection."""
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
