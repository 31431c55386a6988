"""What this program is made of: versions, the database, the policy, and the licence of each part."""

import platform
import sqlite3
from importlib import metadata

from PySide6 import __version__ as pyside
from PySide6.QtCore import qVersion

from callhandler import __version__, log
from callhandler.app import App
from callhandler.log_file import why_not
from callhandler.store import schema
from ui.common.words import tr
from ui.store_name import store_name

# From a checkout that was never installed nothing says what is needed, so the first step is written here too.
DIRECT = (
    "alembic", "argon2-cffi", "phonenumberslite", "platformdirs", "psycopg", "psycopg-binary", "pydantic",
    "PySide6-Essentials", "PyStemmer", "rapidfuzz", "ruamel.yaml", "SQLAlchemy", "structlog",
    "typer", "tzdata", "uuid6",
)  # fmt: skip
Facts = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def facts(app: App) -> Facts:
    """Headings, each with its lines of name and value. For the read lane: it looks at every installed part."""
    return (
        (tr("Program"), (*_program(), _log())),
        (tr("Store"), _store(app)),
        (tr("Policy"), _policy(app)),
        (tr("Letters and shapes"), _letters()),
        (tr("Parts by others"), licences()),
    )


def _program() -> tuple[tuple[str, str], ...]:
    return (
        ("callhandler", f"{__version__} · Apache-2.0"),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()} (PySide6 {pyside}) · " + tr("LGPL-3.0, used unchanged as shared libraries")),
        (tr("System"), f"{platform.system()} {platform.machine()}"),
    )


def _log() -> tuple[str, str]:
    file = log.file()
    if file is None:
        return tr("Log"), tr("written to no file")
    why = why_not(file.parent)
    said = tr("{file} · what failed and where in the code, no personal data").format(file=file)
    return tr("Log"), f"{said} · {tr('it cannot be written: {why}').format(why=why)}" if why else said


def _store(app: App) -> tuple[tuple[str, str], ...]:
    dialect = app.office.engine.dialect
    if dialect.name == "sqlite":
        version = f"SQLite {sqlite3.sqlite_version}"
    else:
        numbers = getattr(dialect, "server_version_info", None) or ()
        version = "PostgreSQL " + ".".join(str(n) for n in numbers)
    return (
        (tr("Name"), store_name(app)),
        (tr("Kind"), app.custody.kind),
        (tr("Database"), version.strip()),
        (tr("Tables"), tr("version {v}").format(v=schema.newest_version())),
    )


def _policy(app: App) -> tuple[tuple[str, str], ...]:
    return (
        (tr("Scheme"), f"{app.policy.scheme.name} ({app.policy.scheme.id})"),
        (tr("Digest"), app.policy.digest),
    )


def _letters() -> tuple[tuple[str, str], ...]:
    return (
        ("Inter", "SIL Open Font License 1.1"),
        ("DejaVu Sans", tr("DejaVu licence (Bitstream Vera, free to use and share)")),
        (tr("Shapes"), tr("callhandler's own")),
    )


def licences() -> tuple[tuple[str, str], ...]:
    """Each part that this program needs, with its version and licence, as the part itself says."""
    wanted = ["callhandler", *DIRECT]
    found: dict[str, str] = {}
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        key = name.lower().replace("_", "-")
        if key in seen:
            continue
        seen.add(key)
        try:
            part = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if key != "callhandler":
            found[part.metadata["Name"]] = f"{part.version} · {_licence(part)}"
        wanted += [_bare(need) for need in part.requires or () if "extra ==" not in need]
    return tuple(sorted(found.items(), key=lambda pair: pair[0].lower()))


def _bare(requirement: str) -> str:
    for place, letter in enumerate(requirement):
        if not (letter.isalnum() or letter in "-_."):
            return requirement[:place]
    return requirement


def _licence(part: metadata.Distribution) -> str:
    said = _said(part, "License-Expression")
    if not said:
        classes = [
            c.split(" :: ")[-1] for c in part.metadata.get_all("Classifier") or () if c.startswith("License")
        ]
        said = ", ".join(classes)
    whole = _said(part, "License")
    return said or (whole.splitlines()[0][:80] if whole else tr("see the part's own files"))


def _said(part: metadata.Distribution, key: str) -> str:
    return str(part.metadata[key]) if key in part.metadata else ""
