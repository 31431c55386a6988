"""Who may be on the line in an exercise, and what they know."""

from typing import Annotated

from pydantic import Field

from callhandler.intake.scenario_records import Record, Ref, Text
from callhandler.model import exercise as model

Said = Annotated[str, Field(min_length=1, max_length=1000)]
Seconds = Annotated[int, Field(ge=0, le=24 * 3600)]


class KnownWritten(Record):
    """One thing that somebody knows: see `model.exercise.Known`."""

    id: Ref
    says: Said
    asked_by: tuple[Ref, ...] = ()
    words: tuple[Said, ...] = ()
    volunteered: Seconds | None = None
    safe_only: bool = False
    guarded: Text = ""
    at_first: Text = ""
    lines: tuple[Ref, ...] = ()
    indicator: Ref | None = None
    reference: str = ""


class SpeakerWritten(Record):
    """Somebody who may be on the line. `voice` is how a machine would speak for them; it may be left out."""

    id: Ref
    name: Said
    knows: tuple[KnownWritten, ...] = ()
    cannot_say: Said = "I can't say that now."
    no_answer: Said = "I don't know."
    voice: str = ""

    def spoken_for(self) -> model.Speaker:
        """The same as a plain value."""
        return model.Speaker(
            self.id,
            self.name,
            tuple(
                model.Known(
                    k.id,
                    k.says,
                    k.asked_by,
                    k.words,
                    k.volunteered,
                    k.safe_only,
                    k.guarded,
                    k.at_first,
                    k.lines,
                    k.indicator or "",
                )
                for k in self.knows
            ),
            self.cannot_say,
            self.no_answer,
            self.voice,
        )
