"""Where the network has a call, and where a place lies. Kept beside what is said; neither overwrites the other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH_M = 6_371_000
MICRO = 1_000_000


class FixKind(StrEnum):
    """Where a location comes from: the handset (AML), its cell, the line's installation address, the telephone system."""

    AML = "aml"
    CELL = "cell"
    INSTALLATION = "installation"
    TELEPHONE = "telephone"


class PlaceBasis(StrEnum):
    """On what a place was chosen: the caller says it and is there, says it of somewhere else, or nobody said it."""

    THERE = "there"
    ABOUT = "about"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees, WGS 84."""

    lat: float
    lon: float

    def metres_to(self, other: "Point") -> float:
        """The distance over the ground, in metres (haversine)."""
        up, across = radians(other.lat - self.lat), radians(other.lon - self.lon)
        part = sin(up / 2) ** 2 + cos(radians(self.lat)) * cos(radians(other.lat)) * sin(across / 2) ** 2
        return 2 * EARTH_M * asin(sqrt(min(1.0, part)))


@dataclass(frozen=True, slots=True)
class Located:
    """What a network gave: a point within a radius in metres, or an address, or both; `at` is when it was fixed (UTC)."""

    kind: FixKind
    point: Point | None = None
    radius_m: int | None = None
    address: str = ""
    at: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class NetworkFix:
    """A location as it was recorded for a call of an incident."""

    id: int
    incident_id: int
    call_id: int | None
    located: Located
    known_at: datetime


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """Where a place lies, within a radius in metres, and how that is known."""

    id: int
    place_id: int
    point: Point
    radius_m: int
    source: str
