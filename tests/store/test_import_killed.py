"""An import is killed again and again, at any point: it goes on where it stopped and ends as one that was never stopped."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from callhandler.intake.importing.rejects import Rejects
from callhandler.model.actor import Actor, Right
from callhandler.policy.pack import Policy
from callhandler.services.custody import Custody
from callhandler.services.imports import Imports, Report, deriving, importing
from callhandler.services.imports.writing import Writing
from callhandler.services.office import Office
from callhandler.store import import_keys, tables
from callhandler.store.bulk import Block
from callhandler.store.unit_of_work import UnitOfWork, reading
from tests.store.killed_import import ROWS
from tests.store.test_importing import CALLS, HEAD
from tests.store.world import open_office, sign_in
from tests.stores import Store, Stores

KILLS = {"sqlite": 160, "postgresql": 40}
"""Together two hundred."""
BY_CHANCE = {"salt", "uuid", "digest", "prev", "hash", "pages"}
"""Columns that are never twice the same; that they prove whole is tried by themselves."""
ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """The machine went dark."""


def history(rows: int) -> str:
    """Rows of which some are bad, some tell of an incident again, and some have a number that is none."""
    chance = random.Random(1)
    written = [HEAD]
    for n in range(rows):
        key = n if chance.random() < 0.9 else chance.randrange(n + 1)
        kind = chance.choice(["DOM", "ASB", "ASB", "NONE"]) if n % 9 == 0 else "ASB"
        number = chance.choice(["07700 900101", "07700 900102", "withheld", "ask at desk"])
        who = chance.choice(["Adult One", "Adult Two", ""])
        outcome, place = chance.choice(["", "Advice"]), f"{n % 7} Larch Grove"
        written.append(
            f"{key},2016-08-20 21:10,{kind},Noise,{outcome},{number},{place},{who},Adult {n % 5}\n"
        )
    return "".join(written)


def content(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, apart from what chance has in it."""
    found = {}
    with reading(office.engine) as connection:
        for table in tables.metadata.sorted_tables:
            if table.name in ("head", "presence"):
                continue
            columns = ", ".join(c.name for c in table.c if c.name not in BY_CHANCE)
            found[table.name] = sorted(
                map(tuple, connection.execute(text(f"SELECT {columns} FROM {table.name}"))), key=repr
            )
    return found


@pytest.fixture
def made(
    stores: Stores, policy: Policy, tmp_path: Path
) -> Iterator[Callable[[str], tuple[Office, Store, Path, int]]]:
    """Makes an office with a folder of its own that holds the mapping and the source."""
    opened: list[tuple[Office, Store]] = []

    def make(name: str) -> tuple[Office, Store, Path, int]:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "calls.yaml").write_text(CALLS, encoding="utf-8")
        store = stores.new(folder)
        office = open_office(store, policy)
        opened.append((office, store))
        return office, store, folder, sign_in(office, "keeper", Right.ADMINISTRATOR).user_id

    yield make
    for office, store in opened:
        office.engine.dispose()
        stores.discard(store)


def bring_in(office: Office, folder: Path, user: int) -> Report:
    """Start the import, or go on with it."""
    keeper = Actor(user, 1, "keeper", "Keeper", frozenset({Right.ADMINISTRATOR}), "desk 1")
    imports = Imports(office)
    return imports.run(keeper, imports.prepare(folder / "calls.yaml", [folder / "calls.csv"]))[0]


def killing(monkeypatch: pytest.MonkeyPatch, countdown: list[int]) -> None:
    """Let the machine go dark when a count runs out: between rows, before and after each thing that is written or kept."""

    def wrapped(owner: Any, name: str) -> None:
        whole = getattr(owner, name)

        def step() -> None:
            countdown[0] -= 1
            if countdown[0] == 0:
                raise Killed

        def act(*given: Any, **named: Any) -> Any:
            step()
            done = whole(*given, **named)
            step()
            return done

        monkeypatch.setattr(owner, name, act)

    for owner, name in (
        (importing, "expand"), (Writing, "write"), (Rejects, "write"), (Block, "close"), (import_keys, "keep"),
        (UnitOfWork, "commit"), (deriving, "keep_keys"),
    ):  # fmt: skip
        wrapped(owner, name)


def test_killed_at_any_point_it_ends_as_one_clean_run(
    made: Callable[[str], tuple[Office, Store, Path, int]], stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills, chance = KILLS[stores.engine], random.Random(7)
    monkeypatch.setattr(importing, "ROWS", 4)
    source = history(4 * kills // 2)
    clean, _, folder, user = made("clean")
    (folder / "calls.csv").write_text(source, encoding="utf-8")
    whole = bring_in(clean, folder, user)
    assert whole.rejected
    assert whole.without

    other, _, dark, user = made("dark")
    (dark / "calls.csv").write_text(source, encoding="utf-8")
    countdown = [0]
    killing(monkeypatch, countdown)
    killed = 0
    while True:
        countdown[0] = chance.randint(1, 30) if killed < kills else -1
        try:
            last = bring_in(other, dark, user)
            break
        except Killed:
            killed += 1
    assert killed >= kills * 9 // 10
    assert content(other) == content(clean)
    rejected = (folder / "calls.rejected.csv").read_bytes()
    assert (dark / "calls.rejected.csv").read_bytes() == rejected
    assert sorted(p.name for p in dark.glob("*.rejected*")) == ["calls.rejected.csv"]
    # Killed after all was kept, it says that the file came in already.
    counts = () if last.before else ("read", "taken", "nothing_new", "rejected", "without", "made", "said")
    assert [getattr(last, c) for c in counts] == [getattr(whole, c) for c in counts]
    assert Custody(other.engine, other.clock, "").prove().intact


def test_killed_by_the_machine_it_goes_on_too(
    made: Callable[[str], tuple[Office, Store, Path, int]], stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stores.engine != "sqlite":
        return
    monkeypatch.setattr(importing, "ROWS", ROWS)
    source, chance = history(300), random.Random(3)
    clean, _, folder, user = made("clean")
    (folder / "calls.csv").write_text(source, encoding="utf-8")
    bring_in(clean, folder, user)
    other, store, dark, user = made("dark")
    (dark / "calls.csv").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "tests.store.killed_import", store.database]
    command += [str(dark / "calls.yaml"), str(dark / "calls.csv"), str(user)]
    killed = 0
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as imports:
        assert imports.stdin
        assert imports.stdout
        assert imports.stdout.readline() == "ready\n"
        for _ in range(8):
            imports.stdin.write("go\n")
            imports.stdin.flush()
            line = imports.stdout.readline().strip()
            while line == "done":
                line = imports.stdout.readline().strip()
            time.sleep(chance.uniform(0.01, 0.15))
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(line), signal.SIGKILL)
                killed += 1
        imports.stdin.close()
    assert killed
    bring_in(other, dark, user)
    assert content(other) == content(clean)
    assert (dark / "calls.rejected.csv").read_bytes() == (folder / "calls.rejected.csv").read_bytes()
    assert Custody(other.engine, other.clock, "").prove().intact
