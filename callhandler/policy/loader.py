"""Reads policy files into typed objects. Every fault is told with file and line, all of them in one reading."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.policy.check import faults_of
from callhandler.policy.contacts import ContactTable
from callhandler.policy.entries import (
    ConfirmationKind,
    IncidentType,
    Indicator,
    Manner,
    Question,
    Scheme,
    WarningRule,
)
from callhandler.policy.gates import Gates
from callhandler.policy.language import Language
from callhandler.policy.orders import OrderTable, OrderType, TermKind
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.policy.papers import Papers
from callhandler.policy.proposals import Offence, Referral
from callhandler.policy.responding import Escalation, Responses
from callhandler.policy.reviews import Reviews
from callhandler.yaml_source import Source, faults_from, parse_yaml

LISTS: dict[str, type[BaseModel]] = {
    "indicators": Indicator,
    "questions": Question,
    "warnings": WarningRule,
    "orders": OrderType,
    "terms": TermKind,
    "confirmations": ConfirmationKind,
    "types": IncidentType,
    "manners": Manner,
    "offences": Offence,
    "referrals": Referral,
    "escalations": Escalation,
}
"""The core files that hold a list of entries under a key of their own name."""


def load(folder: Path, scheme: str) -> Policy:
    """Read the core in `folder`/core and one scheme of `folder`/schemes.

    Raises BadInputs, naming file and line of every fault, when anything is wrong anywhere.
    """
    faults: list[BadInput] = []
    sources: dict[str, Source] = {}
    parts: dict[str, Any] = {}
    for name, kind in LISTS.items():
        source = _read(folder / "core" / f"{name}.yaml", faults)
        if source:
            sources[name] = source
            parts[name] = _entries(source, name, kind, faults)
    for name, model, path in (
        ("gates", Gates, folder / "core" / "gates.yaml"),
        ("contacts", ContactTable, folder / "core" / "contacts.yaml"),
        ("order_states", OrderTable, folder / "core" / "order_states.yaml"),
        ("responses", Responses, folder / "core" / "responses.yaml"),
        ("papers", Papers, folder / "core" / "papers.yaml"),
        ("language", Language, folder / "core" / "language.yaml"),
        ("reviews", Reviews, folder / "core" / "reviews.yaml"),
        ("scheme", Scheme, folder / "schemes" / f"{scheme}.yaml"),
    ):
        source = _read(path, faults)
        if source:
            sources[name] = source
            parts[name] = _whole(source, model, faults)
    if faults:
        raise BadInputs(faults)
    pack = Pack(**parts)
    faults = faults_of(pack, sources)
    if faults:
        raise BadInputs(faults)
    return policy_of(pack)


def scheme_names(folder: Path) -> tuple[str, ...]:
    """The schemes that `folder` holds, by file name."""
    return tuple(sorted(path.stem for path in (folder / "schemes").glob("*.yaml")))


def _read(path: Path, faults: list[BadInput]) -> Source | None:
    try:
        return parse_yaml(path)
    except BadInput as fault:
        faults.append(fault)
        return None


def _entries(source: Source, name: str, kind: type[BaseModel], faults: list[BadInput]) -> tuple[Any, ...]:
    value = source.value
    if not isinstance(value, dict) or set(value) != {name} or not isinstance(value[name], list):
        faults.append(BadInput(f"holds one key, {name}, with a list", source.line_of(())))
        return ()
    found = []
    for index, item in enumerate(value[name]):
        try:
            found.append(kind.model_validate(item))
        except ValidationError as error:
            faults.extend(faults_from(error, source, (name, index)))
    return tuple(found)


def _whole(source: Source, model: type[BaseModel], faults: list[BadInput]) -> Any:
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        faults.extend(faults_from(error, source))
        return None
