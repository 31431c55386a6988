"""The desk's page: the panels wired to the controller."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from callhandler.model.facts import Reply
from callhandler.model.incident import ResponseState
from callhandler.model.sameness import SameAs
from callhandler.services.board import OpenIncident
from callhandler.services.desk import View
from ui.common.words import tr
from ui.desk import rows
from ui.desk.controller import DeskController
from ui.desk.details import Details
from ui.desk.forms.group import Group
from ui.desk.history_panel import KEYS, names
from ui.desk.judged import judgement_of, parted_here
from ui.desk.keeping import QUESTION
from ui.desk.links import Links
from ui.desk.lowering import Lowering
from ui.desk.order_acts import OrderActs
from ui.desk.places import LATER, Places
from ui.desk.somebody_else import somebody_else

TASK_FORMS = {
    "task": ("task", "task"),
    "acknowledge": ("acknowledge", "told"),
    "suspect": ("suspect", ""),
    "transfer": ("transfer_received", "transfer"),
    "promise": ("promise_end", "promise"),
    "plan": ("plan", ""),
    "meanwhile": ("meanwhile", ""),
}
"""Which form ends what is open, and its field that says which one."""


class DeskPage(Places):
    """One incident in front and everything about it; those held beside it are a key away."""

    def __init__(self, desk: DeskController, store: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, store, parent)
        self._fresh = False
        self.orders = OrderActs(self)
        self.links = Links(self)
        self.details = Details(self)
        self.lowering = Lowering(self)
        self._wire()
        self._wire_keys()
        self.log.entry.say_open(False)
        self.grades.setEnabled(False)
        self.show_view(None)

    # wires

    def _wire(self) -> None:
        desk = self.desk
        desk.viewed.connect(self.show_view)
        desk.boarded.connect(self._show_board)
        desk.saved.connect(lambda: self.top.saved(desk.app.office.clock.now()))
        desk.saving.connect(self.top.saving)
        desk.leaving.connect(self._leaving)
        desk.opened.connect(self._opened_incident)
        desk.held_changed.connect(self._show_held)
        desk.line_landed.connect(self.log.landed)
        desk.line_back.connect(self.log.came_back)
        self.log.written.connect(desk.write_line)
        self.log.took.connect(desk.take_told)
        desk.told_back.connect(self.log.not_taken)
        desk.first_words.connect(self.log.offer_of)
        self.log.suggest = desk.suggest
        desk.read_words()
        self.log.typed.connect(desk.keep_draft)
        self.log.keeping.connect(self._keep_all)
        self.held.chosen.connect(desk.open)
        self.rail.unfolded.connect(self.turn_side)
        self.warnings.keep_still_while(self._busy_below)
        self.questions.answered.connect(desk.answer)
        self.questions.words.said.connect(desk.answer_words)
        self.questions.words.typed.connect(desk.keep_words)
        desk.words_back.connect(self._words_back)
        self.grades.chosen.connect(desk.grade)
        self.warnings.opened.connect(lambda code: self.details.open("warning", code))
        self.warnings.folded.connect(self._unfolded)
        self.history.opened.connect(lambda key: self.details.open("incident", key.split(":")[1]))
        self.history.links.connect(self.links.turn)
        self.history.off.connect(self._take_off)
        self.history.on.connect(self._take_on)
        self.side.parted.connect(self._part)
        self.follows.opened.connect(self._decide)
        self.tasks.list.opened.connect(self._open_task)
        self.follows.turned.connect(self.fold)
        self.follows.turned.connect(self.keep_in_sight, LATER)
        self.detail.closed.connect(self.details.close)
        self.board.opened.connect(lambda key: desk.open(int(key.split(":")[1])))
        self.order.dropped.connect(self.orders.dropped)
        self.forms.over.connect(self.to_entry)
        self.nothing.call.connect(lambda: self.forms.open("call"))
        self.nothing.board.connect(lambda: self.board.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.forms.changed.connect(self.fold)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self.acts["unresourced"].clicked.connect(lambda _=False: desk.respond(ResponseState.UNRESOURCED))
        self.acts["response"].clicked.connect(lambda: self.forms.open("response"))
        self.acts["close"].clicked.connect(lambda _=False: desk.close())

    def _wire_keys(self) -> None:
        command, under = self.forms.command, self.forms.under
        under(Group.PAST)
        for which, key in KEYS.items():
            told = tr("History: {which}").format(which=names()[which])
            command(f"history_{which}", told, key, lambda w=which: self.history.choose(w))  # type: ignore[misc]
        command("history_next", tr("History: next filter"), "Alt+H", self.history.turn)
        command("timeline", tr("Timeline of linked history"), "Ctrl+8", self.history.to_timeline)
        command("links", tr("Links and genogram of the incident, or back"), "Alt+G", self.links.turn)
        under(Group.ORDER)
        command("next_order", tr("Next order"), "Alt+O", self.orders.next)
        command(
            "order_sheet",
            tr("Order: its sheet without any place, to the clipboard"),
            "Alt+P",
            self.orders.for_print,
        )
        command("order_show_copy", tr("Order: show the newest copy"), "Alt+I", self.orders.show_copy)
        under(Group.GO_TO)
        command("fold_side", tr("People and places: fold or unfold"), "F7", self.turn_side)
        command("log_end", tr("Newest line of the log"), "Alt+End", self.log.to_end)
        for place in range(9):
            direct = QShortcut(QKeySequence(f"Ctrl+Shift+{place + 1}"), self)
            direct.activated.connect(lambda p=place: self.desk.go_to(p))

    def _busy_below(self) -> bool:
        """True while the pointer or the focus is in something that a longer list of warnings would push away."""
        focus = QApplication.focusWidget()
        below = focus is not None and self._below.isAncestorOf(focus)
        return self._below.isVisible() and (below or self._below.underMouse())

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """What gets the focus is brought into sight."""
        if now is self.history.list:
            self.history.list_again()
        self.keep_in_sight()

    def to_entry(self) -> None:
        """Put the hands back on the log line; while no incident is open, where the next call is taken."""
        resting = self.log.entry if self.any_open else self.nothing.take
        resting.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # what is shown

    def show_view(self, view: View | None) -> None:
        """Show the newest view of the open incident."""
        panels = (self.top, self.side, self.rail, self.caller, self.warnings, self.do_now, self.order)
        for panel in (*panels, self.questions, self.tasks, self.follows, self.log):
            panel.show_view(view)
        self.fold()
        self.orders.in_sight()
        self.history.show_view(view, self.desk.story)
        self.links.show_view(view)
        self.grades.show_view(view, self.lowering.asked)
        for button in self.acts.values():
            button.setEnabled(view is not None)
        if view is not None:
            self.rationale.refresh(view)
            if self._fresh:
                self._fresh = False
                self.forms.take_up()
                self.lowering.take_up(view)
                self._take_up_words()
            self.details.show_view(view)

    def _show_board(self, board: tuple[OpenIncident, ...]) -> None:
        self.board.show_rows(rows.board_rows(board, self.desk.incident_id))
        self.board.setVisible(bool(board))
        self.no_board.setVisible(not board)

    def _show_held(self) -> None:
        desk = self.desk
        self.held.show_held(desk.held, desk.incident_id, desk.board, desk.parked, desk.unread)

    def _leaving(self, incident_id: int | None) -> None:
        """What is typed and half filled in stays with its incident."""
        self.log.keep_now()
        self.questions.words.put_away()
        self.forms.put_aside()
        self.lowering.leave(incident_id)

    def _opened_incident(self, incident_id: int | None) -> None:
        self.lowering.clear()
        self.links.on = False
        self.details.close()
        self.log.forget_pending()
        self.arrange()
        self.scroller.verticalScrollBar().setValue(0)
        self.log.entry.say_open(self.any_open)
        self.grades.setEnabled(self.any_open)
        self.to_entry()
        self.log.fill(*self.desk.drafts.get(str(incident_id), ("", "")))
        self._show_board(self.desk.board)
        self._fresh = True

    def _words_back(self, question: str, reply: Reply, text: str) -> None:
        """What was said with an answer could not be recorded: it is back in its line."""
        asked = self.desk.app.policy.questions.get(question)
        if asked is not None:
            self.questions.words.offer(asked, reply, text)

    def _take_up_words(self) -> None:
        """What was typed with an answer and not recorded when this incident was left."""
        self.questions.words.put_away()
        for field, text in self.desk.keeper.of(str(self.desk.incident_id), QUESTION).items():
            question, _, reply = field.partition(":")
            self._words_back(question, Reply(reply), text)

    def _keep_all(self) -> None:
        self.questions.words.keep_now()
        self.forms.keep_now()
        self.lowering.keep_now()

    def _unfolded(self, folded: bool) -> None:
        self.order.setVisible(folded and self.desk.view is not None and bool(self.desk.view.orders))
        self.fold()
        if not folded:
            self.warnings.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _decide(self, key: str) -> None:
        """What may follow, opened by Enter: what it rests on in the middle, the decision by one form."""
        self.details.open("follows", key)
        self.forms.open("follows")
        strip = self.forms.all["follows"].strip
        strip.choose("follows", key)
        strip.editor("decided").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_off(self, incident_id: int) -> None:
        """The past incident in hand does not belong here: the form that says so, with this one chosen."""
        self.forms.open("unlink")
        self.forms.all["unlink"].strip.choose("linked", str(incident_id))

    def _part(self, key: str) -> None:
        """The person or place in hand is not one with its other record: the form that undoes it, with that chosen."""
        view = self.desk.view
        judgement = judgement_of(view, key) if view is not None else ""
        if not judgement:
            parted = parted_here(view, key) if view is not None else None
            if parted is not None:
                self._taken_after_all(parted)
            elif not somebody_else(self.desk, self.forms, key):
                self.desk.said.emit(tr("No other record is read as one with this one."), "muted")
            return
        self.forms.open("unjudge")
        self.forms.all["unjudge"].strip.choose("judgement", judgement)
        self.forms.all["unjudge"].strip.editor("reason").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _taken_after_all(self, parted: SameAs) -> None:
        """Whoever was said to be somebody else is the one on record after all: mostly that only adds, and asks nothing."""
        desk, why = self.desk, tr("The one on record after all.")
        asked = desk.incident_id
        desk.on_incident(
            lambda i: desk.app.judgements.same(desk.actor, i, parted.kind, parted.a, parted.b, why),
            lambda result: desk.came(asked, result, tr("Read as one again")),
            lambda failure: desk.said.emit(failure.sentence, "serious"),
        )

    def _take_on(self, incident_id: int) -> None:
        """One that was taken off belongs here after all: it asks nothing."""
        view, desk = self.desk.view, self.desk
        if view is not None and any(r.incident.id == incident_id for r in view.picture.rejected):
            desk.on_incident(
                lambda i: desk.app.corrections.link(desk.actor, i, incident_id),
                lambda _: desk.said.emit(tr("It is linked again."), "accent"),
                lambda failure: desk.said.emit(failure.sentence, "serious"),
            )

    def _open_task(self, key: str) -> None:
        """Something open, opened by Enter: the form that ends it, with this one chosen."""
        kind, _, which = key.partition(":")
        form, field = TASK_FORMS.get(kind, ("", ""))
        if not form:
            return
        self.forms.open(form)
        if field and which:
            self.forms.all[form].strip.choose(field, which)
