"""What makes the order types, the decision table and the kinds of term safe to use: no order ends on a word alone."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from callhandler.model.order import END_FACTS, LIVE_FOR_RISK, OrderState, Overlay
from callhandler.policy.filling import filling_faults
from callhandler.policy.orders import OrderType, OrderWhen
from callhandler.policy.pack import Pack

Fault = tuple[str, tuple[str | int, ...], str]

BECAUSE = frozenset({"fact", "said_by", "source"})
NEEDED = ("issuer", "applies", "without_notice", "duration", "bites")
NEEDED_OF_A_POWER = ("breach_is", "arrest", "maximum")


def order_faults(pack: Pack) -> Iterator[Fault]:
    """Every fault of the three files about orders."""
    yield from _types(pack)
    yield from _table(pack)
    yield from _overlays(pack)
    yield from _terms(pack)


def _types(pack: Pack) -> Iterator[Fault]:
    for index, kind in enumerate(pack.orders):
        path = ("orders", index)
        for name in NEEDED:
            if getattr(kind, name) is None:
                yield (
                    "orders",
                    path,
                    f"{kind.id}: {name} is missing; write what it is, and name it in unverified",
                )
        for number, power in enumerate(kind.powers):
            for name in NEEDED_OF_A_POWER:
                if getattr(power, name) is None:
                    yield "orders", (*path, "powers", number), f"{kind.id}: {name} is missing"
        yield from _spans(kind, index)
        if kind.power_attached and kind.power_never:
            yield "orders", path, f"{kind.id}: a power that can never be attached cannot be an attached one"
        for number, sentence in enumerate(kind.say):
            if "will be arrested" in sentence.lower():
                yield (
                    "orders",
                    (*path, "say", number),
                    f"{kind.id}: nobody may be told that he will be arrested; that is for officers",
                )


def _spans(kind: OrderType, index: int) -> Iterator[Fault]:
    for name in ("powers", "made_in"):
        for number, part in enumerate(getattr(kind, name)):
            if part.valid_to is not None and part.valid_to < part.valid_from:
                yield "orders", ("orders", index, name, number), f"{kind.id}: valid_to lies before valid_from"
    spans = sorted(enumerate(kind.powers), key=lambda pair: pair[1].valid_from)
    for (_, one), (number, other) in pairwise(spans):
        if one.valid_to is None or one.valid_to >= other.valid_from:
            yield "orders", ("orders", index, "powers", number), f"{kind.id}: two powers for one day"


def _table(pack: Pack) -> Iterator[Fault]:
    rows = pack.order_states.rows
    if not rows or rows[-1].when:
        yield "order_states", ("rows",), "the last row has no `when`, so that every order has a state"
    for row_id, times in Counter(row.id for row in rows).items():
        if times > 1:
            last = max(i for i, row in enumerate(rows) if row.id == row_id)
            yield "order_states", ("rows", last, "id"), f"the id {row_id} is used {times} times"
    living = False
    for index, row in enumerate(rows):
        path = ("rows", index)
        if index < len(rows) - 1 and not row.when:
            yield "order_states", path, f"{row.id}: without `when` no row below it is ever reached"
        if row.state in LIVE_FOR_RISK:
            living = True
        elif living:
            yield (
                "order_states",
                path,
                f"{row.id}: a row that ends an order stands above every row that does not, "
                "else something told could end one",
            )
        elif not row.when or not all(_is_checked(when, row.state) for when in row.when):
            yield (
                "order_states",
                (*path, "when"),
                f"{row.id}: an order ends only by what was checked: `learned` with `verified: true` of "
                f"{', '.join(sorted(END_FACTS))}, or `expiry: passed`; not yet, by `made: to_come`",
            )
        yield from (
            ("order_states", (*path, "because"), f"{row.id}: {f}")
            for f in filling_faults(row.because, BECAUSE)
        )
    states = {row.state for row in rows}
    for state in OrderState:
        if state not in states:
            yield "order_states", ("rows",), f"no row gives the state {state}"


def _is_checked(when: OrderWhen, state: OrderState) -> bool:
    if state is OrderState.NOT_YET:
        return when.made == "to_come"
    return when.expiry == "passed" or (when.verified and set(when.learned) <= END_FACTS)


def _overlays(pack: Pack) -> Iterator[Fault]:
    found = Counter(row.overlay for row in pack.order_states.overlays)
    for overlay in Overlay:
        if found[overlay] != 1:
            yield (
                "order_states",
                ("overlays",),
                f"the doubt {overlay} is written {found[overlay]} times, not once",
            )


def _terms(pack: Pack) -> Iterator[Fault]:
    indicators = {entry.id for entry in pack.indicators}
    for what in ("id", "key"):
        for value, times in Counter(getattr(term, what) for term in pack.terms).items():
            if times > 1:
                last = max(i for i, term in enumerate(pack.terms) if getattr(term, what) == value)
                yield "terms", ("terms", last, what), f"the {what} {value} is used {times} times"
    for index, term in enumerate(pack.terms):
        for name in ("engaged_by", "told_of_place"):
            for indicator in sorted(set(getattr(term, name)) - indicators):
                yield "terms", ("terms", index, name), f"{term.id}: there is no indicator {indicator}"
        if term.told_of_place and "place" not in term.attached:
            yield (
                "terms",
                ("terms", index, "told_of_place"),
                f"{term.id}: told_of_place is for a term that goes with a place",
            )
