"""Passing an incident to another force, and receiving one: grade, clock, words and warnings travel; receipt is by name."""

from datetime import timedelta
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.intake import transfer
from callhandler.intake.transfer import Message
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import LogKind
from callhandler.model.safety import Way
from callhandler.rules.joined import joined
from callhandler.services import entries, naming, owners, responding
from callhandler.services.calls import open_incident
from callhandler.services.incidents import Incidents
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.services.telling import Told, record_told
from callhandler.services.transfer_message import grade_here, lines, message_of
from callhandler.services.whereabouts import place_now, record_move
from callhandler.store import subjects, tables

ACKNOWLEDGE = "transfer-acknowledge"
THEIR_GRADE = "transfer-grade"
"""The task that asks for the grade there, where somebody acknowledged without it."""


class Transfers:
    """To and from other rooms and forces."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def send(self, actor: Actor, incident_id: int, peer: str, why: str = "") -> str:
        """Pass an incident on. To a room of the scheme it is a move; to a force, the message to be sent is returned.

        It stays ours until somebody named has acknowledged it: nothing of grade, clock or ownership changes here.
        """
        require(actor, *DESK)
        peer = line(peer, "To whom")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            if peer in self._office.policy.scheme.rooms:
                last = picture.moves[-1] if picture.moves else None
                going = last is not None and last.kind == "going_to"
                # On her way: the room has to learn where to, and ours must not forget it.
                place = last.place_id if last is not None and going else place_now(picture)
                if place is None:
                    raise BadInput("The room needs a place. First say where she is.", "place", "move")
                record_move(w, actor, incident_id, place, "going_to" if going else "at", peer)
                if reason := line(why, "Why", empty=True):
                    entries.log(w, actor, incident_id, f"Why to {peer}: {reason}", LogKind.NOTIFICATION)
                w.reassess(incident_id)
                return ""
            picture, assessment = w.reassess(incident_id)
            message = message_of(
                joined(picture), assessment, self._office, peer, line(why, "Why", empty=True)
            )
            text = transfer.written(message)
            due = w.uow.now + timedelta(minutes=self._office.policy.responses.receipt_minutes)
            w.uow.append(
                tables.transfer,
                incident_id=incident_id,
                uuid=message.uuid,
                way=Way.OUT.value,
                peer=peer,
                grade=message.grade.name if message.grade else "",
                reference="",
                content=text,
                due_at=due,
                author=actor.display,
            )
            graded = f", graded {message.grade.name}" if message.grade else ""
            entries.log(
                w,
                actor,
                incident_id,
                f"Passed to {peer}{graded}. {why}".strip()
                + " It stays ours until somebody named acknowledges it.",
                LogKind.NOTIFICATION,
            )
            task = f"Ring {peer}: who has it, by name, and what grade is it there?"
            entries.task(w, actor, incident_id, ACKNOWLEDGE, task, due=due)
        return text

    def acknowledge(
        self,
        actor: Actor,
        incident_id: int,
        transfer_id: int,
        named: str,
        reference: str = "",
        their_grade: str = "",
    ) -> Assessment:
        """Record who there has acknowledged it, under what number and grade. A lower grade there lowers nothing here.

        Acknowledged without their grade, a task to ask for it is opened: unknown is never "not lower".
        """
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            found = next((t for t in picture.transfers if t.id == transfer_id and t.way is Way.OUT), None)
            if found is None or found.received_at is not None:
                raise BadInput("This transfer does not wait to be acknowledged here.", "transfer")
            who = line(named, "Who acknowledged it")
            w.uow.append(
                tables.transfer_receipt,
                incident_id=incident_id,
                transfer_id=found.id,
                named=who,
                reference=line(reference, "Their number", empty=True),
                grade=line(their_grade, "Their grade", empty=True),
                author=actor.display,
            )
            more = [f"their number {reference}"] if reference.strip() else []
            more += [f"graded {their_grade} there"] if their_grade.strip() else []
            said = ", ".join([f"{found.peer}: acknowledged by {who}", *more])
            entries.log(w, actor, incident_id, f"{said}.", LogKind.NOTIFICATION)
            waiting = [t for t in picture.transfers if t.way is Way.OUT and t.received_at is None]
            if len(waiting) == 1:
                responding.close(w, actor, picture, [ACKNOWLEDGE], f"Acknowledged by {who}.")
            if not their_grade.strip():
                due = w.uow.now + timedelta(minutes=self._office.policy.responses.receipt_minutes)
                ask = f"Ring {found.peer}, {who}: what grade is it there? Not known is not the same as ours."
                entries.task(w, actor, incident_id, THEIR_GRADE, ask, due=due)
            return w.reassess(incident_id)[1]

    def receive(self, actor: Actor, text: str) -> int:
        """Receive a message: its incident is opened here with the sender's clock, words and warnings, and graded no lower.

        The same message twice opens nothing anew. Where its text is another, its words are kept and its grade is received
        in the incident that the first one opened. Raises BadInputs for a message that cannot be read.
        """
        require(actor, *DESK)
        message = transfer.read(text)
        with work(self._office) as w:
            known = subjects.transfer_known(w.uow.connection, message.uuid)
            if known is not None:
                incident_id, before = known
                if before == text and (message.grade is None or w.picture(incident_id).standing):
                    return incident_id
                if before != text:
                    self._told(w, actor, incident_id, message)
            else:
                incident_id = self._open(w, actor, message, text)
            w.reassess(incident_id)
        scheme = self._office.policy.scheme
        if message.grade is not None:
            own = grade_here(message, scheme)
            words = f"{message.grade.name} there, reference {message.reference}. {message.why}".strip()
            Incidents(self._office).receive(actor, incident_id, message.sender, own.id, words)
        return incident_id

    def _open(self, w: Work, actor: Actor, message: Message, text: str) -> int:
        policy = self._office.policy
        kind = message.type if message.type in policy.types else ""
        place_id = naming.place(w, message.place) if message.place.strip() else None
        numbers = [c.number for c in message.calls if c.number]
        incident_id = open_incident(w, kind, place_id, naming.number(w, numbers[0]) if numbers else None)
        owners.first_owner(w, actor, incident_id)
        for rang in message.calls:
            w.uow.append(
                tables.call,
                incident_id=incident_id,
                number_id=naming.number(w, rang.number) if rang.number else None,
                direction=rang.direction.value,
                outcome=rang.outcome.value,
                speaker=f"at {message.sender}",
                happened_at=rang.at,
            )
        w.uow.append(
            tables.transfer,
            incident_id=incident_id,
            uuid=message.uuid,
            way=Way.IN.value,
            peer=message.sender,
            grade=message.grade.name if message.grade else "",
            reference=message.reference,
            content=text,
            due_at=None,
            author=actor.display,
        )
        entries.log(
            w,
            actor,
            incident_id,
            f"Received from {message.sender}, their number {message.reference}. Acknowledge it to them by name.",
            LogKind.SYSTEM,
        )
        entries.task(
            w,
            actor,
            incident_id,
            "transfer-answer",
            f"Tell {message.sender} your name, our number and our grade.",
            due=w.uow.now + timedelta(minutes=policy.responses.receipt_minutes),
        )
        picture = w.picture(incident_id)
        for somebody in message.people:
            person_id = naming.person(w, somebody.name)
            naming.party(w, picture, person_id, somebody.role)
            entries.opened_history(w, actor, incident_id, person_id, "transfer received")
        entries.opened_place(w, actor, incident_id, place_id, "transfer received")
        if message.going_to.strip():
            record_move(w, actor, incident_id, naming.place(w, message.going_to), "going_to", "")
        self._told(w, actor, incident_id, message)
        return incident_id

    def _told(self, w: Work, actor: Actor, incident_id: int, message: Message) -> None:
        policy = self._office.policy
        for said in message.disclosures:
            if said.indicator in policy.indicators:
                told = Told(
                    said.indicator,
                    said.words,
                    said.teller,
                    said.about,
                    said.harmed,
                    said.stance,
                    "other_agency",
                )
                record_told(w, actor, incident_id, told)
        for text_line in lines(message, policy.indicators):
            entries.log(
                w, actor, incident_id, text_line, LogKind.MESSAGE, author=line(message.sender, "The sender")
            )


def read_file(path: Path) -> str:
    """A message's text. Raises BadInput when there is none that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise BadInput(f"This message cannot be read: {why}.", str(path)) from error


def write_new(path: Path, text: str) -> None:
    """Write a message into a new file that only its owner reads; one that is there is never overwritten. Raises BadInput."""
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"This file cannot be written: {error.strerror}.", str(path)) from error
