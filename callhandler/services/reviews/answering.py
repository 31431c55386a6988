"""What a reviewer does with an item: takes it, hands it on, grades it, finds, and tells the handler. All of it appended."""

from typing import Any

from callhandler.errors import BadInput, NotAllowed, Refused
from callhandler.model.actor import Actor
from callhandler.model.review import OwnedHow, Result, SecondGrade
from callhandler.policy.entries import Grade
from callhandler.rules.clocks import grade_named
from callhandler.services.incidents import Incidents
from callhandler.services.office import REVIEW, Office, Work, line, work
from callhandler.services.reviews.opening import required
from callhandler.store import reviews as store
from callhandler.store import subjects, tables


class Answering:
    """Acts upon items of the queue."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def claim(self, actor: Actor, item_id: int) -> None:
        """Take an item that nobody has. Raises Refused, naming the owner, when somebody does."""
        with work(self._office) as w:
            self._own(w, actor, self._item(w, actor, item_id))

    def hand_on(self, actor: Actor, item_id: int, to_name: str, reason: str) -> None:
        """Give an item to another reviewer, by user name, with a reason. Raises BadInput for one who may not review it."""
        with work(self._office) as w:
            row = self._item(w, actor, item_id)
            self._not_of_another(row, actor)
            user = subjects.user_named(w.uow.connection, to_name.strip().casefold())
            if user is None:
                raise BadInput(f"There is no user called {to_name}.", "name")
            rights = subjects.rights_of(w.uow.connection, user[0], w.uow.now)
            if not rights & set(REVIEW):
                raise BadInput(f"{user[1]} does not review. Choose a supervisor or a reviewer.", "name")
            if user[0] in self._concerned(w, row):
                raise BadInput(f"{user[1]} made or agreed to this decision. Choose somebody else.", "name")
            self._record(w, actor, row, OwnedHow.HAND_ON, user[0], line(reason, "The reason"))

    def give_back(self, actor: Actor, item_id: int, reason: str) -> None:
        """Give an item of one's own back to the queue, with a reason; its clock runs on."""
        with work(self._office) as w:
            row = self._item(w, actor, item_id)
            if row.owner_id != actor.user_id:
                raise Refused("This item is not yours to give back.", ["claim"])
            self._record(w, actor, row, OwnedHow.GIVE_BACK, None, line(reason, "The reason"))

    def grade(self, actor: Actor, item_id: int, grade: str, reason: str) -> SecondGrade:
        """Record one's own grade, once. It is blind while the handler's is hidden from this reviewer."""
        with work(self._office) as w:
            row = self._item(w, actor, item_id)
            if row.graded:
                raise Refused("You gave your own grade already; it stays as it was.", ["outcome"])
            if row.outcomes:
                raise Refused("This item is answered already.", ["outcome"])
            self._own(w, actor, row)
            chosen = self._grade(grade)
            kept = line(reason, "The reason", empty=True)
            w.uow.append(
                tables.review_grade,
                item_id=item_id,
                incident_id=row.incident_id,
                grade=chosen.id,
                rank=chosen.rank,
                blind=bool(row.blind),
                reason=kept,
                author_id=actor.user_id,
            )
            at = w.uow.now
        return SecondGrade(chosen.id, chosen.rank, bool(row.blind), kept, actor.display, actor.user_id, at)

    def answer(
        self, actor: Actor, item_id: int, result: Result, reason: str, grade: str, feedback: str, uuid: str
    ) -> int:
        """Record what was found; returns the outcome's id. Nothing recorded before changes.

        A blind item needs one's own grade first. Anything but upheld tells the handler something. To re-open is to raise:
        it takes effect at once, in the same transaction, and asks nothing; BadInput where the grade is no raise. Sent again
        with the same `uuid` it does nothing more.
        """
        with work(self._office) as w:
            if uuid and (landed := store.outcome_landed(w.uow.connection, uuid)) is not None:
                return landed
            row = self._item(w, actor, item_id)
            if row.blind and not row.graded and not row.outcomes:
                raise Refused("Give your own grade first: the handler's is hidden until then.", ["grade"])
            self._own(w, actor, row)
            kept = line(reason, "The reason")
            told = line(feedback, "What the handler is told", empty=result is Result.UPHELD)
            chosen = self._grade(grade) if grade or result is Result.REOPEN else None
            extra = {"uuid": uuid} if uuid else {}
            outcome_id = w.uow.append(
                tables.review_outcome,
                item_id=item_id,
                incident_id=row.incident_id,
                result=result.value,
                grade=chosen.id if chosen else "",
                reason=kept,
                author_id=actor.user_id,
                **extra,
            )
            if told:
                w.uow.append(
                    tables.review_feedback,
                    outcome_id=outcome_id,
                    incident_id=row.incident_id,
                    to_id=row.author_id,
                    text=told,
                    author_id=actor.user_id,
                )
            if result is Result.REOPEN:
                assert chosen is not None
                Incidents(self._office).raise_within(w, actor, row.incident_id, chosen, f"On review: {kept}")
        return outcome_id

    def _item(self, w: Work, actor: Actor, item_id: int) -> Any:
        """The item, if it is this actor's to review. Nobody reviews what he decided or agreed to."""
        row = required(store.item(w.uow.connection, item_id, actor.user_id), "item")
        if actor.user_id in self._concerned(w, row):
            raise NotAllowed("Nobody reviews what he decided or agreed to; another must.", ["reviewer"])
        return row

    def _concerned(self, w: Work, row: Any) -> frozenset[int]:
        return store.answered_by(w.uow.connection, row.request_id) | {row.author_id}

    def _own(self, w: Work, actor: Actor, row: Any) -> None:
        self._not_of_another(row, actor)
        if row.owner_id is None:
            self._record(w, actor, row, OwnedHow.CLAIM, actor.user_id, "")

    def _not_of_another(self, row: Any, actor: Actor) -> None:
        if row.owner_id not in (None, actor.user_id):
            raise Refused(f"{row.owner} has this item; ask for it to be handed on.", ["hand_on"])

    def _record(
        self, w: Work, actor: Actor, row: Any, act: OwnedHow, user_id: int | None, reason: str
    ) -> None:
        w.uow.append(
            tables.review_owner,
            item_id=row.id,
            incident_id=row.incident_id,
            act=act.value,
            user_id=user_id,
            reason=reason,
            author_id=actor.user_id,
        )

    def _grade(self, grade: str) -> Grade:
        chosen = grade_named(self._office.policy.scheme, grade)
        if chosen is None:
            known = ", ".join(g.name for g in self._office.policy.scheme.grades)
            raise BadInput(f"The scheme has no grade {grade}. Its grades are {known}.", "grade")
        return chosen
