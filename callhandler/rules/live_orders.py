"""Whether an order is live at an instant: the decision table of the law brief (first row that matches decides).

FLA 1996 s.42A: a non-molestation order has effect when made; an offence needs that he was aware of an order made
without notice. Nothing but a verified end takes an order out of the warnings.
"""

from collections.abc import Iterable
from dataclasses import replace

from callhandler.model.order import Order, OrderFact, OrderStanding, OrderState, Overlay
from callhandler.model.picture import Picture
from callhandler.policy.entries import OrderType

ENDED = ("discharged", "dismissed")
AWARE = ("served", "aware", "present")


def standing_orders(picture: Picture, types: dict[str, OrderType]) -> tuple[OrderStanding, ...]:
    """Every order of the picture with its state at the picture's instant."""
    judged = (judge(order, types.get(order.type), picture) for order in picture.orders)
    return tuple(
        replace(standing, name=kind.name if (kind := types.get(standing.order.type)) else standing.order.type)
        for standing in judged
    )


def judge(order: Order, kind: OrderType | None, picture: Picture) -> OrderStanding:
    """One order's state. An order type that the policy does not know is judged without awareness rules, as live."""
    now = picture.as_of
    facts = [f for f in order.facts if f.at is None or f.at <= now]

    def found(kinds: Iterable[str], *, verified: bool = False) -> OrderFact | None:
        return next((f for f in facts if f.kind in kinds and (f.verified or not verified)), None)

    ended = found(ENDED, verified=True)
    if ended:
        return _standing(order, OrderState.DISCHARGED, (), f"verified by {ended.said_by}")
    extended = found(("extended",))
    expiry_known = found(("expired",), verified=True)
    # A police notice runs until its application is decided, however long that takes: its 48 hours end nothing.
    runs_out = order.expires is not None and order.expires <= now and not (kind and kind.police_notice)
    if (expiry_known or (runs_out and _verified(order))) and not extended:
        return _standing(order, OrderState.EXPIRED, (), "verified expiry passed")
    if kind and (kind.interim or kind.police_notice) and found(("main_decided",), verified=True):
        return _standing(order, OrderState.ENDED_INTERIM, (), "the main application was decided")
    overlays = tuple(_overlays(order, kind, facts, picture))
    if order.made and _verified(order) and order.made.at > now:
        return _standing(order, OrderState.NOT_YET, overlays, "not in force yet")
    if not _verified(order):
        return _standing(order, OrderState.DECLARED_UNVERIFIED, overlays, f"known only from {order.source}")
    aware = found(AWARE)
    if kind and kind.aware_clause and order.without_notice != "no" and not kind.police_notice and not aware:
        return _standing(
            order, OrderState.LIVE_UNSERVED, overlays, "in force; that he knew of it is not established"
        )
    because = f"{aware.kind}, says {aware.said_by}" if aware else "in force"
    return _standing(order, OrderState.LIVE, overlays, because)


def _verified(order: Order) -> bool:
    return order.source in ("copy", "court", "police") or any(
        f.kind == "copy" and f.verified for f in order.facts
    )


def _overlays(
    order: Order, kind: OrderType | None, facts: list[OrderFact], picture: Picture
) -> Iterable[Overlay]:
    hearings = [f for f in facts if f.kind == "return_hearing" and f.at and f.at <= picture.as_of]
    if hearings and not any(f.kind == "return_outcome" for f in facts):
        yield Overlay.RETURN_OUTCOME_UNKNOWN
    if any(f.kind == "varied" for f in facts) and not any(f.kind == "aware_of_variation" for f in facts):
        yield Overlay.VARIATION_UNKNOWN
    if kind and kind.power_attached and not any(f.kind == "power_of_arrest" and f.verified for f in facts):
        yield Overlay.NO_POWER_OF_ARREST
    if kind and kind.served_to_bind and not any(f.kind == "served" for f in facts):
        yield Overlay.SERVICE_UNKNOWN
    if order.expires is None and not order.until_further_order:
        yield Overlay.EXPIRY_UNKNOWN


def _standing(order: Order, state: OrderState, overlays: tuple[Overlay, ...], because: str) -> OrderStanding:
    return OrderStanding(order, state, overlays, because)
