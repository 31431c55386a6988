"""The genogram of a picture: its people by generations, couples, children, households, as they were told.

Nothing is guessed: not who is whose partner because they share a child, not a generation where relations contradict each
other, and nobody's sex. A person who was never named is there as such.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callhandler.model.facts import Stance
from callhandler.model.people import PersonTie, Relation, Tie
from callhandler.model.picture import Picture
from callhandler.rules.joined import joined
from callhandler.rules.links.joints import roles_in
from callhandler.rules.links.values import Couple, Genogram, Household, Member, Tied

PAIRED = (Relation.PARTNER, Relation.EX_PARTNER)
DIRECTED = (Relation.PARENT, Relation.CHILD)
DRAWN = (Relation.SIBLING, Relation.RELATIVE, Relation.NEIGHBOUR, Relation.OTHER)
KIN = (*PAIRED, Relation.PARENT, Relation.CHILD, Relation.SIBLING, Relation.RELATIVE)
"""Relations that make one family."""


@dataclass(frozen=True, slots=True)
class _Kin:
    """The relations of a picture, each pair as it was told last."""

    ties: tuple[PersonTie, ...]

    @property
    def parents(self) -> dict[int, tuple[int, ...]]:
        """Each child's parents."""
        found: dict[int, list[int]] = {}
        for tie in self.ties:
            if tie.relation is Relation.PARENT:
                found.setdefault(tie.b, []).append(tie.a)
            elif tie.relation is Relation.CHILD:
                found.setdefault(tie.a, []).append(tie.b)
        return {child: tuple(dict.fromkeys(of)) for child, of in found.items()}


def genogram_of(picture: Picture) -> Genogram:
    """The people of the picture; those at risk here and their families first. Records judged to be of one are one."""
    picture = joined(picture)
    known = {p.id for p in picture.people}
    kin = _Kin(_newest(t for t in picture.person_ties if t.a in known and t.b in known))
    roles, past = roles_in(picture)
    ids = sorted(known, key=lambda p: (p not in roles, p))
    families = _families(ids, kin.ties)
    generations, contradicting = _generations(ids, kin)
    homes = _homes(picture)
    told = {p for tie in kin.ties for p in (tie.a, tie.b)}
    people = {p.id: p for p in picture.people}
    members = tuple(
        Member(
            key=_key(p),
            person_id=p,
            name=people[p].name,
            named=people[p].named,
            born=people[p].born,
            generation=generations[p],
            family=families[p],
            roles=roles.get(p, ()),
            past_roles=past.get(p, ()),
            home=homes.get(p),
        )
        for p in ids
    )
    return Genogram(
        as_of=picture.as_of,
        members=members,
        couples=_couples(kin),
        ties=tuple(Tied(_key(t.a), _key(t.b), t.relation, t.known) for t in kin.ties if t.relation in DRAWN),
        households=_households(picture, homes, ids),
        harm=_harm(picture, known),
        apart=tuple(_key(p) for p in ids if p not in told),
        contradicting=tuple(_key(p) for p in contradicting),
        missing=picture.missing_sources,
    )


def _key(person_id: int) -> str:
    return f"person:{person_id}"


def _newest(ties: Iterable[PersonTie]) -> tuple[PersonTie, ...]:
    """Of those who were partners and are no longer, the newest; of everything else that was told of two people, all."""
    found: dict[tuple[int, int, str], PersonTie] = {}
    for tie in sorted(ties, key=lambda t: (t.known.at, t.id)):
        one, other = (tie.a, tie.b) if tie.relation in DIRECTED else sorted((tie.a, tie.b))
        kind = "pair" if tie.relation in PAIRED else tie.relation
        found[one, other, kind] = tie
    return tuple(found.values())


def _families(ids: Sequence[int], ties: Sequence[PersonTie]) -> dict[int, int]:
    """Each person's family, numbered in the order of `ids`."""
    beside: dict[int, list[int]] = {p: [] for p in ids}
    for tie in ties:
        if tie.relation in KIN:
            beside[tie.a].append(tie.b)
            beside[tie.b].append(tie.a)
    family: dict[int, int] = {}
    for start in ids:
        if start in family:
            continue
        number = len(set(family.values()))
        family[start] = number
        queue = deque([start])
        while queue:
            for other in beside[queue.popleft()]:
                if other not in family:
                    family[other] = number
                    queue.append(other)
    return family


