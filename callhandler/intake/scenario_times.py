"""Times as a scenario writes them: local clock time, a day, a month, a year; or unknown."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from callhandler.model.when import LONDON, Precision, When

_FORMS = (
    (re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$"), Precision.MINUTE),
    (re.compile(r"^\d{4}-\d\d-\d\d$"), Precision.DAY),
    (re.compile(r"^\d{4}-\d\d$"), Precision.MONTH),
    (re.compile(r"^\d{4}$"), Precision.YEAR),
)


ACCEPTED = "write a time as 2018-08-26T22:34, 2018-08-26, 2018-08 or 2018"


def _text(value: Any) -> Any:
    """A day, a year or a clock time that YAML read as such, because it had no quotation marks, as text again."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _readable(value: str) -> str:
    read_local(value)
    return value


class Told(BaseModel):
    """A time as told. `at` is local text; `precision` may say that the text is more exact than what was told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Annotated[
        str,
        Field(min_length=4, max_length=32, description=ACCEPTED),
        AfterValidator(_readable),
        BeforeValidator(_text, json_schema_input_type=str | int),
    ]
    precision: Precision | None = None

    def when(self, zone: ZoneInfo = LONDON) -> When:
        """The instant (start of the day, month or year when no more is known) with its precision."""
        instant, form = read_local(self.at, zone)
        return When(instant, self.precision or form)

    def known_by(self, zone: ZoneInfo = LONDON) -> datetime:
        """The first instant by which it was surely recorded: the end of the day, month or year when that is all we have."""
        instant, form = read_local(self.at, zone)
        local = instant.astimezone(zone)
        match form:
            case Precision.DAY:
                local += timedelta(days=1)
            case Precision.MONTH:
                local = (local.replace(day=1) + timedelta(days=32)).replace(day=1)
            case Precision.YEAR:
                local = local.replace(year=local.year + 1)
        end = local.replace(tzinfo=zone).astimezone(UTC)
        return end if form is Precision.MINUTE else end - timedelta(minutes=1)


def read_local(text: str, zone: ZoneInfo = LONDON) -> tuple[datetime, Precision]:
    """Read a local time, or an ISO time with its own offset. Raises ValueError with what is accepted."""
    for pattern, precision in _FORMS:
        if pattern.match(text):
            padded = text if precision is Precision.MINUTE else text + "-01" * ((10 - len(text)) // 3)
            return datetime.fromisoformat(padded).replace(tzinfo=zone).astimezone(UTC), precision
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError(ACCEPTED)
    return instant.astimezone(UTC), Precision.MINUTE


def _told(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str):
        read_local(text)
        return {"at": text}
    if not isinstance(value, dict | Told):
        raise ValueError(ACCEPTED)
    return value


Time = Annotated[Told, BeforeValidator(_told, json_schema_input_type=str | int | Told)]
"""A time in a scenario: plain text, or `{at: ..., precision: month}`."""
