"""What cannot be used gets a clear refusal, and nothing that was given before is lost."""

from datetime import datetime, timedelta

import pytest

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.services.office import LONGEST_LINE
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

UNKNOWN = 999_999


def asked(desk: Desk, incident: int) -> int:
    request = desk.app.incidents.grade(desk.handler, incident, "S", "He is held.").request_id
    assert request
    return request


def test_an_unknown_incident_is_said_by_every_act(desk: Desk) -> None:
    incidents, handler = desk.app.incidents, desk.handler
    for act in (
        lambda: incidents.grade(handler, UNKNOWN, "I"),
        lambda: incidents.close(handler, UNKNOWN),
        lambda: incidents.receive(handler, UNKNOWN, "A force", "I", "words"),
        lambda: incidents.give_rationale(handler, UNKNOWN, 1, reason="x"),
        lambda: incidents.withdraw(handler, UNKNOWN, 1),
        lambda: incidents.probe(handler, UNKNOWN),
        lambda: desk.app.endings.cancel(handler, UNKNOWN),
        lambda: desk.app.endings.result(handler, UNKNOWN),
        lambda: desk.app.corrections.retype(handler, UNKNOWN, "theft"),
        lambda: desk.app.corrections.link(handler, UNKNOWN, 1),
        lambda: desk.app.merges.merge(handler, UNKNOWN, 1),
    ):
        with pytest.raises(BadInput, match="no incident 999999"):
            act()


@pytest.mark.parametrize("text", ["x" * 100_000, "again " * 18_000], ids=["one word", "many words"])
def test_a_rationale_too_long_is_refused_whole_and_what_was_given_stays(
    desk: Desk, assault: int, text: str
) -> None:
    request = asked(desk, assault)
    before = desk.app.desk.newest()
    answer = RationaleAnswer("assault-suspect-free", text, "custody-officer", "custody-record")
    for given in ({"reason": text}, {"answers": [answer]}):
        with pytest.raises(BadInput, match=f"{LONGEST_LINE:,}"):
            desk.app.incidents.give_rationale(
                desk.handler,
                assault,
                request,
                "suspect-detained",
                **given,  # type: ignore[arg-type]
            )
    assert desk.app.desk.newest() == before
    (waiting,) = desk.view(assault).picture.requests
    assert waiting.reason == "He is held."


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\x00\x01\x1b"])
def test_an_empty_rationale_is_none(desk: Desk, assault: int, text: str) -> None:
    outcome = desk.app.incidents.grade(desk.handler, assault, "S", text)
    assert "reason" in {n.code for n in outcome.needs}
    assert outcome.request_id
    again = desk.app.incidents.give_rationale(
        desk.handler, assault, outcome.request_id, "suspect-detained", text
    )
    assert "reason" in {n.code for n in again.needs}


def test_control_characters_are_left_out_and_the_words_kept(desk: Desk, assault: int) -> None:
    request = asked(desk, assault)
    desk.app.incidents.give_rationale(
        desk.handler, assault, request, "suspect-detained", "He is\x00 held\x1b[31m at the \ud800station."
    )
    (waiting,) = desk.view(assault).picture.requests
    assert waiting.reason == "He is held[31m at the ?station."


def test_a_supervisors_reason_is_needed_and_bounded(desk: Desk, assault: int) -> None:
    supervisor = desk.sign_in("supervisor", Right.SUPERVISOR)
    request = asked(desk, assault)
    for reason in ("", "x" * 100_000):
        with pytest.raises(BadInput):
            desk.app.incidents.agree(supervisor, assault, request, Verdict.KEEP, reason)
    assert desk.view(assault).picture.requests[0].agreements == ()


class SetBack:
    """A machine's clock that somebody set back."""

    def __init__(self, clock: ScenarioClock) -> None:
        self._clock = clock
        self.back = timedelta(0)

    def now(self) -> datetime:
        return self._clock.now() - self.back


@pytest.mark.parametrize("hours", [1, 20])
def test_a_clock_set_back_loses_nothing_and_opens_no_way_round(desk: Desk, assault: int, hours: int) -> None:
    clock = SetBack(desk.clock)
    object.__setattr__(desk.app.office, "clock", clock)
    clock.back = timedelta(hours=hours)
    lower = desk.app.incidents.grade(desk.handler, assault, "R", "Only words.")
    assert not lower.accepted
    closing = desk.app.incidents.close(desk.handler, assault, "Only words.")
    assert not closing.accepted
    desk.app.telling.tell(desk.handler, assault, Told("weapon-feared", "He may have a knife."))
    clock.back = timedelta(0)
    view = desk.view(assault)
    assert view.standing_grade is not None
    assert view.standing_grade.id == "I"
    assert {"assault-suspect-free", "weapon-feared"} <= desk.codes(assault)
    assert len(view.picture.requests) == 2


def test_a_request_of_another_incident_is_not_answered_here(desk: Desk, assault: int) -> None:
    request = asked(desk, assault)
    other = desk.call(name="Adult 7", type="theft")
    with pytest.raises((BadInput, Refused)):
        desk.app.incidents.give_rationale(desk.handler, other, request, "suspect-detained", "He is held.")
