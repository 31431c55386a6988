"""An exercise made from a log: everybody somebody else, the same for the same, and nothing handed on that nobody passed."""

import random
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from faker import Faker

from callhandler import app as core
from callhandler.errors import BadInput, NotAllowed, Refused
from callhandler.intake.exercise import read_exercise
from callhandler.model.actor import Right
from callhandler.model.incident import LogKind
from callhandler.services.training.checked import against_policy
from callhandler.services.training.from_incident.identities import Identities
from callhandler.services.training.from_incident.making import (
    FromIncident,
    draft_of,
    export,
    kept,
    taken_up,
)
from callhandler.settings import Settings

SENTENCES = (
    "She says that {} has been there again.",
    "the informant names {} and says no more",
    "Caller is with {} now and is afraid.",
    "{} was seen near the house last night",
    "He told her that {} would come for her.",
)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("night")
    shown = core.open_demonstration(Settings(str(folder / "live.sqlite"), data_folder=folder))
    yield shown
    shown.app.close()


@pytest.fixture(scope="module")
def picture(night):
    return night.app.desk.view(night.actor, night.incident_id).picture


def planted() -> list[tuple[str, str]]:
    """Two hundred identifiers of twenty kinds, each with its kind, made by lists and shapes that are not ours."""
    fake, dice = Faker("en_GB"), random.Random(7)
    fake.seed_instance(20_260)
    dice.seed(3)

    def slip(word: str) -> str:
        place = dice.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1 :]

    kinds = {
        "name": fake.name,
        "given name": fake.first_name,
        "family name": fake.last_name,
        "name in small letters": lambda: fake.name().lower(),
        "name in capitals": lambda: fake.last_name().upper(),
        "misspelt name": lambda: slip(fake.last_name()),
        "name from elsewhere": lambda: dice.choice(
            ["Agnieszka Wójcik", "Harjit Kaur", "Nguyễn Thị Lan", "Oluwaseun Adeyemi", "Zohra Hussaini"]
        ),
        "mobile": lambda: "07" + "".join(dice.choices("0123456789", k=9)),
        "mobile in groups": lambda: (
            f"07{dice.randint(100, 999)} {dice.randint(100, 999)} {dice.randint(100, 999)}"
        ),
        "landline": lambda: f"(0121) {dice.randint(200, 899)} {dice.randint(1000, 9999)}",
        "international": lambda: f"+44 7{dice.randint(100, 999)} {dice.randint(100000, 999999)}",
        "address": fake.street_address,
        "postcode": fake.postcode,
        "e-mail": fake.email,
        "handle": lambda: "@" + fake.user_name(),
        "registration": fake.license_plate,
        "day of birth": lambda: fake.date_of_birth().strftime(
            dice.choice(["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"])
        ),
        "health number": lambda: "".join(dice.choices("0123456789", k=10)),
        "school": lambda: f"{fake.last_name()} Primary School",
        "employer": fake.company,
    }
    return [(kind, made().replace("\n", ", ")) for kind, made in kinds.items() for _ in range(10)]


def test_of_two_hundred_identifiers_planted_none_gets_through(picture, night, record_property):
    dice = random.Random(11)
    plants = planted()
    assert len(plants) == 200
    entry = picture.log[-1]
    log = tuple(replace(entry, text=dice.choice(SENTENCES).format(words)) for _, words in plants)
    # What is planted stands in texts that are handed on: messages.
    log = tuple(replace(e, id=10_000_000 + i, kind=LogKind.MESSAGE) for i, e in enumerate(log))
    made = draft_of(replace(picture, log=log), night.app.policy, "planted", 1)
    handed_on = [str(h["event"]["text"]) for h in made.draft["happenings"] if str(h["id"]).startswith("log-")]
    assert len(handed_on) == 200
    listed = {t.text for t in made.open}
    through, replaced, told = Counter(), 0, 0
    for (kind, words), text in zip(plants, handed_on, strict=True):
        parts = [
            p
            for p in re.findall(r"[\w@.+]{3,}", words)
            if p.casefold() not in {"primary", "school", "and", "sons", "the"}
        ]
        there = [p for p in parts if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text, re.IGNORECASE)]
        if not there:
            replaced += 1
        elif text in listed:
            told += 1
        else:
            through[kind] += 1
    record_property("identifiers", {"replaced": replaced, "listed": told, "through": dict(through)})
    assert dict(through) == {}
    assert replaced >= 90


