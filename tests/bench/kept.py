"""A store that a bench made is kept, and opened again by a further run."""

from pathlib import Path

from callhandler.app import load_policy
from callhandler.clock import SystemClock
from callhandler.services.custody import Custody
from callhandler.services.office import Office
from callhandler.settings import Settings
from callhandler.store import schema
from callhandler.store.engine import make_engine


def office_at(path: Path) -> tuple[Office, bool]:
    """The office over this store, brought up to date, and whether it was there before; a new one is empty."""
    there = path.exists()
    if there:
        older = make_engine(str(path))
        schema.upgrade(older)
        older.dispose()
    settings = Settings(database=str(path), data_folder=path.parent)
    custody = Custody.opening(settings.database, SystemClock(), "TRAINING")
    return Office(custody.engine, SystemClock(), load_policy(settings), custody.kind), there
