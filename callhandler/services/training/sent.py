"""What a trainer sends to a desk, as the desk takes it in: a happening, a mark of a moment, or the end."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from callhandler.intake.exercise.happenings import AnyHappening
from callhandler.services.training.lines import Lines

_HAPPENING: TypeAdapter[AnyHappening] = TypeAdapter(AnyHappening)


def take_in(lines: Lines, entry: Mapping[str, Any], *, replayed: bool = False) -> str:
    """Let the calls know of what was sent. Says what is wrong with it, or nothing."""
    if entry.get("do") != "happening":
        return ""
    try:
        happening = _HAPPENING.validate_python(entry.get("happening"))
    except ValidationError as error:
        return f"This cannot happen: {error.errors()[0]['msg']}"
    line = getattr(happening, "line", None)
    if line and line not in lines.all:
        return f"This cannot happen: there is no call {line}."
    if happening.id in lines.marks and not replayed:
        return f"This cannot happen: {happening.id} is taken."
    lines.add(happening)
    return ""
