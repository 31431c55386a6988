"""What a handler saw at a moment: the picture of then, judged by the policy of then, and the proof that both are whole."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from callhandler.errors import BadInput
from callhandler.model.assessment import Evidence
from callhandler.model.picture import Picture
from callhandler.model.review import Fault, SnapshotProof
from callhandler.model.when import from_micros
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.rules.assess import assess
from callhandler.services.desk import View, view_of
from callhandler.services.office import Office
from callhandler.store import pictures, snapshot, verify
from callhandler.store.engine import Connection
from callhandler.store.tables import JOURNALLED
from callhandler.store.verify import Recorded

_KINDS = frozenset(table.name for table in JOURNALLED)
_NAMED = frozenset({"typed_by", "followed_by", "settled_by"})


@dataclass(frozen=True)
class Moment:
    """One past moment: the view, by the very policy of that day, and what was proved of it."""

    view: View
    policy: Policy
    proof: SnapshotProof


def moment_of(
    office: Office,
    connection: Connection,
    recorded: Recorded,
    author_id: int,
    *,
    without_requests: bool = False,
) -> Moment:
    """The moment of an assessment. `without_requests` leaves out what was asked for: it would tell a hidden grade."""
    policy, faults = _policy_of_then(office, connection, recorded)
    then = from_micros(recorded.known_at)
    picture = pictures.of_incident(connection, recorded.incident_id, then, recorded.upto)
    proof = _proved(connection, picture, recorded, policy, faults)
    shown = replace(picture, requests=()) if without_requests else picture
    return Moment(view_of(shown, replace(office, policy=policy), author_id, True), policy, proof)


def _policy_of_then(office: Office, connection: Connection, recorded: Recorded) -> tuple[Policy, list[Fault]]:
    digest = recorded.policy_digest
    if digest == office.policy.digest:
        return office.policy, []
    kept = verify.policy_bytes(connection, digest)
    if kept is None:
        return office.policy, [Fault(recorded.id, "policy_pack", "the policy of that day is not kept")]
    try:
        policy = policy_of(Pack.from_canonical(kept))
    except BadInput as error:
        return office.policy, [Fault(recorded.id, "policy_pack", error.sentence)]
    if policy.digest != digest:
        return policy, [Fault(recorded.id, "policy_pack", "the kept policy has another digest")]
    return policy, []


def _proved(
    connection: Connection, picture: Picture, recorded: Recorded, policy: Policy, faults: list[Fault]
) -> SnapshotProof:
    """Check every row that the picture and its judgement rest on, and judge again."""
    upto, before = recorded.upto, (*picture.linked, *picture.orders)
    history = set(_ids(before)) | snapshot.hanging(
        connection,
        {"incident": [i.id for i in picture.linked], "civil_order": [o.id for o in picture.orders]},
        upto,
    )
    hanging = {
        "incident": [picture.here],
        "person": [p.id for p in picture.people],
        "place": [p.id for p in picture.places],
        "request": [r.id for r in picture.requests],
        "task": [t.id for t in picture.tasks],
        "authority": [a.id for a in picture.authorities],
        "disclosure": [d.id for d in picture.disclosures],
        "assessment": [recorded.id],
    }
    rows = history | set(_ids(picture)) | snapshot.hanging(connection, hanging, upto) | {recorded.id}
    rows |= verify.policy_rows(connection, recorded.policy_digest)
    found = tuple(snapshot.faults_of(connection, rows))
    bad = {fault.seq for fault in found}
    return SnapshotProof(
        rows=len(rows),
        held=len(rows - bad),
        history_rows=len(history),
        history_held=len(history - bad),
        policy_digest=recorded.policy_digest,
        faults=(
            *faults,
            *found,
            *snapshot.gone_between(connection, picture.here, upto),
            *_judged_otherwise(connection, picture, recorded, policy),
        ),
    )


def _judged_otherwise(
    connection: Connection, picture: Picture, recorded: Recorded, policy: Policy
) -> Iterator[Fault]:
    again = assess(picture, policy)
    warnings = {(w.code, w.tier.value, w.floor_rank, w.settled_by) for w in again.warnings}
    if again.floor_rank != recorded.floor_rank or warnings != verify.warnings_of(connection, recorded.id):
        yield Fault(
            recorded.id, "assessment", "judged again by the policy of that day, it comes out otherwise"
        )


def _ids(value: Any) -> Iterator[int]:
    """Every record that a value names, whatever it is made of: all ids are places in one journal."""
    if isinstance(value, tuple):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, Evidence):
        if value.kind in _KINDS:
            yield value.id
    elif is_dataclass(value) and not isinstance(value, type):
        for kind in fields(value):
            found = getattr(value, kind.name)
            if kind.name == "id" or kind.name.endswith("_id") or kind.name in _NAMED:
                if isinstance(found, int) and found > 0:
                    yield found
            else:
                yield from _ids(found)
