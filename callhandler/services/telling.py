"""What is told in a call: disclosures, replies, log lines, names, bare counts."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.facts import MANNER, Reply, Stance
from callhandler.model.incident import LogKind
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.when import Precision
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.linked import plate_spoken
from callhandler.services import entries, naming, responding
from callhandler.services.as_one import records_as_one
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import subjects, tables

LONGEST_PLATE = 12
"""Letters and digits of a registration, foreign ones among them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A disclosure as taken down. People by id, or by name as the caller says it."""

    indicator: str
    words: str
    teller: int | str = ""
    about: int | str = ""
    harmed: int | str = ""
    stance: Stance = Stance.TOLD
    source: str = "call"
    uuid: str = ""


class Telling:
    """Everything that is taken down while somebody speaks."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def tell(self, actor: Actor, incident_id: int, told: Told) -> Assessment:
        """Record one disclosure. It stays open until its follow-up is recorded."""
        require(actor, *DESK)
        check_indicators(self._office.policy, told.indicator)
        with work(self._office) as w:
            record_told(w, actor, incident_id, told)
            return w.reassess(incident_id)[1]

    def reply(
        self, actor: Actor, incident_id: int, question: str, reply: Reply, words: str = "", uuid: str = ""
    ) -> Assessment:
        """Record the reply to a guided question, and what that reply tells. Only an explicit no is no.

        A reply given again, with words or another, is a further answer: the one before is kept. Doing it again with the
        same `uuid` does nothing more.
        """
        require(actor, *DESK)
        asked = self._office.policy.questions.get(question)
        if asked is None:
            raise BadInput(f"The policy has no question {question}.", "question")
        with work(self._office) as w:
            if uuid and subjects.entry_landed(w.uow.connection, [uuid]):
                return w.reassess(incident_id)[1]
            picture = w.picture(incident_id)
            extra = {"uuid": uuid} if uuid else {}
            w.uow.append(
                tables.answer,
                incident_id=incident_id,
                call_id=entries.current_call(picture),
                question=question,
                reply=reply.value,
                words=line(words, "The words", empty=True),
                author=actor.display,
                **extra,
            )
            entries.log(
                w,
                actor,
                incident_id,
                f"{asked.ask} {entries.plain(reply.value).capitalize()}. {words}".strip(),
                LogKind.NOTE,
            )
            if indicator := asked.tells.get(reply):
                suspects = history.read(picture, self._office.policy).suspects_to_name
                about: int | str = min(suspects) if len(suspects) == 1 else ""
                said = words.strip() or f"{asked.ask} {entries.plain(reply.value)}"
                record_told(w, actor, incident_id, Told(indicator, said, about=about), logged=True)
            return w.reassess(incident_id)[1]

    def speaks(
        self, actor: Actor, incident_id: int, manner: str, note: str = "", uuid: str = ""
    ) -> Assessment:
        """Record how the caller can speak in this call, as an answer of its own; what was chosen before is kept."""
        require(actor, *DESK)
        chosen = self._office.policy.manners.get(manner)
        if chosen is None:
            known = ", ".join(self._office.policy.manners)
            raise BadInput(f"The policy has no manner of speaking {manner}; there are {known}.", "manner")
        with work(self._office) as w:
            if uuid and subjects.entry_landed(w.uow.connection, [uuid]):
                return w.reassess(incident_id)[1]
            picture = w.picture(incident_id)
            kept = line(note, "The note", empty=True).replace("\n", " ")
            extra = {"uuid": uuid} if uuid else {}
            w.uow.append(
                tables.answer,
                incident_id=incident_id,
                call_id=entries.current_call(picture),
                question=MANNER,
                reply=Reply.YES.value,
                words=f"{manner}\n{kept}" if kept else manner,
                author=actor.display,
                **extra,
            )
            said = f"The caller speaks: {chosen.name}. {kept}".strip()
            entries.log(w, actor, incident_id, said, LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def write(
        self,
        actor: Actor,
        incident_id: int,
        text: str,
        kind: LogKind = LogKind.NOTE,
        source: str = "",
        uuid: str = "",
    ) -> int:
        """Append a line to the log. Doing it again with the same `uuid` does nothing more."""
        require(actor, *DESK)
        with work(self._office) as w:
            if uuid and subjects.entry_landed(w.uow.connection, [uuid]):
                return 0
            w.known(incident_id)
            return entries.log(w, actor, incident_id, text, kind, author=source, uuid=uuid)

    def name_party(self, actor: Actor, incident_id: int, person: int | str, role: Role) -> Assessment:
        """Name somebody and give him a role; his history joins the picture."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            person_id = naming.person(w, person, picture, author=actor.display)
            naming.party(w, picture, person_id, role)
            name = person if isinstance(person, str) else naming.called(w, person_id)
            entries.log(w, actor, incident_id, f"{name}: {entries.plain(role.value)}.", LogKind.SYSTEM)
            opened = min(records_as_one(w.uow.connection, [person_id]))
            entries.opened_history(w, actor, incident_id, opened, "named in a call")
            return w.reassess(incident_id)[1]

    def name_vehicle(
        self, actor: Actor, incident_id: int, registration: str, description: str = ""
    ) -> Assessment:
        """Record a vehicle that was seen or named here: other incidents with the same registration join the picture.

        Raises BadInput for a registration that cannot be one, or where neither is given.
        """
        require(actor, *DESK)
        plate = "".join(registration.split()).upper()
        if plate and not (plate.isalnum() and len(plate) <= LONGEST_PLATE):
            raise BadInput(
                f"{registration[:40]} is no registration: letters and digits, {LONGEST_PLATE} at most. "
                "What else is known of it goes into the description.",
                "registration",
            )
        told = line(description, "The description", empty=bool(plate))
        with work(self._office) as w:
            w.picture(incident_id)
            w.uow.append(
                tables.vehicle_named,
                incident_id=incident_id,
                registration=plate,
                description=told,
                author=actor.display,
            )
            said = ", ".join(filter(None, (plate_spoken(plate), told)))
            entries.log(w, actor, incident_id, f"Vehicle: {said}.", LogKind.SYSTEM)
            return w.reassess(incident_id)[1]

    def count_only(
        self,
        actor: Actor,
        incident_id: int,
        on: Literal["person", "place", "number"],
        subject: str,
        number: int,
        counted: str,
        span: str,
        source: str,
    ) -> Assessment:
        """Record a history that is known only as a number: its basis, span and source, its contents not held."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            subject_id = self._subject(w, picture, on, subject)
            if subject_id is None:
                raise BadInput(f"{subject} is not a number.", "number")
            w.uow.append(
                tables.history_count,
                incident_id=incident_id,
                subject=on,
                subject_id=subject_id,
                number=number,
                counted=line(counted, "What was counted"),
                span=line(span, "The span"),
                source=line(source, "The source"),
            )
            entries.log(w, actor, incident_id, f"{source}: {number} {counted}, {span}.", LogKind.CHECK)
            return w.reassess(incident_id)[1]

    def _subject(self, w: Work, picture: Picture, on: str, subject: str) -> int | None:
        if on == "person":
            return naming.person(w, subject, picture)
        return naming.place(w, subject) if on == "place" else naming.number(w, subject)


def record_told(w: Work, actor: Actor, incident_id: int, told: Told, *, logged: bool = False) -> None:
    """Record one disclosure and the roles that follow from it, inside a transaction."""
    picture = w.picture(incident_id)
    words = line(told.words, "The words")

    @cache
    def named(who: int | str) -> int | None:
        # Once for each name: somebody who is told of and was hurt is one.
        if isinstance(who, str) and not who.strip():
            return None
        return naming.person(w, who, picture, author=actor.display)

    callers = picture.with_role(Role.CALLER, Role.REPORTER)
    teller_id = named(told.teller) if told.teller else (callers[-1] if callers else None)
    about_id, harmed_id = named(told.about), named(told.harmed)
    extra = {"uuid": told.uuid} if told.uuid else {}
    w.uow.append(
        tables.disclosure,
        incident_id=incident_id,
        call_id=entries.current_call(picture),
        indicator=told.indicator,
        stance=told.stance.value,
        teller=told.teller if isinstance(told.teller, str) and told.teller else picture.name_of(teller_id),
        teller_id=teller_id,
        about_id=about_id,
        harmed_id=harmed_id,
        words=words,
        source=told.source,
        disputed=False,
        happened_at=w.uow.now,
        happened_precision=Precision.MINUTE.value,
        author=actor.display,
        **extra,
    )
    hers = set(picture.with_role(Role.CALLER, Role.AT_RISK, Role.CHILD))
    if about_id is not None and about_id not in hers and told.stance is Stance.TOLD:
        naming.party(w, picture, about_id, Role.SUSPECT)
    if harmed_id is not None:
        naming.party(w, picture, harmed_id, Role.AT_RISK)
    if not logged:
        name = w.office.policy.indicators[told.indicator].name
        denied = "Denied: " if told.stance is Stance.DENIED else ""
        entries.log(w, actor, incident_id, f"{denied}{name}: {words}", LogKind.NOTE)
    if told.stance is Stance.TOLD:
        responding.begin_suspect(w, actor, incident_id, told.indicator)


def check_indicators(policy: Policy, *names: str) -> None:
    """Raise BadInput for an indicator that the policy does not hold."""
    for name in names:
        if name not in policy.indicators:
            raise BadInput(f"The policy has no indicator {name}.", "indicator")
