"""Terms against where she is and where she is going: cited, with what is not known, and never a word of an arrest."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.facts import Stance
from callhandler.model.order import Engaged, EngagedTerm, Order, Term
from callhandler.model.people import Role, Tie
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.match import match
from tests.shipped import shipped
from tests.unit.pictures import ELSEWHERE, HER, HIM, HIS_HOME, HOME, OTHER, Build, at, fact, with_facts

SHIPPED = shipped("national")
AGO, TO_COME = at(0) - timedelta(days=1), at(0) + timedelta(days=1)
READ = fact("terms_read", verified=True)


def term(kind: str, place: int | None = None, **more: Any) -> Term:
    """A term as somebody told of it."""
    attached = SHIPPED.terms[kind].attached[0].value
    given_: dict[str, Any] = {"text": "", "metres": None, "said_by": "Adult 1", **more}
    text, metres = given_.pop("text"), given_.pop("metres")
    return Term(7, 1, kind, text, attached, place, metres, **given_)


def order(b: Build, *terms: Term, type: str = "nmo", source: str = "the caller", read: bool = True) -> Order:
    made = b.order(type, source, terms=terms)
    whole = with_facts(made, *made.facts, *([READ] if read else []))
    b.parts["orders"][-1] = whole
    return whole


def engaged(b: Build, policy: Policy = SHIPPED) -> tuple[EngagedTerm, ...]:
    return history.read(b.picture(), policy).terms


def kinds(b: Build) -> list[str]:
    return [t.kind for t in engaged(b)]


def test_a_slap_is_a_matter_of_the_violence_term_wherever_she_is() -> None:
    for place in (HOME, ELSEWHERE, None):
        b = Build(place=place).people()
        order(b, term("no-violence-or-threats"), term("exclusion-zone", HOME, metres=100))
        told = b.told("violence-now", words="He slapped me.")
        first = engaged(b)[0]
        assert (first.kind, first.how, first.here) == ("no-violence-or-threats", Engaged.TOLD, True)
        assert [(e.kind, e.line) for e in first.because][1:] == [("disclosure", "He slapped me.")]
        assert first.because[1].id == told.id


def test_being_at_the_place_puts_its_term_in_play_and_moving_away_leaves_it_behind() -> None:
    b = Build(place=HOME).people()
    order(b, term("exclusion-zone", HOME, metres=100), term("no-contact-direct"))
    (zone,) = engaged(b)
    assert (zone.how, zone.here, zone.going_to, zone.place_id) == (Engaged.IN_PLAY, True, False, HOME)
    assert "nothing is told of it" in zone.not_known[0]
    b.move(ELSEWHERE)
    assert engaged(b) == ()
    b.told("unwanted-contact")
    assert kinds(b) == ["no-contact-direct"], "what goes with her goes with her"


def test_where_she_is_going_counts_and_not_only_her_home() -> None:
    b = Build(place=ELSEWHERE).people()
    order(b, term("no-school-workplace", HIS_HOME))
    assert engaged(b) == ()
    b.move(HIS_HOME, kind="going_to")
    (found,) = engaged(b)
    assert (found.here, found.going_to, found.how, found.place_id) == (False, True, Engaged.IN_PLAY, HIS_HOME)


def test_what_is_told_of_the_place_counts_though_she_is_elsewhere() -> None:
    b = Build(place=ELSEWHERE).people()
    order(b, term("exclusion-zone", HOME))
    b.told("suspect-present")
    assert engaged(b) == (), "he is where she is, which is not there"
    b.told("damage", words="He is breaking my door.")
    (found,) = engaged(b)
    assert (found.how, found.here) == (Engaged.TOLD, False)
    assert "Where it happened: she was not at that place" in found.not_known


def test_what_happened_there_stays_there_when_she_moves_on_and_what_happened_elsewhere_does_not_come_along() -> (
    None
):
    b = Build(place=ELSEWHERE).people()
    order(b, term("exclusion-zone", HOME))
    b.told("suspect-present", words="He is at the bar.")
    b.move(HOME)
    (in_play,) = engaged(b)
    assert in_play.how is Engaged.IN_PLAY, "he was at the bar, not at her home"
    b.told("suspect-present", words="He is at my door.")
    b.move(HIS_HOME)
    (found,) = engaged(b)
    assert (found.how, found.here) == (Engaged.TOLD, False)
    assert [e.line for e in found.because[1:]] == ["He is at my door."]


def test_where_it_is_not_known_where_she_is_he_may_be_there() -> None:
    b = Build(place=None).people()
    order(b, term("exclusion-zone", HOME))
    b.told("suspect-present")
    (found,) = engaged(b)
    assert found.how is Engaged.TOLD
    assert "Where it happened: it is not known where she was" in found.not_known


def test_a_place_that_nobody_named_may_be_her_home() -> None:
    b = Build(place=HOME).people()
    order(b, term("excluded-from-address"))
    (found,) = engaged(b)
    assert found.place_id == HOME
    assert "Which place the order names" in found.not_known


def test_a_denial_and_another_mans_act_engage_nothing() -> None:
    b = Build().people()
    order(b, term("no-contact-direct"))
    b.told("unwanted-contact", stance=Stance.DENIED)
    b.told("unwanted-contact", about=OTHER)
    b.told("unwanted-contact", incident=901)
    assert engaged(b) == ()


def test_what_others_do_may_break_a_term_that_names_others() -> None:
    b = Build().people()
    order(b, term("no-contact-indirect"), term("no-contact-direct"))
    b.told("relatives-threat", about=OTHER)
    assert kinds(b) == ["no-contact-indirect"]


def test_a_term_ends_only_by_an_end_of_its_own_that_was_checked() -> None:
    b = Build().people()
    order(b, term("no-contact-direct", expires=AGO, verified=True), term("no-social-media", expires=AGO))
    b.told("unwanted-contact")
    (found,) = engaged(b)
    assert found.kind == "no-social-media"
    assert any("has ended" in line and "not checked" in line for line in found.not_known)


def test_exceptions_times_distance_and_others_harmed_are_said() -> None:
    b = Build(place=HOME).people()
    order(
        b,
        term("no-contact-direct", exceptions="about the child, by text"),
        term("exclusion-zone", HOME, metres=100, times="08:00 to 18:00"),
        term("no-violence-or-threats", text="not use violence"),
    )
    b.told("suspect-present", harmed=OTHER)
    b.told("violence-now", harmed=OTHER)
    contact, zone, violence = (
        next(t for t in engaged(b) if t.kind == k)
        for k in ("no-contact-direct", "exclusion-zone", "no-violence-or-threats")
    )
    assert "Whether an exception covers it: about the child, by text" in contact.not_known
    assert "How far away he was: the term says 100 m" in zone.not_known
    assert "Whether it was within its times: 08:00 to 18:00" in zone.not_known
    assert any("Whether the order names A neighbour" in line for line in violence.not_known)
    assert (
        zone.citation == "Non-molestation order: not to come near a place, Her flat, 100 m; told by Adult 1"
    )
    assert "“not use violence”" in violence.citation


@pytest.mark.parametrize(
    ("source", "facts", "says"),
    [
        ("the caller", (), "Whether he knew of the order"),
        ("the caller", ("served",), "told by caller, not checked"),
        ("court", (), "Whether he knew of the order"),
    ],
)
def test_whether_he_knew_is_said_until_it_was_checked(source: str, facts: tuple[str, ...], says: str) -> None:
    b = Build().people()
    made = order(b, term("no-contact-direct"), source=source)
    b.told("unwanted-contact")
    b.parts["orders"] = [with_facts(made, *made.facts, *(fact(f) for f in facts))]
    assert any(says in line for line in engaged(b)[0].not_known)
    b.parts["orders"] = [with_facts(made, *made.facts, fact("served", verified=True))]
    assert not any("knew" in line for line in engaged(b)[0].not_known)


def test_a_term_that_nobody_recorded_may_be_there_until_the_whole_order_was_read() -> None:
    b = Build().people()
    order(b, term("no-violence-or-threats"), read=False)
    b.told("unwanted-contact")
    found = next(t for t in engaged(b) if t.kind == "no-contact-direct")
    assert found.term is None
    assert "Whether the order has such a term" in found.not_known
    assert "terms are not all known" in found.citation
    b.parts["orders"] = []
    order(b, term("no-violence-or-threats"), read=True)
    assert engaged(b) == ()


def test_an_order_that_ended_engages_nothing() -> None:
    b = Build().people()
    made = order(b, term("no-contact-direct"), source="court")
    b.told("unwanted-contact")
    b.parts["orders"] = [with_facts(made, fact("discharged", verified=True))]
    assert engaged(b) == ()


def test_cross_orders_are_kept_apart_and_nobody_changes_roles() -> None:
    b = Build(place=HOME).people()
    order(b, term("no-violence-or-threats"))
    his = replace(order(b, term("no-violence-or-threats")), protected_id=HIM, respondent_id=HER)
    b.parts["orders"][-1] = his
    b.told("violence-now")
    b.told("threat-of-harm", about=None)
    assert {t.standing.order.id for t in engaged(b)} == {b.parts["orders"][0].id}
    b.told("violence-now", about=HER, harmed=HIM)
    against_her = [t for t in engaged(b) if t.standing.order.id == his.id]
    assert len(against_her) == 1, "told of her, it is shown with the order that binds her"
    b.parts["orders"] = [his]
    condition = Condition.model_validate({"order_term": {}})
    assert match(condition, history.read(b.picture(), SHIPPED)) is None, "and raises no warning of his"


def test_nothing_says_that_anybody_will_be_arrested() -> None:
    b = Build(place=HOME).people().lives(HER, HIS_HOME, Tie.STAYS)
    order(b, *(term(k, HOME) for k in SHIPPED.terms), type="oo", read=False)
    for indicator in SHIPPED.indicators:
        b.told(indicator)
    found = engaged(b)
    assert len(found) > 15
    said = [line for t in found for line in (t.citation, t.name, *t.not_known)]
    said += [line for t in SHIPPED.pack.terms for line in (t.name, t.ask, *t.not_known)]
    said += [row.show for row in SHIPPED.pack.order_states.rows]
    said += [line for o in SHIPPED.pack.orders for line in (*o.say, *(p.power for p in o.powers))]
    assert not [line for line in said if re.search(r"(will|shall|going to) be arrested", line, re.IGNORECASE)]


# --- no floor falls by one thing more -------------------------------------------------------

TERMS = st.builds(
    Term,
    id=st.integers(1, 99),
    order_id=st.just(1),
    kind=st.sampled_from(sorted(SHIPPED.terms)),
    text=st.just(""),
    attached=st.sampled_from(["person", "place", "respondent"]),
    place_id=st.sampled_from([None, HOME, ELSEWHERE, HIS_HOME]),
    metres=st.sampled_from([None, 100]),
    expires=st.sampled_from([None, AGO, TO_COME]),
    exceptions=st.sampled_from(["", "the child"]),
    verified=st.just(False),
)
WORDS = st.builds(
    lambda kinds, which, by: Condition.model_validate(
        {"order_term": {"kinds": kinds, "which": which, "by": by}}
    ),
    st.lists(st.sampled_from(sorted(SHIPPED.terms)), max_size=3),
    st.sampled_from(["here", "going_to", "any"]),
    st.sampled_from(["told", "either"]),
)
TOLD = st.tuples(
    st.sampled_from(sorted(SHIPPED.indicators)),
    st.sampled_from([HIM, OTHER, None]),
    st.sampled_from([HER, OTHER, None]),
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    WORDS,
    st.lists(TERMS, max_size=4),
    TERMS,
    st.lists(TOLD, min_size=1, max_size=3),
    TOLD,
    st.sampled_from([HOME, ELSEWHERE, None]),
    st.sampled_from([HIS_HOME, None]),
)
def test_a_term_told_or_a_concern_more_never_unmakes_the_condition(
    word: Condition,
    terms: list[Term],
    one_more: Term,
    told: list[tuple[str, int | None, int | None]],
    and_more: tuple[str, int | None, int | None],
    place: int | None,
    going: int | None,
) -> None:
    def holds(terms: list[Term], told: list[tuple[str, int | None, int | None]]) -> bool:
        b = Build(place=place).people().party(HER, Role.CALLER)
        order(b, *terms, read=False)
        for indicator, about, harmed in told:
            b.told(indicator, about=about, harmed=harmed)
        if going is not None:
            b.move(going, kind="going_to")
        return match(word, history.read(b.picture(), SHIPPED)) is not None

    if holds(terms, told):
        assert holds([*terms, one_more], told)
        assert holds(terms, [*told, and_more])
