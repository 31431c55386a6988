"""What is wrong with a file that people write, in plain sentences that say what to write instead, at file and line."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from callhandler.errors import BadInput
from callhandler.yaml_source import Source, parse_yaml

QUOTES = "put the whole sentence between quotation marks"
_YAML = {
    "mapping values are not allowed": f"a colon in a sentence makes a key of what is before it: {QUOTES}",
    "expected ',' or": f"a bracket is not closed, or a sentence holds a quotation mark, a bracket or a colon: {QUOTES}",
    "expected <block end>": "this line does not fit under those above it: look how it is indented, and close the brackets",
    "duplicate key": "a key may be written once in one block: take one of the two away",
    "cannot start any token": "a value cannot begin with a tab or such a sign: indent with spaces, or use quotation marks",
    "undefined alias": f"a value that begins with * is read as something else: {QUOTES}",
}
"""What the reader of YAML says, and what is meant by it in a file of sentences."""


def parsed(path: Path, text: str | None = None) -> Source:
    """The file as it is written, or `text` in its place. Raises BadInput that says what to do about it."""
    try:
        return parse_yaml(path, text)
    except BadInput as fault:
        hint = next((say for words, say in _YAML.items() if words in fault.sentence), "")
        if hint:
            raise BadInput(f"{hint} ({fault.sentence})", fault.where) from fault
        if isinstance(fault.__cause__, UnicodeDecodeError):
            line = path.read_bytes()[: fault.__cause__.start].count(b"\n") + 1
            hint = "a character here is not UTF-8: save the file as UTF-8 in your editor"
            raise BadInput(f"{hint} ({fault.sentence})", f"{path.name}:{line}") from fault
        raise


def faults_of_shape(
    error: ValidationError,
    source: Source,
    whole: type[BaseModel],
    wanted: Mapping[str, str] | None = None,
    *,
    columns: bool = False,
) -> list[BadInput]:
    """What the reading classes found, one fault for each place, in plain sentences; `columns` tells them after the line.

    `wanted` says of a key what may stand there, where that takes words of the file's own kind.
    """
    schema = _schema(whole)
    found: dict[str, None] = {}
    faults = []
    for problem in error.errors():
        path = _as_written(problem, source.value, schema)
        if path is None or (problem["type"] == "too_short" and problem["input"]):
            # A list is complained of as too short, too, where what is in it is broken.
            continue
        sentence = _sentence(path, problem, schema, wanted or {})
        where = source.place_of(path) if columns else source.line_of(path)
        # One slip may be found twice.
        if f"{where}{sentence}" not in found:
            found[f"{where}{sentence}"] = None
            faults.append(BadInput(sentence, where))
    return faults


def meant(given: str, known: Collection[str], *, listed: int = 12) -> str:
    """The name that was most likely meant, else all of them where they are few; as the end of a sentence."""
    near = get_close_matches(given, known, 1)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; there are {', '.join(known)}" if 0 < len(known) <= listed else ""


@lru_cache(maxsize=4)
def _schema(whole: type[BaseModel]) -> Mapping[str, Any]:
    return whole.model_json_schema(by_alias=True)


Steps = Sequence[str | int]
_PLAIN = re.compile(r"(constrained-)?(str|int|float|bool)\b|enum\b|literal\[")


def _as_written(problem: Mapping[str, Any], value: Any, schema: Mapping[str, Any]) -> Steps | None:
    """Where it is in the file. None for a complaint of another form than the one that was written.

    Where words or a block may stand, the reading classes complain of both, and name each form as a step of the path.
    """
    path: list[str | int] = []
    for step in problem["loc"]:
        block = isinstance(step, str) and (
            step.startswith("dict[") or step.rpartition(", ")[2].rstrip("]") in schema["$defs"]
        )
        if not _inside(value, step) and (block or (isinstance(step, str) and _PLAIN.match(step))):
            if block != isinstance(value, dict):
                return None
            continue
        path.append(step)
        value = value[step] if _inside(value, step) else None
    return path


def _inside(value: Any, step: str | int) -> bool:
    return (isinstance(value, dict) and step in value) or (
        isinstance(value, list) and isinstance(step, int) and step < len(value)
    )


def _sentence(
    path: Steps, problem: Mapping[str, Any], schema: Mapping[str, Any], wanted: Mapping[str, str]
) -> str:
    kind: str = problem["type"]
    name = next((str(s) for s in reversed(path) if isinstance(s, str)), "the file")
    given = problem["input"]
    context = problem.get("ctx", {})
    if kind == "extra_forbidden":
        return _odd_key(str(path[-1]), given, _keys_at(path[:-1], schema))
    if path and path[-1] in wanted and kind != "missing":
        return f"{name} wants {wanted[name]}: {given!r} is none"
    if name == "[key]":
        return f"the key {given!r} was not read as words: put it between quotation marks"
    for kinds, say in _SAY:
        if kind in kinds:
            return say(name, given, context)
    return f"{name}: {problem['msg']}{'' if isinstance(given, dict | list) else f', given {given!r}'}"


def _odd_key(key: str, given: object, known: Collection[str]) -> str:
    if given is None and (" " in key or not get_close_matches(key, known, 1)):
        return f"“{key}” was read as a key, for a comma inside braces ends a sentence: {QUOTES}"
    return f"there is no {key} here{meant(key, known, listed=20)}"


def _keys_at(path: Steps, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that may stand at a place; none when it cannot be told."""
    here = _resolved(schema, schema)
    for step in path:
        following: list[Mapping[str, Any]] = []
        for node in here:
            if isinstance(step, int):
                following += _resolved(node.get("items", {}), schema)
            elif "discriminator" in node:
                following += _resolved({"$ref": node["discriminator"]["mapping"].get(step, "")}, schema)
            else:
                following += _resolved(node.get("properties", {}).get(step, {}), schema)
        here = following
    return tuple(dict.fromkeys(key for node in here for key in node.get("properties", ())))


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every form that may stand here."""
    if "anyOf" in node:
        return [found for option in node["anyOf"] for found in _resolved(option, schema)]
    name = str(node.get("$ref", "")).rpartition("/")[2]
    return _resolved(schema["$defs"][name], schema) if name in schema.get("$defs", {}) else [node]


def _missing(name: str, _: object, __: Mapping[str, Any]) -> str:
    return f"{name} is missing: write “{name}: ...” here"


def _no_kind(name: str, given: object, context: Mapping[str, Any]) -> str:
    kinds = [k.strip(" '\"") for k in str(context.get("expected_tags", "")).split(",") if k.strip(" '\"")]
    do = given.get("do") if isinstance(given, dict) else given
    if do is None:
        return "say what happens: do is missing; it is one of rings, says, sound, safe, takes_phone, ends, others, stops"
    return f"nothing is called do: {do} here{meant(str(do), kinds)}"


def _no_choice(name: str, given: object, context: Mapping[str, Any]) -> str:
    choices = [c.strip(" '\"") for c in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
    return f"{name} cannot be {given!r}{meant(str(given), choices, listed=40)}"


def _no_text(name: str, given: object, _: Mapping[str, Any]) -> str:
    if given is None:
        return f"nothing is written after {name}: write it, or take the key away"
    if isinstance(given, dict | list):
        return f"{name} wants one sentence: {QUOTES}, for brackets, braces and colons would cut it"
    return f"{name} was read as {given!r} and not as words: put it between quotation marks"


def _no_list(name: str, given: object, _: Mapping[str, Any]) -> str:
    if isinstance(given, str):
        return f"{name} wants a list: write it in brackets, [{given}]"
    return f"{name} wants a list: one line each with a dash before it, or all in brackets"


def _out_of_range(name: str, given: object, context: Mapping[str, Any]) -> str:
    limit = next((f"{say} {context[key]}" for key, say in _LIMITS if key in context), "another number")
    return f"{name} must be {limit}: {given!r} is not"


def _no_id(name: str, given: object, _: Mapping[str, Any]) -> str:
    if name == "after":
        return f"{given!r} is no mark: write an id, or a call's id with a colon, as in call-1:answered"
    slug = re.sub(r"[^a-z0-9]+", "-", str(given).lower()).strip("-") or "call-1"
    return f"{name} wants a name in small letters, digits and hyphens, such as {slug}: {given!r} is none"


def _too_long(name: str, given: object, context: Mapping[str, Any]) -> str:
    return f"{name} is longer than {context.get('max_length', 'allowed')} characters: part it in two"


def _own_words(name: str, _: object, context: Mapping[str, Any]) -> str:
    said = str(context.get("error", "this cannot be read"))
    return said if name in said else f"{name}: {said}"


def _plainly(sentence: str) -> Callable[[str, object, Mapping[str, Any]], str]:
    """Says the same of every place: `name` is its key, `given` what stands there."""
    return lambda name, given, _: sentence.format(name=name, given=given)


def _no_block(name: str, given: object, context: Mapping[str, Any]) -> str:
    if context.get("class_name") not in ("Cell", "TimeCell"):
        return f"{name} wants keys and values, such as {{id: ..., ...}}, and {given!r} stands there"
    if given is None:
        return f"nothing is written after {name}: write a column's name, or take the key away"
    if isinstance(given, list):
        return (
            f"{name} wants one column's name; several are written {{columns: [{', '.join(map(str, given))}]}}"
        )
    return f"{name} wants a column's name between quotation marks, or {{column: ...}}: {given!r} was read otherwise"


_NO_NUMBER = _plainly("{name} wants a whole number, without words: {given!r} is none")
_NO_YES = _plainly("{name} is true or false: {given!r} is neither")
_EMPTY = _plainly("{name} is empty: write at least one, or take the key away")
_LIMITS = (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"))
_SAY: tuple[tuple[tuple[str, ...], Callable[[str, object, Mapping[str, Any]], str]], ...] = (
    (("missing",), _missing),
    (("union_tag_invalid", "union_tag_not_found"), _no_kind),
    (("literal_error", "enum"), _no_choice),
    (("string_type",), _no_text),
    (("tuple_type", "list_type"), _no_list),
    (("model_type", "model_attributes_type", "dict_type"), _no_block),
    (("int_type", "int_parsing", "int_from_float"), _NO_NUMBER),
    (("bool_type", "bool_parsing"), _NO_YES),
    (("greater_than_equal", "greater_than", "less_than_equal", "less_than"), _out_of_range),
    (("string_pattern_mismatch",), _no_id),
    (("too_short", "string_too_short"), _EMPTY),
    (("string_too_long",), _too_long),
    (("value_error",), _own_words),
)
"""What to say of each kind of complaint of the reading classes."""
