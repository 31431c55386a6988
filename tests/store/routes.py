"""Incidents in which an act that is no grade was just authorised: the newest row of each such table can be put in again."""

from typing import Any

from callhandler.model.actor import Actor
from callhandler.services.calls import CallIn, Calls
from callhandler.services.office import Office, Work, work
from callhandler.services.telling import Telling, Told
from callhandler.store import tables


def fill_routes(office: Office, handler: Actor) -> None:
    """A disclosure taken back on which a serious warning rested; a merge; and leave for a type that was not used yet."""
    first = _call(office, handler, "Adult 8", "harassment-stalking")
    other = _call(office, handler, "Adult 9", "theft")
    third = _call(office, handler, "Adult 10", "theft")
    fourth = _call(office, handler, "Adult 11", "theft")
    Telling(office).tell(
        handler, first, Told("unwanted-contact", "He writes to me every day.", about="A man")
    )
    with work(office) as w:
        picture, assessment = w.reassess(first)
        told = picture.disclosures[-1].id
        authority = _authority(w, handler, first, assessment.id, "retract", "disclosure", told)
        lost = next(x for x in assessment.standing if x.code == "contact-repeated")
        w.uow.append(
            tables.authority_warning,
            authority_id=authority,
            code=lost.code,
            tier=lost.tier.value,
            floor_rank=lost.floor_rank,
        )
        w.uow.append(
            tables.retraction,
            incident_id=first,
            disclosure_id=told,
            authority_id=authority,
            reason="Told of another.",
            author="handler",
        )
    with work(office) as w:
        _, assessment = w.reassess(other)
        authority = _authority(w, handler, other, assessment.id, "merge", "incident", third)
        w.uow.append(
            tables.incident_merge,
            incident_id=other,
            into_id=third,
            authority_id=authority,
            verdict="same",
            reason="One theft.",
            author="handler",
        )
    with work(office) as w:
        _, assessment = w.reassess(fourth)
        _authority(
            w, handler, fourth, assessment.id, "retype", "incident", fourth, to='["noise-nuisance", []]'
        )


def _call(office: Office, handler: Actor, name: str, kind: str) -> int:
    return Calls(office).take(handler, CallIn(name=name, type=kind)).incident_id


def _authority(
    w: Work,
    handler: Actor,
    incident: int,
    assessment: int,
    act: str,
    subject: str,
    about: int,
    rank: int = 99,
    to: str = "",
) -> int:
    """Leave upon a request of its own, with a reason; it is in the queue of review."""
    here: dict[str, Any] = {
        "incident_id": incident,
        "assessment_id": assessment,
        "author_id": handler.user_id,
    }
    request = w.uow.append(tables.request, act=act, grade="", rank=rank, **here)
    w.uow.append(
        tables.request_subject,
        request_id=request,
        subject=subject,
        subject_id=about,
        wanted=to,
        shown="an act",
    )
    w.uow.append(
        tables.rationale, request_id=request, ground="", reason="In error.", author_id=handler.user_id
    )
    reviewed = f"{act} {request}"
    w.uow.append(
        tables.review_item,
        incident_id=incident,
        decision_uuid=reviewed,
        entered_by="lowered",
        blind=False,
        specialist=False,
        due_at=w.uow.now,
        likeness=None,
    )
    return w.uow.append(
        tables.authority,
        uuid=reviewed,
        request_id=request,
        call_id=None,
        act=act,
        subject=subject,
        subject_id=about,
        rank_before=rank,
        rank_after=rank,
        gate="reason",
        text="In error.",
        **here,
    )
