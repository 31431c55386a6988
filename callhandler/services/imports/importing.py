"""The import of a force's history: looked over, tried without writing, brought in by blocks, gone on with after a stop."""

import json
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.importing.mapping import Mapping
from callhandler.intake.importing.mapping_file import Read, Vocabulary, columns_named, read_mapping
from callhandler.intake.importing.rejects import Rejects, free_name
from callhandler.intake.importing.rows import Rejected, Row
from callhandler.intake.importing.survey import missing_columns, survey
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
from callhandler.services.imports.deriving import Deriving, uncollected
from callhandler.services.imports.entries import expand
from callhandler.services.imports.expanded import Expanded
from callhandler.services.imports.jobs import FileToRead, Job, Shown, paired
from callhandler.services.imports.report import Progress, Report
from callhandler.services.imports.writing import NowhereSink, Writing
from callhandler.services.office import Office, require, work
from callhandler.settings import resources
from callhandler.store import import_keys, tables
from callhandler.store.bulk import Block
from callhandler.store.engine import roomy
from callhandler.store.import_keys import DRY, Scratch
from callhandler.store.unit_of_work import reading, writing

ROWS = 1_000
"""Rows of a source in one block. It decides how long other desks wait, and how much is done again after a stop."""

Reports = tuple[Report, ...]
Steps = Iterator[Reports]
Wanted = Callable[[], bool]


def _quiet(_: Progress) -> None:
    pass


def _always() -> bool:
    return True


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
        for spec, path in paired(read, given):
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
        office = replace(self._office, engine=roomy(self._office.engine))
        reports: list[Report] = []
        with Deriving(office, sum(file.source.rows for file in job.files)) as derived:
            for file in job.files:
                for report in self._bring_in(office, actor, job, file, say):
                    yield (*reports, report)
                    if derived.follow(report):
                        yield (*reports, report)
                reports.append(report)
                derived.next_file()
            for _ in derived.rest():
                yield tuple(reports)
        yield tuple(reports)

    # trying

    def _try(
        self, job: Job, file: FileToRead, scratch: Scratch, nowhere: NowhereSink, say: Say
    ) -> Iterator[Report]:
        report = Report(file.source.path.name, dry=True)
        pace = Pace(report, file.source.rows, say)
        understanding = Understanding(job.read, file.spec, self._office.clock.now())
        mapping = job.read.mapping
        for block in _blocks(file.source.read()):
            with uncollected(), reading(self._office.engine) as connection:
                now = self._office.clock.now()
                rows, rejected, left_out = _understand(block, understanding, mapping.title, now)
                at = Writing(connection, nowhere, mapping.source, mapping.title, DRY, to_micros(now), scratch)
                written = at.write(rows)
                del rows
            scratch.keep(written.keys, written.incidents)
            count(report, block, written, rejected, left_out)
            pace.tell()
            require_some(report)
            yield report
        report.finished = True
        pace.end()
        yield report

    # bringing in

    def _bring_in(
        self, office: Office, actor: Actor, job: Job, file: FileToRead, say: Say
    ) -> Iterator[Report]:
        source, mapping = file.source, job.read.mapping
        report = Report(source.path.name, dry=False)
        with reading(office.engine) as connection:
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
        understanding = Understanding(job.read, file.spec, office.clock.now())
        for block in _blocks(source.read(), after=report.read):
            with uncollected():
                after = _keep(office, block, understanding, mapping, file_id, report, rejects)
            report.__dict__.update(after.__dict__)
            pace.tell()
            require_some(report)
            yield report
        with writing(office.engine, office.clock.now()) as uow:
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

    def _again(self, job: Job, file: FileToRead, point: AnyMapping[str, Any], report: Report) -> Rejects:
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


def _blocks(rows: Iterator[Seen], after: int = 0) -> Iterator[list[Seen]]:
    for _ in islice(rows, after):
        pass
    while block := list(islice(rows, ROWS)):
        yield block


def _keep(
    office: Office,
    block: list[Seen],
    understanding: Understanding,
    mapping: Mapping,
    file_id: int,
    report: Report,
    rejects: Rejects,
) -> Report:
    """One block, whole or not at all; returns the report with it."""
    rows, rejected, left_out = _understand(block, understanding, mapping.title, office.clock.now())
    with writing(office.engine, office.clock.now()) as uow:
        require_alone(import_keys.ended_at(uow.connection, file_id), report)
        store = Block(uow, file_id)
        at = Writing(uow.connection, store, mapping.source, mapping.title, file_id, to_micros(uow.now))
        written = at.write(rows)
        after = copied(report)
        rejects.write(count(after, block, written, rejected, left_out))
        store.close(json.dumps(point_of(after, rejects, done=False)))
        import_keys.keep(uow.connection, mapping.source, written.keys)
        uow.commit()
    return after


def _understand(
    block: list[Seen], understanding: Understanding, author: str, now: datetime
) -> tuple[list[Expanded], list[Rejected], int]:
    rows, rejected, left_out = [], [], 0
    for row in block:
        found = understanding.row(row) if isinstance(row, Row) else row
        if found is None:
            left_out += 1
        elif isinstance(found, Rejected):
            rejected.append(found)
        else:
            rows.append(expand(found, author, to_micros(now)))
    return rows, rejected, left_out
