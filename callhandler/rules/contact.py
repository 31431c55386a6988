"""Whether a contact counts, and who at risk was neither seen nor spoken to since the last disclosure.

No hindsight: what was seen before the newest disclosure says nothing about it. Each person at risk counts for herself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from callhandler.model.assessment import Act, Assessment, Gate, Tier
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.picture import Picture
from callhandler.policy.contacts import ContactTable, HalfContact
from callhandler.policy.gates import Choice
from callhandler.rules.history import History


@dataclass(frozen=True, slots=True)
class HalfMet:
    """Somebody at risk of whom a confirmed fact tells half of a contact, which nobody has recorded whole."""

    person_id: int
    known: HalfContact


def half_met(picture: Picture, table: ContactTable) -> tuple[HalfMet, ...]:
    """Who was confirmed as seen safe, or spoken to, since the last disclosure, and has no contact that counts: newest first.

    An ending still asks how she was identified and who by name saw her: a fact that settles a warning says neither.
    """
    last = _last_told(d for d in picture.disclosures if d.incident_id == picture.here)
    met = {c.person_id for c in picture.contacts if c.counts and c.id > last}
    halves = {(h.fact, h.said_by): h for h in table.confirmed}
    found: dict[int, HalfMet] = {}
    for told in reversed(picture.confirmations):
        half = halves.get((told.code, told.said_by))
        if half is None or told.incident_id != picture.here or told.id <= last:
            continue
        if told.about_id is not None and told.about_id not in met:
            found.setdefault(told.about_id, HalfMet(told.about_id, half))
    return tuple(found.values())


def fault_of(table: ContactTable, how: str, identified: str, alone: str, free: str, seen_by: str) -> str:
    """Why a contact does not count, in one sentence; empty when it does. Unknown is never yes."""
    for choices, given, missing in (
        (table.identified, identified, "How she was identified is missing."),
        (table.seen_by, seen_by, "Who saw her or spoke to her is missing."),
    ):
        choice = _choice(choices, given)
        if choice is None:
            return missing
        if not choice.accepted:
            return choice.why_not or f"{choice.name} does not count."
    if alone != "yes":
        return "With others in sight or hearing, or not known to be alone: see her or speak to her apart from them."
    if how == "spoken_to" and free != "yes":
        return "Not known to be free to speak: ask yes or no questions, or agree a word."
    return ""


def unseen(seen: History, assessment: Assessment) -> tuple[str, ...]:
    """Names of those at risk who were neither seen nor spoken to since the last disclosure; none where nothing was raised.

    A result that was authorised without a contact since then stands for one: that was answered for already.
    """
    picture = seen.picture
    taken_back = {r.id for r in picture.retractions}
    raised = any(
        w.tier in (Tier.CRITICAL, Tier.SERIOUS) and w.settled_by not in taken_back
        for w in assessment.warnings
    )
    last = _last_told(seen.told_here)
    if not raised or any(
        a.act is Act.RESULT and a.gate is not Gate.NONE and a.id > last for a in picture.authorities
    ):
        return ()
    counted = [c for c in picture.contacts if c.counts and c.id > last]
    if not seen.to_be_seen:
        # The suspect seen says nothing of somebody whom nobody has named yet.
        others = [c for c in counted if c.person_id is None or c.person_id not in seen.to_be_held]
        return () if others else ("the person at risk",)
    met = {c.person_id for c in counted}
    return tuple(picture.name_of(p) for p in sorted(seen.to_be_seen - met))


def _last_told(told: Iterable[Disclosure]) -> int:
    return max((d.id for d in told if d.stance is Stance.TOLD), default=0)


def _choice(choices: Iterable[Choice], given: str) -> Choice | None:
    wanted = given.strip().casefold()
    return (
        next((c for c in choices if wanted in (c.id.casefold(), c.name.casefold())), None) if wanted else None
    )
