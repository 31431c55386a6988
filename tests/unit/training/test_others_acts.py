"""Another force's transfer is received as it would be, and an owner and a referral are acts like any other."""

from callhandler import app as core
from callhandler.intake.exercise import read_exercise
from callhandler.intake.exercise.happenings import Others
from callhandler.intake.exercise.key import ActWanted
from callhandler.intake.scenario_events import TransferEvent
from callhandler.model.scoring import Area, State
from callhandler.services.training.checked import against_policy
from callhandler.services.training.scored import score, trace_of
from callhandler.settings import Settings
from callhandler.store.exercise_log import ExerciseLog
from tests.unit.training.conftest import Desk


def act(desk: Desk, *ways: str) -> State:
    wanted = ActWanted(any_of=ways, why="Somebody has it.")  # type: ignore[arg-type]
    key = (desk.exercise.key[0].model_copy(update={"acts": (wanted,)}),)
    found = score(desk.exercise.model_copy(update={"key": key}), trace_of(desk.run), desk.app.policy)
    return found.moments[0].of(Area.ACTS)[0].state


def test_who_opens_an_incident_has_named_no_owner(desk: Desk) -> None:
    desk.wait(60)
    incident = desk.take()
    assert act(desk, "owner-named") is State.MISSED
    desk.app.owners.hand_over(desk.actor, incident, "dispatcher", "One plan, and she rings him at six.")
    assert act(desk, "owner-named") is State.MET


def test_a_transfer_brings_the_senders_grade_and_words(desk: Desk) -> None:
    desk.wait(60)
    incident = desk.take()
    event = {"id": "sent", "do": "transfer", "by": "handler-2", "sender": "Northmere Police", "grade": "P"}
    happening = {
        "id": "sent",
        "do": "others",
        "after": "call-1:answered",
        "seconds": 20,
        "line": "call-1",
        "event": {**event, "words": "Verbal only."},
    }
    ExerciseLog(desk.folder / "sent.jsonl").add({"do": "happening", "happening": happening})
    desk.wait(25)
    view = desk.app.desk.view(desk.actor, incident)
    assert view.picture.standing is not None and view.picture.standing.grade == "P"
    assert any("From Northmere Police, graded P: Verbal only." in e.text for e in view.picture.log)


def test_a_grade_that_no_scheme_has_is_a_fault_at_its_line() -> None:
    path = core.find_exercise("transfer-lost-threat")
    exercise = read_exercise(path)
    policy = core.load_policy(Settings(database="", scheme=exercise.scheme))

    def wrong(happening: object) -> object:
        if isinstance(happening, Others) and isinstance(happening.event, TransferEvent):
            return happening.model_copy(update={"event": happening.event.model_copy(update={"grade": "Z9"})})
        return happening

    changed = exercise.model_copy(update={"happenings": tuple(wrong(h) for h in exercise.happenings)})
    line = next(
        i for i, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "do: transfer" in text
    )
    assert [(f.sentence, str(line) in f.where) for f in against_policy(changed, path, policy)] == [
        ("the policy has no grade Z9; there are I, P, S, R", True)
    ]
