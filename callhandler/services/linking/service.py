"""A run of bulk linking over the whole store: what is read, reckoned and proposed. Nothing is ever accepted by itself."""

import hashlib
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uuid6 import uuid7

from callhandler.errors import Environment
from callhandler.model.actor import Actor, Right
from callhandler.model.proposed import Proposed
from callhandler.policy.linking import SEVERAL, TEXTS, read_linking
from callhandler.services import entries
from callhandler.services.backups import Say
from callhandler.services.linking import engines
from callhandler.services.office import DESK, REVIEW, Office, require, work
from callhandler.settings import resources
from callhandler.store import proposed, proposing, tables
from callhandler.store.unit_of_work import reading

if TYPE_CHECKING:
    from callhandler.rules.identify.people.prepared import Row
    from callhandler.rules.identify.people.record import PersonRecord

READ, WRITTEN = 5_000, 2_000
"""People read, and proposals written, at a time: each batch of proposals is a transaction, so that desks go on."""
MEMORY_MB = 2_000
PURPOSE = "looking at who may stand twice"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did: people read, pairs found, how many of them nobody had proposed before, and how long it took."""

    people: int
    found: int
    proposed: int
    seconds: float


class LinkRecords:
    """Bulk linking of one store."""

    def __init__(self, office: Office, settings: Path | None = None) -> None:
        self._office = office
        self._settings = settings or resources() / "linking"

    def run(
        self,
        actor: Actor,
        engine: engines.Engine = "duckdb",
        memory_mb: int = MEMORY_MB,
        folder: Path | None = None,
        say: Say = lambda _sentence, _share: None,
    ) -> Run:
        """Look through all named people and propose who may stand twice. Only an administrator may.

        Run again it proposes only what no finished run has; one that is broken off leaves nothing that is shown.
        `memory_mb` is the most that DuckDB or Spark's driver may hold; what is more goes to `folder`, without one to the
        system's. Raises NotAllowed, BadInputs for faulty settings, BadInput for an engine there is not, Environment where
        a library is missing.
        """
        require(actor, Right.ADMINISTRATOR)
        engines.require(engine)
        linking = read_linking(self._settings)
        started = time.monotonic()
        try:
            with tempfile.TemporaryDirectory(prefix="callhandler-linking-", dir=folder) as kept:
                work_folder = Path(kept)
                people, records, upto = self._export(work_folder / "rows.parquet", say)
                if not records:
                    return Run(people, 0, 0, time.monotonic() - started)
                say("Comparing", 0.4)
                with engines.pairs(
                    engine, work_folder / "rows.parquet", linking, records, work_folder, memory_mb
                ) as found:
                    counted, new, uuid, digest = self._propose(found, say)
        except OSError as error:
            raise Environment(f"The work folder cannot be used: {error.strerror or error}.") from error
        with work(self._office) as w:
            w.uow.append(
                tables.link_run,
                uuid=uuid,
                engine=engine,
                settings=linking.digest,
                upto=upto,
                records=records,
                found=counted,
                proposed=new,
                digest=digest,
                author_id=actor.user_id,
            )
        say("Done", 1.0)
        return Run(people, counted, new, time.monotonic() - started)

    def proposals(self, actor: Actor, most: int = 100, person_id: int | None = None) -> Sequence[Proposed]:
        """What finished runs propose and nobody has judged, the likeliest first; all, or about one person.

        That so many were listed is recorded.
        """
        require(actor, *DESK, *REVIEW, Right.ADMINISTRATOR)
        with reading(self._office.engine) as connection:
            found = proposed.listed(connection, most, person_id=person_id)
        with work(self._office) as w:
            entries.listed_twice(w, actor, len(found), "listed by command", PURPOSE)
        return found

    def count(self, actor: Actor) -> int:
        """How many proposals nobody has judged."""
        require(actor, *DESK, *REVIEW, Right.ADMINISTRATOR)
        with reading(self._office.engine) as connection:
            return proposed.count(connection)

    def _export(self, to: Path, say: Say) -> tuple[int, int, int]:
        """Write what is compared, a row a name, in batches; how many people and rows there are, and up to which record."""
        people = 0
        with reading(self._office.engine) as connection:
            upto = proposing.last_record(connection)
            total = max(proposing.count_people(connection), 1)

            def batches() -> "Iterator[list[Row]]":
                nonlocal people
                for some in _batches(connection):
                    yield [row for facts in some for row in _rows(facts)]
                    people += len(some)
                    say(f"{people:,} of {total:,} people read", 0.4 * people / total)

            records = written(to, batches())
        return people, records, upto

    def _propose(self, found: Iterator[engines.Pair], say: Say) -> tuple[int, int, str, str]:
        uuid, digest, counted, new = str(uuid7()), hashlib.sha256(), 0, 0
        batch: list[engines.Pair] = []

        def kept() -> int:
            with work(self._office) as w:
                before = proposing.proposed_before(w.uow.connection, batch[0].a, batch[-1].a)
                rows = [_row(pair) for pair in batch if (pair.a, pair.b) not in before]
                proposing.write(w.uow.connection, uuid, rows)
            for row in rows:
                digest.update(proposing.digested(row))
            batch.clear()
            return len(rows)

        for pair in found:
            counted += 1
            batch.append(pair)
            if len(batch) == WRITTEN:
                new += kept()
                say(f"{counted:,} pairs found, {new:,} of them new", 0.9)
        if batch:
            new += kept()
        return counted, new, uuid, digest.hexdigest()


def written(to: Path, batches: "Iterable[list[Row]]") -> int:
    """Write rows to a Parquet file, a batch at a time; how many there were."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [pa.field(name, pa.string()) for name in TEXTS]
    lists = [pa.field(name, pa.list_(pa.string())) for name in SEVERAL]
    schema = pa.schema([("unique_id", pa.string()), ("person", pa.int64()), *texts, *lists])
    records = 0
    with pq.ParquetWriter(to, schema) as file:
        for rows in batches:
            if rows:
                file.write_table(pa.Table.from_pylist(rows, schema=schema))
            records += len(rows)
    return records


def _batches(connection: Any) -> Iterator[list[proposing.PersonFacts]]:
    after = 0
    while some := proposing.people_after(connection, after, READ):
        yield some
        after = some[-1].id


def recorded(facts: proposing.PersonFacts) -> "PersonRecord":
    """What is on record of a person, in the form in which records are compared."""
    from callhandler.rules.identify.people.record import home_whole, named_whole, person_record

    return person_record(
        facts.id,
        [named_whole(name) for name in facts.names],
        facts.born,
        [home_whole(address, postcode) for address, postcode in facts.homes],
        facts.numbers,
    )


def _rows(facts: proposing.PersonFacts) -> "list[Row]":
    from callhandler.rules.identify.people.prepared import rows_of

    return rows_of(recorded(facts))


def _row(pair: engines.Pair) -> tuple[int, int, int, str, str]:
    between = proposed.BETWEEN
    return (
        pair.a,
        pair.b,
        round(pair.likely * 1_000_000),
        between.join(pair.agree),
        between.join(pair.differ),
    )
