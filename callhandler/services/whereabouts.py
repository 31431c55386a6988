"""Where the person at risk is, and where she is going. Number, grade, clock and warnings go along."""

from typing import Literal

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.facts import ADDRESS_SAID, PLACE_CHOSEN, Reply
from callhandler.model.incident import LogKind
from callhandler.model.location import MICRO, Located, PlaceBasis
from callhandler.model.picture import Picture
from callhandler.rules import location
from callhandler.services import entries, naming
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import keys, tables

MoveKind = Literal["at", "going_to"]


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
            w.known(incident_id)
            if to.strip():
                record_move(w, actor, incident_id, naming.place(w, to), "at", room)
            if going_to.strip():
                record_move(w, actor, incident_id, naming.place(w, going_to), "going_to", room)
            return w.reassess(incident_id)[1]

    def take(self, actor: Actor, incident_id: int, place_id: int, kind: MoveKind = "at") -> Assessment:
        """Take a place that was found into an incident as if its words were typed: where she is, or where she is going.

        That very record is meant, and nothing else is said by it: which flat of a building, which of two places of one name,
        whether she said the address stay open and are asked. Raises BadInput where it is no place, or hers already.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            if not keys.names_of_place(w.uow.connection, [place_id]):
                raise BadInput("There is no place of this record here any more.", "place")
            there = place_now(picture) if kind == "at" else going_to(picture)
            if there is not None and place_id in picture.records_of_place(there):
                raise BadInput("That is the place of the open incident already.", "place")
            record_move(w, actor, incident_id, place_id, kind, "")
            return w.reassess(incident_id)[1]

    def located(self, actor: Actor, incident_id: int, located: Located) -> Assessment:
        """Record where the network has the call. What is said stays as it is; the two are compared."""
        require(actor, *DESK)
        with work(self._office) as w:
            w.known(incident_id)
            record_fix(w, actor, incident_id, located)
            return w.reassess(incident_id)[1]

    def choose(self, actor: Actor, incident_id: int, key: str, basis: PlaceBasis) -> Assessment:
        """Choose which place it is, of those offered or by words, and say on what ground.

        Only what the caller says ends a doubt; what is assumed moves the incident there and leaves every doubt open. A
        place where she says she is learns where it lies from the network's newest point. Nothing is overwritten.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            place_id = self._place_of(w, picture, key)
            if place_id != place_now(picture):
                record_move(w, actor, incident_id, place_id, "at", "")
            place = w.picture(incident_id).place(place_id)
            label = place.address or place.label if place else "a new place"
            if basis is PlaceBasis.ASSUMED:
                entries.log(w, actor, incident_id, f"Place assumed, nobody said it: {label}.", LogKind.SYSTEM)
                return w.reassess(incident_id)[1]
            if basis is PlaceBasis.THERE:
                _learn_point(w, actor, picture, place_id)
            for question in (PLACE_CHOSEN, ADDRESS_SAID):
                w.uow.append(
                    tables.answer,
                    incident_id=incident_id,
                    call_id=entries.current_call(picture),
                    question=question,
                    reply=Reply.YES.value,
                    words=label,
                    author=actor.display,
                )
            said = "is there" if basis is PlaceBasis.THERE else "rings from elsewhere"
            entries.log(
                w, actor, incident_id, f"The caller says the place and {said}: {label}.", LogKind.SYSTEM
            )
            return w.reassess(incident_id)[1]

    def _place_of(self, w: Work, picture: Picture, key: str) -> int:
        kind, _, number = key.partition(":")
        if kind == "place" and number.isdigit():
            if any(p.id == int(number) for p in (*picture.places, *picture.namesakes)):
                return int(number)
        elif kind == "fix" and number.isdigit():
            fix = next((f for f in picture.fixes if f.id == int(number) and f.located.address), None)
            if fix is not None:
                return naming.place(w, fix.located.address)
        elif key.strip():
            return naming.place(w, key)
        raise BadInput("Choose one of the places offered, or write where it is.", "place")

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


def record_fix(w: Work, actor: Actor, incident_id: int, located: Located) -> None:
    """Record what the network gave, inside a transaction. Raises BadInput when it is neither point nor address."""
    address = line(located.address, "The address", empty=True)
    if located.point is None and not address:
        raise BadInput("A location needs a point, or an address.", "location")
    w.uow.append(
        tables.network_fix,
        incident_id=incident_id,
        call_id=w.uow.current_call(incident_id),
        kind=located.kind.value,
        lat_micro=round(located.point.lat * MICRO) if located.point else None,
        lon_micro=round(located.point.lon * MICRO) if located.point else None,
        radius_m=located.radius_m,
        address=address,
        fixed_at=located.at,
        source=located.source,
    )
    fix = w.picture(incident_id).fixes[-1]
    entries.log(w, actor, incident_id, f"Network location: {location.spoken(fix)}.", LogKind.CHECK)


def _learn_point(w: Work, actor: Actor, picture: Picture, place_id: int) -> None:
    told = picture.fixes[-1].located if picture.fixes else None
    if told is None or told.point is None or told.radius_m is None:
        return
    if told.radius_m > w.office.policy.scheme.locating.wide_m:
        return
    w.uow.append(
        tables.place_point,
        place_id=place_id,
        lat_micro=round(told.point.lat * MICRO),
        lon_micro=round(told.point.lon * MICRO),
        radius_m=told.radius_m,
        source=f"{told.kind.value}, said by the caller to be there",
        author=actor.display,
    )


def place_now(picture: Picture) -> int | None:
    """Where the incident now is."""
    moves = [m.place_id for m in picture.moves if m.kind == "at"]
    return moves[-1] if moves else (picture.incident.place_id if picture.incident else None)


def going_to(picture: Picture) -> int | None:
    """Where she is going, unless she has arrived somewhere since."""
    newest = picture.moves[-1] if picture.moves else None
    return newest.place_id if newest is not None and newest.kind == "going_to" else None
