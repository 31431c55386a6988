"""What is typed at this desk and not recorded yet, field by field: kept on this machine, and dropped once it landed."""

import json
from collections.abc import Callable

from uuid6 import uuid7

from callhandler.app import App
from ui.tasks import Failure, Writes

LOG = "log"
QUESTION = "question"


class Keeper:
    """The drafts of one desk. `lines` holds the log line of each incident; the others go by incident, form and field.

    Every field has a draft of its own, so that nothing waits for the rest of its form.
    """

    def __init__(
        self, app: App, writes: Writes, window: str, failed: Callable[[Failure], None] | None = None
    ) -> None:
        self.lines: dict[str, tuple[str, str]] = {}
        self._fields: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        self._app = app
        self._writes = writes
        self._window = window
        self._failed = failed

    def recover(self) -> None:
        """Find what a crash left half typed."""
        for draft in self._app.drafts.recover(self._app.office):
            if draft.window != self._window or not draft.text:
                continue
            if draft.field == LOG:
                self.lines[draft.incident] = (draft.uuid, draft.text)
                continue
            form, _, field = draft.field.partition(".")
            self._fields.setdefault((draft.incident, form), {})[field] = (draft.uuid, draft.text)

    def line(self, incident: str, uuid: str, text: str) -> None:
        """Keep a log line that is not recorded."""
        self.lines[incident] = (uuid, text)
        self._save(incident, LOG, text, uuid)

    def write(self, incident: str, uuid: str, text: str) -> None:
        """Keep a log line at once, on the write lane, just before it is recorded."""
        self._app.drafts.keep(self._window, incident, LOG, text, uuid)

    def landed(self, uuid: str) -> None:
        """The entry of this draft is recorded; called on the write lane."""
        self._app.drafts.landed(uuid)

    def keep(self, incident: str, form: str, field: str, text: str) -> None:
        """Keep what one field of a form holds; an empty one is forgotten."""
        own = self._fields.setdefault((incident, form), {})
        uuid, before = own.get(field, (str(uuid7()), ""))
        if text == before:
            return
        if text:
            own[field] = (uuid, text)
        else:
            own.pop(field, None)
        self._save(incident, f"{form}.{field}", text, uuid)

    def key_of(self, incident: str, form: str, field: str) -> str:
        """The key that a field's draft carries: its entry is recorded once, however often it is tried."""
        return self._fields.get((incident, form), {}).get(field, (str(uuid7()), ""))[0]

    def of(self, incident: str, form: str) -> dict[str, str]:
        """What is kept of a form, by field."""
        return {name: text for name, (_, text) in self._fields.get((incident, form), {}).items()}

    def forms(self, incident: str) -> tuple[str, ...]:
        """The forms of an incident of which something is kept."""
        return tuple(form for (of, form), kept in self._fields.items() if of == incident and kept)

    def drop(self, incident: str, form: str) -> None:
        """Forget a form: it was recorded, or left on purpose."""
        for field in tuple(self._fields.pop((incident, form), {})):
            self._save(incident, f"{form}.{field}", "", str(uuid7()))

    def _save(self, incident: str, field: str, text: str, uuid: str) -> None:
        window = self._window
        self._writes.do(
            lambda: self._app.drafts.keep(window, incident, field, text, uuid), None, self._failed
        )


def packed(choice: str, typed: str) -> str:
    """A field that is a choice, as one text: what was chosen and what stands in it."""
    return json.dumps([choice, typed]) if choice or typed else ""


def unpacked(text: str) -> tuple[str, str]:
    """The other way round; a text that cannot be read is empty."""
    try:
        choice, typed = json.loads(text)
    except (ValueError, TypeError):
        return "", ""
    return str(choice), str(typed)
