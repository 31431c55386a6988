"""Whatever bears risk is never cut: over the caps the rules find what they find in all of it, and what is cut is said."""

import importlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.picture import Cut, Picture
from callhandler.policy.pack import Policy
from callhandler.rules import linked
from callhandler.rules.assess import assess
from callhandler.store import tables
from callhandler.store.pictures import bearing, caps, linking, links
from tests.store.linking_rows import Rows, rows_in
from tests.stores import NOW, Store

CODES = ("violent", "weapons", "firearms", "adverse")
EVERYTHING = 10**9


@pytest.fixture
def rows(shared_world: Store) -> Iterator[Rows]:
    with rows_in(shared_world) as found:
        yield found


@pytest.fixture
def in_a_file(sqlite_world: Store) -> Iterator[Rows]:
    with rows_in(sqlite_world) as found:
        yield found


@contextmanager
def uncapped() -> Iterator[None]:
    """Pictures of all that is held, however much: the same statement with no end to anything."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("OF_PERSON", "OF_PLACE", "OF_NUMBER", "OF_VEHICLE", "CALLS_OF_NUMBER", "IN_ALL"):
            patch.setattr(caps, name, EVERYTHING)
        patch.setattr(linking, "IN_ALL", EVERYTHING)
        importlib.reload(bearing)
        patch.setattr(linking, "LINKS", importlib.reload(links).LINKS)
        yield
    importlib.reload(bearing)
    importlib.reload(links)


class Life:
    """A call of hers about him, over a long history: mostly quiet, with what bears risk anywhere in it."""

    def __init__(self, rows: Rows, seed: int, policy: Policy) -> None:
        self.rows, self.random, self.policy = rows, random.Random(seed), policy
        self.her, self.him, self.child = (rows.person(name) for name in ("She", "He", "A child"))
        self.others = [rows.person(f"Other {n}") for n in range(4)]
        self.home, self.away = rows.place("Home"), [rows.place(f"Place {n}") for n in range(4)]
        self.number = rows.add(tables.number, e164=f"+4477009{seed % 10**5:05}{next(rows.ids)}")
        rows.add(tables.place_tie, person_id=self.her, place_id=self.home, tie="lives")
        rows.add(tables.number_tie, person_id=self.her, number_id=self.number)
        for marked in (*self.others[:2], None):
            subject = ("person", marked) if marked else ("place", self.away[0])
            rows.add(
                tables.marker,
                subject=subject[0],
                subject_id=subject[1],
                code=self.random.choice(CODES),
                told=self.random.choice(("yes", "no")),
            )

    def lived(self) -> int:
        """So many incidents over the caps; then the call itself."""
        draw, rows = self.random, self.rows
        days = draw.choice((1, 3, 9))
        for which, over in (("hers", caps.OF_PERSON), ("his", caps.OF_PERSON), ("home", caps.OF_PLACE)):
            if draw.random() < 0.6:
                self._incidents(which, over + draw.randrange(1, 60), days)
        here = rows.incident(self.home, (self.her, "at_risk"), (self.him, "suspect"), days=0)
        rows.add(tables.call, incident_id=here, number_id=self.number, direction="in")
        self._told(here, 0)
        return here

    def _incidents(self, which: str, many: int, days: int) -> None:
        draw, rows = self.random, self.rows
        quiet = draw.choice((0, many - 40, many))
        offset, bare = draw.random(), draw.random() < 0.5
        first = [draw.choice(("witness", "at_risk", "reporter")), draw.choice(("suspect", "witness"))]
        for n in range(many):
            place = self.home if which == "home" or draw.random() < 0.3 else draw.choice(self.away)
            older = n >= quiet
            people: list[tuple[int, str]] = []
            if which == "hers":
                people.append((self.her, "at_risk" if older and draw.random() < 0.3 else first[0]))
            if which == "his":
                people.append((self.him, "suspect" if older and draw.random() < 0.3 else first[1]))
            if older and draw.random() < 0.2:
                people.append((draw.choice(self.others), draw.choice(("at_risk", "suspect", "witness"))))
            if older and draw.random() < 0.05:
                people.append((self.child, "child"))
            if older and draw.random() < 0.1:
                people.append(
                    (self.him if which == "hers" else self.her, draw.choice(("suspect", "at_risk")))
                )
            if which == "home" and bare and not people:
                people.append((draw.choice(self.others), "caller"))
            met = "no" if older and draw.random() < 0.05 else "yes"
            incident = rows.incident(place, *people, days=(n + 1) * days + offset, target_met=met)
            if older and draw.random() < 0.25:
                self._told(incident, (n + 1) * days)
            if older and draw.random() < 0.05:
                self._recorded(incident)

    def _told(self, incident: int, days: float) -> None:
        draw = self.random
        for _ in range(draw.randrange(1, 3)):
            told = self.rows.add(
                tables.disclosure,
                incident_id=incident,
                indicator=draw.choice(self.policy.pack.indicators).id,
                stance=draw.choice(("told", "told", "told", "denied")),
                source=draw.choice(("caller", "third_party", "other_agency", "officer")),
                teller_id=draw.choice((None, self.her, self.child)),
                # Whoever is accused in the call itself is a suspect of it.
                about_id=draw.choice((None, self.him, self.others[0]) if days else (None, self.him)),
                harmed_id=draw.choice((None, self.her)),
                happened_at=NOW - timedelta(days=days),
                happened_precision=draw.choice(("day", "day", "month", "unknown")),
                call_id=None,
                disputed=0,
            )
            if draw.random() < 0.5:
                self.rows.add(tables.follow_up, disclosure_id=told)

    def _recorded(self, incident: int) -> None:
        draw = self.random
        given: dict[str, Any] = {"incident_id": incident}
        if draw.random() < 0.5:
            level, before = draw.choice(
                (("high", ""), ("standard", "high"), ("medium", "standard"), ("", ""))
            )
            done = draw.choice(("with_her", "without_her", "not_done"))
            self.rows.add(
                tables.risk_assessment,
                person_id=self.her,
                level=level,
                level_before=before,
                done=done,
                **given,
            )
        elif draw.random() < 0.5:
            self.rows.add(
                tables.enquiry, what="Camera", state=draw.choice(("open", "dropped", "done")), **given
            )
        else:
            self.rows.add(
                tables.police_warning,
                person_id=self.him,
                kind=draw.choice(("bail", "caution")),
                happened_at=NOW - timedelta(days=draw.randrange(1_000)),
                **given,
            )


def raised(picture: Picture, policy: Policy) -> tuple[set[str], int]:
    found = assess(picture, policy)
    return {w.code for w in found.warnings}, found.floor_rank


def test_over_the_caps_the_same_is_raised_as_from_all_that_is_held(in_a_file: Rows, policy: Policy) -> None:
    @settings(max_examples=8, deadline=None)
    @given(seed=st.integers(0, 2**32))
    def the_same(seed: int) -> None:
        here = Life(in_a_file, seed, policy).lived()
        picture = in_a_file.picture(here)
        with uncapped():
            whole = in_a_file.picture(here)
        assert raised(picture, policy) == raised(whole, policy)
        assert len(picture.linked) == len(whole.linked) or picture.cuts
        # What else the suspects of earlier reports are in is shown; no rule reads it until they are named.
        assert {cut.what for cut in whole.cuts} <= {"suspected"}

    the_same()


def told(rows: Rows, incident: int, indicator: str, **given: Any) -> None:
    at = {"happened_at": NOW - timedelta(days=900), "happened_precision": "day", "stance": "told"}
    who = {"about_id": None, "teller_id": None, "harmed_id": None, "call_id": None, "source": "caller"}
    rows.add(tables.disclosure, incident_id=incident, indicator=indicator, disputed=0, **(at | who | given))


def many(rows: Rows, number: int, place: int, *people: tuple[int, str]) -> None:
    """So many quiet incidents, a day apart, newer than whatever else a test holds."""
    incidents = rows.all(tables.incident, (rows.written(place, days) for days in range(1, number + 1)))
    parties = [
        {"incident_id": i, "person_id": person, "role": role} for i in incidents for person, role in people
    ]
    if parties:
        rows.all(tables.party, parties)


def test_what_she_told_of_him_three_hundred_incidents_ago_is_read_and_the_rest_is_said(
    rows: Rows, policy: Policy
) -> None:
    her, him, shop, flat = rows.person("She"), rows.person("He"), rows.place("A shop"), rows.place("A flat")
    first = rows.incident(flat, (her, "at_risk"), (him, "suspect"), days=900, target_met="yes")
    told(rows, first, "strangulation", about_id=him, harmed_id=her)
    rows.incident(flat, (her, "witness"), days=800, target_met="yes")
    many(rows, caps.OF_PERSON, shop, (her, "reporter"))
    picture = rows.picture(rows.incident(rows.place("Here"), (her, "at_risk"), (him, "suspect"), days=0))
    assert first in {i.id for i in picture.linked} and len(picture.linked) == caps.OF_PERSON + 1
    (cut,) = picture.cuts
    assert (cut, cut.since) == (
        Cut("incidents", "person", her, 300, 302, bearing=1),
        NOW - timedelta(days=300),
    )
    assert linked.cut_in_words(cut, picture) == (
        "300 newest of 302 incidents of She, and 1 older that bear risk shown"
    )
    assert [d.indicator for d in picture.disclosures] == ["strangulation"]


@pytest.mark.parametrize(
    "newer, kind, read", [(60, "flat", True), (60, "premises", False), (caps.OF_DWELLING, "flat", False)]
)
def test_of_a_dwelling_what_was_told_is_read_and_of_a_hub_only_its_newest(
    rows: Rows, newer: int, kind: str, read: bool
) -> None:
    place = rows.add(tables.place, label="Number 9", kind=kind)
    first = rows.incident(place, days=900, target_met="yes")
    told(rows, first, "threat-to-kill")
    stranger = rows.person("A stranger")
    many(rows, newer, place, (stranger, "caller"))
    picture = rows.picture(rows.incident(place, (rows.person("She"), "at_risk"), days=0))
    assert (first in {i.id for i in picture.linked}) is read
    assert [(c.shown, c.of, c.bearing) for c in picture.cuts] == [(caps.OF_PLACE, newer + 1, int(read))]


@pytest.mark.parametrize("users, read", [(1, True), (caps.OF_USERS + 1, False)])
def test_of_a_number_that_few_people_use_what_was_told_is_read(rows: Rows, users: int, read: bool) -> None:
    number, stranger = rows.add(tables.number, e164="+447700900125"), rows.person("A stranger")
    for n in range(users):
        rows.add(tables.number_tie, person_id=rows.person(f"User {n}"), number_id=number)
    places = [rows.place(f"Place {n}") for n in range(caps.OF_NUMBER + 1)]
    rung = [
        rows.incident(p, (stranger, "caller"), days=n + 1, target_met="yes") for n, p in enumerate(places)
    ]
    here = rows.incident(rows.place("Here"), (rows.person("She"), "caller"), days=0)
    rows.all(tables.call, ({"incident_id": i, "number_id": number} for i in (*rung, here)))
    told(rows, rung[-1], "weapon-seen")
    picture = rows.picture(here)
    assert (rung[-1] in {i.id for i in picture.linked}) is read
    assert [(c.subject, c.shown, c.bearing) for c in picture.cuts] == [("number", caps.OF_NUMBER, int(read))][
        read:
    ]


def test_hers_and_his_are_read_however_many_there_are_in_all(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "IN_ALL", 2)
    monkeypatch.setattr(linking, "AT_LEAST", 1)
    her, him, home = rows.person("She"), rows.person("He"), rows.place("Home")
    theirs = [
        rows.incident(rows.place("Elsewhere"), who, days=500)
        for who in ((her, "at_risk"), (him, "suspect")) * 2
    ]
    beside = [rows.incident(home, days=days) for days in (3, 2)]
    picture = rows.picture(rows.incident(home, (her, "at_risk"), (him, "suspect"), days=0))
    assert {i.id for i in picture.linked} == {*theirs, beside[-1]}
    assert picture.cuts == (Cut("incidents", "all", 0, 5, 6),)


def test_nothing_known_later_makes_an_older_one_bear_risk(rows: Rows) -> None:
    her, shop = rows.person("She"), rows.place("A shop")
    yesterday = NOW - timedelta(days=1)
    first = rows.incident(shop, (her, "witness"), days=900, target_met="yes")
    many(rows, caps.OF_PERSON, shop, (her, "at_risk"))
    here = rows.incident(rows.place("Here"), (her, "at_risk"), days=0)
    told(rows, first, "strangulation", known_at=NOW)
    before = rows.picture(here, as_of=yesterday)
    assert first not in {i.id for i in before.linked}
    assert first in {i.id for i in rows.picture(here).linked}


# --- people ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind, read", [("flat", True), ("premises", False)])
def test_whoever_has_a_marker_is_known_of_a_dwelling_however_many_lived_there(
    rows: Rows, kind: str, read: bool
) -> None:
    home = rows.add(tables.place, label="Number 9", kind=kind)
    people = [rows.person(f"Resident {n}") for n in range(caps.RESIDENTS + 10)]
    ties = [rows.add(tables.place_tie, person_id=p, place_id=home, tie="lives") for p in people]
    rows.add(tables.marker, subject="person", subject_id=people[0], code="firearms", text="Shotgun")
    picture = rows.picture(rows.incident(home, (rows.person("She"), "at_risk"), days=0))
    assert (ties[0] in {t.id for t in picture.place_ties}) is read
    assert [m.code for m in picture.markers] == ["firearms"] * read
    assert len(picture.place_ties) == caps.RESIDENTS + read
    assert Cut("people", "place", home, 50, 50, more=True) in picture.cuts


def test_of_too_many_relations_partners_come_first_and_then_what_bears_risk(rows: Rows) -> None:
    her, here = rows.person("She"), rows.place("A cousin's flat")
    partner, marked, cousin = (rows.person(name) for name in ("Partner", "Marked", "Cousin"))
    rows.add(tables.person_tie, a=partner, b=her, relation="partner")
    rows.add(tables.person_tie, a=marked, b=her, relation="other")
    rows.add(tables.person_tie, a=her, b=cousin, relation="relative")
    rows.add(tables.marker, subject="person", subject_id=marked, code="violent")
    rows.add(tables.place_tie, person_id=cousin, place_id=here, tie="lives")
    others = rows.all(
        tables.person, ({"name": f"Met {n}", "born": "", "named": 1} for n in range(caps.RELATIONS))
    )
    rows.all(tables.person_tie, ({"a": other, "b": her, "relation": "other"} for other in others))
    picture = rows.picture(rows.incident(here, (her, "at_risk"), days=0))
    known = {p for t in picture.person_ties for p in (t.a, t.b)}
    assert {partner, marked, cousin} <= known and len(picture.person_ties) == caps.RELATIONS
    assert [m.code for m in picture.markers] == ["violent"]
    assert Cut("relations", "all", 0, caps.RELATIONS, caps.RELATIONS, more=True) in picture.cuts


def test_a_date_of_birth_that_was_told_since_is_known_from_then_on(rows: Rows) -> None:
    her, him = rows.add(tables.person, name="She", born="1990", named=1), rows.person("He")
    yesterday = NOW - timedelta(hours=30)
    for person in (her, him):
        rows.add(tables.person_birth, person_id=person, born="2001", known_at=yesterday)
        rows.add(tables.person_birth, person_id=person, born="2002", known_at=NOW)
    here = rows.incident(rows.place(), (her, "at_risk"), (him, "suspect"), days=0, known_at=yesterday)
    for person in (her, him):
        rows.add(tables.party, incident_id=here, person_id=person, role="witness", known_at=yesterday)

    def said(hours: float) -> list[tuple[str, str]]:
        picture = rows.picture(here, as_of=NOW - timedelta(hours=hours))
        return [(p.born, p.also_born) for p in (picture.person(her), picture.person(him)) if p]

    assert said(0) == [("1990", "2002"), ("2002", "")]
    assert said(24) == [("1990", "2001"), ("2001", "")]
