"""Exercise files broken as people break them: each is told gently, at file and line, with what to write."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.intake.exercise import read_exercise
from callhandler.policy.pack import Policy
from callhandler.services.training.checked import against_policy

SMALL = Path(__file__).parents[2] / "data" / "training" / "small.yaml"


@dataclass(frozen=True)
class Broken:
    """`old` of the small exercise is written as `new`; `says` is told at the line that holds `at`."""

    old: str
    new: str
    at: str
    says: str


BROKEN = {
    "a comma in an unquoted sentence": Broken(
        "says: He hit me in the face.,",
        "says: He hit me, and he ran off.,",
        "he ran off",
        "“and he ran off.” was read as a key, for a comma inside braces ends a sentence: put the whole sentence between"
        " quotation marks",
    ),
    "a colon in an unquoted sentence": Broken(
        "    cannot_say: I can't talk now.",
        "    cannot_say: I say: no.",
        "I say: no",
        "a colon in a sentence makes a key of what is before it: put the whole sentence between quotation marks (not"
        " valid YAML: mapping values are not allowed here)",
    ),
    "a key that is none": Broken(
        "volunteered: 5", "volunteer: 5", "volunteer: 5", "did you mean volunteered?"
    ),
    "a key of the whole file that is none": Broken(
        "scheme: national", "schema: national", "schema:", "there is no schema here; did you mean scheme?"
    ),
    "a key that is missing": Broken(
        "title: A caller who is overheard\n",
        "",
        "exercise: small",
        "title is missing: write “title: ...” here",
    ),
    "a key that a moment wants": Broken(
        "    least: I\n", "", "id: first", "least is missing: write “least: ...” here"
    ),
    "a key written twice": Broken(
        "    within: 2", "    within: 2\n    within: 3", "within: 3", "a key may be written once in one block"
    ),
    "nothing after a key": Broken(
        "title: A caller who is overheard",
        "title:",
        "title:",
        "nothing is written after title: write it, or take the key away",
    ),
    "a number where words are wanted": Broken(
        "says: He has the kitchen knife.", "says: 999", "says: 999", "put it between quotation marks"
    ),
    "words where a number is wanted": Broken(
        "volunteered: 5",
        "volunteered: soon",
        "volunteered: soon",
        "volunteered wants a whole number, without words: 'soon' is none",
    ),
    "less than no seconds": Broken(
        "seconds: 120", "seconds: -1", "seconds: -1", "seconds must be at least 0"
    ),
    "one word where a list is wanted": Broken(
        "asked_by: [weapon]",
        "asked_by: weapon",
        "asked_by: weapon",
        "asked_by wants a list: write it in brackets, [weapon]",
    ),
    "neither true nor false": Broken(
        "safe: false, text: A door.",
        "safe: perhaps, text: A door.",
        "perhaps",
        "safe is true or false: 'perhaps' is neither",
    ),
    "a happening of no kind": Broken(
        "{id: dead, do: ends,",
        "{id: dead, do: end,",
        "do: end,",
        "nothing is called do: end here; did you mean ends?",
    ),
    "a happening without its kind": Broken(
        "{id: dead, do: ends,",
        "{id: dead,",
        "{id: dead",
        "say what happens: do is missing; it is one of rings, says",
    ),
    "a name in capitals": Broken(
        "{id: dead,",
        "{id: Line Dead,",
        "Line Dead",
        "wants a name in small letters, digits and hyphens, such as line-dead",
    ),
    "an end of no kind": Broken(
        "how: line_cut", "how: cut", "how: cut", "how cannot be 'cut'; there are hangs_up, line_cut"
    ),
    "no time": Broken(
        'at: "2024-03-06T20:20"}', "}", "id: over", "say when it happens: either at, or after (with seconds)"
    ),
    "two times": Broken(
        'at: "2024-03-06T20:20"}', 'at: "2024-03-06T20:20", after: dead}', "id: over", "either at, or after"
    ),
    "a time that is none": Broken(
        'at: "2024-03-06T20:20"}', 'at: "20:20"}', "id: over", "write a time as 2018-08-26T22:34"
    ),
    "a time before the start": Broken(
        'at: "2024-03-06T20:03"',
        'at: "2024-03-05T20:03"',
        "id: call-2",
        "call-2 lies before the start of the exercise",
    ),
    "a stop before the first call": Broken(
        'at: "2024-03-06T20:20"}',
        'at: "2024-03-06T20:00"}',
        "id: over",
        "over stops the exercise before anybody rings",
    ),
    "a mark that no happening has": Broken(
        'after: "he-takes-it"',
        "after: he-takes",
        "after: he-takes,",
        "there is no happening he-takes to wait for; did you mean he-takes-it?",
    ),
    "a mark that no call has": Broken(
        'after: "call-1:graded"',
        'after: "call-1:grade"',
        'call-1:grade"',
        "a call has no grade; it has rang, answered",
    ),
    "a mark of what is no call": Broken(
        'after: "he-takes-it"',
        'after: "overheard:ended"',
        "overheard:ended",
        "overheard is no call, so it has no ended",
    ),
    "a mark of a grade that the policy lacks": Broken(
        'after: "call-1:graded"',
        'after: "call-1:graded-P1"',
        "graded-P1",
        "the policy has no grade P1; did you mean P?",
    ),
    "a mark of what nobody knows": Broken(
        'after: "call-1:graded"',
        'after: "call-1:asked-knives"',
        "asked-knives",
        "so it cannot be asked for; did you mean knife?",
    ),
    "happenings that wait for each other": Broken(
        'after: "call-1:answered", seconds: 120',
        "after: dead, seconds: 120",
        "id: he-takes-it",
        "he-takes-it waits for itself, by way of what it waits for",
    ),
    "a speaker who is nobody": Broken(
        'speaker: adult-a, number: "07700 900160"',
        'speaker: adult-b, number: "07700 900160"',
        "speaker: adult-b",
        "there is nobody adult-b in people; did you mean adult-a?",
    ),
    "a call that never rings": Broken(
        "seconds: 30, line: call-1, how: line_cut",
        "seconds: 30, line: call-9, how: line_cut",
        "line: call-9",
        "there is no call call-9; did you mean call-2?",
    ),
    "nobody rings": Broken("do: rings", "do: stops", "do: stops", "there is no"),
    "what never comes out": Broken(
        ", words: [what happened, what has he done], volunteered: 5",
        "",
        "id: struck",
        "struck can never come out: give asked_by, words or volunteered",
    ),
    "guarded, and always safe": Broken(
        "        safe_only: true\n", "", "guarded:", "knife is not safe_only, so guarded is never said"
    ),
    "volunteered, and denied at first": Broken(
        "at_first: It's only me.",
        "at_first: It's only me.\n        volunteered: 9",
        "at_first:",
        "children is volunteered, so nothing else is said at first",
    ),
    "an act of others on no call": Broken(
        "seconds: 30, line: call-1, event",
        "seconds: 30, event",
        "id: no-unit",
        "say on which call's incident this is done: line",
    ),
    "two people of one name": Broken(
        "  - id: partner\n", "  - id: adult-a\n", "id: adult-a\n", "the person adult-a is written twice"
    ),
    "one happening twice": Broken(
        "{id: dead,", "{id: over,", "id: over, do: stops", "the happening over is written twice"
    ),
    "another's known thing of the same name": Broken(
        "id: nothing-wrong", "id: knife", "Nothing's wrong", "the known thing knife is written twice"
    ),
    "a person whom the records lack": Broken(
        "{person: adult-a, place: flat",
        "{person: adult-x, place: flat",
        "adult-x",
        "there is no person adult-x in records",
    ),
    "an indicator that the policy lacks": Broken(
        "indicator: weapon-seen",
        "indicator: weapon-saw",
        "weapon-saw",
        "the policy has no indicator weapon-saw; did you mean weapon-seen?",
    ),
    "a question that the policy lacks": Broken(
        "asked_by: [weapon]",
        "asked_by: [wepon]",
        "wepon",
        "the policy has no question wepon; did you mean weapon?",
    ),
    "a grade that the policy lacks": Broken(
        "least: I", "least: Red", "least: Red", "the policy has no grade Red; there are I, P, S, R"
    ),
    "a warning that the policy lacks": Broken(
        "    least: I",
        "    warnings: [threat]\n    least: I",
        "warnings:",
        "the policy has no warning threat",
    ),
    "asked for in the key, and known to nobody": Broken(
        "any_of: [knife, weapon]",
        "any_of: [blade]",
        "any_of: [blade]",
        "nobody knows blade, and the policy has no question blade",
    ),
    "an act that is none": Broken(
        "    least: I",
        "    acts: [{any_of: [close], why: x}]\n    least: I",
        "acts:",
        "cannot be 'close'; did you mean closed?",
    ),
    "a history that is missing": Broken(
        "scheme: national",
        "scheme: national\nhistory: lost.yaml",
        "history:",
        "there is no lost.yaml beside this file, nor among the shipped histories",
    ),
    "a history elsewhere": Broken(
        "scheme: national",
        "scheme: national\nhistory: ../lost.yaml",
        "history:",
        "history names a file beside this one, without folders",
    ),
    "a history of another time zone": Broken(
        "scheme: national",
        "scheme: national\ntime_zone: Europe/Paris\nhistory: solihull-history.yaml",
        "history:",
        "the history is told in another time zone: Europe/London there and Europe/Paris here",
    ),
    "a time zone that is none": Broken(
        "scheme: national",
        "scheme: national\ntime_zone: Marlbrook",
        "time_zone:",
        "Marlbrook is not a time zone",
    ),
    "a bracket left open": Broken(
        "asked_by: [weapon]", "asked_by: [weapon", "words: [is there a weapon", "a bracket is not closed"
    ),
    "a tab": Broken("    least: I", "\tleast: I", "least: I", "indent with spaces"),
}


def told(path: Path, policy: Policy) -> list[str]:
    """Every fault of a file, as `callhandler exercise check` tells it."""
    try:
        exercise = read_exercise(path)
    except BadInputs as error:
        return [str(f) for f in error.faults]
    return [str(f) for f in against_policy(exercise, path, policy)]


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_it_is_said_gently_and_where_it_is_wrong(case: Broken, tmp_path: Path, policy: Policy) -> None:
    whole = SMALL.read_text(encoding="utf-8")
    assert case.old in whole
    path = tmp_path / "mine.yaml"
    path.write_text(whole.replace(case.old, case.new), encoding="utf-8")
    lines = [
        i for i, text in enumerate((whole.replace(case.old, case.new)).splitlines(True), 1) if case.at in text
    ]
    found = told(path, policy)
    fitting = [f for f in found if case.says in f]
    assert fitting, found
    assert fitting[0].startswith(tuple(f"mine.yaml:{line}: " for line in lines)), (lines, found)
    for words in ("Input should", "Extra inputs", "Field required", "Value error", "should have at least"):
        assert not [f for f in found if words in f]


def test_what_is_not_utf8_is_told_at_its_line(tmp_path: Path, policy: Policy) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(SMALL.read_text(encoding="utf-8").replace("Her flat", "Her café").encode("latin-1"))
    (found,) = told(path, policy)
    assert found.startswith(
        "mine.yaml:14: a character here is not UTF-8: save the file as UTF-8 in your editor"
    )


@pytest.mark.parametrize("text", ["", "- a list\n", "only words\n"])
def test_what_is_no_exercise_is_told_how_one_begins(text: str, tmp_path: Path, policy: Policy) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = told(path, policy)
    assert found.startswith("mine.yaml:1: an exercise begins with “exercise: its-name”, then its title")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path, policy: Policy) -> None:
    assert told(tmp_path / "mine.yaml", policy) == ["mine.yaml: this file is missing"]


def test_several_faults_are_told_at_once_each_at_its_line(tmp_path: Path, policy: Policy) -> None:
    whole = (
        SMALL.read_text(encoding="utf-8")
        .replace("volunteered: 5", "volunteer: 5")
        .replace("how: line_cut", "how: cut")
    )
    path = tmp_path / "mine.yaml"
    path.write_text(whole, encoding="utf-8")
    assert len(told(path, policy)) == 2
