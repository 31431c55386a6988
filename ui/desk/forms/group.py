"""What a handler is doing: the groups that forms and keys are listed in, in this order."""

from enum import Enum


class Group(Enum):
    """Each is told in these words, on the keys page and in the palette."""

    GRADE = "Grade"
    CALL = "Call"
    TOLD = "What is told"
    WHO = "Who"
    WHERE = "Where"
    ORDER = "Order"
    RESPONSE = "Response, and until somebody comes"
    NEXT = "What is done next"
    TRANSFER = "Another room or force"
    PAST = "Past incidents, and what is one"
    PAPERS = "Papers"
    WHOSE = "Whose it is, and those held open"
    GO_TO = "Go to"
