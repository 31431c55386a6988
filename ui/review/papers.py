"""The papers of the item in front: made into the desk's folder by one key, and where they are is said."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.paper import PaperKind
from callhandler.services.reviews.opening import Opened
from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.papers.saving import save


def offered() -> tuple[tuple[PaperKind, str, str], ...]:
    """The papers, each with its key and name."""
    return (
        (PaperKind.DECISION, "D", tr("Decision record")),
        (PaperKind.BRIEFING, "O", tr("Officers' briefing")),
    )


class PapersPanel(QWidget):
    """`wanted` tells which paper is to be made."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Papers"))
        self.says = Text("", "muted", larger=-1)
        panel = frame("panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(Text(tr("Papers, as PDF and HTML"), "muted", larger=-1, semi=True))
        row = Flow(gap=5)
        self.buttons: dict[PaperKind, QPushButton] = {}
        for kind, key, name in offered():
            button = QPushButton(f"{name}  {key}")
            button.setAccessibleName(tr("{name}, key {key}").format(name=name, key=key))
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, k=kind: self.wanted.emit(k.value))
            row.addWidget(button)
            self.buttons[kind] = button
        inner.addLayout(row)
        inner.addWidget(self.says)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.show_closed(tr("Choose an item of the queue."))

    @property
    def is_closed(self) -> bool:
        """True while none can be made."""
        return not all(button.isEnabled() for button in self.buttons.values())

    def show_closed(self, why: str) -> None:
        """Say why none can be made now; empty when they can."""
        for button in self.buttons.values():
            button.setEnabled(not why)
        self.say(why)

    def say(self, sentence: str, tone: str = "muted") -> None:
        """Say where a paper is, or why it is not."""
        self.says.say(sentence, tone)
        self.says.setVisible(bool(sentence))


def closed(front: Opened | None) -> str:
    """Why no paper can be made: one would tell a hidden grade."""
    if front is None:
        return tr("Choose an item of the queue.")
    return tr("They tell the handler's grade: give yours first.") if front.line.hidden else ""


def make(app: App, actor: Actor, front: Opened, kind: PaperKind) -> str:
    """Make a paper and put it into the desk's folder; returns where it is. Raises what the services raise."""
    incident = front.line.incident_id
    if kind is PaperKind.DECISION:
        made = app.papers.decision(actor, incident, _record(app, actor, front), "review")
    else:
        made = app.papers.briefing(actor, incident, "review")
    return str(save(made, app.settings))


def _record(app: App, actor: Actor, front: Opened) -> int:
    """The decision in front; or the request, while it has come to none."""
    decided = front.decision
    assert decided is not None
    decisions = app.desk.view(actor, front.line.incident_id).picture.decisions
    for decision in decisions:
        same = (decision.at, decision.rank, decision.author_id) == (
            decided.at,
            decided.rank,
            decided.author_id,
        )
        if same and not front.line.waiting:
            return decision.id
    assert decided.request is not None
    return decided.request.id
