"""A policy over a history: what is counted, the same by any number of processes, against another policy, over a store."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from callhandler.cli import main
from callhandler.errors import BadInput
from callhandler.intake.population import read_population
from callhandler.model.assessment import Tier
from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy, policy_of
from callhandler.services import backtest_output
from callhandler.services.backtest import MadeUpCalls, RecordedIncidents, backtest
from callhandler.services.backtest_output import Report
from callhandler.services.tally import Case, Look, Tally, judge, rank_graded
from callhandler.services.telling import Told
from callhandler.settings import resources
from tests.shipped import shipped
from tests.unit.conftest import Desk
from tests.unit.pictures import Build

POPULATION = read_population(resources() / "population")


def without(policy: Policy, *codes: str) -> Policy:
    """A policy with some rules taken out."""
    kept = tuple(w for w in policy.pack.warnings if w.id not in codes)
    return policy_of(policy.pack.model_copy(update={"warnings": kept}))


def case(*looks: Look, truth: str = "danger") -> Case:
    return Case("domestic", truth, looks)  # type: ignore[arg-type]


def test_a_grading_below_the_floor_is_held_and_one_at_it_is_not(policy: Policy) -> None:
    b = Build().people()
    b.call(0)
    b.told("violence-now")
    low = judge(case(Look(b.picture(4), "scheduled")), policy)
    assert (low.gradings, low.held, low.floor) == (1, 1, 1)
    assert low.saw(Tier.CRITICAL)
    high = judge(case(Look(b.picture(4), "immediate")), policy)
    assert (high.gradings, high.held) == (1, 0)
    assert judge(case(Look(b.picture(4))), policy).gradings == 0


def test_what_stood_at_the_first_look_latches_into_the_second(policy: Policy) -> None:
    b = Build("theft").people()
    b.call(0)
    b.told("weapon-feared")
    first = b.picture(4)
    second = replace(b.picture(30), disclosures=())
    found = judge(case(Look(first), Look(second, "resolve")), policy)
    assert "weapon-feared" in found.stood
    assert found.held == 1


def test_a_grade_given_at_one_look_runs_its_target_at_the_next(policy: Policy) -> None:
    b = Build("theft")
    b.call(0)
    looks = (Look(b.picture(4), "immediate"), Look(b.picture(60)))
    assert "target-overdue-other" in judge(case(*looks), policy).stood
    assert "target-overdue-other" not in judge(case(replace(looks[0], graded=""), looks[1]), policy).stood


def test_a_band_and_a_grades_name_have_a_rank_and_a_strange_name_has_none(policy: Policy) -> None:
    ranks = [rank_graded(g, policy.scheme) for g in ("immediate", "resolve", policy.scheme.grades[1].name)]
    assert ranks == [1, 4, policy.scheme.grades[1].rank]
    assert rank_graded("", policy.scheme) is None
    assert rank_graded("Grade Q", policy.scheme) is None


def test_counts_are_of_calls_by_what_was_true(policy: Policy) -> None:
    b = Build().people()
    b.call(0)
    b.told("violence-now")
    tally = Tally()
    for truth in ("ordinary", "danger", "danger"):
        grave = case(Look(b.picture(4), "scheduled"), truth=truth)
        tally.take(grave, judge(grave, policy))
    calm = Case("enquiry", "ordinary", (Look(Build("general-enquiry").picture(1)),))
    tally.take(calm, judge(calm, policy))
    assert (tally.of("calls"), tally.of("calls", truth="danger")) == (4, 2)
    assert (tally.of("critical"), tally.of("critical", truth="ordinary")) == (3, 1)
    assert tally.of("quiet") == 1
    assert (tally.of("graded"), tally.of("held")) == (3, 3)
    assert tally.of("rule", "assault-suspect-free", "danger") == 2
    assert tally.names("kind") == ["domestic", "enquiry"]
    assert tally.of("kind-critical", "domestic") == 3


def test_two_processes_count_what_one_counts(policy: Policy) -> None:
    source = MadeUpCalls(POPULATION, 3, 700)
    other = without(policy, "weapon-feared")
    said: list[tuple[int, int]] = []
    one = backtest(source, [policy, other], 1, lambda done, total: said.append((done, total)))
    two = backtest(source, [policy, other], 2)
    assert one == two
    assert said[-1] == (700, 700)
    assert [done for done, _ in said] == sorted(done for done, _ in said)


def test_a_rule_taken_out_shows_as_warnings_lost_and_floors_less_urgent(policy: Policy) -> None:
    source = MadeUpCalls(POPULATION, 1, 600)
    other = without(policy, "assault-suspect-free", "own-life-at-risk")
    found = backtest(source, [other, policy], 1)
    assert found.changes.of("critical-lost") > 10
    assert found.changes.of("floor-less-urgent") > 5
    assert found.changes.of("held-fewer") > 0
    gained = ("critical-gained", "floor-more-urgent", "held-more")
    assert [found.changes.of(what) for what in gained] == [0, 0, 0]
    assert found.tallies[0].of("rule", "assault-suspect-free") == 0
    back = backtest(source, [policy, other], 1)
    assert back.changes.of("critical-gained") == found.changes.of("critical-lost")
    assert back.changes.of("held-more") == found.changes.of("held-fewer")


def recorded_night(desk: Desk) -> int:
    """A call with violence told, graded Immediate."""
    incident = desk.call("Adult 1", "Her flat", "07700 900112", type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me", about="Adult 9", harmed="Adult 1")
    )
    desk.app.incidents.grade(desk.handler, incident, "I")
    return incident


def test_recorded_incidents_are_judged_as_they_were_known_and_nothing_is_written(
    desk: Desk, policy: Policy
) -> None:
    recorded_night(desk)
    calm = desk.call("Adult 2", "A shop", "07700 900113", type="theft")
    desk.app.incidents.grade(desk.handler, calm, "S")
    database = desk.app.settings.database
    before = desk.app.custody.prove()
    found = backtest(RecordedIncidents(database), [policy], 1).tallies[0]
    assert (found.of("calls", truth="unknown"), found.of("calls")) == (2, 2)
    assert found.of("critical") == 1
    assert (found.of("graded"), found.of("held")) == (2, 0)
    assert found.names("kind") == ["domestic-abuse", "theft"]
    assert desk.app.custody.prove().links == before.links


def test_a_stricter_policy_would_have_held_what_was_recorded(desk: Desk, policy: Policy) -> None:
    calm = desk.call("Adult 2", "A shop", "07700 900113", type="theft")
    desk.app.telling.tell(desk.handler, calm, Told("theft-report", "My bike is gone"))
    desk.app.incidents.grade(desk.handler, calm, "S")
    rule = policy.warnings["domestic-default"]
    theft = Condition.model_validate({"type": {"types": ["theft"]}})
    strict = policy_of(
        policy.pack.model_copy(update={"warnings": (rule.model_copy(update={"when": theft}),)})
    )
    found = backtest(RecordedIncidents(desk.app.settings.database), [strict, policy], 2)
    assert [t.of("held") for t in found.tallies] == [1, 0]
    assert found.changes.of("held-more") == 1


def test_a_grade_of_another_scheme_counts_by_its_band(desk: Desk) -> None:
    """The desk grades by the national scheme; the policy that is tried calls its grades otherwise."""
    recorded_night(desk)
    other = shipped("west-midlands")
    assert "I" not in {grade.id for grade in other.scheme.grades}
    found = backtest(RecordedIncidents(desk.app.settings.database), [other], 1).tallies[0]
    assert (found.of("graded"), found.of("held")) == (1, 0)


def test_no_database_and_no_incidents_are_said_plainly(desk: Desk, policy: Policy, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no callhandler database none\.sqlite"):
        backtest(RecordedIncidents(str(tmp_path / "none.sqlite")), [policy], 1)
    with pytest.raises(BadInput, match="no calls to judge"):
        backtest(RecordedIncidents(desk.app.settings.database), [policy], 1)


@pytest.fixture(scope="module")
def report() -> Report:
    policy = shipped("national")
    other = without(policy, "assault-suspect-free")
    result = backtest(MadeUpCalls(POPULATION, 1, 400), [policy, other], 1)
    return Report("400 made-up calls", (policy, other), result)


def test_people_read_every_rule_that_stood_in_whole_words(report: Report) -> None:
    out = Console(width=80, record=True, file=io.StringIO())
    out.print(backtest_output.for_people(report))
    text = out.export_text()
    for name in report.tally.names("rule"):
        assert name in text
    assert "sees a critical warning, and did not" in text
    assert "ordinary" in text


def test_programs_get_the_same_counts(report: Report) -> None:
    value = json.loads(json.dumps(backtest_output.for_programs(report)))
    first = value["policies"][0]
    assert first["calls"]["all"] == 400 == first["calls"]["ordinary"] + first["calls"]["danger"]
    assert (
        first["rules"]["assault-suspect-free"]["all"] == report.tally.of("rule", "assault-suspect-free") > 0
    )
    assert sum(floor["all"] for floor in first["floors"].values()) == 400
    assert sum(kind["calls"]["all"] for kind in first["kinds"].values()) == 400
    assert value["changes"]["critical-gained"]["all"] == report.result.changes.of("critical-gained") > 0


def test_the_table_of_rules_holds_each_rule_once_with_what_the_other_policy_counts(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(backtest_output.as_csv(report))))
    assert [row["rule"] for row in rows] == [w.id for w in report.policies[0].pack.warnings]
    row = next(row for row in rows if row["rule"] == "assault-suspect-free")
    assert (row["tier"], row["floor"], row["against"]) == ("critical", "immediate", "0")
    assert int(row["calls"]) == int(row["ordinary"]) + int(row["danger"])


def test_the_plot_is_whole_by_itself(report: Report) -> None:
    text = backtest_output.as_svg(report)
    assert "<svg" in text
    assert "assault-suspect-free" in text
    assert "<script" not in text
    assert "ordinary" in text
    assert "in danger" in text


def test_the_command_prints_json_and_writes_both_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, drawn = tmp_path / "rules.csv", tmp_path / "rules.svg"
    arguments = ["--calls", "60", "--processes", "1", "--json", "--csv", str(table), "--plot", str(drawn)]
    assert main(["policy", "backtest", *arguments]) == 0
    assert json.loads(capsys.readouterr().out)["policies"][0]["calls"]["all"] == 60
    assert table.read_text(encoding="utf-8").startswith("rule,tier,floor")
    assert drawn.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--plot", "rules.png"], "written as SVG"),
        (["--csv", "nowhere/rules.csv", "--calls", "1", "--processes", "1"], "cannot be written"),
        (["--population", "nowhere"], "figures.yaml"),
        (["--database", "nowhere.sqlite"], "There is no callhandler database"),
        (["--against", "nowhere"], "There is no scheme"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    arguments: list[str],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["policy", "backtest", *arguments]) == 1
    assert complaint in capsys.readouterr().err


def test_a_population_that_tells_of_what_the_policy_does_not_know_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("figures.yaml", "kinds.yaml"):
        text = (resources() / "population" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("theft-report", "theft-of-time"), encoding="utf-8")
    assert main(["policy", "backtest", "--population", str(tmp_path)]) == 1
    assert "does not know: theft-of-time" in capsys.readouterr().err
