"""What is open in this incident and who has it; and what waits for a supervisor."""

from PySide6.QtWidgets import QFrame, QWidget

from callhandler.services.desk import View
from ui.common.labels import Cut, listed
from ui.common.words import tr
from ui.desk.task_list import TaskList
from ui.desk.task_rows import task_rows


class TasksPanel(QFrame):
    """Open tasks, each with its owner and since when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.list = TaskList(tr("Open tasks"))
        self._count = Cut("", "muted", larger=-1, semi=True)
        listed(self, tr("Open tasks"), self._count, self.list)

    def show_view(self, view: View | None) -> None:
        """Show what is open."""
        rows = task_rows(view)
        self.list.show_rows(rows)
        self._count.say(tr("{n} open · Ctrl+G done").format(n=len(rows)) if rows else tr("none"))
