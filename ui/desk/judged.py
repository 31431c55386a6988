"""By which judgement the person or place of a row in the left column is read as one with another record, or is not."""

from callhandler.model.sameness import KINDS, PERSON, SameAs, Sameness, counting
from callhandler.services.desk import View


def judgement_of(view: View, key: str) -> str:
    """The newest judgement by which the person or place of a row is read as one with another record; empty without one."""
    kind, _, record = key.partition(":")
    if kind not in KINDS:
        return ""
    same = next(
        (c.ids for c in view.records.clusters if c.kind == kind and int(record) in c.ids), frozenset()
    )
    found = [
        j
        for j in counting(view.records.sameness).values()
        if j.kind == kind and j.verdict is Sameness.SAME and {j.a, j.b} <= same
    ]
    return str(found[-1].id) if found else ""


def taken_by_name(view: View, key: str) -> bool:
    """Whether the person of a row was taken in this incident to be somebody on record by the name alone."""
    judgement = judgement_of(view, key)
    return any(str(j.id) == judgement and j.taken for j in view.records.sameness)


def parted_here(view: View, key: str) -> SameAs | None:
    """The judgement by which the person of a row was said in this incident to be another than the one of that name."""
    kind, _, record = key.partition(":")
    if kind != PERSON:
        return None
    taken = {j.pair for j in view.records.sameness if j.taken and j.incident_id == view.picture.here}
    parted = [
        j
        for j in counting(view.records.sameness).values()
        if j.pair in taken and j.verdict is not Sameness.SAME and int(record) in (j.a, j.b)
    ]
    return parted[-1] if parted else None
