"""A file looked over before it is read: digest, format, encoding, delimiter, columns, rows; what was guessed is said."""

import csv
import hashlib
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.intake.importing.csv_rows import LONGEST_LINE, CsvReader
from callhandler.intake.importing.json_rows import json_rows
from callhandler.intake.importing.mapping import FileRead
from callhandler.intake.importing.parquet_rows import ParquetReader
from callhandler.intake.importing.rows import Rejected, Row

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
FORMATS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHERS = (
    (b"PK\x03\x04", "a spreadsheet or a packed file: save the sheet as CSV, or unpack it"),
    (b"\x1f\x8b", "a packed file (gzip): unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet: save the sheet as CSV"),
    (b"%PDF", "a PDF: ask for the data as CSV"),
    (b"SQLite format 3", "a database: write its tables to CSV"),
)
OURS = ("callhandler_row", "callhandler_column", "callhandler_value", "callhandler_reason", "callhandler_raw")
"""Columns that a file of rejected rows has before the row's own. Read again, they are passed over."""


@dataclass(frozen=True)
class Source:
    """One file as it will be read. `rows` is about how many it has; `said` tells what was found out and not set."""

    path: Path
    digest: str
    format: str
    encoding: str
    delimiter: str
    quote: str
    columns: tuple[str, ...]
    rows: int
    said: tuple[str, ...]

    def read(self) -> Generator[Row | Rejected, None, None]:
        """Every row from the first, one at a time."""
        if self.format == "parquet":
            yield from ParquetReader(self.path)
        elif self.format == "jsonl":
            yield from json_rows(self.path, self.encoding)
        else:
            yield from CsvReader(self.path, self.encoding, self.delimiter, self.quote)


def survey(path: Path, spec: FileRead) -> Source:
    """Look a file over, once from end to end. BadInput when it cannot be read so, Environment when DuckDB is missing."""
    try:
        with path.open("rb") as file:
            head = file.read(4_096)
            if not head:
                raise BadInput("this file is empty", path.name)
            if head.lstrip(_BOMS[0][0]).startswith(OURS[0].encode()):
                # A file of rejected rows is ours, whatever its source was; a spreadsheet may have saved it in its own way.
                spec = spec.model_copy(
                    update={"format": "csv", "encoding": None, "delimiter": None, "quote": '"'}
                )
            for mark, what in _OTHERS:
                if head.startswith(mark) and spec.format != "parquet":
                    raise BadInput(f"this is {what}", path.name)
            form = (
                spec.format
                or FORMATS.get(path.suffix.lower())
                or ("parquet" if head[:4] == b"PAR1" else "csv")
            )
            if form == "parquet":
                return _parquet(path)
            if form == "csv" and head.lstrip(b"\xef\xbb\xbf \r\n\t")[:2] in (b"[{", b"[\n", b"[ ", b"[\r"):
                raise BadInput("this is one JSON array; write one object a line (JSON Lines)", path.name)
            seen = _Seen(_bom(head) or spec.encoding or _wide(head))
            file.seek(0)
            for line in iter(lambda: file.readline(LONGEST_LINE), b""):
                seen.take(line)
    except FileNotFoundError:
        raise BadInput("this file is missing", path.name) from None
    except IsADirectoryError:
        raise BadInput("this is a folder, not a file", path.name) from None
    except OSError as error:
        raise BadInput(f"this file cannot be read: {error.strerror}", path.name) from error
    if seen.lines <= 1 and b"\r" in head and b"\n" not in head:
        raise BadInput(
            "its lines end with a carriage return alone; save it with ordinary ends of lines", path.name
        )
    encoding, said = seen.encoding, []
    if seen.worth_telling and (spec.encoding or "").split("-")[:2] != encoding.split("-")[:2]:
        said.append(f"{path.name} is read as {seen.name}.")
    if form == "jsonl":
        return Source(path, seen.digest, form, encoding, "", "", (), seen.lines, tuple(said))
    return _csv(path, spec, seen, said)


