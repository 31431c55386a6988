"""Foresees, on the shared database, which ids a picture will ask for, so that all of it is read in two round trips.

One statement guesses the ids that the gathering will find; then everything is run in one go with them. It is only a
guess: the gathering takes what was run when it asks with the very same values, and asks the server when it does not. So
no picture depends on what is written here, only the time that it takes.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from callhandler.model.facts import MANNER
from callhandler.model.people import AS_TOLD, HOMES
from callhandler.store.pictures import (
    deciding,
    incidents,
    linking,
    links,
    location,
    orders,
    people,
    reviewing,
    routes,
    safety,
    standing,
    told,
)
from callhandler.store.pictures.caps import APART, AT_LEAST, IN_ALL, RELATIONS, RELATIVES, RESIDENTS, USERS
from callhandler.store.pictures.reader import Many, Reader, Statement, Value
from callhandler.store.pictures.whole import INTIMATE


def _one_of(values: Iterable[StrEnum]) -> str:
    return "IN (" + ", ".join(f"'{value}'" for value in values) + ")"


_HOME = f"how {_one_of(HOMES)}"
_INTIMATE = f"relation {_one_of(INTIMATE)}"
_GUESSED = "_"
"""Begins the name of every guessed set in the statement, so that none is taken for a table."""


def _all(*names: str) -> str:
    return " UNION ".join(f"SELECT id FROM {_GUESSED}{name}" for name in names)


def _less(name: str, *others: str) -> str:
    return f"SELECT id FROM {_GUESSED}{name} EXCEPT ({_all(*others)})"


def _with_same(name: str, kind: str, start: str) -> str:
    """These records, and those judged to be of the same person or place."""
    return (
        f"{start} UNION SELECT CASE WHEN s.a = r.id THEN s.b ELSE s.a END FROM {_GUESSED}{name} r JOIN same_as s "
        f"ON (s.a = r.id OR s.b = r.id) WHERE s.kind = '{kind}' AND s.verdict = 'same' AND {{known:s}} AND NOT EXISTS ("
        "SELECT 1 FROM same_as w WHERE w.kind = s.kind AND w.a = s.a AND w.b = s.b AND w.id > s.id AND {known:w})"
    )


def _ties_of(them: str) -> str:
    return (
        "SELECT t.id, t.person_id, t.place_id, t.tie AS how FROM place_tie t "
        f"WHERE t.person_id IN :{them} AND {{known:t}}"
    )


def _links() -> str:
    """The gathering's own statement, with the guessed sets in it."""
    sql = links.LINKS.sql
    for theirs, mine in _OF_LINKS.items():
        sql = re.sub(rf":{theirs}\b", f":{mine}", sql)
    return sql


