"""Whether a contact counts: known who, by whom, alone, and free to speak where she was only spoken to."""

from dataclasses import replace
from itertools import product

import pytest

from callhandler.model.acts import Authority, Contact, Retraction
from callhandler.model.assessment import Act, Gate, Tier, Warning
from callhandler.model.facts import Stance
from callhandler.model.people import Role
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.contact import fault_of, half_met, unseen
from tests.unit.pictures import HER, HERE, OTHER, START, Build, assessment, warning

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


# --- who is still to be seen -----------------------------------------------------------------


def build() -> Build:
    """Her and a second person at risk, in an incident in which something was told."""
    made = Build().people().party(OTHER, Role.AT_RISK)
    made.told("violence-now")
    return made


def still(made: Build, policy: Policy, *raised: Warning) -> tuple[str, ...]:
    picture = made.picture()
    return unseen(history.read(picture, policy), assessment(*(raised or (warning(),))))


def meet(made: Build, person: int | None, *, counts: bool = True) -> int:
    id_ = made.next()
    made.add(
        "contacts",
        Contact(
            id_, HERE, person, "seen", "document", "yes", "yes", "officer", "4123", "", counts, "", "A", START
        ),
    )
    return id_


def test_each_at_risk_counts_for_herself(policy: Policy) -> None:
    made = build()
    assert still(made, policy) == ("Adult 1", "A neighbour")
    meet(made, HER)
    assert still(made, policy) == ("A neighbour",)
    meet(made, OTHER)
    assert still(made, policy) == ()


def test_one_that_does_not_count_and_one_before_the_last_disclosure_are_none(policy: Policy) -> None:
    made = build()
    for person in (HER, OTHER):
        meet(made, person, counts=False)
    assert still(made, policy) == ("Adult 1", "A neighbour")
    for person in (HER, OTHER):
        meet(made, person)
    assert still(made, policy) == ()
    made.told("weapon-feared", stance=Stance.DENIED)
    assert still(made, policy) == (), "a denial tells nothing new"
    made.told("weapon-feared")
    assert still(made, policy) == ("Adult 1", "A neighbour")


def test_nothing_raised_asks_for_nobody(policy: Policy) -> None:
    made = build()
    assert still(made, policy, warning(Tier.NOTE, floor=None)) == ()
    assert still(made, policy, warning(Tier.SERIOUS, floor=None)) != ()
    settled = replace(warning(), settled_by=7)
    assert still(made, policy, settled) != (), "settled was raised all the same"
    taken_back = Retraction(7, 1, HERE, 1, "", "A", START, frozenset())
    made.add("retractions", taken_back)
    assert still(made, policy, settled) == (), "what was recorded in error was not"


def test_a_result_decided_upon_without_a_contact_stands_for_one_until_something_is_told(
    policy: Policy,
) -> None:
    made = build()
    leave = Authority(
        made.next(), HERE, Act.RESULT, "incident", HERE, 1, 1, Gate.RATIONALE, 1, 1, 1, "A", START, ""
    )
    made.add("authorities", replace(leave, act=Act.RETYPE))
    assert still(made, policy) != ()
    made.add("authorities", leave)
    assert still(made, policy) == ()
    made.told("weapon-feared")
    assert still(made, policy) != ()


def test_somebody_not_named_is_seen_as_well(policy: Policy) -> None:
    made = Build(place=None)
    assert still(made, policy) == ("the person at risk",)
    meet(made, None)
    assert still(made, policy) == ()


# --- what was confirmed is half of it --------------------------------------------------------


def half(made: Build, policy: Policy) -> list[tuple[int, str]]:
    return [(h.person_id, h.known.how) for h in half_met(made.picture(), policy.pack.contacts)]


def test_confirmed_as_seen_safe_is_half_of_a_contact_and_an_ending_asks_for_the_rest(policy: Policy) -> None:
    made = build()
    made.confirm("person-seen-safe", "officer-at-scene", "seen-in-person", HER, 5)
    made.confirm("spoken-to-alone", "caller-alone", "call-back-code-word", OTHER, 6)
    assert half(made, policy) == [(OTHER, "spoken_to"), (HER, "seen")]
    assert still(made, policy) == ("Adult 1", "A neighbour"), (
        "who was seen, and who by name saw her, is not said"
    )
    meet(made, HER)
    assert half(made, policy) == [(OTHER, "spoken_to")]


def test_what_was_confirmed_before_the_last_disclosure_or_of_nobody_or_by_another_is_none(
    policy: Policy,
) -> None:
    made = build()
    made.confirm("person-seen-safe", "officer-at-scene", "seen-in-person", None, 5)
    made.confirm("person-seen-safe", "caller-alone", "not-checked", HER, 5)
    assert half(made, policy) == []
    made.confirm("person-seen-safe", "officer-at-scene", "seen-in-person", HER, 6)
    assert half(made, policy) == [(HER, "seen")]
    made.told("weapon-feared", stance=Stance.DENIED)
    assert half(made, policy) == [(HER, "seen")]
    made.told("weapon-feared")
    assert half(made, policy) == []
