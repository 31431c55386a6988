"""Where the network has the calls of an incident, where places lie, and which others go by the same name."""

from callhandler.model.incident import Incident, Move
from callhandler.model.location import MICRO, FixKind, Located, NetworkFix, PlacePoint, Point
from callhandler.model.people import AS_TOLD, Place
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value, instant

new_network_fix = quickly(NetworkFix)
new_place_point = quickly(PlacePoint)
new_place = quickly(Place)

KIND = by_value(FixKind)


FIXES = Statement(
    "SELECT f.id, f.incident_id, f.call_id, f.kind, f.lat_micro, f.lon_micro, f.radius_m, f.address, f.fixed_at, "
    "f.source, f.known_at FROM network_fix f WHERE f.incident_id = :here AND {known:f} ORDER BY f.id"
)


def fixes(read: Reader, here: int) -> tuple[NetworkFix, ...]:
    """What the network gave with the calls of an incident."""
    rows = read.rows(FIXES, here=here)
    return tuple(
        new_network_fix(
            id_,
            incident,
            call,
            Located(
                KIND[kind],
                Point(lat / MICRO, lon / MICRO) if lat is not None else None,
                radius,
                address,
                instant(at),
                source,
            ),
            from_micros(known),
        )
        for id_, incident, call, kind, lat, lon, radius, address, at, source, known in rows
    )


PLACE_POINTS = Statement(
    "SELECT p.id, p.place_id, p.lat_micro, p.lon_micro, p.radius_m, p.source FROM place_point p "
    "WHERE p.place_id IN :places AND {known:p} ORDER BY p.id"
)


def place_points(read: Reader, places: Many) -> tuple[PlacePoint, ...]:
    """Where these places lie, as far as that was learned."""
    rows = read.rows(PLACE_POINTS, places=places)
    return tuple(
        new_place_point(id_, place, Point(lat / MICRO, lon / MICRO), radius, source)
        for id_, place, lat, lon, radius, source in rows
    )


NAMESAKES = Statement(
    "SELECT DISTINCT p.id, p.label, p.address, p.postcode, p.kind FROM place_name n "
    "JOIN place_name m ON m.folded = n.folded JOIN place p ON p.id = m.place_id WHERE n.place_id IN :places "
    "AND m.place_id NOT IN :places AND {known:n} AND {known:m} AND {known:p} AND p.kind <> :told ORDER BY p.id"
)


def namesakes(read: Reader, places: Many) -> tuple[Place, ...]:
    """Other places that go by a name of this one, of which these are all the records; mere words told are none of them."""
    rows = read.rows(NAMESAKES, places=places, told=AS_TOLD)
    return tuple(new_place(*row) for row in rows)


def place_now(incident: Incident, moves: tuple[Move, ...]) -> int:
    """Where an incident now is; -1 when that is not known."""
    at = [m.place_id for m in moves if m.kind == "at"]
    return at[-1] if at else -1 if incident.place_id is None else incident.place_id
