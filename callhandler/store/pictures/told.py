"""What was told, asked, confirmed, assessed and enquired about in incidents."""

from callhandler.model.facts import (
    MANNER,
    Answer,
    Assessed,
    Confirmation,
    Disclosure,
    Enquiry,
    Reply,
    RiskAssessment,
    Stance,
)
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value, when

new_answer = quickly(Answer)
new_confirmation = quickly(Confirmation)
new_disclosure = quickly(Disclosure)
new_enquiry = quickly(Enquiry)
new_risk_assessment = quickly(RiskAssessment)

STANCE, REPLY, ASSESSED = by_value(Stance), by_value(Reply), by_value(Assessed)


DISCLOSURES = Statement(
    "SELECT d.id, d.incident_id, d.call_id, d.indicator, d.stance, d.teller, d.teller_id, d.about_id, d.harmed_id, "
    "d.words, d.happened_at, d.happened_precision, d.known_at, d.source, d.disputed, "
    "(SELECT max(f.id) FROM follow_up f WHERE f.disclosure_id = d.id AND {known:f}) "
    "FROM disclosure d WHERE d.incident_id IN :ids AND {known:d} AND NOT EXISTS (SELECT 1 FROM retraction r "
    "WHERE r.disclosure_id = d.id AND {known:r}) ORDER BY d.id"
)


def disclosures(read: Reader, ids: Many) -> tuple[Disclosure, ...]:
    """What was told in these incidents and not taken back as recorded in error, and what followed it up."""
    rows = read.rows(DISCLOSURES, ids=ids)
    return tuple(
        new_disclosure(
            id_,
            incident,
            call,
            indicator,
            STANCE[stance],
            teller,
            teller_id,
            about,
            harmed,
            words,
            when(at, precision),
            from_micros(known),
            source,
            bool(disputed),
            followed,
        )
        for (
            id_,
            incident,
            call,
            indicator,
            stance,
            teller,
            teller_id,
            about,
            harmed,
            words,
            at,
            precision,
            known,
            source,
            disputed,
            followed,
        ) in rows
    )


ANSWERS = Statement(
    "SELECT a.id, a.incident_id, a.question, a.reply, a.words, a.known_at, a.call_id FROM answer a "
    "WHERE a.incident_id IN :ids AND (a.incident_id = :here OR a.question = :manner) AND {known:a} ORDER BY a.id"
)


def answers(read: Reader, here: int, scope: Many) -> tuple[Answer, ...]:
    """Every answer of this incident; of linked ones only how the caller could speak."""
    rows = read.rows(ANSWERS, ids=scope, here=here, manner=MANNER)
    return tuple(
        new_answer(id_, incident, question, REPLY[reply], words, from_micros(known), call)
        for id_, incident, question, reply, words, known, call in rows
    )


CONFIRMATIONS = Statement(
    "SELECT c.id, c.incident_id, c.code, c.about_id, c.said_by, c.confirmed_by, c.words, c.known_at "
    "FROM confirmation c WHERE c.incident_id IN :ids AND {known:c} ORDER BY c.id"
)


def confirmations(read: Reader, ids: Many) -> tuple[Confirmation, ...]:
    """What was confirmed in these incidents, and by whom."""
    rows = read.rows(CONFIRMATIONS, ids=ids)
    return tuple(
        new_confirmation(id_, incident, code, about, said_by, confirmed_by, words, from_micros(known))
        for id_, incident, code, about, said_by, confirmed_by, words, known in rows
    )


RISK_ASSESSMENTS = Statement(
    "SELECT a.id, a.incident_id, a.person_id, a.done, a.level, a.level_before, a.note, a.known_at "
    "FROM risk_assessment a WHERE a.incident_id IN :ids AND {known:a} ORDER BY a.known_at, a.id"
)


def risk_assessments(read: Reader, ids: Many) -> tuple[RiskAssessment, ...]:
    """The risk assessments of these incidents, by when they were recorded."""
    rows = read.rows(RISK_ASSESSMENTS, ids=ids)
    return tuple(
        new_risk_assessment(id_, incident, person, ASSESSED[done], level, before, note, from_micros(known))
        for id_, incident, person, done, level, before, note, known in rows
    )


ENQUIRIES = Statement(
    "SELECT e.id, e.incident_id, e.what, e.state, e.reason, e.known_at FROM enquiry e WHERE e.incident_id IN :ids "
    "AND {known:e} ORDER BY e.id"
)


def enquiries(read: Reader, ids: Many) -> tuple[Enquiry, ...]:
    """The newest state of each enquiry of these incidents."""
    rows = read.rows(ENQUIRIES, ids=ids)
    newest = {(row[1], row[2]): row for row in rows}
    return tuple(
        new_enquiry(id_, incident, what, state, reason, from_micros(known))
        for id_, incident, what, state, reason, known in sorted(newest.values())
    )
