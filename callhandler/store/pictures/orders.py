"""Civil orders, each with what was learned of it, its terms and its copies."""

from collections import defaultdict

from callhandler.model.order import Order, OrderCopy, OrderFact, Term
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, instant, when

new_order = quickly(Order)
new_order_copy = quickly(OrderCopy)
new_order_fact = quickly(OrderFact)
new_term = quickly(Term)


_THEIRS = "SELECT o.id FROM civil_order o WHERE o.protected_id IN :people OR o.respondent_id IN :people"
ORDERS = Statement(
    "SELECT o.id, o.type, o.incident_id, o.protected_id, o.respondent_id, o.source, o.court, o.without_notice, "
    "o.made_at, o.made_precision, o.expires_at, o.until_further_order, o.known_at FROM civil_order o "
    "WHERE (o.protected_id IN :people OR o.respondent_id IN :people) AND {known:o} ORDER BY o.id"
)


def orders(read: Reader, people: Many) -> tuple[Order, ...]:
    """The civil orders that protect or bind these people, with their facts, terms and copies."""
    rows = read.rows(ORDERS, people=people)
    facts, terms, copies = _facts(read, people), _terms(read, people), _copies(read, people)
    return tuple(
        new_order(
            id=id_,
            type=type_,
            incident_id=incident,
            protected_id=protected,
            respondent_id=respondent,
            source=source,
            court=court,
            without_notice=without_notice,
            made=None if made is None else when(made, precision),
            expires=instant(expires),
            until_further_order=bool(until_further),
            known_at=from_micros(known),
            facts=tuple(facts[id_]),
            terms=tuple(terms[id_]),
            copies=tuple(copies[id_]),
        )
        for (
            id_,
            type_,
            incident,
            protected,
            respondent,
            source,
            court,
            without_notice,
            made,
            precision,
            expires,
            until_further,
            known,
        ) in rows
    )


FACTS = Statement(
    "SELECT f.id, f.order_id, f.kind, f.at, f.verified, f.said_by, f.words, f.known_at, u.until_at "
    "FROM order_fact f LEFT JOIN order_until u ON u.fact_id = f.id "
    f"WHERE f.order_id IN ({_THEIRS}) AND {{known:f}} ORDER BY f.id"
)


def _facts(read: Reader, people: Many) -> dict[int, list[OrderFact]]:
    rows = read.rows(FACTS, people=people)
    found: dict[int, list[OrderFact]] = defaultdict(list)
    for id_, order, kind, at, verified, said_by, words, known, until in rows:
        fact = new_order_fact(
            id_, order, kind, instant(at), bool(verified), said_by, words, from_micros(known), instant(until)
        )
        found[order].append(fact)
    return found


TERMS = Statement(
    "SELECT t.id, t.order_id, t.kind, t.text, t.attached, t.place_id, t.metres, t.expires_at, t.exceptions, "
    "t.times, t.arrest_power, t.arrest_until_at, t.protected_id, t.verified, t.said_by FROM order_term t "
    f"WHERE t.order_id IN ({_THEIRS}) AND {{known:t}} ORDER BY t.id"
)


def _terms(read: Reader, people: Many) -> dict[int, list[Term]]:
    rows = read.rows(TERMS, people=people)
    found: dict[int, list[Term]] = defaultdict(list)
    for (
        id_,
        order,
        kind,
        text,
        attached,
        place,
        metres,
        expires,
        exceptions,
        times,
        power,
        power_until,
        protected,
        verified,
        said_by,
    ) in rows:
        term = new_term(
            id=id_,
            order_id=order,
            kind=kind,
            text=text,
            attached=attached,
            place_id=place,
            metres=metres,
            expires=instant(expires),
            exceptions=exceptions,
            times=times,
            arrest_power=power,
            arrest_until=instant(power_until),
            protected_id=protected,
            verified=bool(verified),
            said_by=said_by,
        )
        found[order].append(term)
    return found


COPIES = Statement(
    "SELECT c.id, c.order_id, c.name, c.media_type, c.size, c.sha256, c.said_by, c.author, c.known_at "
    f"FROM order_copy c WHERE c.order_id IN ({_THEIRS}) AND {{known:c}} ORDER BY c.id"
)


def _copies(read: Reader, people: Many) -> dict[int, list[OrderCopy]]:
    rows = read.rows(COPIES, people=people)
    found: dict[int, list[OrderCopy]] = defaultdict(list)
    for id_, order, name, media_type, size, sha256, said_by, author, known in rows:
        found[order].append(
            new_order_copy(id_, order, name, media_type, size, sha256, said_by, author, from_micros(known))
        )
    return found
