"""Which order somebody may mean: every type is found by what callers call it, and nothing is suggested of other talk."""

import pytest

from callhandler.policy.pack import Policy
from callhandler.rules.order_suggest import suggest


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("I've got a non-mol against him", "nmo"),
        ("there is a NON MOLESTATION ORDER", "nmo"),
        ("he gave an undertaking to the judge", "und"),
        ("he's on police bail", "bail-police"),
        ("he was bailed by the court", "bail-court"),
        ("they gave him a dvpn last night", "dvpn"),
        ("a domestic abuse protection order", "dapo"),
        ("an interim stalking protection order", "ispo"),
        ("I have a restraining order", "ro"),
        ("my Belfast non-molestation order", "ni-nmo"),
        ("he is out on licence", "licence"),
        ("a prohibited steps order for the kids", "child-arrangements"),
    ],
)
def test_the_longest_of_her_words_decides(said: str, first: str, policy: Policy) -> None:
    assert suggest(said, policy.pack.orders)[0].id == first


@pytest.mark.parametrize(
    "said", ["", "he slapped me", "spoken to him", "in short order", "my nonmolecular thing"]
)
def test_other_talk_suggests_nothing(said: str, policy: Policy) -> None:
    assert suggest(said, policy.pack.orders) == ()


def test_every_type_is_found_by_its_name_and_by_each_of_its_words(policy: Policy) -> None:
    for kind in policy.pack.orders:
        for words in (kind.name, *kind.words):
            assert kind in suggest(f"She has a {words}, she says.", policy.pack.orders), (kind.id, words)
