"""One window a user and database: it listens on a local socket; what starts later hands its message over and ends."""

import json
import time
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from callhandler import log
from callhandler.errors import CallhandlerError, Environment, Refused
from callhandler.intake.ring import Ring
from callhandler.intake.ring_message import LONGEST, from_message
from ui.ring import meeting_place

Answer = Callable[[str], None]
Receive = Callable[[Ring | None, Answer], None]

GUEST_MS = 5_000
MOST_GUESTS = 16
ANSWER_S = 5.0
RETRY_S = 0.05


class SingleInstance(QObject):
    """The listening end, held by the one window.

    `receive` is called on the window's thread with a ring, or with None when somebody wants to see the window, and with
    a function to be called once: with nothing when the ring is safe, or with the sentence that says why it is not.
    Until then the sender waits, so "taken" is never said of a ring that could still be lost. A `lock` that is held
    already is kept.
    """

    def __init__(
        self,
        database: str,
        receive: Receive,
        parent: QObject | None = None,
        lock: meeting_place.Lock | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = meeting_place.name(database)
        self._receive = receive
        self._lock = lock or meeting_place.lock(database)
        self._guests: set[_Guest] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def claim(self) -> bool:
        """Become the one that listens; False when another window is. The socket of a killed one is taken over."""
        if self._server.isListening():
            return True
        if not self._lock.take():
            return False
        # Whoever holds the lock is alone, so a socket that is still there has no owner.
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            said = self._server.errorString()
            self._lock.let_go()
            raise Environment(f"Rings cannot be received here: {said}. Calls can be taken by hand.")
        return True

    def close(self) -> None:
        """Stop listening; another window may then claim."""
        self._server.close()
        for guest in tuple(self._guests):
            guest.leave()
        self._lock.let_go()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._guests) >= MOST_GUESTS:
                socket.abort()
                socket.deleteLater()
                continue
            guest = _Guest(socket, self._receive, self._guests.discard, self)
            self._guests.add(guest)
            guest.read()


class _Guest(QObject):
    """One sender: a line comes, an answer goes, and it leaves; so it does when it sends nothing for a while."""

    def __init__(
        self, socket: QLocalSocket, receive: Receive, left: Callable[["_Guest"], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._socket = socket
        self._receive = receive
        self._left = left
        self._heard = b""
        self._passed_on = False
        self._gone = False
        socket.setParent(self)
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self.leave)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.leave)
        self._patience.start(GUEST_MS)

    def read(self) -> None:
        """Take what came; pass it on when the line is whole."""
        if self._passed_on:
            return
        # A byte more than is allowed is enough to refuse it.
        self._heard += bytes(self._socket.read(LONGEST + 1 - len(self._heard)).data())
        line, ended, _ = self._heard.partition(b"\n")
        if not ended and len(self._heard) <= LONGEST:
            return
        self._passed_on = True
        self._patience.stop()
        try:
            self._receive(from_message(line), self._answer)
        except CallhandlerError as error:
            self._answer(str(error))
        except Exception as error:
            # The sender must know that nobody has the call; the log must not know whose call it is.
            log.fault(error, "ring")
            self._answer("Something went wrong in the window; the call may not be shown there.")

    def _answer(self, why_not: str) -> None:
        if self._gone:
            return
        said = {"taken": not why_not, "why": why_not}
        self._socket.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
        self._socket.flush()
        self._socket.disconnectFromServer()

    def leave(self) -> None:
        """Go; what is answered later is heard by nobody."""
        self._gone = True
        self._patience.stop()
        self._left(self)
        self.deleteLater()


# --- the sending end -------------------------------------------------------------------------


def send(database: str, message: bytes, patience: float = ANSWER_S) -> bool:
    """Hand a message to the window of a database; True when it has it safe, False when no window listens.

    Needs no window of its own. Raises Refused when the window does not take it; Environment when it does not answer.
    """
    _application()
    ends = time.monotonic() + patience
    socket = QLocalSocket()
    socket.connectToServer(meeting_place.name(database))
    if not socket.waitForConnected(_left_ms(ends)):
        socket.abort()
        return False
    socket.write(message)
    heard = b""
    while b"\n" not in heard and len(heard) <= LONGEST and _left_ms(ends) > 0:
        if not socket.bytesAvailable() and not socket.waitForReadyRead(_left_ms(ends)):
            break
        heard += bytes(socket.readAll().data())
    socket.abort()
    line, ended, _rest = heard.partition(b"\n")
    if not ended:
        raise Environment(
            "The window is open but does not answer. Look at it; take the call by hand if it must be."
        )
    why_not = _why_not(line)
    if why_not:
        raise Refused(f"The window did not take it: {why_not}", ["ring"])
    return True


def send_soon(
    database: str, message: bytes, within: float, give_up: Callable[[], bool] = lambda: False
) -> bool:
    """Send as soon as a window listens; False when none does within some seconds or `give_up` says that none will."""
    ends = time.monotonic() + within
    while True:
        if send(database, message):
            return True
        if time.monotonic() >= ends or give_up():
            return False
        time.sleep(RETRY_S)


def _why_not(line: bytes) -> str:
    try:
        said = json.loads(line)
    except ValueError:
        said = {}
    return "" if said.get("taken") is True else str(said.get("why") or "it gave no reason.")


@cache
def _application() -> QCoreApplication:
    """The application that sockets need, whatever made it."""
    return QCoreApplication.instance() or QCoreApplication([])


def _left_ms(ends: float) -> int:
    return max(0, int((ends - time.monotonic()) * 1000))
