"""Faults of what the papers gather: a question, an indicator or a referral that the policy does not have."""

from collections.abc import Iterator

from callhandler.policy.check_orders import Fault
from callhandler.policy.pack import Pack

GATHERED = ("suspect", "children", "access", "contact")


def paper_faults(pack: Pack) -> Iterator[Fault]:
    """Every name in `papers` that leads nowhere, and a referral that is told twice."""
    known = {
        "questions": {entry.id for entry in pack.questions},
        "indicators": {entry.id for entry in pack.indicators},
    }
    for part in GATHERED:
        for kind, ids in known.items():
            for index, name in enumerate(getattr(getattr(pack.papers, part), kind)):
                if name not in ids:
                    yield "papers", (part, kind, index), f"there is no {kind[:-1]} {name}"
    referrals = {entry.id for entry in pack.referrals if entry.kind == "referral"}
    seen: set[str] = set()
    for index, told in enumerate(pack.papers.packs):
        if told.referral not in referrals:
            yield "papers", ("packs", index, "referral"), f"there is no referral {told.referral}"
        if told.referral in seen:
            yield "papers", ("packs", index, "referral"), f"{told.referral} is told twice"
        seen.add(told.referral)
