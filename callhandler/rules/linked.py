"""Why each past incident is shown: the reason in plain words, how strong it is and why, strongest first."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from callhandler.model.incident import Incident
from callhandler.model.order import Order, OrderStanding
from callhandler.model.people import Relation, Role, Tie
from callhandler.model.picture import Cut, Link, Picture, Via
from callhandler.model.sameness import PERSON, PLACE, SameAs, Sameness, counting, records_of
from callhandler.model.strength import STRONGEST_FIRST, Reason, Strength
from callhandler.model.when import Precision, When

HOMES = (Tie.LIVES, Tie.FAMILY_HOME, Tie.STAYS)
INTIMATE = (Relation.PARTNER, Relation.EX_PARTNER)
HARMED = (Role.AT_RISK, Role.CHILD)
SHARED_PLACES = ("building", "premises", "street", "block", "site")
"""Kinds of place that many share who have nothing to do with each other."""

_OF = {r: r.value for r in Relation} | {Relation.EX_PARTNER: "former partner", Relation.OTHER: "known to"}
_OF_BACK = _OF | {Relation.PARENT: "child", Relation.CHILD: "parent"}


def reasons(picture: Picture, orders: Sequence[OrderStanding] = ()) -> dict[int, tuple[Reason, ...]]:
    """Every reason of every past incident shown, the strongest first; `orders` are its orders as judged, where known."""
    told = _Told(picture, orders)
    found: dict[int, list[Reason]] = defaultdict(list)
    for link in (*picture.links, *picture.apart.links):
        found[link.incident_id].append(told.reason(link))
    order = list(Via)
    return {
        incident: tuple(
            sorted(
                dict.fromkeys(all_),
                key=lambda r: (STRONGEST_FIRST.index(r.strength), order.index(r.via)),
            )
        )
        for incident, all_ in found.items()
    }


def in_words(found: tuple[Reason, ...]) -> str:
    """Reasons in one line, without their strength."""
    return ", ".join(dict.fromkeys(r.words for r in found))


def reason_linked(picture: Picture, incident: Incident) -> str:
    """Why a past incident is shown, in words, strongest reason first."""
    return in_words(reasons(picture).get(incident.id, ()))


def cut_in_words(cut: Cut, picture: Picture) -> str:
    """What is held and not shown: the newest, how many of how many, through which subject; what bears risk besides."""
    of = f"more than {cut.of:,}" if cut.more else f"{cut.of:,}"
    what = {
        "incidents": "incidents",
        "possible": "possible incidents",
        "people": "people",
        "relations": "relations",
        "respondents": "people whom her orders are against",
        "suspected": "suspects of earlier reports, with what else they are in,",
    }
    older = f", and {cut.bearing:,} older that bear risk" if cut.bearing else ""
    return f"{cut.shown:,} newest of {of} {what.get(cut.what, cut.what)}{_through(cut, picture)}{older} shown"


def _through(cut: Cut, picture: Picture) -> str:
    if cut.subject == "person":
        return f" of {picture.name_of(cut.subject_id)}"
    if cut.subject == "place":
        place = picture.place(cut.subject_id)
        return f" at {place.label}" if place else " at this place"
    if cut.subject == "number":
        number = next((n for n in picture.numbers if n.id == cut.subject_id), None)
        return f" with number {number.as_given or number.e164}" if number else " with this number"
    return {"vehicle": " with this vehicle", "relatives": " of a relative"}.get(cut.subject, "")


class _Told:
    """The reasons of one picture; what several of them ask is worked out once."""

    def __init__(self, picture: Picture, orders: Sequence[OrderStanding]) -> None:
        self.picture = picture
        self.orders = {o.order.id: o for o in orders}
        self.roles: dict[tuple[int, int], set[Role]] = defaultdict(set)
        for party in (*picture.parties, *picture.apart.parties):
            self.roles[party.incident_id, party.person_id].add(party.role)
        self.own = {person for incident, person in self.roles if incident == picture.here}
        self.suspects = records_of(picture.clusters, PERSON, picture.with_role(Role.SUSPECT))
        self.users: dict[int, set[int]] = defaultdict(set)
        for tie in picture.number_ties:
            self.users[tie.number_id].add(min(picture.records_of(tie.person_id)))
        self.homes: dict[int, list[int]] = defaultdict(list)
        for home in picture.place_ties:
            if home.tie in HOMES:
                self.homes[home.place_id].append(home.person_id)
        self.judged = [j for j in counting(picture.sameness).values() if j.verdict is Sameness.SAME]
        self.harmed: dict[int, list[int]] = defaultdict(list)
        for incident, person in self.roles:
            if self.roles[incident, person] & set(HARMED):
                self.harmed[incident].append(person)
        self.crowded = {(c.subject, c.subject_id) for c in picture.cuts}
        self.hostels = {c.subject_id for c in picture.cuts if c.what == "people" and c.subject == "place"}

    def reason(self, link: Link) -> Reason:
        words: dict[Via, Callable[[Link], Reason]] = {
            Via.PERSON: self._person,
            Via.NUMBER: self._number,
            Via.PLACE: self._place,
            Via.SUSPECT: self._suspect,
            Via.VEHICLE: self._vehicle,
            Via.KEEPER: self._keeper,
            Via.RELATION: self._relation,
        }
        return words[link.via](link)

    def _person(self, link: Link) -> Reason:
        name, judged = self.picture.name_of(link.subject_id), self._joined(PERSON, link.subject_id)
        return Reason(Via.PERSON, Strength.CONFIRMED, name, judged)

    def _suspect(self, link: Link) -> Reason:
        him, incident = link.subject_id, link.incident_id
        name = self.picture.name_of(him)
        words = f"{name} {'as suspect' if Role.SUSPECT in self.roles[incident, him] else '(suspect here)'}"
        others = [p for p in self.harmed[incident] if p not in self.own and p != him]
        if others and Role.SUSPECT in self.roles[incident, him]:
            words += f", {' and '.join(self.picture.name_of(p) for p in others[:2])} at risk there"
        if him in self.suspects:
            return Reason(Via.SUSPECT, Strength.CONFIRMED, words, self._joined(PERSON, him))
        related, order = self._related(him), self._bound(him)
        if order is None:
            report = "" if related else self._report(him, incident)
            words += f", suspect of the report of {report}" if report else ""
            why = "; ".join(filter(None, (related, "nobody named him here")))
            return Reason(Via.SUSPECT, Strength.POSSIBLE if report else Strength.LIKELY, words, why)
        words += f", respondent of the order {self._of(order)}"
        judged = self.orders.get(order.id)
        strength = Strength.LIKELY if related or judged is None or judged.live_for_risk else Strength.POSSIBLE
        state = f"{judged.name}: {judged.because}" if judged else ""
        why = "; ".join(filter(None, (related, state, "nobody named him here")))
        return Reason(Via.SUSPECT, strength, words, why)

    def _bound(self, him: int) -> Order | None:
        """The order that protects somebody here from him: one in force before one that is not, the newest of each."""
        his = records_of(self.picture.clusters, PERSON, [him])
        hers = records_of(self.picture.clusters, PERSON, self.own - self.suspects)
        found = [o for o in self.picture.orders if o.respondent_id in his and o.protected_id in hers]
        judged = self.orders
        return max(
            found,
            key=lambda o: (o.id not in judged or judged[o.id].live_for_risk, o.id),
            default=None,
        )

    def _report(self, him: int, other_than: int) -> str:
        """The day of the newest other report in which he was the suspect and somebody of this call at risk; else nothing."""
        his = records_of(self.picture.clusters, PERSON, [him])
        hers = records_of(self.picture.clusters, PERSON, self.own - self.suspects)
        found = [
            i.opened
            for i in self.picture.linked
            if i.id != other_than
            and any(Role.SUSPECT in self.roles[i.id, p] for p in his)
            and any(self.roles[i.id, p] & set(HARMED) for p in hers)
        ]
        return max(found, key=lambda opened: opened.at).spoken_day() if found else ""

    def _of(self, order: Order) -> str:
        """Whom an order protects, and when it was made or told of."""
        made = (
            order.made if order.made is not None and order.made.precision is not Precision.UNKNOWN else None
        )
        day = made.spoken_day() if made else When(order.known_at, Precision.DAY).spoken_day()
        return f"for {self.picture.name_of(order.protected_id)}, {'made' if made else 'told of'} {day}"

    def _number(self, link: Link) -> Reason:
        users = self.users[link.subject_id]
        if len(users) == 1:
            why = f"only {self.picture.name_of(next(iter(users)))} is known to use it"
            return Reason(Via.NUMBER, Strength.LIKELY, "same number", why)
        why = f"shared: {len(users)} people are known to use it" if users else "nobody is known to use it"
        if ("number", link.subject_id) in self.crowded:
            why = f"shared by many: {len(users)} people and more"
        return Reason(Via.NUMBER, Strength.POSSIBLE, "same number", why)

    def _place(self, link: Link) -> Reason:
        place = self.picture.place(link.subject_id)
        words = place.label if place else "same place"
        judged = self._joined(PLACE, link.subject_id)
        at_home = [p for p in self.homes[link.subject_id] if p in self.own and p not in self.suspects]
        if ("place", link.subject_id) in self.crowded and (not at_home or link.subject_id in self.hostels):
            return Reason(Via.PLACE, Strength.POSSIBLE, words, "the place alone: too much happens there")
        if at_home:
            why = f"home of {self.picture.name_of(at_home[0])}"
            return Reason(Via.PLACE, Strength.LIKELY, words, "; ".join(filter(None, (why, judged))))
        if place is not None and place.kind in SHARED_PLACES:
            return Reason(Via.PLACE, Strength.POSSIBLE, words, "the building or street alone")
        return Reason(Via.PLACE, Strength.LIKELY, words, judged or "the very place")

    def _vehicle(self, link: Link) -> Reason:
        named = next((v for v in self.picture.vehicles_named if v.id == link.subject_id), None)
        words = f"vehicle {plate_spoken(named.registration)}" if named else "same vehicle"
        return Reason(Via.VEHICLE, Strength.LIKELY, words, "the registration; who drove it is not known")

    def _keeper(self, link: Link) -> Reason:
        every = (*self.picture.apart.vehicles, *self.picture.vehicles)
        kept = next((v for v in every if v.id == link.subject_id), None)
        words = f"{self.picture.name_of(kept.person_id)} has the vehicle" if kept else "has the same vehicle"
        plate = f"registration {kept.registration}" if kept else "the registration"
        return Reason(Via.KEEPER, Strength.POSSIBLE, words, f"{plate}; who drove it is not known")

    def _relation(self, link: Link) -> Reason:
        who = link.subject_id
        related = self._related(who) or self._lives_with(who) or "related"
        why = "the relation's own: nobody of this call is known to be in it"
        if any(incident == link.incident_id and person in self.own for incident, person in self.roles):
            why = "the relation is in it too"
        return Reason(Via.RELATION, Strength.POSSIBLE, f"{self.picture.name_of(who)}, {related}", why)

    # words

    def _related(self, person: int) -> str:
        for tie in reversed(self.picture.person_ties):
            if tie.a == person and tie.b in self.own - self.suspects:
                return f"{_OF[tie.relation]} of {self.picture.name_of(tie.b)}".replace(
                    "known to of", "known to"
                )
            if tie.b == person and tie.a in self.own - self.suspects:
                return f"{_OF_BACK[tie.relation]} of {self.picture.name_of(tie.a)}".replace(
                    "known to of", "known to"
                )
        return ""

    def _lives_with(self, person: int) -> str:
        ties = (*self.picture.place_ties, *self.picture.apart.place_ties)
        for tie in reversed(ties):
            hers = [p for p in self.homes[tie.place_id] if p in self.own - self.suspects]
            if tie.person_id == person and tie.tie in HOMES and hers:
                return f"same home as {self.picture.name_of(hers[0])}"
        return ""

    def _joined(self, kind: str, record: int) -> str:
        """By whose judgement a record is read as one known here, and since when; nothing where it is that very record."""
        mine = records_of(self.picture.clusters, kind, [record])
        if len(mine) == 1 or (kind == PERSON and record in self.own):
            return ""
        found = next((j for j in reversed(self.judged) if j.kind == kind and record in (j.a, j.b)), None)
        return judged_in_words(found, self.picture) if found else ""


def judged_in_words(judged: SameAs, picture: Picture) -> str:
    """A judgement of two records in words: what, by whom, since when, why."""
    said = {
        Sameness.SAME: "judged to be the same as",
        Sameness.NOT_SAME: "judged not to be the same as",
        Sameness.WITHDRAWN: "no longer judged of",
    }[judged.verdict]
    others = records_of(picture.clusters, judged.kind, (judged.a, judged.b))
    here = {p.person_id for p in picture.parties if p.incident_id == picture.here} & others
    other = min(here, default=judged.a)
    name = (
        picture.name_of(other)
        if judged.kind == PERSON
        else (p.label if (p := picture.place(other)) else "it")
    )
    since = When(judged.at, Precision.DAY).spoken_day()
    return f"{said} {name} by {judged.author} on {since}" + (f": {judged.reason}" if judged.reason else "")


def plate_spoken(registration: str) -> str:
    """A registration as most people write it."""
    return f"{registration[:-3]} {registration[-3:]}" if len(registration) > 4 else registration
