"""What a screen shows of an incident, read once: picture, warnings, clocks, orders, questions, needs."""

from dataclasses import dataclass, field

from callhandler.errors import BadInput
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import Assessment, Need, Request, Ruling
from callhandler.model.order import EngagedTerm, OrderStanding
from callhandler.model.picture import Picture
from callhandler.model.proposal import Proposal
from callhandler.model.sameness import SameAs
from callhandler.model.strength import Reason
from callhandler.policy.entries import Grade
from callhandler.policy.orders import OrderTable, OrderType
from callhandler.policy.pack import Policy
from callhandler.rules import ask, guard, history, linked, location, manner, undone, waiting
from callhandler.rules.ask import Asked
from callhandler.rules.assess import assess
from callhandler.rules.clocks import Clocks, grade_named, grade_of_rank
from callhandler.rules.history import History
from callhandler.rules.legal_clocks import Due, clocks_of
from callhandler.rules.location import Whereabouts
from callhandler.rules.manner import Speaking
from callhandler.rules.propose import proposals_for
from callhandler.rules.to_do import ToDo, to_do_now
from callhandler.rules.waiting import Waiting
from callhandler.services import effects, wanted
from callhandler.services.as_one import called_of
from callhandler.services.board import OpenIncident, on_board, urgency, waiting_request
from callhandler.services.office import DESK, REVIEW, Office, require
from callhandler.services.situation import situation_of
from callhandler.services.unseen import kept_from
from callhandler.store import changes, pictures, presence
from callhandler.store.changes import Changes
from callhandler.store.still_open import StillOpen
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True)
class OrderShown:
    """An order with its state, what the policy says about its type and its doubts, and which terms may be engaged.

    With `of_others` it protects nobody here: whom her order is against has it towards somebody else.
    """

    standing: OrderStanding
    kind: OrderType | None
    table: OrderTable = field(default_factory=OrderTable)
    engaged: tuple[EngagedTerm, ...] = ()
    clocks: tuple[Due, ...] = ()
    binds_her: bool = False
    of_others: bool = False

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is not known of it, in the policy's words. None of it ends the order."""
        return tuple(self.table.show(overlay) for overlay in self.standing.overlays)


@dataclass(frozen=True)
class View:
    """Everything about one incident at one instant, for a screen, a terminal or a replay.

    `picture` has whoever was judged to be one as one; `records` is the same with each record under its own id, for what is
    judged of records. `asked` is what the guard says now of `request`, the lowering that waits. `reasons` says by past
    incident why it is shown, `links` the same with how strong each reason is. `stands_since` says by warning that it was
    raised while records were read as one that are so no longer. `his` are whoever is named as a suspect; while nobody is,
    whoever may be meant, else whom her orders are against.
    """

    picture: Picture
    records: Picture
    assessment: Assessment
    clocks: Clocks
    orders: tuple[OrderShown, ...]
    questions: tuple[Asked, ...]
    to_do: tuple[ToDo, ...]
    rulings: tuple[Ruling, ...]
    standing_grade: Grade | None
    floor_grade: Grade | None
    request: Request | None
    asked: Ruling | None
    reasons: dict[int, str]
    links: dict[int, tuple[Reason, ...]]
    speaking: Speaking
    where: Whereabouts
    waiting: Waiting
    proposals: tuple[Proposal, ...] = ()
    his: frozenset[int] = frozenset()
    term_names: dict[str, str] = field(default_factory=dict)
    type_names: dict[str, str] = field(default_factory=dict)
    stands_since: dict[str, str] = field(default_factory=dict)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the lowering that waits still lacks."""
        return self.asked.needs if self.asked else ()


class Desk:
    """Reading for the screen. Nothing here writes."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._open = StillOpen()

    def view(self, actor: Actor, incident_id: int) -> View:
        """Read and judge one incident as of now. Raises BadInput when there is none.

        Whoever does not work at a desk sees no address that is withheld.
        """
        require(actor, *DESK, *REVIEW, *self._training)
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
            present = presence.signed_in(connection, Right.SUPERVISOR, now, other_than=actor.user_id)
            kept = kept_from(connection, actor, self._training)
        if picture.incident is None:
            raise BadInput(f"There is no incident {incident_id} here.")
        return kept.out_of_all(view_of(picture, self._office, actor.user_id, present))

    def board(self, actor: Actor) -> tuple[OpenIncident, ...]:
        """Every open incident, overdue first, then by urgency."""
        require(actor, *DESK, *REVIEW, *self._training)
        now = self._office.clock.now()
        found = []
        with reading(self._office.engine) as connection:
            kept = kept_from(connection, actor, self._training)
            for incident_id in self._open.ids(connection):
                picture = pictures.of_incident(connection, incident_id, now)
                seen = history.read(picture, self._office.policy)
                found.append(on_board(seen.picture, seen.clocks, self._office))
        return kept.out_of_all(tuple(sorted(found, key=urgency)))

    @property
    def _training(self) -> tuple[Right, ...]:
        """A trainer looks into a training store; a live one is opened for a purpose, which is recorded."""
        return (Right.TRAINER,) if self._office.kind == "TRAINING" else ()

    def newest(self) -> int:
        """The newest record's place in the order of receipt: where listening for other desks starts."""
        with reading(self._office.engine) as connection:
            return changes.newest(connection)

    def changes(self, since: int) -> Changes:
        """What any desk recorded after `since`: the incidents touched, and the log lines that say who and when."""
        with reading(self._office.engine) as connection:
            return changes.since(connection, since)

    def waiting(self, actor: Actor) -> tuple[tuple[int, Request], ...]:
        """Requests that lack nothing but a supervisor's answer, other than the asker's: incident and request."""
        require(actor, Right.SUPERVISOR)
        asked = [(line.incident_id, line.request) for line in self.board(actor) if line.request is not None]
        return tuple((i, r) for i, r in asked if r.author_id != actor.user_id and self._is_whole(actor, i, r))

    def _is_whole(self, actor: Actor, incident_id: int, request: Request) -> bool:
        view = self.view(actor, incident_id)
        asked = _asked(request, view.picture, view.assessment, True, self._office)
        return asked is not None and {n.code for n in asked.needs} == {"agreement"}


