"""Puts a paper into the desk's folder of papers: the PDF, and the same as HTML for a screen reader."""

from pathlib import Path

from callhandler.errors import Environment
from callhandler.services.papers import Made
from callhandler.settings import Settings

SUFFIXES = (".pdf", ".html")


def folder_of(settings: Settings) -> Path:
    """Where this desk's papers are put."""
    return settings.data_folder / "papers"


def save(made: Made, settings: Settings) -> Path:
    """Write a paper's files, for nobody else on this machine to read; returns the PDF's path.

    Raises Environment when they cannot be written; that it was made is recorded all the same.
    """
    folder = folder_of(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix in SUFFIXES:
            path = folder / f"{made.file_name}{suffix}"
            path.touch(mode=0o600)
            path.write_bytes(made.as_file(suffix))
    except OSError as error:
        raise Environment(f"{made.file_name} cannot be written to {folder}: {error.strerror}.") from error
    return folder / f"{made.file_name}.pdf"
