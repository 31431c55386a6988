"""What a policy says many times over is there once, and says the same as before."""

import json

from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Pack, policy_of
from callhandler.policy.sharing import shared
from tests.shipped import shipped


def test_sharing_changes_no_byte_of_a_policy() -> None:
    apart = Pack.from_canonical(shipped("national").pack.canonical())
    before = apart.canonical()
    assert shared(apart).canonical() == before


def test_equal_conditions_are_one() -> None:
    policy = policy_of(Pack.from_canonical(shipped("national").pack.canonical()))
    conditions: list[Condition] = [
        part for rule in policy.pack.warnings for part in (rule.when.walk() if rule.when else ())
    ]
    written = {c.written for c in conditions}
    assert len(written) == len({id(c) for c in conditions}) < len(conditions)


def test_what_was_written_and_what_was_left_to_its_default_stay_apart() -> None:
    data = json.loads(shipped("national").pack.canonical())
    first, second = data["indicators"][0], data["indicators"][1]
    first["types"], second["types"] = [], ["violence"]
    pack = shared(Pack.model_validate_json(json.dumps(data)))
    assert "types" in pack.indicators[0].model_fields_set
    assert json.loads(pack.canonical())["indicators"][0]["types"] == []


def test_a_word_of_an_enumeration_does_not_become_its_letters() -> None:
    policy = shipped("national")
    assert all(type(rule.tier).__name__ == "Tier" for rule in policy.pack.warnings)
