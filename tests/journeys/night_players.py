"""Two trainees at the exercise of the night: one does what was done, one what the review asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from callhandler import app as core
from callhandler.clock import PacedClock
from callhandler.intake.exercise import read_exercise, times_to_start
from callhandler.model.incident import ResponseState, Target
from callhandler.model.people import Role
from callhandler.model.safety import Alone
from callhandler.model.when import LONDON
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from callhandler.services.training.exercising import Exercising
from callhandler.settings import Settings


class Player:
    """A trainee whose machine's clock is moved by hand."""

    def __init__(self, folder: Path, name: str = "solihull-night") -> None:
        self.machine = datetime(2026, 1, 1, tzinfo=UTC)
        exercise = read_exercise(core.find_exercise(name))
        clock = PacedClock(folder / "clock", times_to_start(exercise), lambda: self.machine)
        settings = Settings(str(folder / "store.sqlite"), scheme=exercise.scheme, data_folder=folder)
        self.app = core.open_app(replace(settings), clock, "TRAINING", exercise.exercise)
        self.run = Exercising(self.app.office, exercise, folder)
        self.actor = self.run.prepare("Trainee A")
        clock.set_pace(1)
        self.incident = 0

    def until(self, line: str) -> None:
        """Let time pass until a call rings."""
        while not self.run.lines.all[line].ringing:
            self._to(self.run.next_at())

    def wait(self, seconds: int) -> None:
        """Let time pass, and everything in it happen at its own instant."""
        end = self.run.clock.now() + timedelta(seconds=seconds)
        while (at := self.run.next_at()) is not None and at <= end:
            self._to(at)
        self._to(end)

    def step(self) -> None:
        """To what happens next by itself."""
        self._to(self.run.next_at())

    def finish(self) -> None:
        """To the end of the exercise."""
        while not self.run.lines.stopped:
            self._to(self.run.next_at())

    def take(self, line: str, place: str) -> None:
        """Answer the call that rings; the tool joins it by itself."""
        number = self.run.lines.all[line].rings.number
        taken = self.app.calls.take(self.actor, CallIn(number=number, name="Adult 1", place=place))
        self.incident = taken.incident_id
        self.run.tick()

    def tell(
        self, indicator: str, words: str, about: str = "The perpetrator", harmed: str = "Adult 1"
    ) -> None:
        told = Told(indicator, words, teller="Adult 1", about=about, harmed=harmed)
        self.app.telling.tell(self.actor, self.incident, told)

    def grade(self, grade: str, reason: str = "") -> bool:
        outcome = self.app.incidents.grade(self.actor, self.incident, grade, reason)
        self.run.tick()
        self.request = outcome.request_id
        return outcome.accepted

    def until_clock(self, minutes: int) -> str:
        """The local clock time so many minutes from now, as it is typed."""
        return (self.run.clock.now() + timedelta(minutes=minutes)).astimezone(LONDON).strftime("%H:%M")

    def log(self, text: str) -> None:
        self.app.telling.write(self.actor, self.incident, text)

    def _to(self, instant: datetime | None) -> None:
        assert instant is not None
        self.machine += max(instant - self.run.clock.now(), timedelta(0))
        self.run.tick()


def as_was_done(p: Player) -> None:
    """What the record tells: the words taken down, one grade, little asked, and a lowering asked for at the end."""
    p.until("call-1")
    p.take("call-1", "Shisha lounge, Lantern Street, Birmingham")
    p.wait(40)
    p.tell("violence-now", "He came here and slapped me.")
    p.app.telling.name_party(p.actor, p.incident, "The perpetrator", Role.SUSPECT)
    p.grade("P1")
    p.app.orders.declare(
        p.actor, p.incident, "nmo", "Adult 1", "The perpetrator", "I have a non-molestation order."
    )
    p.run.say("Please stay inside until officers come.")
    p.log("Asked to stay inside.")
    p.until("call-2")
    p.take("call-2", "Own flat")
    p.wait(60)
    p.log("She has left and is going home. She is afraid that he comes there.")
    p.until("call-3")
    p.take("call-3", "Own flat")
    p.wait(60)
    p.log("Outside her flat in a car. He is drunk and might get a knife.")
    p.until("call-4")
    p.take("call-4", "Own flat")
    p.wait(80)
    p.run.say("Police cannot arrest him until we see the order.")
    p.grade("S", "She is going to her mother's, a likely place of safety, and can be seen tomorrow.")
    p.finish()


