"""Which terms of live orders may be engaged by what was told, by where she is, by where she is going.

A person-attached term follows her; a place-attached one is tested against the place now and the place she is going to,
never against the home alone. What is not known is said with each; that anybody will be arrested is never said: reasonable
suspicion and necessity are an officer's to judge (orders brief 2, 6, 8, 12 traps 9, 10, 12, 18, 19, 20).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.order import (
    Attached,
    Engaged,
    EngagedTerm,
    Learned,
    OrderStanding,
    OrderState,
    Overlay,
    Term,
)
from callhandler.model.picture import Picture
from callhandler.model.when import When
from callhandler.policy.orders import OrderType, TermKind
from callhandler.policy.pack import Policy
from callhandler.rules.live_orders import without_notice

AWARE = (Learned.SERVED, Learned.AWARE, Learned.PRESENT, Learned.OWN_WORDS, Learned.COPY_SENT_TO_HIM)


@dataclass(frozen=True)
class Where:
    """Where she is, where she is going, who is at risk here and where they live; a place that is None is not known."""

    here: int | None
    going_to: int | None
    homes: frozenset[int]
    at_risk: frozenset[int]


def engaged_terms(
    picture: Picture,
    standings: Iterable[OrderStanding],
    told: Sequence[Disclosure],
    where: Where,
    policy: Policy,
) -> tuple[EngagedTerm, ...]:
    """Every term that may be engaged, of every order that is live for risk; in order of the orders and of the policy.

    `told` is what was told in the live incident. A term that nobody recorded may be engaged too, until somebody read the
    whole order: not recorded is not absent.
    """
    told = [d for d in told if d.stance is Stance.TOLD]
    found: list[EngagedTerm] = []
    for standing in standings:
        if standing.live_for_risk:
            judging = _Judging(picture, standing, policy.orders.get(standing.order.type), told, where)
            for kind in policy.pack.terms:
                found.extend(judging.of_kind(kind))
    return tuple(found)


def runs(term: Term, now: datetime) -> bool:
    """True unless the term's own end was checked and has passed."""
    return not (term.verified and term.expires is not None and term.expires <= now)


