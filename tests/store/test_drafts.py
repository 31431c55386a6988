"""Drafts: one to a field, replaced as it is typed, gone when emptied or landed, given back after a crash."""

from pathlib import Path

import pytest

from callhandler.errors import Environment
from callhandler.model.actor import Right
from callhandler.policy.pack import Policy
from callhandler.services.desk import Desk
from callhandler.services.drafts import Drafts
from callhandler.services.telling import Telling
from tests.store.world import open_office, sign_in
from tests.stores import Store


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """The drafts of a machine that has none yet."""
    return Drafts(tmp_path / "new folder" / "drafts.sqlite")


def test_a_draft_is_replaced_emptied_and_given_back(drafts: Drafts, world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    assert drafts.recover(office) == ()
    drafts.keep("desk", "1", "line", "He is at", "uuid-1")
    drafts.keep("desk", "1", "line", "He is at the door", "uuid-1")
    drafts.keep("desk", "2", "line", "Other", "uuid-2")
    drafts.keep("desk", "2", "line", "", "uuid-2")
    assert [(d.text, d.uuid) for d in drafts.recover(office)] == [("He is at the door", "uuid-1")]
    office.engine.dispose()


def test_recovery_drops_a_draft_whose_entry_landed_and_recording_it_again_does_nothing(
    drafts: Drafts, world: Store, policy: Policy
) -> None:
    office = open_office(world, policy)
    actor = sign_in(office, "typist", Right.HANDLER)
    incident = Desk(office).board(actor)[0].incident_id
    telling = Telling(office)
    drafts.keep("desk", str(incident), "line", "He is at the door", "uuid-1")
    assert telling.write(actor, incident, "He is at the door", uuid="uuid-1") > 0
    assert telling.write(actor, incident, "He is at the door", uuid="uuid-1") == 0
    assert drafts.recover(office) == ()
    assert drafts.recover(office) == ()
    log = Desk(office).view(actor, incident).picture.log
    assert [entry.text for entry in log].count("He is at the door") == 1
    office.engine.dispose()


def test_a_damaged_draft_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(Environment, match="the draft file"):
        Drafts(path).keep("desk", "1", "line", "text", "uuid")
