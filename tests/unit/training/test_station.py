"""A trainer watches a desk from elsewhere, lets things happen, stops it; results and policies stand beside each other."""

import hashlib
import json
import shutil
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from callhandler import app as core
from callhandler.clock import PacedClock
from callhandler.errors import BadInput
from callhandler.intake.exercise.injects import injects_for
from callhandler.model.exercise import HeardKind
from callhandler.model.scoring import Area, State
from callhandler.services.calls import CallIn
from callhandler.services.papers import as_file
from callhandler.services.telling import Told
from callhandler.services.training import comparing, results, station
from callhandler.services.training.results import By
from callhandler.services.training.sending import Trainer
from callhandler.services.training.sitting import Sitting, be_present
from callhandler.services.training.watching import Watch
from callhandler.settings import Settings
from tests.unit.training.conftest import SMALL, Desk


def seat(folder: Path, trainee: str = "Trainee A", cohort: str = "Autumn", began: str = "2026-01-01") -> None:
    """Make a desk's folder that of a sitting."""
    shutil.copy2(SMALL, folder / SMALL.name)
    about = Sitting("small", SMALL.name, "national", trainee, cohort, began)
    (folder / "sitting.json").write_text(json.dumps(asdict(about)), encoding="utf-8")


class Station:
    """A trainer who watches one desk, on the same machine's clock."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        seat(desk.folder)
        clock = PacedClock(desk.folder / "clock", machine=lambda: desk.machine)
        self.watch = Watch(desk.folder, desk.app.policy, clock)
        self.trainer = Trainer(desk.folder, clock)

    def inject(self, name: str, words: str = "") -> list[str]:
        """Let something happen, and what the desk then hears within two seconds."""
        inject = next(i for i in self.watch.injects if i.id == name)
        self.trainer.inject(inject, self.watch.look(), words)
        return self.desk.wait(2)


@pytest.fixture
def watched(desk: Desk):
    made = Station(desk)
    yield made
    made.watch.close()


def test_a_desk_is_seen_as_it_stands_and_nothing_of_it_is_written(watched, desk):
    assert watched.watch.look().line == ""
    desk.wait(60)
    incident = desk.take()
    desk.app.telling.tell(desk.actor, incident, Told("violence-now", "He hit me.", teller="Adult A"))
    desk.wait(6)
    before = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in desk.folder.iterdir() if p.is_file()
    }
    seen = watched.watch.look()
    assert (seen.line, seen.speaker, seen.demeanour, seen.open_line) == (
        "call-1",
        "adult-a",
        "she whispers",
        True,
    )
    assert (seen.standing.grade, seen.standing.floor) == ("", "Immediate")
    assert [h.text for h in seen.heard if h.kind is HeardKind.SAID][-1] == "He hit me in the face."
    assert seen.since_heard is not None and seen.since_heard < timedelta(seconds=6)
    assert seen.pace == 1 and seen.next_at is not None and seen.stopped is None
    after = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in desk.folder.iterdir() if p.is_file()}
    assert after == before
    assert seen.moment is not None
    assert [i.state for i in seen.moment.of(Area.RECORDED)] == [State.MET]
    desk.app.incidents.grade(desk.actor, incident, "I")
    assert watched.watch.look().standing.grade == "Immediate"


def test_what_the_trainer_lets_happen_is_heard_at_the_desk(watched, desk):
    desk.wait(60)
    desk.take()
    desk.wait(6)
    assert "A dog barks." in watched.inject("sound", "A dog barks.")
    watched.inject("overheard")
    assert desk.run.ask(question="weapon").text == "Yes."
    assert "All units are committed." in watched.inject("all-committed")
    assert "Help me." in watched.inject("says", "Help me.")
    assert "The line is dead." in watched.inject("line-cut")
    assert not watched.watch.look().open_line


def test_another_call_comes_and_can_be_taken(watched, desk):
    desk.wait(60)
    desk.take()
    watched.inject("another-call", "Please hurry.")
    assert [line.ringing for id_, line in desk.run.lines.all.items() if id_.startswith("trainer-")] == [True]
    desk.app.calls.take(desk.actor, CallIn(number="", place="Elsewhere"))
    assert "Please hurry." in desk.wait(1)
    seen = watched.watch.look()
    assert seen.line.startswith("trainer-") and seen.moment is None


def test_what_cannot_happen_there_is_refused_and_not_sent(watched, desk):
    with pytest.raises(BadInput, match="Nobody is on the line"):
        watched.inject("silence")
    with pytest.raises(BadInput, match="no call down"):
        watched.inject("unit-free")
    desk.wait(60)
    desk.take()
    with pytest.raises(BadInput, match="No lowering waits"):
        watched.inject("supervisor-keeps")
    assert not (desk.folder / "sent.jsonl").exists()


def test_a_lowering_waits_and_the_trainers_supervisor_keeps_the_grade(watched, desk):
    desk.wait(60)
    incident = desk.take()
    desk.app.telling.tell(desk.actor, incident, Told("violence-now", "He hit me.", teller="Adult A"))
    desk.app.incidents.grade(desk.actor, incident, "I")
    desk.app.incidents.grade(desk.actor, incident, "S", "She says that it has calmed down by now.")
    desk.wait(1)
    assert watched.watch.look().asked_to_lower
    watched.inject("supervisor-keeps")
    assert not [h for h in desk.run.record.entries if h.kind is HeardKind.FAULT]
    assert watched.watch.look().standing.grade == "Immediate"


def test_marked_stepped_jumped_and_stopped(watched, desk):
    trainer, watch = watched.trainer, watched.watch
    assert trainer.turn_pace() == 0
    assert trainer.slower() == 0
    assert [trainer.faster(), trainer.faster(), trainer.faster(), trainer.slower()] == [0.5, 1, 2, 1]
    trainer.step(watch.look())
    assert [h.text for h in desk.run.tick()] == ["07700 900160"]
    with pytest.raises(BadInput, match="never goes back"):
        trainer.jump(-1)
    before = watch.look().now
    trainer.jump(3)
    assert watch.look().now - before == timedelta(minutes=3)
    with pytest.raises(BadInput, match="Type what"):
        trainer.mark("  ", watch.look())
    trainer.mark("Nobody took it.", watch.look())
    assert watch.look().sent == 1
    desk.wait(1)
    assert "Nobody took it." in [h.text for h in watch.look().heard if h.kind is HeardKind.INJECTED]
    assert "◆ Marked by the trainer: Nobody took it." in [row.key for row in watch.evening()]
    trainer.stop(watch.look())
    desk.wait(1)
    assert watch.look().stopped is not None and watch.look().sent == 0
    with pytest.raises(BadInput, match="is over"):
        trainer.mark("Too late.", watch.look())
    assert as_file(watch.debrief(), ".pdf").startswith(b"%PDF")
    assert any(row.key or row.heard for row in watch.evening())


def test_exercises_and_sittings_to_choose_from_those_under_way_first(desk, tmp_path):
    broken = tmp_path / "own"
    broken.mkdir()
    (broken / "bad.yaml").write_text("exercise: bad\n", encoding="utf-8")
    found = {o.file.stem: o for o in station.offers((core.exercises_folder(), broken, tmp_path / "none"))}
    night = found["solihull-night"]
    assert (night.calls, bool(night.teaching), night.fault) == (4, True, "")
    assert "bad.yaml" in found["bad"].fault
    for name, began in (("a", "2026-01-01"), ("b", "2026-01-03"), ("c", "2026-01-02")):
        (tmp_path / name).mkdir()
        seat(tmp_path / name, began=began)
    be_present(tmp_path / "a")
    from datetime import UTC, datetime

    seats = station.seats(tmp_path, datetime.now(UTC))
    assert [(s.folder.name, s.under.value) for s in seats if len(s.folder.name) == 1] == [
        ("a", "under way"),
        ("b", "left"),
        ("c", "left"),
    ]


def test_every_shipped_inject_can_be_sent(watched, desk):
    desk.wait(60)
    desk.take()
    seen = watched.watch.look()
    for inject in injects_for(core.exercises_folder() / "solihull-night.yaml"):
        if inject.needs != "request" and inject.id not in ("he-is-here",):
            watched.trainer.inject(inject, seen)
    sent = [json.loads(line) for line in (desk.folder / "sent.jsonl").read_text().splitlines()]
    assert len({e["happening"]["id"] for e in sent}) == len(sent) >= 10
    desk.wait(2)
    kept = [h for h in desk.run.record.entries if h.kind is HeardKind.INJECTED]
    assert not [h.text for h in kept if h.text]


def test_results_of_three_sittings_by_trainee_and_by_cohort(tmp_path, prepared):
    folders = []
    for place, (trainee, cohort, grade) in enumerate(
        (("Trainee A", "Autumn", "S"), ("Trainee A", "Autumn", "I"), ("Trainee B", "", "I"))
    ):
        folder = tmp_path / "sittings" / str(place)
        desk = Desk(folder, like=prepared)
        seat(folder, trainee, cohort, f"2026-01-0{place + 1}")
        desk.wait(60)
        incident = desk.take()
        if grade == "I":
            desk.app.telling.tell(desk.actor, incident, Told("violence-now", "He hit me.", teller="Adult A"))
        desk.app.incidents.grade(desk.actor, incident, grade, "It is over.")
        desk.wait(1)
        desk.app.close()
        folders.append(folder)
    found = results.results(tmp_path / "sittings", lambda s: core.load_policy(Settings("", scheme=s)))
    assert [r.folder.name for r in found] == ["0", "1", "2"]
    by_trainee = {t.name: t for t in results.together(found, By.TRAINEE)}
    assert (by_trainee["Trainee A"].agreement.agreed, by_trainee["Trainee A"].agreement.n) == (1, 2)
    assert by_trainee["Trainee A"].counts[Area.GRADE] == (1, 0, 1)
    assert by_trainee["Trainee B"].agreement.agreed == 1
    assert [(c.name, c.sittings) for c in results.together(found, By.COHORT)] == [
        ("Autumn", 2),
        ("no cohort", 1),
    ]
    plots = results.series(results.together(found, By.SITTING))
    assert plots[-1].title == "Grades as the key" and [p.parts for p in plots[-1].points] == [
        (0, 1),
        (1, 0),
        (1, 0),
    ]
    assert results.as_svg(results.together(found, By.TRAINEE)).startswith("<")
    plain = results.for_programs(results.together(found, By.TRAINEE), By.TRAINEE)
    assert plain["results"][0]["grades"]["n"] == 2


def test_two_policies_over_one_sitting_differ_where_a_rule_was_taken_out(tmp_path, desk):
    seat(desk.folder)
    desk.wait(60)
    incident = desk.take()
    desk.app.telling.tell(desk.actor, incident, Told("violence-now", "He hit me.", teller="Adult A"))
    desk.app.incidents.grade(desk.actor, incident, "I")
    ours = desk.app.policy
    assert comparing.compare(desk.folder, ours, ours).differences == ()
    standing = {w.code for w in desk.app.desk.view(desk.actor, incident).assessment.standing}
    assert standing
    other = without(ours, standing)
    found = comparing.compare(desk.folder, ours, other)
    assert found.differ and {code for d in found.differences for code, *_ in d.only_ours} >= standing
    assert found.differences[0].floor_ours == "Immediate" and found.differences[0].floor_other == ""
    lines = list(comparing.in_words(found, desk.exercise.zone))
    assert any("floor: Immediate; by the other none" in line for line in lines)
    assert json.loads(json.dumps(comparing.for_programs(found)))["differences"][0]["incident"] == incident


def without(policy, codes):
    """A policy without some of its warnings."""
    from callhandler.policy.pack import policy_of

    kept = tuple(w for w in policy.pack.warnings if w.id not in codes)
    return policy_of(policy.pack.model_copy(update={"warnings": kept}))
