"""What every test stands on: both engines, one policy, and that nothing goes wrong quietly."""

import atexit
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from callhandler.policy.pack import Policy
from tests.postgres import NoPostgres, Server
from tests.shipped import shipped
from tests.stores import PostgresStores, SqliteStores, Store, Stores

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser, pluginmanager):
    """The suite's own option; and pytest-qt's settings where it is left out, as when the core is tested without Qt."""
    parser.addoption(
        "--new-pictures", action="store_true", help="keep tests/brief/pictures anew; look at them"
    )
    if not pluginmanager.hasplugin("pytest-qt"):
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "see pytest-qt", type="args")


def pytest_configure(config: pytest.Config) -> None:
    """Name this suite's own marker."""
    # What a command logs in a test goes to no file of whoever runs it.
    if "CALLHANDLER_DATA" not in os.environ:
        os.environ["CALLHANDLER_DATA"] = tempfile.mkdtemp(prefix="callhandler-tests-")
        atexit.register(shutil.rmtree, os.environ["CALLHANDLER_DATA"], ignore_errors=True)
    config.addinivalue_line("markers", "expects_log_lines: the test asks for lines of WARNING and above")


# --- nothing goes wrong quietly --------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_unexpected_log_lines(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test in which any logger said WARNING or worse, unless it is marked `expects_log_lines`."""
    said: list[str] = []
    handle = logging.Logger.callHandlers

    def heard(logger: logging.Logger, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            said.append(f"{record.levelname} {record.name}: {record.getMessage()}")
        handle(logger, record)

    monkeypatch.setattr(logging.Logger, "callHandlers", heard)
    yield
    if said and request.node.get_closest_marker("expects_log_lines") is None:
        pytest.fail("Unexpected log lines:\n" + "\n".join(said), pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    give_up = time.monotonic() + 2.0
    while (left := _new_threads(before)) and time.monotonic() < give_up:
        left[0].join(timeout=0.05)
    if left:
        pytest.fail(f"Leaked threads: {', '.join(t.name for t in left)}", pytrace=False)


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # Python invents a lasting entry for a thread of Qt's own that once ran Python code.
    invented = threading._DummyThread  # type: ignore[attr-defined]
    return [t for t in threading.enumerate() if t not in before and not isinstance(t, invented)]


# --- policy ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The shipped policy in the national scheme."""
    return shipped("national")


# --- stores on both engines ------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A throw-away PostgreSQL server, or the one that CALLHANDLER_TEST_PG_URL names.

    Without one the tests are skipped on a desk and fail where CI is set: there it must be present.
    """
    try:
        server = Server.named() or Server.started()
    except NoPostgres as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is part of the checks and is missing: {error}", pytrace=False)
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {error}")
    with server:
        yield server


@pytest.fixture(scope="session")
def sqlite_stores(tmp_path_factory: pytest.TempPathFactory) -> SqliteStores:
    """Makes SQLite stores, each a copy of one that was migrated once."""
    return SqliteStores(tmp_path_factory.mktemp("stores"))


@pytest.fixture(scope="session")
def postgresql_stores(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresStores]:
    """Makes PostgreSQL stores, each a copy of one that was migrated once."""
    with PostgresStores(tmp_path_factory.mktemp("stores"), postgres) as made:
        yield made


@pytest.fixture(params=ENGINES)
def stores(request: pytest.FixtureRequest) -> Stores:
    """Makes stores, on each engine in turn."""
    # Chosen here and kept for the session there: a session's fixture with two parameters is built anew at every change.
    chosen: Stores = request.getfixturevalue(f"{request.param}_stores")
    return chosen


@pytest.fixture
def store(stores: Stores, tmp_path: Path) -> Iterator[Store]:
    """A new, empty store of its own for the test, on each engine in turn."""
    made = stores.new(tmp_path)
    yield made
    stores.discard(made)
