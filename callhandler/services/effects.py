"""What each act does once the guard lets it: what it would change, asked beforehand, and what it writes, afterwards."""

import json
from collections.abc import Callable
from datetime import datetime

from callhandler.model.actor import Actor
from callhandler.model.acts import Change, Wanted
from callhandler.model.assessment import CLOSING, Act, Assessment
from callhandler.model.facts import Assessed
from callhandler.model.incident import LogKind, ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.model.sameness import SameAs
from callhandler.policy.pack import Policy
from callhandler.rules import changes
from callhandler.services import entries, escalations, responding
from callhandler.services.as_one import open_incidents_of
from callhandler.services.office import Work
from callhandler.services.situation import APPOINTMENT
from callhandler.services.wanted import judged as judged_by
from callhandler.store import tables

Suppose = Callable[[tuple[SameAs, ...]], Picture]
"""The very picture, gathered as if records were judged otherwise."""


def change_of(
    wanted: Wanted, picture: Picture, assessment: Assessment, policy: Policy, suppose: Suppose
) -> Change | None:
    """What an act that changes what is known would take away; None for every other act."""
    subject = wanted.subject_id or 0
    if wanted.act is Act.RETRACT:
        return changes.of_retraction(picture, subject, assessment, policy)
    if wanted.act is Act.RETYPE:
        name, qualifiers = json.loads(wanted.to)
        changed = changes.of_type(picture, name, qualifiers)
    elif wanted.act is Act.REJECT_LINK:
        changed = changes.without_link(picture, subject)
    elif wanted.act is Act.LOWER_RISK:
        changed = changes.at_level(picture, subject, wanted.to)
    elif wanted.act is Act.PART_RECORDS:
        changed = suppose((judged_by(wanted, picture),))
    else:
        return None
    return changes.judged(picture, changed, assessment, policy)


def before_decision(w: Work, picture: Picture, wanted: Wanted, by: Actor) -> None:
    """What a decision brings with it, written just before it: an appointment is somebody's task with a time.

    Who closes an incident has taken it over from the shift before.
    """
    if wanted.act in CLOSING:
        escalations.closed_by(w, by, picture)
    if wanted.act is Act.APPOINT:
        due = datetime.fromisoformat(wanted.to)
        w.uow.append(
            tables.task,
            incident_id=picture.here,
            code=APPOINTMENT,
            text=wanted.shown,
            owner=by.display,
            due_at=due,
        )


def write(w: Work, picture: Picture, wanted: Wanted, authority_id: int, reason: str, by: Actor) -> None:
    """The effect of an act that is no decision, upon its authority."""
    _WRITERS[wanted.act](w, picture, wanted, authority_id, reason, by)


def retyped(w: Work, picture: Picture, wanted: Wanted, _authority_id: int, reason: str, by: Actor) -> None:
    """The new type and the qualifiers that belong to it."""
    name, qualifiers = json.loads(wanted.to)
    type_id = w.uow.append(
        tables.incident_type, incident_id=picture.here, type=name, reason=reason, author=by.display
    )
    for qualifier in qualifiers:
        w.uow.append(tables.type_qualifier, incident_id=picture.here, type_id=type_id, qualifier=qualifier)


def _retracted(w: Work, picture: Picture, wanted: Wanted, authority_id: int, reason: str, by: Actor) -> None:
    w.uow.append(
        tables.retraction,
        incident_id=picture.here,
        disclosure_id=wanted.subject_id,
        authority_id=authority_id,
        reason=reason,
        author=by.display,
    )


def _rejected(w: Work, picture: Picture, wanted: Wanted, _authority_id: int, reason: str, by: Actor) -> None:
    w.uow.append(
        tables.link_judgement,
        incident_id=picture.here,
        linked_id=wanted.subject_id,
        verdict=wanted.to,
        reason=reason,
        author=by.display,
    )


def _parted(w: Work, picture: Picture, wanted: Wanted, _authority_id: int, reason: str, by: Actor) -> None:
    judged = judged_by(wanted, picture)
    found = open_incidents_of(w.uow.connection, judged.kind, (judged.a, judged.b))
    others = [i for i in found if i != picture.here]
    for each in others:
        # What is warned of there now stands on, also where it rests on what is parted.
        w.reassess(each)
    w.uow.append(
        tables.same_as,
        incident_id=picture.here,
        kind=judged.kind,
        a=judged.a,
        b=judged.b,
        verdict=judged.verdict.value,
        reason=reason,
        author=by.display,
    )
    for each in others:
        entries.log(w, by, each, f"{wanted.shown}. {reason}".strip(), LogKind.SYSTEM)
        w.reassess(each)


def _lowered(w: Work, picture: Picture, wanted: Wanted, _authority_id: int, reason: str, _by: Actor) -> None:
    w.uow.append(
        tables.risk_assessment,
        incident_id=picture.here,
        person_id=wanted.subject_id,
        done=Assessed.WITH_HER.value,
        level=wanted.to,
        level_before=changes.level_of(picture, wanted.subject_id or 0),
        note=reason,
    )


def _merged(w: Work, picture: Picture, wanted: Wanted, authority_id: int, reason: str, by: Actor) -> None:
    w.uow.append(
        tables.incident_merge,
        incident_id=picture.here,
        into_id=wanted.subject_id,
        authority_id=authority_id,
        verdict="same",
        reason=reason,
        author=by.display,
    )
    own = picture.incident.reference if picture.incident else "Another incident"
    said = f"{own} was merged into this incident. {reason}".strip()
    entries.log(w, by, wanted.subject_id or 0, said, LogKind.SYSTEM)
    responding.tell_of_merged(w, by, wanted.subject_id or 0, own)
    # The other incident takes every warning over at once, standing or settled.
    w.reassess(wanted.subject_id or 0)


def _resulted(w: Work, picture: Picture, wanted: Wanted, _authority_id: int, reason: str, by: Actor) -> None:
    responding.record(w, by, picture.here, ResponseState.RESULTED, Target.AT_RISK, wanted.to or reason)


_WRITERS: dict[Act, Callable[[Work, Picture, Wanted, int, str, Actor], None]] = {
    Act.RETYPE: retyped,
    Act.RETRACT: _retracted,
    Act.REJECT_LINK: _rejected,
    Act.LOWER_RISK: _lowered,
    Act.PART_RECORDS: _parted,
    Act.MERGE: _merged,
    Act.RESULT: _resulted,
}
