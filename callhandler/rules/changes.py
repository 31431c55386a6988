"""What an act that changes what is known would take away: the same picture read with and without it.

Both readings are fresh. Warnings latch, so one that was raised stays whatever is changed afterwards; but what would not be
raised again is no longer there for the next record to stand upon, and that is how urgency would fall unseen.
"""

from collections.abc import Collection
from dataclasses import replace

from callhandler.model.acts import Change
from callhandler.model.assessment import Assessment, StandingWarning, Warning
from callhandler.model.facts import Assessed, RiskAssessment
from callhandler.model.picture import Picture
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess

LEVELS = ("", "standard", "medium", "high")
"""Levels of risk from unknown upwards."""


def judged(picture: Picture, changed: Picture, assessment: Assessment, policy: Policy) -> Change:
    """The change between two pictures of one incident. `assessment` is the first one's, with all that it latches."""
    now, then = _fresh(picture, policy), _fresh(changed, policy)
    left = {w.code for w in then.standing}
    standing = {w.code: w for w in assessment.standing}
    lost = [standing[w.code] for w in now.standing if w.code not in left and w.code in standing]
    return Change(now.floor_rank, then.floor_rank, tuple(lost))


def of_retraction(picture: Picture, disclosure_id: int, assessment: Assessment, policy: Policy) -> Change:
    """What taking one disclosure back loses: the warnings that rested on it alone.

    A warning rests on it alone where a fresh reading raises it only with the disclosure; or, where it is held from before,
    where it was recorded upon this disclosure and others already taken back and upon nothing else.
    """
    changed = without_disclosure(picture, disclosure_id)
    fresh = judged(picture, changed, assessment, policy)
    gone = {disclosure_id, *(r.disclosure_id for r in picture.retractions)}
    raised = {w.code for w in _fresh(picture, policy).standing}
    before = {w.code: w for w in picture.standing_warnings}
    held = [
        w
        for w in assessment.standing
        if w.code not in raised and w.code in before and _rests_on(before[w.code], gone)
    ]
    return replace(fresh, lost=(*fresh.lost, *held))


def without_disclosure(picture: Picture, disclosure_id: int) -> Picture:
    """The picture as if this had never been told."""
    return replace(picture, disclosures=tuple(d for d in picture.disclosures if d.id != disclosure_id))


def without_link(picture: Picture, linked_id: int) -> Picture:
    """The picture without one past incident and all that was recorded in it."""
    return replace(
        picture,
        links=tuple(x for x in picture.links if x.incident_id != linked_id),
        linked=tuple(x for x in picture.linked if x.id != linked_id),
        parties=tuple(x for x in picture.parties if x.incident_id != linked_id),
        calls=tuple(x for x in picture.calls if x.incident_id != linked_id),
        disclosures=tuple(x for x in picture.disclosures if x.incident_id != linked_id),
        manners=tuple(x for x in picture.manners if x.incident_id != linked_id),
        confirmations=tuple(x for x in picture.confirmations if x.incident_id != linked_id),
        risk_assessments=tuple(x for x in picture.risk_assessments if x.incident_id != linked_id),
        enquiries=tuple(x for x in picture.enquiries if x.incident_id != linked_id),
        police_warnings=tuple(x for x in picture.police_warnings if x.incident_id != linked_id),
        proposal_decisions=tuple(x for x in picture.proposal_decisions if x.incident_id != linked_id),
    )


def of_type(picture: Picture, incident_type: str, qualifiers: Collection[str]) -> Picture:
    """The picture of the same incident under another type."""
    if picture.incident is None:
        return picture
    typed = replace(picture.incident, type=incident_type, qualifiers=tuple(qualifiers))
    return replace(picture, incident=typed)


def at_level(picture: Picture, person_id: int, level: str) -> Picture:
    """The picture with a person's risk at this level, and no word of a higher one before."""
    records = picture.records_of(person_id)
    kept = tuple(
        a
        for a in picture.risk_assessments
        if a.person_id not in records or LEVELS.index(a.level) <= LEVELS.index(level)
    )
    new = RiskAssessment(
        picture.upto + 1, picture.here, person_id, Assessed.WITH_HER, level, "", "", picture.as_of
    )
    return replace(picture, risk_assessments=(*kept, new))


def level_of(picture: Picture, person_id: int) -> str:
    """The level a person's risk was last put at, under whichever record; empty when none was."""
    records = picture.records_of(person_id)
    own = [a.level for a in picture.risk_assessments if a.person_id in records and a.level]
    return own[-1] if own else ""


def _fresh(picture: Picture, policy: Policy) -> Assessment:
    return assess(replace(picture, standing_warnings=()), policy)


def _rests_on(before: StandingWarning | Warning, gone: Collection[int]) -> bool:
    return bool(before.evidence) and all(e.kind == "disclosure" and e.id in gone for e in before.evidence)
