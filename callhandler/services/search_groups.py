"""How each group is found: by which statements, in which order, and why each hit is one."""

from collections.abc import Callable
from functools import lru_cache

from callhandler.model.candidates import Candidate
from callhandler.model.search import Group, Hit, Term, Terms
from callhandler.model.when import When, from_micros
from callhandler.model.words import words_of
from callhandler.policy.pack import Policy
from callhandler.rules.fitting import NOT, fit, marks_in, snippet
from callhandler.rules.identify import number_spoken
from callhandler.services import as_one, finding
from callhandler.services.search_finder import NONE, RANKED, Finder, Some, ranked, recorded_as
from callhandler.services.search_people import people
from callhandler.store import beside, search, search_rows, search_words
from callhandler.store.pictures import linking
from callhandler.store.pictures.reader import PRECISION
from callhandler.store.words import plate

IN_SPAN = 1_000
"""So many texts with the words at most are looked at for those of a named time."""

_KINDS = {
    "log": "in the log",
    "incident": "in what is said of the incident",
    "disclosure": "told",
    "answer": "in an answer",
    "order": "in an order",
}


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
    most = 3 * search_rows.SHOWN
    clusters, rows = await beside.together(
        linking.read_as_one(f.read, (), ids), search_rows.places(f.read, ids[:most])
    )
    records = as_one.by_subject(clusters, ids)
    first = list(records)[:most]
    further = [r for i in first for r in records[i] if r not in rows]
    rows |= await search_rows.places(f.read, further) if further else {}
    by_words, hits = set(named), []
    for i in first:
        every = [rows[r] for r in records[i] if r in rows]
        if every:
            fits = min(fit(_address(row, row.label), f.asked.names) for row in every)
            hit = _place(f, every, not by_words.isdisjoint(records[i]), why.get(i))
            hits.append((fits, hit))
    return ranked(hits, len(records), len(named) > search_words.COUNTED or not like.complete)


def _place(f: Finder, every: list[search_rows.PlaceRow], by_words: bool, candidate: Candidate | None) -> Hit:
    """A place by its records, the oldest first."""
    row, name = every[0], every[0].label or every[0].address
    counted = min(100, sum(one.incidents for one in every))
    many = "100 or more" if counted >= 100 else str(counted)
    text = recorded_as(name, [one.label or one.address for one in every]) + _address(row)
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


def _address(row: search_rows.PlaceRow, *before: str) -> str:
    return ", ".join(dict.fromkeys(filter(None, (*before, row.address, row.postcode))))


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
    rows = await search_rows.numbers(f.read, ids[: search_rows.SHOWN])
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
    return ranked(hits, len(ids), len(ids) > search_words.COUNTED)


async def vehicles(f: Finder) -> Some:
    """Vehicles, by a registration however it is spaced, by part of it, or by how they look."""
    parts = [(Term((plate(p),), True),) for p in f.asked.plates]
    # All of it together first: of one half of a registration there may be more than are looked at.
    whole_of, others = await beside.together(
        search.vehicles_by(f.connection, parts[:1]),
        search.vehicles_by(f.connection, [*parts[1:], f.asked.names]),
    )
    ids = list(dict.fromkeys((*whole_of, *others)))
    rows = await search_rows.vehicles(f.read, ids[: search_rows.SHOWN])
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
    return ranked(hits, len(ids), len(ids) > search_words.COUNTED)


async def incidents(f: Finder) -> Some:
    """Incidents: by reference, by type, by when."""
    types = _types(f.asked.rest, f.policy)
    span = f.asked.span if types or not f.asked.rest else None
    by_reference, by_when = await beside.together(
        search.incidents_by_reference(f.connection, f.asked.terms),
        search.incidents_when(f.read, types, span),
    )
    ids = list(dict.fromkeys((*by_reference, *by_when)))
    rows = await search_rows.incidents(f.read, ids[: 2 * search_rows.SHOWN])
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
    return ranked(
        hits, len(ids), len(by_reference) > search_words.COUNTED or len(by_when) > search_words.COUNTED
    )


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
    most = IN_SPAN if span else search_words.COUNTED + 1
    # On a day those of the newest few would not do: the day may be long ago.
    ids, cut = await search_words.matched_texts(
        f.connection, terms, most, 0 if span else search_rows.SHOWN + 1
    )
    together = _together(terms) if len(ids) > RANKED else ()
    # Among the newest will do: with the words apart they are found in any case.
    close, _ = await search_words.matched_texts(f.connection, together, search_rows.SHOWN, enough=1)
    looked = dict.fromkeys((*close, *ids[: IN_SPAN if span else RANKED]))
    fitting = []
    for row in await search_rows.texts(f.read, list(looked), span):
        line = " ".join(f.kept.out_of(row.line).split())
        rank = fit(line, terms)
        # What is found only by the words of a withheld address is not found.
        if (row.incident_id or row.person_id) and (f.kept.may_see or rank < NOT):
            fitting.append((rank, -row.at, -row.id, row, line))
    fitting.sort(key=lambda one: one[:3])
    hits = tuple(_text(row, line, terms) for _, _, _, row, line in fitting[: search_rows.SHOWN])
    counted = len(fitting) if span or not f.kept.may_see else len(ids)
    return Some(hits, min(counted, search_words.COUNTED), cut or len(ids) >= most)


def _text(row: search_rows.TextRow, line: str, terms: Terms) -> Hit:
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


async def find(f: Finder, wanted: Callable[[], bool] = lambda: True) -> dict[Group, Some]:
    """What each group has, those less likely meant last. Overtaken where `wanted`, asked between the groups, says no."""

    async def of(group: Finding) -> Some:
        if not wanted():
            raise beside.Overtaken
        return await group(f)

    _, *some = await beside.together(f.withheld(), *(of(group) for group in FINDERS.values()))
    return {**dict(zip(FINDERS, some, strict=True)), Group.LESS_LIKELY: f.less_likely}


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
