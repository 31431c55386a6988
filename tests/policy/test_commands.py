"""`policy check`, `list` and `explain`, as a supervisor runs them."""

import json
from pathlib import Path

import pytest

from callhandler import cli
from callhandler.policy.conditions import Condition
from callhandler.policy.spoken import in_words
from callhandler.services.explaining import KINDS, explained
from tests.shipped import shipped

SHIPPED = shipped("national")


def said(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert cli.main(["policy", *args]) == 0
    return capsys.readouterr().out


def test_check_as_json_counts_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "check", "--json"))
    assert found["valid"] is True
    assert found["faults"] == []
    national = next(s for s in found["schemes"] if s["scheme"] == "national")
    assert national["digest"] == SHIPPED.digest
    assert national["warnings"] == len(SHIPPED.warnings)


def test_check_as_json_names_every_fault_with_file_and_line(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = pack / "core" / "warnings.yaml"
    text = path.read_text(encoding="utf-8").replace("    floor: immediate", "    flor: immediate", 1)
    path.write_text(text.replace("tier: serious", "tier: grave", 1), encoding="utf-8")
    assert cli.main(["policy", "check", "--json", "--folder", str(pack)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["valid"] is False
    assert len(found["faults"]) == 2, "each fault once, though both schemes have it"
    assert all(f["file"] == "warnings.yaml" and f["line"] > 1 and f["sentence"] for f in found["faults"])


@pytest.mark.parametrize("what", KINDS)
def test_every_entry_is_listed_in_one_line(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "list", what).splitlines()
    assert len(lines) == len(getattr(SHIPPED.pack, what))
    rows = json.loads(said(capsys, "list", what, "--json"))
    assert {r["id"] for r in rows} == {line.split()[0] for line in lines}


@pytest.mark.parametrize("code", SHIPPED.warnings)
def test_every_warning_is_explained_in_words(code: str) -> None:
    lines = list(explained(code, SHIPPED))
    rule = SHIPPED.warnings[code]
    assert rule.sentence in lines
    assert {"When:", "Do:", "Settled by:", "Not settled by:", "Reference:"} <= set(lines)
    assert not any("{'" in line or "None" in line for line in lines)


def test_explain_names_the_situations_that_raise_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "explain", "assault-suspect-free")
    assert "Situations that raise it:" in text


def test_a_name_nearly_right_is_answered_with_what_it_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["policy", "explain", "keys-and-acces"]) == 1
    assert "did you mean keys-and-access" in capsys.readouterr().err


def test_every_word_of_the_vocabulary_can_be_said() -> None:
    examples = {
        "present": {
            "indicators": ["fear"],
            "open": True,
            "by_suspect_here": True,
            "by_partner": True,
            "by_respondent": True,
            "unmet": True,
            "told_by_third_party": True,
        },
        "count_within": {"of": "incidents", "at_least": 2, "within_days": 30},
        "gaps": {"incidents": 2, "within_days": 3},
        "order": {"states": ["LIVE"], "types": ["nmo"], "respondent_here": True},
        "order_term": {"kinds": ["exclusion-zone"], "which": "going_to", "by": "place"},
        "clock": {"of": "waiting", "minutes": 5},
        "place": {"which": "here", "to": ["suspect"]},
        "location": {"doubts": ["far_apart"]},
        "unknown": {"questions": ["alone"]},
        "replied": {"question": "alone", "reply": "no"},
        "call": {"outcomes": ["silent"], "direction": "in"},
        "response": {"states": ["none"]},
        "marker": {"codes": ["threats"], "on": ["place"], "told": ["no"]},
        "risk_assessment": {"done": ["not_done"], "lowered": True},
        "enquiry": {"states": ["open"]},
        "after_police_warning": {"contact": ["following"]},
        "count_only": {},
        "nameless": {},
        "role": {"role": "child"},
        "suspect_harmed_others": {},
        "respondent_meant": {},
        "suspect_before_meant": {"indicators": ["fear"], "within_days": 365},
        "type": {"types": ["asb"]},
        "again": {"weight": "grave", "natural_to": ["domestic-abuse"]},
        "new_in_repeat_call": {"indicators": ["fear"]},
        "not_answered": {"at_least": 2},
        "said_not_logged": {"weight": "grave"},
        "nothing_told": {},
        "type_misfit": {},
        "waits_elsewhere": {"missed": True},
        "unnamed": {"roles": ["suspect"]},
        "rising_severity": {},
        "gaps_shortening": {},
        "spread": {"places": 2},
        "repeat_number": {"incidents": 2, "within_days": 9},
        "roles_reversed": {},
        "nobody_at_risk": {},
        "reporter_at_risk_before": {},
        "record": {"kinds": ["caution"]},
        "qualifier": {"of": ["repeat"]},
        "owner": {"states": ["none", "parked"], "minutes": 5},
        "graded": {"bands": ["resolve", "closed"]},
        "task": {"codes": ["obtain-order"], "overdue": True, "minutes": 5},
        "unconfirmed": {"facts": ["person-seen-safe"], "minutes": 5},
        "whereabouts": {"state": "moved"},
        "time_of_day": {"from": "22:00", "to": "06:00"},
        "not": {"order": {}},
        "all": [{"order": {}}],
        "any": [{"order": {}}],
    }
    words = {"not" if name == "not_" else name for name in Condition.model_fields}
    assert set(examples) == words, "a new word is said, documented and tried here"
    for name, value in examples.items():
        assert in_words(Condition.model_validate({name: value}), SHIPPED)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("types", "asb: repeat"),
        ("sayers", "officer-at-scene"),
        ("checks", "seen-in-person"),
        ("markers", "firearms: gun-within-reach"),
        ("records", "conviction: known-for-violence"),
        ("warned", "bail: conditions-broken"),
    ],
)
def test_codes_are_listed_with_what_belongs_to_them(
    what: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, more = line.partition(": ")
    rows = {r["id"]: r["text"] for r in json.loads(said(capsys, "list", what, "--json"))}
    assert more in rows[code]


def test_a_question_is_explained_as_a_warning_is(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "explain", "where-is-he")
    assert "Does anybody know where he is now?" in text
    assert "Comes up when:" in text
    both = said(capsys, "explain", "keys-and-access")
    assert "keys-and-access: serious" in both
    assert "keys-and-access: question" in both


def test_one_situation_is_shown_whole_though_all_is_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "situations", "--show", "silent-calls-day-after-caution")
    assert "  domestic-default: " in text
    assert "Floor: immediate, held by domestic-default" in text
    assert text.split("Asks first:\n")[1].count("\n  ") == 4
    assert cli.main(["policy", "situations", "--show", "silent-calls-day-after-cautio"]) == 1
    assert "did you mean silent-calls-day-after-caution" in capsys.readouterr().err
