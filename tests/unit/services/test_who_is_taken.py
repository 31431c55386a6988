"""Who is taken to be meant without asking. Words that name nobody, or half a name, join no two incidents."""

import pytest

from callhandler.model.people import Role
from callhandler.rules.identify.names.whole import names_somebody, tells_who
from callhandler.services.calls import CallIn
from callhandler.services.naming import MANY_USERS
from callhandler.services.telling import Told
from tests.unit.conftest import Desk

HOME = "07700 900111"


@pytest.mark.parametrize(
    "words",
    [
        "Her partner",
        "The suspect",
        "Suspect 2",
        "unknown male",
        "my ex husband",
        "Neighbour",
        "Man at number 4",
    ],
)
def test_the_same_words_in_two_incidents_are_two_people(desk: Desk, words: str) -> None:
    assert not names_somebody(words)
    suspects = []
    for name, number in (("Ann Reed", "07700 900601"), ("Beth Moore", "07700 900602")):
        incident = desk.call(name, number=number, type="domestic-abuse")
        for _ in range(2):
            desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He hit me.", name, words))
        (him,) = desk.view(incident).picture.with_role(Role.SUSPECT)
        suspects.append(him)
        assert not desk.view(incident).picture.linked
        desk.later(60 * 24)
    assert len(set(suspects)) == 2


def test_the_suspect_of_what_happened_there_last_year_is_not_the_suspect_of_today(desk: Desk) -> None:
    before = desk.call("Ann Reed", place="6 Bridge Street, Dudley", type="domestic-abuse")
    desk.app.telling.tell(desk.handler, before, Told("violence-now", "x", "Ann Reed", "The suspect"))
    desk.later(60 * 24 * 300)
    now = desk.call("Beth Moore", place="6 Bridge Street, Dudley", type="domestic-abuse")
    assert before in {i.id for i in desk.view(now).picture.linked}
    desk.app.telling.tell(desk.handler, now, Told("violence-now", "x", "Beth Moore", "The suspect"))
    old, new = (desk.view(i).picture.with_role(Role.SUSPECT) for i in (before, now))
    assert old != new


def test_a_given_name_alone_is_taken_only_with_its_number_or_date_of_birth(desk: Desk) -> None:
    assert names_somebody("Yusuf") and not tells_who("Yusuf") and tells_who("Yusuf Ali")
    first = desk.call("Yusuf", number=HOME, born="1990-05-04")
    desk.later(60 * 24)
    (him,) = desk.view(first).picture.with_role(Role.CALLER)

    def taken(call: CallIn) -> int | None:
        return desk.app.calls.who(desk.handler, call).by_itself

    assert taken(CallIn(name="Yusuf", number="07700 900222")) is None
    assert taken(CallIn(name="Yusuf", number=HOME)) == him
    assert taken(CallIn(name="Yusuf", born="4 May 1990")) == him
    assert taken(CallIn(name="Yusuf", born="1990")) is None
    other = desk.call("Yusuf", number="07700 900222")
    assert him not in desk.view(other).picture.with_role(Role.CALLER)


def test_of_a_father_and_a_son_of_one_name_and_one_number_neither_is_taken(desk: Desk) -> None:
    father = desk.call("John Smith", number=HOME, born="1950-01-02")
    desk.later(60 * 24 * 30)
    son = desk.call("John Smith", number=HOME, born="1980-05-06", join="no")
    desk.later(60 * 24 * 30)
    records = [desk.view(i).picture.with_role(Role.CALLER)[0] for i in (father, son)]
    found = desk.app.calls.who(desk.handler, CallIn(name="John Smith", number=HOME))
    assert found.by_itself is None and [c.id for c in found.candidates] == records
    now = desk.call("John Smith", number=HOME)
    assert not set(desk.view(now).picture.with_role(Role.CALLER)) & set(records)
    known = desk.app.calls.who(desk.handler, CallIn(name="John Smith", number=HOME, born="6/5/1980"))
    assert known.by_itself == records[1]


def test_of_two_of_one_name_the_one_who_uses_the_number_is_taken_and_that_is_said(desk: Desk) -> None:
    mine = desk.call("Pat Hill", number=HOME, born="1970-01-01")
    desk.call("Pat Hill", number="07700 900333", born="1999-02-02", join="no")
    found = desk.app.calls.who(desk.handler, CallIn(name="Pat Hill", number=HOME))
    assert found.by_itself == desk.view(mine).picture.with_role(Role.CALLER)[0]
    assert found.by_what == "the only one of this name known to use this number"


def test_a_switchboard_tells_no_two_of_one_name_apart(desk: Desk) -> None:
    board = "0121 496 0734"
    desk.call("Pat Hill", number=board, born="1970-01-01")
    desk.call("Pat Hill", number="07700 900333", born="1999-02-02", join="no")
    for n in range(MANY_USERS):
        desk.call(f"Ward Sister{'abcdefghijklmnopqrstuvwxyz'[n]}", number=board, join="no")
    assert desk.app.calls.who(desk.handler, CallIn(name="Pat Hill", number=board)).by_itself is None
