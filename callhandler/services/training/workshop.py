"""A trainer's workshop: exercises opened, kept while they are written, and saved; a shipped one is never written over."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from callhandler.errors import BadInput, Environment
from callhandler.services.training.keeping import write_whole
from callhandler.settings import resources

NEW = "new-exercise.yaml"


@dataclass(frozen=True, slots=True)
class Document:
    """An exercise that is being written.

    `path` is its own file, None while it has none; `begun` its text as it was opened or last saved, `text` as it stands.
    `key` names its draft. `kept` is when the draft that was taken up was kept (UTC), empty when there was none.
    """

    key: str
    path: Path | None
    name: str
    begun: str
    text: str
    kept: str = ""

    @property
    def file(self) -> Path:
        """The file that its faults are named by, and beside which its history is looked for."""
        return self.path or Path(self.name)


class Workshop:
    """Keeps drafts in a folder of this machine, one file each, for their owner alone."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder / "workshop"

    def new(self) -> Document:
        """A new exercise from the template."""
        text = (resources() / "training" / "templates" / "exercise.yaml").read_text(encoding="utf-8")
        return Document(f"new-{uuid4().hex[:12]}", None, NEW, text, text)

    def open(self, path: Path) -> Document:
        """Open a file; its draft is taken up where one was kept. A shipped one opens as a copy without a file.

        Raises BadInput when it is not there or is no text.
        """
        text = _read(path)
        if is_shipped(path):
            return Document(f"new-{uuid4().hex[:12]}", None, path.name, text, text)
        path = path.resolve()
        found = Document(_key_of(path), path, path.name, text, text)
        draft = self._draft(found.key)
        if draft is None or draft.text == text:
            return found
        # What the draft began with stays: a file that was changed meanwhile is not written over.
        return draft

    def under_way(self) -> list[Document]:
        """Every draft, the newest first; a file that is none is passed over."""
        keys = [p.stem for p in self._folder.glob("*.json")] if self._folder.is_dir() else []
        found = [d for key in keys if (d := self._draft(key)) is not None]
        return sorted(found, key=lambda d: d.kept, reverse=True)

    def keep(self, document: Document, text: str) -> None:
        """Keep what is being written; nothing is kept of what is as it was. Raises Environment when it cannot be."""
        place = self._place(document.key)
        if text == document.begun:
            place.unlink(missing_ok=True)
            return
        body = {
            "path": str(document.path or ""),
            "name": document.name,
            "begun": document.begun,
            "text": text,
            "kept": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        write_whole(place, json.dumps(body, ensure_ascii=False) + "\n", private=True)

    def save(self, document: Document, text: str, target: Path | None = None) -> Document:
        """Save into its own file, or into a new one; the draft is then gone.

        Raises BadInput when there is no file to save to, when it is a shipped one, when another stands there, or when its
        own was changed by somebody else since it was opened.
        """
        path = target or document.path
        if path is None:
            raise BadInput("Name a file to save it in.", "file")
        path = path.expanduser().resolve()
        if path.suffix not in (".yaml", ".yml"):
            path = path.with_name(path.name + ".yaml")
        if is_shipped(path):
            raise BadInput("Shipped exercises are never written over. Name a file of your own.", path.name)
        if path.exists():
            if path != document.path:
                raise BadInput("There is a file of that name already; nothing was written over.", path.name)
            if _read(path) != document.begun:
                raise BadInput(
                    "This file was changed by somebody else since you opened it; nothing was written over. "
                    "Save under another name.",
                    path.name,
                )
        write_whole(path, text)
        self._place(document.key).unlink(missing_ok=True)
        return replace(document, key=_key_of(path), path=path, name=path.name, begun=text, text=text, kept="")

    def _place(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _draft(self, key: str) -> Document | None:
        try:
            body = json.loads(self._place(key).read_text(encoding="utf-8"))
            path = Path(body["path"]) if body["path"] else None
            return Document(
                key, path, str(body["name"]), str(body["begun"]), str(body["text"]), str(body["kept"])
            )
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Environment(f"The draft cannot be read: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError):
            return None


def is_shipped(path: Path) -> bool:
    """Whether a file is one of those that came with the program."""
    return path.expanduser().resolve().is_relative_to(resources().resolve())


def _key_of(path: Path) -> str:
    return f"{path.stem[:40]}-{sha256(str(path).encode('utf-8')).hexdigest()[:12]}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInput("this file is missing", path.name) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"this file cannot be read as UTF-8 text ({error.__class__.__name__})", path.name
        ) from error
