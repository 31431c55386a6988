"""What can go wrong, split by whose matter it is.

`Refused` is an answer, not a fault: what was asked may not be done as it stands, and it says what is needed.
`Environment` is the machine's or the network's doing (disk, folder, database); `BadInput` is what somebody gave us.
Anything else that escapes is our own fault and is logged as such.
"""

from collections.abc import Sequence


class CallhandlerError(Exception):
    """Base of every error that carries a sentence fit to be shown to a handler.

    `act` names the act at the desk that the sentence ends with, where it does: the screen adds its key.
    """

    act = ""


class BadInput(CallhandlerError):
    """Something given to the program cannot be used. `where` says the file and line, or the field; a
    sentence that begins with it does not say it twice."""

    def __init__(self, sentence: str, where: str = "", act: str = "") -> None:
        said = not where or sentence.startswith(where)
        super().__init__(sentence if said else f"{where}: {sentence}")
        self.sentence = sentence
        self.where = where
        self.act = act


class BadInputs(BadInput):
    """Several faults found in one reading, each with its place."""

    def __init__(self, faults: Sequence[BadInput]) -> None:
        CallhandlerError.__init__(self, "\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
        self.sentence = str(self)
        self.where = ""


class Refused(CallhandlerError):
    """The act is not allowed as asked. `needs` names, in order, each thing that is missing."""

    def __init__(self, sentence: str, needs: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.needs = tuple(needs)


class NotAllowed(Refused):
    """The person signed in does not hold the right that this needs."""


class Stale(Refused):
    """Something new was recorded after what the act was based on: read again, then decide."""


class Environment(CallhandlerError):
    """The machine's doing: a full disk, a folder that cannot be written, a database that cannot be reached."""


class StoreTooNew(Environment):
    """The database was written by a newer version of this program."""


class StoreTampered(Environment):
    """The database's own protections are missing or differ from what this version installs."""
