"""Where things are on this machine: resources, the database, drafts, logs. Changed by environment or command line."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path


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
    policy_folder: Path = field(default_factory=lambda: resources() / "policy")
    data_folder: Path = field(default_factory=lambda: user_data_path("callhandler", appauthor=False))

    @property
    def log_folder(self) -> Path:
        """Where this program's own log goes; it holds no personal data."""
        return self.data_folder / "log"


def from_environment(database: str = "", scheme: str = "", otherwise: str = "") -> Settings:
    """Settings from `CALLHANDLER_DATABASE`, `CALLHANDLER_SCHEME` and `CALLHANDLER_DATA`, arguments before them.

    `otherwise` is the scheme where neither names one.
    """
    data = Path(os.environ.get("CALLHANDLER_DATA") or user_data_path("callhandler", appauthor=False))
    return Settings(
        database=database or os.environ.get("CALLHANDLER_DATABASE") or str(data / "callhandler.sqlite"),
        scheme=scheme or os.environ.get("CALLHANDLER_SCHEME") or otherwise or "national",
        data_folder=data,
    )
