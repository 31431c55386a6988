"""Makes one of what a policy says many times over.

The same condition stands in many rules, and every mention of one is a value of its own when it is read: a condition with
its forty words takes two kilobytes. What is equal and never changes need be there once.
"""

from collections.abc import Hashable
from typing import Any, TypeVar

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)


def shared(model: Model) -> Model:
    """The same frozen model, whose equal parts are one and the same."""
    return _one(model, {})  # type: ignore[no-any-return]


def _one(value: Any, known: dict[Hashable, Any]) -> Any:
    """The first that was met of all that equal `value`. Parts are shared before the whole, so that identity is equality."""
    # Not isinstance: a word of an enumeration equals its letters, and is something else.
    if type(value) is str:
        return known.setdefault(value, value)
    if type(value) is tuple:
        value = tuple(_one(part, known) for part in value)
        return known.setdefault((tuple, *map(id, value)), value)
    if isinstance(value, dict):
        return {_one(key, known): _one(part, known) for key, part in value.items()}
    if not isinstance(value, BaseModel):
        return value
    # Around the model's own refusal of changes: what is put in equals what was there.
    parts = value.__dict__
    for name, part in parts.items():
        parts[name] = _one(part, known)
    # What was written and what was left to its default are kept apart: the digest holds only the former.
    written = known.setdefault(frozenset(value.model_fields_set), value.model_fields_set)
    object.__setattr__(value, "__pydantic_fields_set__", written)
    return known.setdefault((type(value), id(written), *map(id, parts.values())), value)
