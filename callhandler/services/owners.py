"""Whose an incident is: claimed, handed over, taken over with a reason, parked and resumed. It never touches the grade."""

from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind, OwnerAct
from callhandler.model.picture import Picture
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import subjects, tables


class Owners:
    """Ownership of incidents."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def claim(self, actor: Actor, incident_id: int) -> None:
        """Take an incident that nobody owns. Raises Refused, naming the owner, when somebody does."""
        require(actor, *DESK)
        with work(self._office) as w:
            owner = w.picture(incident_id).owner
            if owner and owner.user_id != actor.user_id:
                raise Refused(
                    f"{owner.owner} has this incident. Take it over with a reason, or ask.", ["take_over"]
                )
            if owner is None:
                _record(w, actor, incident_id, OwnerAct.CLAIM, actor.user_id, actor.display, "")

    def hand_over(self, actor: Actor, incident_id: int, to_name: str, reason: str) -> None:
        """Give an incident to another user, who is named in the log."""
        require(actor, *DESK)
        with work(self._office) as w:
            self._must_own(w.picture(incident_id), actor)
            user = subjects.user_named(w.uow.connection, to_name.strip().casefold())
            if user is None:
                raise BadInput(f"There is no user called {to_name}.", "name")
            _record(w, actor, incident_id, OwnerAct.HAND_OVER, user[0], user[1], line(reason, "The reason"))

    def take_over(self, actor: Actor, incident_id: int, reason: str) -> None:
        """Take an incident from whoever has it; the reason is seen by both."""
        require(actor, *DESK)
        with work(self._office) as w:
            w.known(incident_id)
            _record(
                w,
                actor,
                incident_id,
                OwnerAct.TAKE_OVER,
                actor.user_id,
                actor.display,
                line(reason, "The reason"),
            )

    def park(self, actor: Actor, incident_id: int, reason: str = "") -> None:
        """Set an incident of one's own aside for another call. Its clocks run on and it stays on the board."""
        self._aside(actor, incident_id, OwnerAct.PARK, reason)

    def resume(self, actor: Actor, incident_id: int) -> None:
        """Take a parked incident up again."""
        self._aside(actor, incident_id, OwnerAct.RESUME, "")

    def _aside(self, actor: Actor, incident_id: int, act: OwnerAct, reason: str) -> None:
        require(actor, *DESK)
        with work(self._office) as w:
            self._must_own(w.picture(incident_id), actor)
            kept = line(reason, "The reason", empty=True)
            _record(w, actor, incident_id, act, actor.user_id, actor.display, kept)

    def _must_own(self, picture: Picture, actor: Actor) -> None:
        owner = picture.owner
        if owner is None:
            raise Refused("Nobody has this incident yet; claim it first.", ["claim"])
        if owner.user_id != actor.user_id:
            raise Refused(
                f"{owner.owner} has this incident. Take it over with a reason, or ask.", ["take_over"]
            )


def first_owner(w: Work, actor: Actor, incident_id: int) -> None:
    """Who opens an incident has it."""
    _record(w, actor, incident_id, OwnerAct.CLAIM, actor.user_id, actor.display, "", logged=False)


def taken_over(w: Work, actor: Actor, incident_id: int, reason: str) -> None:
    """A supervisor who takes over a request has the incident from then on; whoever calls this says so in the log."""
    kept = line(reason, "The reason")
    _record(w, actor, incident_id, OwnerAct.TAKE_OVER, actor.user_id, actor.display, kept, logged=False)


_SAID = {
    OwnerAct.CLAIM: "{owner} has this incident.",
    OwnerAct.HAND_OVER: "Handed over to {owner}.",
    OwnerAct.TAKE_OVER: "Taken over by {owner}.",
    OwnerAct.PARK: "Parked by {owner}; the clocks run on.",
    OwnerAct.RESUME: "Taken up again by {owner}.",
}


def _record(
    w: Work,
    actor: Actor,
    incident_id: int,
    act: OwnerAct,
    user_id: int,
    owner: str,
    reason: str,
    *,
    logged: bool = True,
) -> None:
    w.uow.append(
        tables.ownership,
        incident_id=incident_id,
        act=act.value,
        user_id=user_id,
        room="",
        reason=reason,
        author_id=actor.user_id,
    )
    if logged:
        w.uow.append(
            tables.log_entry,
            incident_id=incident_id,
            call_id=w.uow.current_call(incident_id),
            kind=LogKind.SYSTEM.value,
            text=f"{_SAID[act].format(owner=owner)} {reason}".strip(),
            author=actor.display,
            happened_at=w.uow.now,
        )
