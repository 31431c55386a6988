"""The codes that a policy's conditions ask for: markers, records and warnings given.

Any other may be recorded; no rule tells it apart.
"""

from collections.abc import Iterator

from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy


def asked_for(policy: Policy) -> dict[str, dict[str, tuple[str, ...]]]:
    """For `markers`, `records` and `warned`: each code, and the entries whose conditions name it."""
    found: dict[str, dict[str, list[str]]] = {"markers": {}, "records": {}, "warned": {}}
    for entry, condition in _conditions(policy):
        for part in condition.walk():
            for kind, codes in (
                ("markers", part.marker.codes if part.marker else ()),
                ("records", part.record.kinds if part.record else ()),
                ("warned", part.after_police_warning.kinds if part.after_police_warning else ()),
            ):
                for code in codes:
                    found[kind].setdefault(code, []).append(entry)
    return {k: {c: tuple(dict.fromkeys(names)) for c, names in v.items()} for k, v in found.items()}


def _conditions(policy: Policy) -> Iterator[tuple[str, Condition]]:
    pack = policy.pack
    yield from ((rule.id, rule.when) for rule in pack.warnings)
    yield from ((question.id, question.when) for question in pack.questions if question.when)
    yield from ((offence.id, offence.when) for offence in pack.offences)
    yield from ((referral.id, referral.when) for referral in pack.referrals)
