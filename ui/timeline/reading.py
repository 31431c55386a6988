"""From what the desk shows to what a timeline tells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callhandler.model.facts import PoliceWarning, Stance
from callhandler.model.incident import Call, CallOutcome, Direction, Incident
from callhandler.model.order import OrderState
from callhandler.model.picture import Picture
from callhandler.policy.pack import Policy
from callhandler.services.desk import OrderShown, View
from ui.common.words import clock, counted, order_state, tr
from ui.timeline import wording
from ui.timeline.story import Event, Form, Kind, Story, Tier, extent, in_order

WEIGHTS = {"grave": Tier.GRAVE, "serious": Tier.SERIOUS}
ENDED = {OrderState.DISCHARGED, OrderState.EXPIRED, OrderState.ENDED_INTERIM}
UNVERIFIED = {OrderState.DECLARED_UNVERIFIED}
BROKEN = {CallOutcome.SILENT, CallOutcome.ABANDONED, CallOutcome.LINE_CUT, CallOutcome.OTHER_SPEAKER}


@dataclass(frozen=True)
class Vocabulary:
    """What the policy says of words: how grave an indicator is, what a type is called, which are domestic."""

    weights: Mapping[str, Tier] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    domestic: frozenset[str] = frozenset()

    @classmethod
    def of(cls, policy: Policy) -> "Vocabulary":
        """The vocabulary of a policy."""
        return cls(
            weights={i.id: WEIGHTS.get(i.weight, Tier.OTHER) for i in policy.indicators.values()},
            types={t.id: t.name for t in policy.types.values()},
            domestic=frozenset(t.id for t in policy.types.values() if t.domestic),
        )


def story_of(view: View, vocabulary: Vocabulary) -> Story:
    """Everything that the timeline shows of a view, in order of time."""
    picture = view.picture
    past = {i.id for i in picture.linked}
    calls = [c for c in picture.calls if c.incident_id == picture.here]
    events = [
        *_incidents(picture, vocabulary),
        *(_warning(w, picture, past) for w in picture.police_warnings),
        *(_order(o, picture, past) for o in view.orders),
        *(_call(c, picture) for c in calls),
    ]
    opened = [picture.incident.opened.at.timestamp()] if picture.incident else []
    return Story(
        events=in_order(events),
        now=picture.as_of.timestamp(),
        live_from=min([*opened, *(c.at.timestamp() for c in calls)], default=None),
        missing=picture.missing_sources,
    )


def _incidents(picture: Picture, vocabulary: Vocabulary) -> Iterable[Event]:
    graver: dict[int, Tier] = {}
    for told in picture.disclosures:
        # A denial takes nothing back; it only adds nothing of its own.
        if told.stance is Stance.TOLD:
            weight = vocabulary.weights.get(told.indicator, Tier.OTHER)
            graver[told.incident_id] = max(graver.get(told.incident_id, Tier.OTHER), weight)
    people = {p.id: p for p in picture.people}
    named = {p.incident_id for p in picture.parties if (who := people.get(p.person_id)) and who.named}
    unanswered: dict[int, int] = {}
    for call in picture.calls:
        if call.direction is Direction.OUT and call.outcome is CallOutcome.NO_ANSWER:
            unanswered[call.incident_id] = unanswered.get(call.incident_id, 0) + 1
    for incident in picture.linked:
        tier = graver.get(incident.id, Tier.OTHER)
        yield _incident(incident, tier, incident.id not in named, unanswered.get(incident.id, 0), vocabulary)


def _incident(
    incident: Incident, tier: Tier, nameless: bool, unanswered: int, vocabulary: Vocabulary
) -> Event:
    start, end = extent(incident.opened)
    kind = vocabulary.types.get(incident.type, incident.type)
    when = incident.opened.spoken()
    notes = [wording.tier(tier)]
    notes += [tr("no names recorded")] if nameless else []
    notes += (
        [counted(unanswered, tr("call-back not answered"), tr("call-backs not answered"))]
        if unanswered
        else []
    )
    said = wording.first_sentence(incident.summary) or kind
    lines = [f"{when} · {kind} · {', '.join(notes)}", incident.summary, incident.outcome, incident.undone]
    return Event(
        key=f"incident:{incident.id}",
        kind=Kind.INCIDENT,
        start=start,
        end=end,
        text=", ".join([when, said, *notes]),
        tip="\n".join(line for line in lines if line),
        labels=wording.day_labels(incident.opened),
        incident_id=incident.id,
        coarse=end - start > 2 * 86_400,
        tier=tier,
        nameless=nameless,
        other_kind=bool(vocabulary.domestic) and incident.type not in vocabulary.domestic,
    )


def _warning(warning: PoliceWarning, picture: Picture, past: set[int]) -> Event:
    start, end = extent(warning.given)
    who = picture.name_of(warning.person_id)
    text = tr("{0}, police warned {1}: {2}").format(warning.given.spoken(), who, warning.terms)
    return Event(
        key=f"warning:{warning.id}",
        kind=Kind.WARNING,
        start=start,
        end=end,
        text=text,
        tip=text,
        incident_id=warning.incident_id if warning.incident_id in past else None,
        coarse=end - start > 2 * 86_400,
    )


def _order(shown: OrderShown, picture: Picture, past: set[int]) -> Event:
    standing, order = shown.standing, shown.standing.order
    name = shown.kind.name if shown.kind else order.type
    now = picture.as_of.timestamp()
    start = extent(order.made)[0] if order.made else order.known_at.timestamp()
    end, ended = now, standing.state in ENDED
    if ended:
        facts = [f.at for f in order.facts if f.verified and f.at is not None and f.at <= picture.as_of]
        last = (
            order.expires
            if standing.state is OrderState.EXPIRED and order.expires
            else max(facts, default=None)
        )
        end = min(last.timestamp(), now) if last else now
    who = f"{picture.name_of(order.respondent_id)} → {picture.name_of(order.protected_id)}"
    begun = (
        tr("made {0}").format(order.made.spoken_day())
        if order.made
        else tr("told of {0}").format(clock(order.known_at))
    )
    until = tr("to {0}").format(f"{order.expires:%d %b %Y}") if order.expires else tr("end not known")
    parts = [
        name,
        order_state(standing),
        begun,
        tr("until further order") if order.until_further_order else until,
    ]
    return Event(
        key=f"order:{order.id}",
        kind=Kind.ORDER,
        start=start,
        end=max(end, start),
        text=", ".join(parts),
        tip="\n".join([*parts, who, standing.because]),
        labels=wording.order_labels(name, standing),
        incident_id=order.incident_id if order.incident_id in past else None,
        verified=standing.state not in UNVERIFIED,
        ended=ended,
    )


def _call(call: Call, picture: Picture) -> Event:
    at = call.at.timestamp()
    time = clock(call.at)
    who = call.speaker or tr("no speaker named")
    if call.direction is Direction.OUT:
        missed = call.outcome is not CallOutcome.ANSWERED
        form = Form.UNANSWERED if missed else Form.CALL_BACK
        text = f"{time}, {tr('rang back, not answered') if missed else tr('rang back, {0}').format(who)}"
        labels: tuple[str, ...] = (
            (f"{time} {tr('we rang, no answer')}", time) if missed else (f"{time} {tr('we rang back')}", time)
        )
    else:
        form = Form.BROKEN if call.outcome in BROKEN else Form.TAKEN
        outcome = call.outcome.value.replace("_", " ")
        text = f"{time}, {tr('call from')} {who}, {outcome}"
        labels = (f"{time} {outcome}", time) if form is Form.BROKEN else (time,)
    told = [d.words for d in picture.disclosures if d.call_id == call.id and d.stance is Stance.TOLD]
    return Event(
        key=f"call:{call.id}",
        kind=Kind.CALL,
        start=at,
        end=at,
        text=text,
        tip="\n".join([text, *told]),
        labels=labels,
        form=form,
    )
