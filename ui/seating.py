"""Seats somebody at a window: their desk, the actions and pages that their rights give, and where they begin."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from callhandler.model.actor import Actor, Right
from callhandler.services.office import DESK, REVIEW
from ui import actions
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.page import DeskPage
from ui.search.reading_in import ReadingIn
from ui.store_name import store_name
from ui.told.joining import KEY as TOLD_KEY
from ui.told.joining import TellingYou

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def seat(window: "MainWindow", actor: Actor, incident_id: int | None) -> None:
    """Let this person work at the window, with this incident in front."""
    store = store_name(window.app)
    window.desk = desk = DeskController(window.app, actor, window.writes, window.reads, window)
    window.page = page = DeskPage(desk, store)
    window.stack.addWidget(page)
    desk.said.connect(window.say)
    desk.viewed.connect(window.herald.viewed)
    desk.refused.connect(window.herald.refused)
    if not actor.rights & {*DESK, *REVIEW, Right.TRAINER}:
        _without_desk(window, actor)
        return
    desk.recover_drafts()
    window.telling = TellingYou(window)
    _give_actions(window, actor, store)
    window.hints.say(tr("Ctrl+K actions · F12 keys · Ctrl+N new call"))
    if window.rings is not None:
        window.rings.sign_in(actor, desk, page)
    window.feed.due.connect(desk.read_view)
    window.feed.minute.connect(desk.tick)
    window.feed.here.connect(desk.be_here)
    window.feed.start()
    window.reading_in = ReadingIn(window.app, window.writes, window)
    if window.next_event is not None:
        window.say(tr("Demonstration: F9 plays the next event"))
    window.looks.sign_in(actor)
    window.locking.sign_in(actor)
    window.stack.setCurrentWidget(page)
    desk.open(incident_id)
    if window.reviewing is not None:
        window.reviewing.to_front()
    else:
        page.to_entry()


def _without_desk(window: "MainWindow", actor: Actor) -> None:
    """Somebody who looks after the store: what they may do is in front, and nothing is read that they may not see."""
    from ui.no_desk import NoDeskPage

    anybody = actions.of_anybody(window)
    here = [_bring_in(window), *anybody] if Right.ADMINISTRATOR in actor.rights else anybody
    window.key_groups = [(tr("Window"), here)]
    window.hints.say(tr("Ctrl+K actions · F12 keys"))
    window.looks.sign_in(actor)
    window.locking.sign_in(actor)
    window.no_desk = NoDeskPage(actor, [a for a in here if a is not anybody[0]])
    window.stack.addWidget(window.no_desk)
    window.stack.setCurrentWidget(window.no_desk)
    window.no_desk.setFocus(Qt.FocusReason.OtherFocusReason)


def _bring_in(window: "MainWindow") -> QAction:
    name = tr("Bring history in, or back")
    return actions.act(window, name, "Ctrl+Alt+H", lambda: window.visit(window.importing))


def _give_actions(window: "MainWindow", actor: Actor, store: str) -> None:
    """Everything that can be done by a key, and what the person's rights add to it."""
    here = actions.of_window(window)
    window.key_groups = [
        *actions.of_desk(window),
        (tr("Window"), here),
        *actions.while_focused(window),
    ]
    if window.next_event is not None:
        here.append(actions.act(window, tr("Demonstration: play the next event"), "F9", window.play_next))
    here.append(actions.act(window, tr("What you were told, or back"), TOLD_KEY, window.telling.turn))
    if actor.rights & set(REVIEW):
        from ui.review import joining as reviewing

        window.reviewing = reviewing.Reviewing(window, actor, store)
        here.append(actions.act(window, tr("Review, or back to the desk"), "F11", window.turn))
        window.key_groups.append((reviewing.heading(), window.reviewing.actions))
    if actor.rights & set(DESK):
        from ui.proposed import joining as judging

        window.judging = judging.JudgingPairs(window, actor)
        here.append(window.judging.turn_action)
        window.key_groups.append((judging.heading(), window.judging.keys.actions))
    if Right.ADMINISTRATOR in actor.rights:
        here.append(_bring_in(window))
    if actor.rights & {Right.TRAINER, Right.SUPERVISOR}:
        name = tr("An exercise from a log, or back")
        here.append(actions.act(window, name, "Ctrl+Alt+E", lambda: window.visit(window.from_log)))
    if window.exercising is not None:
        from ui.training.at_window import ExerciseAtWindow

        window.exercise = ExerciseAtWindow(window, window.exercising)
        window.key_groups.append((tr("Exercise"), window.exercise.actions))
        window.exercise.start()
