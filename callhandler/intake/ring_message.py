"""Rings in JSON: the file that a telephone system writes, and the one line that goes to the running window."""

import json
from pathlib import Path
from typing import Any

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.ring import Ring, from_values, location_texts, shown

LONGEST = 16 * 1024
VERSION = 1
_MARK = "callhandler"


class _Fault(ValueError):
    """A fault that is found while JSON is taken apart."""


def json_bytes(path: Path) -> bytes:
    """What a file holds, up to a little more than is allowed. Raises BadInput when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise BadInput(
            f"it cannot be read: {error.strerror or 'the system refuses it'}.", path.name
        ) from error


def from_json(data: bytes, where: str = "JSON") -> Ring:
    """A ring from one JSON object; unknown and repeated keys are refused."""
    return from_values(json_values(data, where), where, "file")


def json_values(data: bytes, where: str) -> dict[str, str | None]:
    """The named texts of one JSON object, before any of them is judged."""
    return _texts(_object(data, where), where)


def to_message(ring: Ring | None) -> bytes:
    """The line that hands a ring to the running window; without a ring it asks the window to show itself."""
    body: dict[str, object] = {_MARK: VERSION, "kind": "ring" if ring else "show"}
    if ring is not None:
        body["ring"] = {
            "number": ring.number,
            "name": ring.name,
            "place": ring.place,
            "at": ring.at.isoformat() if ring.at else None,
            "outcome": ring.outcome.value,
            "source": ring.source,
            "uuid": ring.uuid,
            **location_texts(ring.located),
        }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def from_message(data: bytes) -> Ring | None:
    """The ring of such a line, read as strictly as if a stranger had written it; None when it asks for the window only."""
    body = _object(data, "message")
    version = body.pop(_MARK, None)
    if version != VERSION or isinstance(version, bool):
        raise BadInput(
            "it comes from another version of this program; close the window and start it again.", "message"
        )
    kind = body.pop("kind", None)
    ring = body.pop("ring", None)
    if (
        body
        or (kind, isinstance(ring, dict)) not in (("ring", True), ("show", False))
        or (kind == "show" and ring)
    ):
        raise BadInput("it is neither a ring nor a wish to see the window.", "message")
    if kind == "show":
        return None
    read = from_values(_texts(ring, "message"), "message")
    if read.uuid != ring.get("uuid"):
        raise BadInput("it has no uuid of its own.", "message: uuid")
    return read


def _object(data: bytes, where: str) -> dict[str, Any]:
    if len(data) > LONGEST:
        raise BadInput(f"it has more than {LONGEST:,} bytes; one ring never needs as much.", where)
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise BadInput(f"byte {error.start + 1} is not UTF-8; save it as UTF-8.", where) from None
    except json.JSONDecodeError as error:
        raise BadInput(f"this is not JSON: {error.msg}.", f"{where}:{error.lineno}:{error.colno}") from None
    except _Fault as error:
        raise BadInput(str(error), where) from None
    except (ValueError, RecursionError):
        raise BadInput("this is no ring: it is nested too deep or holds a number too long.", where) from None
    if not isinstance(found, dict):
        raise BadInput('it must be one object, such as {"number": "+447700900418"}.', where)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _Fault(f"{shown(key)} is given twice; give it once.")
        made[key] = value
    return made


def _texts(found: dict[str, Any], where: str) -> dict[str, str | None]:
    faults = [
        BadInput("it must be text in quotation marks.", f"{where}: {shown(key)}")
        for key, value in found.items()
        if not isinstance(value, str | None)
    ]
    if faults:
        raise faults[0] if len(faults) == 1 else BadInputs(faults)
    return found
