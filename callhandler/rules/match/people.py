"""Words about who is who: roles here and before, and who has no name yet."""

from callhandler.model.assessment import Evidence
from callhandler.model.people import Role
from callhandler.policy.words_known import RolesReversed
from callhandler.policy.words_told import HasRole, Unnamed
from callhandler.rules.history import HARMED, History, span_spoken
from callhandler.rules.match.found import Match, incident_evidence


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
            Evidence("person", p, f"{seen.picture.name_of(p)}: {role.value.replace('_', ' ')}")
            for p in sorted(found)
        ),
        {"who": ", ".join(seen.picture.name_of(p) for p in sorted(found))},
    )


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
