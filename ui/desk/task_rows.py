"""The rows of the open tasks: what waits for somebody else, what is late, what was promised, what holds meanwhile."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from callhandler.model.incident import ARRIVED, ResponseState, Task
from callhandler.model.safety import Offered, Way
from callhandler.rules import escalate, promised, response
from callhandler.rules.clocks import minutes_spoken
from callhandler.rules.escalate import HANDOVER
from callhandler.services.desk import View
from callhandler.services.transfers import ACKNOWLEDGE
from ui.common import words
from ui.common.words import tr
from ui.desk.forms.response import alone_words
from ui.desk.forms.response_offers import told_and_open
from ui.models.rows import EntryRow, Row


def task_rows(view: View | None) -> list[Row]:
    """What is open, in the order in which somebody must look at it."""
    if view is None:
        return []
    return [
        *_request(view),
        *_escalated(view),
        *_late(view),
        *_passed(view),
        *_promises(view),
        *_meanwhile(view),
        *_listed(view),
        *_sought(view),
        *(_task(t, view) for t in _own(view) if not _over(t, view)),
    ]


def _row(key: str, title: str, sub: str, tone: str = "", shape: str = "open") -> EntryRow:
    return EntryRow(
        key, f"{title} {sub}", f"{title}\n{sub}", shape, tone or "accent", title, sub, tone or "muted"
    )


def _request(view: View) -> Iterator[Row]:
    asked = view.request
    if asked is not None:
        nobody = any(n.code == "supervisor" for n in view.needs)
        title = tr("No supervisor is signed in") if nobody else tr("Waits for a supervisor")
        sub = tr("{who} asked at {time}").format(who=asked.author, time=words.clock(asked.at))
        yield _row(f"request:{asked.id}", title, sub, "serious", "serious")


def _escalated(view: View) -> Iterator[Row]:
    """One row for all that was escalated and not acknowledged: to whom, how often, since when."""
    waiting = [t for t in told_and_open(view) if not t.code.startswith(HANDOVER)]
    if not waiting:
        return
    roles = Counter(t.owner for t in waiting)
    title = words.counted(len(waiting), tr("escalation not acknowledged"), tr("escalations not acknowledged"))
    named = ", ".join(f"{role} {many}" if many > 1 else role for role, many in roles.items())
    sub = f"{named} · {words.clock(waiting[0].at)} · Ctrl+Shift+K"
    yield _row("acknowledge:", title, sub, "serious", "serious")


def _listed(view: View) -> Iterator[Row]:
    for task in told_and_open(view):
        if task.code.startswith(HANDOVER):
            sub = f"{task.owner} · {tr('since')} {words.clock(task.at)} · Ctrl+Shift+K"
            yield _row(f"acknowledge:{task.id}", task.text, sub)


def _sought(view: View) -> Iterator[Row]:
    """How far the search for the suspect has got, while it goes on."""
    found = response.sought(view.picture)
    if found is not None and found.state is not ResponseState.RESULTED:
        title = tr("The suspect: {state}").format(state=words.search(found.state).lower())
        yield _row("suspect:", title, f"{tr('since')} {words.clock(found.at)} · Ctrl+Shift+S")


def _own(view: View) -> list[Task]:
    open_ = [
        t
        for t in view.picture.tasks
        if not t.done
        and t.incident_id == view.picture.here
        and not escalate.is_escalation(t)
        and t.code != ACKNOWLEDGE
    ]
    return sorted(open_, key=lambda t: (t.due is None, t.due or t.at, t.id))


def _over(task: Task, view: View) -> bool:
    return task.due is not None and task.due < view.picture.as_of


def _late(view: View) -> Iterator[Row]:
    yield from (_task(t, view) for t in _own(view) if _over(t, view))


def _task(task: Task, view: View) -> EntryRow:
    if task.due is None:
        return _row(f"task:{task.id}", task.text, f"{task.owner} · {tr('since')} {words.clock(task.at)}")
    if _over(task, view):
        late = tr("over by {time}").format(time=_span(task.due, view.picture.as_of))
        return _row(f"task:{task.id}", task.text, f"{task.owner} · {late}", "serious", "serious")
    return _row(
        f"task:{task.id}", task.text, f"{task.owner} · {tr('by {time}').format(time=words.clock(task.due))}"
    )


def _passed(view: View) -> Iterator[Row]:
    """Passed to another force, and nobody there has acknowledged it by name."""
    for sent in view.picture.transfers:
        if sent.way is Way.OUT and sent.received_at is None:
            over = sent.due is not None and sent.due < view.picture.as_of
            title = tr("Passed to {peer}: not acknowledged").format(peer=sent.peer)
            sub = f"{tr('since')} {words.clock(sent.at)} · Alt+K"
            yield _row(
                f"transfer:{sent.id}", title, sub, "serious" if over else "", "serious" if over else "open"
            )


def _promises(view: View) -> Iterator[Row]:
    now = view.picture.as_of
    for promise in promised.running(view.picture):
        title = tr("Promised by {time}: {words}").format(time=words.clock(promise.until), words=promise.words)
        broken = promise.until < now
        clock = (
            tr("broken {time} ago").format(time=_span(promise.until, now))
            if broken
            else tr("{time} left").format(time=_span(now, promise.until))
        )
        sub = f"{promise.author} · {clock} · Ctrl+Shift+E"
        yield _row(
            f"promise:{promise.id}", title, sub, "serious" if broken else "", "serious" if broken else "open"
        )


def _meanwhile(view: View) -> Iterator[Row]:
    """The plan that holds; where nobody can go or it is overdue and none does, that nothing is agreed."""
    clocks, picture = view.clocks, view.picture
    if clocks.state in ARRIVED:
        return
    offered = dict.fromkeys(o.code for o in picture.offers)
    taken = [o for o in picture.offers if o.outcome is Offered.ACCEPTED]
    plan = picture.plans[-1] if picture.plans else None
    if plan is not None:
        over = plan.until < picture.as_of
        title = tr("Safety plan until {time}: {agreed}").format(
            time=words.clock(plan.until), agreed=plan.agreed
        )
        clock = (
            tr("over since {time}").format(time=_span(plan.until, picture.as_of))
            if over
            else tr("{time} left").format(time=_span(picture.as_of, plan.until))
        )
        sub = f"{plan.with_whom}, {alone_words(plan.alone)} · {clock} · Ctrl+Shift+I"
        yield _row(f"plan:{plan.id}", title, sub, "serious" if over else "", "serious" if over else "open")
    elif clocks.unresourced is not None or clocks.overdue is not None:
        title = tr("Until somebody comes: no plan is agreed")
        told = tr("{n} offered, {taken} taken").format(n=len(offered), taken=len({o.code for o in taken}))
        sub = (told if offered else tr("nothing offered")) + " · Alt+M, Ctrl+Shift+I"
        yield _row("meanwhile:", title, sub)


def _span(start: datetime, end: datetime) -> str:
    return minutes_spoken(max(0, int((end - start).total_seconds() // 60)))
