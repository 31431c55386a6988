"""Whether an order is live at an instant: reads the policy's decision table, whose first row that matches decides.

FLA 1996 s.42A: a non-molestation order has effect when made; an offence needs that he was aware of an order made
without notice. Nothing but a verified end takes an order out of the warnings.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from callhandler.model.order import (
    ENDED_STATES,
    RECORD_SOURCES,
    Learned,
    Order,
    OrderFact,
    OrderStanding,
    OrderState,
    Overlay,
)
from callhandler.model.picture import Picture
from callhandler.model.when import Precision
from callhandler.policy.orders import OrderTable, OrderType, OrderWhen
from callhandler.policy.pack import Policy


def standing_orders(picture: Picture, policy: Policy) -> tuple[OrderStanding, ...]:
    """Every order of the picture with its state at the picture's instant."""
    table, types = policy.pack.order_states, policy.orders
    judged = (judge(order, types.get(order.type), picture.as_of, table) for order in picture.orders)
    return tuple(
        replace(standing, name=kind.name if (kind := types.get(standing.order.type)) else standing.order.type)
        for standing in judged
    )


def judge(order: Order, kind: OrderType | None, now: datetime, table: OrderTable) -> OrderStanding:
    """One order's state. A type that the policy does not know has no awareness rules and no ends of its own.

    Where no row decides the order counts as live: a table that says nothing ends nothing.
    """
    seen = _Order(order, kind, now)
    for row in table.rows:
        matched = next((when for when in row.when if seen.holds(when)), None)
        if matched is None and row.when:
            continue
        by = seen.which(matched) if matched else None
        because = row.because.format(
            fact=by.kind.replace("_", " ") if by else "told",
            said_by=by.said_by if by else order.known_from,
            source=order.known_from,
        )
        doubts = () if row.state in ENDED_STATES else _doubts(seen, table)
        return OrderStanding(order, row.state, tuple(doubts), because, shown=row.show)
    return OrderStanding(order, OrderState.LIVE, tuple(_doubts(seen, table)), "no row of the table decides")


def without_notice(order: Order) -> str:
    """Whether it was made without notice: by what was checked, else as it was first recorded."""
    checked = {f.kind for f in order.facts if f.verified}
    if Learned.WITHOUT_NOTICE in checked:
        return "yes"
    return "no" if Learned.ON_NOTICE in checked else order.without_notice


def _doubts(seen: "_Order", table: OrderTable) -> Iterable[Overlay]:
    return (o.overlay for o in table.overlays if any(seen.holds(when) for when in o.when))


@dataclass(frozen=True)
class _Order:
    """An order as the words of the table ask about it."""

    order: Order
    kind: OrderType | None
    now: datetime

    def holds(self, when: OrderWhen) -> bool:
        """True when everything that `when` says holds."""
        return all(
            (
                not when.learned or self._found(when.learned, verified=when.verified) is not None,
                not when.not_learned or self._found(when.not_learned) is None,
                not when.passed or any(f.at is not None for f in self._by_now(when.passed)),
                when.known_from is None or (when.known_from == "record") == self.order.verified,
                all(self._is(flag) for flag in when.type_is),
                not any(self._is(flag) for flag in when.type_is_not),
                not when.notice or without_notice(self.order) in when.notice,
                when.made is None or self._to_come(),
                when.expiry is None or self._expiry() == when.expiry,
                when.power is None or not self._power_runs(),
            )
        )

    def which(self, when: OrderWhen) -> OrderFact | None:
        """The fact that made `when` hold."""
        return self._found(when.learned, verified=when.verified) if when.learned else None

    def _is(self, flag: str) -> bool:
        return self.kind is not None and bool(getattr(self.kind, flag))

    def _by_now(self, kinds: Collection[Learned]) -> list[OrderFact]:
        return [f for f in self.order.facts if f.kind in kinds and (f.at is None or f.at <= self.now)]

    def _found(self, kinds: Collection[Learned], *, verified: bool = False) -> OrderFact | None:
        # The earliest, not the first received: in which order things were learned changes nothing.
        found = [f for f in self._by_now(kinds) if f.verified or not verified]
        return min(found, key=lambda f: (f.at or self.now, f.kind, f.said_by), default=None)

    def _to_come(self) -> bool:
        made = self.order.made
        dated = made and made.precision is not Precision.UNKNOWN and self.order.source in RECORD_SOURCES
        dates = [made.at] if made and dated else []
        dates += [f.at for f in self.order.facts if f.kind == Learned.MADE and f.verified and f.at]
        return bool(dates) and min(dates) > self.now

    def _expiry(self) -> str:
        order = self.order
        named = [f for f in order.facts if f.kind in (Learned.EXPIRY, Learned.EXTENDED)]
        told = [f.until for f in named if f.until] + ([order.expires] if order.expires else [])
        checked = [f.until for f in named if f.until and f.verified]
        if order.expires and order.source in RECORD_SOURCES and not order.until_further_order:
            checked.append(order.expires)
        extended = any(f.kind == Learned.EXTENDED and not (f.verified and f.until) for f in named)
        if checked and max(checked) <= self.now and not extended:
            return "passed"
        return "known" if told or order.until_further_order else "unknown"

    def _power_runs(self) -> bool:
        facts = [f for f in self._by_now((Learned.POWER_OF_ARREST,)) if f.verified]
        ends = [f.until for f in facts]
        ends += [t.arrest_until for t in self.order.terms if t.arrest_power == "yes" and t.verified]
        return any(end is None or end > self.now for end in ends)
