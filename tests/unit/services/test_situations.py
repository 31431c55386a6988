"""The judge of situations: what is not as expected is told with its reason, and nothing is taken for granted."""

import json
from pathlib import Path

import pytest

from callhandler import cli
from callhandler.policy.pack import Policy
from callhandler.services.situations import Outcome, coverage, run_all, without_twin

ASSAULT = '  - id: one\n    say: "A case"\n    reference: "test 1"\n    type: domestic-abuse\n    told: [violence-now]\n'


def judge(folder: Path, policy: Policy, text: str) -> list[Outcome]:
    path = folder / "cases.yaml"
    path.write_text("situations:\n" + text, encoding="utf-8")
    return list(run_all(path, policy))


def test_what_is_as_expected_holds(tmp_path: Path, policy: Policy) -> None:
    (found,) = judge(
        tmp_path,
        policy,
        ASSAULT
        + "    expect: {critical: [assault-suspect-free], floor: immediate, asks: [weapon], asks_not: [life-now]}\n",
    )
    assert found.holds


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("", "critical assault-suspect-free was not expected"),
        (
            "    expect: {critical: [assault-suspect-free, weapon-feared]}\n",
            "weapon-feared was expected and does not stand",
        ),
        ("    expect: {serious: [assault-suspect-free]}\n", "was expected and stands as critical"),
        ("    expect: {note: [separation-recent]}\n", "note separation-recent was expected"),
        ("    expect: {never: [domestic-default]}\n", "domestic-default was not to stand"),
        ("    expect: {settled: [domestic-default]}\n", "was to be settled and stands"),
        ("    expect: {floor: none}\n", "the floor was expected at none and is at immediate, held by"),
        ("    expect: {allows: resolve}\n", "resolve was to be allowed and the floor is at immediate"),
        ("    ordinary: true\n", "scheduled was to be allowed"),
        ("    expect: {asks: [missing-why-worried]}\n", "does not come up"),
        ("    expect: {asks_not: [weapon]}\n", "was not expected and comes up"),
        ("    near: [domestic-default]\n", "domestic-default was not to stand"),
    ],
)
def test_what_is_not_as_expected_is_said(tmp_path: Path, policy: Policy, expect: str, words: str) -> None:
    (found,) = judge(tmp_path, policy, ASSAULT + expect)
    assert any(words in reason for reason in found.reasons), found.reasons


def test_a_twin_must_turn_on_what_was_near(tmp_path: Path, policy: Policy) -> None:
    base = (
        '  - id: one\n    say: "A case"\n    reference: "test 1"\n    near: [weapon-feared]\n    type: asb\n'
    )
    twin = '  - id: two\n    say: "The same"\n    twin: {of: one, adds: {told: [%s]}}\n'
    near, on = judge(tmp_path, policy, base + twin % "weapon-seen")
    assert near.holds
    assert on.holds
    assert coverage([near, on])["weapon-feared"] == (1, 1)
    assert without_twin([near, on]) == ()
    assert without_twin([near]) == (near.case,)
    _, off = judge(tmp_path, policy, base + twin % "jealousy")
    assert off.reasons == (
        "weapon-feared was to be turned on by what the twin adds, and was not",
        "critical weapon-feared was expected and does not stand",
    )


def test_the_same_situation_always_comes_out_the_same(tmp_path: Path, policy: Policy) -> None:
    one, other = (judge(tmp_path, policy, ASSAULT)[0] for _ in range(2))
    assert one.assessment == other.assessment


def test_the_command_says_what_failed_and_where(
    tmp_path: Path, policy: Policy, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(tmp_path, policy, ASSAULT)
    path = str(tmp_path / "cases.yaml")
    assert cli.main(["policy", "situations", path]) == 1
    said = capsys.readouterr().out
    assert said.startswith("cases.yaml:2: one (A case)\n  critical assault-suspect-free was not expected")
    assert "1 situations, 0 of them ordinary" in said
    assert cli.main(["policy", "situations", path, "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["holds"]) == ("one", False)


def test_a_fault_in_a_file_stops_the_command_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        'situations:\n  - id: one\n    say: "A case"\n    reference: "test 1"\n    typ: asb\n',
        encoding="utf-8",
    )
    assert cli.main(["policy", "situations", str(path)]) == 1
    assert "cases.yaml:5:" in capsys.readouterr().err
