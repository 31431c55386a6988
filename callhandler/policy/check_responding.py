"""What makes the entries of the response fit for use: each state once, roles that exist, sentences that can be filled."""

from collections import Counter
from collections.abc import Iterator

from callhandler.model.incident import ResponseState
from callhandler.policy.check_orders import Fault
from callhandler.policy.filling import filling_faults
from callhandler.policy.pack import Pack
from callhandler.policy.responding import DOER, Opened

PLACEHOLDERS = frozenset({"grade", "since", "words"})


def responding_faults(pack: Pack) -> Iterator[Fault]:
    """Every fault of the response states, the escalations and what a scheme says of both."""
    roles = {role.id for role in pack.responses.roles}
    yield from _states(pack, roles)
    for index, rule in enumerate(pack.escalations):
        path = ("escalations", index)
        if rule.tell not in roles:
            yield "escalations", path, f"{rule.id}: there is no role {rule.tell}"
        if rule.on == "overdue" and not rule.bands:
            yield "escalations", path, f"{rule.id}: says under which grades it counts"
        yield from (
            ("escalations", path, f"{rule.id}: {f}") for f in filling_faults(rule.sentence, PLACEHOLDERS)
        )
    for grade, times in Counter(a.grade for a in pack.scheme.allocations).items():
        if times > 1:
            yield "scheme", ("allocations",), f"{grade} has {times} times to set somebody to it"
        if grade not in {g.id for g in pack.scheme.grades}:
            yield "scheme", ("allocations",), f"there is no grade {grade}"


def _states(pack: Pack, roles: set[str]) -> Iterator[Fault]:
    responses = pack.responses
    if not responses.states:
        return
    for state in ResponseState:
        times = sum(1 for rule in responses.states if rule.state is state)
        if times != 1:
            yield "responses", ("states",), f"the state {state.value} is written {times} times"
    for index, rule in enumerate(responses.states):
        yield from _tasks(rule.opens, roles, ("states", index), rule.state.value)
        if rule.after == ():
            yield "responses", ("states", index, "after"), f"{rule.state.value} could never come"
    yield from _tasks(responses.suspect.opens, roles, ("suspect",), "suspect")
    yield from _tasks(responses.merged, roles, ("merged",), "merged")
    indicators = {entry.id for entry in pack.indicators}
    for name in set(responses.suspect.started_by) - indicators:
        yield "responses", ("suspect",), f"suspect: there is no indicator {name}"
    for what, entries in (("roles", responses.roles), ("alternatives", responses.alternatives)):
        for entry_id, times in Counter(entry.id for entry in entries).items():
            if times > 1:
                yield "responses", (what,), f"the id {entry_id} is used {times} times"


def _tasks(
    opens: tuple[Opened, ...], roles: set[str], path: tuple[str | int, ...], of: str
) -> Iterator[Fault]:
    for task in opens:
        if task.role != DOER and task.role not in roles:
            yield "responses", path, f"{of}: there is no role {task.role}"
