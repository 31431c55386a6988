"""Where the person at risk is, and where she is going. Number, grade, clock and warnings go along."""

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import LogKind
from callhandler.model.picture import Picture
from callhandler.services import entries, naming
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import tables


class Whereabouts:
    """Moves, and their receipt by another room."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def move(
        self, actor: Actor, incident_id: int, to: str = "", going_to: str = "", room: str = ""
    ) -> Assessment:
        """Record where she is now, or where she is going. Number, grade, clock and warnings stay as they are."""
        require(actor, *DESK)
        if not to.strip() and not going_to.strip():
            raise BadInput("A move needs a place: where she is, or where she is going.", "place")
        with work(self._office) as w:
            w.picture(incident_id)
            if to.strip():
                record_move(w, actor, incident_id, naming.place(w, to), "at", room)
            if going_to.strip():
                record_move(w, actor, incident_id, naming.place(w, going_to), "going_to", room)
            return w.reassess(incident_id)[1]

    def acknowledge(self, actor: Actor, incident_id: int, room: str) -> Assessment:
        """The receiving room takes the move over; until then both rooms are told. That it has is a confirmed fact."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            waiting = [m for m in picture.moves if not m.acknowledged]
            if not waiting:
                raise BadInput("No move of this incident waits to be acknowledged.", "move")
            for move in waiting:
                w.uow.append(
                    tables.receipt,
                    incident_id=incident_id,
                    move_id=move.id,
                    room=line(room, "The room"),
                    author=actor.display,
                )
            if any(move.room for move in waiting):
                w.uow.append(
                    tables.confirmation,
                    incident_id=incident_id,
                    code="move-acknowledged",
                    about_id=None,
                    said_by="receiving-room",
                    confirmed_by="acknowledged-on-log",
                    words=line(room, "The room"),
                    author=actor.display,
                )
            entries.log(w, actor, incident_id, f"Received by {room}.", LogKind.SYSTEM)
            return w.reassess(incident_id)[1]


def record_move(w: Work, actor: Actor, incident_id: int, place_id: int, kind: str, room: str) -> None:
    """Record a place and open its history, inside a transaction."""
    w.uow.append(
        tables.move,
        incident_id=incident_id,
        place_id=place_id,
        kind=kind,
        room=room,
        author=actor.display,
    )
    picture = w.picture(incident_id)
    place = picture.place(place_id)
    where = place.label if place else "a new place"
    says = "is now at" if kind == "at" else "is going to"
    to_room = f" Sent to {room}; not received yet." if room else ""
    entries.log(w, actor, incident_id, f"The person at risk {says} {where}.{to_room}", LogKind.SYSTEM)
    entries.opened_place(w, actor, incident_id, place_id)


def place_now(picture: Picture) -> int | None:
    """Where the incident now is."""
    moves = [m.place_id for m in picture.moves if m.kind == "at"]
    return moves[-1] if moves else (picture.incident.place_id if picture.incident else None)