_OF_LINKS = {"people": "hers", "suspects": "his", "places": "around", "rejected": "left_out"}
_SETS = {
    # The call itself.
    "parties": "SELECT p.person_id AS id FROM party p WHERE p.incident_id = :here AND {known:p} "
    "UNION SELECT g.value FROM {each:given_people} g",
    "suspects": _with_same(
        "suspects",
        "person",
        "SELECT p.person_id AS id FROM party p WHERE p.incident_id = :here AND p.role = 'suspect' AND {known:p}",
    ),
    "at": "SELECT m.place_id AS id FROM move m WHERE m.incident_id = :here AND {known:m} UNION "
    "SELECT i.place_id FROM incident i WHERE i.id = :here AND i.place_id IS NOT NULL AND {known:i} UNION "
    "SELECT g.value FROM {each:given_places} g",
    "numbers": "SELECT c.number_id AS id FROM call c WHERE c.incident_id = :here AND c.number_id IS NOT NULL "
    "AND {known:c} UNION SELECT g.value FROM {each:given_numbers} g",
    "users_of": "SELECT n.id FROM _numbers n WHERE :here < 0",
    # Who is known, who is near, and where.
    "asked": _with_same("asked", "person", _all("parties")),
    "places": _with_same("places", "place", _all("at")),
    "number_ties": "SELECT t.person_id AS id, t.number_id FROM number_tie t WHERE t.person_id IN :asked AND {known:t} UNION "
    "SELECT t.person_id, t.number_id FROM {each:numbers} e, {taken}SELECT u.id FROM number_tie u "
    f"WHERE u.number_id = e.value AND {{known:u}} ORDER BY u.id DESC LIMIT {USERS}{{as n}} "
    "JOIN number_tie t ON t.id = n.value",
    "known": _with_same(
        "known",
        "person",
        _all("asked") + " UNION SELECT t.id FROM _number_ties t WHERE t.number_id IN :users_of",
    ),
    "hers": _less("known", "suspects"),
    "person_ties": "SELECT t.id, t.a, t.b, t.relation FROM person_tie t "
    "WHERE (t.a IN :known OR t.b IN :known) AND {known:t} "
    f"ORDER BY CASE WHEN t.relation {people.NEAREST} THEN 0 ELSE 1 END, t.id DESC "
    f"LIMIT {RELATIONS}",
    "sides": "SELECT t.a AS id, t.b AS other, t.relation FROM _person_ties t UNION "
    "SELECT t.b, t.a, t.relation FROM _person_ties t",
    "may_be": f"SELECT s.other AS id FROM _sides s WHERE s.{_INTIMATE} AND s.id IN :hers AND s.other NOT IN :known "
    f"UNION SELECT b.b FROM ({people.BOUND}) b WHERE b.b NOT IN :known "
    f"UNION SELECT c.b FROM ({people.SUSPECTED.replace(':people', ':known')}) c",
    "related": "SELECT s.other AS id FROM _sides s WHERE s.id IN :hers AND s.other NOT IN :known "
    "AND s.other NOT IN :may_be",
    "met": _all("known", "may_be"),
    "own_ties": _ties_of("met"),
    "lived": f"SELECT t.place_id AS id FROM _own_ties t WHERE t.{_HOME} AND t.person_id IN :hers",
    "been": _all("places", "lived"),
    "near_people": _with_same("near_people", "person", _all("may_be")),
    "meant": _less("near_people", "known"),
    "close": _all("known", "meant"),
    "homes": _with_same("homes", "place", _all("lived")),
    "around": _all("places", "homes"),
    "there": "SELECT t.id, t.person_id, t.place_id, t.tie AS how FROM {each:around} e, "
    "{taken}SELECT s.id FROM place_tie s WHERE s.place_id = e.value AND {known:s} "
    f"ORDER BY s.id DESC LIMIT {RESIDENTS}{{as n}} "
    "JOIN place_tie t ON t.id = n.value UNION SELECT t.id, t.person_id, t.place_id, t.tie FROM place_tie t "
    "WHERE t.place_id IN :around AND t.person_id IN :related AND {known:t}",
    "household": "SELECT t.person_id AS id FROM _there t "
    f"WHERE t.{_HOME} AND t.place_id IN :homes AND t.person_id NOT IN :close",
    "relatives": "SELECT x.id FROM (SELECT r.id, 0 AS after FROM _related r UNION SELECT h.id, 1 FROM _household h "
    f"WHERE h.id NOT IN :related) x ORDER BY x.after, x.id LIMIT {RELATIVES}",
    "near_ties": "SELECT t.person_id AS id, t.place_id FROM _own_ties t UNION SELECT t.person_id, t.place_id FROM _there t "
    "WHERE t.place_id IN :places",
    # Past incidents.
    "rejected": "SELECT j.linked_id AS id FROM link_judgement j WHERE j.incident_id = :here AND j.verdict = 'not_linked' "
    "AND {known:j} AND NOT EXISTS (SELECT 1 FROM link_judgement k WHERE k.incident_id = :here AND k.linked_id = j.linked_id "
    "AND k.id > j.id AND {known:k})",
    "left_out": _all("rejected") + " UNION SELECT :here",
    "his": _all("suspects", "meant"),
    "drivers": _all("hers", "his"),
    "links": _links(),
    "first": "SELECT DISTINCT l.id FROM _links l WHERE l.bears = 1 OR l.via IN ('person', 'suspect')",
    "filling": "SELECT x.id FROM (SELECT l.id, l.happened_at, row_number() OVER (PARTITION BY l.via, l.of_id "
    "ORDER BY l.happened_at DESC, l.id DESC) AS turn FROM _links l WHERE l.via NOT IN ('keeper', 'relation') "
    "AND l.id NOT IN :first) x GROUP BY x.id ORDER BY min(x.turn), max(x.happened_at) DESC, x.id DESC "
    f"LIMIT GREATEST({AT_LEAST}, {IN_ALL} - (SELECT count(*) FROM _first))",
    "linked": _all("first", "filling"),
    "apart": "SELECT l.id FROM _links l GROUP BY l.id HAVING bool_and(l.via IN ('keeper', 'relation')) "
    f"ORDER BY max(l.happened_at) DESC, l.id DESC LIMIT {APART}",
    "inside": f"SELECT z.id FROM ({routes.INSIDE.sql}) z WHERE z.id <> :here",
    "past": _all("linked", "apart", "rejected", "inside"),
    "live": "SELECT i.id FROM incident i WHERE (i.id IN :linked OR i.id IN :inside) AND i.live = 1",
    "own_and_linked": _all("linked") + " UNION SELECT :here",
    "whole": "SELECT m.incident_id AS id FROM incident_merge m WHERE m.into_id = :here AND m.verdict = 'same' AND {known:m} "
    "AND m.id = (SELECT max(n.id) FROM incident_merge n WHERE n.incident_id = m.incident_id AND n.into_id = :here "
    "AND {known:n}) UNION SELECT :here",
    "beyond": _all("linked", "inside"),
    "reached": _all("beyond", "apart"),
    "scope_and_apart": _all("own_and_linked", "apart"),
    # Whom and what all of it names.
    "everyone": _all("close")
    + " UNION SELECT p.person_id FROM party p WHERE p.incident_id IN :beyond AND {known:p} "
    "UNION SELECT t.a FROM _person_ties t UNION SELECT t.b FROM _person_ties t UNION SELECT t.id FROM _near_ties t",
    "everywhere": _all("places")
    + " UNION SELECT t.place_id FROM _near_ties t UNION SELECT i.place_id FROM incident i "
    "WHERE i.id IN :linked AND i.place_id IS NOT NULL UNION SELECT m.place_id FROM move m "
    "WHERE m.incident_id IN :inside AND {known:m}",
    "all_places": _all("everywhere")
    + " UNION SELECT t.place_id FROM _there t WHERE t.place_id NOT IN :places "
    "AND t.person_id IN :household",
    "kept_by": "SELECT l.subject_id AS id FROM _links l WHERE l.via = 'keeper' AND (l.id IN :linked OR l.id IN :apart)",
    "beside": _all("relatives")
    + " UNION (SELECT v.person_id FROM vehicle v WHERE v.id IN :kept_by AND {known:v} "
    "AND v.person_id NOT IN :everyone)",
    "marked": _all("everyone", "beside"),
    "somebody": _all("marked")
    + " UNION SELECT p.person_id FROM party p WHERE p.incident_id IN :apart AND {known:p} UNION SELECT x.id FROM "
    "(SELECT unnest(ARRAY[o.protected_id, o.respondent_id]) AS id FROM civil_order o "
    "WHERE (o.protected_id IN :close OR o.respondent_id IN :close) AND {known:o}) x WHERE x.id IS NOT NULL",
    "now": "SELECT COALESCE((SELECT m.place_id FROM move m WHERE m.incident_id = :here AND m.kind = 'at' AND {known:m} "
    "ORDER BY m.id DESC LIMIT 1), (SELECT i.place_id FROM incident i WHERE i.id = :here AND {known:i}), -1) AS id",
    "here_as_one": _with_same("here_as_one", "place", _all("now")),
    "typed_by": "SELECT COALESCE(max(t.id), 0) AS id FROM incident_type t WHERE t.incident_id = :here AND {known:t}",
    "all_numbers": _all("numbers") + " UNION SELECT t.number_id FROM _number_ties t",
}
"""Each set of ids from those above it, as the gathering finds it."""

