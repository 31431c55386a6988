"""The words in which a contact with somebody at risk is recorded: how identified, and by whom seen or spoken to."""

from typing import Literal

from callhandler.policy.entry import Entry
from callhandler.policy.gates import Choice, Id, Sentence


class HalfContact(Entry):
    """A confirmed fact that tells half of a contact: how she was met and by whom. How she was identified is still asked."""

    fact: Id
    said_by: Id
    how: Literal["seen", "spoken_to"]
    seen_by: Id
    reference: Sentence


class ContactTable(Entry):
    """The choices of a contact record. A policy kept from before there was one has none."""

    identified: tuple[Choice, ...] = ()
    seen_by: tuple[Choice, ...] = ()
    confirmed: tuple[HalfContact, ...] = ()