@dataclass(frozen=True)
class _Judging:
    picture: Picture
    standing: OrderStanding
    type: OrderType | None
    told: Sequence[Disclosure]
    where: Where

    def of_kind(self, kind: TermKind) -> Iterator[EngagedTerm]:
        order = self.standing.order
        recorded = [t for t in order.terms if t.kind == kind.id]
        for term in recorded:
            if runs(term, self.picture.as_of):
                yield from self._recorded(kind, term)
        if not order.terms_read:
            # What somebody recorded by ear does not make the list whole: one term more may never mean less concern.
            yield from self._perhaps(kind, [t for t in recorded if t.attached == kind.attached[0]])

    def _recorded(self, kind: TermKind, term: Term) -> Iterator[EngagedTerm]:
        if term.attached != Attached.PLACE:
            acts = self._acts(kind, kind.engaged_by)
            if acts:
                yield self._made(kind, term, Engaged.TOLD, True, self.where.going_to is not None, None, acts)
            return
        places = frozenset({term.place_id}) if term.place_id is not None else self.where.homes
        here, going = self.where.here in places, self.where.going_to in places
        acts = self._acts_at(kind, places)
        place = self.where.here if here else self.where.going_to if going else term.place_id
        if acts:
            yield self._made(kind, term, Engaged.TOLD, here, going, place, acts)
        elif here or going:
            yield self._made(kind, term, Engaged.IN_PLAY, here, going, place, ())

    def _perhaps(self, kind: TermKind, recorded: Sequence[Term]) -> Iterator[EngagedTerm]:
        """The order may hold such a term, or one of another place: nobody read the whole of it."""
        acts: list[Disclosure] = []
        here, going, place = True, self.where.going_to is not None, None
        if kind.attached[0] is Attached.PLACE:
            homes = self.where.homes - {t.place_id for t in recorded}
            here, going = self.where.here in homes, self.where.going_to in homes
            place = self.where.here if here else None
            acts = self._acts_at(kind, homes)
            if recorded:
                # What tells of a place wherever she was is counted with the place that was recorded.
                acts = [d for d in acts if self._was_at(d) in homes or self._was_at(d) is None]
        elif not recorded:
            acts = self._acts(kind, kind.engaged_by)
        if acts:
            yield self._made(kind, None, Engaged.TOLD, here, going, place, acts)

    def _acts_at(self, kind: TermKind, places: frozenset[int]) -> list[Disclosure]:
        """What was told while she was there, or while nobody knew where; and what tells of the place wherever she was."""
        return [
            d
            for d in self._acts(kind, (*kind.engaged_by, *kind.told_of_place))
            if d.indicator in kind.told_of_place or self._was_at(d) is None or self._was_at(d) in places
        ]

    def _was_at(self, told: Disclosure) -> int | None:
        """Where she was when it was told: moving on afterwards leaves it where it was."""
        moves = [m.place_id for m in self.picture.moves if m.kind == "at" and m.id < told.id]
        first = self.picture.incident.place_id if self.picture.incident else None
        return moves[-1] if moves else first

    def _acts(self, kind: TermKind, indicators: Iterable[str]) -> list[Disclosure]:
        wanted = set(indicators)
        return [d for d in self.told if d.indicator in wanted and self._by_respondent(d, kind)]

    def _by_respondent(self, told: Disclosure, kind: TermKind) -> bool:
        order = self.standing.order
        if told.about_id is not None and told.about_id == order.respondent_id:
            return True
        if order.respondent_id in self.where.at_risk:
            # Cross-orders: what is done to her never counts against the order that binds her.
            return False
        return told.about_id is None or (
            told.about_id != order.protected_id and (kind.by_others or order.respondent_id is None)
        )

    def _made(
        self,
        kind: TermKind,
        term: Term | None,
        how: Engaged,
        here: bool,
        going_to: bool,
        place_id: int | None,
        acts: Sequence[Disclosure],
    ) -> EngagedTerm:
        order = self.standing.order
        evidence = [Evidence("civil_order", order.id, self._cited(kind, term))]
        if term is not None:
            evidence = [Evidence("order_term", term.id, self._cited(kind, term))]
        evidence += [Evidence("disclosure", d.id, d.words or d.indicator.replace("-", " ")) for d in acts]
        return EngagedTerm(
            standing=self.standing,
            kind=kind.id,
            name=kind.name,
            term=term,
            how=how,
            here=here,
            going_to=going_to,
            place_id=place_id,
            because=tuple(evidence),
            not_known=tuple(dict.fromkeys(self._not_known(kind, term, how, acts))),
            citation=self._cited(kind, term),
        )

    def _cited(self, kind: TermKind, term: Term | None) -> str:
        name = self.standing.name or self.standing.order.type
        if term is None:
            return f"{name}: its terms are not all known; {_lower(kind.name)}, if it says so"
        place = self.picture.place(term.place_id)
        at = f", {place.label}" if place else ""
        metres = f", {term.metres} m" if term.metres else ""
        words = f" (“{term.text}”)" if term.text and term.text != kind.name else ""
        source = (
            "read in the order" if term.verified else f"told by {term.said_by or self.standing.order.source}"
        )
        return f"{name}: {_lower(kind.name)}{at}{metres}{words}; {source}"

    def _not_known(
        self,
        kind: TermKind,
        term: Term | None,
        how: Engaged,
        acts: Sequence[Disclosure],
    ) -> Iterator[str]:
        overlays = self.standing.overlays
        if term is None:
            yield "Whether the order has such a term"
        if how is Engaged.IN_PLAY:
            yield "Whether he comes, or was there: nothing is told of it"
        yield from self._whether_he_knew()
        if term is not None:
            yield from self._of_the_term(term)
        if (term.attached if term else kind.attached[0]) == Attached.PLACE:
            if term is None or term.place_id is None:
                yield "Which place the order names"
            if any(self._was_at(told) is None for told in acts):
                yield "Where it happened: it is not known where she was"
            elif any(self._elsewhere(told, term) for told in acts):
                yield "Where it happened: she was not at that place"
        if Overlay.EXPIRY_UNKNOWN in overlays:
            yield "When the order ends"
        if Overlay.NO_POWER_OF_ARREST in overlays:
            yield "Whether a power of arrest is attached to this term and still runs"
        for told in acts:
            if told.harmed_id is not None and told.harmed_id not in self._protected(term):
                name = self.picture.name_of(told.harmed_id)
                yield f"Whether the order names {name}; what is done to {name} is looked at by itself in any case"
        yield from kind.not_known

    def _elsewhere(self, told: Disclosure, term: Term | None) -> bool:
        places = {term.place_id} if term is not None and term.place_id is not None else self.where.homes
        return self._was_at(told) not in places

    def _whether_he_knew(self) -> Iterator[str]:
        order = self.standing.order
        signs = [f for f in order.facts if f.kind in AWARE and (f.at is None or f.at <= self.picture.as_of)]
        checked = next((f for f in signs if f.verified), None)
        if Overlay.SERVICE_UNKNOWN in self.standing.overlays:
            yield "Whether it was served on him"
        matters = self.type is None or self.type.aware_clause
        if not matters or without_notice(order) == "no" or checked:
            return
        if signs:
            yield f"That he knew of the order is told by {signs[0].said_by}, not checked"
        elif self.standing.state is not OrderState.LIVE:
            yield "Whether he knew of the order"

    def _of_the_term(self, term: Term) -> Iterator[str]:
        if term.expires is not None and not term.verified:
            yield f"Whether this term has ended: {When(term.expires).spoken()} is told, not checked"
        if term.exceptions:
            yield f"Whether an exception covers it: {term.exceptions}"
        elif not term.verified:
            yield "Whether it has exceptions, such as for children, court or a solicitor"
        if term.times:
            yield f"Whether it was within its times: {term.times}"
        if term.attached == Attached.PLACE and term.metres:
            yield f"How far away he was: the term says {term.metres} m"

    def _protected(self, term: Term | None) -> set[int | None]:
        return {self.standing.order.protected_id, term.protected_id if term else None}


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
