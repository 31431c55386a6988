"""The small world on each engine: one that every test may attack and none may keep changes in, and copies of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callhandler.policy.pack import Policy
from callhandler.services.office import Office
from tests.store.world import fill, open_office
from tests.stores import PostgresStores, SqliteStores, Store, Stores


@pytest.fixture(scope="session")
def sqlite_world(
    sqlite_stores: SqliteStores, policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """The small world in a file."""
    store = sqlite_stores.new(tmp_path_factory.mktemp("world"))
    fill(store, policy)
    return store


@pytest.fixture(scope="session")
def postgresql_world(
    postgresql_stores: PostgresStores, policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The small world on a server."""
    store = postgresql_stores.new(tmp_path_factory.mktemp("world"))
    fill(store, policy)
    yield store
    postgresql_stores.discard(store)


@pytest.fixture
def shared_world(request: pytest.FixtureRequest, stores: Stores) -> Store:
    """The small world, for tests that undo everything they do."""
    world: Store = request.getfixturevalue(f"{stores.engine}_world")
    return world


@pytest.fixture
def world(stores: Stores, shared_world: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy of the small world, the test's own."""
    store = stores.new(tmp_path, shared_world)
    yield store
    stores.discard(store)


@pytest.fixture
def office(store: Store, policy: Policy) -> Iterator[Office]:
    """An office over an empty store."""
    made = open_office(store, policy)
    yield made
    made.engine.dispose()


@pytest.fixture
def bare(stores: Stores, tmp_path: Path) -> Iterator[Store]:
    """A place for a store where there is none yet."""
    store = stores.bare(tmp_path)
    yield store
    stores.discard(store)
