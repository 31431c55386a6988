"""The night from 22:34 to 00:42, played by keyboard alone in real windows, heard step by step, and read in the journal."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from callhandler import app as core
from callhandler.model.assessment import Verdict
from callhandler.settings import Settings
from tests.e2e.hands import Hands, answer_as_supervisor
from tests.e2e.journal import Journal
from tests.e2e.screen import OPENING, Screen, say

pytestmark = pytest.mark.timeout(300)
CRITICAL_AT_2234 = {"assault-suspect-free", "threat-to-kill-open", "order-breach-now"}
CRITICAL_AT_0026 = CRITICAL_AT_2234 | {"threat-now", "weapon-feared", "place-he-may-know"}
MOST_KEYS_TO_IMMEDIATE = 2


@pytest.fixture(scope="module")
def night(screen: Screen) -> Iterator[Hands]:
    """The handler's window, before the first call; its store is proved when all is over."""
    window = screen.open("demo", "--by-hand")
    window.find("No incident open", seconds=OPENING)
    hands = Hands(window, Journal(screen))
    yield hands
    window.close()
    proof = hands.journal.prove()
    hands.journal.close()
    assert proof.intact, proof.findings


@dataclass
class Counted:
    """Keys and characters pressed in a window since this was made."""

    hands: Hands

    def __post_init__(self) -> None:
        self.hands.window.pressed = self.hands.window.typed = 0

    def say(self, what: str) -> None:
        """Print them: keys in all, and how many of them are characters of text."""
        window = self.hands.window
        say(f"{window.pressed:5} keys, {window.typed:5} of them text: {what}")


def test_2234_two_keys_from_the_ring_to_immediate(night: Hands) -> None:
    night.at("call-1")
    night.ring()
    night.window.find("Answer", "push button")
    count = Counted(night)
    # The second key does not wait for the first: it is meant for the call that is being answered.
    decision = night.journal.recorded("decision", lambda: night.answer("F1"))
    keys = night.window.pressed
    say("")
    count.say("from the ring to Immediate")
    assert keys <= MOST_KEYS_TO_IMMEDIATE
    assert (decision["author"], decision["act"], decision["grade"]) == ("handler", "grade", "P1")
    assert decision["gate"] == "none"
    night.window.find("Standing grade: Immediate", "label")
    night.window.find("Target 15 min: by 22:49", "panel")


def test_2234_who_where_what_was_told_and_the_order_are_taken_down(night: Hands) -> None:
    hands, first = night, night.events["call-1"]
    hands.skip("call-1")
    count = Counted(hands)
    hands.form("incident_type", "ctrl+shift+t", "Not known yet", "Domestic abuse")
    hands.line(first.words)
    moved = hands.form("move", "ctrl+m", "Now at", first.place)
    assert moved["author"] == "Handler 12"
    hands.play("order-obtained")
    count.say("type, first words, place, three people, five disclosures and the order of the first call")
    assert set(hands.journal.standing()) == CRITICAL_AT_2234
    hands.window.has_announced("New critical warning: Non-molestation order, declared unverified")
    for sentence in hands.journal.standing().values():
        hands.window.find(f"Critical: {sentence}", "list item")
    hands.window.find("Non-molestation order, Declared by caller", "panel")
    # What the warnings and the newest lines of the log show; the older lines are a key away.
    for indicator in ("slapped-her", "separated"):
        hands.window.find(hands.events[indicator].words, "list item")


def test_2240_to_2306_the_count_unresourced_and_a_unit_on_the_way(night: Hands) -> None:
    hands = night
    hands.skip("grade-1")
    hands.play("safe-first")
    hands.window.find("Response: Unresourced 22:49", "panel")
    hands.window.find("Standing grade: Immediate", "label")
    hands.play("assigned-1")
    hands.window.find("Response: Assigned", "panel")
    hands.window.find("Target 15 min: Overdue 17 min", "panel")


