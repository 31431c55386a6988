"""What holds until somebody comes: what is offered meanwhile, the interim safety plan, promises to the caller.

None of it touches a grade or a floor, and none of it settles a warning.
"""

from datetime import datetime, timedelta

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import LogKind
from callhandler.model.safety import Alone, Ended, Offered
from callhandler.model.when import LONDON
from callhandler.rules import promised
from callhandler.services import entries
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import tables

LONGEST = timedelta(days=7)


class Safety:
    """Offers, plans and promises of one incident."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def offer(
        self,
        actor: Actor,
        incident_id: int,
        code: str,
        outcome: Offered,
        words: str = "",
        details: str = "",
    ) -> Assessment:
        """Record that an alternative was offered, and whether it was taken. A refusal says why.

        Raises BadInput where something must be known before it may be offered (a station: how far, who meets her).
        """
        require(actor, *DESK)
        known = self._office.policy.responses.alternatives
        found = next((a for a in known if a.id == code), None)
        if found is None:
            raise BadInput("The policy offers nothing of this kind.", "offer")
        if found.asks and not details.strip():
            raise BadInput(f"{found.name}: first find out. {found.asks}.", "details")
        if outcome is Offered.REFUSED and not words.strip():
            raise BadInput("A refusal is recorded with its reason, in her words.", "words")
        with work(self._office) as w:
            w.known(incident_id)
            told = line(words, "The words", empty=True)
            more = line(details, "The details", empty=True)
            w.uow.append(
                tables.safety_offer,
                incident_id=incident_id,
                code=code,
                outcome=outcome.value,
                details=more,
                words=told,
                author=actor.display,
            )
            said = ". ".join(part.rstrip(".") for part in (more, told) if part)
            entries.log(w, actor, incident_id, f"{found.name}: {outcome.value}. {said}".strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def plan(
        self, actor: Actor, incident_id: int, until: str, agreed: str, with_whom: str, alone: Alone
    ) -> Assessment:
        """Record an interim safety plan: what was agreed, with whom, alone or not, until when. The newest one holds."""
        require(actor, *DESK)
        with work(self._office) as w:
            w.known(incident_id)
            ends = _until(until, w.uow.now)
            what, whom = line(agreed, "What was agreed"), line(with_whom, "With whom")
            w.uow.append(
                tables.safety_plan,
                incident_id=incident_id,
                until_at=ends,
                agreed=what,
                with_whom=whom,
                alone=alone.value,
                author=actor.display,
            )
            heard = {
                Alone.YES: "alone",
                Alone.NO: "others could hear",
                Alone.UNKNOWN: "alone or not: not asked",
            }
            entries.log(
                w,
                actor,
                incident_id,
                f"Interim safety plan until {_spoken(ends, w.uow.now)}, with {whom} ({heard[alone]}): {what}",
                LogKind.NOTE,
            )
            return w.reassess(incident_id)[1]

    def promise(self, actor: Actor, incident_id: int, words: str, until: str = "") -> Assessment:
        """Record what was promised to the caller and until when; without a time of its own it is read from the words."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            ends = _until(until or words, w.uow.now)
            said = line(words, "The promise")
            w.uow.append(
                tables.promise,
                incident_id=incident_id,
                call_id=entries.current_call(picture),
                words=said,
                until_at=ends,
                author=actor.display,
            )
            entries.log(
                w, actor, incident_id, f"Promised, by {_spoken(ends, w.uow.now)}: {said}", LogKind.NOTE
            )
            return w.reassess(incident_id)[1]

    def end_promise(
        self, actor: Actor, incident_id: int, promise_id: int, ended: Ended, words: str
    ) -> Assessment:
        """Record that a promise was kept, or that the caller was told of another time or of none, in words."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            found = next((p for p in picture.promises if p.id == promise_id and p.ended is None), None)
            if found is None:
                raise BadInput("This promise is not running here.", "promise")
            told = line(words, "What the caller was told")
            w.uow.append(
                tables.promise_end,
                incident_id=incident_id,
                promise_id=promise_id,
                ended=ended.value,
                words=told,
                author=actor.display,
            )
            entries.log(
                w, actor, incident_id, f"Promise {ended.value}: {found.words} {told}".strip(), LogKind.NOTE
            )
            return w.reassess(incident_id)[1]


def _until(typed: str, now: datetime) -> datetime:
    ends = promised.until_of(typed, now)
    if ends is None:
        raise BadInput(
            f"“{typed.strip()}” tells no time. Write it like 21:30, 8pm, 45 min or within the hour.", "until"
        )
    if not now < ends <= now + LONGEST:
        raise BadInput("The time must lie ahead, within a week.", "until")
    return ends


def _spoken(at: datetime, now: datetime) -> str:
    local = at.astimezone(LONDON)
    day = "" if local.date() == now.astimezone(LONDON).date() else f"{local:%a} {local.day} {local:%b} "
    return f"{day}{local:%H:%M}"
