"""What was recorded of an incident, as tables: each row with its record in the journal."""

from datetime import datetime

from callhandler.brief.content import Table
from callhandler.brief.facts import Facts, plain
from callhandler.brief.knowing import REPLIES
from callhandler.brief.times import local, local_clock


def people(facts: Facts) -> Table:
    """Everybody with a part in it."""
    here = facts.picture.here
    people = dict.fromkeys(p.person_id for p in facts.picture.parties if p.incident_id == here)
    rows = tuple((facts.person_said(p), facts.roles(p), facts.relation(p, tuple(people))) for p in people)
    return Table(("Person", "Part", "Tie"), (35, 25, 40), rows)


def calls(facts: Facts) -> Table:
    """Every call, in and out."""
    rows = tuple(
        (
            str(c.id),
            local_clock(c.at, facts.zone),
            f"{c.direction.value}, {plain(c.outcome.value)}",
            facts.numbers.get(c.number_id or -1, "withheld or not given"),
            c.speaker,
        )
        for c in facts.picture.calls
        if c.incident_id == facts.picture.here
    )
    return Table(("Record", "Local time", "Call", "Number", "Speaker"), (9, 19, 22, 22, 28), rows)


def log(facts: Facts) -> Table:
    """Every line of the log."""
    rows = tuple((str(e.id), local_clock(e.at, facts.zone), e.author, e.text) for e in facts.picture.log)
    return Table(("Record", "Local time", "By", "Line"), (8, 17, 16, 59), rows)


def told(facts: Facts) -> Table:
    """Everything told, open or followed up."""
    known = facts.policy.indicators
    rows = tuple(
        (
            str(d.id),
            local_clock(d.known_at, facts.zone),
            known[d.indicator].name if d.indicator in known else plain(d.indicator),
            d.teller or "not recorded",
            ("denied: " if d.stance.value == "denied" else "") + (f"“{d.words}”" if d.words else ""),
            "open" if d.open else f"followed up, record {d.followed_by}",
        )
        for d in facts.picture.disclosures
        if d.incident_id == facts.picture.here
    )
    return Table(("Record", "Local time", "What", "Told by", "Words", "State"), (8, 17, 20, 14, 29, 12), rows)


def answers(facts: Facts) -> Table:
    """Everything asked and answered."""
    known = facts.policy.questions
    rows = tuple(
        (
            str(a.id),
            local_clock(a.known_at, facts.zone),
            known[a.question].ask if a.question in known else plain(a.question),
            REPLIES[a.reply],
            a.words,
        )
        for a in facts.picture.answers
        if a.incident_id == facts.picture.here
    )
    return Table(("Record", "Local time", "Asked", "Answer", "Words"), (8, 17, 35, 13, 27), rows)


def orders(facts: Facts) -> Table:
    """Every order known, with its terms, what was learned, and the copies."""
    rows = []
    for known in facts.orders:
        order = known.standing.order
        terms = [f"{t.kind.replace('-', ' ')} ({'read' if t.verified else 'told'})" for t in order.terms]
        learned = [
            f"{local_clock(f.known_at, facts.zone)} {plain(f.kind)}, by {f.said_by}" for f in order.facts
        ]
        copies = [f"copy {c.name}, SHA-256 {c.sha256}" for c in order.copies]
        rows.append(
            (
                str(order.id),
                known.standing.name or order.type,
                f"{facts.picture.name_of(order.respondent_id)}, for {facts.picture.name_of(order.protected_id)}",
                known.standing.shown,
                "\n".join([*terms, *learned, *copies]),
            )
        )
    return Table(
        ("Record", "Order", "Against", "State", "Terms, what was learned, copies"),
        (8, 17, 19, 22, 34),
        tuple(rows),
    )


def responses(facts: Facts) -> Table:
    """How the response went, for each of the two targets."""
    rows = tuple(
        (
            str(r.id),
            local_clock(r.at, facts.zone),
            plain(r.target.value),
            plain(r.state.value),
            r.note,
            r.author,
        )
        for r in facts.picture.responses
    )
    return Table(("Record", "Local time", "For", "State", "Note", "By"), (8, 18, 10, 14, 34, 16), rows)


def contacts(facts: Facts) -> Table:
    """Who at risk was seen or spoken to, and how."""
    table = facts.policy.pack.contacts
    names = {choice.id: choice.name for choice in (*table.identified, *table.seen_by)}
    rows = []
    for c in facts.picture.contacts:
        how = f"{plain(c.how)}; {names.get(c.identified, plain(c.identified))}; alone: {c.alone}, free to speak: {c.free}"
        rows.append(
            (
                str(c.id),
                local_clock(c.at, facts.zone),
                facts.picture.name_of(c.person_id),
                how if c.counts else f"{how}. It does not count: {c.why_not}",
                c.words,
                f"{names.get(c.seen_by, plain(c.seen_by))}, {c.by_name}".strip(", "),
            )
        )
    return Table(("Record", "Local time", "Who", "How", "Words", "By"), (8, 17, 14, 27, 21, 13), tuple(rows))


def meanwhile(facts: Facts) -> Table:
    """What was offered, agreed and promised, and transfers to and from other forces, in order of receipt."""
    zone, picture = facts.zone, facts.picture
    rows: list[tuple[int, datetime, str, str, str]] = []
    for o in picture.offers:
        said = f"offered: {plain(o.code)}, {o.outcome.value}"
        rows.append((o.id, o.at, said, f"{o.details} {o.words}".strip(), o.author))
    for plan in picture.plans:
        said = f"safety plan until {local(plan.until, zone)}"
        words = f"{plan.agreed}; with {plan.with_whom}, alone: {plan.alone.value}"
        rows.append((plan.id, plan.at, said, words, plan.author))
    for promise in picture.promises:
        ended = f"; {promise.ended.value}" if promise.ended else ""
        said = f"promised until {local(promise.until, zone)}"
        rows.append((promise.id, promise.at, said, f"{promise.words}{ended}", promise.author))
    for moved in picture.transfers:
        words = f"graded {moved.grade or 'not told'}; received by {moved.named or 'nobody yet'}"
        rows.append((moved.id, moved.at, f"transfer {moved.way.value}: {moved.peer}", words, moved.author))
    told = tuple(
        (str(id_), local_clock(at, zone), what, words, by) for id_, at, what, words, by in sorted(rows)
    )
    return Table(("Record", "Local time", "What", "Words", "By"), (8, 17, 27, 34, 14), told)


def retractions(facts: Facts) -> Table:
    """What was taken back, as recorded in error."""
    rows = tuple(
        (str(r.id), local_clock(r.at, facts.zone), f"record {r.disclosure_id}", r.reason, r.author)
        for r in facts.picture.retractions
    )
    return Table(("Record", "Local time", "What was told", "Why", "By"), (8, 17, 19, 42, 14), rows)
