"""Policy entries of what may follow: offences, referrals and orders that may be available, and who to ring where."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from callhandler.policy.conditions import Condition
from callhandler.policy.entry import Entry

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]


class Offence(Entry):
    """An offence that what was told may amount to. Dated by the day of the event."""

    id: Id
    name: Sentence
    statute: Sentence
    when: Condition
    why: Sentence
    owner: Sentence
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = True
    reference: Sentence


class Referral(Entry):
    """Who else should know, be asked or be offered; an order that may be available; a signpost by where she lives."""

    id: Id
    kind: Literal["referral", "order", "signpost"]
    name: Sentence
    when: Condition
    why: Sentence
    owner: Sentence
    consent: Literal["needed", "sought", "not_needed"]
    signpost: Id | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = True
    reference: Sentence


class Contact(Entry):
    """How a service is reached."""

    service: Id
    name: Sentence
    reach: Sentence
    verified: bool = True
    reference: Sentence


class Area(Entry):
    """Part of a force's area with its own services: known by the start of a postcode, or by a word of an address."""

    id: Id
    name: Sentence
    postcodes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    contacts: tuple[Contact, ...]


def in_force(entry: Offence | Referral, day: date) -> bool:
    """True when an entry counts on a day."""
    return (entry.valid_from is None or entry.valid_from <= day) and (
        entry.valid_to is None or day <= entry.valid_to
    )
