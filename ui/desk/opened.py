"""What is shown when a warning, a past incident or an order is opened: headings with lines, as plain words."""

from callhandler.services.desk import OrderShown, View
from ui.common.happened import what_happened
from ui.common.words import order_state, tr
from ui.desk import order_words, rows
from ui.desk.follows_panel import decided_words, key_of, kind_words
from ui.desk.orders import doubts, power_now

Parts = list[tuple[str, str, list[str]]]


def warning_parts(view: View, code: str) -> tuple[str, Parts] | None:
    """A warning: what it rests on, what to do, what settles it and what does not."""
    found = next((w for w in view.assessment.standing if w.code == code), None)
    if found is None:
        return None
    evidence = list(dict.fromkeys(e.line for e in found.evidence))
    held = view.stands_since.get(code, "")
    why = tr(
        "{why}. Nothing raises it anew now; it stands until it is settled, and that is for you to judge."
    )
    return found.sentence, [
        (tr("Why it still stands"), "serious", [why.format(why=held)] if held else []),
        (tr("It rests on"), "accent", evidence),
        (tr("Do"), "accent", list(found.do)),
        (tr("What settles it"), "calm", list(found.settles)),
        (tr("What does not settle it"), "serious", list(found.not_settled_by)),
        (tr("Reference"), "muted", [found.reference] if found.reference else []),
    ]


def proposal_parts(view: View, key: str) -> tuple[str, Parts] | None:
    """What may follow: why, on what it rests, who has it, whom to ring, and what was decided."""
    found = next((p for p in view.proposals if key_of(p) == key), None)
    if found is None:
        return None
    made = found.decision
    decided = f"{decided_words(made.decided).capitalize()}: {made.owner}. {made.reason}" if made else ""
    leave = {
        "needed": tr("Only with her leave."),
        "sought": tr("Her leave is sought; without it, only where harm may come otherwise, and why."),
        "not_needed": tr("Her leave is not asked for."),
    }[found.consent]
    doubt = [] if found.verified else [tr("Not yet read in a primary source, or to be set by the force.")]
    return f"{kind_words(found.kind)}: {found.name}", [
        (tr("Why"), "accent", [found.why]),
        (tr("It rests on"), "accent", list(dict.fromkeys(e.line for e in found.evidence))),
        (tr("Decided"), "calm", [decided] if decided else []),
        (tr("Where she lives"), "accent", list(found.contacts)),
        (tr("Who has it"), "accent", [found.owner, *([leave] if found.consent != "not_needed" else [])]),
        (tr("The law"), "muted", [*([found.source] if found.source else []), *doubt]),
        (tr("Reference"), "muted", [found.reference]),
    ]


def incident_parts(view: View, incident_id: int) -> tuple[str, Parts] | None:
    """A past incident: what was told, what came of it, what was left undone, why it is here."""
    picture = view.picture
    off = next((r for r in picture.rejected if r.incident.id == incident_id), None)
    every = (*picture.linked, *picture.apart.incidents, *((off.incident,) if off else ()))
    found = next((i for i in every if i.id == incident_id), None)
    if found is None:
        return None
    why = [rows.strength_words(r, whole=True) for r in view.links.get(incident_id, ())]
    taken_off = [f"{off.author}, {off.at:%d %b %Y}: {off.reason}"] if off else []
    plans = [p for p in picture.plans_before if p.incident_id == incident_id]
    vehicles = [v for v in picture.vehicles_named if v.incident_id == incident_id]
    told = [
        f"{d.teller}: {d.words}"
        + (tr(" (denied)") if d.stance.value == "denied" else "")
        + (tr(" (open)") if d.open else "")
        for d in view.picture.disclosures
        if d.incident_id == incident_id
    ]
    return f"{found.opened.spoken_day()} {found.reference}".strip(), [
        (tr("What happened"), "accent", [what_happened(picture, view.type_names, found)]),
        (tr("What came of it"), "accent", [found.outcome] if found.outcome else []),
        (tr("Left undone"), "serious", [found.undone] if found.undone else []),
        (tr("Risk assessment"), "accent", [rows.assessed_words(view, found)]),
        (tr("Told"), "accent", told),
        (tr("Safety plan then"), "accent", [f"{p.agreed} ({p.with_whom})" for p in plans]),
        (
            tr("Vehicle named"),
            "accent",
            [" ".join((v.registration, v.description)).strip() for v in vehicles],
        ),
        (tr("Why it is shown, and how sure that is"), "muted", why),
        (tr("Taken off: not linked"), "serious", taken_off),
    ]


def order_parts(view: View, shown: OrderShown | None) -> tuple[str, Parts] | None:
    """An order: what may be said to a caller and what not, what is not known of it, what to ask, what a breach is."""
    if shown is None or shown.kind is None:
        return None
    order, kind = shown.standing.order, shown.kind
    areas = [
        f"{a.area}, {tr('from')} {a.valid_from:%d %b %Y}" + (f" {tr('to')} {a.valid_to:%d %b %Y}" if a.valid_to else "")
        + ("" if a.verified else tr(" (not yet read in a source)"))
        for a in kind.made_in
    ]  # fmt: skip
    who = [tr("Made by: {who}. Asked for by: {applies}.").format(who=kind.issuer, applies=kind.applies)]
    who += [tr("Runs: {duration}").format(duration=kind.duration)]
    who += [tr("It binds across the United Kingdom.")] if kind.uk_wide else []
    return kind.name, [
        (tr("Say"), "calm", list(kind.say)),
        (tr("Do not say"), "critical_text", list(kind.do_not_say)),
        (tr("Ask"), "accent", list(kind.ask)),
        (tr("The law"), "accent", order_words.law_lines(power_now(shown, view))),
        (tr("May be engaged"), "critical_text", order_words.engaged_lines(shown, view)),
        (tr("Not known of these terms"), "serious", order_words.unknown_lines(shown)),
        (tr("State"), "serious", [order_state(shown.standing), shown.standing.shown, *doubts(shown)]),
        (tr("As told"), "accent", order_words.declared_lines(order, view)),
        (tr("As checked"), "accent", order_words.checked_lines(order)),
        (tr("What it forbids"), "accent", order_words.term_lines(order, view)),
        (tr("Copies"), "accent", order_words.copy_lines(order)),
        (tr("Clocks"), "serious", [order_words.clock_line(due) for due in shown.clocks]),
        (tr("The order"), "muted", who),
        (tr("Where it could be made"), "muted", areas),
        (tr("Statute"), "muted", [kind.statute]),
    ]
