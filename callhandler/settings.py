"""Where things are on this machine: resources, the database, drafts, logs. Changed by environment or command line."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path, user_log_path


def resources() -> Path:
    """The data files: beside the source in a checkout, inside the package when installed.

    The checkout comes first, because an editable install may leave an old copy inside the package's folder.
    """
    here = Path(__file__).resolve().parent
    beside = here.parent / "resources"
    return beside if beside.is_dir() else here / "_resources"


@dataclass(frozen=True)
class Settings:
    """What `open_app` needs. `database` is a file path for SQLite or an address for PostgreSQL."""

    database: str
    scheme: str = "national"
    policy_folder: Path = resources() / "policy"
    data_folder: Path = user_data_path("callhandler", appauthor=False)
    log_folder: Path = user_log_path("callhandler", appauthor=False)


def from_environment(database: str = "", scheme: str = "") -> Settings:
    """Settings from `CALLHANDLER_DATABASE`, `CALLHANDLER_SCHEME` and `CALLHANDLER_DATA`, arguments before them."""
    data = Path(os.environ.get("CALLHANDLER_DATA") or user_data_path("callhandler", appauthor=False))
    return Settings(
        database=database or os.environ.get("CALLHANDLER_DATABASE") or str(data / "callhandler.sqlite"),
        scheme=scheme or os.environ.get("CALLHANDLER_SCHEME") or "national",
        data_folder=data,
        log_folder=data / "log"
        if os.environ.get("CALLHANDLER_DATA")
        else user_log_path("callhandler", appauthor=False),
    )