def test_everybody_known_is_somebody_else_everywhere(picture, night):
    made = draft_of(picture, night.app.policy, "night-again", 1)
    text = str(made.draft)
    for person in picture.people:
        # The night's people have role names; a role is nobody's name, and "the child" may go on being one.
        if person.named and person.name.startswith("Adult"):
            assert person.name not in text
    for number in picture.numbers:
        assert number.e164 not in text
    for place in picture.places:
        assert place.address not in text


def test_a_role_is_no_name_of_its_own(picture, night):
    role = replace(picture.people[0], id=9_999, name="The child", named=True)
    entry = replace(
        picture.log[-1], id=10_000_000, kind=LogKind.MESSAGE, text="The child is at the door with a child."
    )
    made = draft_of(replace(picture, people=(*picture.people, role), log=(entry,)), night.app.policy, "x", 1)
    text = next(str(h["event"]["text"]) for h in made.draft["happenings"] if str(h["id"]).startswith("log-"))
    assert not text.startswith("The child") and text.endswith("is at the door with a child.")


def test_the_same_seed_gives_the_same_and_intervals_stay(picture, night):
    one, two, other = (draft_of(picture, night.app.policy, "x", seed) for seed in (1, 1, 2))
    assert one == two and one.draft != other.draft
    rings = [h for h in one.draft["happenings"] if h["do"] == "rings"]
    assert [h["at"][11:] for h in rings] == ["22:34", "23:08", "23:42", "00:26"]


def test_nothing_is_handed_on_before_all_of_it_was_passed(picture, night, tmp_path: Path):
    made = draft_of(picture, night.app.policy, "night-again", 1)
    assert made.open
    target = tmp_path / "night-again.yaml"
    with pytest.raises(Refused, match="may still tell"):
        export(made, target, night.app.policy)
    assert not target.exists()
    for text in made.open[1:]:
        made = made.passed(text.digest, "Trainer 1")
    with pytest.raises(Refused, match="1 text may"):
        export(made, target, night.app.policy)
    made = taken_up(kept(made), night.app.policy)
    made = made.passed(made.open[0].digest, "Trainer 1")
    export(made, target, night.app.policy)
    exercise = read_exercise(target)
    assert list(against_policy(exercise, target, night.app.policy)) == []
    with pytest.raises(BadInput, match="exists already"):
        export(made, target, night.app.policy)


def test_a_text_written_anew_is_passed_anew(picture, night):
    made = draft_of(picture, night.app.policy, "x", 1)
    first = made.open[0]
    made = made.passed(first.digest, "Trainer 1").rewritten(
        first.digest, "Somebody called Ethelburga rang.", night.app.policy
    )
    again = next(t for t in made.to_pass if "Ethelburga" in t.text)
    assert not again.passed_by and again.left
    assert first.text not in str(made.draft)


def test_a_pass_does_not_outlive_a_change_of_its_text(picture, night):
    made = draft_of(picture, night.app.policy, "x", 1)
    first = made.open[0]
    text = kept(made.passed(first.digest, "Trainer 1"))
    assert taken_up(text, night.app.policy).open == made.open[1:]
    changed = text.replace(first.text, "Ethelburga rang.", 1)
    assert "Ethelburga rang." in {t.text for t in taken_up(changed, night.app.policy).open}


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"draft": 1, "to_pass": []}', '{"draft": {}, "to_pass": [1]}']
)
def test_what_is_no_draft_is_said_to_be_none(night, text):
    with pytest.raises(BadInput, match="no exercise under way"):
        taken_up(text, night.app.policy)


def test_only_a_trainer_or_supervisor_may_and_it_is_recorded(night):
    makes = FromIncident(night.app.office)
    with pytest.raises(NotAllowed):
        makes.make(night.actor, night.incident_id, "A course", "x")
    trainer = replace(night.actor, rights=frozenset({Right.TRAINER}))
    made = makes.make(trainer, night.incident_id, "A course", "x")
    assert made.draft["exercise"] == "x"


def test_the_same_number_in_another_spelling_stays_the_same():
    who = Identities(1)
    assert who.number("07700 900418") == who.number("+447700900418") != who.number("07700 900419")