_COLUMNS = {"links": "(id, via, subject_id, of_id, total, happened_at, bears)"}
_ONE = ("typed_by",)


def _guess() -> str:
    tables = ", ".join(
        f"{_GUESSED}{name}{_COLUMNS.get(name, '')} AS MATERIALIZED ({sql})" for name, sql in _SETS.items()
    )
    arrays = ", ".join(f"ARRAY(SELECT DISTINCT id FROM {_GUESSED}{name})" for name in _SETS)
    return f"WITH RECURSIVE {tables} SELECT {arrays}"


def _guessed(name: str) -> str:
    return f"ARRAY(SELECT id FROM {_GUESSED}{name})" if name in _SETS else f"CAST(:{name} AS bigint[])"


GUESS = Statement(_guess(), _guessed)

NO_INCIDENT = -1
Uses = tuple[tuple[Statement, dict[str, str]], ...]
_HERE = {"here": "here"}
_SCOPE = {"ids": "own_and_linked"}
_CLOSE = {"people": "close"}

OF_AN_INCIDENT: Uses = (
    (incidents.INCIDENTS, {"ids": "own"}),
    (incidents.PARTIES, {"ids": "own"}),
    (incidents.CALLS, {"ids": "own"}),
    (incidents.MOVES, {"ids": "own"}),
    (incidents.MOVES, {"ids": "inside"}),
    (incidents.QUALIFIED, {**_HERE, "typed_by": "typed_by"}),
    *(
        (statement, _HERE)
        for statement in (
            routes.MERGES,
            routes.INSIDE,
            routes.AUTHORITIES,
            routes.RETRACTIONS,
            routes.CONTACTS,
            reviewing.OPEN_REVIEWS,
            safety.OFFERS,
            safety.PROMISES,
            safety.TRANSFERS,
        )
    ),
    (safety.PLANS, _SCOPE),
    (safety.RESPONSES_BESIDE, {"ids": "live"}),
    (safety.DECISIONS_BESIDE, {"ids": "live"}),
)
"""What is asked for an incident only, each with the set that it is asked for."""

