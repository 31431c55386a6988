"""What linked history says: whose, how many, how close together, and by whom it is told."""

from datetime import timedelta

from callhandler.model.facts import Reply
from callhandler.model.incident import Incident
from callhandler.model.people import Relation, Role
from callhandler.model.picture import Cut, Link, Via
from callhandler.model.when import Precision, When
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.linked import reason_linked
from callhandler.rules.spans import closest, span_spoken, within
from tests.unit.pictures import CHILD, ELSEWHERE, HER, HIM, HOME, OTHER, START, Build, codes


def days(*ago: float, precision: Precision = Precision.DAY) -> list[Incident]:
    b = Build()
    return [b.past(900 + i, d, precision=precision) for i, d in enumerate(ago)]


def test_only_what_lies_in_the_span_is_recent() -> None:
    past = [*days(400, 364, 1), *days(10, precision=Precision.UNKNOWN)]
    assert [i.id for i in within(past, START, 365)] == [901, 902]


def test_three_within_four_days_counts_the_first_and_the_last_day() -> None:
    assert [i.id for i in closest(days(60, 33, 31, 30), 3, 4)] == [901, 902, 903]
    assert closest(days(34, 31, 30), 3, 4) == ()
    assert closest(days(30), 3, 4) == ()


def test_the_newest_run_is_told() -> None:
    assert [i.id for i in closest(days(103, 102, 101, 33, 31, 30), 3, 4)] == [903, 904, 905]


def test_closeness_is_not_guessed_from_months() -> None:
    assert closest(days(31, 30, 30, precision=Precision.MONTH), 3, 4) == ()


def test_days_are_counted_where_the_call_was() -> None:
    # Just after midnight, local, in summer is still the day before in UTC.
    start = When(START.replace(month=7, day=1, hour=23, minute=30))
    assert start.local_day().day == 2


def test_a_span_is_told_as_people_say_it() -> None:
    b = Build()
    one = b.past(901, 0)
    same_year = b.past(902, 40)
    year_before = b.past(903, 400)
    month = b.past(904, 60, precision=Precision.MONTH)
    assert span_spoken([]) == ""
    assert span_spoken([one]) == "6 Mar 2024"
    assert span_spoken([same_year, one]) == "26 Jan to 6 Mar 2024"
    assert span_spoken([year_before, one]) == "31 Jan 2023 to 6 Mar 2024"
    assert span_spoken([month, one]) == "Jan to 6 Mar 2024"


def test_hers_are_hers_and_his_with_others_are_told_apart(policy: Policy) -> None:
    b = Build().people()
    b.past(901, 10)
    b.past(902, 20, people=((OTHER, Role.AT_RISK), (HIM, Role.SUSPECT)))
    b.past(903, 30, people=((OTHER, Role.AT_RISK),))
    seen = history.read(b.picture(), policy)
    assert [i.id for i in seen.hers] == [901]
    assert [i.id for i in seen.suspect_others] == [902]


