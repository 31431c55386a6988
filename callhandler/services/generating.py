"""A made-up force as a training database: from a seed, in blocks of history, with the truth beside it for measuring."""

import csv
import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from callhandler.errors import BadInput, Environment
from callhandler.intake.generated.figures import read_force
from callhandler.intake.generated.households import Households, Put, Truth
from callhandler.intake.generated.incidents import Incidents
from callhandler.intake.generated.names import NameMaker
from callhandler.intake.generated.where import Addresses
from callhandler.intake.population import read_population
from callhandler.rules.identify import folded
from callhandler.store import blocks, schema, tables
from callhandler.store.bulk import Block
from callhandler.store.engine import Engine, make_engine, shown
from callhandler.store.loading import loading
from callhandler.store.unit_of_work import reading, writing

BLOCK = 65_536
"""So many rows go into one transaction; some more where a household or an incident is not parted."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""When all of it was brought in: fixed, so that the same seed makes the same database."""
TRUTH = ("record", "same_as", "how")

Say = Callable[[str, int, int], None]
"""Told of a step, and how much of how much is done."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: how many rows, and the SHA-256 over all their pages, which are the seed's own."""

    rows: int
    digest: str
    truth: Path


@dataclass
class _Pen:
    """What a household or an incident is written with: the block that is open when it begins."""

    block: Block | None = None

    def __call__(self) -> Put:
        assert self.block is not None
        return self.block.put


def generate(out: str, truth: Path, incidents: int, seed: int, folder: Path, say: Say) -> Made:
    """Make a training database with so many past incidents, and a file of which records are one person's.

    Raises BadInput when there is something already, Environment when it cannot be written or names are not installed.
    """
    if truth.exists():
        raise BadInput(f"{truth.name} exists already; a force is made up in a new place.", "out")
    engine = make_engine(out)
    try:
        if schema.taken(engine):
            raise BadInput(f"{shown(engine)} exists already; a force is made up in a new place.", "out")
        force = _Force(incidents, seed, folder)
        schema.create(engine, "TRAINING", NOW)
        try:
            with truth.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(TRUTH)
                told = lambda record, same_as, how: rows.writerow((record, same_as, how))  # noqa: E731
                with loading(engine, lambda done, of: say("indexes", done, of)), _no_collecting():
                    _fill(engine, force, told, say)
        except OSError as error:
            raise Environment(f"{truth.name} cannot be written: {error.strerror}.") from error
        with reading(engine) as connection:
            held, digest = blocks.whole(connection)
        return Made(held, digest, truth)
    finally:
        engine.dispose()


class _Force:
    """What a force is made of, and its steps in order."""

    def __init__(self, incidents: int, seed: int, folder: Path) -> None:
        self.incidents = incidents
        self.seed = seed
        self._force, names, streets = read_force(folder)
        self._population = read_population(folder)
        where = Addresses(streets, self._force.figures.flats.value)
        maker = NameMaker(names, seed)
        self._households = Households(self._force, maker, where, seed, incidents, folded)

    def steps(self, pen: _Pen, truth: Truth, say: Say) -> Iterator[None]:
        """Put everything, a premises, household, order, marker or incident at a time."""
        households = self._households
        for made in households.premises(pen):
            yield from _told(say, "premises", made, households.premises_wanted)
        for made in households.households(pen, truth):
            yield from _told(say, "people", made, households.people)
        incidents = Incidents(self._force, self._population, households.cast, self.seed, self.incidents)
        for made in incidents.orders_and_markers(pen):
            yield from _told(say, "orders and markers", made, incidents.standing_wanted)
        for made in incidents.incidents(pen):
            yield from _told(say, "incidents", made, self.incidents)


def _told(say: Say, what: str, made: int, of: int) -> Iterator[None]:
    if made % 1000 == 0 or made == of:
        say(what, min(made, of), of)
    yield


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing made here holds itself; looking for what does would take a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _fill(engine: Engine, force: _Force, truth: Truth, say: Say) -> None:
    pen = _Pen()
    steps = force.steps(pen, truth, say)
    file = 0
    more = True
    while more:
        with writing(engine, NOW) as uow:
            if not file:
                name = f"made up: {force.incidents} incidents, seed {force.seed}"
                salt = _salt(force.seed, 0)
                file = uow.append(tables.import_file, salt=salt, name=name, digest="", mapping="", zone="UTC")
            pen.block = Block(uow, file)
            more = False
            for _ in steps:
                if len(pen.block) >= BLOCK:
                    more = True
                    break
            # Nothing here is anybody's secret; salts from the seed make the same digests of the same rows.
            pen.block.close("", _salt(force.seed, pen.block.first))
            uow.commit()


def _salt(seed: int, place: int) -> str:
    return hashlib.sha256(f"{seed}:{place}".encode()).hexdigest()[:32]
