"""Preferences kept per user in one small file of this machine; a file that cannot be read gives what is usual."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from callhandler.errors import Environment
from ui.common.words import tr

THEMES = ("dark", "light", "high-contrast", "system")
SCALES = (100, 150, 200)
LONGEST_MINUTES = 240


@dataclass(frozen=True)
class Preferences:
    """What one person prefers. `lock_minutes` of 0 never locks; `panels` are sizes by the splitter's name."""

    theme: str = "dark"
    scale: int = 100
    sound: bool = False
    lock_minutes: int = 10
    panels: dict[str, list[int]] = field(default_factory=dict)


class PreferencesFile:
    """The file, read whole and written whole."""

    def __init__(self, data_folder: Path) -> None:
        self._path = data_folder / "preferences.json"

    def read(self, user: str) -> tuple[Preferences | None, str]:
        """A person's preferences, None when none were kept; and a sentence when the file cannot be used."""
        whole, fault = self._whole()
        kept = whole["users"].get(user)
        return (_checked(kept) if isinstance(kept, dict) else None), fault

    def last(self) -> Preferences:
        """Those of whoever sat here last: what a window wears before anybody has signed in."""
        whole, _fault = self._whole()
        kept = whole["users"].get(whole.get("last"))
        return _checked(kept) if isinstance(kept, dict) else Preferences()

    def write(self, user: str, preferences: Preferences) -> None:
        """Keep a person's preferences. Raises Environment when the file cannot be written."""
        whole, _fault = self._whole()
        whole["users"][user] = asdict(preferences)
        whole["last"] = user
        part = ""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._path.parent, prefix=".preferences-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(whole, file, indent=2, ensure_ascii=False)
            Path(part).replace(self._path)
        except OSError as error:
            if part:
                Path(part).unlink(missing_ok=True)
            raise Environment(
                tr("Your preferences hold until you close; they could not be kept: {why}.").format(
                    why=error.strerror
                )
            ) from error

    def _whole(self) -> tuple[dict[str, Any], str]:
        empty: dict[str, Any] = {"users": {}}
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return empty, ""
        except (OSError, ValueError):
            return empty, _broken()
        if not isinstance(read, dict) or not isinstance(read.get("users"), dict):
            return empty, _broken()
        last = read.get("last")
        return {"users": read["users"], "last": last if isinstance(last, str) else ""}, ""


def _broken() -> str:
    return tr("Your preferences could not be read, so the usual ones are used. Ctrl+, sets them again.")


def _checked(kept: dict[str, Any]) -> Preferences:
    """What can be used of what was kept; anything else is as usual."""
    found = Preferences()
    if kept.get("theme") in THEMES:
        found = replace(found, theme=kept["theme"])
    if kept.get("scale") in SCALES:
        found = replace(found, scale=int(kept["scale"]))
    if isinstance(kept.get("sound"), bool):
        found = replace(found, sound=kept["sound"])
    minutes = kept.get("lock_minutes")
    if isinstance(minutes, int) and not isinstance(minutes, bool) and 0 <= minutes <= LONGEST_MINUTES:
        found = replace(found, lock_minutes=minutes)
    panels = kept.get("panels")
    if isinstance(panels, dict):
        good = {str(k): v for k, v in panels.items() if _sizes(v)}
        found = replace(found, panels=good)
    return found


def _sizes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, int) and 0 <= v < 20_000 for v in value)
