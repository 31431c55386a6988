"""A desk whose window was killed has nobody at it a minute and a half later, on both engines; a scenario's people stay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from callhandler.clock import ScenarioClock
from callhandler.errors import NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.services.identity import Identity
from callhandler.services.office import Office
from callhandler.store import presence
from callhandler.store.unit_of_work import reading
from tests.store.world import sign_in
from tests.stores import NOW, Plain, Store


@pytest.fixture
def supervisor(office: Office) -> Actor:
    """A supervisor whose window has just opened."""
    return sign_in(office, "supervisor", Right.SUPERVISOR)


def there(office: Office, *, other_than: int = -1) -> bool:
    """Whether a supervisor is there to be asked."""
    with reading(office.engine) as connection:
        return presence.signed_in(connection, Right.SUPERVISOR, office.clock.now(), other_than=other_than)


def silent(store: Store, seconds: float) -> None:
    """Let every desk have been silent for so much longer, as the application's own role may write it."""
    with store.plain() as plain:
        plain.run("UPDATE presence SET heard_at = heard_at - :us", us=int(seconds * 1_000_000))
        plain.commit()


def links(store: Store) -> int:
    """How long the journal is."""
    with store.plain() as plain:
        found: int = plain.one("SELECT count(*) FROM journal")
    return found


def test_a_desk_that_fell_silent_has_nobody_at_it(office: Office, store: Store, supervisor: Actor) -> None:
    assert there(office)
    silent(store, presence.SILENT_SECONDS - 15)
    assert there(office)
    silent(store, 16)
    assert not there(office)


def test_a_sign_of_life_brings_it_back_and_records_nothing(
    office: Office, store: Store, supervisor: Actor
) -> None:
    silent(store, 600)
    before = links(store)
    Identity(office).renew(supervisor)
    assert there(office)
    assert links(store) == before


def test_no_sign_of_life_reopens_what_was_signed_out(office: Office, supervisor: Actor) -> None:
    Identity(office).sign_out(supervisor)
    Identity(office).renew(supervisor)
    assert not there(office)


def test_one_is_not_present_for_oneself(office: Office, supervisor: Actor) -> None:
    assert not there(office, other_than=supervisor.user_id)


def test_the_desks_of_two_machines_agree_though_their_clocks_do_not(
    office: Office, store: Store, supervisor: Actor
) -> None:
    ahead = replace(office, clock=ScenarioClock(NOW + timedelta(minutes=10)))
    assert there(ahead)
    silent(store, presence.SILENT_SECONDS + 1)
    assert not there(ahead)


def test_a_session_that_never_was_heard_of_has_nobody_at_it(
    office: Office, store: Store, supervisor: Actor
) -> None:
    """As those are that were open before desks said that they are there."""
    with store.plain(owner=True) as plain:
        plain.run("DELETE FROM presence")
        plain.commit()
    assert not there(office)


def test_a_scenarios_person_is_there_until_the_scenario_says_otherwise(office: Office, store: Store) -> None:
    identity = Identity(office)
    identity.add_user("played", "Supervisor 3", None, [Right.SUPERVISOR], granted_by="scenario")
    actor = identity.open_session("played", "replay", played=True)
    silent(store, 3600)
    assert there(replace(office, clock=ScenarioClock(NOW + timedelta(hours=2))))
    identity.sign_out(actor)
    assert not there(office)


def test_a_live_store_has_no_such_people(office: Office, supervisor: Actor) -> None:
    with pytest.raises(NotAllowed, match="training store"):
        Identity(replace(office, kind="LIVE")).open_session("supervisor", "replay", played=True)


def test_a_played_persons_window_counts_like_any_other_once_it_runs(office: Office, store: Store) -> None:
    identity = Identity(office)
    identity.add_user("played", "Supervisor 3", None, [Right.SUPERVISOR], granted_by="scenario")
    identity.renew(identity.open_session("played", "replay", played=True))
    silent(store, presence.SILENT_SECONDS + 1)
    assert not there(office)


@pytest.mark.parametrize("stores", ["postgresql"], indirect=True)
def test_the_application_may_say_who_is_there_and_change_nothing_else_of_it(shared_world: Store) -> None:
    with shared_world.plain() as plain:
        assert plain.refusal("UPDATE presence SET heard_at = heard_at") == ""
        for statement in ("UPDATE presence SET session_id = session_id", "DELETE FROM presence"):
            assert denied(plain, statement), statement


def denied(plain: Plain, statement: str) -> bool:
    """Whether the role lacks the right."""
    return "permission denied" in plain.refusal(statement)
