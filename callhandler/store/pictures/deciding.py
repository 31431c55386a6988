"""What was decided about an incident, asked for, agreed, and which warnings stand."""

import json
from collections import defaultdict
from functools import lru_cache
from itertools import starmap

from callhandler.model.assessment import (
    CLOSED_RANK,
    Act,
    Agreement,
    Decision,
    Evidence,
    Gate,
    RationaleAnswer,
    RefusedAnswer,
    Request,
    StandingWarning,
    Tier,
    Verdict,
)
from callhandler.model.proposal import Consent, Decided, ProposalDecision, ProposalKind
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value

new_agreement = quickly(Agreement)
new_decision = quickly(Decision)
new_evidence = quickly(Evidence)
new_rationale_answer = quickly(RationaleAnswer)
new_refused_answer = quickly(RefusedAnswer)
new_request = quickly(Request)
new_standing_warning = quickly(StandingWarning)
new_proposal_decision = quickly(ProposalDecision)

KIND, DECIDED, CONSENT = by_value(ProposalKind), by_value(Decided), by_value(Consent)
ACT, GATE, TIER, VERDICT = by_value(Act), by_value(Gate), by_value(Tier), by_value(Verdict)


DECISIONS = Statement(
    "SELECT d.id, d.incident_id, d.act, d.grade, d.rank, d.target_minutes, d.gate, d.assessment_id, d.request_id, "
    "d.call_id, d.author_id, u.display, d.known_at, d.text FROM decision d JOIN desk_user u ON u.id = d.author_id "
    "WHERE d.incident_id = :here AND {known:d} ORDER BY d.id"
)


def decisions(read: Reader, here: int) -> tuple[Decision, ...]:
    """The decisions on an incident."""
    rows = read.rows(DECISIONS, here=here)
    return tuple(
        new_decision(
            id_,
            incident,
            ACT[act],
            grade,
            rank,
            target,
            GATE[gate],
            assessment,
            request,
            call,
            author,
            display,
            from_micros(known),
            text,
        )
        for (
            id_,
            incident,
            act,
            grade,
            rank,
            target,
            gate,
            assessment,
            request,
            call,
            author,
            display,
            known,
            text,
        ) in rows
    )


REQUESTS = Statement(
    "SELECT q.id, q.incident_id, q.act, q.grade, q.rank, q.assessment_id, q.author_id, u.display, q.known_at, "
    "(SELECT count(*) FROM decision d WHERE d.request_id = q.id AND {known:d}) + "
    "(SELECT count(*) FROM authority a WHERE a.request_id = q.id AND {known:a}), "
    "(SELECT count(*) FROM refusal f WHERE f.request_id = q.id AND f.needs = 'withdrawn' AND {known:f}), "
    "COALESCE(s.subject, ''), s.subject_id, COALESCE(s.wanted, ''), COALESCE(s.shown, '') FROM request q "
    "LEFT JOIN request_subject s ON s.request_id = q.id JOIN desk_user u ON u.id = q.author_id "
    "WHERE q.incident_id = :here AND {known:q} ORDER BY q.id"
)


def requests(read: Reader, here: int) -> tuple[Request, ...]:
    """What was asked for on an incident, with its reasons, answers and agreements, and what became of it."""
    rows = read.rows(REQUESTS, here=here)
    reasons = _reasons(read, here)
    answers = _answers(read, here)
    agreed = _agreements(read, here)
    return tuple(
        new_request(
            id_,
            incident,
            ACT[act],
            grade,
            rank,
            assessment,
            author,
            display,
            from_micros(known),
            ground=reasons.get(id_, ("", ""))[0],
            reason=reasons.get(id_, ("", ""))[1],
            answers=answers.get(id_, ((), ()))[0],
            refused=answers.get(id_, ((), ()))[1],
            agreements=tuple(agreed[id_]),
            decided=bool(decided),
            withdrawn=bool(withdrawn),
            subject=subject,
            subject_id=subject_id,
            to=wanted,
            shown=shown,
        )
        for (
            id_,
            incident,
            act,
            grade,
            rank,
            assessment,
            author,
            display,
            known,
            decided,
            withdrawn,
            subject,
            subject_id,
            wanted,
            shown,
        ) in rows
    )


_ITS = "SELECT q.id FROM request q WHERE q.incident_id = :here"
REASONS = Statement(
    "SELECT r.request_id, r.ground, r.reason FROM rationale r "
    f"WHERE r.request_id IN ({_ITS}) AND {{known:r}} ORDER BY r.id"
)


