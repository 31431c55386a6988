"""Users, dated role grants, signing in and out. Passphrases are kept as argon2id hashes; no one is signed in silently."""

import socket
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.services.office import Office, line, require, work
from callhandler.store import presence, subjects, tables
from callhandler.store.unit_of_work import reading, writing

LEAST_PASSPHRASE = 10


class Identity:
    """Who may use this store, and as what."""

    def __init__(self, office: Office, hasher: PasswordHasher | None = None) -> None:
        self._office = office
        self._hasher = hasher or PasswordHasher()

    def add_user(
        self, name: str, display: str, passphrase: str | None, rights: Iterable[Right], granted_by: str
    ) -> int:
        """Add a user. Raises BadInput when the name is taken or the passphrase too short.

        Without a passphrase nobody can sign in as this user; a training store's own people are so.
        """
        name = line(name, "The user name").casefold()
        if passphrase is not None and len(passphrase) < LEAST_PASSPHRASE:
            raise BadInput(f"A passphrase needs at least {LEAST_PASSPHRASE} characters.", "passphrase")
        with work(self._office) as w:
            if subjects.user_named(w.uow.connection, name):
                raise BadInput(f"There is a user called {name} already.", "name")
            user_id = w.uow.append(tables.desk_user, name=name, display=line(display, "The shown name"))
            if passphrase is not None:
                w.uow.append(tables.credential, user_id=user_id, hash=self._hasher.hash(passphrase))
            for right in rights:
                w.uow.append(
                    tables.role_grant,
                    user_id=user_id,
                    role=right.value,
                    from_at=w.uow.now,
                    until_at=None,
                    granted_by=granted_by,
                )
        return user_id

    def add_user_by(
        self, actor: Actor, name: str, display: str, passphrase: str | None, rights: Iterable[Right]
    ) -> int:
        """Add a user as an administrator. Raises NotAllowed for anybody else."""
        require(actor, Right.ADMINISTRATOR)
        return self.add_user(name, display, passphrase, rights, granted_by=actor.name)

    def has_users(self) -> bool:
        """False in a new store: then the first administrator may be added from the command line."""
        with reading(self._office.engine) as connection:
            return subjects.any_user(connection)

    def sign_in(self, name: str, passphrase: str, workstation: str = "") -> Actor:
        """Open a session. Raises NotAllowed with one sentence for a wrong name or passphrase alike."""
        with reading(self._office.engine) as connection:
            user = subjects.user_named(connection, name.strip().casefold())
            hash_ = subjects.credential_of(connection, user[0]) if user else None
        try:
            if hash_ is None:
                raise InvalidHashError
            self._hasher.verify(hash_, passphrase)
        except (Argon2Error, InvalidHashError):
            raise NotAllowed("This name and passphrase do not go together.", ["sign-in"]) from None
        assert user is not None
        return self.open_session(name.strip().casefold(), workstation)

    def open_session(self, name: str, workstation: str = "", *, played: bool = False) -> Actor:
        """Open a session for a user already known to be this person: after a passphrase, or in a replay.

        A `played` one has no window to renew it, and counts as there until it is signed out; only a training store has such.
        """
        if played and self._office.kind != "TRAINING":
            raise NotAllowed("Only a training store has people whom a scenario plays.", ["kind:TRAINING"])
        workstation = workstation or socket.gethostname()
        with work(self._office) as w:
            user = subjects.user_named(w.uow.connection, name)
            if user is None:
                raise BadInput(f"There is no user called {name}.", "name")
            rights = subjects.rights_of(w.uow.connection, user[0], w.uow.now)
            session_id = w.uow.append(tables.desk_session, user_id=user[0], workstation=workstation)
            if played:
                presence.begin_played(w.uow.connection, session_id)
            else:
                presence.renew(w.uow.connection, session_id)
        return Actor(user[0], session_id, name, user[1], rights, workstation)

    def renew(self, actor: Actor) -> None:
        """Say that this person's window still runs; one not heard of for a minute and a half has nobody at it."""
        with writing(self._office.engine, self._office.clock.now()) as uow:
            presence.renew(uow.connection, actor.session_id)
            uow.commit()

    def sign_out(self, actor: Actor) -> None:
        """End a session; doing it twice does nothing."""
        with work(self._office) as w:
            if subjects.session_open(w.uow.connection, actor.session_id):
                w.uow.append(tables.session_end, session_id=actor.session_id)
