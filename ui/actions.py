"""The window's actions, in groups: each with its name, its key, and what it needs before it can be done."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from callhandler.model.incident import ResponseState
from ui.common.words import tr
from ui.desk.forms.group import Group

if TYPE_CHECKING:
    from ui.main_window import MainWindow

Groups = list[tuple[str, list[QAction]]]
Here = Callable[[Callable[[], object]], Callable[[], object]]
INCIDENT, ORDER = "incident", "order"


def act(window: QWidget, name: str, key: str, slot: Callable[[], object], needs: str = "") -> QAction:
    """An action of the whole window."""
    action = QAction(name, window)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setProperty("needs", needs)
    action.triggered.connect(lambda _=False: slot())
    window.addAction(action)
    return action


def of_desk(window: "MainWindow") -> Groups:
    """What can be done at the desk, by what a handler is doing; an act on it is done where it is seen."""
    desk, page = window.desk, window.page
    assert desk is not None and page is not None

    def here(slot: Callable[[], object]) -> Callable[[], object]:
        def do() -> None:
            window.stack.setCurrentWidget(page)
            slot()

        return do

    groups: dict[Group, list[QAction]] = {group: [] for group in Group}
    groups[Group.GRADE] += _grades(window, here)
    for code, form in page.forms.all.items():
        open_it = here(lambda c=code: page.forms.open(c))  # type: ignore[misc]
        needs = INCIDENT if form.act is not None else ""
        groups[form.group].append(act(window, form.name, form.key, open_it, needs))
    name = tr("The call being typed: joined, or separate")
    groups[Group.CALL].append(act(window, name, "Ctrl+J", here(desk.separate), INCIDENT))
    groups[Group.GO_TO] += _places(window, here)
    return [(tr(group.value), found) for group, found in groups.items()]


def while_focused(window: "MainWindow") -> Groups:
    """What can be done only where the hands are on it."""
    page = window.page
    assert page is not None
    return [
        (tr("People and places on the left (F7), while they have the focus"), page.side.actions_of_rows()),
        (tr("Question, while it has the focus"), page.questions.actions()),
        (tr("Rationale, while it has the focus"), page.rationale.actions()),
    ]


def _grades(window: "MainWindow", here: Here) -> list[QAction]:
    desk = window.desk
    assert desk is not None
    found = [
        act(window, g.name, g.key, here(lambda c=g.id: desk.grade(c)), INCIDENT)  # type: ignore[misc]
        for g in sorted(window.app.policy.scheme.grades, key=lambda g: g.rank)
    ]
    unresourced = here(lambda: desk.respond(ResponseState.UNRESOURCED))
    name = tr("Unresourced: nobody can go, the grade stands")
    found.append(act(window, name, "F6", unresourced, INCIDENT))
    found.append(act(window, tr("Close the incident"), "Ctrl+W", here(desk.close), INCIDENT))
    return found


def _places(window: "MainWindow", here: Here) -> list[QAction]:
    desk, page = window.desk, window.page
    assert desk is not None and page is not None
    places: tuple[tuple[str, str, QWidget], ...] = (
        (tr("Warnings; Enter opens one"), "Ctrl+1", page.warnings.list),
        (tr("Question"), "Ctrl+2", page.questions),
        (tr("Linked history; Enter opens one"), "Ctrl+3", page.history.list),
        (tr("Log line; Enter records, Tab takes a suggestion"), "Ctrl+4", page.log.entry),
        (tr("Open incidents; Enter opens one"), "Ctrl+5", page.board),
        (tr("Rationale"), "Ctrl+6", page.rationale.reason),
        (tr("Log"), "Ctrl+7", page.log.list),
    )
    found = []
    for name, key, widget in places:
        go = here(lambda w=widget: w.setFocus(Qt.FocusReason.ShortcutFocusReason))  # type: ignore[misc]
        found.append(act(window, name, key, go))
    found.append(act(window, tr("What may follow; Enter decides one"), "Ctrl+9", here(page.follows.turn)))
    name = tr("Serious warnings and notes: show or hide")
    found.append(act(window, name, "F8", here(page.warnings.turn), INCIDENT))
    say = here(lambda: page.details.open("order"))
    found.append(act(window, tr("What to say of the order, and what not"), "Ctrl+T", say, ORDER))
    found.append(act(window, tr("Read again"), "F5", here(desk.read)))
    return found


def of_anybody(window: "MainWindow") -> list[QAction]:
    """What whoever is signed in may do, with a desk or without."""
    return [
        act(window, tr("Actions by words"), "Ctrl+K", window.open_palette),
        act(window, tr("Keys, or back"), "F12", window.turn_keys),
        act(window, tr("Help, or back"), "Ctrl+F1", lambda: window.visit(window.help)),
        act(window, tr("Preferences, or back"), "Ctrl+,", lambda: window.visit(window.preferences)),
        act(window, tr("About this program, or back"), "Ctrl+Shift+A", lambda: window.visit(window.about)),
        act(window, tr("Lock this window"), "Ctrl+Shift+L", window.locking.lock),
    ]


def of_window(window: "MainWindow") -> list[QAction]:
    """What can be done wherever the hands are."""
    assert window.rings is not None
    banner, tray = window.rings.banner, window.rings.tray
    words, keys, about_it, *rest = of_anybody(window)
    found = [
        words,
        keys,
        act(window, tr("Board of open incidents, or back"), "F10", lambda: window.visit(window.board)),
        act(window, tr("Search everything held, or back"), "Ctrl+H", lambda: window.visit(window.search)),
        about_it,
        act(window, tr("Unanswered calls, or back"), "Ctrl+U", lambda: window.visit(tray)),
        *rest,
    ]
    for name, key, slot in (
        (tr("Answer the call that rings"), banner.answer_key, banner.answer),
        (tr("Leave the call that rings for later"), banner.later_key, banner.set_aside),
    ):
        # The strip's own shortcuts work only while something rings; here they are listed, and found by words.
        action = QAction(name, window)
        action.setProperty("needs", "ring")
        action.setProperty("keys", key)
        action.triggered.connect(lambda _=False, s=slot: s())
        found.append(action)
    return found


def why_not(window: "MainWindow", action: QAction) -> str:
    """Why an action cannot be done now; empty when it can."""
    view = window.desk.view if window.desk is not None else None
    needs = str(action.property("needs") or "")
    if not action.isEnabled():
        return tr("not possible now")
    if needs in (INCIDENT, ORDER) and view is None:
        return tr("no incident is open: Ctrl+N takes a call, Ctrl+5 goes to the open ones")
    if needs == ORDER and view is not None and not view.orders:
        return tr("no order is known here; told of one? Ctrl+O")
    if needs == "review" and (window.review is None or window.review.line is None):
        return tr("nothing of the queue is in front: F11 goes to the review page")
    if needs == "ring" and (window.rings is None or window.rings.banner.top is None):
        return tr("no call rings")
    owner = action.parent()
    if isinstance(owner, QWidget) and owner is not window and not owner.isVisible():
        return tr("only while its panel is shown")
    return ""
