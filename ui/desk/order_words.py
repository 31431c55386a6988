"""What the screen says of an order: what was learned, which terms may be engaged, the law's clocks, both versions."""

from datetime import datetime

from callhandler.model.order import Attached, EngagedTerm, Learned, Order, OrderCopy, OrderFact, Term
from callhandler.model.when import LONDON, When
from callhandler.policy.orders import Power
from callhandler.rules.legal_clocks import Due
from callhandler.services.copies import spoken_size
from callhandler.services.desk import OrderShown, View
from ui.common.words import counted, tr


def learned(fact: Learned) -> str:
    """What may be learned of an order."""
    said = {
        Learned.COPY: tr("A copy was seen"),
        Learned.TERMS_READ: tr("All its terms were read"),
        Learned.MADE: tr("Made on a day"),
        Learned.ON_NOTICE: tr("Made with notice to him"),
        Learned.WITHOUT_NOTICE: tr("Made without notice to him"),
        Learned.SERVED: tr("Served on him"),
        Learned.NOT_SERVED: tr("Not served or told, as far as known"),
        Learned.AWARE: tr("Told of it"),
        Learned.PRESENT: tr("Was in court"),
        Learned.OWN_WORDS: tr("His own words show that he knows"),
        Learned.COPY_SENT_TO_HIM: tr("A copy was sent to him"),
        Learned.RETURN_HEARING: tr("Return hearing on a day"),
        Learned.RETURN_OUTCOME: tr("Outcome of the return hearing"),
        Learned.VARIED: tr("Varied"),
        Learned.AWARE_OF_VARIATION: tr("He knows of the variation"),
        Learned.POWER_OF_ARREST: tr("A power of arrest is attached"),
        Learned.EXTENDED: tr("Extended"),
        Learned.EXPIRY: tr("Its end"),
        Learned.EXPIRED: tr("It has ended by itself"),
        Learned.MAIN_DECIDED: tr("The main application was decided"),
        Learned.DISMISSED: tr("The proceedings were dismissed or withdrawn"),
        Learned.DISCHARGED: tr("Discharged by the court"),
        Learned.TOLD_AGAIN: tr("Told of again"),
        Learned.NO_TRACE: tr("No trace in a system: weak evidence"),
    }
    return said[fact]


def at(instant: datetime) -> str:
    """A time of day with its day, local."""
    return When(instant).spoken()


def fact_line(fact: OrderFact) -> str:
    """One thing learned: what, when, who says so, and when police knew."""
    known = {k.value: k for k in Learned}
    what = learned(known[fact.kind]) if fact.kind in known else fact.kind
    parts = [
        what
        + (f", {at(fact.at)}" if fact.at else "")
        + (tr(", until ") + at(fact.until) if fact.until else "")
    ]
    if fact.words:
        parts.append(f"“{fact.words}”")
    parts.append(tr("says {who}, {when}").format(who=fact.said_by, when=at(fact.known_at)))
    return "; ".join(parts)


def engaged_short(shown: OrderShown) -> str:
    """The recorded terms that may be engaged, in one line, and how much is not known of them."""
    recorded = list(dict.fromkeys(t.name for t in shown.engaged if t.term is not None))
    if not recorded:
        return ""
    unknown = {line for t in shown.engaged if t.term is not None for line in t.not_known}
    said = tr("May be engaged: {terms}. {things} not known: Ctrl+T")
    return said.format(terms="; ".join(recorded), things=counted(len(unknown), tr("thing"), tr("things")))


def terms_unknown(shown: OrderShown) -> str:
    """That nobody recorded yet what it forbids, where that matters now."""
    return tr("its terms? Alt+F") if shown.engaged and not shown.standing.order.terms else ""


def engaged_lines(shown: OrderShown, view: View) -> list[str]:
    """Each term that may be engaged: the citation, and why."""
    lines = [_engaged(t, view) for t in shown.engaged if t.term is not None]
    names = list(dict.fromkeys(t.name for t in shown.engaged if t.term is None))
    if names:
        lines.append(tr("Its terms are not all known. If it has them: ") + "; ".join(names))
    return lines


