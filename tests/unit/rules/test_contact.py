"""Whether a contact counts: known who, by whom, alone, and free to speak where she was only spoken to."""

from itertools import product

import pytest

from callhandler.policy.pack import Policy
from callhandler.rules.contact import fault_of

KNOWN = ("yes", "no", "unknown")


@pytest.mark.parametrize(("how", "alone", "free"), list(product(("seen", "spoken_to"), KNOWN, KNOWN)))
def test_unknown_is_never_yes(how: str, alone: str, free: str, policy: Policy) -> None:
    fault = fault_of(policy.pack.contacts, how, "document", alone, free, "officer")
    counts = alone == "yes" and (how == "seen" or free == "yes")
    assert (fault == "") is counts


def test_only_accepted_choices_count_and_each_other_says_why(policy: Policy) -> None:
    table = policy.pack.contacts
    for choice in table.identified:
        fault = fault_of(table, "seen", choice.id, "yes", "yes", "officer")
        assert fault == ("" if choice.accepted else choice.why_not)
    for choice in table.seen_by:
        fault = fault_of(table, "seen", "document", "yes", "yes", choice.id)
        assert fault == ("" if choice.accepted else choice.why_not)


@pytest.mark.parametrize(
    ("identified", "seen_by"), [("", "officer"), ("no-such", "officer"), ("document", "")]
)
def test_what_is_missing_is_said(identified: str, seen_by: str, policy: Policy) -> None:
    assert "missing" in fault_of(policy.pack.contacts, "seen", identified, "yes", "yes", seen_by)
