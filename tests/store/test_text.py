"""Whatever is typed is kept and read back alike on both engines, or cleaned as `office.line` says; nothing is cut."""

from pathlib import Path

import pytest
from sqlalchemy import text

from callhandler.errors import BadInput
from callhandler.model.actor import Right
from callhandler.policy.pack import Policy
from callhandler.services.desk import Desk
from callhandler.services.office import LONGEST_LINE
from callhandler.services.telling import Telling
from callhandler.store import verify
from callhandler.store.drafts import Draft, DraftFile
from callhandler.store.engine import make_engine
from callhandler.store.tables import import_file
from callhandler.store.unit_of_work import reading, writing
from tests.store.world import open_office, sign_in
from tests.stores import NOW, Store

AS_TYPED = {
    "long": "He said he will come back. " * 371,
    "emoji": "👩‍👧 🏠 🔪 🇬🇧 👍🏽",
    "right to left": "قال إنه سيعود الليلة",
    "hebrew with english": "הוא אמר OK ב־23:42",
    "both ways in one line": "Name: محمد علي, door 4\u200f\u200e",
    "punjabi": "ਉਹ ਵਾਪਸ ਆਵੇਗਾ",
    "combining": "Zoe\u0308 and Zoë, s\u0323\u0307",
    "quotes": '\'; DROP TABLE decision; -- "she said" `so`',
    "marks of a driver": "100 % of :name and %(name)s and ? and \\n",
    "lines": "First line\nsecond line\twith a tab",
    "astral": "𝔄𝔅 𐍈 \U0010ffff",
    "markup": "<b>not bold</b> & </script>",
}

CLEANED = {
    "nul": ("he\x00 left", "he left"),
    "control": ("he\x07 l\x1beft\x08", "he left"),
    "half a pair": ("he \ud83d left", "he ? left"),
    "other half": ("\udc00he left", "?he left"),
    "around": ("  he left \n", "he left"),
}


def test_what_is_typed_is_read_back(world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    actor = sign_in(office, "typist", Right.HANDLER)
    incident = Desk(office).board(actor)[0].incident_id
    telling = Telling(office)
    typed = {name: line.strip() for name, line in AS_TYPED.items()}
    for line in [*typed.values(), *(given for given, _ in CLEANED.values())]:
        telling.write(actor, incident, line)
    log = [entry.text for entry in Desk(office).view(actor, incident).picture.log]
    assert log[-len(CLEANED) - len(typed) :] == [*typed.values(), *(kept for _, kept in CLEANED.values())]
    with reading(office.engine) as connection:
        assert list(verify.chain(connection)) == []
    office.engine.dispose()


def test_a_line_of_ten_thousand_characters_is_kept_whole_and_a_longer_one_than_the_most_is_said(
    world: Store, policy: Policy
) -> None:
    office = open_office(world, policy)
    actor = sign_in(office, "typist", Right.HANDLER)
    incident = Desk(office).board(actor)[0].incident_id
    assert len(AS_TYPED["long"]) > 10_000
    with pytest.raises(BadInput, match="Nothing was cut: it is kept as typed"):
        Telling(office).write(actor, incident, "x" * (LONGEST_LINE + 1))
    office.engine.dispose()


def test_no_column_stops_at_what_nobody_can_type(store: Store) -> None:
    given = [*AS_TYPED.values(), *(line for line, _ in CLEANED.values())]
    engine = make_engine(store.database)
    with writing(engine, NOW) as uow:
        for line in given:
            uow.append(import_file, name=line, digest="d", mapping="m", zone="UTC")
        uow.commit()
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT name FROM import_file ORDER BY id")).scalars().all()
        assert list(verify.chain(connection)) == []
    engine.dispose()
    assert rows == [line.replace("\x00", "").encode("utf-8", "replace").decode() for line in given]


@pytest.mark.parametrize("name", [*AS_TYPED, "nul", "control"])
def test_a_draft_keeps_what_is_typed_as_it_is(tmp_path: Path, name: str) -> None:
    line = AS_TYPED.get(name) or CLEANED[name][0]
    draft = Draft("desk", "1", "line", line, "uuid")
    DraftFile(tmp_path / "drafts.sqlite").save(draft)
    assert DraftFile(tmp_path / "drafts.sqlite").all() == (draft,)


def test_a_draft_with_half_a_pair_keeps_the_rest(tmp_path: Path) -> None:
    DraftFile(tmp_path / "drafts.sqlite").save(Draft("desk", "1", "line", "he \ud83d left", "uuid"))
    assert DraftFile(tmp_path / "drafts.sqlite").all()[0].text == "he ? left"
