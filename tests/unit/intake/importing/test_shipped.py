"""Every shipped mapping on a made-up sample with its layout's headers: what it understands, and what it refuses and why."""

from pathlib import Path

import pytest

from callhandler.intake.importing.mapping_file import Read, Vocabulary, columns_named, read_mapping
from callhandler.intake.importing.records import Understood
from callhandler.intake.importing.rows import Rejected, Row
from callhandler.intake.importing.survey import missing_columns, survey
from callhandler.intake.importing.understand import Understanding
from callhandler.model.people import Relation, Role
from callhandler.settings import resources
from tests.unit.intake.importing.conftest import NOW

SAMPLES = Path(__file__).parents[3] / "data" / "imports"
MAPPINGS = sorted((resources() / "imports").glob("*.yaml"))


def read(name: str, vocabulary: Vocabulary, file: int = 0) -> list[Understood | Rejected | None]:
    """Every row of a sample."""
    read = read_mapping(resources() / "imports" / f"{name}.yaml", vocabulary)
    spec = read.mapping.files[file]
    source = survey(SAMPLES / name / spec.file if spec.file else SAMPLES / f"{name}.csv", spec)
    assert missing_columns(columns_named(spec), source) == []
    understanding = Understanding(read, spec, NOW)
    return [understanding.row(row) if isinstance(row, Row) else row for row in source.read()]


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: p.stem)
def test_each_is_named_as_its_file_and_says_where_its_layout_is_documented(
    path: Path, vocabulary: Vocabulary
) -> None:
    found: Read = read_mapping(path, vocabulary)
    assert found.mapping.import_ == path.stem
    assert "http" in found.mapping.reference or "of our own" in found.mapping.reference


@pytest.mark.parametrize(
    ("name", "at", "kind", "outcome", "place", "point"),
    [
        ("seattle-call-data", "2024-01-06T07:42:10", "domestic-abuse", "ASSISTANCE RENDERED. Priority there: 2",
         "1XX BLOCK OF LARCH ST, NEWTOWN", (47_600_000, -122_300_000)),
        ("new-orleans-calls", "2024-01-01T06:03:37", "domestic-abuse", "Report to follow. Priority there: 2C",
         "001XX Larch St", None),
        ("cincinnati-cad", "2024-01-02T20:04:05", "domestic-abuse", "INV: INVESTIGATION. Priority there: 2",
         "12XX LARCH AV, NEWTOWN", (39_100_000, -84_500_000)),
        ("san-jose-calls", "2024-01-01T08:02:44", "domestic-abuse", "Report taken. Priority there: 2",
         "[100]-[200] LARCH ST, San Jose", None),
        ("police-uk-street", "2018-07-31T23:00:00", "violence", "Under investigation",
         "On or near Larch Grove, Newtown 001A", (52_410_000, -1_780_000)),
    ],
)  # fmt: skip
def test_a_public_layout_is_understood(
    name: str, at: str, kind: str, outcome: str, place: str, point: object, vocabulary: Vocabulary
) -> None:
    first = read(name, vocabulary)[0]
    assert isinstance(first, Understood)
    incident = first.incident
    assert incident
    assert incident.place
    assert incident.opened.at.strftime("%Y-%m-%dT%H:%M:%S") == at
    assert (incident.type, incident.outcome) == (kind, outcome)
    assert (incident.place.address, incident.place.point) == (place, point)


def test_what_is_blank_withheld_or_left_out(vocabulary: Vocabulary) -> None:
    redacted = read("seattle-call-data", vocabulary)[2]
    assert isinstance(redacted, Understood)
    assert redacted.incident
    assert redacted.incident.place is None
    assert redacted.incident.type == "DIRECTED PATROL"
    assert read("new-orleans-calls", vocabulary)[2] is None
    nameless = read("police-uk-street", vocabulary)[2]
    assert isinstance(nameless, Rejected)
    assert (nameless.row, nameless.column) == (4, "Crime ID")


def test_the_records_layout_is_understood(vocabulary: Vocabulary) -> None:
    people, vehicles, incidents, roles, relations, orders, markers = (
        read("records", vocabulary, n) for n in range(7)
    )
    parts = (*people, *vehicles, *incidents, *roles, *relations, *orders, *markers)
    assert all(isinstance(row, Understood) for row in parts)
    her, him = people[0], people[1]
    assert isinstance(her, Understood)
    assert isinstance(him, Understood)
    assert (her.persons[0].key, her.persons[0].name, her.persons[0].born) == ("P1", "Adult One", "1990-05-04")
    assert her.persons[0].place
    assert her.persons[0].place.postcode == "B90 0AA"
    assert him.persons[0].aliases == ("Duke",)
    night = incidents[0]
    assert isinstance(night, Understood)
    assert night.incident
    assert (night.incident.type, night.incident.target_met) == ("domestic-abuse", "yes")
    assert night.incident.notes[0].text == 'She said: "he will be back".\nOfficers left at 23:00.'
    assert [r.persons[0].role for r in roles if isinstance(r, Understood)] == [
        Role.CALLER, Role.AT_RISK, Role.SUSPECT, Role.CHILD,
    ]  # fmt: skip
    assert [r.relations[0].relation for r in relations if isinstance(r, Understood)] == [
        Relation.EX_PARTNER, Relation.PARENT,
    ]  # fmt: skip
    order = orders[0]
    assert isinstance(order, Understood)
    # It stands until its last day has passed.
    assert order.orders[0].expires
    assert order.orders[0].expires.isoformat() == "2017-09-01T22:59:00+00:00"
