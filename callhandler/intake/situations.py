"""Reads situation files strictly: every fault is told with file and line, and twins are resolved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.situation import GIVEN_KEYS, Situation
from callhandler.intake.situation_cast import CAST
from callhandler.policy.pack import Policy
from callhandler.yaml_source import Source, faults_from, parse_yaml


@dataclass(frozen=True)
class Case:
    """A situation with the place it is written at."""

    situation: Situation
    where: str


def read_situations(where: Path, policy: Policy) -> tuple[Case, ...]:
    """Every situation of a file, or of the files of a folder, twins resolved.

    Raises BadInputs, naming file and line of every fault, when anything is wrong anywhere.
    """
    paths = sorted(where.glob("*.yaml")) if where.is_dir() else [where]
    if not paths:
        raise BadInputs([BadInput("holds no situation files (*.yaml)", where.name)])
    faults: list[BadInput] = []
    written: list[_Written] = []
    for path in paths:
        written += _entries(path, faults)
    by_id = {w.value["id"]: w for w in written}
    for name, times in Counter(w.value["id"] for w in written).items():
        if times > 1:
            faults.append(BadInput(f"the id {name} is used {times} times", by_id[name].line("id")))
    cases = [case for w in written if (case := _case(w, by_id, faults))]
    if not faults:
        for case in cases:
            faults += [BadInput(sentence, case.where) for sentence in _dangling(case.situation, policy)]
    if faults:
        raise BadInputs(faults)
    return tuple(cases)


@dataclass(frozen=True)
class _Written:
    """One entry as it stands in its file, before anything is made of it."""

    value: dict[str, Any]
    source: Source
    index: int

    def line(self, *path: str | int) -> str:
        return self.source.line_of(("situations", self.index, *path))

    @property
    def given(self) -> dict[str, Any]:
        """The keys that belong to what is given."""
        return {k: v for k, v in self.value.items() if k in GIVEN_KEYS}


def _entries(path: Path, faults: list[BadInput]) -> Iterator[_Written]:
    try:
        source = parse_yaml(path)
    except BadInput as fault:
        faults.append(fault)
        return
    value = source.value
    if (
        not isinstance(value, dict)
        or set(value) != {"situations"}
        or not isinstance(value["situations"], list)
    ):
        faults.append(BadInput("holds one key, situations, with a list", source.line_of(())))
        return
    for index, item in enumerate(value["situations"]):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield _Written(item, source, index)
        else:
            faults.append(BadInput("a situation needs an id", source.line_of(("situations", index))))


def _case(written: _Written, by_id: dict[str, _Written], faults: list[BadInput]) -> Case | None:
    """One entry as a situation; None, with its faults told, when it cannot be made."""
    value = dict(written.value)
    try:
        given = _given_of(written, by_id)
    except BadInput as fault:
        faults.append(fault)
        return None
    rest = {k: v for k, v in value.items() if k not in GIVEN_KEYS}
    if "given" in rest:
        faults.append(
            BadInput("write what is given beside the id, without the word given", written.line("given"))
        )
        return None
    if "twin" in rest:
        base = by_id[rest["twin"]["of"]].value
        rest.setdefault("reference", base.get("reference"))
    try:
        return Case(Situation.model_validate({**rest, "given": given}), written.line())
    except ValidationError as error:
        for problem in faults_from(error, written.source, ("situations", written.index)):
            faults.append(BadInput(problem.sentence.replace("given.", "", 1), problem.where))
        return None


def _given_of(written: _Written, by_id: dict[str, _Written]) -> dict[str, Any]:
    """What is given; for a twin, what its original gives and the one thing more. Raises BadInput."""
    twin = written.value.get("twin")
    if twin is None:
        return written.given
    if not isinstance(twin, dict) or set(twin) != {"of", "adds"} or not isinstance(twin["adds"], dict):
        raise BadInput("a twin is written {of: an id, adds: {one fact}}", written.line("twin"))
    if written.given:
        raise BadInput(
            f"a twin gives nothing of its own but what it adds; take out {', '.join(written.given)}",
            written.line(next(iter(written.given))),
        )
    original = by_id.get(str(twin["of"]))
    if original is None:
        raise BadInput(f"there is no situation {twin['of']}", written.line("twin", "of"))
    if "twin" in original.value:
        raise BadInput(f"{twin['of']} is a twin itself; name its original", written.line("twin", "of"))
    if unknown := sorted(set(twin["adds"]) - GIVEN_KEYS):
        raise BadInput(f"a situation gives no {unknown[0]}", written.line("twin", "adds", unknown[0]))
    if _facts(twin["adds"]) != 1:
        raise BadInput("a twin adds exactly one fact", written.line("twin", "adds"))
    return _merged(original.given, twin["adds"])


def _facts(adds: dict[str, Any]) -> int:
    return sum(len(v) if isinstance(v, list) else 1 for v in adds.values())


def _merged(given: dict[str, Any], adds: dict[str, Any]) -> dict[str, Any]:
    merged = dict(given)
    for key, value in adds.items():
        before = merged.get(key)
        if isinstance(value, list):
            merged[key] = [*(before or []), *value]
        elif isinstance(value, dict) and isinstance(before, dict):
            merged[key] = {**before, **value}
        else:
            merged[key] = value
    return merged


def _dangling(situation: Situation, policy: Policy) -> Iterator[str]:
    """Names that exist nowhere in the policy or in the situation."""
    given, expect = situation.given, situation.expect
    told = [*given.told, *(t for past in given.history for t in past.told)]
    yield from _missing("indicator", [t.tells for t in told], policy.indicators)
    yield from _missing("question", [*given.answers, *expect.asks, *expect.asks_not], policy.questions)
    yield from _missing("order type", [o.type for o in given.orders], policy.orders)
    yield from _missing("kind of term", [t.kind for o in given.orders for t in o.terms], policy.terms)
    yield from _missing(
        "incident type", [given.type, *(p.type for p in given.history if p.type)], policy.types
    )
    yield from _missing("confirmation", [c.fact for c in given.confirmed], policy.confirmations)
    yield from _missing("sayer", [c.said_by for c in given.confirmed], {c.id for c in policy.gates.said_by})
    yield from _missing(
        "check", [c.checked for c in given.confirmed], {c.id for c in policy.gates.how_checked}
    )
    warnings = [*(expect.critical or ()), *expect.serious, *expect.note, *expect.never, *expect.settled]
    yield from _missing("warning", [*warnings, *situation.near], policy.warnings)
    people = {*CAST, *given.people}
    named = [n for t in told for n in (t.about, t.harmed, t.by) if n]
    named += [n for p in given.history for n in p.people or {}]
    named += [n for s in given.people.values() for n in (s.of,) if n]
    named += [c.about for c in given.confirmed if c.about]
    named += [n for o in given.orders for n in (o.protects, o.against) if n]
    named += [t.who for t in given.places]
    named += [w.who for w in given.warned]
    named += [r.who for r in given.records]
    yield from _missing("person", named, people)
    if kind := policy.types.get(given.type):
        known = {q.casefold() for q in kind.qualifiers}
        yield from _missing(
            f"qualifier of {given.type}", [q for q in given.qualifiers if q.casefold() not in known], ()
        )


def _missing(what: str, names: Sequence[str], known: Any) -> Iterator[str]:
    return (f"there is no {what} {name}" for name in dict.fromkeys(names) if name not in known)