def _csv(path: Path, spec: FileRead, seen: "_Seen", said: list[str]) -> Source:
    delimiter = str(spec.delimiter or "")
    if not delimiter:
        first = _header(path, seen.encoding)
        delimiter = max(DELIMITERS, key=lambda d: _outside(first, d, spec.quote))
        if delimiter != ",":
            said.append(f"{path.name} has {DELIMITERS[delimiter]} between its cells.")
    try:
        header = CsvReader(path, seen.encoding, delimiter, spec.quote).header
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadInput(f"the header cannot be read: {error}", f"{path.name}:1") from error
    if not header:
        raise BadInput("this file has no header", f"{path.name}:1")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise BadInput(
            f"the header names {', '.join(twice)} twice: give each column a name of its own", f"{path.name}:1"
        )
    return Source(
        path,
        seen.digest,
        "csv",
        seen.encoding,
        delimiter,
        spec.quote,
        tuple(header),
        max(seen.lines - 1, 0),
        tuple(said),
    )


def _header(path: Path, encoding: str) -> str:
    try:
        return next(iter(CsvReader(path, encoding, "\x1f", "").header), "")
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadInput(
            "this is no text that can be read as a table: look whether it is the right file, and save it as CSV in UTF-8",
            f"{path.name}:1",
        ) from error


def _parquet(path: Path) -> Source:
    reader = ParquetReader(path)
    reader.close()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(path, digest, "parquet", "", "", "", tuple(reader.header), reader.rows, ())


class _Seen:
    """What the lines of a file tell of its encoding, and its digest."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._digest = hashlib.sha256()
        self.lines = 0
        self._good = self._bad = 0
        self.worth_telling = bool(told)

    def take(self, line: bytes) -> None:
        self._digest.update(line)
        self.lines += 1
        if not self._told and not line.isascii():
            self.worth_telling = True
            try:
                line.decode("utf-8")
                self._good += 1
            except UnicodeDecodeError:
                self._bad += 1

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    @property
    def encoding(self) -> str:
        """As told, or UTF-8, or Windows-1252 where more lines can only be that."""
        if self._told:
            return self._told
        return "windows-1252" if self._bad > self._good else "utf-8"

    @property
    def name(self) -> str:
        return {"windows-1252": "Windows-1252"}.get(self.encoding, self.encoding.upper())


def _bom(head: bytes) -> str:
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "")


def _wide(head: bytes) -> str:
    # Plain letters in UTF-16 have every other byte zero.
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 < len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _outside(header: str, delimiter: str, quote: str) -> int:
    parts = header.split(quote)[::2] if quote else [header]
    return sum(part.count(delimiter) for part in parts)


def missing_columns(named: Iterable[str], source: Source) -> list[str]:
    """The columns that a mapping names and a file's header lacks, as sentences with the nearest that it has."""
    if not source.columns:
        return []
    from difflib import get_close_matches

    found = []
    wanted, name = set(named), source.path.name
    if (
        wanted
        and wanted.isdisjoint(c.casefold() for c in source.columns)
        and wanted.isdisjoint(source.columns)
    ):
        if len(source.columns) == 1:
            whole = (
                f"its first line is not parted by {', '.join(DELIMITERS.values())}: {source.columns[0][:80]}"
            )
        else:
            whole = f"its first line holds {', '.join(source.columns[:8])}"
        return [
            f"{name} has none of the columns that the mapping names ({', '.join(sorted(wanted)[:12])}); {whole}. "
            "Look whether it is the right file, and whether its first line names its columns"
        ]
    for name in sorted(wanted - set(source.columns)):
        near = get_close_matches(name, source.columns, 1) or [
            c for c in source.columns if c.casefold() == name.casefold()
        ]
        hint = f"; it has {near[0]}" if near else f"; it has {', '.join(source.columns[:8])}"
        found.append(f"{source.path.name} has no column {name}{hint}")
    return found