def _reasons(read: Reader, here: int) -> dict[int, tuple[str, str]]:
    """The newest ground and reason of each request."""
    rows = read.rows(REASONS, here=here)
    return {request: (ground, reason) for request, ground, reason in rows}


ANSWERS = Statement(
    "SELECT a.request_id, a.warning, a.what_changed, a.said_by, a.how_checked, a.accepted, a.why_not, "
    "a.id FROM rationale_answer a "
    f"WHERE a.request_id IN ({_ITS}) AND {{known:a}} ORDER BY a.id"
)


def _answers(
    read: Reader, here: int
) -> dict[int, tuple[tuple[RationaleAnswer, ...], tuple[RefusedAnswer, ...]]]:
    """The newest answer to each warning, for each request, where it was accepted; and every one that was not."""
    rows = read.rows(ANSWERS, here=here)
    newest: dict[int, dict[str, tuple[RationaleAnswer, bool]]] = defaultdict(dict)
    refused: dict[int, list[RefusedAnswer]] = defaultdict(list)
    for request, warning, changed, said_by, checked, accepted, why_not, id_ in rows:
        answer = new_rationale_answer(warning, changed, said_by, checked, id_)
        newest[request][warning] = (answer, bool(accepted))
        if not accepted:
            refused[request].append(new_refused_answer(warning, changed, why_not))
    return {
        request: (tuple(answer for answer, accepted in found.values() if accepted), tuple(refused[request]))
        for request, found in newest.items()
    }


AGREEMENTS = Statement(
    "SELECT g.id, g.request_id, g.assessment_id, g.verdict, g.reason, g.author_id, u.display, g.known_at "
    "FROM agreement g JOIN desk_user u ON u.id = g.author_id "
    f"WHERE g.request_id IN ({_ITS}) AND {{known:g}} ORDER BY g.id"
)


def _agreements(read: Reader, here: int) -> dict[int, list[Agreement]]:
    rows = read.rows(AGREEMENTS, here=here)
    found: dict[int, list[Agreement]] = defaultdict(list)
    for id_, request, assessment, verdict, reason, author, display, known in rows:
        agreement = new_agreement(
            id_, request, assessment, VERDICT[verdict], reason, author, display, from_micros(known)
        )
        found[request].append(agreement)
    return found


STANDING_WARNINGS = Statement(
    "SELECT w.id, w.assessment_id, w.code, w.tier, w.sentence, w.evidence, w.floor_rank, w.since, w.settled_by, "
    "w.incident_id FROM assessment_warning w WHERE w.assessment_id IN (SELECT max(a.id) FROM assessment a "
    "WHERE a.incident_id IN :whole AND {known:a} GROUP BY a.incident_id) ORDER BY w.id"
)


def standing_warnings(read: Reader, here: int, whole: Many) -> tuple[StandingWarning, ...]:
    """The warnings of an incident's newest assessment, and of those merged into it: none is left behind by a merge.

    Of two of one code the standing one counts, and of two that stand the one that sets the more urgent floor.
    """
    rows = read.rows(STANDING_WARNINGS, whole=whole)
    found: dict[str, tuple[tuple[bool, int, bool], StandingWarning]] = {}
    for id_, assessment, code, tier, sentence, evidence, floor, since, settled_by, incident in rows:
        warning = new_standing_warning(
            id_,
            assessment,
            code,
            TIER[tier],
            sentence,
            _evidence(evidence),
            floor,
            from_micros(since),
            settled_by,
        )
        weight = (settled_by is not None, CLOSED_RANK if floor is None else floor, incident != here)
        if code not in found or weight < found[code][0]:
            found[code] = weight, warning
    return tuple(warning for _, warning in found.values())


@lru_cache(maxsize=1_000)
def _evidence(written: str) -> tuple[Evidence, ...]:
    """What a warning rests on. Each assessment repeats it in the same words, so that it is read once."""
    return tuple(starmap(new_evidence, json.loads(written)))


PROPOSALS = Statement(
    "SELECT p.id, p.incident_id, p.kind, p.code, p.decided, p.owner, p.consent, p.reason, p.author, p.known_at "
    "FROM proposal_decision p WHERE p.incident_id IN :ids AND {known:p} ORDER BY p.id"
)


def proposals(read: Reader, scope: Many) -> tuple[ProposalDecision, ...]:
    """What was decided of what these incidents suggest."""
    rows = read.rows(PROPOSALS, ids=scope)
    return tuple(
        new_proposal_decision(
            id_,
            incident,
            KIND[kind],
            code,
            DECIDED[decided],
            owner,
            CONSENT[consent],
            reason,
            author,
            from_micros(known),
        )
        for id_, incident, kind, code, decided, owner, consent, reason, author, known in rows
    )
