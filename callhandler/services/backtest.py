"""A policy over a history: made-up calls, or the incidents that a store holds. Nothing is written.

Cases are judged in blocks by as many processes as asked for, and counts are added in the order of the blocks: the result
is the same for any number of processes, and no more than a few blocks are in memory at once.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from callhandler.errors import BadInput, Environment
from callhandler.intake.made_up import Block, blocks, calls_of
from callhandler.intake.population import Population
from callhandler.model.when import from_micros
from callhandler.policy.entries import Scheme
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.rules.clocks import grade_named
from callhandler.services.tally import Case, Look, Tally, judge
from callhandler.store import pictures, recorded, schema, verify
from callhandler.store.engine import Connection, Engine, make_engine, shown
from callhandler.store.unit_of_work import reading

AHEAD = 4
"""Blocks that wait for each process, so that none is idle and none piles up."""
INCIDENTS_A_BLOCK = 20

Say = Callable[[int, int], None]
"""Told how many cases are judged, of how many."""


@dataclass(frozen=True)
class MadeUpCalls:
    """So many calls of a made-up population, always the same for a seed."""

    population: Population
    seed: int
    calls: int

    def count(self) -> int:
        """How many cases there are."""
        return self.calls

    def blocks(self) -> Iterator[Block]:
        """The parts that may be judged apart."""
        return blocks(self.population, self.seed, self.calls)

    def cases(self, block: Block) -> Iterator[Case]:
        """The calls of one part."""
        for call in calls_of(self.population, self.seed, block):
            first, *later = call.looks
            looks = (Look(first, call.band), *(Look(picture) for picture in later))
            yield Case(call.kind, "danger" if call.danger else "ordinary", looks)


@dataclass(frozen=True)
class RecordedIncidents:
    """Every incident of a store, at each instant at which it was judged, as it was known then.

    Whether anybody was in danger is not in a record: the truth of these cases is unknown.
    """

    database: str

    def count(self) -> int:
        """How many cases there are. Raises BadInput when there is no database."""
        engine = make_engine(self.database)
        try:
            if not schema.exists(engine):
                raise BadInput(f"There is no callhandler database {shown(engine)}.", "database")
            with reading(engine) as connection:
                return recorded.count_judged(connection)
        finally:
            engine.dispose()

    def blocks(self) -> Iterator[tuple[int, ...]]:
        """The parts that may be judged apart: ids of incidents."""
        engine = make_engine(self.database)
        try:
            after = 0
            while True:
                with reading(engine) as connection:
                    ids = recorded.judged_incidents(connection, after, INCIDENTS_A_BLOCK)
                if not ids:
                    return
                yield tuple(ids)
                after = ids[-1]
        finally:
            engine.dispose()

    def cases(self, block: tuple[int, ...]) -> Iterator[Case]:
        """The incidents of one part."""
        engine = make_engine(self.database)
        schemes: dict[str, Scheme | None] = {}
        try:
            for incident_id in block:
                yield _recorded(engine, incident_id, schemes)
        finally:
            engine.dispose()


Source = MadeUpCalls | RecordedIncidents


@dataclass(frozen=True)
class Result:
    """The counts of each policy in the order given, and how the first judges otherwise than the second."""

    tallies: tuple[Tally, ...]
    changes: Tally


def backtest(
    source: Source, policies: Sequence[Policy], processes: int = 0, say: Say | None = None
) -> Result:
    """Judge every case of a source by each of one or two policies; `processes` 0 means one for each core.

    Raises BadInput when there is nothing to judge, Environment when a process could not go on.
    """
    total = source.count()
    if not total:
        raise BadInput("There are no calls to judge.", "calls")
    result = Result(tuple(Tally() for _ in policies), Tally())
    for part in _parts(source, policies, processes or _cores()):
        for tally, more in zip(result.tallies, part.tallies, strict=True):
            tally.update(more)
        result.changes.update(part.changes)
        if say:
            say(result.tallies[0].of("calls"), total)
    return result


def _cores() -> int:
    # What this process may use, where the system says so.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parts(source: Source, policies: Sequence[Policy], processes: int) -> Iterator[Result]:
    if processes == 1:
        yield from (_judged(source, policies, block) for block in source.blocks())
        return
    packs = [policy.pack.canonical() for policy in policies]
    # A forked process would take over this one's threads and connections; a new one has none.
    spawn = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(processes, spawn, _prepare, (source, packs)) as pool:
            waiting: deque[Future[Result]] = deque()
            for block in source.blocks():
                waiting.append(pool.submit(_in_process, block))
                if len(waiting) >= processes * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise Environment("A process that judged calls was ended; try --processes 1.") from error


_prepared: tuple[Source, tuple[Policy, ...]] | None = None


def _prepare(source: Source, packs: Sequence[bytes]) -> None:
    global _prepared  # noqa: PLW0603 - what a process is given once, and not with each block
    _prepared = source, tuple(policy_of(Pack.from_canonical(pack)) for pack in packs)


def _in_process(block: Block | tuple[int, ...]) -> Result:
    assert _prepared is not None
    return _judged(*_prepared, block)


def _judged(source: Source, policies: Sequence[Policy], block: Block | tuple[int, ...]) -> Result:
    result = Result(tuple(Tally() for _ in policies), Tally())
    for case in source.cases(block):  # type: ignore[arg-type]
        judged = [judge(case, policy) for policy in policies]
        for tally, one in zip(result.tallies, judged, strict=True):
            tally.take(case, one)
        if len(judged) > 1:
            result.changes.take_change(case, judged[0], judged[1])
    return result


def _recorded(engine: Engine, incident_id: int, schemes: dict[str, Scheme | None]) -> Case:
    looks = []
    with reading(engine) as connection:
        for moment in recorded.moments_of(connection, incident_id):
            picture = pictures.of_incident(connection, incident_id, from_micros(moment.known_at), moment.upto)
            looks.append(Look(picture, _band(connection, moment, schemes)))
    newest = looks[-1].picture.incident
    return Case(newest.type if newest else "", "unknown", tuple(looks))


def _band(connection: Connection, moment: recorded.Moment, schemes: dict[str, Scheme | None]) -> str:
    """The band of the grade that was given, by the policy of that day: another scheme has other names for it."""
    digest = moment.policy_digest
    if moment.grade and digest not in schemes:
        kept = verify.policy_bytes(connection, digest)
        schemes[digest] = Pack.from_canonical(kept).scheme if kept else None
    scheme = schemes.get(digest)
    grade = grade_named(scheme, moment.grade) if scheme and moment.grade else None
    return grade.band if grade else moment.grade
