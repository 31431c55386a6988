"""Proposals as a finished run of bulk linking leaves them, without a run."""

from collections.abc import Iterable

from callhandler.services.office import Office, work
from callhandler.store import proposing, tables

AGREE = "the same given name; the same date of birth"
DIFFER = "of the address other: street, town"


def propose(
    office: Office,
    author_id: int,
    pairs: Iterable[tuple[int, int, float]],
    run: str = "a run",
    *,
    done: bool = True,
) -> None:
    """Propose pairs of records, each with how likely they are one; `done` says that the run was finished."""
    rows = [(min(a, b), max(a, b), round(likely * 1_000_000), AGREE, DIFFER) for a, b, likely in pairs]
    with work(office) as w:
        proposing.write(w.uow.connection, run, rows)
        if done:
            w.uow.append(
                tables.link_run,
                uuid=run,
                engine="duckdb",
                settings="0" * 64,
                upto=w.uow.last,
                records=len(rows),
                found=len(rows),
                proposed=len(rows),
                digest="0" * 64,
                author_id=author_id,
            )
