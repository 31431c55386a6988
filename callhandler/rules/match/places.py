"""The word about places: whether here, home or where she goes is tied to him or to a relative, a marker, history."""

from collections.abc import Callable, Iterable

from callhandler.model.assessment import Evidence
from callhandler.model.incident import Move
from callhandler.model.people import Relation, Role
from callhandler.policy.words_course import PlaceLinked
from callhandler.rules import merged
from callhandler.rules.history import HOMES, INTIMATE, History
from callhandler.rules.match.found import Match


def place(word: PlaceLinked, seen: History) -> Match | None:
    """A place tied to him, to a relative, to a marker or to history."""
    places: list[int | None] = {
        "here": [seen.here_place],
        "going_to": [seen.going_to],
        "home": sorted(seen.homes),
    }[word.which]  # type: ignore[assignment]
    total: Match | None = None
    for place_id in places:
        if place_id is None:
            continue
        evidence = [e for to in word.to for e in _PLACE_TO[to](place_id, seen)]
        if evidence and word.which == "going_to":
            # What was checked of an earlier place says nothing of this one.
            evidence += [Evidence("move", m.id, "where she is going") for m in _on_way(seen)]
        if evidence or not word.to:
            place = seen.picture.place(place_id)
            found = Match(tuple(evidence), {"place": place.label if place else "that place"})
            total = found if total is None else total.joined(found)
    return total


def _on_way(seen: History) -> Iterable[Move]:
    """The move that says so: this incident's newest, or that of one merged into it."""
    own = seen.picture.moves[-1:]
    if not own or own[-1].kind == "at":
        other = merged.going_to(seen.picture)
        own = (other,) if other is not None else own
    return own


def _place_suspect(place_id: int, seen: History) -> Iterable[Evidence]:
    for tie in seen.picture.place_ties:
        if tie.place_id == place_id and tie.person_id in seen.suspects:
            yield Evidence(
                "place_tie", tie.id, f"{seen.picture.name_of(tie.person_id)}: {tie.tie.value} there"
            )
    roles = {(p.incident_id, p.person_id) for p in seen.picture.parties if p.role is Role.SUSPECT}
    for incident in seen.picture.linked:
        if incident.place_id == place_id and any((incident.id, s) in roles for s in seen.suspects):
            yield Evidence(
                "incident", incident.id, f"he was there: {incident.opened.spoken()}, {incident.summary}"
            )


def _place_relative(place_id: int, seen: History) -> Iterable[Evidence]:
    relatives = {
        other
        for t in seen.picture.person_ties
        if t.relation not in INTIMATE and t.relation is not Relation.NEIGHBOUR
        for mine, other in ((t.a, t.b), (t.b, t.a))
        if mine in seen.at_risk
    } - seen.suspects
    for tie in seen.picture.place_ties:
        if tie.place_id == place_id and tie.tie in HOMES and tie.person_id in relatives:
            yield Evidence("place_tie", tie.id, f"home of {seen.picture.name_of(tie.person_id)}, a relative")


def _place_marker(place_id: int, seen: History) -> Iterable[Evidence]:
    for marker in seen.picture.markers:
        if marker.subject == "place" and marker.subject_id == place_id:
            yield Evidence("marker", marker.id, f"marker there since {marker.since.spoken()}: {marker.text}")


def _place_history(place_id: int, seen: History) -> Iterable[Evidence]:
    for incident in seen.picture.linked:
        if incident.place_id == place_id:
            yield Evidence("incident", incident.id, f"{incident.opened.spoken()}: {incident.summary}")


def _place_harmed(place_id: int, seen: History) -> Iterable[Evidence]:
    harmed = {d.harmed_id for d in seen.told_here if d.harmed_id}
    for tie in seen.picture.place_ties:
        if tie.place_id == place_id and tie.tie in HOMES and tie.person_id in harmed:
            yield Evidence(
                "place_tie", tie.id, f"home of {seen.picture.name_of(tie.person_id)}, harmed in this incident"
            )


_PLACE_TO: dict[str, Callable[[int, History], Iterable[Evidence]]] = {
    "suspect": _place_suspect,
    "relative": _place_relative,
    "marker": _place_marker,
    "history": _place_history,
    "somebody_harmed": _place_harmed,
}