def test_2308_the_second_call_joins_from_another_number_and_moves(night: Hands) -> None:
    hands = night
    hands.play("call-2")
    hands.window.has_announced("Call joined to this incident: ")
    assert len(hands.journal.rows("incident", "live = 1")) == 1
    hands.play("move-home")
    hands.window.find("Now at: Own flat", "label")
    hands.window.find("Tonight: 2 calls", "panel")
    hands.window.find("First call 22:34: Waiting 34 min", "panel")
    hands.play("moved-room")
    hands.window.find("Received by: Second room", "panel")


def test_2342_the_third_call_a_weapon_and_nobody_can_go(night: Hands) -> None:
    hands = night
    hands.play("call-3")
    hands.window.has_announced("Call joined to this incident: ")
    hands.play("knife-feared")
    hands.window.has_announced("New critical warning: Weapon seen or feared")
    hands.play("unresourced-3")
    hands.window.find("Response: Unresourced 23:42", "panel")
    hands.window.find("Tonight: 3 calls", "panel")
    hands.play("no-answer")
    hands.window.find("Tonight: 3 calls · 1 unanswered", "panel")
    assert "call-back-unanswered" in hands.journal.codes()


def test_0026_the_fourth_call_and_where_she_is_going(night: Hands) -> None:
    hands = night
    hands.play("going-to-mothers")
    hands.window.has_announced("New critical warning: Going to a place he may know: Mother's home")
    hands.play("lock-the-door")
    hands.window.find("First call 22:34: Waiting 1 h 52", "panel")
    assert set(hands.journal.standing()) == CRITICAL_AT_0026
    with core.replaying(core.find_scenario("night"), Settings(database="")) as run:
        views = [step.view for step in run.play_until("lock-the-door")]
    assert views[-1] is not None
    assert hands.journal.codes() == {w.code for w in views[-1].assessment.standing}


def test_0026_scheduled_is_refused_and_weak_answers_one_by_one_in_words(night: Hands) -> None:
    hands, window, journal = night, night.window, night.journal
    hands.skip("rationale-full")
    weak = {a.warning: a for a in hands.events["rationale-weak"].answers}
    full = {a.warning: a for a in hands.events["rationale-full"].answers}
    count = Counted(hands)
    window.mark()
    refused = journal.recorded("refusal", lambda: window.press("F3"))
    assert "supervisor" in refused["needs"]
    window.has_announced("Not done: Scheduled.")
    answered = []
    for place in range(len(full)):
        code = hands.block()
        hands.give(weak[code])
        journal.recorded("rationale_answer", lambda: window.press("ctrl+Return"))
        assert hands.block() == code
        given = journal.rows("rationale_answer", "warning = :code", code=code)[-1]
        assert (given["accepted"], given["author"]) == (0, "handler")
        # Whoever stands in the field hears why it does not count.
        heard = window.focused()["description"]
        assert heard == given["why_not"] and heard
        answered.append(heard)
        hands.give(full[code])
        if place < len(full) - 1:
            window.step()
    assert len(set(answered)) == len(answered)
    assert any("is not a change" in sentence for sentence in answered)

    window.step()
    window.type(hands.events["rationale-full"].reason)
    window.step()
    hands.choose(hands.grounds.index("likely-place-of-safety"))
    journal.recorded("refusal", lambda: window.press("ctrl+Return"))
    window.find("Probably is not checked", "label")
    hands.choose(hands.grounds.index("appointment-agreed-after-safety-plan"))
    journal.recorded("refusal", lambda: window.press("ctrl+Return"))
    window.find("No supervisor is signed in, so it cannot be lowered.", "label")
    window.find("6 of 6 answered", "label")
    count.say("Scheduled asked for, six weak answers and a weak ground, then full ones")
    standing = journal.newest("decision")
    assert standing["grade"] == "P1", "nothing was lowered"


