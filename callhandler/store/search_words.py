"""Reading by words: which rows have them, newest first, on either engine. Each is one statement, and bounded.

What is found is taken no further than `COUNTED`; that there is more is said, not how many.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from callhandler.model.search import Term, Terms
from callhandler.store import beside
from callhandler.store.words import TEXTS, Index

COUNTED = 200
"""So many of a group are counted; beyond them it is said that there are more."""
NEAR, MID, FAR = 1_000, 20_000, 100_000
"""So many of the newest rows are looked at for words one by one, and so many where they are common among those."""
DEARER = 6
"""A row that an index names takes as long as so many in their order: 5 and 0.2 to 1 µs."""


async def matched(
    connection: Connection, index: Index, asked: Sequence[Terms], most: int = COUNTED + 1
) -> list[int]:
    """The newest rows whose words fit one of these alternatives, all terms of it. One statement; none for nothing asked."""
    return (await _matched(connection, index, asked, most, most)).ids


class Matched(NamedTuple):
    """The newest rows with some words; `cut` where older ones were not looked for, though not as many were found."""

    ids: list[int]
    cut: bool = False


async def _matched(
    connection: Connection, index: Index, asked: Sequence[Terms], most: int, enough: int
) -> Matched:
    """`enough`: so many will do where words stand side by side and all that have them would have to be read."""
    fit = [terms for terms in asked if terms]
    if not fit:
        return Matched([])
    if connection.dialect.name == "sqlite":
        spelt = " OR ".join(f"({_fts(t)})" for t in fit)
        statement = f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH ? ORDER BY rowid DESC LIMIT ?"
        return Matched([row[0] for row in await beside.ask(connection, statement, (spelt, most))])
    given: dict[str, Any] = {"most": most, "enough": min(most, enough)}
    for name, beside_each_other in (("asked", "<->"), ("loose", "&")):
        given[name] = " | ".join(f"({_ts(t, beside_each_other)})" for t in fit)
    statement = _newest_with(index.name, given["asked"] != given["loose"], (NEAR, MID, FAR))
    rows = await beside.ask(connection, statement, given)
    return Matched([row[0] for row in rows], any(row[1] for row in rows))


@cache
def _newest_with(name: str, phrase: bool, stages: tuple[int, int, int]) -> str:
    """PostgreSQL's statement for the newest rows with words; its index of words knows no order, and no places of words.

    Common words are met by going back from the newest, rare ones by the index, which reads every row that has them all,
    side by side or not. How common they are is seen from the newest few, not left to the planner: it does not know words
    that stand together, nor any that are in one row each, and then goes back through all there is.
    """
    nearest, middle, farthest = stages
    met = "x.words @@ (SELECT q FROM asked) LIMIT %(most)s"
    back = f"SELECT x.id FROM (SELECT id, words FROM {name} ORDER BY id DESC LIMIT {{}}) x WHERE"
    near, mid, far = (f"(SELECT count(*) FROM {each})" for each in ("near", "mid", "far"))
    held = "(SELECT count(*) FROM held)" if phrase else near
    holding = (
        f"held AS MATERIALIZED ({back.format(nearest)} x.words @@ (SELECT l FROM asked)), " if phrase else ""
    )
    rows = f"(SELECT reltuples FROM pg_class WHERE oid = '{name}'::regclass)"
    worth = f"{near} < %(most)s AND {DEARER / nearest} * {held} * {rows} >= {{}}"
    return (
        "WITH asked AS MATERIALIZED (SELECT CAST(%(asked)s AS tsquery) AS q, CAST(%(loose)s AS tsquery) AS l), "
        f"near AS MATERIALIZED ({back.format(nearest)} {met}), {holding}"
        f"mid AS MATERIALIZED ({back.format(middle)} {worth.format(middle)} AND {met}), "
        f"far AS MATERIALIZED ({back.format(farthest)} {worth.format(farthest)} AND {mid} < %(enough)s "
        f"AND {farthest // middle} * {mid} >= %(most)s AND {met}), "
        f"here AS MATERIALIZED (SELECT CASE WHEN {near} >= %(most)s THEN 1 "
        f"WHEN {worth.format(middle)} AND {mid} >= %(enough)s THEN 2 WHEN {far} >= %(most)s THEN 3 ELSE 4 END AS stage) "
        "SELECT id, false AS cut FROM near WHERE (SELECT stage FROM here) = 1 UNION ALL "
        f"SELECT id, {mid} < %(most)s FROM mid WHERE (SELECT stage FROM here) = 2 UNION ALL "
        "SELECT id, false FROM far WHERE (SELECT stage FROM here) = 3 UNION ALL "
        f"(SELECT y.id, false FROM (SELECT id FROM {name} WHERE words @@ (SELECT q FROM asked) OFFSET 0) y "
        "WHERE (SELECT stage FROM here) = 4 ORDER BY y.id DESC LIMIT %(most)s)"
    )


async def matched_texts(connection: Connection, terms: Terms, most: int, enough: int = 0) -> Matched:
    """The newest records of the log, of summaries and of what was told that hold all of these: with the words whole first.

    Where whole words give enough, what only begins so is not asked for: SQLite puts all of that together before the first.
    A shared database is asked for both at the same time. `enough` for words side by side (as many where it is 0).
    """
    enough = enough or most
    exact = tuple(Term(t.words) for t in terms)
    whole = _matched(connection, TEXTS, [exact], most, enough)
    begun = _matched(connection, TEXTS, [terms] if exact != terms else [], most, enough)
    if connection.dialect.name == "sqlite":
        first = await whole
        if len(first.ids) >= most:
            begun.close()
            return first
        second = await begun
    else:
        first, second = await beside.together(whole, begun)
    ids = list(dict.fromkeys((*first.ids, *second.ids)))[:most]
    return Matched(ids, first.cut or second.cut)


def _fts(terms: Terms) -> str:
    return " AND ".join(f'"{" ".join(t.words)}"{" *" if t.begins else ""}' for t in terms)


def _ts(terms: Terms, side_by_side: str) -> str:
    return " & ".join(f"({f' {side_by_side} '.join(t.words)}{':*' if t.begins else ''})" for t in terms)
