"""What stood and what was asked for: grade, floor and why, ground. A blind sample says nothing of the handler's grade."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.desk.top_strip import Fact, GradeChip
from ui.review.heads import Heading


@dataclass(frozen=True, slots=True)
class HeadShown:
    """The words of the head. `hidden` where the handler's grade must not be seen yet."""

    title: str
    proof: str = ""
    proof_tone: str = "muted"
    standing: str = ""
    band: str = ""
    asked: str = ""
    asked_label: str = ""
    floor: str = ""
    ground: str = ""
    ground_tone: str = "text"
    said: str = ""
    like: str = ""
    hidden: bool = False


class SeenHead(QWidget):
    """The heading, the panel of facts, and what the handler said of it all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading("")
        self.chip = GradeChip()
        self.arrow = Text("→", "muted", larger=6, wrap=False)
        self.asked = Fact(tr("Asked for"))
        self.floor = Fact(tr("Floor"), whole=False)
        self.ground = Fact(tr("Ground"), whole=False)
        self.said = Text("")
        self.like = Text("", "serious")
        self.panel = frame("panel")
        row = Flow(self.panel, gap=6)
        row.setContentsMargins(10, 8, 10, 8)
        for widget in (self.chip, self.arrow, self.asked, self.floor, self.ground):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.heading, self.panel, self.said, self.like):
            column.addWidget(part)

    def show_head(self, shown: HeadShown) -> None:
        """Show another."""
        self.heading.say(shown.title, shown.proof, shown.proof_tone)
        self.panel.setVisible(bool(shown.standing or shown.asked or shown.floor or shown.hidden))
        self.chip.show_grade(shown.standing, shown.band)
        self.chip.setVisible(not shown.hidden)
        self.arrow.setVisible(bool(shown.asked) and not shown.hidden)
        hidden = tr("hidden until you have graded")
        self.asked.say(hidden if shown.hidden else shown.asked, "accent" if shown.hidden else "text")
        self.asked.label.say(tr("The handler's grade") if shown.hidden else shown.asked_label)
        self.asked.setAccessibleName(f"{self.asked.label.text()}: {self.asked.value.text()}")
        self.floor.say(shown.floor)
        self.ground.say("" if shown.hidden else shown.ground, shown.ground_tone)
        self.said.say("" if shown.hidden else shown.said)
        self.said.setVisible(bool(self.said.text()))
        self.like.say("" if shown.hidden else shown.like)
        self.like.setVisible(bool(self.like.text()))
