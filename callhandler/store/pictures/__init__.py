"""Reads the picture: a few hand-written statements, the same number whatever the size of the history.

Every statement asks only for rows recorded by `as_of` (the instant) and received up to `upto` (the order of receipt),
so that the same reader serves the live desk, a review of a past moment, and training.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from callhandler.model.assessment import Request
from callhandler.model.picture import Picture
from callhandler.model.sameness import Cluster, SameAs
from callhandler.store import beside
from callhandler.store.pictures import deciding, linking, whole
from callhandler.store.pictures.foresight import NO_INCIDENT, foresee
from callhandler.store.pictures.reader import EVERY_RECORD, Reader, newest

__all__ = ["every_record", "newest", "of_incident", "of_people", "read_as_one", "requests_of"]

EVER = datetime.max.replace(tzinfo=UTC)


def of_incident(
    connection: Connection,
    incident_id: int,
    as_of: datetime,
    upto: int | None = None,
    supposing: tuple[SameAs, ...] = (),
) -> Picture:
    """The picture of an incident, live or past, as of an instant; as it would be if records were judged so."""
    read = Reader(connection, as_of, upto, supposing)
    if read.shared:
        foresee(read, incident_id)
    return whole.of_incident(read, incident_id)


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
    read = Reader(connection, as_of, upto)
    if read.shared:
        foresee(read, NO_INCIDENT, people, places, numbers)
    return whole.of_subjects(read, people, places, numbers)


def read_as_one(
    connection: Connection, people: Collection[int], places: Collection[int] = ()
) -> tuple[Cluster, ...]:
    """Which records are read as one with these, by every judgement there is. One statement."""
    return beside.at_once(connection, linking.read_as_one(every_record(connection), people, places))


def every_record(connection: Connection) -> Reader:
    """Reads whatever is recorded."""
    return Reader(connection, EVER, EVERY_RECORD)


def requests_of(connection: Connection, incident_id: int, as_of: datetime, upto: int) -> tuple[Request, ...]:
    """What was asked for on an incident by then, with its reasons, answers and agreements."""
    return deciding.requests(Reader(connection, as_of, upto), incident_id)
