"""Writes what rows make, a block at a time: what is known is found first, in few statements; the rest is added."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Protocol

from callhandler.intake.importing.rows import Rejected
from callhandler.services.imports.expanded import Entry, Expanded, Ref, Values, digest
from callhandler.store import import_keys, import_pieces, tables
from callhandler.store.blocks import IN_BLOCKS
from callhandler.store.engine import Connection
from callhandler.store.import_keys import DRY, Kept, Scratch
from callhandler.store.import_pieces import SAME, Piece


class Sink(Protocol):
    """Where records go: a block of the store, or nowhere."""

    def put(self, table: str, known_at: int, *values: Any) -> int:
        """Add one record by its values in the order of `COLUMNS`; returns its id."""
        ...


COLUMNS = {
    name: tuple(c.name for c in table.c if c.name not in ("id", "salt", "known_at", "uuid"))
    for name, table in tables.metadata.tables.items()
    if name in IN_BLOCKS
}
"""What a record of each table holds besides what every record has."""
_VALUES = {name: itemgetter(*columns) for name, columns in COLUMNS.items()}
_REFS = {
    name: tuple(
        at
        for at, c in enumerate(columns)
        if tables.metadata.tables[name].c[c].foreign_keys or c.endswith("_id")
    )
    for name, columns in COLUMNS.items()
}
"""Where a record may name another by a Ref."""
_SAME_OF = {name: itemgetter(*(COLUMNS[name].index(c) for c in columns)) for name, columns in SAME.items()}


@dataclass
class Written:
    """What a block came to."""

    taken: int
    nothing_new: int
    made: Counter[str]
    said: Counter[str]
    rejected: list[Rejected]
    without: list[Rejected]
    keys: list[tuple[str, str, int]]
    incidents: list[tuple[int, Kept]]


class Writing:
    """One block of rows. `since` is the id of the file's own record: an incident beyond it came in with this file."""

    def __init__(
        self,
        connection: Connection,
        sink: Sink,
        source: str,
        author: str,
        since: int,
        now: int,
        scratch: Scratch | None = None,
    ) -> None:
        self._connection = connection
        self._sink = sink
        self._source = source
        self._author = author
        self._since = since
        self._now = now
        self._scratch = scratch
        self._ids: dict[tuple[str, str], int] = {}
        self._kept: dict[int, Kept] = {}
        self._pieces: set[Piece] = set()
        self._made = 0
        self._done = Written(0, 0, Counter(), Counter(), [], [], [], [])

    def write(self, rows: list[Expanded]) -> Written:
        """Add what is new of these rows, in order. A row that points to something unknown is rejected whole."""
        self._find(rows)
        for row in rows:
            self._row(row)
        return self._done

    # what is known

    def _find(self, rows: list[Expanded]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for kind, key, *_ in row.entries:
                if key:
                    wanted[kind].add(key)
            for ref, _ in row.needs:
                wanted[ref.kind].add(ref.key)
            if row.incident is not None:
                wanted["said"].add(row.said_key)
        numbers = wanted.pop("number", set())
        self._know("number", import_keys.numbers(self._connection, sorted(numbers)))
        if self._scratch is not None:
            self._know("number", self._scratch.ids_of("number", sorted(numbers)))
        for kind, keys in sorted(wanted.items()):
            self._look_up(kind, keys)
        self._find_otherwise(rows)
        again = {
            self._ids[found]
            for row in rows
            if row.incident and (found := ("incident", row.incident.key)) in self._ids
        }
        self._kept = import_keys.kept(self._connection, sorted(again))
        if self._scratch is not None:
            self._kept.update(self._scratch.kept(sorted(again)))
        self._find_pieces(rows)

    def _find_pieces(self, rows: list[Expanded]) -> None:
        """What hangs on records that are known. On a new one nothing does."""
        wanted: set[Piece] = set()
        known = self._ids.get
        for row in rows:
            for entry in row.entries:
                if entry.key:
                    continue
                said = entry.values
                columns = SAME[entry.table]
                if known(said[columns[0]]) is None:
                    continue
                ids: list[Any] = [known(v) if type(v := said[c]) is Ref else v for c in columns]
                if None not in ids:
                    wanted.add((entry.table, *ids))
        if self._scratch is not None:
            tried = {_piece_key(piece): piece for piece in wanted}
            self._pieces.update(tried[key] for key in self._scratch.ids_of("piece", sorted(tried)))
            wanted = {piece for piece in wanted if int(piece[1]) < DRY}
        self._pieces |= import_pieces.on_record(self._connection, wanted)

    def _find_otherwise(self, rows: list[Expanded]) -> None:
        """Places by their words and people by number and name that are on record, though not from this system."""
        called = {c.ref: c for row in rows for c in row.places if c.ref not in self._ids}
        if called:
            found = import_keys.places(self._connection, sorted({c.folded for c in called.values()}))
            by_words = {
                f"{words}|{''.join(code.upper().split())}": id_ for (words, code), id_ in found.items()
            }
            by_words.update(self._tried("words", (f"{c.folded}|{c.postcode}" for c in called.values())))
            for ref, c in called.items():
                if (id_ := by_words.get(f"{c.folded}|{c.postcode}")) is not None:
                    self._adopt(ref, id_)
        ring = {r.ref: r for row in rows for r in row.people if r.ref not in self._ids}
        if ring:
            people = import_keys.people(self._connection, sorted({r.e164 for r in ring.values()}))
            tried = self._tried("ring", (f"{r.e164}|{r.folded}" for r in ring.values()))
            for ref, r in ring.items():
                if (id_ := people.get((r.e164, r.folded), tried.get(f"{r.e164}|{r.folded}"))) is not None:
                    self._adopt(ref, id_)

    def _tried(self, kind: str, keys: Iterable[str]) -> dict[str, int]:
        return self._scratch.ids_of(kind, sorted(keys)) if self._scratch is not None else {}

    def _look_up(self, kind: str, keys: Iterable[str]) -> None:
        self._know(kind, import_keys.ids_of(self._connection, self._source, kind, sorted(keys)))
        if self._scratch is not None:
            self._know(kind, self._scratch.ids_of(kind, sorted(keys)))

    def _know(self, kind: str, found: dict[str, int]) -> None:
        for key, id_ in found.items():
            self._ids[kind, key] = id_

    def _adopt(self, ref: tuple[str, str], id_: int) -> None:
        self._ids[ref] = id_
        self._done.keys.append((*ref, id_))

    # what is new

    def _row(self, row: Expanded) -> None:
        if row.needs:
            own = {(entry.kind, entry.key) for entry in row.entries}
            for ref, why in row.needs:
                if ref not in self._ids and ref not in own:
                    self._done.rejected.append(Rejected(row.row, "", ref.key, why))
                    return
        before = self._made
        later = self._later(row)
        for entry in row.entries:
            if not entry.key or (entry.kind, entry.key) not in self._ids:
                self._add(entry)
        if self._scratch is not None:
            self._as_on_record(row)
        if row.incident is not None:
            self._say(row, later)
        if row.said:
            self._done.said.update(row.said)
        if row.without:
            self._done.without += row.without
            self._done.said["number"] += len(row.without)
        self._done.taken += 1
        self._done.nothing_new += self._made == before

    def _add(self, entry: Entry) -> None:
        kind, key, table, known_at, given = entry
        ids = self._ids
        values = list(_VALUES[table](given))
        for at in _REFS[table]:
            if type(named := values[at]) is Ref:
                values[at] = ids[named]
        if not key:
            piece = (table, *_SAME_OF[table](values))
            if piece in self._pieces:
                return
            self._pieces.add(piece)
        id_ = self._sink.put(table, known_at, *values)
        if key:
            ids[kind, key] = id_
        if self._scratch is not None:
            self._done.keys.append((kind, key or _piece_key(piece), id_))
        elif key and kind != "number":
            self._done.keys.append((kind, key, id_))
        self._made += 1
        self._done.made[table] += 1
        if table == "incident":
            self._keep(id_, self._kept_of(given))

    def _as_on_record(self, row: Expanded) -> None:
        """In a dry run, what would be found on record by its words, or by number and name, from the next block on."""
        codes = {
            (e.kind, e.key): "".join(e.values["postcode"].upper().split())
            for e in row.entries
            if e.table == "place"
        }
        numbers = [
            (e.values["person_id"], e.values["number_id"]) for e in row.entries if e.table == "number_tie"
        ]
        for entry in row.entries:
            if entry.table == "place_name":
                place = entry.values["place_id"]
                self._done.keys.append(
                    ("words", f"{entry.values['folded']}|{codes.get(place, '')}", self._ids[place])
                )
            elif entry.table == "person_name":
                person = entry.values["person_id"]
                self._done.keys += [
                    ("ring", f"{number.key}|{entry.values['folded']}", self._ids[person])
                    for owner, number in numbers
                    if owner == person
                ]

    def _kept_of(self, values: Values) -> Kept:
        place = values["place_id"]
        return Kept(
            values["type"],
            values["summary"],
            values["outcome"],
            values["undone"],
            values["target_met"],
            values["happened_at"],
            self._ids[place] if isinstance(place, Ref) else place,
            False,
        )

    def _keep(self, id_: int, kept: Kept) -> None:
        self._kept[id_] = kept
        self._done.incidents.append((id_, kept))

    # an incident that is here already

    def _later(self, row: Expanded) -> int | None:
        """The incident's id when it is here already and says something else in this row."""
        if row.incident is None:
            return None
        id_ = self._ids.get(("incident", row.incident.key))
        return id_ if id_ is not None and ("said", row.said_key) not in self._ids else None

    def _say(self, row: Expanded, later: int | None) -> None:
        """Remember what the incident says; where it was here and says something else, add that as new records."""
        assert row.incident is not None
        of = self._ids["incident", row.incident.key]
        ref = ("said", row.said_key)
        if ref in self._ids:
            return
        self._ids[ref] = of
        self._done.keys.append((*ref, of))
        kept = self._kept.get(later) if later is not None else None
        if later is None or kept is None or kept.live:
            return
        own = next(entry for entry in row.entries if entry.table == "incident")
        now = self._kept_of(own.values)
        # Of one file, several rows may tell of one incident: that was on record then. Another extract's words are new today.
        same_file = later > self._since
        known = own.known_at if same_file else self._now
        changed = False
        if now.type != kept.type:
            changed = True
            entry = Entry("later", f"{ref[1]}/type", "incident_type", known, {})
            values = {
                "incident_id": of,
                "type": now.type,
                "reason": "said so by a later row",
                "author": self._author,
            }
            self._add(entry._replace(values=values))
        told = {f"{row.incident.key}/{digest(words)}": words for words in _told_later(kept, now)}
        self._look_up("later", told)
        for key, words in told.items():
            changed = True
            entry = Entry("later", key, "log_entry", known, {})
            if (entry.kind, entry.key) in self._ids:
                continue
            values = {
                "incident_id": of,
                "call_id": None,
                "kind": "system",
                "text": words,
                "author": self._author,
                "happened_at": known,
            }
            self._add(entry._replace(values=values))
        if changed:
            self._done.said["later"] += 1
            self._keep(later, replace(kept, type=now.type))


class NowhereSink:
    """A dry run's: ids that nothing has."""

    def __init__(self, first: int = DRY) -> None:
        self._next = first

    def put(self, table: str, known_at: int, *values: Any) -> int:
        """Give an id; nothing is written."""
        self._next += 1
        return self._next


def _piece_key(piece: Piece) -> str:
    return digest(*piece)


def _told_later(kept: Kept, now: Kept) -> Iterable[str]:
    for what, before, after in (
        ("Summary", kept.summary, now.summary),
        ("Outcome", kept.outcome, now.outcome),
        ("Left undone", kept.undone, now.undone),
        ("Target met", kept.target_met, now.target_met),
    ):
        if after and after not in (before, "unknown"):
            yield f"A later row of the history says. {what}: {after}"
    if now.happened_at != kept.happened_at:
        yield "A later row of the history gives another time for the opening of this incident."
    if now.place_id is not None and now.place_id != kept.place_id:
        yield f"A later row of the history gives another place for this incident (record {now.place_id})."
