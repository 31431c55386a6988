"""Which questions are asked: much where danger is told, next to nothing in an ordinary call, and nothing twice."""

import pytest

from callhandler.model.facts import Reply
from callhandler.model.incident import ResponseState
from callhandler.model.people import Role
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.ask import questions_for
from tests.unit.pictures import ELSEWHERE, OTHER, Build


def asked(b: Build, policy: Policy, minutes: float = 1) -> list[str]:
    return [q.question.id for q in questions_for(history.read(b.picture(minutes), policy), policy) if q.open]


@pytest.mark.parametrize(
    "kind", ["theft", "lost-property", "general-enquiry", "asb", "road-collision", "hate"]
)
def test_an_ordinary_call_is_asked_next_to_nothing(kind: str, policy: Policy) -> None:
    b = Build(type=kind).party(OTHER, Role.CALLER)
    b.call(0)
    assert len(asked(b, policy)) <= 2


def test_danger_is_asked_about_the_most_telling_first(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    found = asked(b, policy)
    assert found[0] == "is-he-there-now"
    for question in (
        "weapon",
        "threats-tonight",
        "gesture",
        "strangled",
        "order-in-force",
        "children-where",
        "keys-and-access",
    ):
        assert question in found


def test_a_place_she_goes_to_is_asked_about_before_all_else(policy: Policy) -> None:
    b = Build().people()
    b.told("place-of-safety-claimed")
    b.move(ELSEWHERE, 0, "going_to")
    assert asked(b, policy)[:2] == ["does-he-know-place", "who-else-there"]


def test_a_noise_report_is_asked_what_is_heard(policy: Policy) -> None:
    assert "noise-hears-what" in asked(Build(type="noise-nuisance"), policy)


def test_waiting_without_a_unit_asks_for_a_safer_place(policy: Policy) -> None:
    b = Build().people()
    b.told("violence-now")
    assert "safer-place-now" not in asked(b, policy)
    b.respond(ResponseState.UNRESOURCED)
    assert "safer-place-now" in asked(b, policy)


def test_later_stays_open_and_every_other_reply_closes_it(policy: Policy) -> None:
    for reply, is_open in (
        (Reply.LATER, True),
        (Reply.YES, False),
        (Reply.NO, False),
        (Reply.NOT_KNOWN, False),
        (Reply.DECLINED, False),
    ):
        b = Build().people()
        b.answer("weapon", reply)
        assert ("weapon" in asked(b, policy)) is is_open


def test_an_answered_question_stays_so_that_it_can_be_changed(policy: Policy) -> None:
    b = Build(type="theft").people()
    b.answer("pregnant", Reply.NO)
    shown = {q.question.id: q for q in questions_for(history.read(b.picture(), policy), policy)}
    assert shown["pregnant"].answer is not None
