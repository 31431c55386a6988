"""Who and where a situation may name without saying more: she, he, a child, her mother, a neighbour, and their homes."""

from dataclasses import dataclass

from callhandler.intake.situation import Given, Somebody
from callhandler.model.people import Relation, Role
from callhandler.policy.pack import Policy

HER, HIM, CALLER = "her", "him", "caller"
NOBODY = "nobody"
"""About whom something is told when nobody said of whom."""


@dataclass(frozen=True)
class Part:
    """What a person of the cast is when nothing else is said."""

    name: str
    role: Role | None
    relation: Relation | None = None
    of: str = ""
    lives: str = ""
    named: bool = True


CAST: dict[str, Part] = {
    HER: Part("Adult 1", Role.AT_RISK, lives="home"),
    HIM: Part("The suspect", Role.SUSPECT, Relation.EX_PARTNER, HER, "his-home"),
    CALLER: Part("The caller", Role.CALLER, lives="home"),
    "child": Part("The child", Role.CHILD, Relation.CHILD, HER),
    "mother": Part("Her mother", None, Relation.PARENT, HER, "mothers-home"),
    "neighbour": Part("A neighbour", Role.REPORTER, Relation.NEIGHBOUR, HER, "next-door"),
}
"""The people that every situation knows. Each joins the call when the situation names him."""


def cast_of(given: Given, policy: Policy) -> dict[str, Part]:
    """Everybody in the call, by the name that the situation uses, in a fixed order."""
    kind = policy.types.get(given.type)
    main = HER if (kind and kind.domestic) or _names(given, HER) or _names(given, HIM) else CALLER
    wanted = [main, *([HIM] if kind and kind.domestic and HIM not in given.people else [])]
    wanted += [n for n in CAST if _names(given, n)]
    wanted += list(given.people)
    return {name: _part(name, given.people.get(name)) for name in dict.fromkeys(wanted)}


def main_of(cast: dict[str, Part]) -> str:
    """The person whom the call is about."""
    return HER if HER in cast else CALLER


def _part(name: str, told: Somebody | None) -> Part:
    usual = CAST.get(name, Part(name.replace("-", " ").capitalize(), Role.WITNESS))
    if told is None:
        return usual
    role = None if told.role == "none" else told.role or usual.role
    return Part(
        name=usual.name if told.named else "A person not named",
        role=role,
        relation=told.be or usual.relation,
        of=told.of or usual.of or (HER if told.be else ""),
        lives=told.lives or usual.lives,
        named=told.named,
    )


def _names(given: Given, name: str) -> bool:
    """Whether the situation speaks of this person anywhere."""
    return (
        name in given.people
        or any(name in (t.about, t.harmed, t.by) for t in given.told)
        or any(
            name in (p.people or {}) or any(name in (t.about, t.harmed, t.by) for t in p.told)
            for p in given.history
        )
        or any(name == t.who for t in given.places)
        or any(name in (o.protects, o.against) for o in given.orders)
        or any(name == m.on for m in given.markers)
        or any(name == w.who for w in given.warned)
        or any(name == r.who for r in given.records)
        or any(name == c.about for c in given.confirmed)
    )
