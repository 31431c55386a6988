"""The one service of review that a screen or a command works with; each part of the work stands in a module beside it."""

from collections.abc import Sequence
from datetime import timedelta

from callhandler.errors import BadInput
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import Verdict
from callhandler.model.review import Answered, Feedback, Header, QueueLine, Result, SecondGrade
from callhandler.model.review_figures import Figures
from callhandler.model.when import from_micros, to_micros
from callhandler.rules import review
from callhandler.services.office import REVIEW, Office, line, require, work
from callhandler.services.reviews.answering import Answering
from callhandler.services.reviews.figures import figures_of, header_of
from callhandler.services.reviews.opening import Opened, feedback, open_item, open_request
from callhandler.services.reviews.queue import line_of_item, line_of_request
from callhandler.store import reviews as store
from callhandler.store import tables
from callhandler.store.unit_of_work import reading

ANSWERS_SHOWN = timedelta(hours=14)
"""So long a supervisor's answer stays in sight of the handler who asked: one long shift."""
FEEDBACK_SHOWN = timedelta(days=30)
"""So long feedback that was seen can still be found; what was not seen stays."""

LONGEST_SPAN = 366
"""Figures go back over so many days at most."""


class Reviews:
    """Decisions looked at again."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._answering = Answering(office)

    # the queue

    def queue(self, actor: Actor) -> tuple[QueueLine, ...]:
        """What waits for agreement now and what is to be reviewed, riskiest first. Two statements, whatever its length.

        A domestic abuse reviewer has domestic abuse first.
        """
        require(actor, *REVIEW)
        policy = self._office.policy
        with reading(self._office.engine) as connection:
            asked = store.waiting_requests(connection, actor.user_id)
            items = store.open_items(connection, actor.user_id)
        lines = [
            *(line_of_request(row, policy) for row in asked),
            *(line_of_item(row, policy) for row in items),
        ]
        specialist = Right.DOMESTIC_ABUSE_REVIEWER in actor.rights
        return review.riskiest_first(lines, specialist=specialist)

    def open_reviews(self, incident_id: int) -> tuple[tuple[int, int | None], ...]:
        """The open items of an incident, each with its owner's id (None while nobody has it). One statement."""
        with reading(self._office.engine) as connection:
            return store.open_reviews(connection, incident_id)

    def header(self, actor: Actor, days: int = 30, lines: Sequence[QueueLine] | None = None) -> Header:
        """What stands above the queue; `lines` where the queue was read already. Two statements more."""
        require(actor, *REVIEW)
        return header_of(self._office, self.queue(actor) if lines is None else lines, _span(days))

    def figures(self, actor: Actor, days: int = 30) -> Figures:
        """Lowerings and agreement over the last so many days, today's among them. Two statements."""
        require(actor, *REVIEW)
        return figures_of(self._office, _span(days))

    # one item

    def open(self, actor: Actor, item_id: int, purpose: str = "review") -> Opened:
        """Open an item. A consultation is written first. Raises BadInput when there is none, or no purpose."""
        require(actor, *REVIEW)
        return open_item(self._office, actor, item_id, line(purpose, "The purpose"))

    def open_request(self, actor: Actor, request_id: int, purpose: str = "agreement") -> Opened:
        """Open a request that waits for a supervisor's answer, in the same form."""
        require(actor, *REVIEW)
        return open_request(self._office, actor, request_id, line(purpose, "The purpose"))

    def claim(self, actor: Actor, item_id: int) -> None:
        """Take an item that nobody has."""
        require(actor, *REVIEW)
        self._answering.claim(actor, item_id)

    def hand_on(self, actor: Actor, item_id: int, to_name: str, reason: str) -> None:
        """Give an item to another reviewer by user name; the reason is kept."""
        require(actor, *REVIEW)
        self._answering.hand_on(actor, item_id, to_name, reason)

    def give_back(self, actor: Actor, item_id: int, reason: str) -> None:
        """Give an item of one's own back to the queue; its clock runs on."""
        require(actor, *REVIEW)
        self._answering.give_back(actor, item_id, reason)

    def grade(self, actor: Actor, item_id: int, grade: str, reason: str = "") -> SecondGrade:
        """Record one's own grade, once. In a blind item it reveals the handler's to this reviewer."""
        require(actor, *REVIEW)
        return self._answering.grade(actor, item_id, grade, reason)

    def answer(
        self,
        actor: Actor,
        item_id: int,
        result: Result,
        reason: str,
        *,
        grade: str = "",
        feedback: str = "",
        uuid: str = "",
    ) -> int:
        """Record what was found, and what the handler is told; returns the outcome's id. Re-opening raises to `grade`."""
        require(actor, *REVIEW)
        return self._answering.answer(actor, item_id, result, reason, grade, feedback, uuid)

    # the handler's side

    def feedback(self, actor: Actor) -> tuple[Feedback, ...]:
        """What this person was told: what is not yet seen first, then what was told lately."""
        since = to_micros(self._office.clock.now() - FEEDBACK_SHOWN)
        with reading(self._office.engine) as connection:
            return tuple(feedback(row) for row in store.feedback_to(connection, actor.user_id, since))

    def acknowledge(self, actor: Actor, feedback_id: int, answer: str = "") -> None:
        """Say that one has seen what one was told, with a word of one's own or none; twice does nothing."""
        with work(self._office) as w:
            found = store.feedback_to(w.uow.connection, actor.user_id, 0)
            row = next((f for f in found if f.id == feedback_id), None)
            if row is None:
                raise BadInput("Nothing of this kind was told to you.", "feedback")
            if row.seen_at is None:
                w.uow.append(
                    tables.feedback_seen,
                    feedback_id=feedback_id,
                    answer=line(answer, "The answer", empty=True),
                    author_id=actor.user_id,
                )

    def answered(self, actor: Actor) -> tuple[Answered, ...]:
        """Supervisors' answers to this person's own requests in this shift, with their reasons, the newest first."""
        since = to_micros(self._office.clock.now() - ANSWERS_SHOWN)
        with reading(self._office.engine) as connection:
            rows = store.answered_to(connection, actor.user_id, since)
        return tuple(
            Answered(
                r.request_id, r.incident_id, Verdict(r.verdict), r.reason, r.author, from_micros(r.known_at)
            )
            for r in rows
        )


def _span(days: int) -> int:
    if not 1 <= days <= LONGEST_SPAN:
        raise BadInput(f"The span is from 1 to {LONGEST_SPAN} days, not {days}.", "days")
    return days
