"""What a replay prints: a contract for programs, described by resources/help/replay.schema.json, and words for people."""

from datetime import datetime
from typing import Any

from callhandler.model.assessment import Need, Warning
from callhandler.model.when import Precision
from callhandler.rules.clocks import Clocks, minutes_spoken
from callhandler.rules.match import opened_of
from callhandler.services.desk import View
from callhandler.services.replay import Replay, Step


def header(replay: Replay) -> dict[str, Any]:
    """The first object of a replay's output: what was played, by which policy, with which grades."""
    scheme = replay.office.policy.scheme
    return {
        "scenario": replay.scenario.scenario,
        "title": replay.scenario.title,
        "store": replay.office.kind,
        "policy": {"digest": replay.office.policy.digest, "scheme": scheme.id},
        "time_zone": replay.scenario.time_zone,
        "grades": [
            {
                "id": g.id,
                "name": g.name,
                "rank": g.rank,
                "target_minutes": g.target_minutes,
                "clock_from": g.clock_from,
            }
            for g in scheme.grades
        ],
    }


def clock_time_known(step: Step) -> bool:
    """True when the scenario gives the event's clock time, not only its place in the order, its day or its month."""
    return step.event.at is not None and step.event.at.when().precision is Precision.MINUTE


def event_out(step: Step, replay: Replay) -> dict[str, Any]:
    """One event of a replay's output."""
    local = step.at.astimezone(replay.scenario.zone)
    out: dict[str, Any] = {
        "event": step.event.id,
        "do": step.event.do,
        "at": _utc(step.at),
        "local": local.isoformat(),
        "clock_time_known": clock_time_known(step),
        "incident": None,
        "warnings": [],
        "settled": [],
        "orders": [],
        "history": {"incidents": [], "counts": []},
        "floor": None,
        "standing": None,
        "response": {"at_risk": None, "suspect": None},
        "clocks": None,
        "questions": [],
        "do_now": [],
        "probe": [],
    }
    if step.view is not None:
        out.update(_view_out(step.view, replay))
    if step.attempt is not None:
        out["attempt"] = {
            "grade": step.attempt.ruling.grade,
            "accepted": step.attempt.accepted,
            "gate": step.attempt.ruling.gate.value,
            "needs": [_need(n) for n in step.attempt.needs],
        }
    if step.refused:
        out["attempt"] = {
            "grade": None,
            "accepted": False,
            "gate": None,
            "needs": [{"code": "refused", "warning": None, "sentence": step.refused}],
        }
    return out


def _view_out(view: View, replay: Replay) -> dict[str, Any]:
    picture = view.picture
    assert picture.incident
    place = picture.place(
        next((m.place_id for m in reversed(picture.moves) if m.kind == "at"), picture.incident.place_id)
    )
    going = picture.moves[-1] if picture.moves and picture.moves[-1].kind == "going_to" else None
    standing = picture.standing
    return {
        "incident": {
            "reference": picture.incident.reference,
            "type": picture.incident.type,
            "place": place.label if place else None,
            "going_to": where.label if going and (where := picture.place(going.place_id)) else None,
            "calls": view.clocks.calls_in,
        },
        "warnings": [_warning(w) for w in view.assessment.standing],
        "settled": [{"code": w.code, "by": w.settled_by} for w in view.assessment.warnings if not w.standing],
        "orders": [
            {
                "type": o.standing.order.type,
                "state": o.standing.state.value,
                "overlays": [x.value for x in o.standing.overlays],
                "live_for_risk": o.standing.live_for_risk,
                "source": o.standing.order.source,
                "because": o.standing.because,
            }
            for o in view.orders
        ],
        "history": {
            "incidents": [
                {
                    "id": i.id,
                    "opened": i.opened.spoken(replay.scenario.zone),
                    "precision": i.opened.precision.value,
                    "summary": i.summary,
                    "why": view.reasons[i.id],
                }
                for i in picture.linked
            ],
            "counts": [
                {
                    "number": c.number,
                    "opened": opened_of(c, picture),
                    "counted": c.counted,
                    "span": c.span,
                    "source": c.source,
                }
                for c in picture.counts
            ],
        },
        "floor": view.floor_grade.id if view.floor_grade else None,
        "standing": standing.grade if standing else None,
        "response": {
            "at_risk": view.clocks.state.value if view.clocks.state else None,
            "suspect": view.clocks.suspect_state.value if view.clocks.suspect_state else None,
        },
        "clocks": _clocks(view.clocks),
        "questions": [q.question.id for q in view.questions if q.open],
        "do_now": [t.text for t in view.to_do],
        "probe": [
            {
                "act": r.act.value,
                "grade": r.grade,
                "allowed_now": r.allowed_now,
                "gate": r.gate.value,
                "needs": [_need(n) for n in r.needs],
            }
            for r in view.rulings
        ],
    }


