"""What the linked history says, worked out once for all rules: whose incidents, how many, how close together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import Any

from callhandler.model.facts import Answer, Confirmation, Disclosure, Reply, Stance
from callhandler.model.incident import Incident
from callhandler.model.order import EngagedTerm, OrderStanding
from callhandler.model.people import Relation, Role, Tie
from callhandler.model.picture import Cut, Picture, Via
from callhandler.model.when import LONDON
from callhandler.policy.entries import Locating
from callhandler.policy.pack import Policy
from callhandler.rules import clocks, live_orders, merged, order_terms, respondents
from callhandler.rules.ages import under_18
from callhandler.rules.clocks import Clocks
from callhandler.rules.joined import joined

HARMED = (Role.AT_RISK, Role.CALLER, Role.CHILD)
INTIMATE = (Relation.PARTNER, Relation.EX_PARTNER)
HOMES = (Tie.LIVES, Tie.FAMILY_HOME, Tie.STAYS)
_CUT_THROUGH: dict[str, tuple[Via, ...]] = {
    "person": (Via.PERSON, Via.SUSPECT),
    "place": (Via.PLACE,),
    "all": (),
}


@dataclass(frozen=True)
class History:
    """The picture with everything that several rules ask of it.

    `hers` are the incidents about somebody at risk here, those among them in which she was taken for the suspect and he
    for the one at risk. `partners` are or were partners of somebody at risk here. `accused` are the suspects of each
    incident, as recorded there; `named` those of the suspects here whom somebody named. `respondents` are those against
    whom the orders in force are that protect somebody at risk; `perhaps` those of them whom the rules look at as at a
    suspect only because nobody is named.

    `shown` is the whole picture, each record under the one id that it is read as. `picture`, which the rules read, is
    without what is there only through a respondent who is not meant. `orders` are those that protect or bind somebody
    here, `other_orders` what respondents have towards others.
    """

    picture: Picture
    shown: Picture
    policy: Policy
    clocks: Clocks
    orders: tuple[OrderStanding, ...]
    other_orders: tuple[OrderStanding, ...]
    at_risk: frozenset[int]
    children: frozenset[int]
    suspects: frozenset[int]
    named: frozenset[int]
    respondents: frozenset[int]
    perhaps: frozenset[int]
    partners: frozenset[int]
    accused: dict[int, frozenset[int]]
    told_here: tuple[Disclosure, ...]
    told_before: tuple[Disclosure, ...]
    hers: tuple[Incident, ...]
    suspect_others: tuple[Incident, ...]
    here_place: int | None
    going_to: int | None
    homes: frozenset[int]
    replies: dict[str, Answer]
    terms: tuple[EngagedTerm, ...]
    locating: Locating
    matched: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out of this picture already, by condition as written."""
    lines: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)
    """Each disclosure as evidence, by its id, once it was put into words."""
    _pools: dict[tuple[str, str], tuple[Disclosure, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _names: dict[int | None, str] = field(default_factory=dict, repr=False, compare=False)
    _named: dict[tuple[str, str], dict[str, list[tuple[int, Disclosure]]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def told(self, scope: str, stance: str = Stance.TOLD) -> Sequence[Disclosure]:
        """Disclosures told here, in linked history, or both, in order of receipt."""
        asked = scope, stance
        if asked not in self._pools:
            pool = {
                "here": self.told_here,
                "history": self.told_before,
                "any": (*self.told_before, *self.told_here),
            }[scope]
            self._pools[asked] = tuple(d for d in pool if d.stance == stance)
        return self._pools[asked]

    @cached_property
    def indicators(self) -> dict[str, frozenset[str]]:
        """By scope, every indicator of which anything was said, told or denied."""
        here = frozenset(d.indicator for d in self.told_here)
        before = frozenset(d.indicator for d in self.told_before)
        return {"here": here, "history": before, "any": here | before}

    def told_of(self, scope: str, stance: str, indicators: frozenset[str]) -> Sequence[Disclosure]:
        """Those of them that are one of these indicators: most rules look for few, and most pictures hold none."""
        asked = scope, stance
        if asked not in self._named:
            named: dict[str, list[tuple[int, Disclosure]]] = {}
            for place, told in enumerate(self.told(scope, stance)):
                named.setdefault(told.indicator, []).append((place, told))
            self._named[asked] = named
        named = self._named[asked]
        found = [one for indicator in named.keys() & indicators for one in named[indicator]]
        if len(found) > 1:
            found.sort(key=itemgetter(0))
        return [told for _, told in found]

    def name_of(self, person: int | None) -> str:
        """A person's name for a sentence, looked up once a picture."""
        name = self._names.get(person)
        if name is None:
            name = self._names[person] = self.picture.name_of(person)
        return name

    def about(self, told: Disclosure) -> Collection[int]:
        """Whom a disclosure is about. Where nobody said, each suspect of its own report: not attributed is not nobody."""
        if told.about_id is not None:
            return (told.about_id,)
        return self.accused.get(told.incident_id, frozenset()) - {told.harmed_id, told.teller_id}

    @cached_property
    def confirmed_here(self) -> dict[str, list[Confirmation]]:
        """What was confirmed in this incident, by the fact."""
        found: dict[str, list[Confirmation]] = {}
        for one in self.picture.confirmations:
            if one.incident_id == self.picture.here:
                found.setdefault(one.code, []).append(one)
        return found

    @cached_property
    def to_be_seen(self) -> frozenset[int]:
        """Who must be seen before it counts as seen: those at risk here, and in every incident merged into this one.

        Whoever was put down as at risk, as a child or as harmed stays so: being accused as well takes nobody out. As long
        as nobody was, whoever rang or told stays so too, accused or a witness: unknown is never no.
        """
        picture = self.picture
        put_down = {
            *picture.with_role(Role.AT_RISK, Role.CHILD),
            *self._inside(Role.AT_RISK, Role.CHILD),
            *(d.harmed_id for d in self.told_here),
        } - {None}
        others = put_down or self._rang_or_told()
        return self.at_risk | self._inside(*HARMED) | {p for p in others if p is not None}

    def _rang_or_told(self) -> set[int | None]:
        """Who rang or told here, but for those who rang for somebody else."""
        picture = self.picture
        here = {picture.here, *picture.inside}
        rang = {p.person_id for p in picture.parties if p.incident_id in here and p.role is Role.CALLER}
        told = {d.teller_id for d in self.told_here if d.stance is Stance.TOLD}
        reported = {p.person_id for p in picture.parties if p.incident_id in here and p.role is Role.REPORTER}
        return (rang | told) - reported

    @property
    def suspects_to_name(self) -> frozenset[int]:
        """Of whom what is told is taken to be said; of nobody while a respondent may be meant whom nobody named."""
        return frozenset() if self.perhaps else self.suspects

    @cached_property
    def to_be_held(self) -> frozenset[int]:
        """The suspects here, and of every incident merged into this one.

        While a respondent may be meant, only whoever was named: that he or a partner is held says nothing of whoever it was.
        """
        meant = self.perhaps | self.partners if self.perhaps else self.perhaps
        return self.suspects - meant | self._inside(Role.SUSPECT)

    def _inside(self, *roles: Role) -> frozenset[int]:
        merged = [p for p in self.picture.parties if p.incident_id in self.picture.inside]
        apart = {p.person_id for p in merged if p.role in (Role.SUSPECT, Role.WITNESS, Role.REPORTER)}
        kept = (Role.SUSPECT, Role.AT_RISK, Role.CHILD)
        return frozenset(
            p.person_id for p in merged if p.role in roles and (p.role in kept or p.person_id not in apart)
        )

    @cached_property
    def unmet(self) -> frozenset[int]:
        """Earlier incidents about her whose target was missed."""
        return frozenset(i.id for i in self.hers if i.target_met == "no")

    def counted(self, incidents: Sequence[Incident], since: datetime | None = None) -> str:
        """A number of past incidents in words: "at least" where some of that time are held and were not gathered.

        Of what is older than the newest only what bears risk was, so a number is whole where all is gathered since `since`.
        """
        counted = {i.id for i in incidents}
        for cut in self.picture.cuts:
            if cut.what != "incidents" or cut.subject not in _CUT_THROUGH:
                continue
            vias = _CUT_THROUGH[cut.subject]
            of = {
                k.incident_id
                for k in self.picture.links
                if not vias or (k.via in vias and cut.subject_id in (k.subject_id, 0))
            }
            if of & counted and (since is None or self._gathered_since(cut, of) > since):
                return f"at least {len(incidents)}"
        return str(len(incidents))

    def _gathered_since(self, cut: Cut, of: Collection[int]) -> datetime:
        """Since when all that came through a subject was gathered."""
        return cut.since or min(i.opened.at for i in self.picture.linked if i.id in of)

    def explicit(self, question: str) -> Answer | None:
        """The newest reply to a question when it is a plain yes or no; else None: unknown is never no."""
        answer = self.replies.get(question)
        return answer if answer and answer.reply in (Reply.YES, Reply.NO) else None


def read(picture: Picture, policy: Policy) -> History:
    """Work the picture through once, every record under the one id that it is read as."""
    shown = picture = joined(picture)
    here = picture.here
    told_here = tuple(d for d in picture.disclosures if d.incident_id == here)
    accused = _accused(picture, told_here)
    suspects = accused or _suspects(picture, told_here, policy)
    named = set(picture.with_role(*HARMED, Role.WITNESS))
    harmed = {d.harmed_id for d in told_here if d.harmed_id} - suspects
    bystanders = set(picture.with_role(Role.WITNESS, Role.REPORTER)) - set(
        picture.with_role(Role.AT_RISK, Role.CHILD)
    )
    at_risk = (set(picture.with_role(*HARMED)) - bystanders | harmed) - suspects
    here_place, going_to = _where(picture)
    orders = live_orders.standing_orders(picture, policy)
    bound = respondents.Bound()
    if picture.incident and (orders or any(k.via is Via.SUSPECT for k in picture.links)):
        parties = {p.person_id for p in picture.parties if p.incident_id == here}
        known = parties | at_risk or {t.person_id for t in picture.number_ties}
        call = respondents.Call(picture, told_here, known, at_risk, _partners(picture, known), accused)
        bound = respondents.bound_by(orders, call, suspects, policy)
        suspects = suspects | bound.perhaps
    if bound.left_out:
        near_her = {t.place_id for t in picture.place_ties if t.person_id in at_risk}
        picture = respondents.without(picture, bound.left_out, {here_place, going_to, *near_her})
    children = _children(picture, at_risk | named, suspects)
    roles: dict[int, dict[int, set[Role]]] = {}
    for party in picture.parties:
        roles.setdefault(party.incident_id, {}).setdefault(party.person_id, set()).add(party.role)
    hers = tuple(
        i
        for i in picture.linked
        if any(set(HARMED) & r for p, r in roles.get(i.id, {}).items() if p in at_risk)
        or _turned_round(roles.get(i.id, {}), at_risk, suspects)
    )
    homes = frozenset(t.place_id for t in picture.place_ties if t.person_id in at_risk and t.tie in HOMES)
    other_orders = tuple(o for o in orders if o.order.id in bound.other_orders)
    orders = tuple(o for o in orders if o.order.id not in bound.other_orders)
    where = order_terms.Where(here_place, going_to, homes, frozenset(at_risk))
    hers_ids = {i.id for i in hers}
    others = tuple(
        i
        for i in picture.linked
        if i.id not in hers_ids
        and any(Role.SUSPECT in r for p, r in roles.get(i.id, {}).items() if p in suspects)
    )
    return History(
        picture=picture,
        shown=shown,
        policy=policy,
        clocks=clocks.read(picture, policy.scheme),
        orders=orders,
        other_orders=other_orders,
        at_risk=frozenset(at_risk),
        children=frozenset(children),
        suspects=frozenset(suspects),
        named=frozenset(accused),
        respondents=bound.respondents,
        perhaps=bound.perhaps,
        partners=frozenset(_partners(picture, at_risk)),
        accused={
            i: frozenset(p for p, r in people.items() if Role.SUSPECT in r) for i, people in roles.items()
        },
        told_here=told_here,
        told_before=tuple(d for d in picture.disclosures if d.incident_id != here),
        hers=hers,
        suspect_others=others,
        here_place=here_place,
        going_to=going_to,
        homes=homes,
        replies={a.question: a for a in picture.answers},
        terms=order_terms.engaged_terms(picture, orders, told_here, where, policy),
        locating=policy.scheme.locating,
    )


def _accused(picture: Picture, told_here: Sequence[Disclosure]) -> set[int]:
    # Somebody who is at risk does not become a suspect because another accuses her: roles are not flipped.
    accused = {d.about_id for d in told_here if d.about_id} - set(picture.with_role(*HARMED))
    return set(picture.with_role(Role.SUSPECT)) | accused


def _suspects(picture: Picture, told_here: Sequence[Disclosure], policy: Policy) -> set[int]:
    # Nobody is named yet: a partner or former partner may be meant, and unknown is never no.
    meant = policy.pack.order_states.meant
    ordinary = (
        meant.ordinary if meant and picture.incident and picture.incident.type not in meant.types else ()
    )
    if all(d.indicator in ordinary for d in told_here):
        return set()
    here = set(picture.with_role(*HARMED))
    return _partners(picture, here) - here


def _partners(picture: Picture, here: Collection[int]) -> set[int]:
    return {
        other
        for t in picture.person_ties
        if t.relation in INTIMATE
        for mine, other in ((t.a, t.b), (t.b, t.a))
        if mine in here
    }


def _turned_round(roles: dict[int, set[Role]], at_risk: Collection[int], suspects: Collection[int]) -> bool:
    """A report in which she was taken for the suspect and he for the one at risk: it is about the same two."""
    return any(Role.SUSPECT in r for p, r in roles.items() if p in at_risk) and any(
        set(HARMED) & r for p, r in roles.items() if p in suspects
    )


def _children(picture: Picture, household: set[int], suspects: Collection[int]) -> set[int]:
    children = set(picture.with_role(Role.CHILD))
    for tie in picture.person_ties:
        if tie.relation is Relation.CHILD and tie.b in household:
            children.add(tie.a)
    linked = {p.person_id for p in picture.parties if p.role is Role.CHILD and p.incident_id != picture.here}
    today = picture.as_of.astimezone(LONDON).date()
    young = {p.id for p in picture.people if p.id in household and under_18(p, today)} - set(suspects)
    return children | linked | young


def _where(picture: Picture) -> tuple[int | None, int | None]:
    here = picture.incident.place_id if picture.incident else None
    going_to = None
    for move in picture.moves:
        if move.kind == "at":
            here, going_to = move.place_id, None
        else:
            going_to = move.place_id
    if going_to is None and (on_way := merged.going_to(picture)) is not None:
        going_to = on_way.place_id
    return here, going_to