ALWAYS: Uses = (
    (linking.SAMENESS, {"people": "parties", "places": "at", "users": "users_of"}),
    (linking.SAMENESS, {"people": "met", "places": "been", "users": "nobody"}),
    (linking.SAMENESS, {"people": "everyone", "places": "everywhere", "users": "nobody"}),
    (people.NUMBER_TIES, {"people": "asked", "numbers": "numbers"}),
    (people.PERSON_TIES, {"people": "known", "hers": "hers", "places": "places"}),
    (people.PLACE_TIES, {"people": "met"}),
    (people.RESIDENTS_OF, {"places": "around", "people": "related"}),
    (linking.JUDGED_LINKS, _HERE),
    (
        links.LINKS,
        {
            **_HERE,
            **_OF_LINKS,
            "numbers": "numbers",
            "relatives": "relatives",
            "drivers": "drivers",
            "manner": "manner",
        },
    ),
    (incidents.INCIDENTS, {"ids": "past"}),
    (incidents.PARTIES, {"ids": "reached"}),
    (incidents.CALLS, {"ids": "beyond"}),
    (people.PEOPLE, {"ids": "somebody"}),
    (people.PLACES, {"ids": "all_places"}),
    (people.NUMBERS, {"ids": "all_numbers"}),
    (people.VEHICLES, {"people": "everyone", "ids": "kept_by"}),
    (linking.VEHICLES_NAMED, {"ids": "scope_and_apart"}),
    (told.DISCLOSURES, _SCOPE),
    (told.ANSWERS, {**_SCOPE, **_HERE, "manner": "manner"}),
    (told.CONFIRMATIONS, _SCOPE),
    (told.ENQUIRIES, _SCOPE),
    (told.RISK_ASSESSMENTS, {"ids": "scope_and_apart"}),
    (location.FIXES, _HERE),
    (location.PLACE_POINTS, {"places": "everywhere"}),
    (location.NAMESAKES, {"places": "here_as_one", "told": "as_told"}),
    (
        standing.MARKERS,
        {"people": "marked", "places": "everywhere", "numbers": "numbers", "owners": "everyone"},
    ),
    (standing.POLICE_WARNINGS, {"people": "everyone"}),
    (standing.RECORDS, {"people": "everyone"}),
    (standing.COUNTS, {"people": "known", "places": "everywhere", "numbers": "numbers"}),
    *((statement, _CLOSE) for statement in (orders.ORDERS, orders.FACTS, orders.TERMS, orders.COPIES)),
    *(
        (statement, _HERE)
        for statement in (
            incidents.LOG,
            incidents.RESPONSES,
            incidents.TASKS,
            incidents.OWNERSHIPS,
            deciding.DECISIONS,
            deciding.REQUESTS,
            deciding.REASONS,
            deciding.ANSWERS,
            deciding.AGREEMENTS,
        )
    ),
    (deciding.STANDING_WARNINGS, {"whole": "whole"}),
    (deciding.PROPOSALS, _SCOPE),
)
"""What is asked for every picture."""


def foresee(
    read: Reader, here: int, of_people: Many = (), of_places: Many = (), of_numbers: Many = ()
) -> None:
    """Run ahead what the picture of an incident, or of these subjects without one, will ask for."""
    (found,) = read.first(
        GUESS,
        here=here,
        given_people=of_people,
        given_places=of_places,
        given_numbers=of_numbers,
        manner=MANNER,
    )
    sets: dict[str, Value | Many] = dict(zip(_SETS, found, strict=True))
    sets |= {name: found[list(_SETS).index(name)][0] for name in _ONE}
    sets |= {"here": here, "own": (here,), "nobody": (), "manner": MANNER, "as_told": AS_TOLD}
    uses = ALWAYS if here == NO_INCIDENT else (*OF_AN_INCIDENT, *ALWAYS)
    read.run_ahead([(statement, {name: sets[of] for name, of in names.items()}) for statement, names in uses])
