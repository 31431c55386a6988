"""How the store is named on screen: never with a password."""

from pathlib import Path

from callhandler.app import App
from ui.common.words import tr


def store_name(app: App) -> str:
    """Short words for the store."""
    database = app.settings.database
    if "://" in database and not database.startswith("sqlite"):
        return tr("shared database")
    if app.custody.kind == "TRAINING":
        return tr("training file")
    return Path(database).stem
