"""How people are found in the one search: by the words of a name as they are typed, then by another writing of it.

After everything else come those who are less likely meant, so that whoever looks for somebody outright has ten to look at.
"""

from collections.abc import Collection
from itertools import combinations

from callhandler.model.birth import births_in_words
from callhandler.model.candidates import Candidate
from callhandler.model.search import Asked, Group, Hit, Term, Terms
from callhandler.rules.fitting import fit, marks_in
from callhandler.rules.identify.names.born import Births, births
from callhandler.services import as_one, finding
from callhandler.services.search_finder import NONE, RANKED, Finder, Some, recorded_as
from callhandler.store import beside, search, search_rows, search_words

TEN = 10
"""Only up to so many people in all are those less likely meant shown."""

WHOLE = 1
"""How well a name fits at least of which all words are there, in whichever order."""


async def people(f: Finder) -> Some:
    """People: by the words of a name as they are typed, then by another writing of it; and beside them those less likely.

    Where a date of birth is told those who may be meant by both come first.
    """
    asked = f.asked
    if not any(not w.isdigit() for t in asked.named for w in t.words):
        return NONE
    records = as_one.Records(f.connection)
    named, like = await beside.together(
        _named(f, records),
        finding.asking_widely(f.connection, records, asked.name if f.sounds else "", asked.born, TEN),
    )
    why = {c.id: c for c in like.candidates}
    first = [i for i, c in why.items() if c.confirmed or asked.born]
    ids = list(dict.fromkeys((*first, *named, *why)))[: search_words.COUNTED]
    # Each person once, under the oldest of her records.
    others = {c.id: c for c in like.less_likely}
    clusters = await records.read_as_one([*ids, *others])
    of_each = as_one.by_subject(clusters, ids)
    looked = dict.fromkeys((*list(of_each)[:RANKED], *(i for i in why if i in of_each)))
    names = await records.called([r for i in looked for r in of_each[i]])
    called = {i: [n for r in of_each[i] for n in names.get(r, ())] for i in looked}
    best = {i: min((fit(n, asked.named), n) for n in of) for i, of in called.items() if of}

    def order(i: int) -> tuple[bool, int, bool]:
        if asked.born and i in why:
            return False, 0, False
        return bool(asked.born), best[i][0], i in why and not why[i].confirmed and best[i][0] > WHOLE

    unlike = {i for i, (fits, _) in best.items() if fits > WHOLE}
    shown = _among_ten(sorted(best, key=order), why.keys(), unlike)[: search_rows.SHOWN]
    # Before anybody less likely come those who were found and are not shown.
    room = TEN - len(shown) if len(shown) == len(of_each) else 0
    less = [i for i in others if i not in of_each][: max(0, room)]
    rows = await search_rows.people(
        f.read, {i: of_each[i] for i in shown} | as_one.by_subject(clusters, less)
    )
    hits = tuple(
        _hit(Group.LESS_LIKELY, rows[i], "", asked.names, others[i].reasons, False) for i in less if i in rows
    )
    f.less_likely = Some(hits, len(hits), False)
    hits = tuple(_person(rows[i], best[i][1], asked, why.get(i)) for i in shown if i in rows)
    more = len(named) > search_words.COUNTED or not like.complete
    return Some(hits, min(len(of_each), search_words.COUNTED), more)


def _among_ten(ids: list[int], meant: Collection[int], unlike: Collection[int]) -> list[int]:
    """The same people, whoever may be meant among the first ten: the last who only begin as typed make room."""
    late = [i for i in ids[TEN:] if i in meant]
    spare = [i for i in ids[:TEN] if i in unlike and i not in meant][::-1][: len(late)][::-1]
    moved = late[: len(spare)]
    first = [i for i in ids[:TEN] if i not in spare]
    return [*first, *moved, *spare, *(i for i in ids[TEN:] if i not in moved)]


async def _named(f: Finder, records: as_one.Records) -> list[int]:
    """Whoever has a name of these words, and on a shared database her records at the same time."""
    typed = tuple(Term(t.words, True) for t in f.asked.named)
    names = await search.names_matched(f.connection, typed)
    people_of, _ = await beside.together(search.people_of(f.read, names), records.ahead(names))
    found: list[int] = people_of
    return found


def _person(row: search_rows.PersonRow, named: str, asked: Asked, candidate: Candidate | None) -> Hit:
    from callhandler.rules.identify.names.candidates import said_of
    from callhandler.rules.identify.names.slips import BORN

    whole = fit(named, tuple(Term(t.words) for t in asked.named)) <= WHOLE
    how = min((births(asked.born, born) for born in row.borns or ("",)), key=BORN.__getitem__)
    date = said_of(how) if asked.born else ""
    why = "; ".join(filter(None, ("has this name" if whole else "a name of these letters", date)))
    if candidate is not None and (asked.born or not whole):
        why = candidate.reasons or why
    sure = (whole or candidate is None) and (not asked.born or how is not Births.APART)
    if candidate is not None and (asked.born or not whole):
        sure = candidate.confirmed
    return _hit(Group.PEOPLE, row, named, asked.names, why, sure)


def _differ(borns: tuple[str, ...]) -> bool:
    return any(
        births(*two) not in (Births.SAME, Births.PART, Births.UNKNOWN) for two in combinations(borns, 2)
    )


def _hit(group: Group, row: search_rows.PersonRow, named: str, terms: Terms, why: str, sure: bool) -> Hit:
    title = f"{row.name}, born {births_in_words(row.borns)}" if row.borns else row.name
    many = "100 or more" if row.incidents >= 100 else str(row.incidents)
    said = {0: "in no incident here", 1: "in 1 incident"}.get(row.incidents, f"in {many} incidents")
    other = f"also {named} · " if named and named not in (row.name, *row.also) else ""
    other += recorded_as(row.name, row.also)
    marks = marks_in(other, terms) if other else ()
    said = f"the dates of birth differ · {said}" if _differ(row.borns) else said
    return Hit(group, row.id, "person", row.id, title, other + said, why, marks, sure=sure)
