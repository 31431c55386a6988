"""The key of an exercise: what experts hold to be right, with every alternative that they accept, and why."""

from typing import Annotated, Literal

from pydantic import Field

from callhandler.intake.exercise.speakers import Said
from callhandler.intake.scenario_records import Record, Ref, Text
from callhandler.model import scoring

Minutes = Annotated[int, Field(ge=0, le=24 * 60)]

Act = Literal[
    "order-declared",
    "moved",
    "rung-back",
    "said-unresourced",
    "suspect-owned",
    "notified",
    "safety-offered",
    "safety-planned",
    "promised",
    "joined",
    "not-joined",
    "retyped",
    "followed-up",
    "confirmed",
    "lowering-refused",
    "transferred",
    "party-named",
    "supervisor-asked",
    "owner-named",
    "referred",
    "closed",
    "kept-open",
]


class Wanted(Record):
    """One thing to be done, in any one of the accepted ways. `essential`: without it the moment is not met."""

    any_of: Annotated[tuple[str, ...], Field(min_length=1)]
    why: Said
    essential: bool = False
    within: Minutes | None = None


class ActWanted(Record):
    """An act at the desk, in any one of the accepted ways."""

    any_of: Annotated[tuple[Act, ...], Field(min_length=1)]
    why: Said
    essential: bool = False
    within: Minutes | None = None


class ToTell(Record):
    """Something that the caller should be told (or never be told), as ways of saying it."""

    id: Ref
    words: Annotated[tuple[Said, ...], Field(min_length=1)]
    why: Said
    essential: bool = False


class Moment(Record):
    """What is right in one call. `least` is the least urgent grade that can be defended; `accepted` are further ones.

    A grade up to `over` ranks more urgent than `least` costs nothing; beyond it is shown as over-graded. `within` is by when
    the first grade should stand, in minutes from answering. `asks` are ids of known things or of guided questions,
    `records` of indicators, `warnings` codes that should be seen and acted on.
    """

    id: Ref
    line: Ref
    least: str
    accepted: tuple[str, ...] = ()
    over: Annotated[int, Field(ge=0, le=9)] = 1
    within: Minutes
    asks: tuple[Wanted, ...] = ()
    records: tuple[Wanted, ...] = ()
    acts: tuple[ActWanted, ...] = ()
    warnings: tuple[Ref, ...] = ()
    tells: tuple[ToTell, ...] = ()
    avoids: tuple[ToTell, ...] = ()
    why: Text
    reference: Said

    def plain(self) -> scoring.KeyMoment:
        """The same as a plain value."""
        return scoring.KeyMoment(
            id=self.id,
            line=self.line,
            least=self.least,
            accepted=self.accepted,
            over=self.over,
            within=self.within,
            asks=tuple(_item(w) for w in self.asks),
            records=tuple(_item(w) for w in self.records),
            acts=tuple(_item(w) for w in self.acts),
            warnings=self.warnings,
            tells=tuple(_said(t) for t in self.tells),
            avoids=tuple(_said(t) for t in self.avoids),
            why=self.why,
            reference=self.reference,
        )


def _item(wanted: Wanted | ActWanted) -> scoring.KeyItem:
    return scoring.KeyItem(tuple(wanted.any_of), wanted.why, wanted.essential, wanted.within)


def _said(told: ToTell) -> scoring.KeySaid:
    return scoring.KeySaid(told.id, told.words, told.why, told.essential)


class TeachingPoint(Record):
    """What the exercise teaches, and the source that says so."""

    point: Said
    source: Said
