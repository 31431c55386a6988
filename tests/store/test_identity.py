"""Who signs in, with which rights, for how long; and that whoever opens a person's history is written down."""

from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Right
from callhandler.model.people import Role
from callhandler.model.when import to_micros
from callhandler.services.calls import CallIn, Calls
from callhandler.services.identity import Identity
from callhandler.services.office import Office
from callhandler.services.telling import Telling
from callhandler.store import presence
from callhandler.store.tables import role_grant
from callhandler.store.unit_of_work import reading, writing
from tests.store.world import sign_in
from tests.stores import NOW

PASSPHRASE = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=64)
"""The same kind of hash, cheaply."""


def at(office: Office, later: timedelta) -> Office:
    """The same office at another instant."""
    return replace(office, clock=ScenarioClock(NOW + later))


def supervisor_present(office: Office) -> bool:
    """Whether any supervisor counts as signed in now."""
    with reading(office.engine) as connection:
        return presence.signed_in(connection, Right.SUPERVISOR, office.clock.now(), other_than=-1)


def test_a_passphrase_is_kept_as_argon2id_and_opens_a_session(office: Office) -> None:
    identity = Identity(office)
    assert not identity.has_users()
    identity.add_user("Handler12", "Handler 12", PASSPHRASE, [Right.HANDLER], granted_by="command line")
    assert identity.has_users()
    actor = identity.sign_in(" HANDLER12 ", PASSPHRASE, "desk 4")
    assert (actor.display, actor.rights, actor.workstation) == ("Handler 12", {Right.HANDLER}, "desk 4")
    with reading(office.engine) as connection:
        kept = connection.execute(text("SELECT hash FROM credential")).scalar_one()
    assert kept.startswith("$argon2id$")
    assert PASSPHRASE not in kept


@pytest.mark.parametrize(
    ("name", "passphrase"), [("handler", "wrong horse battery"), ("nobody", PASSPHRASE), ("handler", "")]
)
def test_a_wrong_name_and_a_wrong_passphrase_sound_alike(office: Office, name: str, passphrase: str) -> None:
    identity = Identity(office, QUICK)
    identity.add_user("handler", "Handler", PASSPHRASE, [Right.HANDLER], granted_by="test")
    with pytest.raises(NotAllowed, match="This name and passphrase do not go together"):
        identity.sign_in(name, passphrase)
    with reading(office.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM desk_session")).scalar_one() == 0


def test_nobody_signs_in_as_a_user_without_a_passphrase(office: Office) -> None:
    identity = Identity(office, QUICK)
    identity.add_user("trainee", "Trainee", None, [Right.HANDLER], granted_by="test")
    with pytest.raises(NotAllowed):
        identity.sign_in("trainee", "")


def test_a_short_passphrase_and_a_taken_name_are_refused(office: Office) -> None:
    identity = Identity(office, QUICK)
    with pytest.raises(BadInput, match="at least 10 characters"):
        identity.add_user("handler", "Handler", "short", [], granted_by="test")
    identity.add_user("handler", "Handler", PASSPHRASE, [], granted_by="test")
    with pytest.raises(BadInput, match="already"):
        identity.add_user("HANDLER", "Other", PASSPHRASE, [], granted_by="test")


def test_only_an_administrator_adds_users(office: Office) -> None:
    handler = sign_in(office, "handler", Right.HANDLER)
    administrator = sign_in(office, "admin", Right.ADMINISTRATOR)
    identity = Identity(office, QUICK)
    with pytest.raises(NotAllowed):
        identity.add_user_by(handler, "friend", "Friend", PASSPHRASE, [Right.SUPERVISOR])
    identity.add_user_by(administrator, "friend", "Friend", PASSPHRASE, [Right.SUPERVISOR])
    assert identity.sign_in("friend", PASSPHRASE).rights == {Right.SUPERVISOR}


def test_a_role_counts_from_its_day_and_to_its_end(office: Office) -> None:
    identity = Identity(office)
    user = identity.add_user("acting", "Acting sergeant", None, [Right.HANDLER], granted_by="test")
    begins, ends = NOW + timedelta(hours=1), NOW + timedelta(hours=9)
    with writing(office.engine, NOW) as uow:
        dates = {"from_at": to_micros(begins), "until_at": to_micros(ends)}
        uow.append(role_grant, user_id=user, role="supervisor", granted_by="admin", **dates)
        uow.commit()
    both = {Right.HANDLER, Right.SUPERVISOR}
    for later, rights in ((0, {Right.HANDLER}), (1, both), (8, both), (9, {Right.HANDLER})):
        there = at(office, timedelta(hours=later))
        assert Identity(there).open_session("acting").rights == rights, later
        assert supervisor_present(there) is (Right.SUPERVISOR in rights), later


def test_signing_out_ends_a_session_once(office: Office) -> None:
    identity = Identity(office)
    actor = sign_in(office, "supervisor", Right.SUPERVISOR)
    assert supervisor_present(office)
    identity.sign_out(actor)
    identity.sign_out(actor)
    assert not supervisor_present(office)
    with reading(office.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM session_end")).scalar_one() == 1


def test_a_session_left_open_does_not_count_after_the_longest_shift(office: Office) -> None:
    sign_in(office, "supervisor", Right.SUPERVISOR)
    # Its window runs all the while: presence goes by the database's own time, not by this clock.
    assert supervisor_present(at(office, timedelta(hours=13)))
    assert not supervisor_present(at(office, timedelta(hours=15)))


def test_opening_a_persons_history_in_a_call_is_written_down(office: Office) -> None:
    actor = sign_in(office, "handler", Right.HANDLER)
    taken = Calls(office).take(
        actor, CallIn("07700 900123", name="Caller A", place="1 Brackenfoil Street", words="Help.")
    )
    Telling(office).name_party(actor, taken.incident_id, "Former partner A", Role.SUSPECT)
    with reading(office.engine) as connection:
        rows = connection.execute(
            text(
                "SELECT c.user_id, p.name, l.label, c.incident_id, c.what, c.purpose FROM consultation c "
                "LEFT JOIN person p ON p.id = c.person_id LEFT JOIN place l ON l.id = c.place_id ORDER BY c.id"
            )
        ).all()
    who = (actor.user_id, taken.incident_id)
    assert [tuple(row) for row in rows] == [
        (who[0], "Caller A", None, who[1], "linked history", "call taken"),
        (who[0], None, "1 Brackenfoil Street", who[1], "history of the place", "call taken"),
        (who[0], "Former partner A", None, who[1], "linked history", "named in a call"),
    ]