def unknown_lines(shown: OrderShown) -> list[str]:
    """What is not known of the engaged terms, each thing once."""
    recorded = [t for t in shown.engaged if t.term is not None] or list(shown.engaged)
    return list(dict.fromkeys(line for t in recorded for line in t.not_known))


def _engaged(engaged: EngagedTerm, view: View) -> str:
    told = list(dict.fromkeys(f"“{e.line}”" for e in engaged.because if e.kind == "disclosure"))
    why = told[:2] + ([tr("and {n} more").format(n=len(told) - 2)] if len(told) > 2 else [])
    place = view.picture.place(engaged.place_id)
    if place and engaged.here:
        why.append(tr("she is there"))
    if place and engaged.going_to:
        why.append(tr("she is going there"))
    return f"{engaged.citation}: {', '.join(why)}"


def term_lines(order: Order, view: View) -> list[str]:
    """Every term recorded, with its place, ends and exceptions, engaged or not."""
    return [_term(t, view) for t in order.terms]


def _term(term: Term, view: View) -> str:
    kind = view.term_names.get(term.kind, term.kind)
    place = view.picture.place(term.place_id)
    parts = [kind]
    if place:
        parts.append(place.label)
    elif term.attached == Attached.PLACE:
        parts.append(tr("which place is not known"))
    if term.metres:
        parts.append(f"{term.metres} m")
    if term.text:
        parts.append(f"“{term.text}”")
    if term.exceptions:
        parts.append(tr("except ") + term.exceptions)
    if term.times:
        parts.append(term.times)
    if term.expires:
        parts.append(tr("until ") + at(term.expires))
    if term.arrest_power == "yes":
        until = tr(" until ") + at(term.arrest_until) if term.arrest_until else ""
        parts.append(tr("power of arrest attached") + until)
    parts.append(
        tr("checked") if term.verified else tr("told by {who}").format(who=term.said_by or tr("somebody"))
    )
    return ", ".join(parts)


def declared_lines(order: Order, view: View) -> list[str]:
    """What was told, and when: it stays as it was."""
    head = tr("Known from {who}, {when}").format(who=order.known_from, when=at(order.known_at))
    if order.made:
        head += tr("; made ") + order.made.spoken()
    if order.expires:
        head += tr("; until ") + at(order.expires)
    return [head, *(fact_line(f) for f in order.facts if not f.verified)]


def checked_lines(order: Order) -> list[str]:
    """What was checked since, and when."""
    return [fact_line(f) for f in order.facts if f.verified]


def copy_lines(order: Order) -> list[str]:
    """Each copy that is kept, and that seeing it is not checking it."""
    return [copy_line(order, copy) for copy in order.copies]


def copy_line(order: Order, copy: OrderCopy) -> str:
    """One copy: what, how large, from whom, since when, checked or only seen."""
    return tr("{name}, {size}, from {who}, {when}: {mark}").format(
        name=copy.name,
        size=spoken_size(copy.size),
        who=copy.said_by,
        when=at(copy.known_at),
        mark=tr("checked") if order.copy_checked else tr("seen by us, not verified"),
    )


def clock_line(due: Due) -> str:
    """When a legal clock runs out, and which days did not count."""
    if due.at is None:
        return f"{due.clock.name}: {due.not_sure}"
    local = due.at.astimezone(LONDON)
    by = tr("{name}: by {at}").format(name=due.clock.name, at=f"{local:%a} {local.day} {local:%b %H:%M}")
    if due.skipped:
        days = ", ".join(f"{d:%a} {d.day} {d:%b}" for d in due.skipped)
        by += tr(" ({days} not counted)").format(days=days)
    return by + (f". {due.not_sure}" if due.not_sure else "")


def law_lines(power: Power | None) -> list[str]:
    """What a breach is and what power there is, with the marks of what nobody has read yet."""
    if power is None:
        return []
    lines = [power.breach, power.power, power.to_establish, power.copy_needed]
    if power.arrest:
        lines.append(
            tr("Arrest: {statute}. At most: {most}.").format(statute=power.arrest, most=power.maximum)
        )
    if not power.verified:
        lines.append(tr("This law was not yet read in a primary source."))
    elif power.unverified:
        parts = ", ".join(p.replace("_", " ") for p in power.unverified)
        lines.append(tr("Not yet read in a primary source: {parts}.").format(parts=parts))
    return lines
