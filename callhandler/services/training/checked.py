"""An exercise held against the policy that it will run under: every grade, question, indicator and warning that it names."""

from collections.abc import Collection, Iterator
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.intake.exercise import Exercise
from callhandler.intake.exercise.happenings import Others
from callhandler.intake.faults import meant
from callhandler.intake.scenario_events import TransferEvent
from callhandler.policy.pack import Policy
from callhandler.yaml_source import parse_yaml


def against_policy(
    exercise: Exercise, path: Path, policy: Policy, text: str | None = None
) -> Iterator[BadInput]:
    """Every id of the exercise that the policy does not have, at file and line. `text` as in `read_exercise`."""
    source = parse_yaml(path, text)
    grades = [g.id for g in policy.scheme.grades]
    known = {k.id for p in exercise.people for k in p.knows}

    def missing(what: str, id_: str, pool: Collection[str], *where: str | int) -> Iterator[BadInput]:
        if id_ not in pool:
            yield BadInput(f"the policy has no {what} {id_}{meant(id_, pool)}", source.line_of(where))

    for i, person in enumerate(exercise.people):
        for j, k in enumerate(person.knows):
            here = ("people", i, "knows", j)
            for m, question in enumerate(k.asked_by):
                yield from missing("question", question, dict(policy.questions), *here, "asked_by", m)
            if k.indicator:
                yield from missing("indicator", k.indicator, dict(policy.indicators), *here, "indicator")
    for i, happening in enumerate(exercise.happenings):
        for m, indicator in enumerate(getattr(happening, "heard", ())):
            yield from missing("indicator", indicator, dict(policy.indicators), "happenings", i, "heard", m)
        if isinstance(happening, Others) and isinstance(happening.event, TransferEvent):
            yield from missing("grade", happening.event.grade, grades, "happenings", i, "event", "grade")
        graded = (happening.after or "").partition(":graded-")[2]
        if graded:
            yield from missing("grade", graded, grades, "happenings", i, "after")
    for i, moment in enumerate(exercise.key):
        at = ("key", i)
        yield from missing("grade", moment.least, grades, *at, "least")
        for m, grade in enumerate(moment.accepted):
            yield from missing("grade", grade, grades, *at, "accepted", m)
        for m, code in enumerate(moment.warnings):
            yield from missing("warning", code, dict(policy.warnings), *at, "warnings", m)
        for m, wanted in enumerate(moment.records):
            for n, indicator in enumerate(wanted.any_of):
                yield from missing(
                    "indicator", indicator, dict(policy.indicators), *at, "records", m, "any_of", n
                )
        for m, wanted in enumerate(moment.asks):
            for n, id_ in enumerate(wanted.any_of):
                if id_ not in known and id_ not in policy.questions:
                    yield BadInput(
                        f"nobody knows {id_}, and the policy has no question {id_}"
                        f"{meant(id_, [*known, *policy.questions])}",
                        source.line_of((*at, "asks", m, "any_of", n)),
                    )
