"""An import at the window: one block at a time on the lanes, so that what is typed never waits for more than one."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.services.imports import Job, Progress, Report
from callhandler.services.imports.importing import Steps
from callhandler.services.imports.jobs import Shown
from ui.tasks import Failure, Reads, Writes

LOOKING, TRYING, BRINGING = "looking", "trying", "bringing in"


class ImportController(QObject):
    """`looked` tells the first rows, `far` how far a run is, `reported` its reports and if it is over, `refused` why."""

    looked = Signal(object)
    far = Signal(object)
    reported = Signal(object, bool)
    refused = Signal(str)

    def __init__(
        self, app: App, actor: Actor, writes: Writes, reads: Reads, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.imports = app.imports
        self.job: Job | None = None
        self.doing = ""
        self._own = app.settings.data_folder / "imports"
        self._actor = actor
        self._writes = writes
        self._reads = reads
        self._steps: Steps | None = None
        self._far: Progress | None = None
        self._last: tuple[Report, ...] = ()

    def look(self, mapping: Path, files: Sequence[Path]) -> None:
        """Look the files over and understand their first rows."""
        self.job = None
        self.doing = LOOKING

        def work() -> tuple[Job, tuple[Shown, ...]]:
            job = self.imports.prepare(mapping, files, self._rejects(files))
            return job, self.imports.first_rows(job)

        def done(found: tuple[Job, tuple[Shown, ...]]) -> None:
            self.doing = ""
            self.job = found[0]
            self.looked.emit(found[1])

        self._reads.ask("import", work, done, self._failed)

    def _rejects(self, files: Sequence[Path]) -> Path | None:
        """The folder for rejected rows: beside the files, or this desk's own where nothing can be written there."""
        folders = {path if path.is_dir() else path.parent for path in files}
        beside = all(os.access(folder, os.W_OK) for folder in folders if folder.is_dir())
        return None if beside else self._own

    def try_it(self) -> None:
        """A dry run."""
        assert self.job is not None
        self.doing = TRYING
        self._steps = self.imports.trying(self.job, self._keep)
        self._next(self._steps)

    def bring_in(self) -> None:
        """Bring it in, or go on with it."""
        assert self.job is not None
        self.doing = BRINGING
        self._steps = self.imports.bringing_in(self._actor, self.job, self._keep)
        self._next(self._steps)

    def stop(self) -> None:
        """Begin no further block. What is in stays in; it goes on when it is started again."""
        if self._steps is not None:
            self._steps = None
            self.doing = ""
        elif self.doing == LOOKING:
            self._reads.drop("import")
            self.doing = ""

    def _keep(self, far: Progress) -> None:
        self._far = far

    def _next(self, steps: Steps) -> None:
        def work() -> tuple[Report, ...] | None:
            return next(steps, None)

        def done(reports: tuple[Report, ...] | None) -> None:
            if steps is not self._steps:
                return
            if reports is None:
                self._steps, self.doing = None, ""
                self.reported.emit(self._last, True)
                return
            self._last = reports
            if self._far is not None:
                self.far.emit(self._far)
            self.reported.emit(reports, False)
            self._next(steps)

        if self.doing == TRYING:
            self._reads.ask("import", work, done, self._failed)
        else:
            self._writes.do(work, done, self._failed)

    def _failed(self, failure: Failure) -> None:
        self._steps, self.doing = None, ""
        self.refused.emit(failure.sentence)
