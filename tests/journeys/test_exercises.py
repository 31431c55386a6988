"""Every shipped exercise runs to its end at a desk, and whoever does what its key wants is told so."""

from pathlib import Path

import pytest

from callhandler import app as core
from callhandler.model.exercise import HeardKind
from callhandler.model.scoring import Area, State
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from callhandler.services.training.scored import (
    profile_as_json,
    score,
    trace_as_text,
    trace_from_text,
    trace_of,
)
from tests.journeys.night_players import Player

SHIPPED = sorted(p.stem for p in core.exercises_folder().glob("*.yaml"))


def sound(p: Player) -> None:
    """Take each call as it rings, ask everything that its key asks for, write down what is told, give the least grade."""
    taken: set[str] = set()
    while not p.run.lines.stopped:
        ringing = next((i for i, line in p.run.lines.all.items() if line.ringing and i not in taken), None)
        if ringing is None:
            p.step()
            continue
        taken.add(ringing)
        rings = p.run.lines.all[ringing].rings
        call = CallIn(
            number=rings.number, name=rings.name, place=rings.place, heard=rings.heard, outcome=rings.outcome
        )
        p.incident = p.app.calls.take(p.actor, call).incident_id
        p.run.tick()
        moment = next((m for m in p.run.exercise.key if m.line == ringing), None)
        if moment is None:
            continue
        for wanted in moment.asks:
            if p.run.line is not None:
                question = next((w for w in wanted.any_of if w in p.app.policy.questions), "")
                known = next(
                    (k for s in p.run.exercise.people for k in s.knows if k.id in wanted.any_of), None
                )
                p.run.ask(question=question, words="" if question or known is None else known.words[0])
        for wanted in moment.records:
            p.app.telling.tell(p.actor, p.incident, Told(wanted.any_of[0], "As it was said."))
        view = p.app.desk.view(p.actor, p.incident)
        ranks = {g.id: g.rank for g in p.app.policy.scheme.grades}
        floor = min((w.floor_rank or 99 for w in view.assessment.standing), default=99)
        fit = max((r for r in ranks.values() if r <= min(floor, ranks[moment.least])), default=1)
        p.app.incidents.grade(p.actor, p.incident, next(g for g, r in ranks.items() if r == fit))
        p.wait(1)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_exercise_runs_to_its_end_and_its_key_can_be_met(name: str, tmp_path: Path) -> None:
    player = Player(tmp_path, name)
    sound(player)
    trace = trace_of(player.run)
    policy = player.app.policy
    player.app.close()
    assert [h.text for h in trace.heard if h.kind is HeardKind.FAULT] == []
    found = score(player.run.exercise, trace, policy)
    grades = [i for m in found.moments for i in m.of(Area.GRADE) if i.essential]
    assert [i.what for i in grades if i.state is not State.MET] == []
    missed = [i.what for m in found.moments for i in m.of(Area.ASKED) if i.state is State.MISSED]
    assert missed == []
    again = trace_from_text(trace_as_text(trace))
    assert profile_as_json(score(player.run.exercise, again, policy)) == profile_as_json(found)
