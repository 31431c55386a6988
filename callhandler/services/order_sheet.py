"""An order as it may be printed or sent: its law, its state and its terms, and no place or free words of any kind.

What people typed may name where she lives, so none of it is here; that is said on the sheet. A distance stands without its
place. Who may see the rest is for the desk's own screen.
"""

from collections.abc import Iterator

from callhandler.model.order import Learned
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON, When
from callhandler.policy.pack import Policy
from callhandler.services.desk import OrderShown

LEFT_OUT = "Places, and words as they were told, are left out of this sheet: they may say where she is."


def sheet(shown: OrderShown, picture: Picture, policy: Policy) -> str:
    """The order's sheet, line by line."""
    return "\n".join(_lines(shown, picture, policy))


def _lines(shown: OrderShown, picture: Picture, policy: Policy) -> Iterator[str]:
    standing, order, kind = shown.standing, shown.standing.order, shown.kind
    yield standing.name or order.type
    yield f"Against {picture.name_of(order.respondent_id)}, for {picture.name_of(order.protected_id)}"
    yield f"State at {When(picture.as_of).spoken()}: {standing.shown or standing.state.value.replace('_', ' ').lower()}"
    yield f"First known {When(order.known_at).spoken()}; {'checked' if order.verified else 'not checked'}"
    for doubt in shown.doubts:
        yield f"Not known: {doubt}"
    for term in order.terms:
        name = policy.terms[term.kind].name if term.kind in policy.terms else "a term"
        metres = f", {term.metres} m" if term.metres else ""
        until = f", until {When(term.expires).spoken()}" if term.expires else ""
        excepted = ", with exceptions" if term.exceptions else ""
        yield f"It forbids: {name}{metres}{until}{excepted} ({'checked' if term.verified else 'told'})"
    if not order.terms_read:
        yield "Its terms are not all known."
    known = {k.value: k for k in Learned}
    for fact in order.facts:
        if fact.kind in known:
            checked = "checked" if fact.verified else "told"
            yield f"Learned {When(fact.known_at).spoken()}: {fact.kind.replace('_', ' ')} ({checked})"
    if kind is not None:
        power = kind.power_on(picture.as_of.astimezone(LONDON).date())
        if power is not None:
            yield from (power.breach, power.power, power.to_establish, f"Copy needed? {power.copy_needed}")
        yield from (f"May be said: {line}" for line in kind.say)
        yield from (f"Not to be said: {line}" for line in kind.do_not_say)
    yield LEFT_OUT
