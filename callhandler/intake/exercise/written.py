"""One exercise file."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from callhandler.intake.exercise.happenings import AnyHappening, Rings
from callhandler.intake.exercise.key import Moment, TeachingPoint
from callhandler.intake.exercise.speakers import SpeakerWritten
from callhandler.intake.scenario import Scenario, Truth
from callhandler.intake.scenario_records import Record, Records, Ref, Text
from callhandler.intake.scenario_times import Time
from callhandler.model.exercise import Speaker


class Played(Record):
    """What had happened at the desk already: the events of a scenario, up to and with `until`."""

    scenario: Annotated[str, Field(pattern=r"^[\w-]+\.yaml$", max_length=100)]
    until: Ref


class Exercise(Record):
    """Who rings, what they know, what happens, and what experts hold to be right. Police records as in a scenario."""

    exercise: Ref
    title: Text
    reference: Text
    time_zone: str = "Europe/London"
    scheme: Ref = "national"
    history: str = ""
    played: Played | None = None
    records: Records = Records()
    truth: tuple[Truth, ...] = ()
    starts: Time
    teaching: tuple[TeachingPoint, ...]
    people: tuple[SpeakerWritten, ...]
    happenings: tuple[AnyHappening, ...]
    key: tuple[Moment, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The local time of every time in the file."""
        return ZoneInfo(self.time_zone)

    @property
    def speakers(self) -> dict[str, Speaker]:
        """Everybody who may be on the line, by id."""
        return {p.id: p.spoken_for() for p in self.people}

    @property
    def lines(self) -> dict[str, Rings]:
        """Every call that may ring, by id."""
        return {h.id: h for h in self.happenings if isinstance(h, Rings)}

    def as_scenario(self) -> Scenario:
        """What it shares with a scenario: the records and the truth, without events."""
        return Scenario(
            scenario=self.exercise,
            title=self.title,
            reference=self.reference,
            time_zone=self.time_zone,
            scheme=self.scheme,
            history=self.history,
            records=self.records,
            truth=self.truth,
        )