def view_of(
    picture: Picture,
    office: Office,
    author_id: int,
    supervisor_signed_in: bool,
) -> View:
    """The view of a picture: the same for the live desk, a replay and a past moment."""
    policy = office.policy
    seen = history.read(picture, policy)
    assessment = assess(picture, policy, seen)
    situation = situation_of(picture, assessment, author_id, supervisor_signed_in, policy, seen)
    standing, request = picture.standing, waiting_request(picture)
    spoken = manner.speaking(picture, policy)
    why = linked.reasons(picture, (*seen.orders, *seen.other_orders))
    return View(
        picture=seen.shown,
        records=picture,
        assessment=assessment,
        clocks=seen.clocks,
        orders=tuple(_shown(o, seen, policy) for o in (*seen.other_orders, *seen.orders)),
        questions=ask.questions_for(seen, policy, assessment.standing, spoken.now),
        speaking=spoken,
        where=location.where(seen, policy.scheme.locating),
        waiting=waiting.read(picture, policy.scheme),
        to_do=to_do_now(assessment, policy, picture.tasks),
        rulings=guard.probe(situation, policy.scheme, policy.gates),
        standing_grade=grade_named(policy.scheme, standing.grade) if standing else None,
        floor_grade=grade_of_rank(policy.scheme, assessment.floor_rank),
        request=request,
        asked=_asked(request, picture, assessment, supervisor_signed_in, office),
        term_names={t.id: t.name for t in policy.pack.terms},
        type_names={t.id: t.name for t in policy.pack.types},
        reasons={
            i.id: linked.in_words(why.get(i.id, ())) for i in (*picture.linked, *picture.apart.incidents)
        },
        links=why,
        stands_since=_stands_since(office, picture, assessment),
        proposals=proposals_for(seen, policy),
        his=seen.suspects or seen.respondents,
    )


def _stands_since(office: Office, picture: Picture, assessment: Assessment) -> dict[str, str]:
    """Nothing is read unless there is such a warning."""
    found = undone.raised_then(picture, assessment)
    if not found:
        return {}
    with reading(office.engine) as connection:
        called = called_of(connection, (record for each in found.values() for record in each.records))
    return {code: undone.in_words(each, picture, called) for code, each in found.items()}


def _asked(
    request: Request | None, picture: Picture, assessment: Assessment, supervised: bool, office: Office
) -> Ruling | None:
    """What the guard says of a request, as its asker would be told."""
    if request is None:
        return None
    policy = office.policy
    asked = wanted.of(request)
    situation = situation_of(
        picture, assessment, request.author_id, supervised, policy, request_id=request.id
    )
    change = effects.change_of(
        asked, picture, assessment, policy, lambda judged: _supposed(office, picture, judged)
    )
    return guard.rule(asked.act, asked.grade, asked.rank, situation, policy.gates, request, change)


def _supposed(office: Office, picture: Picture, judged: tuple[SameAs, ...]) -> Picture:
    with reading(office.engine) as connection:
        return pictures.of_incident(connection, picture.here, picture.as_of, picture.upto, judged)


def _shown(standing: OrderStanding, seen: History, policy: Policy) -> OrderShown:
    engaged = tuple(t for t in seen.terms if t.standing.order.id == standing.order.id)
    kind = policy.orders.get(standing.order.type)
    due = clocks_of(standing.order, kind) if standing.live_for_risk else ()
    binds_her = standing.order.respondent_id in seen.at_risk
    of_others = standing in seen.other_orders
    return OrderShown(standing, kind, policy.pack.order_states, engaged, due, binds_her, of_others)
