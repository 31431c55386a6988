"""Which live incident a new call belongs to, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from callhandler.model.incident import Incident
from callhandler.model.picture import Picture


@dataclass(frozen=True, slots=True)
class Join:
    """The live incident that a call belongs to, and why in plain words. `sure` means that one key accepts it."""

    incident: Incident
    why: str
    sure: bool


def incident_to_join(candidates: Iterable[tuple[Picture, str]], people: frozenset[int]) -> Join | None:
    """Choose among the live incidents that the store offers, each with how it was found.

    A live incident with the same person in it is sure, from any number; one at the same place, or by number alone, is
    offered but not taken: people share numbers and places.
    """
    best: Join | None = None
    for picture, how in candidates:
        if picture.incident is None:
            continue
        parties = {p.person_id for p in picture.parties if p.incident_id == picture.here}
        same = parties & people
        sure = bool(same)
        why = f"{picture.name_of(min(same))} is in it" if same else how
        if sure or best is None:
            best = Join(picture.incident, why, sure)
        if sure:
            break
    return best
