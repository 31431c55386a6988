"""Which warnings were raised while records were read as one that nobody reads so any longer: why they still stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from callhandler.model.assessment import Assessment
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import PERSON, PLACE, SameAs, Sameness
from callhandler.model.when import LONDON


@dataclass(frozen=True, slots=True)
class Undone:
    """Two records read as one by a judgement, until a later one ended it."""

    judged: SameAs
    ended: SameAs

    @property
    def records(self) -> tuple[tuple[str, int], ...]:
        """The two, each with its kind."""
        return (self.judged.kind, self.judged.a), (self.judged.kind, self.judged.b)


def raised_then(picture: Picture, assessment: Assessment) -> dict[str, Undone]:
    """By code, the judgement in whose time a warning was raised that nothing raises anew now that it is undone.

    It says when, not that this was why: a warning has what it rests on beside it.
    """
    spells = _spells(picture.sameness)
    found = {}
    for warning in assessment.standing:
        then = [s for s in spells if s.judged.at <= warning.since <= s.ended.at]
        if warning.latched and then:
            found[warning.code] = then[-1]
    return found


def _spells(sameness: tuple[SameAs, ...]) -> list[Undone]:
    """Every time that two were read as one and it was ended, the last ended last."""
    begun: dict[tuple[str, int, int], SameAs] = {}
    found = []
    for judged in sorted(sameness, key=lambda j: j.id):
        before = begun.pop(judged.pair, None)
        if judged.verdict is Sameness.SAME:
            begun[judged.pair] = before or judged
        elif before is not None:
            found.append(Undone(before, judged))
    return found


def in_words(undone: Undone, picture: Picture, called: Mapping[tuple[str, int], str]) -> str:
    """Under whose name whoever is here then went, and when that was undone."""
    kind, pair = undone.judged.kind, undone.records
    mine, other = sorted(pair, key=lambda record: record not in _here(picture))
    name = called.get(other, "somebody else" if kind == PERSON else "another place")
    at, now = (t.astimezone(LONDON) for t in (undone.ended.at, picture.as_of))
    day = "" if at.date() == now.date() else f"{at.day} {at:%b} at "
    here = _called_here(mine, picture, called)
    # Whoever was taken by the name alone goes by the same one.
    taken = f"{name} was taken to be {here}" if name != here else f"{name} was taken to be the one on record"
    return f"Raised while {taken}; undone {day or 'at '}{at:%H:%M}"


def _here(picture: Picture) -> set[tuple[str, int]]:
    incident = picture.incident
    places = {m.place_id for m in picture.moves} | {incident.place_id if incident else None}
    people = {p.person_id for p in picture.parties if p.incident_id == picture.here}
    return {(PERSON, p) for p in people} | {(PLACE, p) for p in places if p is not None}


def _called_here(record: tuple[str, int], picture: Picture, called: Mapping[tuple[str, int], str]) -> str:
    kind, id_ = record
    if record in _here(picture) and kind != PERSON:
        return "the place"
    if kind == PERSON and id_ in picture.with_role(Role.CALLER):
        return "the caller"
    return called.get(record, "another")
