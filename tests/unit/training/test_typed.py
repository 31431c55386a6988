"""Typed questions find what they ask for, and seldom something else: floors on the half that nothing was tuned on."""

import pytest

from tests.typed import KEPT, TUNED, exercise_of, listener_of, measured, questions

RIGHT, WRONG = 0.70, 0.10
"""Measured 0.73 and 0.08: tests/data/training/README.md. A wrong answer is worse than none."""


def test_every_question_asks_for_what_somebody_there_knows() -> None:
    for typed in questions():
        speaker = exercise_of(typed.exercise).speakers[typed.speaker]
        known = {k.id for k in speaker.knows if not k.lines or typed.line in k.lines}
        assert set(typed.wanted) <= known, typed


def test_the_halves_are_halves_of_more_than_250_and_a_sixth_asks_for_nothing() -> None:
    halves = [t.half for t in questions()]
    assert len(halves) >= 250
    assert 0.45 < halves.count(TUNED) / len(halves) < 0.55
    assert sum(not t.wanted for t in questions()) >= len(halves) / 6


def test_the_untouched_half_is_answered_rightly_and_seldom_wrongly() -> None:
    found = measured(KEPT)
    assert found["right"] / found.total() >= RIGHT
    assert found["wrong"] / found.total() <= WRONG


def test_a_way_of_asking_finds_what_it_was_written_for() -> None:
    lost, ways = [], 0
    for name in ("silent-marked-number", "order-not-on-record", "transfer-lost-threat", "stay-on-the-line"):
        for speaker in exercise_of(name).people:
            for known in speaker.knows:
                listener = listener_of(name, known.lines[0], speaker.id)
                ways += len(known.words)
                lost += [w for w in known.words if listener.typed(w, safe=True, before={}).known != known.id]
    assert ways > 400
    assert lost == []


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("I am sorry that you had to wait so long. Does he have a key?", "second-key"),
        ("are you on your own, and was he drunk when he came", "alone-here"),
        ("I will get somebody to you as soon as I can", ""),
        ("do you need a key for the piano in the church hall", ""),
    ],
)
def test_one_clause_is_heard_among_others_and_a_word_alone_asks_nothing(words: str, known: str) -> None:
    answer = listener_of("transfer-lost-threat", "call-2", "mother").typed(words, safe=True, before={})
    assert (answer.known, answer.understood) == (known, bool(known))
