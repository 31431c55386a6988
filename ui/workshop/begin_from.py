"""The choice of what to begin from: a new exercise, one under way, a copy of a shipped one."""

from collections.abc import Iterable
from pathlib import Path

from callhandler.services.training.workshop import Document
from ui.common.choice_box import ArrowBox
from ui.common.words import tr


class BeginFrom(ArrowBox):
    """Offers the drafts under way and the shipped exercises; the first choice begins a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Begin from"))
        self.setAccessibleDescription(tr("A new exercise, one under way, or a copy of a shipped one"))
        self.setMinimumContentsLength(24)

    def offer(self, drafts: Iterable[Document], shipped: Path) -> None:
        """Offer these drafts, and copies of the exercises in a folder."""
        self.clear()
        self.addItem(tr("A new exercise"), ("", ""))
        for draft in drafts:
            kept = draft.kept[:16].replace("T", " ") + " UTC"
            self.addItem(tr("Under way: {name}, {at}").format(name=draft.name, at=kept), (draft.key, ""))
        for path in sorted(shipped.glob("*.yaml")):
            self.addItem(tr("A copy of {name}").format(name=path.stem), ("", path.stem))

    @property
    def draft(self) -> str:
        """The key of the draft that is chosen; empty when none is."""
        return str(self.currentData()[0])

    @property
    def shipped(self) -> str:
        """The name of the shipped exercise that is chosen; empty when none is."""
        return str(self.currentData()[1])
