"""Whether the place that is recorded is the place where she is: what the network gives, compared with what is said.

Both are kept. A doubt is said in words, asked about, and ends only when somebody chooses or the caller says the address
after the newest location came; it is never decided here. (Thresholds brief 11, sources 72, 73; practice brief 5.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callhandler.model.assessment import Evidence
from callhandler.model.facts import ADDRESS_SAID, PLACE_CHOSEN, Reply
from callhandler.model.location import FixKind, NetworkFix, PlacePoint
from callhandler.model.people import Place
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON
from callhandler.policy.entries import Locating
from callhandler.policy.words_course import Doubt
from callhandler.rules.history import History
from callhandler.rules.identify import folded

_FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room|studio)\s+(\w+)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\d+[a-z]?)\b", re.IGNORECASE)
_NAMES = {FixKind.AML: "handset", FixKind.CELL: "cell", FixKind.INSTALLATION: "line's address"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about the place, in words, and the records it rests on."""

    doubt: Doubt
    words: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place it may be. `key` is `place:ID` for one that is known, `fix:ID` for the address of a network location."""

    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The place as recorded, the newest network location of this incident, what is doubtful, and what it may be."""

    place: Place | None
    fix: NetworkFix | None
    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...]

    @property
    def fix_spoken(self) -> str:
        """The network's location in a few words; empty when there is none."""
        return spoken(self.fix) if self.fix else ""


def where(seen: History, locating: Locating) -> Whereabouts:
    """Compare what is recorded with what the network gives."""
    picture = seen.picture
    place = picture.place(seen.here_place)
    fix = picture.fixes[-1] if picture.fixes else None
    found = tuple(_findings(seen, place, fix, locating))
    return Whereabouts(place, fix, found, tuple(_candidates(picture, place, fix, locating)) if found else ())


def spoken(fix: NetworkFix) -> str:
    """`within 30 m, 22:34 (handset)`; an address as it was given."""
    told = fix.located
    at = f"{(told.at or fix.known_at).astimezone(LONDON):%H:%M}"
    name = _NAMES.get(told.kind, told.source or "telephone system")
    if told.point is None:
        return f"{told.address}, {at} ({name})"
    radius = f"within {metres(told.radius_m)}" if told.radius_m is not None else "radius not given"
    return f"{radius}, {at} ({name})"


def metres(distance: float | None) -> str:
    """A distance as people say it."""
    if distance is None:
        return "not known"
    return f"{distance / 1000:.1f} km" if distance >= 1000 else f"{round(distance)} m"


def _findings(
    seen: History, place: Place | None, fix: NetworkFix | None, locating: Locating
) -> Iterator[Finding]:
    picture = seen.picture
    if place is None:
        if seen.here_place is None:
            yield Finding(Doubt.NO_PLACE, "No place is recorded")
        return
    newest = max([m.id for m in picture.moves if m.kind == "at"] + [f.id for f in picture.fixes], default=0)
    chosen = _after(seen, PLACE_CHOSEN, newest)
    if fix is not None and not chosen and not _after(seen, ADDRESS_SAID, newest):
        yield Finding(Doubt.NOT_SAID, "The caller has not said the address; the network gave it", (_of(fix),))
    if chosen:
        return
    if picture.namesakes:
        others = "; ".join(p.address or p.label for p in picture.namesakes)
        yield Finding(Doubt.TWO_OF_ONE_NAME, f"{place.label} is the name of other places too: {others}")
    if fix is not None:
        yield from _by_distance(picture, place, fix, locating)
        yield from _by_address(place, fix)


def _after(seen: History, question: str, newest: int) -> bool:
    answer = seen.explicit(question)
    return answer is not None and answer.reply is Reply.YES and answer.id > newest


def _of(fix: NetworkFix) -> Evidence:
    return Evidence("network_fix", fix.id, f"network: {spoken(fix)}")


def _by_distance(picture: Picture, place: Place, fix: NetworkFix, locating: Locating) -> Iterator[Finding]:
    told = fix.located
    known = point_of(picture, place.id)
    if told.point is None:
        return
    age = (fix.known_at - told.at).total_seconds() / 60 if told.at else 0
    if age > locating.old_minutes:
        yield Finding(
            Doubt.OLD_FIX, f"The network's location was {round(age)} min old when it came", (_of(fix),)
        )
    if told.radius_m is None or told.radius_m > locating.wide_m:
        wide = metres(told.radius_m)
        yield Finding(Doubt.WIDE, f"The network tells the district only: radius {wide}", (_of(fix),))
    if known is None:
        return
    apart = told.point.metres_to(known.point)
    if apart > (told.radius_m or 0) + known.radius_m + locating.slack_m:
        yield Finding(Doubt.FAR_APART, f"The network has her {metres(apart)} from {place.label}", (_of(fix),))


def _by_address(place: Place, fix: NetworkFix) -> Iterator[Finding]:
    given, said = fix.located.address, " ".join(filter(None, (place.label, place.address, place.postcode)))
    if not given:
        return
    theirs, ours = _FLAT.search(given), _FLAT.search(said)
    if theirs and not ours:
        yield Finding(Doubt.FLAT_MISSING, f"No flat is said; the network gives {theirs[0]}", (_of(fix),))
    differ = [
        what
        for what, a, b in (
            ("postcode", _part(_POSTCODE, given), _part(_POSTCODE, said)),
            ("flat", theirs and theirs[1].casefold(), ours and ours[1].casefold()),
            ("number", _house(given), _house(said)),
        )
        if a and b and a != b
    ]
    if not differ and not _words(given) & _words(said):
        differ = ["road"]
    if differ:
        yield Finding(
            Doubt.ADDRESS_DIFFERS,
            f"Another {differ[0]} than recorded: the network gives {given}",
            (_of(fix),),
        )


def _part(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return "".join(found.groups()).casefold() if found else ""


def _house(text: str) -> str:
    found = _NUMBER.search(_POSTCODE.sub(" ", _FLAT.sub(" ", text)))
    return found[1].casefold() if found else ""


def _words(text: str) -> set[str]:
    return {w for w in folded(_POSTCODE.sub(" ", _FLAT.sub(" ", text))).split() if not w.isdigit()}


def point_of(picture: Picture, place_id: int) -> PlacePoint | None:
    """Where a place is known to lie, as last learned; None when that is not known."""
    return next((p for p in reversed(picture.place_points) if p.place_id == place_id), None)


def _candidates(
    picture: Picture, place: Place | None, fix: NetworkFix | None, locating: Locating
) -> Iterator[Candidate]:
    seen: set[int] = set()
    if place is not None:
        seen.add(place.id)
        yield Candidate(f"place:{place.id}", place.address or place.label, "as recorded")
    for other in picture.namesakes:
        if other.id not in seen:
            seen.add(other.id)
            yield Candidate(f"place:{other.id}", other.address or other.label, "of the same name")
    if fix is None:
        return
    told = fix.located
    if told.point is not None:
        for near in picture.places:
            known = point_of(picture, near.id)
            if known is None or near.id in seen:
                continue
            apart = told.point.metres_to(known.point)
            if apart <= (told.radius_m or 0) + known.radius_m + locating.slack_m:
                seen.add(near.id)
                yield Candidate(f"place:{near.id}", near.address or near.label, f"{metres(apart)} from there")
    if told.address and (place is None or folded(told.address) != folded(place.address)):
        yield Candidate(f"fix:{fix.id}", told.address, "the network's address")
