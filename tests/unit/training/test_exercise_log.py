"""What was cut off or damaged in a record is passed over, and what comes after it is kept on a line of its own."""

from pathlib import Path

from callhandler.store.exercise_log import ExerciseLog


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "heard.jsonl"
    log = ExerciseLog(path)
    log.add({"text": "first"})
    with path.open("ab") as file:
        file.write(b'[1]\n"words"\n\x00\x00\n\xff\xfe\n{"text": "cut o')
    log.add({"text": "after"})
    assert [e["text"] for e in log.read()] == ["first", "after"]
    assert [e["text"] for e in log.read(after=1)] == ["after"]
