"""What every service works with: the store, the clock and the policy in force; and one written transaction."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from uuid6 import uuid7

from callhandler.clock import Clock
from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import Assessment
from callhandler.model.picture import Picture
from callhandler.model.sameness import SameAs
from callhandler.model.when import from_micros
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess
from callhandler.store import pictures, subjects, tables
from callhandler.store.engine import Engine
from callhandler.store.unit_of_work import UnitOfWork, writing

LONGEST_LINE = 20_000
DESK = (Right.HANDLER, Right.DISPATCHER, Right.SUPERVISOR)
"""Who works at a desk and may take calls down."""
REVIEW = (Right.SUPERVISOR, Right.REVIEWER, Right.DOMESTIC_ABUSE_REVIEWER)
"""Who may look at decisions again. Agreeing to a lowering stays a supervisor's."""


@dataclass(frozen=True)
class Office:
    """One opened store with its clock and policy. `kind` is LIVE or TRAINING, as the store's own row says.

    `decision_uuid` gives a decision its own id, by which lots of review are drawn; a replay gives the same ones each time.
    """

    engine: Engine
    clock: Clock
    policy: Policy
    kind: str
    decision_uuid: Callable[[], str] = field(default=lambda: str(uuid7()))


class Work:
    """One transaction of one actor."""

    def __init__(self, office: Office, uow: UnitOfWork) -> None:
        self.office = office
        self.uow = uow

    def picture(self, incident_id: int, supposing: tuple[SameAs, ...] = ()) -> Picture:
        """The incident's picture with everything that this transaction has written, and as if records were judged so."""
        picture = pictures.of_incident(
            self.uow.connection, incident_id, self.uow.now, self.uow.last, supposing
        )
        if picture.incident is None:
            raise _no_incident(incident_id)
        return picture

    def known(self, incident_id: int) -> None:
        """Raises BadInput when there is no such incident, as `picture` does, without reading all that is known of it."""
        if not subjects.incident_known(self.uow.connection, incident_id, self.uow.now):
            raise _no_incident(incident_id)

    def reassess(self, incident_id: int) -> tuple[Picture, Assessment]:
        """Judge the incident anew and record the assessment, each of its warnings with it."""
        picture = self.picture(incident_id)
        judged = assess(picture, self.office.policy)
        assessment_id = self.uow.append(
            tables.assessment,
            incident_id=incident_id,
            upto=judged.upto,
            floor_rank=judged.floor_rank,
            policy_digest=judged.policy_digest,
        )
        for warning in judged.warnings:
            self.uow.append(
                tables.assessment_warning,
                assessment_id=assessment_id,
                incident_id=incident_id,
                code=warning.code,
                tier=warning.tier.value,
                sentence=warning.sentence,
                evidence=json.dumps([[e.kind, e.id, e.line] for e in warning.evidence], ensure_ascii=False),
                floor_rank=warning.floor_rank,
                since=warning.since,
                settled_by=warning.settled_by,
            )
        return picture, replace(judged, id=assessment_id)


def _no_incident(incident_id: int) -> BadInput:
    return BadInput(f"There is no incident {incident_id} here.")


@contextmanager
def work(office: Office) -> Iterator[Work]:
    """A transaction: commits when the block ends without an error, undoes everything otherwise.

    The clock may have been set back; receipt never goes back, so the transaction's instant is at least the last one's.
    """
    with writing(office.engine, office.clock.now()) as uow:
        uow.now = not_before_last(uow, office.clock.now())
        yield Work(office, uow)
        uow.commit()


def not_before_last(uow: UnitOfWork, now: datetime) -> datetime:
    """Now, or the instant of the newest assessment or call where the machine's clock lies behind it by less than a day."""
    newest = uow.newest_known_at()
    if newest is None:
        return now
    last = from_micros(newest)
    return last if now < last < now + timedelta(days=1) else now


def require(actor: Actor, *rights: Right) -> None:
    """Raise NotAllowed unless the actor holds one of these rights."""
    if not actor.rights & set(rights):
        wanted = " or ".join(dict.fromkeys(r.value.replace("_", " ") for r in rights))
        raise NotAllowed(f"This needs somebody signed in as {wanted}.", [f"right:{r.value}" for r in rights])


def line(text: str, what: str, *, empty: bool = False) -> str:
    """A typed line made safe to keep: control characters out, length checked. Raises BadInput; nothing is cut silently."""
    kept = "".join(c for c in text if c in "\n\t" or ord(c) >= 32).strip()
    kept = kept.encode("utf-8", "replace").decode("utf-8")
    if not kept and not empty:
        raise BadInput(f"{what} is empty.", what)
    if len(kept) > LONGEST_LINE:
        raise BadInput(
            f"{what} has {len(kept):,} characters; the most is {LONGEST_LINE:,}. Nothing was cut: it is kept as typed. "
            "Save it in parts.",
            what,
        )
    return kept
