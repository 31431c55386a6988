"""The words in which a contact with somebody at risk is recorded: how identified, and by whom seen or spoken to."""

from callhandler.policy.entry import Entry
from callhandler.policy.gates import Choice


class ContactTable(Entry):
    """The choices of a contact record. A policy kept from before there was one has none."""

    identified: tuple[Choice, ...] = ()
    seen_by: tuple[Choice, ...] = ()
