"""What was typed and not yet recorded: kept through a kill, given back, and dropped once its entry has landed."""

from pathlib import Path

from callhandler.services.office import Office
from callhandler.store import subjects
from callhandler.store.drafts import Draft, DraftFile
from callhandler.store.unit_of_work import reading


class Drafts:
    """The drafts of this machine."""

    def __init__(self, path: Path) -> None:
        self._file = DraftFile(path)

    def keep(self, window: str, incident: str, field: str, text: str, uuid: str) -> None:
        """Keep what a field holds; durable when it returns."""
        self._file.save(Draft(window, incident, field, text, uuid))

    def landed(self, uuid: str) -> None:
        """Forget a draft whose entry is recorded."""
        self._file.drop(uuid)

    def recover(self, office: Office) -> tuple[Draft, ...]:
        """Drafts that a crash left behind; those whose entry landed after all are dropped first."""
        drafts = self._file.all()
        if not drafts:
            return ()
        with reading(office.engine) as connection:
            landed = subjects.entry_landed(connection, [d.uuid for d in drafts])
        for uuid in landed:
            self._file.drop(uuid)
        return tuple(d for d in drafts if d.uuid not in landed)
