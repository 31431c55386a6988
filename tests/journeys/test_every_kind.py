"""The help page's example of every kind of event plays as it stands, and its output meets the contract."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator

from callhandler.app import replaying, training_folder
from callhandler.intake.scenario_events import AnyEvent
from callhandler.services.replay_output import event_out, header, in_words
from callhandler.settings import Settings
from tests.journeys.conftest import Played

HELP = training_folder().parent / "help"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Played, str]]:
    """The example, its output and what the terminal shows."""
    page = (HELP / "scenarios.md").read_text(encoding="utf-8")
    (example,) = [b for b in page.split("```yaml\n") if b.startswith("scenario: every-kind")]
    path: Path = tmp_path_factory.mktemp("help") / "every-kind.yaml"
    path.write_text(example.split("```")[0], encoding="utf-8")
    with replaying(path, Settings(database="")) as run:
        steps = list(run.play())
        events = [event_out(step, run) for step in steps]
        words = "\n".join(in_words(step, run) for step in steps)
        yield Played(json.loads(json.dumps({"header": header(run), "events": events}))), words


def test_every_kind_of_event_is_in_it(played: tuple[Played, str]) -> None:
    union = get_args(AnyEvent)[0]
    kinds = {kind for event in get_args(union) for kind in get_args(event.model_fields["do"].annotation)}
    assert {e["do"] for e in played[0].events} == kinds


def test_its_output_meets_the_contract(played: tuple[Played, str]) -> None:
    schema = json.loads((HELP / "replay.schema.json").read_text(encoding="utf-8"))
    assert [e.message for e in Draft202012Validator(schema).iter_errors(played[0].whole)] == []


def test_the_urgency_never_falls_in_it(played: tuple[Played, str]) -> None:
    ranks = {g["id"]: g["rank"] for g in played[0].whole["header"]["grades"]}
    stood = [ranks[e["standing"]] for e in played[0].events if e["standing"] in ranks]
    assert stood == sorted(stood, reverse=True)
    assert not any(
        e["attempt"]["accepted"] for e in played[0].events if e["event"] in ("lower", "reasons", "closing")
    )


def test_a_cancellation_a_denial_and_a_new_type_shed_nothing(played: tuple[Played, str]) -> None:
    known: set[str] = set()
    for event in played[0].events:
        now = {w["code"] for w in event["warnings"]} | {s["code"] for s in event["settled"]}
        assert known <= now
        known = now


def test_the_terminal_names_each_event_and_each_refusal(played: tuple[Played, str]) -> None:
    whole, words = played
    for event in whole.events:
        assert f"  {event['event']}\n" in words or words.rstrip().endswith(event["event"])
    refused = [e for e in whole.events if e.get("attempt", {}).get("accepted") is False]
    assert words.count("REFUSED") == len(refused)
