"""The gate table: what stands between a handler and each act that lowers, by act, tier and distance; and its least.

The database holds the same least a third time, in its triggers.
"""

from typing import Annotated, Literal, get_args

from pydantic import Field

from callhandler.model.assessment import CHANGING, DECIDING, Act, Gate
from callhandler.policy.entry import Entry

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]

Case = Literal[
    "raising",
    "correction_in_same_call",
    "closing_with_nothing_open",
    "below_standing",
    "below_floor",
    "below_floor_critical",
    "without_contact",
    "without_contact_critical",
    "loses_nothing",
    "loses_warning",
    "loses_floor",
    "loses_floor_critical",
]
CASES: tuple[Case, ...] = get_args(Case)

ORDER_OF_GATES = (Gate.NONE, Gate.REASON, Gate.RATIONALE, Gate.AGREEMENT)
"""From nothing to two people."""

_RANKED = (*DECIDING, Act.MERGE)
_UNSEEN = (Act.GRADE, Act.CLOSE, Act.CANCEL, Act.APPOINT, Act.RESULT)

APPLIES: dict[Case, tuple[Act, ...]] = {
    "raising": (*_RANKED, Act.RESULT),
    "correction_in_same_call": (Act.GRADE,),
    "closing_with_nothing_open": (Act.CLOSE,),
    "below_standing": _RANKED,
    "below_floor": _RANKED,
    "below_floor_critical": _RANKED,
    "without_contact": _UNSEEN,
    "without_contact_critical": _UNSEEN,
    "loses_nothing": CHANGING,
    "loses_warning": CHANGING,
    "loses_floor": CHANGING,
    "loses_floor_critical": CHANGING,
}
"""Which acts can come to which case."""

_LEAST: dict[Case, Gate] = {
    "raising": Gate.NONE,
    "correction_in_same_call": Gate.NONE,
    "closing_with_nothing_open": Gate.NONE,
    "below_standing": Gate.REASON,
    "below_floor": Gate.RATIONALE,
    "below_floor_critical": Gate.AGREEMENT,
    "without_contact": Gate.RATIONALE,
    "without_contact_critical": Gate.AGREEMENT,
    "loses_nothing": Gate.REASON,
    "loses_warning": Gate.REASON,
    "loses_floor": Gate.RATIONALE,
    "loses_floor_critical": Gate.AGREEMENT,
}


def least(case: Case, act: Act) -> Gate:
    """The least that a force may ask for. A new type that takes no warning away is no lowering: it asks nothing."""
    return Gate.NONE if case == "loses_nothing" and act is Act.RETYPE else _LEAST[case]


def stricter(*gates: Gate) -> Gate:
    """The one of these that asks for most."""
    return max(gates, key=ORDER_OF_GATES.index, default=Gate.NONE)


class Choice(Entry):
    """A coded choice with the words shown: who says so, how checked, a ground."""

    id: Id
    name: Sentence
    accepted: bool = True
    why_not: str = ""
    reference: Sentence


class GateCase(Entry):
    """One row of the gate table: for these acts, in this case, this gate. No acts written means every act of the case."""

    case: Case
    acts: tuple[Act, ...] = ()
    gate: Gate
    sentence: Sentence
    reference: Sentence

    @property
    def covers(self) -> tuple[Act, ...]:
        """The acts that this row is about."""
        return self.acts or APPLIES[self.case]


class Gates(Entry):
    """The gate table, who may agree, and the accepted grounds, sayers and checks of a rationale.

    `correction_within_minutes`: how long after a grade a slip in the same call may be put right without a reason.
    `likeness_within_days`: how far back a rationale is compared with others; `likeness_from`: from how many per cent on
    another one counts as like it. It refuses nothing: the reviewer is told.
    """

    cases: tuple[GateCase, ...]
    may_agree: Annotated[tuple[Literal["supervisor"], ...], Field(min_length=1)]
    grounds: tuple[Choice, ...]
    said_by: tuple[Choice, ...]
    how_checked: tuple[Choice, ...]
    not_a_change: tuple[str, ...]
    least_words: Annotated[int, Field(ge=1)] = 3
    correction_within_minutes: Annotated[int, Field(ge=1, le=30)] = 10
    likeness_within_days: Annotated[int, Field(ge=1, le=365)] = 30
    likeness_from: Annotated[int, Field(ge=50, le=100)] = 85

    def gate_of(self, case: Case, act: Act) -> Gate:
        """The gate of an act in a case.

        A policy kept from before a case was known has no row for it: it then asked nothing of a contact, and the least
        of everything else.
        """
        found = [row.gate for row in self.cases if row.case == case and act in row.covers]
        if found:
            return stricter(*found)
        return Gate.NONE if case.startswith("without_contact") else least(case, act)
