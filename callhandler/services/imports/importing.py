"""The import of a force's history: looked over, tried without writing, brought in by blocks, gone on with after a stop."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.importing.mapping import FileRead
from callhandler.intake.importing.mapping_file import Read, Vocabulary, columns_named, read_mapping
from callhandler.intake.importing.records import Understood
from callhandler.intake.importing.rejects import Rejects, free_name
from callhandler.intake.importing.rows import Rejected, Row
from callhandler.intake.importing.survey import Source, missing_columns, survey
from callhandler.intake.importing.understand import Understanding
from callhandler.model.actor import Actor, Right
from callhandler.model.when import LONDON, from_micros, to_micros
from callhandler.services.imports.counting import (
    Pace,
    Say,
    Seen,
    copied,
    count,
    go_on,
    point_of,
    require_alone,
    require_some,
)
from callhandler.services.imports.entries import Expanded, expand
from callhandler.services.imports.report import Progress, Report
from callhandler.services.imports.writing import NowhereSink, Writing
from callhandler.services.keying import keep_keys
from callhandler.services.office import Office, require, work
from callhandler.settings import resources
from callhandler.store import import_keys, tables
from callhandler.store.bulk import Block
from callhandler.store.import_keys import DRY, Scratch
from callhandler.store.unit_of_work import reading, writing

ROWS = 500
"""Rows of a source in one block. It decides how long other desks wait, and how much is done again after a stop."""
KEYED = 10_000
"""Names that get the keys by which they are found, in one step after the rows."""

Reports = tuple[Report, ...]
Steps = Iterator[Reports]
Wanted = Callable[[], bool]


def _quiet(_: Progress) -> None:
    pass


def _always() -> bool:
    return True


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
        """What was found out about the files and not set by the mapping."""
        return tuple(sentence for file in self.files for sentence in file.source.said)


@dataclass(frozen=True)
class Shown:
    """One of the first rows as it is understood, or why it is not."""

    file: str
    row: int
    understood: Understood | None
    rejected: Rejected | None


class Imports:
    """What an administrator does to bring history in."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def shipped(self) -> tuple[Path, ...]:
        """The mappings that come with the program."""
        return tuple(sorted((resources() / "imports").glob("*.yaml")))

    def mapping(self, path: Path) -> Read:
        """Read a mapping. Raises BadInputs with file and line of every fault."""
        policy = self._office.policy
        known = Vocabulary(frozenset(policy.types), frozenset(policy.orders))
        return read_mapping(path, known)

    def prepare(self, mapping: Path, given: Sequence[Path], rejects: Path | None = None) -> Job:
        """Look the files over. A folder stands for the files in it that the mapping names.

        Raises BadInputs for a mapping that does not hold together, or whose columns a file lacks; BadInput for a file
        that is none; Environment when Parquet cannot be read here.
        """
        read = self.mapping(mapping)
        files: list[FileToRead] = []
        faults: list[BadInput] = []
        for spec, path in _paired(read, given):
            source = survey(path, spec)
            lacking = missing_columns(columns_named(spec), source)
            faults += [BadInput(sentence, f"{source.path.name}:1") for sentence in lacking]
            files.append(FileToRead(spec, source))
        if faults:
            raise BadInputs(faults)
        return Job(read, tuple(files), rejects)

    def first_rows(self, job: Job, most: int = 60) -> tuple[Shown, ...]:
        """The first rows of each file, so many in all, as they are understood; without those that the mapping leaves out."""
        shown = []
        for file in job.files:
            name = file.source.path.name
            understanding = Understanding(job.read, file.spec, self._office.clock.now())
            with closing(file.source.read()) as rows:
                for row in islice(rows, max(most // len(job.files), 1)):
                    found = understanding.row(row) if isinstance(row, Row) else row
                    if isinstance(found, Rejected):
                        shown.append(Shown(name, found.row, None, found))
                    elif found is not None:
                        shown.append(Shown(name, found.row, found, None))
        return tuple(shown)

    def dry_run(self, job: Job, say: Say = _quiet, wanted: Wanted = _always) -> Reports:
        """Read everything and write nothing: what would come in, what would be rejected and why."""
        return _last(self.trying(job, say), wanted)

    def run(self, actor: Actor, job: Job, say: Say = _quiet, wanted: Wanted = _always) -> Reports:
        """Bring the files in, in order. Stopped at any point, it goes on from the last whole block when it is run again.

        What came in from the same file before adds nothing. Raises NotAllowed for anybody but an administrator, Environment
        when the store or the file of rejected rows cannot be written: what is in by then stays, and it can go on.
        """
        return _last(self.bringing_in(actor, job, say), wanted)

    def trying(self, job: Job, say: Say = _quiet) -> Steps:
        """A dry run step by step: after each block, the files' reports so far."""
        reports: list[Report] = []
        with closing(Scratch()) as scratch:
            nowhere = NowhereSink()
            for file in job.files:
                for report in self._try(job, file, scratch, nowhere, say):
                    yield (*reports, report)
                reports.append(report)

    def bringing_in(self, actor: Actor, job: Job, say: Say = _quiet) -> Steps:
        """A run step by step: a block, then the files' reports so far. Left between two steps, it can be gone on with."""
        require(actor, Right.ADMINISTRATOR)
        reports: list[Report] = []
        for file in job.files:
            for report in self._bring_in(actor, job, file, say):
                yield (*reports, report)
            reports.append(report)
        while self._keep_some_keys():
            yield tuple(reports)
        yield tuple(reports)

    def _keep_some_keys(self) -> bool:
        with work(self._office) as w:
            return bool(keep_keys(w, KEYED))

    # trying

    def _try(
        self, job: Job, file: FileToRead, scratch: Scratch, nowhere: NowhereSink, say: Say
    ) -> Iterator[Report]:
        report = Report(file.source.path.name, dry=True)
        pace = Pace(report, file.source.rows, say)
        understanding = Understanding(job.read, file.spec, self._office.clock.now())
        mapping = job.read.mapping
        for block in _blocks(file.source.read()):
            rows, rejected, left_out = _understand(
                block, understanding, mapping.title, self._office.clock.now()
            )
            with _uncollected(), reading(self._office.engine) as connection:
                now = to_micros(self._office.clock.now())
                at = Writing(connection, nowhere, mapping.source, mapping.title, DRY, now, scratch)
                written = at.write(rows)
            scratch.keep(written.keys, written.incidents)
            count(report, block, written, rejected, left_out)
            pace.tell()
            require_some(report)
            yield report
        report.finished = True
        pace.end()
        yield report

    # bringing in

    def _bring_in(self, actor: Actor, job: Job, file: FileToRead, say: Say) -> Iterator[Report]:
        source, mapping = file.source, job.read.mapping
        report = Report(source.path.name, dry=False)
        with reading(self._office.engine) as connection:
            begun = import_keys.begun(connection, source.digest, job.read.digest)
        point = json.loads(begun.ended_at) if begun and begun.ended_at else {}
        if begun is not None and point.get("done"):
            day = from_micros(begun.known_at).astimezone(LONDON)
            report.before = (
                f"{source.path.name} came in already, by the same mapping: on {day.day} {day:%B %Y}, by {begun.by}. "
                "Nothing was added."
            )
            report.finished = True
            yield report
            return
        if begun is None:
            file_id, rejects = self._begin(actor, job, file, report)
        else:
            file_id, rejects = begun.file_id, self._again(job, file, point, report)
            go_on(report, point)
        report.rejects = rejects.path
        pace = Pace(report, source.rows, say)
        understanding = Understanding(job.read, file.spec, self._office.clock.now())
        for block in _blocks(source.read(), after=report.read):
            rows, rejected, left_out = _understand(
                block, understanding, mapping.title, self._office.clock.now()
            )
            with _uncollected(), writing(self._office.engine, self._office.clock.now()) as uow:
                require_alone(import_keys.ended_at(uow.connection, file_id), report)
                store = Block(uow, file_id)
                now = to_micros(uow.now)
                at = Writing(uow.connection, store, mapping.source, mapping.title, file_id, now)
                written = at.write(rows)
                after = copied(report)
                out = count(after, block, written, rejected, left_out)
                rejects.write(out)
                store.close(json.dumps(point_of(after, rejects, done=False)))
                import_keys.keep(uow.connection, mapping.source, written.keys)
                uow.commit()
            report.__dict__.update(after.__dict__)
            pace.tell()
            require_some(report)
            yield report
        with writing(self._office.engine, self._office.clock.now()) as uow:
            Block(uow, file_id).close(json.dumps(point_of(report, rejects, done=True)))
            uow.commit()
        report.finished = True
        pace.end()
        yield report

    def _begin(self, actor: Actor, job: Job, file: FileToRead, report: Report) -> tuple[int, Rejects]:
        mapping, source = job.read.mapping, file.source
        rejects = Rejects(free_name(source.path, job.rejects), source)
        with work(self._office) as w:
            file_id = w.uow.append(
                tables.import_file,
                name=source.path.name,
                digest=source.digest,
                mapping=job.read.digest,
                zone=mapping.time_zone,
            )
            w.uow.append(
                tables.import_act,
                file_id=file_id,
                user_id=actor.user_id,
                mapping=mapping.import_,
                source=mapping.source,
            )
            # Where rejected rows go is kept before there are any: after a stop they go on there.
            Block(w.uow, file_id).close(json.dumps(point_of(report, rejects, done=False)))
        return file_id, rejects

    def _again(self, job: Job, file: FileToRead, point: Mapping[str, Any], report: Report) -> Rejects:
        path = (job.rejects or file.source.path.parent) / point["rejects_name"]
        rejects = Rejects(path, file.source, int(point["rejects"]))
        if rejects.lost:
            report.notes.append(
                f"The rows rejected before the stop are no longer in {path.name}; those that follow are."
            )
        return rejects


def _last(steps: Steps, wanted: Wanted) -> Reports:
    last: Reports = ()
    for reports in steps:
        last = reports
        if not wanted():
            break
    return last


def _paired(read: Read, given: Sequence[Path]) -> Iterator[tuple[FileRead, Path]]:
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


def _blocks(rows: Iterator[Seen], after: int = 0) -> Iterator[list[Seen]]:
    for _ in islice(rows, after):
        pass
    while block := list(islice(rows, ROWS)):
        yield block


def _understand(
    block: list[Seen], understanding: Understanding, author: str, now: datetime
) -> tuple[list[Expanded], list[Rejected], int]:
    rows, rejected, left_out = [], [], 0
    with _uncollected():
        for row in block:
            found = understanding.row(row) if isinstance(row, Row) else row
            if found is None:
                left_out += 1
            elif isinstance(found, Rejected):
                rejected.append(found)
            else:
                rows.append(expand(found, author, to_micros(now)))
    return rows, rejected, left_out


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for circles: a block makes none, and a fifth of the time went into looking for them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
