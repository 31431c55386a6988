"""What is to be brought in: a mapping with its files, looked over; and its first rows as they are understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.intake.importing.mapping import FileRead
from callhandler.intake.importing.mapping_file import Read
from callhandler.intake.importing.records import Understood
from callhandler.intake.importing.rows import Rejected
from callhandler.intake.importing.survey import Source


@dataclass(frozen=True)
class FileToRead:
    """One file of a job: what the mapping says of it, and the file as it was looked over."""

    spec: FileRead
    source: Source


@dataclass(frozen=True)
class Job:
    """A mapping and its files, looked over. `rejects` is the folder for rejected rows; without it, beside each file."""

    read: Read
    files: tuple[FileToRead, ...]
    rejects: Path | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """What is worth telling of the mapping; what was found out about the files and not set by it."""
        return (*self.read.said, *(sentence for file in self.files for sentence in file.source.said))


@dataclass(frozen=True)
class Shown:
    """One of the first rows as it is understood, or why it is not."""

    file: str
    row: int
    understood: Understood | None
    rejected: Rejected | None


def paired(read: Read, given: Sequence[Path]) -> Iterator[tuple[FileRead, Path]]:
    """Each of the mapping's files with the file given for it. Raises BadInput for one that it does not know."""
    specs = read.mapping.files
    if not given:
        raise BadInput("No file was given.", "file")
    if len(given) == 1 and given[0].is_dir():
        for spec in specs:
            name = spec.file or ""
            if not name:
                raise BadInput(
                    "this mapping names no file; give the file itself, not its folder", given[0].name
                )
            yield spec, given[0] / name
        return
    if len(specs) == 1:
        if len(given) > 1:
            for path in given:
                yield specs[0], path
            return
        yield specs[0], given[0]
        return
    by_name = {path.name: path for path in given}
    named = [spec.file or "" for spec in specs]
    if strange := sorted(set(by_name) - set(named) - {n for n in by_name if _mended(n) in named}):
        raise BadInput(f"the mapping knows {', '.join(named)}, not {strange[0]}", read.written.name)
    found = [(s, p) for s in specs for n, p in by_name.items() if s.file in (n, _mended(n))]
    if not found:
        raise BadInput(f"none of the mapping's files was given: {', '.join(named)}", read.written.name)
    yield from found


def _mended(name: str) -> str:
    """The name of the file whose rejected rows a file holds."""
    stem, _, rest = name.partition(".rejected")
    return stem + Path(rest).suffix if rest else name
