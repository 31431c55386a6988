"""Policy entries of the response: which state may follow which, what each opens, who is told after how long."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from callhandler.model.incident import ResponseState
from callhandler.policy.entry import Entry

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
Minutes = Annotated[int, Field(ge=0, le=2880)]

DOER = "doer"
"""As the role of a task: whoever records the act that opens it."""


class DeskRole(Entry):
    """Somebody who is told. `right`: only who holds it may acknowledge; without one, whoever rang names who answered."""

    id: Id
    name: Sentence
    right: Literal["handler", "dispatcher", "supervisor"] | None = None
    reference: Sentence


class Opened(Entry):
    """A task that is opened: whose it is, and within how many minutes it is due. None: no clock runs on it."""

    code: Id
    text: Sentence
    role: str = DOER
    within: Minutes | None = None


class StateRule(Entry):
    """One response state. `after`: the states of the person at risk that it may follow; None stands for any.

    For the suspect any state may follow any: he may be met by chance. `reopens`: nobody has this response any more.
    `opens` and `closes` are tasks; both are of the person at risk's response.
    """

    state: ResponseState
    name: Sentence
    suspect: Sentence
    after: tuple[ResponseState | Literal["none"], ...] | None = None
    reopens: bool = False
    opens: tuple[Opened, ...] = ()
    closes: tuple[Id, ...] = ()
    reference: Sentence


class SuspectTarget(Entry):
    """The second target: the indicators that start looking for him, and the tasks that this opens."""

    started_by: tuple[Id, ...] = ()
    opens: tuple[Opened, ...] = ()
    reference: Sentence = "none given"


class Alternative(Entry):
    """Something offered while nobody can go. `asks`: what must be known before it may be offered."""

    id: Id
    name: Sentence
    say: Sentence
    asks: Sentence | None = None
    reference: Sentence


class Responses(Entry):
    """Response states, the suspect as a target, who is told, and what is offered meanwhile.

    `merged` are the tasks of an incident that another is merged into while somebody is sent to it already.
    """

    roles: tuple[DeskRole, ...] = ()
    states: tuple[StateRule, ...] = ()
    suspect: SuspectTarget = SuspectTarget()
    merged: tuple[Opened, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    receipt_minutes: Minutes = 10

    def rule(self, state: ResponseState) -> StateRule | None:
        """What the policy says of a state; None where it says nothing."""
        return next((s for s in self.states if s.state is state), None)

    def role_named(self, name: str) -> str:
        """The shown name of a role, or what was given where the policy has no such role."""
        return next((r.name for r in self.roles if r.id == name), name)


class Escalation(Entry):
    """Who is told when something has gone on for so many minutes: once, and again at each change of shift if so set.

    `bands`: only under a standing grade of one of these. It never touches a grade.
    """

    id: Id
    on: Literal[
        "unassigned",
        "unresourced",
        "reopened",
        "overdue",
        "untold",
        "move",
        "transfer",
        "lower_there",
        "request",
        "promise",
        "plan",
        "suspect",
        "unanswered",
    ]
    bands: tuple[Literal["immediate", "priority", "scheduled", "resolve"], ...] = ()
    minutes: Minutes
    tell: str
    sentence: Sentence
    again_at_shift: bool = False
    verified: bool = True
    reference: Sentence


class Allocation(Entry):
    """Within how many minutes somebody is to be set to an incident of a grade."""

    grade: str
    minutes: Minutes
    verified: bool = True
    reference: Sentence


class Shifts(Entry):
    """When shifts change, in local time. At each, every open incident is on the list that the next one takes over."""

    changes: tuple[time, ...] = ()
    verified: bool = True
    reference: Sentence = "none given"
