"""Words about civil orders: that one stands in a state, and that one of its terms may be engaged."""

from callhandler.model.assessment import Evidence
from callhandler.model.order import LIVE_FOR_RISK, Engaged, EngagedTerm, OrderStanding
from callhandler.policy.words_known import OrderIs, OrderTerm, RespondentMeant
from callhandler.rules.history import History
from callhandler.rules.match.found import Match
from callhandler.rules.respondents import protects


def order(word: OrderIs, seen: History) -> Match | None:
    """Orders in these states that protect or bind somebody here."""
    found = [
        o
        for o in seen.orders
        if (o.state in word.states if word.states else o.state in LIVE_FOR_RISK)
        and (not word.types or o.order.type in word.types)
        and (not word.respondent_here or o.order.respondent_id in seen.suspects)
    ]
    return _orders(found, seen) if found else None


def _orders(found: list[OrderStanding], seen: History) -> Match:
    """The sentence is of one that protects her, where one does."""
    first = next((o for o in found if protects(o.order, seen.at_risk)), found[0])
    return Match(
        tuple(Evidence("civil_order", o.order.id, f"{o.name}: {o.because}") for o in found),
        {"order": first.order.type, "state": first.state.value.replace("_", " ").lower()},
    )


def respondent_meant(_word: RespondentMeant, seen: History) -> Match | None:
    """Orders in force whose respondent is looked at as the suspect though nobody named him."""
    meant = seen.respondents & seen.suspects - seen.named
    found = [
        o
        for o in seen.orders
        if o.live_for_risk and o.order.respondent_id in meant and protects(o.order, seen.at_risk)
    ]
    if not found:
        return None
    who = dict.fromkeys(seen.picture.name_of(o.order.respondent_id) for o in found)
    return _orders(found, seen).joined(Match(values={"who": ", ".join(who)}))


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
