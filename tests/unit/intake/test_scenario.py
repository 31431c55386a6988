"""Reading a scenario: every fault is told at the file and line it is in, and what is right is read as it is written."""

from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest

from callhandler.app import training_folder
from callhandler.errors import BadInput, BadInputs
from callhandler.intake.scenario import read_scenario, times_of
from callhandler.model.when import Precision

HEAD = "scenario: test\ntitle: A test\nreference: Invented\n"
PEOPLE = """
records:
  people:
    - {id: adult-a, name: Adult A, known_at: 2023-02-11}
  places:
    - {id: flat, label: Her flat, address: "Flat 1, Brackenfoil Street", aliases: [Home], known_at: "2023-02-11"}
"""


def write(folder: Path, text: str, name: str = "test.yaml") -> Path:
    path = folder / name
    path.write_text(HEAD + dedent(text), encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(BadInputs) as caught:
        read_scenario(path)
    return [str(f) for f in caught.value.faults]


def line(path: Path, words: str) -> int:
    """The one line of a file that holds these words."""
    (found,) = [i for i, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if words in text]
    return found


@pytest.mark.parametrize("path", sorted(training_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_every_shipped_scenario_reads_and_is_named_as_its_file(path: Path) -> None:
    found = read_scenario(path)
    assert found.scenario == path.stem
    assert len(times_of(found)) == len(found.events)


def test_days_years_and_times_may_be_written_without_quotation_marks(tmp_path: Path) -> None:
    found = read_scenario(
        write(
            tmp_path,
            """
            records:
              people:
                - {id: a, name: A, known_at: 2018}
                - {id: b, name: B, known_at: 2018-08-26}
                - {id: c, name: C, known_at: 2018-08}
                - {id: d, name: D, known_at: {at: 2018-08-26, precision: month}}
            events:
              - {id: e, do: tick, at: 2018-08-26T22:34}
              - {id: f, do: tick, at: 2018-08-26 22:35:00}
              - {id: g, do: tick, at: 2018-08-26T22:36:00+01:00}
            """,
        )
    )
    assert [p.known_at.when().precision for p in found.records.people] == [
        Precision.YEAR,
        Precision.DAY,
        Precision.MONTH,
        Precision.MONTH,
    ]
    assert [t.minute for t in times_of(found)] == [34, 35, 36]
    assert times_of(found)[0] == datetime(2018, 8, 26, 21, 34, tzinfo=UTC)


INCIDENT = "incidents:\n    - {id: i, type: theft, opened: 2023, summary: x, "
COUNT = "number: 4, counted: logs, span: x, source: x, known_at: 2023}"
POINTERS = {
    "number": "numbers:\n    - {number: '07700 900001', people: [nobody], known_at: 2023}",
    "vehicle": "vehicles:\n    - {description: A van, person: nobody, known_at: 2023}",
    "tie, person": "ties:\n    - {person: nobody, place: flat, tie: lives, since: 2023, known_at: 2023}",
    "tie, place": "ties:\n    - {person: adult-a, place: nobody, tie: lives, since: 2023, known_at: 2023}",
    "relation, a": "relations:\n    - {a: nobody, is: parent, of: adult-a, known_at: 2023}",
    "relation, of": "relations:\n    - {a: adult-a, is: parent, of: nobody, known_at: 2023}",
    "place": INCIDENT + "place: nobody}",
    "party": INCIDENT + "parties: [{person: nobody, role: suspect}]}",
    "about": INCIDENT + "disclosures: [{indicator: fear, by: She, about: nobody}]}",
    "harmed": INCIDENT + "disclosures: [{indicator: fear, by: She, harmed: nobody}]}",
    "risk assessment": INCIDENT + "risk_assessments: [{person: nobody, done: not_done}]}",
    "police warning": INCIDENT + "police_warnings: [{person: nobody, kind: x, terms: x}]}",
    "marker on a person": "markers:\n    - {on: person, subject: nobody, code: x, text: x, since: 2023}",
    "marker on a place": "markers:\n    - {on: place, subject: nobody, code: x, text: x, since: 2023}",
    "marker on a vehicle": "markers:\n    - {on: vehicle, subject: nobody, code: x, text: x, since: 2023}",
    "person record": "person_records:\n    - {person: nobody, kind: caution, text: x, happened: 2023}",
    "count on a place": "counts:\n    - {on: place, subject: nobody, " + COUNT,
    "count on a person": "counts:\n    - {on: person, subject: nobody, " + COUNT,
}


@pytest.mark.parametrize("what", POINTERS)
def test_what_points_nowhere_is_named_at_its_line(what: str, tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text(HEAD + PEOPLE + "  " + POINTERS[what] + "\n", encoding="utf-8")
    (fault,) = faults(path)
    assert fault.startswith(f"test.yaml:{line(path, 'nobody')}: there is no ")
    assert "nobody in records" in fault


@pytest.mark.parametrize("what", POINTERS)
def test_what_points_into_the_history_is_found_there_and_elsewhere_is_named_in_its_own_file(
    what: str, tmp_path: Path
) -> None:
    records = "records:\n  " + POINTERS[what] + "\n"
    (tmp_path / "before.yaml").write_text(HEAD + PEOPLE, encoding="utf-8")
    path = tmp_path / "test.yaml"
    path.write_text(HEAD + "history: before.yaml\n" + records, encoding="utf-8")
    (fault,) = faults(path)
    assert fault.startswith(f"test.yaml:{line(path, 'nobody')}: ")
    known = {"place", "tie, place", "marker on a place", "count on a place"}
    named = "flat" if what in known else "adult-a"
    if what != "marker on a vehicle":
        path.write_text(path.read_text(encoding="utf-8").replace("nobody", named), encoding="utf-8")
        assert read_scenario(path).records.people[0].id == "adult-a"


def test_a_fault_in_the_history_is_told_with_the_historys_line(tmp_path: Path) -> None:
    before = tmp_path / "before.yaml"
    before.write_text(
        HEAD
        + PEOPLE
        + "  ties:\n    - {person: nobody, place: flat, tie: lives, since: 2023, known_at: 2023}\n"
    )
    path = write(tmp_path, "history: before.yaml")
    assert faults(path) == [f"before.yaml:{line(before, 'nobody')}: there is no person nobody in records"]


@pytest.mark.parametrize("name", ["people", "places", "incidents"])
def test_an_id_is_written_once_in_a_file_and_its_history(name: str, tmp_path: Path) -> None:
    entry = {
        "people": "{id: one, name: A, known_at: 2023}",
        "places": "{id: one, label: A, address: A, known_at: 2023}",
        "incidents": "{id: one, type: theft, opened: 2023, summary: x}",
    }[name]
    write(tmp_path, f"records:\n  {name}:\n    - {entry}\n", "before.yaml")
    path = write(tmp_path, f"history: before.yaml\nrecords:\n  {name}:\n    - {entry}\n")
    (fault,) = faults(path)
    assert fault.startswith(f"test.yaml:{line(path, 'id: one')}: ")
    assert "one is written twice" in fault


def test_events_and_truth_are_named_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        truth:
          - {id: t, text: x, reference: x}
          - {id: t, text: y, reference: x}
        events:
          - {id: e, do: tick, at: 2023-01-01T10:00}
          - {id: e, do: tick, at: 2023-01-01T10:01}
        """,
    )
    assert [f.split(": ", 1)[1] for f in faults(path)] == [
        "the truth t is written twice",
        "the event e is written twice",
    ]


def test_a_history_has_no_history(tmp_path: Path) -> None:
    write(tmp_path, "history: older.yaml", "before.yaml")
    path = write(tmp_path, "history: before.yaml")
    assert faults(path) == [
        "before.yaml:4: a history file may not name a history of its own: only one step back"
    ]


def test_a_history_is_told_in_the_same_time_zone(tmp_path: Path) -> None:
    write(tmp_path, "time_zone: Europe/Paris", "before.yaml")
    path = write(tmp_path, "history: before.yaml")
    assert faults(path) == [
        "test.yaml:4: the history is told in another time zone: Europe/Paris there and Europe/London here"
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.yaml", "gone.yaml: this file is missing"),
        ("../before.yaml", "without folders"),
        ("/etc/hostname", "without folders"),
    ],
)
def test_a_history_is_a_file_beside_this_one(name: str, said: str, tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, f"history: {name}"))
    assert said in fault


def test_time_never_goes_back_and_every_place_where_it_does_is_named(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        events:
          - {id: a, do: tick, at: 2023-01-01T10:00}
          - {id: b, do: tick}
          - {id: c, do: tick, at: 2023-01-01T09:59}
          - {id: d, do: tick, at: 2023-01-01T12:00}
          - {id: e, do: tick, at: 2023-01-01T00:05}
        """,
    )
    assert faults(path) == [
        f"test.yaml:{line(path, 'id: c')}: c: this event lies before the one above it",
        f"test.yaml:{line(path, 'id: e')}: e: this event lies before the one above it",
    ]


def test_the_first_event_needs_a_time(tmp_path: Path) -> None:
    path = write(tmp_path, "events:\n  - {id: a, do: tick}\n")
    assert faults(path) == [f"test.yaml:{line(path, 'id: a')}: a: the first event needs a time"]


@pytest.mark.parametrize("subject", ["flat", "Her flat", "HOME", "Flat 1, Brackenfoil Street", "Shop"])
def test_a_check_names_its_subject_by_id_or_by_words(subject: str, tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    events = f"""
events:
  - {{id: call, do: call, at: 2023-03-01T10:00, place: Shop}}
  - {{id: check, do: check, on: place, subject: "{subject}", number: 4, counted: logs, span: x, source: x}}
"""
    path.write_text(HEAD + PEOPLE + events, encoding="utf-8")
    assert read_scenario(path).events[1].id == "check"


def test_a_check_of_what_nobody_has_named_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        events:
          - id: check
            do: check
            at: 2023-03-01T10:00
            on: place
            subject: Her fiat
            number: 4
            counted: logs
            span: not told
            source: An older system
        """,
    )
    (fault,) = faults(path)
    assert fault.startswith(f"test.yaml:{line(path, 'Her fiat')}: there is no place Her fiat")


def test_a_fault_of_one_event_is_told_at_its_own_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        events:
          - id: call
            do: call
            at: 2023-03-01T10:00
            number: 7700
            outcome: whispered
        """,
    )
    found = faults(path)
    assert [f.split(": ")[0] for f in found] == [
        f"test.yaml:{line(path, 'number:')}",
        f"test.yaml:{line(path, 'outcome:')}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "events: [",
        "title: Twice",
        "events:\n  - {id: a, do: dance}",
        "time_zone: Europe/Nowhere",
        "records: {heroes: []}",
        "events: 5",
        "records:\n  people:\n    - {id: a, name: A, known_at: 2018-02-30}",
    ],
)
def test_what_is_malformed_is_told_and_not_raised_raw(text: str, tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, text))
    assert fault.startswith("test.yaml:")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"[]", b"5", b"- a\n- b"])
def test_what_is_no_scenario_at_all_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_bytes(data)
    with pytest.raises(BadInput):
        read_scenario(path)


def test_an_example_of_every_kind_in_the_help_page_reads_as_it_stands(tmp_path: Path) -> None:
    page = (training_folder().parent / "help" / "scenarios.md").read_text(encoding="utf-8")
    blocks = [b.split("```")[0] for b in page.split("```yaml\n")[1:]]
    whole = [b for b in blocks if b.startswith("scenario:")]
    assert len(whole) >= 3
    for number, block in enumerate(whole):
        path = tmp_path / f"{number}.yaml"
        path.write_text(block, encoding="utf-8")
        read_scenario(path)