def _generations(ids: Sequence[int], kin: _Kin) -> tuple[dict[int, int], tuple[int, ...]]:
    """Each person's generation, 0 the oldest of the family, and those whose relations contradict each other.

    Someone who is joined to a family only as a relative stands beside whoever the relation was told of.
    """
    steps: dict[int, list[tuple[int, int]]] = {p: [] for p in ids}
    for tie in kin.ties:
        if tie.relation in DIRECTED:
            older, younger = (tie.a, tie.b) if tie.relation is Relation.PARENT else (tie.b, tie.a)
            steps[older].append((younger, 1))
            steps[younger].append((older, -1))
        elif tie.relation in (*PAIRED, Relation.SIBLING):
            steps[tie.a].append((tie.b, 0))
            steps[tie.b].append((tie.a, 0))
    beside = [t for t in kin.ties if t.relation is Relation.RELATIVE]
    level: dict[int, int] = {}
    odd: dict[int, None] = {}
    for start in ids:
        if start in level:
            continue
        near = next(
            (o for t in beside for p, o in ((t.a, t.b), (t.b, t.a)) if p == start and o in level), None
        )
        level[start] = level[near] if near is not None else 0
        queue = deque([start])
        while queue:
            person = queue.popleft()
            for other, step in steps[person]:
                if other not in level:
                    level[other] = level[person] + step
                    queue.append(other)
                elif level[other] != level[person] + step:
                    odd.update({person: None, other: None})
    families = _families(ids, kin.ties)
    oldest: dict[int, int] = {}
    for person, number in families.items():
        oldest[number] = min(oldest.get(number, level[person]), level[person])
    return {p: level[p] - oldest[families[p]] for p in ids}, tuple(odd)


def _couples(kin: _Kin) -> tuple[Couple, ...]:
    """Partners as told, then parents who share a child, then those of whom no other parent is known."""
    told = {frozenset((t.a, t.b)): t for t in kin.ties if t.relation in PAIRED}
    children: dict[frozenset[int], list[int]] = {pair: [] for pair in told}
    for child, parents in kin.parents.items():
        pair = next((p for p in told if p <= set(parents)), None)
        if pair is None:
            pair = frozenset(parents[:2])
        children.setdefault(pair, []).append(child)
        # A third who is told of as a parent keeps a line of his own.
        for other in parents:
            if other not in pair:
                children.setdefault(frozenset((other,)), []).append(child)
    found = []
    for pair, of in children.items():
        tie = told.get(pair)
        both = (tie.a, tie.b) if tie is not None else tuple(sorted(pair))
        found.append(
            Couple(
                a=_key(both[0]),
                b=_key(both[1]) if len(both) > 1 else "",
                relation=tie.relation if tie is not None else None,
                known=tie.known if tie is not None else None,
                children=tuple(_key(c) for c in sorted(of)),
            )
        )
    return tuple(found)


def _homes(picture: Picture) -> dict[int, int]:
    """Where each person lives, as recorded last."""
    lives = [t for t in picture.place_ties if t.tie is Tie.LIVES]
    return {t.person_id: t.place_id for t in sorted(lives, key=lambda t: (t.since.at, t.id))}


def _households(picture: Picture, homes: dict[int, int], ids: Sequence[int]) -> tuple[Household, ...]:
    labels = {p.id: p.label for p in picture.places}
    by_place: dict[int, list[int]] = {}
    for person in ids:
        if person in homes and homes[person] in labels:
            by_place.setdefault(homes[person], []).append(person)
    return tuple(Household(p, labels[p], tuple(map(_key, who))) for p, who in by_place.items())


def _harm(picture: Picture, known: set[int]) -> tuple[tuple[str, str], ...]:
    """Whom something was told about, and whom it harmed; a denial takes nothing back."""
    pairs = [
        (_key(d.about_id), _key(d.harmed_id))
        for d in picture.disclosures
        if d.stance is Stance.TOLD
        and d.about_id is not None
        and d.harmed_id is not None
        and {d.about_id, d.harmed_id} <= known
        and d.about_id != d.harmed_id
    ]
    return tuple(dict.fromkeys(pairs))
