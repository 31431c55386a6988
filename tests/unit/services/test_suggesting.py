"""Taking a suggestion: the line once, what it tells once, both or neither, in the words that were typed."""

import pytest
from sqlalchemy import text
from uuid6 import uuid7

from callhandler.errors import BadInput
from callhandler.model.facts import Stance
from callhandler.rules.suggest import Suggestion
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

LINE = "  she’s scared, he's got a nife & <says> he’ll kill me "


@pytest.fixture
def incident(desk: Desk) -> int:
    return desk.call(place="Her flat", number="07700 900418", type="domestic-abuse")


def offer(desk: Desk, line: str, indicator: str) -> Suggestion:
    return next(s for s in desk.app.suggesting.offers(line) if s.indicator == indicator)


def take(
    desk: Desk, incident: int, indicator: str, line: str = LINE, line_uuid: str = "", uuid: str = ""
) -> object:
    one = offer(desk, line, indicator)
    return desk.app.suggesting.take(
        desk.handler, incident, line, line_uuid or str(uuid7()), one, uuid or str(uuid7())
    )


def logged(desk: Desk, incident: int) -> list[str]:
    return [e.text for e in desk.view(incident).picture.log]


def test_an_offer_records_nothing(desk: Desk, incident: int) -> None:
    before = desk.app.office.engine
    with before.connect() as connection:
        rows = connection.execute(text("SELECT count(*) FROM journal")).scalar_one()
    desk.app.suggesting.offers(LINE)
    with before.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM journal")).scalar_one() == rows


def test_taking_one_records_the_line_once_and_what_it_tells_in_the_same_words(
    desk: Desk, incident: int
) -> None:
    had = len(logged(desk, incident))
    take(desk, incident, "weapon-seen")
    assert logged(desk, incident)[had:] == [LINE.strip()]
    (told,) = [d for d in desk.view(incident).picture.disclosures if d.indicator == "weapon-seen"]
    assert told.words == LINE.strip()
    assert told.stance is Stance.TOLD
    assert told.open
    assert "weapon-feared" in desk.codes(incident), "the rules were run in the same write"


def test_a_second_of_the_same_line_writes_no_second_line(desk: Desk, incident: int) -> None:
    line_uuid = str(uuid7())
    take(desk, incident, "weapon-seen", line_uuid=line_uuid)
    had = len(logged(desk, incident))
    take(desk, incident, "threat-to-kill", line_uuid=line_uuid)
    assert len(logged(desk, incident)) == had
    assert {"weapon-seen", "threat-to-kill"} <= {d.indicator for d in desk.view(incident).picture.disclosures}


def test_a_line_recorded_by_enter_is_not_recorded_again(desk: Desk, incident: int) -> None:
    line_uuid = str(uuid7())
    desk.app.telling.write(desk.handler, incident, LINE, uuid=line_uuid)
    had = logged(desk, incident)
    take(desk, incident, "weapon-seen", line_uuid=line_uuid)
    assert logged(desk, incident) == had
    assert "weapon-seen" in {d.indicator for d in desk.view(incident).picture.disclosures}


def test_taking_the_same_one_again_does_nothing_more(desk: Desk, incident: int) -> None:
    line_uuid, uuid = str(uuid7()), str(uuid7())
    assert take(desk, incident, "weapon-seen", line_uuid=line_uuid, uuid=uuid) is not None
    had = desk.view(incident).picture
    assert take(desk, incident, "weapon-seen", line_uuid=line_uuid, uuid=uuid) is None
    assert desk.view(incident).picture.disclosures == had.disclosures
    assert desk.view(incident).picture.log == had.log


def test_a_line_too_long_records_neither(desk: Desk, incident: int) -> None:
    had = logged(desk, incident)
    with pytest.raises(BadInput, match="30,0"):
        take(desk, incident, "weapon-seen", line="he has a knife " + "x" * 30_000)
    assert logged(desk, incident) == had
    assert not desk.view(incident).picture.disclosures


def test_a_denial_is_recorded_as_one_and_cancels_nothing(desk: Desk, incident: int) -> None:
    take(desk, incident, "weapon-seen", line="he has a knife")
    assert "weapon-feared" in desk.codes(incident)
    one = offer(desk, "no weapons in his hands, he says no knife", "weapon-seen")
    assert one.denied
    desk.app.suggesting.take(desk.handler, incident, "he says no knife", str(uuid7()), one, str(uuid7()))
    stances = [d.stance for d in desk.view(incident).picture.disclosures if d.indicator == "weapon-seen"]
    assert stances == [Stance.TOLD, Stance.DENIED]
    assert "weapon-feared" in desk.codes(incident)


def test_it_is_about_the_one_suspect_and_about_nobody_when_it_is_of_another(
    desk: Desk, incident: int
) -> None:
    desk.app.telling.tell(desk.handler, incident, Told("fear", "I am scared.", about="The suspect"))
    take(desk, incident, "strangulation", line="he strangled me")
    take(desk, incident, "sexual-violence", line="a woman next door was raped")
    picture = desk.view(incident).picture
    by = {d.indicator: d.about_id for d in picture.disclosures}
    assert by["strangulation"] is not None
    assert picture.name_of(by["strangulation"]) == "The suspect"
    assert by["sexual-violence"] is None
