"""What was known when: as of each earlier day, what the picture held, which warnings stood, and nothing too early."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from callhandler.app import find_scenario
from callhandler.intake.scenario import read_scenario
from callhandler.model.assessment import Tier
from callhandler.model.facts import Stance
from callhandler.model.when import LONDON, Precision, to_micros
from callhandler.rules import history
from callhandler.rules.linked import reason_linked
from callhandler.rules.spans import closest
from callhandler.store.tables import JOURNALLED
from callhandler.store.unit_of_work import reading
from tests.journeys.conftest import Held, Played

APRIL = {"apr-02", "apr-27"}
DAYS = {
    "apr-2016-hospital": "2016-04-30T23:59",
    "feb-2017-threats": "2017-02-28T23:59",
    "jul-2017-neighbour": "2017-07-29T23:59",
    "apr-02": "2018-04-02T23:59",
    "apr-27": "2018-04-27T23:59",
    "may-17-father": "2018-05-17T23:59",
    "may-27": "2018-05-27T23:59",
    "may-29": "2018-05-29T23:59",
    "may-30": "2018-05-30T23:59",
    "aug-11": "2018-08-11T23:59",
}

# As of its own day: the warnings that must stand, and the floor in the scheme of 2018.
STOOD = {
    "apr-2016-hospital": ({"threat-now", "domestic-default"}, 1),
    "feb-2017-threats": ({"weapon-feared", "honour-or-relatives"}, 1),
    "jul-2017-neighbour": ({"noise-with-history"}, 99),
    "apr-02": (
        {"threat-now", "suspect-near", "denial-is-not-safety", "control-told", "suicide-threat-suspect"},
        1,
    ),
    "apr-27": ({"assault-suspect-free", "threat-to-kill-open", "two-accounts", "child-unaccounted"}, 1),
    "may-17-father": ({"assault-suspect-free", "suspect-harmed-others"}, 1),
    "may-27": (
        {"assault-suspect-free", "cancel-not-consent", "threat-to-kill-open", "risk-level-lowered"},
        1,
    ),
    "may-29": ({"entry-attempt-now", "contact-repeated", "returned-after-warning", "incidents-frequent"}, 1),
    "may-30": (
        {"entry-attempt-now", "returned-after-warning", "incidents-frequent", "third-party-not-seen"},
        1,
    ),
    "aug-11": (
        {
            "assault-suspect-free",
            "distress-on-line",
            "call-back-unanswered",
            "incidents-clustered",
            "separation-recent",
        },
        1,
    ),
}


def test_every_incident_of_the_history_has_its_day(held: Held) -> None:
    assert set(DAYS) == set(STOOD) == set(held.incidents)


@pytest.mark.parametrize("incident", DAYS)
def test_as_of_its_own_day_these_warnings_stand_and_this_floor(incident: str, held: Held) -> None:
    codes, floor = STOOD[incident]
    found = held.assess(incident, DAYS[incident])
    assert codes <= {w.code for w in found.standing}
    assert found.floor_rank == floor


@pytest.mark.parametrize("incident", [i for i, (_, floor) in STOOD.items() if floor == 1])
def test_what_would_have_been_needed_to_lower_it_is_a_critical_warnings_answer(
    incident: str, held: Held
) -> None:
    assert held.assess(incident, DAYS[incident]).critical_below


@pytest.mark.parametrize("incident", DAYS)
def test_a_warning_of_a_day_rests_on_what_is_told_and_says_so(incident: str, held: Held) -> None:
    for warning in held.assess(incident, DAYS[incident]).standing:
        assert warning.evidence, warning.code
        assert all(e.line for e in warning.evidence)
        assert "not known" not in warning.sentence or warning.tier is not Tier.CRITICAL, warning.sentence


# --- as of each day --------------------------------------------------------------------------


def test_27_may_2018_holds_both_incidents_of_april_and_the_fathers_report(held: Held) -> None:
    picture = held.picture("may-27", "2018-05-27T23:59")
    linked = held.linked("may-27", "2018-05-27T23:59")
    assert APRIL | {"may-17-father"} <= set(linked)
    assert not {"may-29", "may-30", "aug-11"} & set(linked)
    assert "The perpetrator as suspect" in reason_linked(picture, linked["may-17-father"])
    assert "Adult 1" in reason_linked(picture, linked["apr-27"])


def test_11_august_holds_five_incidents_since_2_april_three_of_them_within_four_days(held: Held) -> None:
    picture = held.picture("aug-11", "2018-08-11T23:59")
    seen = history.read(picture, held.app.policy)
    names = {number: name for name, number in held.incidents.items()}
    since = [names[i.id] for i in seen.hers if i.opened.at >= datetime(2018, 4, 1, tzinfo=UTC)]
    assert since == ["apr-02", "apr-27", "may-27", "may-29", "may-30"]
    assert [names[i.id] for i in closest(seen.hers, 3, 4)] == ["may-27", "may-29", "may-30"]
    clustered = next(
        w for w in held.assess("aug-11", "2018-08-11T23:59").standing if w.code == "incidents-clustered"
    )
    assert clustered.sentence == "3 incidents within 4 days of each other, 27 May to 30 May 2018"


def test_on_29_may_two_days_apart_is_not_yet_three_in_four(held: Held) -> None:
    assert "incidents-clustered" not in {w.code for w in held.assess("may-29", "2018-05-29T23:59").warnings}


def test_july_2017_is_in_the_flats_history_and_names_nobody(held: Held) -> None:
    for incident in ("apr-02", "aug-11"):
        picture = held.picture(incident, DAYS[incident])
        neighbour = held.linked(incident, DAYS[incident])["jul-2017-neighbour"]
        assert reason_linked(picture, neighbour) == "Own flat"
        people = [picture.person(p.person_id) for p in picture.parties if p.incident_id == neighbour.id]
        assert [p.named for p in people if p] == [False]
        assert "Adult 1" not in neighbour.summary


def test_july_2017_itself_knew_of_the_threats_of_february_at_the_flat(held: Held) -> None:
    assert set(held.linked("jul-2017-neighbour", "2017-07-29T23:59")) == {"feb-2017-threats"}
    assert held.linked("jul-2017-neighbour", "2017-01-31T23:59") == {}


def test_2_april_the_threat_told_and_the_denial_both_stand(held: Held) -> None:
    picture = held.picture("apr-02", "2018-04-02T23:59")
    threats = [d.stance for d in picture.disclosures if d.indicator == "threat-to-kill"]
    assert threats == [Stance.TOLD, Stance.DENIED]
    kept_in = next(d for d in picture.disclosures if d.indicator == "control-of-movement")
    assert kept_in.open


def test_27_april_medium_until_it_was_brought_down(held: Held) -> None:
    levels = [
        a.level for a in held.picture("apr-27", "2018-04-30T23:59").risk_assessments if a.level != "standard"
    ]
    assert levels == ["medium"]
    before = {w.code for w in held.assess("apr-27", "2018-04-30T23:59").warnings}
    after = {w.code for w in held.assess("apr-27", "2018-05-01T23:59").warnings}
    assert "risk-level-lowered" in after - before


def test_30_may_he_came_back_the_day_after_he_was_warned(held: Held) -> None:
    warning = next(
        w for w in held.assess("may-30", "2018-05-30T23:59").standing if w.code == "returned-after-warning"
    )
    assert warning.sentence.endswith("Keep away from her address; if he comes back he may be arrested.")
    assert warning.evidence[0].line.startswith("29 May 2018")


def test_11_august_the_blood_on_his_arm_is_shown_as_disputed(held: Held) -> None:
    lines = [e.line for w in held.assess("aug-11", "2018-08-11T23:59").warnings for e in w.evidence]
    assert any("blood" in line and "(disputed)" in line for line in lines)


def test_a_date_is_never_told_more_exactly_than_it_is_known(held: Held) -> None:
    father = held.linked("aug-11", "2018-08-11T23:59")["may-17-father"]
    assert father.opened.precision is Precision.MONTH
    assert father.opened.spoken() == "May 2018"


def test_the_count_was_nowhere_before_the_night(held: Held) -> None:
    assert held.picture("aug-11", "2018-08-26T22:00").counts == ()


# --- no hindsight ----------------------------------------------------------------------------


def records(value: Any) -> Iterator[Any]:
    """Every record inside a picture, at any depth."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for name in (f.name for f in dataclasses.fields(value)):
            yield from records(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from records(item)


def known_at(held: Held) -> dict[int, int]:
    """When every row of the store was known, by its id: ids of all tables are one sequence."""
    with reading(held.app.office.engine) as connection:
        rows = [
            connection.execute(text(f"SELECT id, known_at FROM {table.name}")).all() for table in JOURNALLED
        ]
    return {row.id: row.known_at for found in rows for row in found}


INSTANTS = sorted(
    {*DAYS.values(), "2018-04-02T00:00", "2018-05-01T00:00", "2018-08-11T02:59", "2018-08-13T12:00"}
)


@pytest.mark.parametrize("local", INSTANTS)
def test_nothing_known_later_is_in_any_picture(local: str, held: Held) -> None:
    known = known_at(held)
    limit = to_micros(datetime.fromisoformat(local).replace(tzinfo=LONDON))
    counted = 0
    for incident in held.incidents:
        for record in records(held.picture(incident, local)):
            number = getattr(record, "id", None)
            if isinstance(number, int) and number > 0:
                counted += 1
                assert known[number] <= limit, record
            told = getattr(record, "known_at", None)
            assert told is None or to_micros(told) <= limit, record
    assert counted


def test_the_day_before_knows_less_than_the_day_itself(held: Held) -> None:
    assert held.picture("aug-11", "2018-08-11T02:59").incident is None
    assert held.picture("aug-11", "2018-08-11T03:00").incident is not None


# --- what police did not know ----------------------------------------------------------------


def everything(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from everything(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from everything(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from everything(getattr(value, field.name))


def test_no_truth_is_in_any_picture_or_warning(held: Held) -> None:
    truths = {t.text.strip() for t in held.scenario.truth}
    assert len(truths) >= 15
    for incident in held.incidents:
        shown = " ".join(
            [
                *everything(held.picture(incident, "2018-08-26T21:00")),
                *everything(held.assess(incident, "2018-08-26T21:00")),
            ]
        )
        assert not [t for t in truths if t in shown]


def test_no_truth_is_in_the_store_at_all(held: Held) -> None:
    with reading(held.app.office.engine) as connection:
        for table in JOURNALLED:
            for row in connection.execute(text(f"SELECT * FROM {table.name}")).all():
                for value in row:
                    assert not [
                        t for t in held.scenario.truth if isinstance(value, str) and t.text.strip() in value
                    ]


def test_no_truth_is_in_the_output_of_the_night(night: Played) -> None:
    truths = [t.text.strip() for t in read_scenario(find_scenario("night")).truth]
    shown = " ".join(everything(night.whole))
    assert len(truths) >= 20
    assert not [t for t in truths if t in shown]


@pytest.mark.parametrize("words", ["gesture", "throat", "ladder", "took her phone", "savings", "100 metres"])
def test_what_she_was_never_asked_is_nowhere_shown_as_known(words: str, night: Played) -> None:
    told = [
        line
        for event in night.events
        for warning in event["warnings"]
        for line in [warning["sentence"], *(e["line"] for e in warning["evidence"])]
    ]
    told += [i["summary"] for event in night.events for i in event["history"]["incidents"]]
    assert not [line for line in told if words in line]
