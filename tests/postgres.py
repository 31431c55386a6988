"""A PostgreSQL server for the tests alone: made in a temporary folder, without durability, and gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from callhandler.store.schema import APP_ROLE

OWNER_ROLE = "callhandler_owner"
"""Owns the schema and is no superuser."""

PASSWORD = "only-for-tests"
PORT = "5432"


class NoPostgres(Exception):
    """There is no PostgreSQL here, and why."""


class Server:
    """A server and its administrator's address. Use as a context: it stops when left."""

    def __init__(self, admin: URL, folder: Path | None = None) -> None:
        self._admin = admin
        self._folder = folder

    @classmethod
    def named(cls) -> "Server | None":
        """The server that CALLHANDLER_TEST_PG_URL names, as somebody who may make databases and roles."""
        address = os.environ.get("CALLHANDLER_TEST_PG_URL")
        return cls(make_url(address)) if address else None

    @classmethod
    def started(cls, *more: str) -> "Server":
        """A server of our own, `more` settings for it. PostgreSQL refuses root; then it is the system's user `postgres`."""
        programs = _programs()
        # Not pytest's folder, which only its user may enter; and a socket's path must be short.
        folder = Path(tempfile.mkdtemp(prefix="callhandler-pg-"))
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres", "postgres")
            data = str(folder / "data")
            _run(
                programs / "initdb",
                "--no-sync",
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "-D",
                data,
            )
            options = (
                f"-c listen_addresses='' -c unix_socket_directories={folder} -c port={PORT} -c fsync=off"
            )
            options += " -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
            options += " -c max_connections=60" + "".join(f" -c {setting}" for setting in more)
            _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", options)
        except (subprocess.CalledProcessError, LookupError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            said = getattr(error, "stderr", None) or str(error)
            raise NoPostgres(f"it did not start: {said.strip()}") from error
        admin = URL.create(
            "postgresql", "postgres", database="postgres", query={"host": str(folder), "port": PORT}
        )
        return cls(admin, folder)

    def __enter__(self) -> "Server":
        for role in (OWNER_ROLE, APP_ROLE):
            if not self.ask("SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                self._order("CREATE ROLE {} LOGIN PASSWORD {}", sql.Identifier(role), sql.Literal(PASSWORD))
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._folder is not None:
            _run(_programs() / "pg_ctl", "stop", "-m", "immediate", "-D", str(self._folder / "data"))
            shutil.rmtree(self._folder)

    def make(self, name: str, template: str = "template0") -> None:
        """Make a database, as a copy of another; nobody may be connected to that."""
        self._order(
            "CREATE DATABASE {} OWNER {} TEMPLATE {}",
            sql.Identifier(name),
            sql.Identifier(OWNER_ROLE),
            sql.Identifier(template),
        )

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._order("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))

    def address(self, database: str, role: str) -> str:
        """How a role reaches a database."""
        url = self._admin.set(username=role, password=PASSWORD, database=database)
        return url.render_as_string(hide_password=False)

    def admin_address(self, database: str) -> str:
        """How the administrator reaches a database."""
        return self._admin.set(database=database).render_as_string(hide_password=False)

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement as the administrator; returns its rows."""
        address = self._admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def _order(self, statement: str, *names: sql.Composable) -> None:
        address = self._admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*names))


def _programs() -> Path:
    found = shutil.which("pg_ctl")
    if found and (Path(found).resolve().parent / "initdb").is_file():
        return Path(found).resolve().parent
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if not newest:
        raise NoPostgres(
            "initdb is neither on the PATH nor in /usr/lib/postgresql. Install PostgreSQL's server."
        )
    return newest[-1].parent


def _run(program: Path, *arguments: str) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    # Output goes to a file: the server inherits it, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [program, *arguments],
            stdout=said,
            stderr=said,
            user=user,
            cwd="/",
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(done.returncode, program.name, stderr=said.read())
