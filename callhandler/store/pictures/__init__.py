"""Reads the picture: a few hand-written statements, the same number whatever the size of the history.

Every statement asks only for rows recorded by `as_of` (the instant) and received up to `upto` (the order of receipt),
so that the same reader serves the live desk, a review of a past moment, and training.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from callhandler.model.assessment import Request
from callhandler.model.picture import Picture
from callhandler.store.pictures import deciding, whole
from callhandler.store.pictures.reader import Reader


def newest(connection: Connection) -> int:
    """The newest record's place in the order of receipt."""
    found: int = connection.execute(text("SELECT last FROM head WHERE id = 1")).scalar_one()
    return found


def of_incident(
    connection: Connection, incident_id: int, as_of: datetime, upto: int | None = None
) -> Picture:
    """The picture of an incident, live or past, as of an instant."""
    reader = Reader(connection, as_of, newest(connection) if upto is None else upto)
    return whole.of_incident(reader, incident_id)


def of_people(
    connection: Connection,
    as_of: datetime,
    *,
    people: Sequence[int] = (),
    places: Sequence[int] = (),
    numbers: Sequence[int] = (),
    upto: int | None = None,
) -> Picture:
    """The picture of people, places and numbers without an incident: what is known before anything is taken down."""
    reader = Reader(connection, as_of, newest(connection) if upto is None else upto)
    return whole.of_subjects(reader, people, places, numbers)


def requests_of(connection: Connection, incident_id: int, as_of: datetime, upto: int) -> tuple[Request, ...]:
    """What was asked for on an incident by then, with its reasons, answers and agreements."""
    return deciding.requests(Reader(connection, as_of, upto), incident_id)
