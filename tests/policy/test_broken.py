"""A broken policy: each fault is named with its file and line, all of them in one reading, and nothing half-read is used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.policy.loader import load

Edit = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Edit:
    """Replace the first place where `old` is written."""

    def edit(pack: Path) -> None:
        path = pack / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}; this test must be told anew"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def add(file: str, entry: str) -> Edit:
    """Append an entry to a list file."""

    def edit(pack: Path) -> None:
        path = pack / file
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry + "\n", encoding="utf-8")

    return edit


def rule(when: str, *, more: str = "", sentence: str = "Something is told", settles: str = "") -> Edit:
    """Append a warning."""
    entry = f"""  - id: a-new-rule
    tier: serious
    sentence: "{sentence}"
    when: {when}
    do: ["Act"]
    settles: {settles or "[{fact: suspect-detained, said_by: [custody-officer], confirmed_by: [custody-record]}]"}
    not_settled_by: ["He has left"]
    reference: "test 1"
    {more}"""
    return add("core/warnings.yaml", entry)


def gone(file: str) -> Edit:
    return lambda pack: (pack / file).unlink()


def bytes_of(file: str, data: bytes) -> Edit:
    def edit(pack: Path) -> None:
        (pack / file).write_bytes(data)

    return edit


WARNINGS, QUESTIONS, GATES = "core/warnings.yaml", "core/questions.yaml", "core/gates.yaml"
ORDERS, TYPES, SCHEME = "core/orders.yaml", "core/types.yaml", "schemes/national.yaml"
FEAR = "{present: {indicators: [fear]}}"

BROKEN: dict[str, tuple[Edit, str, str]] = {
    # what, where, which words
    "unknown key": (swap(WARNINGS, "    floor: immediate", "    flor: immediate"), WARNINGS, "flor"),
    "duplicate id": (swap(TYPES, "id: violence", "id: domestic-abuse"), TYPES, "used 2 times"),
    "duplicate YAML key": (
        swap(TYPES, "    domestic: true", "    name: Other\n    domestic: true"),
        TYPES,
        "duplicate key",
    ),
    "dangling indicator": (rule("{present: {indicators: [no-such]}}"), WARNINGS, "no indicator no-such"),
    "dangling question": (rule("{unknown: {questions: [no-such]}}"), WARNINGS, "no question no-such"),
    "dangling order": (rule("{order: {types: [no-such]}}"), WARNINGS, "no order type no-such"),
    "dangling type": (rule("{type: {types: [no-such]}}"), WARNINGS, "no incident type no-such"),
    "dangling confirmation": (
        rule(FEAR, settles="[{fact: no-such, said_by: [dispatcher], confirmed_by: [record-read]}]"),
        WARNINGS,
        "no confirmation no-such",
    ),
    "dangling sayer": (
        rule(FEAR, settles="[{fact: caller-told, said_by: [no-such], confirmed_by: [record-read]}]"),
        WARNINGS,
        "nobody called no-such",
    ),
    "dangling check": (
        rule(FEAR, settles="[{fact: caller-told, said_by: [dispatcher], confirmed_by: [no-such]}]"),
        WARNINGS,
        "no check called no-such",
    ),
    "dangling settling question": (
        rule(FEAR, more="settled_by_reply: [no-such]"),
        WARNINGS,
        "no question no-such",
    ),
    "a question that tells nothing known": (
        swap(QUESTIONS, 'tells: {"yes": place-known}', 'tells: {"yes": no-such}'),
        QUESTIONS,
        "tells no known no-such",
    ),
    "not under a floor": (
        rule('{not: {replied: {question: alone, reply: "yes"}}}', more="floor: immediate"),
        WARNINGS,
        "may not use not",
    ),
    "unknown under a floor": (
        rule("{all: [{unknown: {questions: [alone]}}]}", more="floor: priority"),
        WARNINGS,
        "may not use unknown",
    ),
    "response none under a floor": (
        rule('{response: {states: ["none"]}}', more="floor: priority"),
        WARNINGS,
        "may not use response with none",
    ),
    "two words in one condition": (
        rule("{order: {}, present: {indicators: [fear]}}"),
        WARNINGS,
        "exactly one word",
    ),
    "no word in a condition": (rule("{}"), WARNINGS, "exactly one word"),
    "an empty word": (rule("{order: }"), WARNINGS, "order is empty"),
    "an empty list": (rule("{all: []}"), WARNINGS, "at least one condition"),
    "an empty when": (rule(""), WARNINGS, "when"),
    "a question asked always by a slip": (
        swap(QUESTIONS, "    when: *danger_here\n", "    when:\n"),
        QUESTIONS,
        "when is empty",
    ),
    "a word outside the vocabulary": (rule("{moon: full}"), WARNINGS, "moon"),
    "an expression": (rule('"count > 3"'), WARNINGS, "when"),
    "a placeholder that is not known": (rule(FEAR, sentence="Told {moon}"), WARNINGS, "no value for {moon}"),
    "a placeholder without a name": (rule(FEAR, sentence="Told {}"), WARNINGS, "no value for {}"),
    "a brace too many": (rule(FEAR, sentence="Told {words"), WARNINGS, "brace too many"),
    "a placeholder with a form": (
        rule(FEAR, sentence="Told {words:d}"),
        WARNINGS,
        "nothing more in its braces",
    ),
    "nothing that settles it": (rule(FEAR, settles="[]"), WARNINGS, "could never end"),
    "no step to take": (
        swap(
            WARNINGS,
            '    do:\n      - "Stay on the line while he may be near"',
            "    do: []\n    dont:\n      - x",
        ),
        WARNINGS,
        "do",
    ),
    "a gate weaker than the least": (
        swap(GATES, "gate: rationale_and_agreement", "gate: rationale"),
        GATES,
        "at least rationale_and_agreement",
    ),
    "raising that asks something": (
        swap(GATES, "gate: none", "gate: reason"),
        GATES,
        "raising asks nothing, ever",
    ),
    "a case twice": (
        swap(GATES, "case: below_floor_critical", "case: below_floor"),
        GATES,
        "below_floor is written 2 times",
    ),
    "agreement by whoever asks": (
        swap(GATES, "may_agree: [supervisor]", "may_agree: [handler]"),
        GATES,
        "may_agree",
    ),
    "no ground at all": (
        lambda pack: (pack / GATES).write_text(
            (pack / GATES).read_text(encoding="utf-8").replace("grounds:\n", "grounds: []\nungrounds:\n", 1),
            encoding="utf-8",
        ),
        GATES,
        "ungrounds",
    ),
    "the same choice twice": (
        swap(GATES, "id: person-safe-with-officers", "id: suspect-detained"),
        GATES,
        "used 2 times",
    ),
    "no grade that is immediate": (
        swap(SCHEME, "band: immediate", "band: priority"),
        SCHEME,
        "band immediate",
    ),
    "grades out of order": (swap(SCHEME, "rank: 1", "rank: 9"), SCHEME, "most urgent first"),
    "two grades of one rank": (swap(SCHEME, "rank: 2", "rank: 1"), SCHEME, "the same rank"),
    "a target that is no number": (
        swap(SCHEME, "target_minutes: 15", "target_minutes: soon"),
        SCHEME,
        "target_minutes",
    ),
    "YAML that is none": (swap(TYPES, "    name:", "   name:"), TYPES, "not valid YAML"),
    "a number where text is needed": (swap(TYPES, 'name: "Violence"', "name: 55"), TYPES, "given 55"),
    "a file missing": (gone(ORDERS), ORDERS, "this file is missing"),
    "a file that is not UTF-8": (bytes_of(ORDERS, b"orders:\n  - id: \xff\xfe"), ORDERS, "UTF-8"),
    "an empty file": (bytes_of(TYPES, b""), TYPES, "holds one key"),
    "another key beside the list": (add(TYPES, "more: []"), TYPES, "holds one key"),
    "a date that is none": (
        swap(ORDERS, "valid_from: 2007-07-01", "valid_from: 2007-02-30"),
        ORDERS,
        "valid_from",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_named_with_file_and_line(name: str, pack: Path) -> None:
    edit, file, words = BROKEN[name]
    edit(pack)

    with pytest.raises(BadInputs) as caught:
        load(pack, "national")

    mine = [f for f in caught.value.faults if words in str(f)]
    assert mine, str(caught.value)
    where = mine[0].where
    assert where.startswith(Path(file).name)
    if words not in ("this file is missing", "UTF-8"):
        line = int(where.rsplit(":", 1)[1])
        lines = (pack / file).read_text(encoding="utf-8").count("\n") + 1
        assert 1 <= line <= lines
    assert "Traceback" not in str(caught.value)


def test_the_line_is_the_line(pack: Path) -> None:
    text = (pack / WARNINGS).read_text(encoding="utf-8")
    (pack / WARNINGS).write_text(
        text.replace("    floor: immediate", "    flor: immediate", 1), encoding="utf-8"
    )
    expected = 1 + (pack / WARNINGS).read_text(encoding="utf-8").split("    flor")[0].count("\n")
    with pytest.raises(BadInputs) as caught:
        load(pack, "national")
    assert [f.where for f in caught.value.faults] == [f"warnings.yaml:{expected}"]


def test_all_faults_of_all_files_are_told_at_once(pack: Path) -> None:
    for edit in (
        swap(WARNINGS, "    floor: immediate", "    flor: immediate"),
        swap(QUESTIONS, "part: risk", "part: luck"),
        swap(SCHEME, "target_minutes: 15", "target_minutes: soon"),
        swap(TYPES, 'name: "Violence"', "name: 55"),
        gone(ORDERS),
    ):
        edit(pack)
    with pytest.raises(BadInputs) as caught:
        load(pack, "national")
    files = {f.where.split(":")[0] for f in caught.value.faults}
    assert files == {"warnings.yaml", "questions.yaml", "national.yaml", "types.yaml", "orders.yaml"}


def test_all_faults_of_meaning_are_told_at_once(pack: Path) -> None:
    rule("{present: {indicators: [no-such]}}", sentence="Told {moon}", settles="[]")(pack)
    swap(GATES, "gate: rationale_and_agreement", "gate: reason")(pack)
    swap(SCHEME, "band: immediate", "band: priority")(pack)
    with pytest.raises(BadInputs) as caught:
        load(pack, "national")
    assert len(caught.value.faults) == 5


def test_a_stricter_gate_is_a_forces_own_choice(pack: Path) -> None:
    swap(GATES, "gate: reason", "gate: rationale")(pack)
    assert load(pack, "national").gates.cases[3].gate == "rationale"


def test_a_list_of_response_states_is_a_list(pack: Path) -> None:
    rule(FEAR, more="settled_by_response: [assigned]\n    settled_by_response_of: suspect")(pack)
    found = load(pack, "national").warnings["a-new-rule"]
    assert [s.value for s in found.settled_by_response] == ["assigned"]
    assert found.settled_by_response_of == "suspect"
