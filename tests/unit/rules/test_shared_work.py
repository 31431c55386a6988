"""What several rules ask of one picture is worked out once, and nothing of it is carried to another picture."""

import pytest

from callhandler.model.facts import Stance
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.rules import history, match
from callhandler.rules.ask import questions_for
from callhandler.rules.assess import assess
from tests.unit.pictures import Build


def present(*indicators: str, **more: object) -> Condition:
    return Condition.model_validate({"present": {"indicators": list(indicators), **more}})


def test_conditions_written_alike_are_one_and_others_are_not() -> None:
    assert present("fear").written == present("fear").written
    assert len({present("fear").written, present("fear", scope="any").written, present("drugs").written}) == 3


def test_a_condition_written_twice_is_worked_out_once(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    b = Build().people()
    b.told("fear")
    seen = history.read(b.picture(), policy)
    asked: list[object] = []
    present_word = match._WORDS["present"]
    monkeypatch.setitem(match._WORDS, "present", lambda w, s: asked.append(w) or present_word(w, s))
    both = Condition.model_validate({"any": [{"present": {"indicators": ["fear"]}}] * 2})
    assert match.match(both, seen) is match.match(both, seen)
    assert match.match(present("fear"), seen) is not None
    assert match.match(present("drugs"), seen) is None
    assert match.match(present("drugs"), seen) is None
    assert len(asked) == 2


def test_nothing_is_carried_from_one_picture_to_the_next(policy: Policy) -> None:
    b = Build().people()
    condition = present("fear")
    assert match.match(condition, history.read(b.picture(), policy)) is None
    b.told("fear")
    assert match.match(condition, history.read(b.picture(), policy)) is not None


def test_told_and_denied_are_kept_apart_in_every_scope(policy: Policy) -> None:
    b = Build().people()
    b.past(901, 10)
    for incident in (1, 901):
        for stance in Stance:
            b.told("fear", incident=incident, stance=stance)
    seen = history.read(b.picture(), policy)
    for _ in range(2):
        for scope, count in (("here", 1), ("history", 1), ("any", 2)):
            for stance in Stance:
                found = seen.told(scope, stance)
                assert [d.stance for d in found] == [stance] * count


def test_a_picture_worked_through_before_is_judged_the_same(policy: Policy) -> None:
    b = Build().people()
    b.call(0)
    b.told("violence-now")
    picture = b.picture(3)
    seen = history.read(picture, policy)
    asked = questions_for(seen, policy)
    assert assess(picture, policy, seen) == assess(picture, policy)
    assert questions_for(history.read(picture, policy), policy) == asked
