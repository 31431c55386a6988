"""What a change of response state writes, inside a transaction: the state, its log line, the tasks that open and close."""

from collections.abc import Iterable
from datetime import timedelta

from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Actor
from callhandler.model.incident import HAS_IT, LogKind, ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.policy.pack import Policy
from callhandler.policy.responding import DOER, Opened
from callhandler.rules import contact, history, response
from callhandler.rules.assess import assess
from callhandler.services import entries
from callhandler.services.office import Work, line
from callhandler.store import tables


def record(
    w: Work, actor: Actor, incident_id: int, state: ResponseState, target: Target, note: str = ""
) -> None:
    """Record a state of one of the two targets. Raises BadInput when it cannot follow the state before.

    Raises Refused for a result while somebody at risk was neither seen nor spoken to: it then goes through the guard
    (`Endings.result`), or the contact is recorded first.
    """
    policy = w.office.policy.responses
    picture = w.picture(incident_id)
    fault = response.why_not(state, target, picture, policy)
    if fault:
        raise BadInput(fault, "response")
    if state is ResponseState.RESULTED and target is Target.AT_RISK:
        _require_contact(picture, w.office.policy)
    before = response.sought(picture)
    kept = line(note, "The note", empty=True)
    w.uow.append(
        tables.response,
        incident_id=incident_id,
        target=target.value,
        state=state.value,
        note=kept,
        author=actor.display,
    )
    rule = policy.rule(state)
    if target is Target.SUSPECT:
        told = rule.suspect if rule else entries.plain(state.value)
        shown = f"Suspect: {told[0].lower()}{told[1:]}"
    else:
        shown = f"Response: {(rule.name if rule else entries.plain(state.value)).lower()}"
    entries.log(w, actor, incident_id, f"{shown}. {kept}".strip(), LogKind.SYSTEM)
    if target is Target.SUSPECT:
        if state is ResponseState.RESULTED:
            codes = [t.code for t in picture.tasks if t.code.startswith(response.SUSPECT)]
            close(w, actor, picture, codes, f"{shown}. {kept}".strip())
        elif before is None or before.state is ResponseState.RESULTED:
            open_tasks(w, actor, picture, policy.suspect.opens)
    elif rule is not None:
        open_tasks(w, actor, picture, rule.opens)
        close(w, actor, picture, rule.closes, f"{shown}. {kept}".strip())


def _require_contact(picture: Picture, policy: Policy) -> None:
    names = contact.unseen(history.read(picture, policy), assess(picture, policy))
    if names:
        raise Refused(
            f"Not seen or spoken to since the last disclosure: {', '.join(names)}. Record the contact first, or ask for "
            "the result with a rationale.",
            ["contact"],
        )


def begin_suspect(w: Work, actor: Actor, incident_id: int, indicator: str) -> None:
    """Make the suspect a target of his own when this is what was told; nothing when he is sought already.

    What came of an earlier search answers nothing that is told after it.
    """
    if indicator not in w.office.policy.responses.suspect.started_by:
        return
    sought = response.sought(w.picture(incident_id))
    if sought is None or sought.state is ResponseState.RESULTED:
        record(w, actor, incident_id, ResponseState.AWAITING, Target.SUSPECT)


def tell_of_merged(w: Work, actor: Actor, into_id: int, reference: str) -> None:
    """Whoever is sent to an incident already is to be told of another that was merged into it."""
    picture = w.picture(into_id)
    now = response.newest(picture.responses, Target.AT_RISK)
    if now is None or now.state not in HAS_IT:
        return
    policy = w.office.policy.responses
    for task in policy.merged:
        due = w.uow.now + timedelta(minutes=task.within) if task.within is not None else None
        owner = "" if task.role == DOER else policy.role_named(task.role)
        entries.task(w, actor, into_id, task.code, task.text.format(reference=reference), owner, due)


def open_tasks(w: Work, actor: Actor, picture: Picture, opens: Iterable[Opened]) -> None:
    """Open tasks that are not open already, each with its owner and its clock."""
    policy = w.office.policy.responses
    waiting = {t.code for t in picture.tasks if not t.done}
    for task in opens:
        if task.code not in waiting:
            due = w.uow.now + timedelta(minutes=task.within) if task.within is not None else None
            owner = "" if task.role == DOER else policy.role_named(task.role)
            entries.task(w, actor, picture.here, task.code, task.text, owner, due)


def close(w: Work, actor: Actor, picture: Picture, codes: Iterable[str], outcome: str) -> None:
    """Record open tasks of these codes as done, and by what."""
    wanted = set(codes)
    for task in picture.tasks:
        if not task.done and task.code in wanted:
            w.uow.append(tables.task_done, task_id=task.id, outcome=outcome, author=actor.display)
