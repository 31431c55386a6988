"""Words about civil orders: that one stands in a state, and that one of its terms may be engaged."""

from callhandler.model.assessment import Evidence
from callhandler.model.order import LIVE_FOR_RISK, Engaged, EngagedTerm
from callhandler.policy.words_known import OrderIs, OrderTerm
from callhandler.rules.history import History
from callhandler.rules.match.found import Match


def order(word: OrderIs, seen: History) -> Match | None:
    """Orders in these states that protect or bind somebody here."""
    found = [
        o
        for o in seen.orders
        if (o.state in word.states if word.states else o.state in LIVE_FOR_RISK)
        and (not word.types or o.order.type in word.types)
        and (not word.respondent_here or o.order.respondent_id in seen.suspects)
    ]
    if not found:
        return None
    return Match(
        tuple(Evidence("civil_order", o.order.id, f"{o.name}: {o.because}") for o in found),
        {"order": found[0].order.type, "state": found[0].state.value.replace("_", " ").lower()},
    )


def order_term(word: OrderTerm, seen: History) -> Match | None:
    """Terms of live orders that may be engaged; those of an order that binds her are left out."""
    found = [
        t
        for t in seen.terms
        if (not word.kinds or t.kind in word.kinds)
        and (word.which == "any" or (t.here if word.which == "here" else t.going_to))
        and _by(word, t)
        and t.standing.order.respondent_id not in seen.at_risk
    ]
    if not found:
        return None
    first = found[0]
    place = seen.picture.place(first.place_id)
    return Match(
        tuple(dict.fromkeys(e for t in found for e in t.because)),
        {
            "order": first.standing.order.type,
            "state": first.standing.state.value.replace("_", " ").lower(),
            "term": first.name,
            **({"place": place.label} if place else {}),
        },
    )


def _by(word: OrderTerm, engaged: EngagedTerm) -> bool:
    at_its_place = engaged.place_id is not None and (engaged.here or engaged.going_to)
    if word.by == "told":
        return engaged.how is Engaged.TOLD
    return word.by == "either" or at_its_place
