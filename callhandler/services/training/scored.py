"""What was done in an exercise as one file that says all, and the profile that is worked out from that file alone."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from callhandler.brief.content import Paper
from callhandler.brief.debrief import debrief
from callhandler.errors import BadInput
from callhandler.intake.exercise import Exercise
from callhandler.model.exercise import Heard, HeardKind
from callhandler.model.scoring import Done, EveningRow, Profile, Trace
from callhandler.model.when import from_micros
from callhandler.policy.pack import Policy
from callhandler.rules.training.evening import evening
from callhandler.rules.training.scoring import profile
from callhandler.services.training.exercising import TRAINEE, Exercising
from callhandler.services.training.record import heard_of, written
from callhandler.store import exercise_trace, subjects
from callhandler.store.engine import Engine
from callhandler.store.unit_of_work import reading

VERSION = 1


def trace_of(run: Exercising) -> Trace:
    """Everything that was heard and done at a desk, up to now."""
    return trace_in(run.office.engine, run.exercise, run.office.policy, run.record.entries)


def trace_in(engine: Engine, exercise: Exercise, policy: Policy, heard: Sequence[Heard]) -> Trace:
    """The same from a store that is only read: of a desk that somebody else sits at."""
    started = next((h for h in heard if h.kind is HeardKind.STARTED), None)
    if started is None:
        raise BadInput("This exercise was never begun at this desk.", "exercise")
    with reading(engine) as connection:
        rows = exercise_trace.rows_since(connection, 0 if exercise.played else started.row)
        user = subjects.user_named(connection, TRAINEE)
    # A row that fed nothing but the exercise itself, its desk's people signing in, is not the trainee's doing.
    done = tuple(Done(r.id, r.kind, from_micros(r.known_at), r.incident_id, r.values) for r in rows)
    return Trace(
        exercise.exercise,
        policy.digest,
        (user[1] if user else "", str(user[0]) if user else ""),
        tuple(heard),
        done,
    )


def score(exercise: Exercise, trace: Trace, policy: Policy) -> Profile:
    """The profile of a trace. Raises BadInput when it is of another exercise."""
    if trace.exercise != exercise.exercise:
        raise BadInput(f"This is a record of {trace.exercise}, not of {exercise.exercise}.", "exercise")
    known = [k for speaker in exercise.speakers.values() for k in speaker.knows]
    return profile([m.plain() for m in exercise.key], trace, policy, known)


def trace_as_text(trace: Trace) -> str:
    """A trace as it is kept and handed on: JSON, the same bytes for the same trace."""
    body = {
        "version": VERSION,
        "exercise": trace.exercise,
        "policy": trace.policy_digest,
        "trainee": list(trace.trainee),
        "heard": [written(h) for h in trace.heard],
        "done": [
            {
                "id": d.id,
                "kind": d.kind,
                "at": d.at.isoformat(),
                "incident": d.incident,
                "values": dict(d.values),
            }
            for d in trace.done
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def trace_from_text(text: str, where: str = "record") -> Trace:
    """The trace that was kept. Raises BadInput when it is none, or of another version."""
    try:
        body = json.loads(text)
        if body["version"] != VERSION:
            raise BadInput(
                f"This record is of version {body['version']}; this program reads {VERSION}.", where
            )
        return Trace(
            body["exercise"],
            body["policy"],
            (body["trainee"][0], body["trainee"][1]),
            tuple(heard_of(h) for h in body["heard"]),
            tuple(
                Done(
                    d["id"],
                    d["kind"],
                    datetime.fromisoformat(d["at"]).astimezone(UTC),
                    d["incident"],
                    tuple(sorted(d["values"].items())),
                )
                for d in body["done"]
            ),
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BadInput(f"This is no record of an exercise ({error}).", where) from error


def debrief_of(run: Exercising) -> Paper:
    """The debrief of a sitting as a paper: on screen, as PDF, as HTML or as text."""
    return debrief_in(run.exercise, run.office.policy, trace_of(run))


def evening_of(exercise: Exercise, policy: Policy, trace: Trace) -> tuple[EveningRow, ...]:
    """A sitting as a timeline: what was heard, what was done, what the key says and what could have been asked."""
    known = [k for speaker in exercise.speakers.values() for k in speaker.knows]
    names = {id_: s.name for id_, s in exercise.speakers.items()}
    return evening(trace, [m.plain() for m in exercise.key], policy, known, names)


def debrief_in(exercise: Exercise, policy: Policy, trace: Trace) -> Paper:
    """The debrief of a trace as a paper."""
    return debrief(
        score(exercise, trace, policy),
        evening_of(exercise, policy, trace),
        title=exercise.title,
        trainee=trace.trainee[0],
        marking=policy.papers.marking,
        zone=exercise.time_zone,
        as_of=trace.ended,
        position=max((d.id for d in trace.done), default=0),
        teaching=[(t.point, t.source) for t in exercise.teaching],
        grades={g.id: g.name for g in policy.scheme.grades},
    )


def profile_as_json(found: Profile) -> str:
    """A profile for programs: the same bytes for the same profile."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else str(value)

    return json.dumps(asdict(found), default=plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
