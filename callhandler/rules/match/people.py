"""Words about who is who: roles here and before, and who has no name yet."""

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure
from callhandler.model.incident import Incident
from callhandler.model.people import Role
from callhandler.policy.words_known import RolesReversed
from callhandler.policy.words_told import HasRole, NobodyAtRisk, ReporterAtRiskBefore, Unnamed
from callhandler.rules.history import HARMED, History
from callhandler.rules.match.found import Match, incident_evidence, told_line, weight_of
from callhandler.rules.spans import span_spoken


def role(word: HasRole, seen: History) -> Match | None:
    """People who hold a role."""
    role = Role(word.role)
    found = {
        p.person_id
        for p in seen.picture.parties
        if p.role is role
        and (word.scope == "any" or (p.incident_id == seen.picture.here) == (word.scope == "here"))
    }
    if role is Role.SUSPECT and word.scope != "history":
        found |= seen.suspects
    if role is Role.CHILD and word.scope != "here":
        found |= seen.children
    if len(found) < word.at_least:
        return None
    return Match(
        tuple(
            Evidence("person", p, f"{seen.picture.name_of(p)}: {_as_what(p, role, seen)}")
            for p in sorted(found)
        ),
        {"who": ", ".join(seen.picture.name_of(p) for p in sorted(found))},
    )


def _as_what(person: int, role: Role, seen: History) -> str:
    if role is Role.SUSPECT and person in seen.perhaps:
        return "respondent of her order, named by nobody here"
    return role.value.replace("_", " ")


def roles_reversed(_word: RolesReversed, seen: History) -> Match | None:
    """Earlier reports in which she was the suspect and he at risk: who accuses whom has turned round."""
    hers = seen.at_risk | set(seen.picture.with_role(Role.CALLER, Role.REPORTER))
    past = [p for p in seen.picture.parties if p.incident_id != seen.picture.here]
    she_accused = {p.incident_id for p in past if p.role is Role.SUSPECT and p.person_id in hers}
    he_harmed = {p.incident_id for p in past if p.role in HARMED and p.person_id in seen.suspects}
    found = [i for i in seen.picture.linked if i.id in she_accused & he_harmed]
    if not found:
        return None
    return Match(incident_evidence(found, seen), {"count": str(len(found)), "span": span_spoken(found)})


def nobody_at_risk(_word: NobodyAtRisk, seen: History) -> Match | None:
    """Nobody put down as at risk, a child or harmed, being accused as well or not, and nobody who rang for herself."""
    put_down = set(seen.picture.with_role(Role.AT_RISK, Role.CHILD)) | {d.harmed_id for d in seen.told_here}
    if seen.at_risk or put_down - {None}:
        return None
    return Match((Evidence("incident", seen.picture.here, "nobody is put down as at risk"),))


def reporter_at_risk_before(_word: ReporterAtRiskBefore, seen: History) -> Match | None:
    """Live orders that protect who reports here, and earlier reports of harm to him or her, however old."""
    reporters = _reporters(seen)
    if not reporters:
        return None
    orders = [
        o
        for o in seen.orders
        if o.live_for_risk and reporters & {o.order.protected_id, *(t.protected_id for t in o.order.terms)}
    ]
    weighty = [d for d in seen.told("history") if weight_of(d.indicator, seen) > 0]
    reports = [i for i in seen.picture.linked if _was_harmed(reporters, i, weighty, seen)]
    if not (orders or reports):
        return None
    ids = {i.id for i in reports}
    told = [d for d in weighty if d.incident_id in ids and d.harmed_id in {*reporters, None}]
    gravest = max(told, key=lambda d: (weight_of(d.indicator, seen), d.id), default=None)
    latest = gravest.words if gravest else reports[-1].summary if reports else ""
    return Match(
        (
            *(Evidence("civil_order", o.order.id, f"{o.name}: {o.because}") for o in orders),
            *incident_evidence(reports, seen),
            *(Evidence("disclosure", d.id, told_line(d, seen)) for d in told),
        ),
        {"words": "; ".join(words for words in (*(o.name for o in orders), latest) if words)},
    )


def _reporters(seen: History) -> set[int]:
    """Who reports here, or rang as a witness, and is not put down as at risk."""
    picture = seen.picture
    rang = {*picture.with_role(Role.CALLER), *(d.teller_id for d in seen.told_here)}
    reporters = {*picture.with_role(Role.REPORTER), *(rang & {*picture.with_role(Role.WITNESS)})}
    return (
        {p for p in reporters if p is not None}
        - seen.at_risk
        - {*picture.with_role(Role.AT_RISK, Role.CHILD)}
    )


def _was_harmed(people: set[int], past: Incident, weighty: list[Disclosure], seen: History) -> bool:
    """At risk, a child or harmed in it; or rang of abuse, or of what weighs, in which nobody else was named so."""
    parties = [p for p in seen.picture.parties if p.incident_id == past.id]
    told = [d for d in weighty if d.incident_id == past.id]
    harmed = {p.person_id for p in parties if p.role in (Role.AT_RISK, Role.CHILD)}
    harmed |= {d.harmed_id for d in told if d.harmed_id is not None}
    if harmed:
        return bool(harmed & people)
    kind = seen.policy.types.get(past.type)
    rang = any(p.role is Role.CALLER and p.person_id in people for p in parties)
    return rang and bool(told or (kind and kind.domestic))


def unnamed(word: Unnamed, seen: History) -> Match | None:
    """People in these roles here, none of them with a name."""
    roles = {Role(r) for r in word.roles}
    parties = [p for p in seen.picture.parties if p.incident_id == seen.picture.here and p.role in roles]
    people = [seen.picture.person(p.person_id) for p in parties]
    if not parties or any(person and person.named for person in people):
        return None
    return Match(
        tuple(Evidence("party", p.id, f"no name: {p.role.value.replace('_', ' ')}") for p in parties)
    )
