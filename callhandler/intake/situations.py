"""Reads situation files strictly: every fault is told with file and line, and twins are resolved."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.situation import GIVEN_KEYS, Situation
from callhandler.intake.situation_names import dangling, odd_key
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
    for case in cases:
        faults += [BadInput(sentence, case.where) for sentence in dangling(case.situation, policy)]
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
    if odd := [k for k in rest if k not in Situation.model_fields]:
        faults += [BadInput(odd_key(key), written.line(key)) for key in odd]
        rest = {k: v for k, v in rest.items() if k not in odd}
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
            faults.append(
                BadInput(
                    problem.sentence.replace("given.", "", 1).replace("Value error, ", "", 1), problem.where
                )
            )
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