def test_0026_a_supervisor_at_another_desk_keeps_it(night: Hands, screen: Screen) -> None:
    hands, window, journal = night, night.window, night.journal
    supervisor = screen.open("demo", "--as", "supervisor")
    window.activate()
    journal.recorded("refusal", lambda: window.press("ctrl+Return"))
    window.find("Asked. The grade stands until a supervisor answers.", "label")
    supervisor.find("Asked for: Scheduled", "panel")
    for answer in hands.events["rationale-full"].answers:
        supervisor.find(answer.what_changed, "label")
    answer_as_supervisor(supervisor, Verdict.KEEP, "Nobody has seen him, and she was hurt tonight.")
    agreement = journal.newest("agreement")
    assert (agreement["author"], agreement["verdict"]) == ("supervisor", "keep")
    window.has_announced("Supervisor 3 keeps Immediate: Nobody has seen him, and she was hurt tonight.")
    window.find("Standing grade: Immediate", "label")
    supervisor.close()
    window.activate()
    window.has_focus("Log entry")


def test_0034_one_key_raises_and_0042_officers_arrive(night: Hands) -> None:
    hands, journal = night, night.journal
    hands.skip("supervisor-keeps")
    hands.play("appointment")
    hands.skip("order-photo")
    hands.play("screaming")
    hands.window.has_announced("New critical warning: ")
    count = Counted(hands)
    raised = journal.recorded("decision", lambda: hands.window.press("F1"))
    count.say("raising at 00:34")
    assert hands.window.pressed == 1
    assert (raised["author"], raised["grade"], raised["gate"]) == ("handler", "P1", "none")
    hands.skip("raise")
    hands.play("officers-arrive")
    hands.window.find("Response: At scene 00:42", "panel")
    assert {"target-overdue", "unresourced"}.isdisjoint(journal.codes())
    assert set(journal.standing()) >= CRITICAL_AT_0026, "arrival ends the waiting and no danger"
    begun = hands.times["call-1"]
    assert journal.authors("disclosure", begun) == journal.authors("response", begun) == {"Handler 12"}
    assert [d["grade"] for d in journal.rows("decision")] == ["P1", "P1"]


def test_what_a_supervisor_agrees_to_is_lowered_and_one_key_raises_it_again(screen: Screen) -> None:
    window = screen.open("demo", "--until", "lock-the-door")
    window.find("Standing grade: Immediate", "label", OPENING)
    hands = Hands(window, Journal(screen))
    journal = hands.journal
    supervisor = screen.open("demo", "--as", "supervisor")
    window.activate()
    rationale = hands.events["rationale-full"]
    full = {a.warning: a for a in rationale.answers}
    journal.recorded("refusal", lambda: window.press("F3"))
    for _ in full:
        hands.give(full[hands.block()])
        window.step()
    window.type(rationale.reason)
    window.step()
    hands.choose(hands.grounds.index(rationale.ground))
    journal.recorded("rationale", lambda: window.press("ctrl+Return"))
    window.find("Asked. The grade stands until a supervisor answers.", "label")
    assert journal.newest("decision")["grade"] == "P1"
    supervisor.find("Asked for: Scheduled", "panel")
    answer_as_supervisor(supervisor, Verdict.AGREE, "Agreed: others are with her until then.")
    window.has_announced("Supervisor 3 agrees, now Scheduled: Agreed: others are with her until then.")
    lowered = journal.newest("decision")
    agreed = journal.newest("agreement")
    assert (lowered["grade"], lowered["author"], agreed["author"]) == ("S", "handler", "supervisor")
    assert lowered["request_id"] == agreed["request_id"]
    supervisor.close()
    window.activate()
    window.has_focus("Log entry")
    hands.do("screaming")
    window.pressed = 0
    raised = journal.recorded("decision", lambda: window.press("F1"))
    assert window.pressed == 1
    assert (raised["grade"], raised["gate"], raised["author"]) == ("P1", "none", "handler")
    window.find("Standing grade: Immediate", "label")
    window.close()
    assert journal.prove().intact
    journal.close()
