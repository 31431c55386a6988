"""How each group is found: by which statements, in which order, and why each hit is one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from callhandler.model.candidates import Candidate
from callhandler.model.search import Asked, Group, Hit, Term, Terms
from callhandler.model.when import When, from_micros
from callhandler.model.words import words_of
from callhandler.policy.pack import Policy
from callhandler.rules.fitting import NOT, fit, marks_in, snippet
from callhandler.rules.identify import number_spoken
from callhandler.services import as_one, finding
from callhandler.services.search_withheld import Kept
from callhandler.store import beside, search
from callhandler.store.engine import Connection
from callhandler.store.pictures import linking
from callhandler.store.pictures.reader import PRECISION, Reader
from callhandler.store.words import plate

LEAST_LETTERS = 3
"""Letters of a word from which it is looked for by its sound; two sound like everybody."""
RANKED = 80
"""So many of the newest texts are read and ranked by how well they fit, besides those in which the words stand together."""
IN_SPAN = 1_000
"""So many texts with the words at most are looked at for those of a named time."""

_KINDS = {
    "log": "in the log",
    "incident": "in what is said of the incident",
    "disclosure": "told",
    "answer": "in an answer",
    "order": "in an order",
}


@dataclass(frozen=True)
class Some:
    """The hits of one group, how many there were, and whether there were more."""

    hits: tuple[Hit, ...]
    counted: int
    more: bool


NONE = Some((), 0, False)


@dataclass
class Finder:
    """What every group looks with."""

    connection: Connection
    read: Reader
    asked: Asked
    policy: Policy
    may_see: bool
    """Whether whoever asks may see a withheld address."""
    _kept: Kept | None = None

    @property
    def kept(self) -> Kept:
        """What is withheld: read with what is asked first, so it is there once any group has an answer."""
        assert self._kept is not None
        return self._kept

    async def find(self, wanted: Callable[[], bool] = lambda: True) -> dict[Group, Some]:
        """What each group has. Overtaken where `wanted`, asked between the groups, says no."""

        async def of(group: Finding) -> Some:
            if not wanted():
                raise beside.Overtaken
            return await group(self)

        _, *some = await beside.together(self.withheld(), *(of(group) for group in FINDERS.values()))
        return dict(zip(FINDERS, some, strict=True))

    async def withheld(self) -> None:
        """Read what is withheld."""
        self._kept = await Kept.read(self.connection, self.may_see)

    @property
    def spoken(self) -> str:
        """The words without the time named among them, for comparing names."""
        return " ".join(w for t in self.asked.rest for w in t.words)

    @property
    def sounds(self) -> bool:
        """Whether there is a word that can be looked for by its sound."""
        return any(len(w) >= LEAST_LETTERS and not w.isdigit() for t in self.asked.rest for w in t.words)


async def people(f: Finder) -> Some:
    """People: by the words of a name as they are typed, then by another writing of it."""
    if not any(not w.isdigit() for t in f.asked.rest for w in t.words):
        return NONE
    records = as_one.Records(f.connection)
    named, like = await beside.together(
        _named(f, records), finding.asking_people(f.connection, records, f.spoken if f.sounds else "")
    )
    why = {c.id: c for c in like.candidates}
    ids = list(dict.fromkeys((*(i for i, c in why.items() if c.confirmed), *named, *why)))[: search.COUNTED]
    # Each person once, under the oldest of her records.
    of_each = as_one.by_subject(await records.read_as_one(ids), ids)
    whole = list(of_each)
    names = await records.called([r for i in whole[:RANKED] for r in of_each[i]])
    called = {i: [n for r in of_each[i] for n in names.get(r, ())] for i in whole[:RANKED]}
    best = {i: min((fit(n, f.asked.rest), n) for n in of) for i, of in called.items() if of}
    first = sorted(best, key=lambda i: best[i][0])[: search.SHOWN]
    rows = await search.people(f.read, {i: of_each[i] for i in first})
    hits = [(best[i][0], _person(rows[i], best[i][1], f.asked.names, why.get(i))) for i in first if i in rows]
    return _some(hits, len(whole), len(named) > search.COUNTED or not like.complete)


async def _named(f: Finder, records: as_one.Records) -> list[int]:
    """Whoever has a name of these words, and on a shared database her records at the same time."""
    names = await search.names_matched(f.connection, f.asked.names)
    people_of, _ = await beside.together(search.people_of(f.read, names), records.ahead(names))
    found: list[int] = people_of
    return found


def _person(row: search.PersonRow, named: str, terms: Terms, candidate: Candidate | None) -> Hit:
    title = f"{row.name}, born {row.born}" if row.born else row.name
    many = "100 or more" if row.incidents >= 100 else str(row.incidents)
    said = {0: "in no incident here", 1: "in 1 incident"}.get(row.incidents, f"in {many} incidents")
    other = f"also {named} · " if named not in (row.name, *row.also) else ""
    other += _recorded_as(row.name, row.also)
    marks = marks_in(other, terms) if other else ()
    whole = fit(named, tuple(Term(t.words) for t in terms)) < 2
    why = "has this name" if whole else "a name of these letters"
    if candidate is not None and not whole:
        why = candidate.reasons or why
    sure = whole or candidate is None or candidate.confirmed
    return Hit(Group.PEOPLE, row.id, "person", row.id, title, other + said, why, marks, sure=sure)


async def places(f: Finder) -> Some:
    """Places: by the words of a name or address as they are typed, then by another writing of it."""
    if not any(not w.isdigit() for t in f.asked.rest for w in t.words):
        return NONE
    from callhandler.rules.identify.places.address import postcode_of
    from callhandler.rules.identify.places.keys import keys_of_place

    postcode = postcode_of(f.spoken)
    whole = postcode and "".join(f.spoken.split()).upper() == postcode.replace(" ", "")
    # As it was typed, with its signs: "12-14" and "3/12" are no mere words.
    told = f.asked.line if f.asked.span is None else f.spoken
    told = told if f.sounds and keys_of_place(told) else ""
    named, at, like = await beside.together(
        search.places_named(f.connection, f.read, _of_an_address(f.asked.rest)),
        search.places_at(f.read, postcode if whole else ""),
        finding.asking_places(f.connection, told),
    )
    named += [i for i in at if i not in named]
    why = {c.id: c for c in like.candidates}
    ids = [i for i in dict.fromkeys((*why, *named)) if not f.kept.hides(i)]
    # Each place once, under the oldest of its records.
    most = 3 * search.SHOWN
    clusters, rows = await beside.together(
        linking.read_as_one(f.read, (), ids), search.places(f.read, ids[:most])
    )
    records = as_one.by_subject(clusters, ids)
    first = list(records)[:most]
    further = [r for i in first for r in records[i] if r not in rows]
    rows |= await search.places(f.read, further) if further else {}
    by_words, hits = set(named), []
    for i in first:
        every = [rows[r] for r in records[i] if r in rows]
        if every:
            fits = min(fit(_address(row, row.label), f.asked.names) for row in every)
            hit = _place(f, every, not by_words.isdisjoint(records[i]), why.get(i))
            hits.append((fits, hit))
    return _some(hits, len(records), len(named) > search.COUNTED or not like.complete)


def _place(f: Finder, every: list[search.PlaceRow], by_words: bool, candidate: Candidate | None) -> Hit:
    """A place by its records, the oldest first."""
    row, name = every[0], every[0].label or every[0].address
    counted = min(100, sum(one.incidents for one in every))
    many = "100 or more" if counted >= 100 else str(counted)
    text = _recorded_as(name, [one.label or one.address for one in every]) + _address(row)
    return Hit(
        Group.PLACES,
        row.id,
        "place",
        row.id,
        name,
        f"{text} · {many} incident{'' if counted == 1 else 's'}".removeprefix(" · "),
        "has these words" if by_words else candidate.reasons if candidate else "",
        marks_in(text, f.asked.names),
        f.kept.noted(row.id),
        by_words or candidate is None or candidate.confirmed,
    )


def _address(row: search.PlaceRow, *before: str) -> str:
    return ", ".join(dict.fromkeys(filter(None, (*before, row.address, row.postcode))))


def _recorded_as(name: str, names: Iterable[str]) -> str:
    """What the other records call it that are read as one with the one shown."""
    others = [n for n in dict.fromkeys(names) if n != name]
    return f"also recorded as {', '.join(others)} · " if others else ""


def _of_an_address(terms: Terms) -> Terms:
    """The words of an address as they are typed: each may go on, but not a number before another word, nor "flat" or "road".

    So many addresses have those that to put together all that begins so takes a tenth of a second in two millions.
    """
    from callhandler.rules.identify.places.words import KINDS

    def begins(n: int, word: str) -> bool:
        return n == len(terms) - 1 if word.isdigit() else word not in KINDS

    return tuple(Term(t.words, begins(n, t.words[-1])) for n, t in enumerate(terms))


async def numbers(f: Finder) -> Some:
    """Numbers, by their beginning or their end; all who used one are named."""
    if not (f.asked.begin or f.asked.end):
        return NONE
    ids = await search.numbers_by(f.connection, f.read, f.asked.begin, f.asked.end)
    users: dict[int, tuple[str, list[str]]] = {}
    rows = await search.numbers(f.read, ids[: search.SHOWN])
    clusters = await linking.read_as_one(f.read, {r.person_id for r in rows if r.person_id})
    read_as = as_one.ids_as_one(clusters)
    said: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        said.setdefault((row.id, read_as.get(row.person_id, row.person_id)), []).append(row.user)
        users.setdefault(row.id, (row.e164, []))
    for (number_id, _), called in said.items():
        first, *others = dict.fromkeys(called)
        users[number_id][1].append(f"{first} (also {', '.join(others)})" if others else first)
    hits = []
    for i in (i for i in ids if i in users):
        form, whose = users[i]
        begins = [b for b in f.asked.begin if form.startswith(b)]
        why = "this number" if form in f.asked.begin else "begins so" if begins else "ends so"
        names = [n for n in whose if n]
        line = f"used by {', '.join(names)}" if names else "nobody is known to use it"
        rank = 0 if form in f.asked.begin else 1 if begins else 2
        hits.append((rank, Hit(Group.NUMBERS, i, "number", i, number_spoken(form), line, why)))
    return _some(hits, len(ids), len(ids) > search.COUNTED)


async def vehicles(f: Finder) -> Some:
    """Vehicles, by a registration however it is spaced, by part of it, or by how they look."""
    parts = [(Term((plate(p),), True),) for p in f.asked.plates]
    ids = await search.vehicles_by(f.connection, [*parts, f.asked.names])
    rows = await search.vehicles(f.read, ids[: search.SHOWN])
    hits = []
    for i in (i for i in ids if i in rows):
        row = rows[i]
        whole = plate(row.registration)
        same = any(plate(p) == whole for p in f.asked.plates)
        exact = any("".join(row.registration.casefold().split()) == p for p in f.asked.plates)
        part = any(plate(p) in whole for p in f.asked.plates)
        why = (
            "this registration" if exact else "O and 0, I and 1 are read as one" if same
            else "part of its registration" if part else "how it looks"
        )  # fmt: skip
        line = f"{row.description} · {row.person}" if row.registration and row.description else row.person
        hit = Hit(
            Group.VEHICLES, i, "person", row.person_id, row.registration or row.description, line, why,
            marks_in(line, f.asked.names) if not part else (),
        )  # fmt: skip
        hits.append((0 if exact else 1 if same else 2, hit))
    return _some(hits, len(ids), len(ids) > search.COUNTED)


async def incidents(f: Finder) -> Some:
    """Incidents: by reference, by type, by when."""
    types = _types(f.asked.rest, f.policy)
    span = f.asked.span if types or not f.asked.rest else None
    by_reference, by_when = await beside.together(
        search.incidents_by_reference(f.connection, f.asked.terms),
        search.incidents_when(f.read, types, span),
    )
    ids = list(dict.fromkeys((*by_reference, *by_when)))
    rows = await search.incidents(f.read, ids[: 2 * search.SHOWN])
    hits = []
    for i in (i for i in ids if i in rows):
        row = rows[i]
        if i not in by_reference and types and row.type not in types:
            continue
        kind = f.policy.types.get(row.type)
        when = When(from_micros(row.happened_at), PRECISION[row.precision])
        why = (
            "its reference" if i in by_reference else f"happened {f.asked.span.said}" if span and f.asked.span
            else "of this type"
        )  # fmt: skip
        place = "" if f.kept.hides(row.place_id) else row.place
        said = f.kept.out_of(row.summary or row.outcome)
        parts = (kind.name if kind else row.type, place, said)
        hit = Hit(
            Group.INCIDENTS,
            i,
            "incident",
            i,
            f"{_number(row.reference) or 'An incident'} · {when.spoken()}",
            " · ".join(" ".join(p.split()) for p in parts if p),
            why,
            noted=_merged(row.into),
            at=when.at,
        )
        hits.append((0 if i in by_reference else 1, hit))
    return _some(hits, len(ids), len(by_reference) > search.COUNTED or len(by_when) > search.COUNTED)


async def texts(f: Finder) -> Some:
    """What was written and told: the whole line as it stands first, then all of its words; the newest first."""
    asked = f.asked
    terms = asked.rest if asked.span and asked.rest else asked.terms
    if len(terms) > 1 and terms[-1].begins and len(terms[-1].words[-1]) == 1:
        # One letter begins every fifth word of a log: it waits for the next. One digit is looked for as it stands.
        digit = terms[-1].words[-1].isdigit()
        terms = (*terms[:-1], Term(terms[-1].words)) if digit else terms[:-1]
    span = asked.span if asked.rest else None
    if not any(len(w) > 1 for t in terms for w in t.words):
        return NONE
    most = IN_SPAN if span else search.COUNTED + 1
    ids, cut = await search.matched_texts(f.connection, terms, most, search.SHOWN + 1)
    together = _together(terms) if len(ids) > RANKED else ()
    # Among the newest will do: with the words apart they are found in any case.
    close, _ = await search.matched_texts(f.connection, together, search.SHOWN, enough=1)
    looked = dict.fromkeys((*close, *ids[: IN_SPAN if span else RANKED]))
    ranked = []
    for row in await search.texts(f.read, list(looked), span):
        line = " ".join(f.kept.out_of(row.line).split())
        rank = fit(line, terms)
        # What is found only by the words of a withheld address is not found.
        if (row.incident_id or row.person_id) and (f.kept.may_see or rank < NOT):
            ranked.append((rank, -row.at, -row.id, row, line))
    ranked.sort(key=lambda one: one[:3])
    hits = tuple(_text(row, line, terms) for _, _, _, row, line in ranked[: search.SHOWN])
    counted = len(ranked) if span or not f.kept.may_see else len(ids)
    return Some(hits, min(counted, search.COUNTED), cut or len(ids) >= most)


def _text(row: search.TextRow, line: str, terms: Terms) -> Hit:
    opens = ("incident", row.incident_id) if row.incident_id else ("person", row.person_id)
    shown, marks = snippet(line, terms)
    at = from_micros(row.at)
    head = _number(row.reference) or ("An incident" if row.incident_id else "An order")
    why = " ".join(filter(None, (_KINDS[row.kind], f"by {row.author}" if row.author else "")))
    return Hit(
        Group.TEXT,
        row.id,
        opens[0],
        opens[1] or 0,
        f"{head} · {When(at, PRECISION[row.precision]).spoken()}",
        shown,
        why,
        marks,
        ("taken back",) if row.taken_back else (),
        at=at,
    )


Finding = Callable[[Finder], beside.Reading[Some]]
FINDERS: dict[Group, Finding] = {
    Group.PEOPLE: people,
    Group.PLACES: places,
    Group.NUMBERS: numbers,
    Group.VEHICLES: vehicles,
    Group.INCIDENTS: incidents,
    Group.TEXT: texts,
}


def _some(hits: list[tuple[int, Hit]], counted: int, more: bool) -> Some:
    ranked = [hit for _, hit in sorted(hits, key=lambda pair: (pair[0], not pair[1].sure))]
    return Some(tuple(ranked[: search.SHOWN]), min(counted, search.COUNTED), more)


def _together(terms: Terms) -> Terms:
    if len(terms) < 2 or any(len(t.words) > 1 for t in terms):
        return ()
    return (Term(tuple(w for t in terms for w in t.words), terms[-1].begins),)


def _types(terms: Terms, policy: Policy) -> tuple[str, ...]:
    """The types of incident that all of these words name."""
    if not terms:
        return ()
    said = [f" {w}" for t in terms for w in t.words]
    kinds = _words_of_kinds(tuple((kind.id, kind.name) for kind in policy.types.values()))
    named = [kind for kind, words in kinds if all(begun in words for begun in said)]
    return tuple(named[: search.TYPES])


@lru_cache(maxsize=4)
def _words_of_kinds(kinds: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Each type with its words, a space before each: where a space and some letters stand, a word begins so."""
    return tuple((kind, "".join(f" {word}" for word in words_of(f"{name} {kind}"))) for kind, name in kinds)


def _number(reference: str) -> str:
    """An incident's number: its day stands beside it already."""
    return reference.partition(" · ")[0]


def _merged(into: str) -> tuple[str, ...]:
    return (f"merged into {into}",) if into else ()