def better(p: Player) -> None:
    """What the review asks for: asked, written down as what it is, told truly, and he is looked for."""
    p.until("call-1")
    p.take("call-1", "Shisha lounge, Lantern Street, Birmingham")
    p.wait(20)
    p.tell("violence-now", "He came here and slapped me.")
    p.grade("P1")
    p.run.ask(question="threats-tonight")
    p.run.ask(question="gesture")
    p.tell("threat-to-kill", "He said that he will kill me.")
    p.tell("threat-by-gesture", "When he drove past he drew his hand across his throat.")
    p.tell("harm-to-protector", "He slapped my mum and kicked her. She is here with me.", harmed="Adult 2")
    p.app.orders.declare(
        p.actor, p.incident, "nmo", "Adult 1", "The perpetrator", "I have a non-molestation order."
    )
    p.tell("order-obtained", "I have a non-molestation order, he has to keep away from me.")
    p.wait(30)
    for question in ("where-is-he", "order-served-or-told", "how-he-found-her", "hurt-before"):
        p.run.ask(question=question)
    p.app.telling.name_party(p.actor, p.incident, "The perpetrator", Role.SUSPECT)
    p.app.telling.name_party(p.actor, p.incident, "Adult 2", Role.AT_RISK)
    p.app.progress.respond(
        p.actor, p.incident, ResponseState.AWAITING, Target.SUSPECT, "His car and his parents' home."
    )
    p.run.say("Stay inside with your mum. Ring 999 again if he comes back.")
    p.wait(120)
    p.log(
        "He has driven off, she does not know where. He was given the order and knows about it. He must have followed them."
    )
    p.until("call-2")
    p.take("call-2", "Own flat")
    p.wait(20)
    p.run.ask(words="where are you now?")
    p.app.whereabouts.move(p.actor, p.incident, "Own flat", "", "Second room")
    p.tell("threat-to-return", "He might come to my house.")
    p.tell("fear", "I am afraid that he hurts me again.")
    p.run.ask(question="phone-taken")
    p.run.ask(words="has he threatened you?")
    p.run.say("I am changing the address, we will send them to your home.")
    p.wait(100)
    p.until("call-3")
    p.take("call-3", "Own flat")
    p.wait(15)
    p.tell("suspect-drunk", "He is drunk.")
    p.tell("weapon-feared", "He might get a knife or something and hurt me.")
    p.run.ask(question="safer-place-now")
    p.run.ask(question="waited-before")
    p.run.ask(question="weapon-what")
    p.run.ask(question="agree-a-word")
    p.run.say(
        "Nobody can come yet, all units are committed. Lock the car doors and drive to where there are people."
    )
    p.app.progress.respond(
        p.actor, p.incident, ResponseState.UNRESOURCED, Target.AT_RISK, "All units are committed."
    )
    p.app.progress.respond(
        p.actor, p.incident, ResponseState.ASSIGNED, Target.SUSPECT, "One unit to his parents' home."
    )
    p.app.safety.plan(
        p.actor, p.incident, p.until_clock(60), "Locked car by the filling station.", "Adult 1", Alone.UNKNOWN
    )
    p.until("call-4")
    p.take("call-4", "Own flat")
    p.wait(30)
    p.run.ask(question="does-he-know-place")
    p.run.ask(question="who-else-there")
    p.run.ask(question="waited-before")
    p.tell(
        "arrest-asked",
        "He hit me and my mum in front of people. Go and arrest him, you do not need to see me for that.",
    )
    p.app.whereabouts.move(p.actor, p.incident, "", "Mother's home", "")
    p.tell("going-elsewhere", "We are going to my mum's.")
    p.tell("place-known", "He knows it. He has broken in there, and he stood outside for twelve nights.")
    p.app.progress.respond(
        p.actor, p.incident, ResponseState.ASSIGNED, Target.SUSPECT, "Arrest asked for: breach of the order."
    )
    p.app.safety.plan(
        p.actor,
        p.incident,
        p.until_clock(60),
        "Stay in the car; 999 if he appears.",
        "Adult 1",
        Alone.UNKNOWN,
    )
    p.run.say(
        "A breach of the order is an offence. We do not need to see the order to arrest him. Ring 999 at once if he appears."
    )
    p.finish()


PLAYERS: dict[str, Callable[[Player], None]] = {"as was done": as_was_done, "better": better}
