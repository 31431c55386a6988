"""Rows of a CSV file, one record at a time: a fault of quoting costs its own row and no other."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from callhandler.intake.importing.rows import Rejected, Row

LONGEST_LINE = 1_000_000
"""Bytes of one line; what is longer is no line of such a file."""
MOST_SHOWN = 2_000
"""Bytes of it that are kept, to find it by."""
MOST_LINES = 500
"""Lines over which one quoted cell may run; a quotation mark that is still open then was never closed."""


_DELIMITER = re.compile(rb'^"?sep=.?"?\s*$', re.IGNORECASE)


def lines_of(path: Path, encoding: str) -> Iterator[bytes]:
    """The lines of a file as bytes: UTF-16 as UTF-8, everything else as it is. Of one that is too long, its beginning."""
    if encoding.startswith("utf-16"):
        with path.open(encoding=encoding, errors="replace", newline="\n") as wide:
            first = True
            while line := wide.readline(LONGEST_LINE):
                yield (line.lstrip("\ufeff") if first else line).encode("utf-8", "replace")
                first = False
                while len(line) == LONGEST_LINE and not line.endswith("\n"):
                    line = wide.readline(LONGEST_LINE)
        return
    with path.open("rb") as plain:
        first = True
        while found := plain.readline(LONGEST_LINE):
            yield found.removeprefix(b"\xef\xbb\xbf") if first else found
            first = False
            while len(found) == LONGEST_LINE and not found.endswith(b"\n"):
                found = plain.readline(LONGEST_LINE)


TOO_LONG = f"This line is longer than {LONGEST_LINE:,} bytes: look in the file whether ends of lines are missing there."


class CsvReader:
    """Reads the records of one file. `header` is read at once: csv.Error or UnicodeDecodeError when it is broken."""

    def __init__(self, path: Path, encoding: str, delimiter: str, quote: str) -> None:
        self._encoding = "utf-8" if encoding.startswith("utf-16") else encoding
        self._wide = encoding.startswith("utf-16")
        self._quote = quote.encode()
        self._options = {
            "delimiter": delimiter,
            "quotechar": quote or None,
            "quoting": csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            "strict": True,
        }
        self._lines = lines_of(path, encoding)
        self._waiting: deque[bytes] = deque()
        self._number = 1
        first = next(self._lines, b"")
        # A spreadsheet counts its blank rows too, and may name its own delimiter above the header.
        while first and (not first.strip() or _DELIMITER.match(first)):
            self._number += 1
            first = next(self._lines, b"")
        self.header: Sequence[str] = [name.strip() for name in self._fields(first)] if first else []

    def __iter__(self) -> Iterator[Row | Rejected]:
        width = len(self.header)
        while (line := self._next()) is not None:
            self._number += 1
            if not line.strip(b"\r\n \t"):
                continue
            yield self._record(line, width)

    def _next(self) -> bytes | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _record(self, line: bytes, width: int) -> Row | Rejected:
        found = self._split(line, width)
        if isinstance(found, Row) or not self._quote or line.count(self._quote) % 2 == 0:
            return found
        if len(line) >= LONGEST_LINE - 3:
            return found
        # An odd number of quotation marks: a cell that runs over the end of the line, or a fault.
        taken = [line]
        while len(taken) < MOST_LINES and (more := self._next()) is not None:
            taken.append(more)
            if more.count(self._quote) % 2:
                whole = self._split(b"".join(taken), width)
                if isinstance(whole, Row):
                    return whole
                break
        self._waiting = deque(chain(taken[1:], self._waiting))
        why = "A quotation mark is opened here and not closed where a cell ends."
        return self._broken(line, why)

    def _split(self, record: bytes, width: int) -> Row | Rejected:
        if len(record) >= LONGEST_LINE:
            return self._broken(record[:MOST_SHOWN], TOO_LONG)
        try:
            fields = self._fields(record)
        except UnicodeDecodeError as error:
            bad = " ".join(f"{b:02X}" for b in record[error.start : error.end])
            why = f"Bytes here ({bad}) are not {self._encoding.upper()}; save the file as UTF-8, or name its encoding."
            return self._broken(record, why)
        except csv.Error as error:
            return self._broken(record, f"The quotation marks of this row do not fit: {error}.")
        if self._wide and "\ufffd" in record.decode("utf-8"):
            return self._broken(record, "Some bytes here are not UTF-16.")
        if b"\x00" in record:
            return self._broken(record, "A character here is NUL: no text holds one.")
        while len(fields) > width and not fields[-1].strip():
            fields.pop()
        if len(fields) != width:
            return self._broken(record, f"This row has {len(fields)} cells, the header {width}.")
        return Row(self._number, dict(zip(self.header, fields, strict=True)))

    def _fields(self, record: bytes) -> list[str]:
        text = record.decode(self._encoding)
        return next(csv.reader([text.rstrip("\r\n")], **self._options), [])  # type: ignore[arg-type]

    def _broken(self, record: bytes, why: str) -> Rejected:
        raw = record.decode(self._encoding, "replace").rstrip("\r\n")
        return Rejected(self._number, "", raw[:200], why, raw=raw)
