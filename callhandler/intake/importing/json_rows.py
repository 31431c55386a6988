"""Rows of a JSON Lines file: one object a line; what lies deeper is named by its path, `caller.name`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from callhandler.intake.importing.csv_rows import LONGEST_LINE, MOST_SHOWN, TOO_LONG, lines_of
from callhandler.intake.importing.rows import Rejected, Row


class _Twice(ValueError):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


_decoder = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_constant=_no_number, parse_float=str, parse_int=str
)


def json_rows(path: Path, encoding: str) -> Iterator[Row | Rejected]:
    """Every line's object, flat, as text; a line that is none is rejected. Numbers stay as they are written."""
    inner = "utf-8" if encoding.startswith("utf-16") else encoding
    for number, line in enumerate(lines_of(path, encoding), 1):
        if line.strip():
            yield _row(number, line, inner)


def _row(number: int, line: bytes, encoding: str) -> Row | Rejected:
    long = len(line) >= LONGEST_LINE
    raw = (line[:MOST_SHOWN] if long else line).decode(encoding, "replace").strip()

    def broken(why: str) -> Rejected:
        return Rejected(number, "", raw[:200], why, raw=raw)

    if long:
        return broken(TOO_LONG)
    try:
        value = _decoder.decode(line.decode(encoding).strip())
    except UnicodeDecodeError:
        return broken(f"Bytes here are not {encoding.upper()}; save the file as UTF-8, or name its encoding.")
    except _Twice as error:
        return broken(f"The key {error} stands twice in this object.")
    except (ValueError, RecursionError) as error:
        return broken(f"This line is no JSON object: {getattr(error, 'msg', str(error))}.")
    if not isinstance(value, dict):
        return broken("This line holds no object: one row is {...} on one line.")
    cells: dict[str, str] = {}
    try:
        _flatten(value, "", cells)
    except ValueError as error:
        return broken(str(error))
    return Row(number, cells)


def _flatten(value: dict[str, Any], before: str, cells: dict[str, str]) -> None:
    for name, inner in value.items():
        path = before + name
        if isinstance(inner, dict):
            _flatten(inner, f"{path}.", cells)
        elif isinstance(inner, list):
            if any(isinstance(one, dict | list) for one in inner):
                raise ValueError(
                    f"{path} holds a list of more than words; give its rows a file of their own."
                )
            cells[path] = "; ".join(_plain(one) for one in inner if one is not None)
        else:
            cells[path] = _plain(inner)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
