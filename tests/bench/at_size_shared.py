"""The picture, the one search, finding people and places on PostgreSQL at size, each against its own statements run bare.

    at_size_shared.py [--incidents 1_000_000] [--each 150] [--turns 3] [--json FILE]    a server of our own, gone afterwards
    at_size_shared.py --database OWNER --desk ADDRESS                                   a made-up force that is there already

The force is made straight into the server by `callhandler generate`, gets its words, and is read as a desk has it. Bare is
`psycopg` on a connection of its own, with the very texts and values that ours gave it, prepared, in one transaction, those
in one wait where ours asked for them in one. The picture is measured against one function on the server as well.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from measure import Take, folder, machine, milliseconds
from picture import by_number
from picture_shared import function, waits

SEED = 1
WARM = 6
"""Turns that are not counted: the driver prepares, and the server plans five times before it keeps a plan."""
Ask = Callable[[Any], object]
Groups = list[list[tuple[str, Any]]]


@dataclass
class Line:
    """What was measured of one kind of asking: of each question what its turns gave, in ms."""

    what: str
    statements: int = 0
    waits: int = 0
    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    function: list[float] = field(default_factory=list)

    def said(self) -> str:
        """As one line of the table."""
        ratio = statistics.median(o / b for b, o in zip(self.bare, self.ours, strict=True))
        one = ""
        if self.function:
            against = statistics.median(o / f for f, o in zip(self.function, self.ours, strict=True))
            one = f"  one function {statistics.median(self.function):7.2f}, ours {against:4.2f} of it"
        return (
            f"{self.what:36} {len(self.ours):4} asked {self.statements:3} statements {self.waits:3} waits  "
            f"bare {_both(self.bare)}  ours {_both(self.ours)} = {ratio:4.2f}{one}"
        )


def _both(times: list[float]) -> str:
    late = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"p50 {statistics.median(times):7.2f} p95 {late:7.2f}"


@contextmanager
def noted() -> Iterator[Groups]:
    """What is asked of the server meanwhile, text and values, by what went in one wait."""
    from callhandler.store import plainly

    seen: Groups = []
    execute, together = psycopg.Cursor.execute, plainly.fetched_together
    inside: list[bool] = []

    def noted_execute(cursor: Any, query: Any, params: Any = None, **more: Any) -> Any:
        if inside:
            seen[-1].append((query, params))
        else:
            seen.append([(query, params)])
        return execute(cursor, query, params, **more)

    def noted_together(connection: Any, asked: Any) -> Any:
        seen.append([])
        inside.append(True)
        try:
            return together(connection, asked)
        finally:
            inside.pop()

    with (
        patch.object(psycopg.Cursor, "execute", noted_execute),
        patch.object(plainly, "fetched_together", noted_together),
    ):
        yield seen


def run_bare(connection: Any, groups: Groups) -> list[Any]:
    """The same, by the driver alone; returns all rows."""
    found: list[Any] = []
    for group in groups:
        if len(group) == 1:
            found += connection.execute(*group[0]).fetchall()
            continue
        with connection.pipeline():
            cursors = [connection.cursor().execute(*each) for each in group]
        for cursor in cursors:
            found += cursor.fetchall()
    return found


def compare(what: str, desk: str, asks: list[Ask], turns: int, take: Take, admin: str = "") -> Line:
    """Ask each of ours and bare, in turn, in a transaction of each connection; with `admin` against one function too."""
    from callhandler.store.engine import make_engine
    from callhandler.store.unit_of_work import reading

    line = Line(what)
    engine = make_engine(desk)
    plain = desk.replace("+psycopg", "")
    # With the settings that a desk's connection has, so that the server plans alike.
    with psycopg.connect(plain, options="-c jit=off", prepare_threshold=0) as bare:
        bare.prepared_max = 400
        with reading(engine) as connection:
            for n, ask in enumerate(asks):
                with noted() as groups:
                    ask(connection)
                acts: list[Callable[[], object]] = [
                    lambda groups=groups: run_bare(bare, groups),  # type: ignore[misc]
                    lambda ask=ask: ask(connection),  # type: ignore[misc]
                ]
                if admin:
                    acts.append(function(admin, connection, f"at_size_{n}", ask))
                taken: list[list[float]] = [[] for _ in acts]
                for turn in range(turns + (WARM if not n or admin else 1)):
                    for i in range(len(acts)):
                        which = (i + turn) % len(acts)
                        taken[which].append(milliseconds(acts[which]))
                for times, into in zip(taken, (line.bare, line.ours, line.function), strict=False):
                    into.append(take(times[-turns:]))
                line.statements = max(line.statements, sum(len(group) for group in groups))
                line.waits = max(line.waits, waits(connection, lambda ask=ask: ask(connection)))  # type: ignore[misc]
                bare.rollback()
    engine.dispose()
    return line


class Drawn:
    """What is asked for, drawn from a force: numbers by call, names and addresses by record, some of them mistyped."""

    def __init__(self, admin: str, each: int) -> None:
        self._store = psycopg.connect(admin, autocommit=True)
        self._chance = random.Random(SEED)
        self._each = each

    def _some(self, table: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
        (span,) = self._store.execute(f"SELECT min(id), max(id) FROM {table} WHERE {where}").fetchall()  # type: ignore[arg-type]
        found: list[tuple[Any, ...]] = []
        while len(found) < self._each:
            sql = f"SELECT {columns} FROM {table} WHERE id >= %s AND {where} ORDER BY id LIMIT 1"
            found += self._store.execute(sql, [self._chance.randint(*span)]).fetchall()  # type: ignore[arg-type]
        return found

    def numbers(self) -> list[int]:
        """Numbers of callers, each as often as it called."""
        return [row[0] for row in self._some("call", "number_id", "number_id IS NOT NULL")]

    def names(self) -> list[tuple[str, str]]:
        """Names as told, each with a slip, and for seven of ten a date of birth."""
        rows = self._some("person", "name, born", "name <> '' AND born <> ''")
        return [(self._slipped(name), born if self._chance.random() < 0.7 else "") for name, born in rows]

    def addresses(self) -> dict[str, list[str]]:
        """Ways to say where: whole with its postcode, without, number and half the street, and mistyped."""
        rows = [(a, p) for a, p in self._some("place", "address, postcode", "postcode <> ''")]
        return {
            "address and postcode": [f"{a} {p}" for a, p in rows],
            "address, no town": [_without_town(a) for a, _ in rows],
            "half an address": [_without_town(a).rsplit(" ", 1)[0] for a, _ in rows],
            "address, mistyped": [self._slipped(_without_town(a)) for a, _ in rows],
        }

    def typed(self) -> list[str]:
        """Lines for the one search as they grow key by key, of each kind a few."""
        names = [name for (name,) in self._some("person_name", "name")[:6]]
        words = [w for (s,) in self._some("incident", "summary", "summary <> ''") for w in s.split()][:40]
        lines = [*names, *(_without_town(a) for a, _ in self._some("place", "address, postcode")[:3])]
        lines += [e164[-4:] for (e164,) in self._some("number", "e164")[:3]]
        lines += [f"0{e164[3:]}" for (e164,) in self._some("number", "e164")[:2]]
        lines += [r.lower() for (r,) in self._some("vehicle", "registration", "registration <> ''")[:2]]
        lines += [" ".join(self._chance.sample(words, 2)) for _ in range(4)] if len(words) > 1 else []
        lines += ["last night", "domestic yesterday", "joan hill"]
        return list(dict.fromkeys(line[:end] for line in lines for end in range(1, len(line) + 1)))

    def _slipped(self, words: str) -> str:
        """Two letters that stand beside each other in the longest word, turned round."""
        longest = max(words.split(), key=len)
        at = self._chance.randrange(max(1, len(longest) - 1))
        turned = longest[:at] + longest[at + 1 : at + 2] + longest[at : at + 1] + longest[at + 2 :]
        return words.replace(longest, turned, 1)


def _without_town(address: str) -> str:
    return address.rsplit(", ", 1)[0].replace(",", "")


def measured(desk: str, admin: str, each: int, turns: int, take: Take) -> list[Line]:
    """Everything that a desk reads by what it is told, of a force on a server."""
    from callhandler.app import load_policy
    from callhandler.services import finding
    from callhandler.settings import Settings

    drawn, lines = Drawn(admin, each), []

    def add(what: str, asks: list[Ask], against: str = "") -> None:
        lines.append(compare(what, desk, asks, turns, take, against))
        print(lines[-1].said(), flush=True)

    add("picture, by number", [by_number(n) for n in drawn.numbers()], admin)
    add(
        "person by a mistyped name",
        [lambda c, n=n, b=b: finding.people_like(c, n, b) for n, b in drawn.names()],  # type: ignore[misc]
    )
    for what, told in drawn.addresses().items():
        add(f"place: {what}", [lambda c, t=t: finding.places_like(c, t) for t in told])  # type: ignore[misc]
    policy = load_policy(Settings(database="", data_folder=Path()))
    typed = drawn.typed()
    from callhandler.services.search_groups import FINDERS
    from callhandler.services.search_groups import find as all_groups

    for group, find in FINDERS.items():
        add(f"search: {group.value}", [_searching(_beside_withheld(find), line, policy) for line in typed])
    add("search: all groups", [_searching(all_groups, line, policy) for line in typed])
    return lines


def _beside_withheld(find: Any) -> Any:
    from callhandler.store import beside

    return lambda finder: beside.together(finder.withheld(), find(finder))


def _searching(find: Any, line: str, policy: Any) -> Ask:
    from callhandler.rules.asking_for import told_apart
    from callhandler.services.search_finder import Finder
    from callhandler.store import beside
    from callhandler.store.pictures.reader import EVERY_RECORD, Reader

    now = datetime.now(UTC)

    def ask(connection: Any) -> object:
        reader = Reader(connection, now, EVERY_RECORD)
        finder = Finder(connection, reader, told_apart(line, now), policy, True)
        return beside.at_once(connection, find(finder))

    return ask


def made(server: Any, incidents: int, where: Path) -> tuple[str, str]:
    """A force made straight into a server, with its words: the addresses for its owner and for a desk."""
    from callhandler import cli
    from callhandler.store.schema import APP_ROLE
    from tests.postgres import OWNER_ROLE

    name = "callhandler_bench_at_size"
    server.drop(name)
    server.make(name)
    owner, desk = server.address(name, OWNER_ROLE), server.address(name, APP_ROLE)
    for what, arguments in (
        ("generate", ["--incidents", str(incidents), "--out", owner, "--truth", str(where / "truth.csv")]),
        ("words", ["--database", desk]),
    ):
        begun = time.perf_counter()
        if cli.main([what, *arguments]):
            raise SystemExit(1)
        print(f"{what}: {time.perf_counter() - begun:.0f} s")
    return server.admin_address(name), desk


def main() -> None:
    """Make a force or take one that is there, measure, print, keep as JSON."""
    from tests.postgres import Server

    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--incidents", type=int, default=1_000_000, help="how many are made (1_000_000)")
    words.add_argument("--database", help="a force that is there: its address for whoever may make functions")
    words.add_argument("--desk", help="and its address for a desk")
    words.add_argument("--each", type=int, default=150, help="how many questions of each kind (150)")
    words.add_argument("--turns", type=int, default=3, help="turns of each question (3)")
    words.add_argument("--quickest", action="store_true", help="of each question's turns, not the median")
    words.add_argument("--json", type=Path, help="keep what was measured in this file")
    given = words.parse_args()
    take: Take = min if given.quickest else statistics.median
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}; times in ms")
    if given.database:
        lines = measured(given.desk, given.database.replace("+psycopg", ""), given.each, given.turns, take)
    else:
        with folder() as where, Server.named() or Server.started("shared_buffers=1GB") as server:
            admin, desk = made(server, given.incidents, where)
            lines = measured(desk, admin.replace("+psycopg", ""), given.each, given.turns, take)
    if given.json:
        kept = {"machine": machine(), "load": os.getloadavg()[0], "lines": [asdict(line) for line in lines]}
        given.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
