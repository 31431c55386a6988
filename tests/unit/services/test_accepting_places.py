"""A place is accepted to be one on record: read as it at once, under a record of its own, and parted again whole."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from callhandler.errors import BadInput
from callhandler.model.actor import Actor, Right
from callhandler.model.candidates import Candidate
from callhandler.model.incident import CallOutcome
from callhandler.model.picture import Picture
from callhandler.model.sameness import Sameness
from callhandler.model.search import Group
from callhandler.services.calls import CallIn, Taken
from callhandler.services.office import work
from callhandler.services.whereabouts import place_now
from callhandler.store import keys, pictures, tables
from callhandler.store.unit_of_work import reading
from tests.unit.conftest import Desk
from tests.unit.services.test_accepting import apart_from_the_journal, newest, undo

STREET, DUDLEY = "9 Larkmoor Street", "Dudley DY1 2AB"
WHOLE, TOLD = f"{STREET}, {DUDLEY}", "9 Larkmore Street, Dudley"
MARKED = "silent-marked-number"


def on_record(desk: Desk, words: str = WHOLE, *, marker: bool = False) -> tuple[int, int]:
    """An earlier incident at a place, and the place; with a marker upon it, when asked for."""
    incident = desk.call("A. Neighbour", place=words, type="domestic-abuse", join="no")
    place = place_now(desk.view(incident).records)
    assert place is not None
    if marker:
        with work(desk.app.office) as w:
            w.uow.append(
                tables.marker, subject="place", subject_id=place, code="weapons", text="A knife was seen there",
                set_by="police", told="unknown", happened_at=w.uow.now, happened_precision="day",
            )  # fmt: skip
    desk.later(60 * 24 * 30)
    return incident, place


def accept(desk: Desk, place: int, told: str = TOLD, name: str = "Adult 1", **more: object) -> Taken:
    call = CallIn(name=name, place=told, place_id=place, join="no", place_why="another writing of it")
    return desk.app.calls.take(desk.handler, replace(call, **more))  # type: ignore[arg-type]


def names_of(desk: Desk, place: int) -> object:
    with reading(desk.app.office.engine) as connection:
        return keys.names_of_place(connection, [place])


def possible(desk: Desk, told: str) -> tuple[Candidate, ...]:
    return desk.app.calls.where(desk.handler, CallIn(place=told)).candidates


def test_accepting_makes_a_record_of_its_own_and_a_judgement_and_leaves_the_other_alone(desk: Desk) -> None:
    there, known = on_record(desk, marker=True)
    assert [(c.id, c.confirmed) for c in possible(desk, TOLD)] == [(known, False)]
    before = names_of(desk, known)
    taken = accept(desk, known, outcome=CallOutcome.SILENT)
    assert (taken.place_taken, taken.place_apart) == (STREET, "")
    view, judged = desk.view(taken.incident_id), newest(desk, taken.incident_id)
    own = place_now(view.picture)
    assert own is not None and own != known
    assert (judged.kind, judged.a, judged.b) == ("place", known, own)
    assert judged.reason == "Accepted on the call: another writing of it"
    assert names_of(desk, known) == before, "nothing was written on the other's"
    # Read as one at once: its incidents, its marker, where units are sent.
    assert [i.id for i in view.picture.linked] == [there] and view.picture.linked[0].place_id == own
    assert MARKED in desk.codes(taken.incident_id)
    place = view.picture.place(own)
    assert place is not None and (place.label, place.address, place.also) == (STREET, WHOLE, (TOLD,))
    log = [e.text for e in view.picture.log]
    assert f"The place is taken to be {STREET}. {TOLD} was told." in log
    assert any(
        f"Judged to be the same: {STREET} (record {known}) and {TOLD} (record {own})" in e for e in log
    )
    assert desk.app.custody.prove().findings == ()


def test_what_lies_around_is_told_apart_as_before_and_never_the_place_itself(desk: Desk) -> None:
    _, known = on_record(desk, f"First floor flat, {WHOLE}")
    for around in (f"Ground floor flat, {WHOLE}", WHOLE, f"11 Larkmoor Street, {DUDLEY}"):
        on_record(desk, around)
    plain = desk.call("B", place=f"First floor flat, {WHOLE}", join="no")

    def near(incident: int) -> list[tuple[str, int]]:
        at = place_now(desk.view(incident).picture)
        assert at is not None
        return [(n.relation, n.incidents) for n in desk.app.surroundings.around(desk.handler, incident, at)]

    expected = near(plain)
    assert [relation for relation, _ in expected] == [
        "the building it is in",
        "the flat below",
        "next door",
    ]
    told = accept(desk, known, "1st floor flat, 9 Larkmore Street, Dudley").incident_id
    assert near(told) == expected
    # A neighbour's two records are one neighbour, with the incidents of both.
    (next_door,) = {c.id for c in possible(desk, f"11 Larkmoor Street, {DUDLEY}") if c.confirmed}
    accept(desk, next_door, "11 Larkmore Street, Dudley")
    assert near(plain) == [*expected[:2], ("next door", 2)]


def test_of_two_places_of_one_name_the_accepted_one_is_read_and_the_other_still_asked_about(
    desk: Desk,
) -> None:
    _, dudley = on_record(desk)
    _, walsall = on_record(desk, f"{STREET}, Walsall WS1 1AA")
    assert len(possible(desk, STREET)) == 2
    incident = accept(desk, dudley, STREET).incident_id
    view = desk.view(incident)
    assert [p.id for p in view.picture.namesakes] == [walsall]
    assert any("is the name of other places too" in f.words for f in view.where.findings)
    place = view.where.place
    assert place is not None and place.address == WHOLE
    # By the same words neither is taken the next time, and no third place came up.
    assert {c.id for c in possible(desk, STREET)} == {dudley, walsall}


def test_a_search_shows_joined_records_as_one_place_and_opens_the_one_picture(desk: Desk) -> None:
    there, known = on_record(desk)
    incident = accept(desk, known).incident_id
    for asked in ("larkmoor", "larkmore"):
        groups = desk.app.searching.find(desk.handler, asked).groups
        (hit,) = next(g.hits for g in groups if g.group is Group.PLACES)
        assert (hit.title, hit.subject_id) == (STREET, known)
        assert hit.line == f"also recorded as {TOLD} · {WHOLE} · 2 incidents"
        assert all(hit.line[a:b].casefold().startswith("larkmo") for a, b in hit.marks) and hit.marks
    for record in (known, place_now(desk.view(incident).records)):
        assert record is not None
        opened = desk.app.searching.open(desk.handler, "a check", "place", record)
        assert opened.subject_id == known and {i.id for i in opened.picture.linked} == {there, incident}
    judged = newest(desk, incident)
    desk.app.judgements.undo(desk.handler, incident, judged.id, "Another street.")
    groups = desk.app.searching.find(desk.handler, "larkmo").groups
    hits = next(g.hits for g in groups if g.group is Group.PLACES)
    assert {(h.title, "also" in h.line) for h in hits} == {(STREET, False), (TOLD, False)}


def test_an_address_withheld_is_withheld_under_its_other_record_too(desk: Desk) -> None:
    reviewer = desk.sign_in("reviewer", Right.REVIEWER)
    _, known = on_record(desk)
    accept(desk, known)
    desk.app.withholding.withhold(desk.handler, known, "herself", "She moved away from him.")
    found = desk.app.searching.find(reviewer, "larkmore")
    assert not [g for g in found.groups if g.group is Group.PLACES]
    found = desk.app.searching.find(desk.handler, "larkmore")
    assert [h.noted for g in found.groups if g.group is Group.PLACES for h in g.hits] == [
        ("address withheld: never told to anybody",)
    ]


def test_a_further_call_by_the_same_words_moves_nobody_and_keeps_the_record(desk: Desk) -> None:
    _, known = on_record(desk)
    first = accept(desk, known)
    again = accept(desk, known, join="yes")
    assert again.incident_id == first.incident_id and again.place_taken == ""
    records = desk.view(first.incident_id).records
    assert not records.moves and len(records.sameness) == 1
    with pytest.raises(BadInput, match="no place of this record"):
        accept(desk, 999_999)


def test_undoing_says_beforehand_what_it_takes_away_and_goes_through_the_guard(desk: Desk) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    there, known = on_record(desk, marker=True)
    incident = accept(desk, known, outcome=CallOutcome.SILENT).incident_id
    desk.app.incidents.grade(desk.handler, incident, "I")
    judged = newest(desk, incident)
    found = desk.app.judgements.parting(desk.handler, incident, judged.id)
    assert [i.id for i in found.incidents] == [there] and len(found.markers) == 1
    assert MARKED in {w.code for w in found.ruling.lost} and found.ruling.needs
    assert undo(desk, supervisor, incident, judged), "it needed what the guard asks for"
    view = desk.view(incident)
    place = view.picture.place(place_now(view.picture))
    assert place is not None and (place.label, place.also) == (TOLD, ()) and not view.picture.linked
    assert view.standing_grade is not None and view.standing_grade.id == "I"
    assert MARKED in desk.codes(incident), "what stood stays until it is settled"
    assert view.stands_since[MARKED].startswith(f"Raised while {STREET} was taken to be the place; undone at")
    assert desk.app.custody.prove().findings == ()


def test_another_open_incident_there_is_judged_anew_and_its_log_says_why_both_ways(desk: Desk) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    _, known = on_record(desk, marker=True)
    first = accept(desk, known).incident_id
    second = accept(desk, known, "9 Larkmor Street, Dudley", name="Adult 2").incident_id
    assert second in {i.id for i in desk.view(first).picture.linked}
    assert "9 Larkmor Street, Dudley" in desk.view(first).picture.log[-1].text
    warned, floor = desk.codes(first), desk.view(first).assessment.floor_rank
    undo(desk, supervisor, second, newest(desk, second))
    view = desk.view(first)
    assert second not in {i.id for i in view.picture.linked}
    assert view.picture.log[-1].text.startswith("No longer judged:")
    assert warned <= desk.codes(first) and view.assessment.floor_rank <= floor
    assert desk.app.custody.prove().findings == ()


def test_what_leads_through_a_third_record_is_told_in_its_open_incident_too(desk: Desk) -> None:
    places, incidents = [], []
    for n in range(3):
        incident = desk.call(f"Adult {n}", place=f"Old name {n}", join="no")
        incidents.append(incident)
        places.append(place_now(desk.view(incident).records) or 0)
    desk.app.judgements.same(desk.handler, incidents[0], "place", places[0], places[1], "One house.")
    # The second is in no incident that is looked at here; its open one is reached through the first.
    fourth = desk.call("Adult 4", place="A lay-by", join="no")
    desk.app.judgements.same(desk.handler, fourth, "place", places[0], places[2], "The same gate.")
    for incident in incidents:
        assert "The same gate." in desk.view(incident).picture.log[-1].text
    assert {i.id for i in desk.view(incidents[1]).picture.linked} == {incidents[0], incidents[2]}


def test_a_home_that_is_judged_another_place_is_told_in_the_open_incident_of_who_lives_there(
    desk: Desk,
) -> None:
    _, known = on_record(desk)
    hers = desk.call("Adult 3", place="A lay-by", number="07700 900777", join="no")
    home = place_now(desk.view(desk.call("Somebody", place="Her old flat", join="no")).records)
    (her,) = desk.view(hers).records.with_role(*(p.role for p in desk.view(hers).records.parties[:1]))
    with work(desk.app.office) as w:
        w.uow.append(
            tables.place_tie, person_id=her, place_id=home, tie="lives", happened_at=w.uow.now,
            happened_precision="day",
        )  # fmt: skip
    elsewhere = desk.call("Adult 4", place="A third place", join="no")
    assert home is not None
    desk.app.judgements.same(desk.handler, elsewhere, "place", home, known, "One flat.")
    assert "Judged to be the same" in desk.view(hers).picture.log[-1].text


# --- accepting, then undoing, leaves everything as it was ------------------------------------

_numbered = count(1)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.sampled_from(("{n} Larkmore Street, Dudley", "{n} Larkmoor Street", "the corner house, {n}")),
    marker=st.booleans(),
    silent=st.booleans(),
    moved=st.booleans(),
)
def test_accepting_then_undoing_leaves_every_picture_as_it_was(
    both: tuple[Desk, Actor], told: str, marker: bool, silent: bool, moved: bool
) -> None:
    desk, supervisor = both
    n = 100 + next(_numbered)
    there, known = on_record(desk, f"{n} Larkmoor Street, {DUDLEY}", marker=marker)
    before = names_of(desk, known)
    outcome = CallOutcome.SILENT if silent else CallOutcome.ANSWERED
    if moved:
        # She rang before from elsewhere: the incident moves to where she is now.
        desk.call(f"Adult {n}", place=f"Elsewhere {n}", type="domestic-abuse", number=f"07700 902{n}")
    taken = desk.app.calls.take(
        desk.handler,
        CallIn(f"07700 902{n}", outcome, name=f"Adult {n}", place=told.format(n=n), place_id=known),
    )
    judged = newest(desk, taken.incident_id)
    assert {i.id for i in desk.view(taken.incident_id).picture.linked} >= {there}
    assert bool(taken.joined) is moved
    undo(desk, supervisor, taken.incident_id, judged)
    assert [j.verdict for j in desk.view(taken.incident_id).records.sameness][-1] is Sameness.WITHDRAWN

    with reading(desk.app.office.engine) as connection:

        def at(incident: int, upto: int | None) -> Picture:
            return apart_from_the_journal(pictures.of_incident(connection, incident, desk.clock.now(), upto))

        for incident in (there, taken.incident_id):
            assert at(incident, None) == at(incident, judged.id - 1)
        held = text("SELECT count(*) FROM place_name WHERE place_id = :p")
        assert connection.execute(held, {"p": known}).scalar_one() == len(before)  # type: ignore[arg-type]


@pytest.fixture
def both(desk: Desk) -> tuple[Desk, Actor]:
    """A desk with a supervisor signed in beside the handler."""
    return desk, desk.sign_in("supervisor", Right.SUPERVISOR)