def test_somebody_at_risk_whom_another_accuses_stays_at_risk(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now", about=HER, harmed=HIM)
    seen = history.read(b.picture(), policy)
    assert HER in seen.at_risk
    assert seen.suspects == {HIM}


def test_a_former_partner_is_meant_while_nobody_is_named(policy: Policy) -> None:
    b = Build().party(HER, Role.CALLER).tie(HIM, Relation.EX_PARTNER, HER)
    assert history.read(b.picture(), policy).suspects == set()
    b.told("violence-now", about=None)
    assert history.read(b.picture(), policy).suspects == {HIM}


def test_one_who_is_harmed_is_at_risk_and_one_who_only_reports_is_not(policy: Policy) -> None:
    b = Build().people()
    b.party(OTHER, Role.CALLER).party(OTHER, Role.WITNESS)
    assert history.read(b.picture(), policy).at_risk == {HER}
    b.told("violence-now", harmed=OTHER)
    assert history.read(b.picture(), policy).at_risk == {HER, OTHER}


def test_her_children_are_known_from_ties_and_from_earlier_reports(policy: Policy) -> None:
    b = Build().people().tie(CHILD, Relation.CHILD, HER)
    assert history.read(b.picture(), policy).children == {CHILD}
    c = Build().people()
    c.past(901, 3, people=((HER, Role.AT_RISK), (CHILD, Role.CHILD)))
    assert history.read(c.picture(), policy).children == {CHILD}


def test_arriving_somewhere_ends_the_way_there(policy: Policy) -> None:
    b = Build().people()
    b.move(ELSEWHERE, 1, "going_to")
    seen = history.read(b.picture(2), policy)
    assert (seen.here_place, seen.going_to) == (HOME, ELSEWHERE)
    b.move(ELSEWHERE, 3)
    seen = history.read(b.picture(4), policy)
    assert (seen.here_place, seen.going_to) == (ELSEWHERE, None)


def test_the_strongest_reason_comes_first_the_very_people_before_place_and_number() -> None:
    b = Build().people()
    past = b.past(901, 3)
    links = [
        Link(901, Via.PERSON, HER),
        Link(901, Via.NUMBER, 5),
        Link(901, Via.PLACE, HOME),
        Link(901, Via.SUSPECT, HIM),
        Link(902, Via.PERSON, OTHER),
    ]
    b.parts["links"] = links
    assert reason_linked(b.picture(), past) == "Adult 1, The suspect as suspect, Her flat, same number"


def test_one_who_is_the_suspect_now_is_not_called_one_where_he_was_not() -> None:
    b = Build().people()
    past = b.past(901, 3, people=((HER, Role.AT_RISK), (HIM, Role.AT_RISK)))
    b.parts["links"] = [Link(901, Via.SUSPECT, HIM)]
    assert reason_linked(b.picture(), past) == "The suspect (suspect here)"


def test_a_relatives_incident_and_a_place_without_a_record_say_why_too() -> None:
    b = Build().people()
    past = b.past(901, 3)
    b.parts["links"] = [Link(901, Via.PLACE, 99), Link(901, Via.RELATION, OTHER)]
    assert reason_linked(b.picture(), past) == "same place, A neighbour, related"


def test_the_newest_reply_counts_and_only_yes_and_no_are_plain(policy: Policy) -> None:
    b = Build().people()
    b.answer("weapon", Reply.NO, 1)
    assert history.read(b.picture(2), policy).explicit("weapon") is not None
    for reply in (Reply.NOT_KNOWN, Reply.DECLINED, Reply.LATER):
        b.answer("weapon", reply, 3)
        assert history.read(b.picture(4), policy).explicit("weapon") is None
    assert within([], START + timedelta(1), 1) == ()


def test_a_count_of_what_was_cut_says_at_least_and_a_whole_one_does_not(policy: Policy) -> None:
    b = Build().people()
    for days in (1, 2, 3):
        b.past(900 + days, days, people=((HER, Role.AT_RISK),))
    b.parts["links"] = [Link(900 + days, Via.PERSON, HER) for days in (1, 2, 3)]
    whole = history.read(b.picture(), policy)
    assert whole.counted(whole.hers) == "3"
    b.add("cuts", Cut("incidents", "person", HER, 3, 500))
    cut = history.read(b.picture(), policy)
    now = cut.picture.as_of
    assert cut.counted(cut.hers, now - timedelta(days=365)) == "at least 3"
    assert cut.counted(cut.hers, now - timedelta(days=2)) == "3", (
        "none of that time is older than what was gathered"
    )


def reported_for_a_friend(past_role: Role = Role.AT_RISK) -> Build:
    """Who reports names nobody as at risk, and was in an earlier report herself."""
    b = Build(type="welfare-concern").people()
    b.parts["parties"] = []
    b.party(HER, Role.REPORTER).past(901, 200, people=((HER, past_role),))
    b.told("strangulation", incident=901, harmed=None, about=None)
    return b


def test_who_reports_and_was_at_risk_before_may_be_the_one(policy: Policy) -> None:
    found = next(
        w for w in reported_for_a_friend().judge(policy).standing if w.code == "caller-may-be-at-risk"
    )
    assert found.floor_rank is None
    assert {e.kind for e in found.evidence} == {"incident", "disclosure"}


def test_of_a_witness_then_or_an_ordinary_call_now_it_is_not_asked(policy: Policy) -> None:
    assert "caller-may-be-at-risk" not in codes(reported_for_a_friend(Role.WITNESS).judge(policy))
    ordinary = reported_for_a_friend()
    ordinary.type = "lost-property"
    assert "caller-may-be-at-risk" not in codes(ordinary.judge(policy))


def test_naming_the_friend_does_not_end_it_and_putting_her_down_does(policy: Policy) -> None:
    b = reported_for_a_friend()
    b.judge(policy)
    b.party(OTHER, Role.AT_RISK)
    assert "caller-may-be-at-risk" in codes(b.judge(policy, 1))
    b.party(HER, Role.AT_RISK)
    b.log("She says that it is her.", minutes=2)
    assert "caller-may-be-at-risk" not in codes(b.judge(policy, 3))
