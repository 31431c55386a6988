"""What several rules ask of one picture is worked out once, and nothing of it is carried to another picture."""

import pytest

from callhandler.intake.situation_picture import picture_of
from callhandler.intake.situations import read_situations
from callhandler.model.facts import Stance
from callhandler.model.picture import Picture
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.rules import history, match
from callhandler.rules.ask import questions_for
from callhandler.rules.assess import assess
from callhandler.settings import Settings
from tests.shipped import shipped
from tests.unit.pictures import Build

_FEAR = {"present": {"indicators": ["fear"]}}
_DRUGS = {"present": {"indicators": ["drugs"], "scope": "history"}}


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
    b.told("drugs", stance=Stance.DENIED)
    seen = history.read(b.picture(), policy)
    asked: list[object] = []
    present_word = match._WORDS["present"]
    monkeypatch.setitem(match._WORDS, "present", lambda w, s: asked.append(w) or present_word(w, s))
    both = Condition.model_validate({"any": [{"present": {"indicators": ["fear"]}}] * 2})
    assert match.match(both, seen) == match.match(both, seen)
    assert match.match(present("fear"), seen) is not None
    assert match.holds(both, seen)
    assert len(asked) == 1
    # Something was said of it, and that was a denial: it is looked at, once, and does not hold.
    assert match.match(present("drugs"), seen) is None
    assert match.match(present("drugs"), seen) is None
    assert len(asked) == 2
    # Nothing was said of it at all: there is nothing to look at.
    assert match.match(present("weapon-seen"), seen) is None
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("written", "rests_on"),
    [
        ({"present": {"indicators": ["fear", "drugs"]}}, ("here", {"fear", "drugs"})),
        ({"present": {"indicators": ["fear"], "scope": "any"}}, ("any", {"fear"})),
        ({"present": {"weight": "grave"}}, None),
        ({"again": {"indicators": ["fear"]}}, ("here", {"fear"})),
        ({"unnamed": {"roles": ["suspect"]}}, None),
        ({"all": [_FEAR, {"unnamed": {"roles": ["suspect"]}}]}, ("here", {"fear"})),
        ({"all": [_DRUGS, {"present": {"indicators": ["fear", "alone"]}}]}, ("history", {"drugs"})),
        ({"any": [_FEAR, {"unnamed": {"roles": ["suspect"]}}]}, None),
        ({"any": [_FEAR, _DRUGS]}, ("any", {"fear", "drugs"})),
        ({"not": {"order": {}}}, None),
    ],
)
def test_what_must_have_been_told(written: object, rests_on: tuple[str, set[str]] | None) -> None:
    assert Condition.model_validate(written).rests_on == rests_on


def test_what_is_not_looked_at_would_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same of every rule, question and proposal whether or not anything is left out; without records or with them."""
    policy = shipped("national")
    entries = (*policy.pack.warnings, *policy.pack.questions, *policy.pack.offences, *policy.pack.referrals)
    conditions = [e.when for e in entries if e.when is not None]
    cases = read_situations(Settings(database="").policy_folder / "situations", policy)[::9]
    pictures = [picture_of(case.situation.given, policy) for case in cases]
    quick = [[match.match(c, seen) for c in conditions] for seen in _seen(pictures, policy)]
    assert [[match.holds(c, seen) for c in conditions] for seen in _seen(pictures, policy)] == [
        [found is not None for found in row] for row in quick
    ]
    assert any(found for row in quick for found in row)
    monkeypatch.setattr(Condition, "rests_on", property(lambda _: None))
    assert [[match.match(c, seen) for c in conditions] for seen in _seen(pictures, policy)] == quick


def _seen(pictures: list[Picture], policy: Policy) -> list[history.History]:
    return [history.read(picture, policy) for picture in pictures]


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
