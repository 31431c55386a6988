"""Drives every service that writes, in any order, by two handlers and a supervisor; after each step the ledger looks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer, Request, Verdict
from callhandler.model.facts import Reply, Stance
from callhandler.model.incident import CallOutcome, ResponseState, Target
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.safety import Alone
from callhandler.services.calls import CallIn, Calls
from callhandler.services.contacts import Contacts, Met
from callhandler.services.corrections import Corrections
from callhandler.services.desk import Desk
from callhandler.services.door import Outcome
from callhandler.services.endings import Endings
from callhandler.services.escalations import Escalations
from callhandler.services.identity import Identity
from callhandler.services.incidents import Incidents
from callhandler.services.merges import Merges
from callhandler.services.office import Office
from callhandler.services.orders import Orders
from callhandler.services.owners import Owners
from callhandler.services.progress import Progress
from callhandler.services.safety import Safety
from callhandler.services.telling import Telling, Told
from callhandler.services.whereabouts import Whereabouts
from tests.journeys.ledger import Ledger

WEIGHTY = ("violence-now", "weapon-feared", "strangulation", "following", "threat-to-kill", "cancel-request")
NAMES = ("Adult 1", "Adult 2", "Adult 3")
HIM = "The suspect"
GRADES = ("I", "P", "S", "R")
KINDS = ("domestic-abuse", "theft", "noise-nuisance", "harassment-stalking", "missing-person")
STATES = tuple(ResponseState)
WORDS = ("", "He is held at the station", "as before")

incidents = st.integers(0, 2)
hands = st.sampled_from(("handler", "other"))
grades = st.sampled_from(GRADES)
reasons = st.sampled_from(WORDS)
endings = st.sampled_from(("close", "cancel", "result", "appoint", "hand_on"))
ways = st.sampled_from(("seen", "spoken_to"))


class Routes(RuleBasedStateMachine):
    """One desk. `office` and `people` are those of the store under test; every example has incidents of its own."""

    office: Office
    people: dict[str, Actor]
    ledger: Ledger
    examples = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).examples += 1
        self.own: list[int] = []
        self.refused = 0

    # how a step is taken

    def here(self, which: int) -> int:
        """One of the example's incidents."""
        return self.own[which % len(self.own)]

    def picture(self, incident: int) -> Picture:
        return Desk(self.office).view(self.people["handler"], incident).picture

    def do(self, act: Callable[..., Any], *given: Any, **more: Any) -> Any:
        """A step that may be refused, or not fit what is there; anything else that is raised is a fault."""
        try:
            return act(*given, **more)
        except (Refused, BadInput) as error:
            # The core must have said no before: what only the database refuses was let through by the guard.
            if str(error).startswith("The database refuses"):
                self.ledger.wrong.append(f"only the database refused: {error} {given} {more}")
            self.refused += 1
            return None

    def request(self, incident: int) -> Request | None:
        """The newest thing asked for that nobody has decided."""
        waiting = [r for r in self.picture(incident).requests if not (r.decided or r.withdrawn)]
        return waiting[-1] if waiting else None

    @initialize(name=st.sampled_from(NAMES), kind=st.sampled_from(KINDS), told=st.sampled_from(WEIGHTY))
    def first_call(self, name: str, kind: str, told: str) -> None:
        number = f"07700 900{self.examples % 1000:03d}"
        self.caller = f"{name} of {self.examples}"
        taken = Calls(self.office).take(
            self.people["handler"], CallIn(name=self.caller, type=kind, number=number, join="no")
        )
        self.own.append(taken.incident_id)
        self.do(
            Telling(self.office).tell,
            self.people["handler"],
            taken.incident_id,
            Told(told, "He said so.", about=f"{HIM} of {self.examples}"),
        )
        # From here on nearly every act is a lowering.
        self.do(Incidents(self.office).grade, self.people["handler"], taken.incident_id, "I")

    @invariant()
    def the_rows_hold(self) -> None:
        """Read from the tables alone."""
        self.ledger.look()
        assert self.ledger.wrong == []

    # what comes in

    @rule(
        who=hands,
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
        join=st.sampled_from(("own", "no", "yes")),
    )
    def another_call(self, who: str, name: str, kind: str, join: Any) -> None:
        given = CallIn(name=f"{name} of {self.examples}", type=kind, join=join)
        taken = Calls(self.office).take(self.people[who], given)
        if taken.incident_id not in self.own:
            self.own.append(taken.incident_id)

    @rule(which=incidents, outcome=st.sampled_from((CallOutcome.ANSWERED, CallOutcome.NO_ANSWER)))
    def rings_back(self, which: int, outcome: CallOutcome) -> None:
        self.do(Calls(self.office).ring_back, self.people["handler"], self.here(which), outcome)

    @rule(
        which=incidents,
        what=st.sampled_from((*WEIGHTY, "child-present", "attempted-entry")),
        stance=st.sampled_from(Stance),
        by=st.sampled_from((*NAMES, HIM)),
    )
    def told(self, which: int, what: str, stance: Stance, by: str) -> None:
        about = f"{HIM} of {self.examples}"
        given = Told(what, "It was said.", f"{by} of {self.examples}", about, self.caller, stance)
        self.do(Telling(self.office).tell, self.people["handler"], self.here(which), given)

    @rule(which=incidents, pick=st.integers(0, 400), reply=st.sampled_from(Reply))
    def replied(self, which: int, pick: int, reply: Reply) -> None:
        asked = self.office.policy.pack.questions
        question = asked[pick % len(asked)].id
        self.do(Telling(self.office).reply, self.people["handler"], self.here(which), question, reply, "So.")

    @rule(
        which=incidents,
        name=st.sampled_from(NAMES),
        role=st.sampled_from((Role.AT_RISK, Role.CHILD, Role.WITNESS)),
    )
    def named(self, which: int, name: str, role: Role) -> None:
        given = f"{name} of {self.examples}"
        self.do(Telling(self.office).name_party, self.people["other"], self.here(which), given, role)

    @rule(which=incidents, kind=st.sampled_from(("nmo", "ro")))
    def order_told(self, which: int, kind: str) -> None:
        him = f"{HIM} of {self.examples}"
        self.do(
            Orders(self.office).declare,
            self.people["handler"],
            self.here(which),
            kind,
            self.caller,
            him,
            "An order.",
        )

    @rule(which=incidents, fact=st.sampled_from(("served", "discharged")), verified=st.booleans())
    def order_learnt(self, which: int, fact: str, verified: bool) -> None:
        learn = Orders(self.office).learn
        self.do(learn, self.people["other"], self.here(which), "nmo", fact, "the court", verified=verified)

    @rule(
        which=incidents,
        to=st.sampled_from(("Her mother's", "The station")),
        room=st.sampled_from(("", "Next room")),
    )
    def moved(self, which: int, to: str, room: str) -> None:
        self.do(Whereabouts(self.office).move, self.people["other"], self.here(which), "", to, room)

    # what becomes known

    @rule(which=incidents, state=st.sampled_from(STATES), whose=st.sampled_from(Target))
    def responded(self, which: int, state: ResponseState, whose: Target) -> None:
        self.do(Progress(self.office).respond, self.people["other"], self.here(which), state, whose, "A note")

    @rule(which=incidents, pick=st.integers(0, 40), good=st.booleans())
    def confirmed(self, which: int, pick: int, good: bool) -> None:
        facts = list(self.office.policy.confirmations)
        fact = facts[pick % len(facts)]
        picture = self.picture(self.here(which))
        about: Any = picture.people[pick % len(picture.people)].id if picture.people else ""
        said, how = ("custody-officer", "custody-record") if good else ("suspect", "not-checked")
        self.do(
            Progress(self.office).confirm, self.people["handler"], self.here(which), fact, said, how, about
        )

    @rule(which=incidents)
    def followed_up(self, which: int) -> None:
        told = [d.id for d in self.picture(self.here(which)).disclosures if d.open]
        self.do(
            Progress(self.office).follow_up,
            self.people["other"],
            self.here(which),
            told[:2],
            "A crime is recorded",
        )

    @rule(which=incidents)
    def task_done(self, which: int) -> None:
        for task in [t for t in self.picture(self.here(which)).tasks if not t.done][:3]:
            self.do(
                Progress(self.office).finish_task, self.people["handler"], self.here(which), task.id, "Done"
            )

    @rule(
        which=incidents,
        alone=st.sampled_from(("yes", "unknown")),
        how=ways,
        all_of=st.booleans(),
    )
    def met(self, which: int, alone: Any, how: Any, all_of: bool) -> None:
        parties = self.picture(self.here(which)).parties
        people = list(dict.fromkeys(p.person_id for p in parties))
        for person in people if all_of else people[:1]:
            given = Met(person, how, "document", alone, "yes", "officer", "4123")
            self.do(Contacts(self.office).record, self.people["other"], self.here(which), given)

    @rule(which=incidents)
    def kept_safe(self, which: int) -> None:
        self.do(Safety(self.office).promise, self.people["handler"], self.here(which), "within the hour")
        plan = Safety(self.office).plan
        self.do(
            plan, self.people["handler"], self.here(which), "within the hour", "Doors shut", "Her", Alone.YES
        )

    @rule(which=incidents, act=st.sampled_from(("claim", "take_over", "park", "resume")))
    def owned(self, which: int, act: str) -> None:
        given = ("It is mine",) if act == "take_over" else ()
        self.do(getattr(Owners(self.office), act), self.people["other"], self.here(which), *given)

    @rule(minutes=st.sampled_from((1, 5, 15, 61, 240)))
    def time_passes(self, minutes: int) -> None:
        clock = self.office.clock
        assert isinstance(clock, ScenarioClock)
        clock.move_to(clock.now() + timedelta(minutes=minutes))
        for incident in self.own:
            Incidents(self.office).tick(incident)
            Escalations(self.office).tick_one(incident)

    @rule()
    def supervisor_leaves_and_comes(self) -> None:
        Identity(self.office).sign_out(self.people["supervisor"])
        self.people["supervisor"] = Identity(self.office).open_session("supervisor", "desk", played=True)

    # acts that may lower

    @rule(who=hands, which=incidents, grade=grades, reason=reasons)
    def graded(self, who: str, which: int, grade: str, reason: str) -> None:
        self.do(Incidents(self.office).grade, self.people[who], self.here(which), grade, reason)

    @rule(
        who=hands,
        which=incidents,
        act=endings,
        reason=reasons,
    )
    def ended(self, who: str, which: int, act: str, reason: str) -> None:
        actor, incident = self.people[who], self.here(which)
        endings = Endings(self.office)
        if act == "close":
            self.do(Incidents(self.office).close, actor, incident, reason)
        elif act == "appoint":
            at = self.office.clock.now() + timedelta(hours=20)
            self.do(endings.appoint, actor, incident, at, reason)
        elif act == "hand_on":
            self.do(endings.hand_on, actor, incident, "Next room", "R", reason)
        elif act == "result":
            self.do(endings.result, actor, incident, "Done", reason)
        else:
            self.do(endings.cancel, actor, incident, reason)

    @rule(which=incidents, grade=grades, ours=st.sampled_from(("", *GRADES)))
    def received(self, which: int, grade: str, ours: str) -> None:
        receive = Incidents(self.office).receive
        self.do(receive, self.people["handler"], self.here(which), "A force", grade, "Passed on.", ours)

    @rule(who=hands, which=incidents, kind=st.sampled_from(KINDS), reason=reasons)
    def retyped(self, who: str, which: int, kind: str, reason: str) -> None:
        self.do(Corrections(self.office).retype, self.people[who], self.here(which), kind, reason)

    @rule(who=hands, which=incidents, pick=st.integers(0, 5), reason=reasons)
    def taken_back(self, who: str, which: int, pick: int, reason: str) -> None:
        own = [d for d in self.picture(self.here(which)).disclosures if d.incident_id == self.here(which)]
        if own:
            told = own[pick % len(own)].id
            self.do(Corrections(self.office).retract, self.people[who], self.here(which), told, reason)

    @rule(who=hands, which=incidents, pick=st.integers(0, 5), again=st.booleans(), reason=reasons)
    def link_judged(self, who: str, which: int, pick: int, again: bool, reason: str) -> None:
        linked = self.picture(self.here(which)).linked
        if linked:
            act = Corrections(self.office).link if again else Corrections(self.office).reject_link
            self.do(act, self.people[who], self.here(which), linked[pick % len(linked)].id, reason)

    @rule(who=hands, which=incidents, level=st.sampled_from(("standard", "medium", "high")), reason=reasons)
    def risk(self, who: str, which: int, level: str, reason: str) -> None:
        people = self.picture(self.here(which)).people
        if people:
            put = Corrections(self.office).risk_level
            self.do(put, self.people[who], self.here(which), people[0].id, level, reason)

    @rule(who=hands, which=incidents, into=incidents, reason=reasons)
    def merged(self, who: str, which: int, into: int, reason: str) -> None:
        given = self.here(which), self.here(into) if into != which else self.own[-1]
        self.do(Merges(self.office).merge, self.people[who], *given, reason)

    @rule(which=incidents)
    def parted(self, which: int) -> None:
        self.do(Merges(self.office).part, self.people["other"], self.here(which), "They are two")

    # what is given for them

    @rule(
        who=hands,
        which=incidents,
        ground=st.sampled_from(("", "suspect-detained", "no-units")),
        some=st.booleans(),
    )
    def rationale(self, who: str, which: int, ground: str, some: bool) -> None:
        incident = self.here(which)
        if asked := self.request(incident):
            self._give(self.people[who], incident, asked.id, ground, weak=not some)

    @rule(
        which=incidents,
        verdict=st.sampled_from(Verdict),
        who=st.sampled_from(("supervisor", "handler", "other")),
    )
    def supervisor_answers(self, which: int, verdict: Verdict, who: str) -> None:
        incident = self.here(which)
        if asked := self.request(incident):
            self.do(Incidents(self.office).agree, self.people[who], incident, asked.id, verdict, "I read it")

    @rule(which=incidents)
    def asked_back(self, which: int) -> None:
        if asked := self.request(self.here(which)):
            self.do(Incidents(self.office).withdraw, self.people["handler"], self.here(which), asked.id)

    @rule(which=incidents, act=st.sampled_from(("close", "retract", "grade", "merge", "result", "appoint")))
    def the_whole_way(self, which: int, act: str) -> None:
        """A lowering rightly asked for, answered and agreed to: without it too little would ever be lowered."""
        incident, handler = self.here(which), self.people["handler"]
        told = [d.id for d in self.picture(incident).disclosures if d.incident_id == incident]
        acts: dict[str, Callable[[], Outcome]] = {
            "close": lambda: Incidents(self.office).close(handler, incident, "It is over"),
            "grade": lambda: Incidents(self.office).grade(handler, incident, "R", "It is over"),
            "merge": lambda: Merges(self.office).merge(handler, incident, self.own[-1], "One event"),
            "result": lambda: Endings(self.office).result(handler, incident, "Done", "It is over"),
            "retract": lambda: Corrections(self.office).retract(
                handler, incident, told[-1] if told else 0, "In error"
            ),
            "appoint": lambda: Endings(self.office).appoint(
                handler, incident, self.office.clock.now() + timedelta(hours=20), "She chose it"
            ),
        }
        outcome = self.do(acts[act])
        if outcome is None or outcome.accepted or outcome.request_id is None:
            return
        self._give(handler, incident, outcome.request_id, "suspect-detained", weak=False)
        agree = Incidents(self.office).agree
        self.do(agree, self.people["supervisor"], incident, outcome.request_id, Verdict.AGREE, "I read it")

    def _give(self, who: Actor, incident: int, request: int, ground: str, *, weak: bool) -> None:
        said, how = ("suspect", "not-checked") if weak else ("custody-officer", "custody-record")
        standing = [w.code for w in self.picture(incident).standing_warnings if w.settled_by is None]
        answers = [RationaleAnswer(c, "He sits in a cell at the station now", said, how) for c in standing]
        give = Incidents(self.office).give_rationale
        self.do(give, who, incident, request, ground, "He is held", answers)


def people_of(office: Office) -> dict[str, Actor]:
    """Two handlers and a supervisor, signed in as a scenario's people are."""
    identity = Identity(office)
    found = {}
    for name, right in (
        ("handler", Right.HANDLER),
        ("other", Right.HANDLER),
        ("supervisor", Right.SUPERVISOR),
    ):
        identity.add_user(name, name.capitalize(), None, (right,), granted_by="test")
        found[name] = identity.open_session(name, "desk", played=True)
    return found