def _warning(warning: Warning) -> dict[str, Any]:
    return {
        "code": warning.code,
        "tier": warning.tier.value,
        "sentence": warning.sentence,
        "evidence": [{"kind": e.kind, "id": e.id, "line": e.line} for e in warning.evidence],
        "since": _utc(warning.since),
        "interrupts": warning.interrupts,
        "floor_rank": warning.floor_rank,
        "do": list(warning.do),
        "settles": list(warning.settles),
        "not_settled_by": list(warning.not_settled_by),
        "reference": warning.reference,
    }


def _clocks(clocks: Clocks) -> dict[str, Any]:
    return {
        "first_call": _utc(clocks.first_call) if clocks.first_call else None,
        "waiting_minutes": clocks.waiting,
        "calls_in": clocks.calls_in,
        "unanswered_out": clocks.unanswered_out,
        "due": _utc(clocks.due) if clocks.due else None,
        "overdue_minutes": clocks.overdue,
        "unresourced_minutes": clocks.unresourced,
        "untold_delay_minutes": clocks.untold_delay,
        "unacknowledged_move_minutes": clocks.unacknowledged_move,
    }


def _need(need: Need) -> dict[str, Any]:
    return {"code": need.code, "warning": need.warning or None, "sentence": need.sentence}


def _utc(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_words(step: Step, replay: Replay) -> str:
    """One event for a terminal: time, what happened, what is standing, what was refused."""
    local = step.at.astimezone(replay.scenario.zone)
    known = "" if clock_time_known(step) else " (clock time not known)"
    lines = [f"{local:%d %b %Y %H:%M}{known}  {step.event.id}"]
    if view := step.view:
        standing = view.standing_grade.name if view.standing_grade else "not graded"
        floor = view.floor_grade.name if view.floor_grade else "none"
        late = f", overdue {minutes_spoken(view.clocks.overdue)}" if view.clocks.overdue is not None else ""
        waiting = (
            f", waiting {minutes_spoken(view.clocks.waiting)}" if view.clocks.waiting is not None else ""
        )
        state = view.clocks.state.value.replace("_", " ") if view.clocks.state else "awaiting"
        lines.append(f"    {standing} (floor {floor}){late}{waiting}, response {state}")
        lines += [f"    ◆ {w.sentence}" for w in view.assessment.standing if w.interrupts]
        serious = sum(1 for w in view.assessment.standing if w.tier == "serious")
        notes = sum(1 for w in view.assessment.standing if w.tier == "note")
        if serious or notes:
            lines.append(f"    ▲ {serious} serious, {notes} more")
        lines += [
            f"    order {o.standing.order.type}: {o.standing.state.value.replace('_', ' ').lower()}"
            for o in view.orders
        ]
    if step.attempt:
        what = "recorded" if step.attempt.accepted else "REFUSED"
        lines.append(f"    {step.attempt.ruling.grade}: {what}")
        lines += [f"      needs: {n.sentence}" for n in step.attempt.needs]
    if step.refused:
        lines.append(f"    REFUSED: {step.refused}")
    return "\n".join(lines)
